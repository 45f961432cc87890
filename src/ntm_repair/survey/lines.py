"""The lines of many texts: where they are, what they begin and end with, which lie together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.glance import stirred_many
from ntm_repair.survey.raw import RawWords

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OPENING = np.uint64(0xC2B2AE3D27D4EB4F)
_CLOSING = np.uint64(0x165667B19E3779F9)
"""What tells the numbers of openings and of closings from those of raw words."""


class Lines(RawWords):
    """The raw words of some texts, and their lines: what stands between "\\n".

    `line_starts`, `line_ends`, `first`, `last` have one element a line that is not blank: its span, and the raw words
    it begins and ends with.
    """

    def __init__(self, texts: Sequence[str], marks: str, after: Sequence[str]) -> None:
        super().__init__(texts, marks, after)
        breaks = np.flatnonzero(self.words.codes == ord("\n"))
        starts = np.concatenate(([0], breaks + 1))
        ends = np.append(breaks, len(self.words.codes))
        first = np.searchsorted(self.starts, starts)
        last = np.searchsorted(self.starts, ends) - 1
        full = np.flatnonzero(last >= first)
        self.line_starts: NDArray[np.int64] = starts[full]
        self.line_ends: NDArray[np.int64] = ends[full]
        self.first: NDArray[np.int64] = first[full]
        self.last: NDArray[np.int64] = last[full]
        self.line_texts: NDArray[np.int64] = np.searchsorted(self.offsets, self.line_starts, "right") - 1
        """The number of the text that a line belongs to."""

    def openings(self) -> NDArray[np.uint64]:
        """A number for the raw word that each line begins with; 0 for a long one."""
        keys = self.keys[self.first]
        return np.where(keys == 0, keys, keys ^ _OPENING)

    def closings(self) -> NDArray[np.uint64]:
        """A number for the last three code points of each line, white space after them aside."""
        ends = self.ends[self.last]
        number = np.zeros(len(ends), np.uint64)
        for back in (1, 2, 3):
            at = ends - back
            inside = at >= self.line_starts
            number = number << np.uint64(21) | np.where(inside, self.words.codes[np.maximum(at, 0)], 0).astype(
                np.uint64
            )
        return stirred_many(number ^ _CLOSING)

    def closing(self, line: int) -> str:
        """The code points that the number of `closings` stands for."""
        end = int(self.ends[self.last[line]])
        return self.text[max(end - 3, int(self.line_starts[line])) : end]

    def lines_with(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """The lines in which raw words stand, both by number."""
        return np.searchsorted(self.first, words, "right") - 1

    def block(self, line: int) -> tuple[int, int]:
        """The span of a line with all lines above and below it up to a blank one or the edge of the text."""
        low = high = line
        while low and self._follows(low):
            low -= 1
        while high + 1 < len(self.first) and self._follows(high + 1):
            high += 1
        return int(self.line_starts[low]), int(self.line_ends[high])

    def _follows(self, line: int) -> bool:
        apart = self.line_starts[line] - self.line_ends[line - 1]
        return bool(apart == 1 and self.line_texts[line] == self.line_texts[line - 1])

    def line(self, number: int) -> str:
        """A line, without white space around it."""
        return self.text[self.line_starts[number] : self.line_ends[number]].strip()

    def first_lines(self) -> list[int]:
        """The first line of each text that has one."""
        lines: list[int] = np.flatnonzero(np.diff(self.line_texts, prepend=-1)).tolist()
        return lines

    def wrapped(self, widths: range, least: int) -> set[int]:
        """The texts with lines that may be a paragraph wrapped at a width: `least` and more, filled word by word."""
        if not len(self.first):
            return set()
        lengths = self.line_ends - self.line_starts
        follows = np.zeros(len(lengths), bool)
        follows[1:] = (self.line_starts[1:] - self.line_ends[:-1] == 1) & (self.line_texts[1:] == self.line_texts[:-1])
        blocks = np.flatnonzero(~follows)
        width = np.maximum.reduceat(lengths, blocks)
        words = self.ends[self.first] - self.starts[self.first]
        filled = np.full(len(lengths), widths.stop + 1)
        filled[:-1] = np.where(follows[1:], lengths[:-1] + 1 + words[1:], filled[:-1])
        size = np.diff(np.append(blocks, len(lengths)))
        found = (size >= least) & (width >= widths.start) & (width < widths.stop)
        found &= np.minimum.reduceat(filled, blocks) > width
        return set(self.line_texts[blocks[found]].tolist())

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many words each line has, "_" taken for a part of words."""
        return np.searchsorted(self.words.starts, self.line_ends) - np.searchsorted(self.words.starts, self.line_starts)
