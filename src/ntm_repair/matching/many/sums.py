"""The sums of words that `terms` files forms under, as tables that are asked for many at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.compiled import compiled
from ntm_repair.matching.many.sets import Set
from ntm_repair.matching.pivots import Pivots
from ntm_repair.matching.terms import HOLE, SHORT, WHOLE, TermIndex
from ntm_repair.packed import hash_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Lists:
    """What is filed under numbers below 2^64: a list of numbers each."""

    def __init__(self, keys: NDArray[np.uint64], values: NDArray[np.unsignedinteger]) -> None:
        """`keys` in order, one for each of the values."""
        first = np.ones(len(keys), bool)
        first[1:] = keys[1:] != keys[:-1]
        self._starts = np.flatnonzero(first)
        self._keys = keys[self._starts]
        self._counts = np.diff(np.append(self._starts, len(keys)))
        self._values = values.astype(np.int64)
        self.has = Set(self._keys)

    def of(self, keys: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """All that is filed under some keys: for each, the place of its key among those asked for, and the value."""
        if not self._keys.size:
            return np.zeros(0, np.intp), np.zeros(0, np.int64)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        counts = np.where(self._keys[at] == keys, self._counts[at], 0)
        owner = np.repeat(np.arange(len(keys)), counts)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        return owner, self._values[self._starts[at][owner] + within]


class Sums:
    """The sums of three words close together in a form, and those that forms are filed under; see `terms`, `pivots`.

    `exact` has hashes of all words of a form in their order instead of a sum; `two` the sums of the forms of two words.
    """

    def __init__(self, index: TermIndex, pivots: Pivots) -> None:
        tables = compiled("sums", index.digest, partial(_tables, index))
        numbers = {name: np.frombuffer(table, np.uint64) for name, table in tables.items()}
        self.trio = Set(numbers["trio"])
        self.two = Set(numbers["two"])
        self.exact = Set(numbers["exact"])
        self.whole_or_short = Set(numbers["whole_or_short"])
        self.short_or_hole = Set(numbers["short_or_hole"])
        self.near = Lists(numbers["near"], numbers["filed"])
        self.pivoted = Lists(np.frombuffer(pivots.sums, np.uint64), np.frombuffer(pivots.numbers, np.uint32))


def _tables(index: TermIndex) -> dict[str, bytes]:
    filed = [(total, entry) for total in sorted(index.near) for entry in index.filed(total)]
    of_kind = {
        name: {total for total, entry in filed if entry & 3 in kinds}
        for name, kinds in (("whole_or_short", (WHOLE, SHORT)), ("short_or_hole", (SHORT, HOLE)))
    }
    two = {sum(map(index.number, form.keys)) for form in index.forms if len(form.keys) == 2}
    exact = {hash_of(form.keys) for form in index.forms}
    sets = {"trio": index.trios, "two": two, "exact": exact, **of_kind}
    lists = {"near": [total for total, _ in filed], "filed": [entry for _, entry in filed]}
    return {
        **{name: np.array(sorted(some), np.uint64).tobytes() for name, some in sets.items()},
        **{name: np.array(some, np.uint64).tobytes() for name, some in lists.items()},
    }
