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
        # What is asked for is remembered here; a second memory would only cost time.
        self._count_pair, self._count_triple = context.pair.__wrapped__, context.triple.__wrapped__
        self._pairs: dict[tuple[str, str], tuple[float, float, float]] = {}
        self._triples: dict[tuple[str, str, str], float] = {}
        self._words: dict[str, float] = {}
        self._inside: dict[tuple[str, ...], tuple[float, tuple[float, ...]]] = {}
        self.joins: dict[tuple[str, str, tuple[str, ...]], float] = {}
        """What a search has worked out of two words and those after them."""

    def inside(self, words: tuple[str, ...]) -> tuple[float, tuple[float, ...]]:
        """What words can be worth at most, whatever stands before them, and what each from the third on is worth.

        The first can be sure to follow, the second be as likely as a pair of words ever is; nats.
        """
        found = self._inside.get(words)
        if found is None:
            if len(self._inside) > REMEMBERED // 4:
                self._inside.clear()
            after = tuple(self.logp(words[i], words[i - 1], words[i - 2]) for i in range(2, len(words)))
            second = 0.0
            if len(words) > 1 and words[0]:
                p, alone, seen = self._pair((words[0], words[1]))
                second = log(p + LAMBDAS[2]) if seen else alone
            found = self._inside[words] = second + sum(after), after
        return found

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
        together = before, word
        pair = self._pairs.get(together)
        if pair is None:
            pair = self._pairs[together] = self._pair(together)
        if not (pair[2] and before_that):
            return pair[1]
        key = before_that, before, word
        found = self._triples.get(key)
        if found is None:
            if len(self._triples) > REMEMBERED:
                self._triples.clear()
                self._pairs.clear()
                self._words.clear()
            found = self._triples[key] = self._triple(pair[0], key)
        return found

    def _pair(self, pair: tuple[str, str]) -> tuple[float, float, float]:
        """The one- and two-word part of the estimate, its logarithm by itself, and how often news has the pair."""
        before, word = pair
        one = LAMBDAS[0] * self.word(word)
        count = self._count_pair(before, word)
        domain = pair in self._domain
        if not count:
            p = one / (LAMBDAS[0] + LAMBDAS[1])
            p = max(p, DOMAIN) if domain else p
            return p, log(p), 0.0
        two = min(1.0, count / (self._context.word(before) or count))
        if domain:
            two = max(two, DOMAIN)
        p = one + LAMBDAS[1] * two
        return p, log(p / (LAMBDAS[0] + LAMBDAS[1])), count

    def _triple(self, p: float, key: tuple[str, str, str]) -> float:
        pair = self._pairs.get(key[:2])
        seen = pair[2] if pair is not None else self._count_pair(key[0], key[1])
        if not seen:
            return log(p / (LAMBDAS[0] + LAMBDAS[1]))
        three = min(1.0, self._count_triple(*key) / seen)
        return log(p + LAMBDAS[2] * three)
