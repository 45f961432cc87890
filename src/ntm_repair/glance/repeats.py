"""Where words stand twice in a row, in a text whose words are known by their hashes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW = 32
"""Places that are looked at one by one rather than all at once."""
LISTED = 1 << 13
"""Words of a text for which it is written down once and for all which are to be compared."""


def repeated(hashes: NDArray[np.uint64], joined: NDArray[np.bool_], longest: int) -> list[tuple[int, int]]:
    """Where up to `longest` words stand twice in a row: index of the first word, and how many are repeated.

    `joined` says of each word whether it is joined to the next (one element less).
    """
    if len(hashes) < 2:
        return []
    found: list[tuple[int, int]] = []
    for length, at in _suspects(hashes, longest):
        last = len(hashes) - length
        if len(at) > FEW:
            firsts = _runs(hashes[length:] == hashes[:last], length)
        else:
            firsts = _runs_around(hashes, at, length, last)
        found += ((first, length) for first in firsts if joined[first : first + 2 * length - 1].all())
    return sorted(found)


def _suspects(hashes: NDArray[np.uint64], longest: int) -> Iterator[tuple[int, list[int]]]:
    """For lengths up to `longest`, words that are the same that many words on, and so is one beside them.

    Of `length` words in a row one has a number that `length` divides: only those are compared.
    """
    for ones, others in _compared(len(hashes), longest):
        found = _alike(hashes, ones, others)
        lengths = (others - ones)[found]
        for length in np.unique(lengths).tolist():
            yield length, ones[found][lengths == length].tolist()


def _alike(hashes: NDArray[np.uint64], ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which of the words are those the others are, and so is one beside both; neighbours need no more."""
    last = len(hashes) - 1
    same = np.flatnonzero(hashes[ones] == hashes[others])
    ones, others = ones[same], others[same]
    found = others - ones == 1
    found |= (hashes[np.minimum(ones + 1, last)] == hashes[np.minimum(others + 1, last)]) & (others < last)
    found |= (hashes[np.maximum(ones - 1, 0)] == hashes[others - 1]) & (ones > 0)
    alike: NDArray[np.int64] = same[found]
    return alike


def _compared(size: int, longest: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Words to compare with others up to `longest` words on, in a text of `size` words; all at once in a short one."""
    if size <= LISTED:
        ones, others = _listed(longest)
        end = int(np.searchsorted(others, size))
        yield ones[:end], others[:end]
        return
    for length in range(1, longest + 1):
        ones = np.arange(0, size - length, length)
        yield ones, ones + length


@lru_cache(maxsize=4)
def _listed(longest: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Those of a text of `LISTED` words, in the order of the others."""
    each = [np.arange(0, LISTED - length, length) for length in range(1, longest + 1)]
    ones = np.concatenate(each)
    others = ones + np.repeat(np.arange(1, longest + 1), list(map(len, each)))
    order = np.argsort(others, kind="stable")
    return ones[order], others[order]


def _runs_around(hashes: NDArray[np.uint64], at: list[int], length: int, last: int) -> list[int]:
    """Where `length` words that are those `length` on begin, around some such words."""
    found: list[int] = []
    end = 0
    for word in at:
        if word < end:
            continue  # in the run before
        start, end = word, word + 1
        while start and hashes[start - 1] == hashes[start - 1 + length]:
            start -= 1
        while end < last and hashes[end] == hashes[end + length]:
            end += 1
        found += range(start, end - length + 1)
    return found


def _runs(flags: NDArray[np.bool_], length: int) -> list[int]:
    """Where `length` set flags in a row begin."""
    if length == 1:
        return np.flatnonzero(flags).tolist()
    padded = np.zeros(len(flags) + 2, bool)
    padded[1:-1] = flags
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    starts, ends = edges[::2], edges[1::2]
    long = ends - starts >= length
    return [
        at for s, e in zip(starts[long].tolist(), ends[long].tolist(), strict=True) for at in range(s, e - length + 1)
    ]
