"""The raw words of many texts: what stands between white space, and the plain word in it, each known by a number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.glance import BLANK, Glance, hashes_of, stirred_many
from ntm_repair.packed import LONGEST
from ntm_repair.survey.remembered import Remembered

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CORE = np.uint64(0x9FB21C651E98DF25)
"""What tells the numbers of plain words from those of raw words."""


class RawWords:
    """The raw words of some NFC texts.

    `starts`, `ends`, `keys`, `cores` have one element a raw word; offsets are those of `text`, the texts with a line
    break between each. `keys` are the numbers of raw words, `cores` those of the plain words that they may be with
    marks around; 0 stands for none. Texts must have no line breaks but "\\n".

    `marks` are what may stand around a plain word, `after` those (up to three) that belong there after one; before it
    a straight quote may.
    """

    def __init__(self, texts: Sequence[str], marks: str, after: Sequence[str]) -> None:
        self.text = "\n".join(texts)
        self.offsets = list(accumulate((len(text) + 1 for text in texts), initial=0))
        """Where each text begins, and where one after the last would."""
        self.words = Glance(self.text)
        codes, classes = self.words.codes, self.words.classes
        inside = np.zeros(len(codes) + 2, bool)
        np.equal(classes & BLANK, 0, out=inside[1:-1])
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        self.starts: NDArray[np.int64] = edges[::2]
        self.ends: NDArray[np.int64] = edges[1::2]
        shapes = _shapes().take(codes, mode="clip")
        if len(codes) and codes.max() >= len(_shapes()):
            astral = codes >= len(_shapes())
            shapes[astral] = codes[astral]
        self.keys: NDArray[np.uint64] = stirred_many(hashes_of(shapes, self.starts, self.ends))
        low, high = self._without_marks(*_numbered(marks, tuple(after)))
        self.cores: NDArray[np.uint64] = stirred_many(hashes_of(shapes, low, high) ^ _CORE)
        self.cores[(low == high) | (high - low >= LONGEST)] = 0

    def _without_marks(
        self, marks: NDArray[np.uint8], belongs: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Begin and end of each raw word without the marks around it; empty where those are not where they belong."""
        codes, starts, ends = self.words.codes, self.starts, self.ends
        kinds = marks.take(codes, mode="clip")
        low, high = starts.copy(), ends.copy()
        marked = np.flatnonzero((kinds[ends - 1] != 0) | (kinds[starts] != 0)) if len(starts) else starts
        first, end = starts[marked], ends[marked]
        tail = np.zeros(len(marked), np.int64)
        pattern = np.zeros(len(marked), np.int64)
        running = np.ones(len(marked), bool)
        for back in range(1, 5):
            at = end - back
            running &= at >= first
            kind = np.where(running, kinds[np.maximum(at, 0)], 0)
            running &= kind != 0
            tail += running
            pattern = np.where(running, pattern * 16 + kind, pattern)
        lead = (kinds[first] != 0) & (tail < end - first)
        good = belongs[np.minimum(pattern, len(belongs) - 1)] & (tail < 4) & (end - first - tail - lead > 1)
        good &= ~lead | ((codes[first] == ord('"')) & (kinds[np.minimum(first + 1, len(kinds) - 1)] == 0))
        low[marked] = np.where(good, first + lead, first)
        high[marked] = np.where(good, end - tail, first)
        return low, high

    def unknown_words(self, known: Remembered) -> NDArray[np.int64]:
        """The raw words of which neither the plain word nor the whole is known, by number."""
        rest = np.flatnonzero(~known.among(self.cores))
        return rest[~known.among(self.keys[rest])]

    def words_of(self) -> list[int]:
        """How many words each text has, "_" taken for a part of words."""
        counts: list[int] = np.diff(np.searchsorted(self.words.starts, self.offsets)).tolist()
        return counts


@lru_cache(maxsize=1)
def _shapes() -> NDArray[np.uint64]:
    """Code points as they are hashed: digits alike."""
    shapes = np.arange(1 << 16, dtype=np.uint64)
    shapes[ord("0") : ord("9") + 1] = ord("0")
    return shapes


@lru_cache(maxsize=4)
def _numbered(marks: str, after: tuple[str, ...]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The number of each mark by its code point, 0 for all else; and which marks after a word belong there."""
    kinds = np.zeros(1 << 16, np.uint8)
    for number, mark in enumerate(marks, 1):
        kinds[ord(mark)] = number
    belongs = np.zeros(1 << 12, bool)
    belongs[0] = True
    for together in after:
        number = 0
        for mark in reversed(together):
            number = number * 16 + marks.index(mark) + 1
        belongs[number] = True
    return kinds, belongs
