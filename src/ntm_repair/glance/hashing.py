"""Hashes of all words of a text from one running sum, in the form that `packed` tables are asked by."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.packed import LETTER, LONGEST, STIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 1 << 15
"""Code points hashed at a time: what a running sum needs then stays in the processor's cache."""


def stirred_many(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """`packed.stirred` of each."""
    keys = (keys ^ keys >> np.uint64(31)) * np.uint64(STIR)
    return keys ^ keys >> np.uint64(29)


def hashes_of(letters: NDArray[np.uint64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """`packed.word_hash` of each word, from running sums of letters times powers of the base."""
    up, down = powers()
    hashes = np.zeros(len(starts), np.uint64)
    first = 0
    while first < len(starts):
        base = starts[first]
        last = max(first + 1, int(np.searchsorted(ends, base + CHUNK, "right")))
        stop = min(int(ends[last - 1]) - base, CHUNK)  # a longer word has no hash
        sums = np.zeros(stop + 1, np.uint64)
        np.cumsum(letters[base : base + stop] * up[:stop], out=sums[1:])
        low = starts[first:last] - base
        high = np.minimum(ends[first:last] - base, stop)
        hashes[first:last] = (sums[high] - sums[low]) * down[low]
        first = last
    hashes[ends - starts >= LONGEST] = 0
    return hashes


@lru_cache(maxsize=1)
def powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The powers of the base, and of its inverse modulo 2^64."""
    up = np.full(CHUNK + 1, LETTER, np.uint64)
    down = np.full(CHUNK + 1, pow(LETTER, -1, 1 << 64), np.uint64)
    up[0] = down[0] = 1
    return np.cumprod(up, dtype=np.uint64), np.cumprod(down, dtype=np.uint64)
