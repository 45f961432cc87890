"""How well two units stand beside each other, remembered row by row.

The engine asks for the same few thousand pairs over and over: a row holds what is known of the pairs that begin with
one word, so that an answer in a loop costs one look-up in a dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from ntm_repair.context import TOTAL, UNSEEN, Context

UNSEEN_PAIR = -0.1
"""The most that a pair which was never seen can be bound, in nats."""
MOST = 1 << 18
"""Pairs remembered before starting afresh, so that a long run does not grow."""


class Row(dict[str, float]):
    """The association of one first word with each second word asked for, in nats."""

    __slots__ = ("_first", "_pairs")

    def __init__(self, pairs: Pairs, first: str) -> None:
        super().__init__()
        self._pairs = pairs
        self._first = first

    def __missing__(self, second: str) -> float:
        value = self[second] = self._pairs.value(self._first, second)
        return value


class Pairs:
    """Association of two units, acronyms seen through; 0 beside an edge ("") or a number."""

    def __init__(self, context: Context, acronyms: Mapping[str, tuple[str, ...]]) -> None:
        self._context = context
        self._acronyms = acronyms
        self._rows: dict[str, Row] = {}
        self._known = 0

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

    def value(self, first: str, second: str) -> float:
        """The association of a pair, worked out."""
        self._known += 1
        if not first or not second or not first[0].isalpha() or not second[0].isalpha():
            return 0.0
        acronyms, context = self._acronyms, self._context
        if first in acronyms:
            first = acronyms[first][-1]
        if second in acronyms:
            second = acronyms[second][0]
        seen = context.pair(first, second)
        counts = (context.word(first) or UNSEEN) * (context.word(second) or UNSEEN)
        if seen:
            return log(seen * TOTAL / counts)
        # That a pair of rare words was never seen says nothing for it.
        return min(UNSEEN_PAIR, log(UNSEEN * TOTAL / counts))
