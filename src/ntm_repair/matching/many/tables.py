"""What the features of candidates are read from, over arrays: exact terms, counts of triples, how words stand apart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.compiled import compiled
from ntm_repair.context import ALONE_STEPS
from ntm_repair.glance import stirred_many
from ntm_repair.packed import WORD, hash_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ntm_repair.matching.many.readings import Readings
    from ntm_repair.matching.many.words import Figures, Flags, Numbers, Words
    from ntm_repair.matching.terms import TermIndex
    from ntm_repair.packed import Packed

_WORD = np.uint64(WORD)
_TERM = 3
"""Words of the shortest term that stands for something (`Weigher.term`)."""


class Tables:
    """The terms of one lexicon and the counts of one context model."""

    def __init__(self, index: TermIndex, readings: Readings, bound: Packed) -> None:
        self._readings, self._bound = readings, bound
        self._longest = max((len(form.keys) for form in index.forms), default=0)
        terms, openings = compiled("term-hashes", index.digest, partial(_terms, index))
        self._terms, self._openings = np.frombuffer(terms, np.uint64), np.frombuffer(openings, np.uint64)

    def term(self, words: Words, numbers: Numbers, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
        """Length and beginning of the longest exact term of each row that holds a change in [low, high)."""
        n, width = numbers.shape
        length, begin = np.zeros(n, np.int32), np.zeros(n, np.int32)
        hashes, real = words.hashes[numbers], numbers >= 0
        key = hashes.copy()
        for size in range(2, min(self._longest, width) + 1):
            key = key[:, :-1] * _WORD + hashes[:, size - 1 :]
            if size < _TERM:
                continue
            if size == _TERM:
                opening = _among(stirred_many(key), self._openings)
                opening &= np.arange(key.shape[1]) < high[:, None]
                if not opening.any():
                    break
            row, first = np.nonzero(opening[:, : key.shape[1]] & real[:, size - 1 :])
            there = (first + size > low[row]) & _among(stirred_many(key[row, first]), self._terms)
            # From the last to the first: of those that are as long, the first stays.
            row, first = row[there][::-1], first[there][::-1]
            length[row], begin[row] = size, first
        return length, begin

    def alone(self, words: Words, numbers: Numbers) -> Figures:
        """`Context.alone` of words by number."""
        return self._bound.find_many(stirred_many(words.hashes[numbers])) / ALONE_STEPS

    def attested(self, words: Words, numbers: Numbers, size: Numbers, low: Numbers, high: Numbers) -> Figures:
        """The logarithm of how often the best known triple across the edges of [low, high) was seen; 0 for never."""
        n, width = numbers.shape
        best = np.zeros(n)
        if width < 3:
            return best
        at = np.arange(width - 2)
        across = (at >= low[:, None] - 2) & (at < np.minimum(size - 2, high)[:, None])
        across &= np.maximum(low[:, None], at + 1) <= np.minimum(high[:, None], at + 2)
        row, first = np.nonzero(across)
        seen = self._readings.triples(words, np.stack([numbers[row, first + i] for i in range(3)], axis=1))
        np.maximum.at(best, row, np.log(np.maximum(1.0, seen)))
        return best


def _terms(index: TermIndex) -> tuple[bytes, bytes]:
    """The hashes of the terms of some length, and of their first words, in order."""
    terms = [form.keys for form in index.forms if len(form.keys) >= _TERM]
    hashes = {hash_of(keys) for keys in terms}, {hash_of(keys[:_TERM]) for keys in terms}
    whole, openings = (np.array(sorted(some), np.uint64).tobytes() for some in hashes)
    return whole, openings


def _among(keys: NDArray[np.uint64], some: NDArray[np.uint64]) -> Flags:
    if not some.size:
        return np.zeros(keys.shape, bool)
    at = np.minimum(np.searchsorted(some, keys), len(some) - 1)
    found: Flags = some[at] == keys
    return found
