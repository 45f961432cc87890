"""The sums of words that `terms` files forms under, as sets that are asked for many at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.matching.pivots import Pivots
from ntm_repair.matching.terms import HOLE, SHORT, WHOLE, TermIndex
from ntm_repair.packed import hash_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS = 20
_MASK = np.uint64((1 << _BITS) - 1)


class _Set:
    """A set of numbers below 2^64, most of which are told from others by a bitmap."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._sorted = np.array(sorted(set(numbers)), np.uint64)
        self._map = np.zeros(1 << _BITS, bool)
        self._map[self._sorted & _MASK] = True

    def __call__(self, numbers: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which of the numbers are in the set."""
        found: NDArray[np.bool_] = self._map[numbers & _MASK]
        if self._sorted.size:
            rest = np.flatnonzero(found)
            at = np.minimum(np.searchsorted(self._sorted, numbers[rest]), len(self._sorted) - 1)
            found[rest] = self._sorted[at] == numbers[rest]
        return found


class Sums:
    """The sums of three words close together in a form, and those that forms are filed under; see `terms`, `pivots`.

    `exact` has hashes of all words of a form in their order instead of a sum.
    """

    def __init__(self, index: TermIndex, pivots: Pivots) -> None:
        self.trio = _Set(index.trios)
        self.two = _Set(sum(map(index.number, form.keys)) for form in index.forms if len(form.keys) == 2)
        self.pivoted = _Set(pivots.sums)
        self.exact = _Set(hash_of(form.keys) for form in index.forms)
        kinds: dict[int, list[int]] = {WHOLE: [], SHORT: [], HOLE: []}
        for total, filed in index.near.items():
            for kind in {entry & 3 for entry in filed}:
                kinds[kind].append(total)
        self.any = _Set(index.near)
        self.whole_or_short = _Set(kinds[WHOLE] + kinds[SHORT])
        self.short_or_hole = _Set(kinds[SHORT] + kinds[HOLE])
