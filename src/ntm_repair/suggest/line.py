"""A text as its words in order, to look in it for passages said elsewhere."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from ntm_repair.article import Article
from ntm_repair.language.words import Word, each_word, words_of
from ntm_repair.tokens import LARGE

MOST_PLACES = 64
"""Places of a word that are looked at: a text that says one thing a thousand times costs no more than others."""


class Packed(Sequence[Word]):
    """Words in a tenth of the memory, for a large text; each is made anew when it is asked for."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._starts, self._ends, self._flags = array("I"), array("I"), bytearray()
        self.texts: list[str] = []
        known: dict[str, str] = {}
        for start, end, text, neutral, opens in words:
            self._starts.append(start)
            self._ends.append(end)
            self._flags.append(neutral | opens << 1)
            self.texts.append(known.setdefault(text, text))

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, i: int) -> Word: ...
    @overload
    def __getitem__(self, i: slice) -> list[Word]: ...
    def __getitem__(self, i: int | slice) -> Word | list[Word]:
        if isinstance(i, slice):
            return [self[at] for at in range(*i.indices(len(self)))]
        flags = self._flags[i]
        return Word(self._starts[i], self._ends[i], self.texts[i], bool(flags & 1), bool(flags & 2))


@dataclass(frozen=True, slots=True)
class Line:
    """A text as its words in order, and where each word stands among them, lower-cased."""

    text: str
    words: Sequence[Word]
    index: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, text: str) -> Line:
        """The line of an NFC text."""
        words = words_of(text) if len(text) <= LARGE else Packed(each_word(text))
        index: dict[str, array[int]] = {}
        for i, written in enumerate(words.texts if isinstance(words, Packed) else [word.text for word in words]):
            lower = written.lower()
            places = index.get(lower)
            if places is None:
                places = index[lower] = array("I")
            places.append(i)
        return cls(text, words, index)

    def places(self, word: str, near: int) -> Sequence[int]:
        """Where a word stands; of one that stands everywhere, the places nearest to word `near`."""
        found = self.index.get(word, ())
        first = max(0, min(bisect_left(found, near) - MOST_PLACES // 2, len(found) - MOST_PLACES))
        return found[first : first + MOST_PLACES]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The first word from `start` on, and the first from `end` on; offsets are code points."""
        return tuple(bisect_left(self.words, at, key=lambda w: w.start) for at in (start, end))  # type: ignore[return-value]


def line_of(article: Article) -> Line:
    """All words of the article, worked out once an article."""
    memo = article.memo.get("suggest.words")
    if not isinstance(memo, Line):
        memo = article.memo["suggest.words"] = Line.of(article.text)
    return memo
