"""What two lines of words have in common, over arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ntm_repair.matching.many.words import Flags, Numbers, Words


def difference(words: Words, first: Numbers, last: Numbers, new: Numbers) -> tuple[Flags, Flags]:
    """Which words of the line between `first` and `last` go, and which of the new ones come: `terms.difference`."""
    width = max(1, int((last - first).max(initial=1)))
    old = first[:, None] + np.arange(width, dtype=np.int32)
    here = old < last[:, None]
    there = new >= 0
    there = there[:, : max(1, int(there.sum(axis=1).max(initial=1)))]
    old_hashes = words.hashes[np.where(here, old, 0)]
    new_hashes = words.hashes[new[:, : there.shape[1]]]
    same = (old_hashes[:, :, None] == new_hashes[:, None, :]) & here[:, :, None] & there[:, None, :]
    removed = here & (_earlier(old_hashes, here) >= same.sum(axis=2))
    added = there & (_earlier(new_hashes, there) >= same.sum(axis=1))
    return removed, added


def _earlier(hashes: NDArray[np.uint64], real: Flags) -> NDArray[np.intp]:
    """How often each word stands before itself in its row."""
    width = hashes.shape[1]
    before = np.tril(np.ones((width, width), bool), -1)
    count: NDArray[np.intp] = ((hashes[:, :, None] == hashes[:, None, :]) & before & real[:, None, :]).sum(axis=2)
    return count


def changed(
    words: Words, before: Numbers, after: Numbers, size: Numbers, size_after: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Where two lines differ: start in both, end in the first, end in the second."""
    width = before.shape[1]
    one, other = words.hashes[before], words.hashes[after]
    real = (before >= 0) & (after >= 0)
    head = np.logical_and.accumulate((one == other) & real, axis=1).sum(axis=1)
    back = np.arange(1, width + 1)
    tail_one = np.take_along_axis(one, np.maximum(0, size[:, None] - back), 1)
    tail_other = np.take_along_axis(other, np.maximum(0, size_after[:, None] - back), 1)
    room = (np.minimum(size, size_after) - head)[:, None]
    tail = np.logical_and.accumulate((tail_one == tail_other) & (back <= room), axis=1).sum(axis=1)
    return head, size - tail, size_after - tail
