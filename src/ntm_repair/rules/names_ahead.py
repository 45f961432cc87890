"""Where place names may have lost a capital, and wrong forms may stand, looked for over arrays of many texts.

What NTM302 and NTM305 are then told. A name is known by the hashes of its first two words. Most names that articles have are written as they should be, so
only places are named where a capital is followed by a word without one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ntm_repair.packed import hash_of, word_hash

if TYPE_CHECKING:
    from ntm_repair.survey import Survey


class NameSigns:
    """The beginnings of some names: `names` are their words in the normal form."""

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        from ntm_repair.glance import Pairs

        self._longest: dict[int, int] = {}
        """The hash of the first two words, and how many the longest name has that begins so."""
        for name in names:
            key = hash_of(name[:2])
            self._longest[key] = max(len(name), self._longest.get(key, 0))
        self._beginnings = Pairs(self._longest)

    def places(self, survey: Survey) -> list[list[int]]:
        """For each text, the code points where words begin that may be a name with some of its capitals, in order."""
        words = survey.words
        found: list[int] = []
        for i, key in self._beginnings.among(words):
            rest = range(i + 1, min(i + self._longest[key], len(words)))
            if words.is_capital(i) and not all(map(words.is_capital, rest)):
                found.append(int(words.starts[i]))
        return _by_text(found, survey)


class FormSigns:
    """Some wrong forms: `forms` are their words in the normal form."""

    def __init__(self, forms: Iterable[Sequence[str]]) -> None:
        from ntm_repair.glance import Pairs

        self._rest: dict[int, set[tuple[int, ...]]] = {}
        """The hash of the first two words, and those of the words after them."""
        for form in forms:
            rest = tuple(word_hash(word) for word in form[2:])
            self._rest.setdefault(hash_of(form[:2]), set()).add(rest)
        self._longest = max((len(rest) for rests in self._rest.values() for rest in rests), default=0)
        self._beginnings = Pairs(self._rest)

    def places(self, survey: Survey) -> list[list[int]]:
        """For each text, the code points where words begin that may be such a form, in order."""
        words = survey.words
        found: list[int] = []
        for i, key in self._beginnings.among(words):
            following = words.hashes[i + 2 : i + 2 + self._longest].tolist()
            if any(tuple(following[: len(rest)]) == rest for rest in self._rest[key]):
                found.append(int(words.starts[i]))
        return _by_text(found, survey)


def _by_text(found: Sequence[int], survey: Survey) -> list[list[int]]:
    """Places of all texts together, in order, by text and counted from its beginning."""
    return [
        [at - start for at in found[bisect_left(found, start) : bisect_left(found, end)]]
        for start, end in pairwise(survey.offsets)
    ]
