"""Sets of numbers that many are looked for in at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS = 20
_MASK = np.uint64((1 << _BITS) - 1)


class Set:
    """A set of numbers below 2^64, most of which are told from others by a bitmap."""

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        """Of numbers in order."""
        self._sorted = numbers
        self._map = np.zeros(1 << _BITS, bool)
        self._map[self._sorted & _MASK] = True

    def __call__(self, numbers: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which of the numbers are in the set."""
        found: NDArray[np.bool_] = self._map[numbers & _MASK]
        if self._sorted.size:
            rest = np.nonzero(found)
            at = np.minimum(np.searchsorted(self._sorted, numbers[rest]), len(self._sorted) - 1)
            found[rest] = self._sorted[at] == numbers[rest]
        return found
