"""Parts of readings, and the stacks in which a search keeps the best of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from math import inf

from ntm_repair.suggest.forms import Sense

ROUNDING = 1e-6
"""Nats that a sum may be off for having been added up in another order: far more than it can be."""


class Hypothesis:
    """A part of a reading. Thousands are made for an article and nearly all thrown away: no more than its fields."""

    __slots__ = ("before", "cost", "first", "front", "high", "joins", "last", "low", "score", "second", "words")

    def __init__(
        self,
        score: float,
        joins: float,
        cost: float,
        front: int,
        low: int,
        high: int,
        first: str,
        second: str,
        words: tuple[str, ...],
        before: Hypothesis | None,
        last: tuple[int, int, Sense] | None,
    ) -> None:
        self.score = score
        self.joins = joins
        self.cost = cost
        self.front = front
        """Tokens before this one are read, but for those owed: [low, high)."""
        self.low = low
        self.high = high
        self.first = first
        self.second = second
        """The last two words, which the next one is joined to."""
        self.words = words
        self.before = before
        """What this one was grown from, by its `last` piece."""
        self.last = last

    def heads(self) -> set[tuple[str, ...]]:
        """The words of its senses that may be nouns."""
        found: set[tuple[str, ...]] = set()
        at: Hypothesis | None = self
        while at is not None and at.last is not None:
            if at.last[2].head:
                found.add(at.last[2].words)
            at = at.before
        return found

    def senses(self) -> tuple[tuple[int, int, Sense], ...]:
        """First and end token of each piece with its sense, in Vietnamese order."""
        pieces: list[tuple[int, int, Sense]] = []
        at: Hypothesis | None = self
        while at is not None and at.last is not None:
            pieces.append(at.last)
            at = at.before
        return tuple(reversed(pieces))


class Stack:
    """The hypotheses that have read as many words, of each set that only differs in how it got there the best one."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._known: dict[tuple[int, int, int, tuple[str, ...]], Hypothesis] = {}
        self._scores: list[float] = []  # in order; of those that are known
        self.least = -inf
        """What scores less is not among the `most` best, whatever follows."""

    def put(self, h: Hypothesis) -> None:
        """Keep a hypothesis, unless one with the same words and debts scores as well."""
        key = h.front, h.low, h.high, h.words
        known = self._known.get(key)
        if known is not None:
            if known.score >= h.score:
                return
            if self._most is not None:
                del self._scores[bisect_left(self._scores, known.score)]
        self._known[key] = h
        if self._most is not None:
            insort(self._scores, h.score)
            if len(self._scores) >= self._most:
                self.least = self._scores[-self._most] - ROUNDING

    def best(self) -> list[Hypothesis]:
        """The best ones, in order."""
        return sorted(self._known.values(), key=_order)[: self._most]


def _order(h: Hypothesis) -> tuple[float, tuple[str, ...]]:
    return -h.score, h.words
