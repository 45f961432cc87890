"""How well words stand beside each other: counts of Vietnamese news compiled into memory-mapped tables.

A table is a sorted array of 32-bit hashes of word sequences and a byte each for the logarithm of their count. Two
sequences share a hash with a chance of entries / 2^32: 1.3 in 10,000 look-ups of an unseen pair, 1.5 of an unseen
triple. A collision makes an uncommon sequence look common, so it only ever hides a finding. Counts keep their
logarithm to 1/18 nat.

Probabilities are interpolated (Jelinek and Mercer 1980) over one, two and three words. The published counts leave out
pairs seen fewer than 6 times and triples fewer than 12, so absence is weak evidence.
"""

from __future__ import annotations

import mmap
import struct
import sys
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import exp, log
from pathlib import Path

DATA = Path(__file__).parent / "data"
_MAGIC = b"NTMC"
_STEPS = 18
"""Steps a nat is divided into: log(1,500,000) * 18 still fits a byte."""

LAMBDAS = (0.05, 0.35, 0.6)
"""Weights of one-, two- and three-word estimates."""
TOTAL = 77_000_000
"""Words behind the counts."""
UNSEEN = 0.5
"""Count given to what the tables do not hold."""


def pack(rows: Iterable[tuple[Sequence[str], int]]) -> bytes:
    """A table of (words, count) rows; of sequences that share a hash the larger count is kept."""
    counts: dict[int, int] = {}
    for words, count in rows:
        key = _hash(words)
        counts[key] = max(count, counts.get(key, 0))
    keys = sorted(counts)
    levels = bytes(min(255, round(_STEPS * log(counts[k]))) for k in keys)
    return _MAGIC + struct.pack("<I", len(keys)) + struct.pack(f"<{len(keys)}I", *keys) + levels


def _hash(words: Sequence[str]) -> int:
    return zlib.crc32("\t".join(words).encode("utf-8"))


class _Table:
    """One compiled table. Raises ValueError for a file that is not one."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if data[:4] != _MAGIC:
            raise ValueError(f"{path} is not a context table")
        (size,) = struct.unpack("<I", data[4:8])
        keys = memoryview(data)[8 : 8 + 4 * size]
        self._keys: Sequence[int] = keys.cast("I") if sys.byteorder == "little" else struct.unpack(f"<{size}I", keys)
        self._levels = memoryview(data)[8 + 4 * size :]
        self._size = size

    def count(self, *words: str) -> float:
        """The count of a sequence, to within 3 %; 0 for one the table does not hold."""
        key = _hash(words)
        at = bisect_left(self._keys, key)
        if at == self._size or self._keys[at] != key:
            return 0.0
        return exp(self._levels[at] / _STEPS)


class Context:
    """The compiled counts. Words are NFC and lower-cased; all figures are natural logarithms (nats)."""

    def __init__(self, folder: Path = DATA) -> None:
        self._one, self._two, self._three = (_Table(folder / f"context-{order}.bin") for order in (1, 2, 3))
        self.word = lru_cache(maxsize=1 << 16)(self._one.count)
        self.pair = lru_cache(maxsize=1 << 17)(self._two.count)
        self.triple = lru_cache(maxsize=1 << 17)(self._three.count)

    @classmethod
    def load(cls) -> Context:
        """The tables shipped with the program."""
        return _shipped()

    def logp(self, word: str, before: str = "", before_that: str = "") -> float:
        """log P(word | the one or two words before it); "" where there is none."""
        one = (self.word(word) or UNSEEN) / TOTAL
        weight, p = LAMBDAS[0], LAMBDAS[0] * one
        if before and (seen := self.word(before)):
            pair = self.pair(before, word)
            p += LAMBDAS[1] * min(1.0, pair / seen)
            weight += LAMBDAS[1]
            if before_that and (seen_pair := self.pair(before_that, before)):
                p += LAMBDAS[2] * min(1.0, self.triple(before_that, before, word) / seen_pair)
                weight += LAMBDAS[2]
        return log(p / weight)

    def score(self, words: Sequence[str], left: Sequence[str] = (), right: Sequence[str] = ()) -> float:
        """log P(words, then the first two of `right`), given the last two of `left`."""
        line = [*left[-2:], *words, *right[:2]]
        start = len(left[-2:])
        return sum(
            self.logp(line[i], line[i - 1] if i > 0 else "", line[i - 2] if i > 1 else "")
            for i in range(start, len(line))
        )

    def association(self, first: str, second: str) -> float:
        """Pointwise mutual information of a pair; an unseen pair counts as seen half a time."""
        seen = self.word(first) or UNSEEN, self.word(second) or UNSEEN
        return log((self.pair(first, second) or UNSEEN) * TOTAL / (seen[0] * seen[1]))


@lru_cache(maxsize=1)
def _shipped() -> Context:
    return Context()
