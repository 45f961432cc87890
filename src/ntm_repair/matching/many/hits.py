"""Windows of text that are filed under the sums of lexicon forms, over arrays: see `terms`, `pivots` and `sums`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.glance import stirred_many
from ntm_repair.matching import windows
from ntm_repair.matching.many.line import SLACK
from ntm_repair.matching.many.sums import Sums
from ntm_repair.matching.pivots import LENGTHS
from ntm_repair.matching.terms import HOLE, LONGEST, WHOLE, TermIndex
from ntm_repair.packed import WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from ntm_repair.matching.many.line import Hashes, Line, Places
    from ntm_repair.matching.many.words import Flags
    from ntm_repair.matching.pivots import Pivots

    Found = tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.integer]]
    """The first words of windows, their lengths, and the numbers of forms."""

_WORD = np.uint64(WORD)
_NEVER = 1 << 40


class Hits:
    """The forms of a lexicon by what words they are made of."""

    def __init__(self, index: TermIndex, pivots: Pivots) -> None:
        self._sums = Sums(index, pivots)
        self._two = np.array([len(form.keys) == 2 for form in index.forms], bool)

    def of(self, line: Line) -> Found:
        """Every window that may be a form, each as often as it is found."""
        numbers = stirred_many(line.hashes) >> np.uint64(4)
        weak = line.run_joined & (line.term_joins < windows.WEAK + SLACK)
        places = np.arange(len(line))
        nearest = _next(np.where(weak, places, _NEVER))
        least = np.maximum(self._trios(line, numbers), nearest)
        first = np.flatnonzero((least <= places + LONGEST + 1) & (least <= line.run_end))
        found = [self._exchanged(numbers, weak), *self._pivoted(line, numbers, nearest)]
        found += self._near(line, numbers, first, least[first])
        first, size, form = (np.concatenate(column) for column in zip(*found, strict=True))
        return first, size, form

    def _exchanged(self, numbers: Hashes, weak: Flags) -> Found:
        """Terms of two words in the wrong order."""
        two = numbers[:-1] + numbers[1:]
        first = np.flatnonzero(weak[1:])
        first = first[self._sums.two(two[first])]
        owner, filed = self._sums.near.of(two[first])
        whole = (filed & 3 == WHOLE) & self._two[filed >> 2]
        return first[owner[whole]], np.full(int(whole.sum()), 2), filed[whole] >> 2

    def _trios(self, line: Line, numbers: Hashes) -> NDArray[np.int64]:
        """For each word, the least end of a window that begins there and has three words of a form close together."""
        n, run, trio = len(line), line.run, self._sums.trio
        ends = np.full(n, _NEVER, np.int64)
        if n > 3:
            far = numbers[:-3] + numbers[3:]
            at = np.flatnonzero((trio(far + numbers[1:-2]) | trio(far + numbers[2:-1])) & (run[:-3] == run[3:]))
            ends[at] = at + 4
        if n > 2:
            at = np.flatnonzero(trio(numbers[:-2] + numbers[1:-1] + numbers[2:]) & (run[:-2] == run[2:]))
            ends[at] = at + 3
        near = ends.copy()
        near[:-1] = np.minimum(near[:-1], ends[1:])
        near[:-2] = np.minimum(near[:-2], ends[2:])
        return near

    def _pivoted(self, line: Line, numbers: Hashes, nearest: NDArray[np.int64]) -> Iterator[Found]:
        """What terms of three words may have become."""
        n, pivoted, total = len(line), self._sums.pivoted, numbers
        for length in range(2, min(n, LENGTHS[-1]) + 1):
            total = total[:-1] + numbers[length - 1 :]
            last = np.arange(length, n + 1)
            first = np.flatnonzero((nearest[: len(last)] <= last) & (last <= line.run_end[: len(last)]))
            first = first[pivoted.has(total[first])]
            owner, form = pivoted.of(total[first])
            yield first[owner], np.full(len(owner), length), form

    def _near(self, line: Line, numbers: Hashes, first: Places, least: Places) -> Iterator[Found]:
        """Of the windows that begin at `first` and end at `least` or later, those near a form."""
        totals = np.append(np.uint64(0), np.cumsum(numbers))
        hashes, sums = line.hashes[first], self._sums
        for length in range(2, LONGEST + 2):
            inside = first + length <= line.run_end[first]
            first, least, hashes = first[inside], least[inside], hashes[inside]
            hashes = hashes * _WORD + line.hashes[first + length - 1]
            if length == 2:
                continue
            begin = first[np.flatnonzero((least <= first + length) & ~sums.exact(stirred_many(hashes)))]
            total = (totals[begin + length] - totals[begin])[:, None]
            yield self._filed(begin, length, total, sums.whole_or_short, HOLE)
            if length < windows.ONE_OFF:
                continue
            window = numbers[begin[:, None] + np.arange(length)]
            rest = total - window
            yield self._filed(begin, length, rest, sums.near.has)
            if length >= windows.TWO_OFF:
                yield self._filed(begin, length, rest[:, :-1] - window[:, 1:], sums.short_or_hole, WHOLE)

    def _filed(
        self,
        begin: Places,
        length: int,
        totals: Hashes,
        some: Callable[[Hashes], Flags],
        without: int | None = None,
    ) -> Found:
        """The forms filed under the sums of windows, of which each has a row; those of one kind are left out."""
        row, column = np.nonzero(some(totals))
        owner, filed = self._sums.near.of(totals[row, column])
        if without is not None:
            kept = filed & 3 != without
            owner, filed = owner[kept], filed[kept]
        return begin[row[owner]], np.full(len(owner), length), filed >> 2


def _next(places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The least of each element and those after it."""
    return np.minimum.accumulate(places[::-1])[::-1]
