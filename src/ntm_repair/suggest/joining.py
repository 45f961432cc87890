"""How well words join, for a search that asks the same questions again and again.

What the lexicon holds counts as seen: its phrases are current in official prose, where counts of general news are thin.
"""

from __future__ import annotations

from math import log

from ntm_repair.context import LAMBDAS, TOTAL, UNSEEN, Context

DOMAIN = 0.02
"""Probability that a word pair of the lexicon is taken to have at least: that of a pair news is used to."""

REMEMBERED = 1 << 15
"""Answers kept before starting afresh, so that a long run does not grow."""


class Joiner:
    """log P(word | two words before), as `Context.logp`, with a lower bound for the pairs of the lexicon (nats)."""

    def __init__(self, context: Context, domain: frozenset[tuple[str, str]]) -> None:
        self._context = context
        self._domain = domain
        self._pairs: dict[tuple[str, str], tuple[float, float, bool]] = {}
        self._triples: dict[tuple[str, str, str], float] = {}
        self._words: dict[str, float] = {}
        self.joins: dict[tuple[str, str, tuple[str, ...]], float] = {}
        """What a search has worked out of two words and those after them."""

    def remember(self, key: tuple[str, str, tuple[str, ...]], joins: float) -> None:
        """Keep an entry of `joins`."""
        if len(self.joins) > REMEMBERED // 4:
            self.joins.clear()
        self.joins[key] = joins

    def word(self, word: str) -> float:
        """P(word)."""
        found = self._words.get(word)
        if found is None:
            found = self._words[word] = (self._context.word(word) or UNSEEN) / TOTAL
        return found

    def logp(self, word: str, before: str = "", before_that: str = "") -> float:
        """log P(word | the one or two words before it); "" where there is none."""
        if not before:
            return log(self.word(word))
        pair = self._pairs.get((before, word))
        if pair is None:
            pair = self._pairs[before, word] = self._pair(before, word)
        if not (pair[2] and before_that):
            return pair[1]
        key = before_that, before, word
        found = self._triples.get(key)
        if found is None:
            if len(self._triples) > REMEMBERED:
                self._triples.clear()
                self._pairs.clear()
                self._words.clear()
            found = self._triples[key] = self._triple(pair[0], before_that, before, word)
        return found

    def _pair(self, before: str, word: str) -> tuple[float, float, bool]:
        """The one- and two-word part of the estimate, its logarithm by itself, and whether the pair was seen."""
        context = self._context
        one = LAMBDAS[0] * self.word(word)
        count = context.pair(before, word)
        if not count:
            p = one / (LAMBDAS[0] + LAMBDAS[1])
            p = max(p, DOMAIN) if (before, word) in self._domain else p
            return p, log(p), False
        two = min(1.0, count / (context.word(before) or count))
        if (before, word) in self._domain:
            two = max(two, DOMAIN)
        p = one + LAMBDAS[1] * two
        return p, log(p / (LAMBDAS[0] + LAMBDAS[1])), True

    def _triple(self, p: float, before_that: str, before: str, word: str) -> float:
        context = self._context
        seen = context.pair(before_that, before)
        if not seen:
            return log(p / (LAMBDAS[0] + LAMBDAS[1]))
        three = min(1.0, context.triple(before_that, before, word) / seen)
        return log(p + LAMBDAS[2] * three)
