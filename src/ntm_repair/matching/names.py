"""Place names and the case they are written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ntm_repair.lexicon import Lexicon
from ntm_repair.matching.units import SPACE, Units, normal_form

LONGEST = 4
"""Words of the longest place name looked for."""


class PlaceNames:
    """The place names of a lexicon that are always written with capitals throughout."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.written: Mapping[tuple[str, ...], tuple[str, ...]] = dict(_names(lexicon))
        self._firsts = {key[0] for key in self.written}

    def miswritten(self, units: Units) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Units [first, last) that are a name with some capitals and some missing, and how it is written.

        The capital of the first word is what says that a name is meant: "quảng trị" may be anything.
        """
        keys, surface = units.keys, units.surface
        for i, key in enumerate(keys):
            if key not in self._firsts or not surface[i][0].isupper():
                continue
            for n in range(min(LONGEST, len(keys) - i), 1, -1):
                name = self.written.get(tuple(keys[i : i + n]))
                if name is None or any(units.breaks[j] != SPACE for j in range(i + 1, i + n)):
                    continue
                lower = [j for j in range(i + 1, i + n) if surface[j][0].islower()]
                if lower and not any(w.isupper() and len(w) > 1 for w in surface[i : i + n]):
                    yield i, i + n, name
                break


def _names(lexicon: Lexicon) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for term in lexicon.terms:
        if term.kind != "place":
            continue
        for written in (term.term, *term.aliases):
            words = tuple(written.split(" "))
            if 2 <= len(words) <= LONGEST and all(w[0].isupper() and w.isalpha() for w in words):
                yield tuple(normal_form(w) for w in words), words
