"""How well two units stand beside each other, remembered row by row.

The engine asks for the same few thousand pairs over and over: a row holds what is known of the pairs that begin with
one word, so that an answer in a loop costs one look-up in a dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log

from ntm_repair.context import TOTAL, UNSEEN, Context

UNSEEN_PAIR = -0.1
"""The most that a pair which was never seen can be bound, in nats."""
MOST = 1 << 15
"""Pairs remembered before starting afresh, so that a long run does not grow."""


class Row(dict[str, float]):
    """The association of one first word with each second word asked for, in nats."""

    __slots__ = ("_first", "_pairs")

    def __init__(self, pairs: Pairs, first: str) -> None:
        super().__init__()
        self._pairs = pairs
        self._first = pairs.sides(first)[0]

    def __missing__(self, second: str) -> float:
        value = self[second] = self._pairs.value(self._first, second)
        return value


Side = tuple[str, float]
"""A word as a pair is looked up by it ("" for an edge or a number), and its count."""


class Pairs:
    """Association of two units, acronyms seen through; 0 beside an edge ("") or a number."""

    def __init__(self, context: Context, acronyms: Mapping[str, tuple[str, ...]]) -> None:
        self._context = context
        self._count = context.pair.__wrapped__  # rows remember what is asked for; a second memory would only fill up
        self._acronyms = acronyms
        self._rows: dict[str, Row] = {}
        self.alone = context.alone
        self._known = 0
        self.sides = lru_cache(maxsize=1 << 14)(self._sides)
        self.worth = lru_cache(maxsize=1 << 14)(self._worth)

    def __call__(self, first: str, second: str) -> float:
        return self.row(first)[second]

    def row(self, first: str) -> Row:
        """All that is and will be known of the pairs that begin with a word."""
        row = self._rows.get(first)
        if row is None:
            if self._known >= MOST:
                self._rows.clear()  # rows in use stay as they are
                self._known = 0
            row = self._rows[first] = Row(self, first)
        return row

    def _sides(self, word: str) -> tuple[Side, Side]:
        """What a word shows to the one after it, and to the one before."""
        if not word or not word[0].isalpha():
            return ("", UNSEEN), ("", UNSEEN)
        words = self._acronyms.get(word, (word,))
        last, first = words[-1], words[0]
        return (last, self._context.word(last) or UNSEEN), (first, self._context.word(first) or UNSEEN)

    def _worth(self, words: Sequence[str]) -> float:
        """The logarithm of how likely the words are by pairs, whatever stands beside them, in nats."""
        alone = sum(log((self._context.word(word) or UNSEEN) / TOTAL) for word in words)
        return alone + sum(self(first, second) for first, second in pairwise(words))

    def value(self, before: Side, second: str) -> float:
        """The association of a pair, worked out."""
        self._known += 1
        first, times = before
        following, more_times = self.sides(second)[1]
        if not first or not following:
            return 0.0
        seen = self._count(first, following)
        if seen:
            return log(seen * TOTAL / (times * more_times))
        # That a pair of rare words was never seen says nothing for it.
        return min(UNSEEN_PAIR, log(UNSEEN * TOTAL / (times * more_times)))
