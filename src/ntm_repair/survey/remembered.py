"""A set of numbers that may forget, asked for many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.packed import MASK

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS = 19
_SHIFT = np.uint64(64 - _BITS)
_OTHER = np.uint64(0x2D358DCCAA6C78A5)


class Remembered:
    """A set of numbers that may forget: asked for many at a time, told one by one. Two places for each number."""

    def __init__(self) -> None:
        self._slots = np.zeros(1 << _BITS, np.uint64)
        self._slots[0] = MASK  # not a number whose place it is, so that 0 is not found

    def among(self, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which of the numbers are remembered; 0 never is."""
        found: NDArray[np.bool_] = self._slots[keys >> _SHIFT] == keys
        rest = np.flatnonzero(~found)
        if rest.size:
            others = keys[rest]
            found[rest] = self._slots[others * _OTHER >> _SHIFT] == others
        return found

    def add_many(self, keys: NDArray[np.uint64]) -> None:
        """Remember numbers, as far as there is room for them."""
        keys = keys[keys != 0]
        self._slots[keys >> _SHIFT] = keys
        rest = keys[self._slots[keys >> _SHIFT] != keys]
        self._slots[rest * _OTHER >> _SHIFT] = rest

    def add(self, key: int) -> None:
        """Remember a number but 0; where both its places are taken, one that was there is forgotten."""
        if not key:
            return
        first, second = _places(key)
        self._slots[first if not self._slots[first] or self._slots[second] else second] = key


def _places(key: int) -> tuple[int, int]:
    return key >> int(_SHIFT), (key * int(_OTHER) & (1 << 64) - 1) >> int(_SHIFT)
