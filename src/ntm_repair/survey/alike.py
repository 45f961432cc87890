"""Lines of many texts that begin alike, or nearly, and such as say the same twice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.packed import WORD
from ntm_repair.survey.lines import Lines

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Alike(Lines):
    """The lines of some texts, compared with each other."""

    def beginning_alike(self, count: int, above: int) -> list[tuple[int, int]]:
        """Lines, each with one of the `above` before it that begins with the same raw words, up to `count`."""
        beginning = np.zeros(len(self.first), np.uint64)
        for i in range(count):
            at = self.first + i
            word = np.where(at <= self.last, self.keys[np.minimum(at, len(self.keys) - 1)], 0).astype(np.uint64)
            beginning = beginning * np.uint64(WORD) + word
        pairs: list[tuple[int, int]] = []
        for back in range(1, above + 1):
            same = (beginning[back:] == beginning[:-back]) & (self.line_texts[back:] == self.line_texts[:-back])
            pairs += ((later, later - back) for later in (np.flatnonzero(same) + back).tolist())
        return pairs

    def nearly_alike(self, above: int) -> list[tuple[int, int]]:
        """Lines, each with one of the `above` before it whose first four words are nearly the same.

        That is, but for one exchanged, put in or left out. A line of fewer than four words takes those of the next.
        """
        lines, four = self._fours
        texts = self.line_texts[lines]
        pairs: list[tuple[int, int]] = []
        for back in range(1, above + 1):
            same = _one_edit([w[back:] for w in four], [w[:-back] for w in four]) & (texts[back:] == texts[:-back])
            pairs += ((int(lines[at + back]), int(lines[at])) for at in np.flatnonzero(same).tolist())
        return pairs

    def beginning_again(self) -> set[int]:
        """The texts with two lines that begin with the same four words, or nearly, the first of them the first line."""
        lines, four = self._fours
        texts = self.line_texts[lines]
        first = np.searchsorted(texts, texts)
        same = _one_edit(four, [w[first] for w in four]) & (first != np.arange(len(texts)))
        return set(texts[same].tolist())

    def twice(self, least: int) -> list[int]:
        """The lines of `least` words twice and more whose second half begins with the first two words of the first."""
        hashes = self.words.hashes
        begin = np.searchsorted(self.words.starts, self.line_starts)
        size = self.sizes
        even = np.flatnonzero((size % 2 == 0) & (size >= 2 * least))
        one, other = begin[even], begin[even] + size[even] // 2
        lines: list[int] = even[(hashes[one] == hashes[other]) & (hashes[one + 1] == hashes[other + 1])].tolist()
        return lines

    @cached_property
    def _fours(self) -> tuple[NDArray[np.int64], list[NDArray[np.uint64]]]:
        """The lines that have four words, with what follows them, and those words."""
        begin = np.searchsorted(self.words.starts, self.line_starts)
        limits = np.searchsorted(self.words.starts, self.offsets[1:])
        lines = np.flatnonzero(begin + 3 < limits[self.line_texts])
        return lines, [self.words.hashes[begin[lines] + i] for i in range(4)]


def _one_edit(a: Sequence[NDArray[np.uint64]], b: Sequence[NDArray[np.uint64]]) -> NDArray[np.bool_]:
    """Whether four words and four others may begin lines that differ by one word exchanged, put in or left out."""
    here = [x == y for x, y in zip(a, b, strict=True)]
    more = [x == y for x, y in zip(a[1:], b[:-1], strict=True)]
    less = [x == y for x, y in zip(a[:-1], b[1:], strict=True)]
    found: NDArray[np.bool_] = here[1] & here[2] & here[3]  # the first word exchanged, or none
    found |= here[0] & here[2] & here[3]
    found |= here[0] & here[1] & (here[2] | here[3])
    for shifted in (more, less):  # a word more before the first, the second, the third; the fourth is among the above
        found |= shifted[0] & shifted[1] & shifted[2]
        found |= here[0] & shifted[1] & shifted[2]
        found |= here[0] & here[1] & shifted[2]
    return found
