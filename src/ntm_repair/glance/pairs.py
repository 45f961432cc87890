"""Some pairs of words, looked for among all neighbours of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ntm_repair.glance.words import Glance

_FIRST_BITS = 16
"""Bits of a key by which most pairs are told from those looked for."""


class Pairs:
    """Some pairs of words by their keys (`packed.hash_of`), to be looked for among all neighbours of a text."""

    def __init__(self, keys: Iterable[int]) -> None:
        self._keys = frozenset(keys)
        # A table by the first bits of a key leaves few to be asked one by one.
        self._begins = np.zeros(1 << _FIRST_BITS, bool)
        self._begins[[key >> 64 - _FIRST_BITS for key in self._keys]] = True

    def among(self, glance: Glance) -> Iterator[tuple[int, int]]:
        """The words that begin one, by number and in order, with its key; whatever stands between them."""
        pairs = glance.pairs
        for i in np.flatnonzero(self._begins[pairs >> np.uint64(64 - _FIRST_BITS)]).tolist():
            key = int(pairs[i])
            if key in self._keys:
                yield i, key
