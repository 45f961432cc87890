"""How likely a candidate is what stood there: what the context gains, what it mends, and what the lexicon knows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import log
from operator import itemgetter

from ntm_repair.context import BOUND, Context
from ntm_repair.matching.abstain import is_part_of_term, says_the_same
from ntm_repair.matching.candidates import Candidate, kind_of
from ntm_repair.matching.domain import domain_context
from ntm_repair.matching.pairs import Pairs
from ntm_repair.matching.terms import TermIndex, difference
from ntm_repair.matching.units import COMMA, Units
from ntm_repair.vietnamese import is_syllable

FEATURES = (
    "gain gone_min gone_max made_min made_mean strand_before strand_after orphans_before orphans_after"
    " term_after term_before shared grows shrinks light pivot road edge capitals alien attested settled"
    " reads odd made_max rare tied_min tied_max torn_before torn_after freely"
).split()
"""`tied` is how well a term's words are bound to each other where the repair puts them together; `torn`, how much of
how words are bound goes where the place begins and ends, "hành | vi phạm pháp";
`freely`, how freely the word that a missing one is bound to stands alone ("dân" for "nhân dân")."""


LEAST_GAIN = {
    "order": 7.0,
    "confusion": 3.0,
    "reordered": 1.0,
    "missing": -1.5,
    "extra": 4.0,
    "substituted": 3.0,
    "pivoted": 3.0,
}
"""Nats that a candidate must gain to be weighed further, by kind; 98 in 100 right ones do."""
FREE = 3.0
"""Nats from which it is no longer told how surprising it is that a word stands without the one it is bound to."""
TIED = 2.0
"""Nats from which two words of a term are bound to each other."""
CUT = 3.5
"""Nats from which a place that cuts a word in two is none: of 100 planted garbles that are found one has that."""
NONE = float("-inf")
"""What stands for the association with nothing."""


class Weigher:
    """Weighs candidates of one lexicon with one context model."""

    def __init__(self, index: TermIndex, context: Context) -> None:
        self.index = index
        spoken = (tuple(self.spoken(form.keys)) for form in index.forms)
        self.context = domain_context(context, spoken, index.digest)
        self.pair = Pairs(self.context, index.acronyms)
        self._weight = lru_cache(maxsize=1 << 14)(self._word_weight)

    def spoken(self, keys: Sequence[str]) -> list[str]:
        """The words with acronyms written out."""
        acronyms = self.index.acronyms
        if acronyms.keys().isdisjoint(keys):
            return list(keys)
        words: list[str] = []
        for key in keys:
            words += acronyms.get(key) or (key,)
        return words

    def features(self, units: Units, c: Candidate) -> list[float] | None:
        """The evidence for a candidate, in the order of FEATURES.

        None for what gains too little (LEAST_GAIN) or takes apart what stands: no more is worked out then.
        """
        keys, breaks, acronyms = units.keys, units.breaks, self.index.acronyms
        if says_the_same(units, c):
            return None
        begin, end = units.runs[bisect_right(units.runs, c.first, key=itemgetter(0)) - 1]
        low, high = max(begin, c.first - 3), min(end, c.last + 3)
        for i in range(low + 1, c.first + 1):
            if breaks[i] == COMMA:
                low = i
        for i in range(high - 1, c.last - 1, -1):
            if breaks[i] == COMMA:
                high = i
        left, old, new, right = keys[low : c.first], keys[c.first : c.last], list(c.keys), keys[c.last : high]
        before, after = [*left, *old, *right], [*left, *new, *right]
        read, reads, words_before, words_after = self._readings(left, old, new, right)
        gain = reads - read
        if gain < LEAST_GAIN[kind_of(c)]:
            return None
        a, b, b2 = _changed(before, after)
        stood = self._joins(before)
        gone = stood[max(1, a) : min(len(before), b + 1)]
        gone_min = max(-6.0, min(gone, default=0.0))
        removed, added = difference(old, new)
        settled = self._settled(before, stood, removed, len(left), len(left) + len(old))
        if c.edit == "extra" and c.road is None and settled >= BOUND:
            return None
        if c.edit == "missing" and is_part_of_term(self.index, before, len(left), len(left) + len(old)):
            return None
        torn = _torn(stood, len(left), len(left) + len(old))
        if max(torn) >= CUT and (c.road is None or c.form is None):
            return None
        stands = self._joins(after)
        term_after, start, stop = self.term(after, a, b2)
        term_before, _, _ = self.term(before, a, b)
        if term_before and term_after <= term_before:
            return None  # a term that stands is not taken apart for another
        made = [stands[i] for i in range(max(1, a), min(len(after), b2 + 1)) if not start < i < stop]
        tied = []
        # Where a term's words come and go in one place and all others stay where they are.
        differs = c.form is not None and (b - a, b2 - a) == (len(removed), len(added)) != (0, 0)
        if differs:
            tied = stands[max(1, a, len(left) + 1) : min(len(after), b2 + 1, len(left) + len(new))]
        strand_before, orphans_before = self._alone(before, stood, a, b, 0, 0)
        strand_after, orphans_after = self._alone(after, stands, a, b2, start, stop)
        light = max(map(self._weight, (*removed, *added)), default=10.0)
        capitals = alien = 0
        surface = units.surface
        for i in range(max(a + low, c.first), min(b + low, c.last)):
            if keys[i] in acronyms:
                continue
            if surface[i][0].isupper() and i > begin and not (c.form and surface[i] in c.form.surface):
                capitals += 1
            if not is_syllable(keys[i]):
                if surface[i][0].isupper() and (keys[i] in removed or c.source == "order"):
                    return None  # a foreign name: what stands beside it is seldom counted
                alien += 1
        if c.source == "order" and capitals > 1:
            return None  # names of people and places: the counts do not know them, and nobody may be renamed
        return [
            max(-20.0, min(25.0, gain)),
            gone_min,
            max(-6.0, min(6.0, max(gone, default=0.0))),
            max(-6.0, min(made, default=3.0)),
            max(-6.0, sum(made) / len(made)) if made else 3.0,
            strand_before,
            strand_after,
            orphans_before,
            orphans_after,
            float(min(8, term_after)),
            float(min(8, term_before)),
            float(len(old) - len(removed)),
            float(max(0, len(new) - len(old))),
            float(max(0, len(old) - len(new))),
            light - 10.0,
            float(c.road is not None),
            max(-8.0, c.road.nats) + 4.0 if c.road is not None else 0.0,
            float(differs and (a == len(left) or b == len(left) + len(old))),
            float(min(3, capitals)),
            float(min(3, alien)),
            self._attested(before, a, b),
            settled,
            reads / words_after,
            read / words_before,
            max(-6.0, max(made, default=0.0)),
            min(map(self._weight, before[max(0, a - 1) : b + 1])) if a < b else 10.0,
            max(-6.0, min(tied, default=0.0)),
            max(-6.0, max(tied, default=0.0)),
            *torn,
            self._freely(new, stands[len(left) : len(left) + len(new) + 1], added) if kind_of(c) == "missing" else 0.0,
        ]

    def _word_weight(self, word: str) -> float:
        return log(self.context.word(word) or 0.5)

    def _joins(self, keys: Sequence[str]) -> list[float]:
        """The association of each word with the one before it; none at the edges, 0 and len(keys)."""
        row = self.pair.row
        return [NONE, *[row(first)[second] for first, second in pairwise(keys)], NONE]

    def _settled(
        self, keys: Sequence[str], joins: Sequence[float], removed: Sequence[str], low: int, high: int
    ) -> float:
        """How well the words that would go are bound to a neighbour as they stand, in nats: the loosest of them."""
        if not removed:
            return 0.0
        loosest = 6.0
        for i in range(low, high):
            if keys[i] in removed:
                side = max(joins[i], joins[i + 1])
                loosest = min(loosest, 0.0 if side == NONE else side)
        return max(0.0, loosest)

    def _freely(self, new: Sequence[str], joins: Sequence[float], added: Sequence[str]) -> float:
        """How freely the words stand alone that missing ones are bound to: FREE less the surprise at it, in nats."""
        freely = FREE
        for i, word in enumerate(new):
            if word in added:
                sides = [(joins[i], i - 1)] if i else []
                sides += [(joins[i + 1], i + 1)] if i + 1 < len(new) else []
                sides = [side for side in sides if new[side[1]] not in added]
                tie, at = max(sides, default=(NONE, i))
                freely = min(freely, max(0.0, FREE - self.context.alone(new[at])) if tie > TIED else 0.0)
        return freely

    def _alone(
        self, keys: Sequence[str], joins: Sequence[float], low: int, high: int, start: int, stop: int
    ) -> tuple[float, float]:
        """How far the words in and beside [low, high) stand alone, those inside the term [start, stop) left out.

        First the least that any is bound to one of its neighbours, 5 at most; then how surprising it is, in nats, that
        they stand apart from their company.
        """
        least, total = 5.0, 0.0
        acronyms, alone = self.index.acronyms, self.context.alone
        for i in range(max(0, low - 1), min(len(keys), high + 1)):
            if start <= i < stop:
                continue
            side = max(joins[i], joins[i + 1])
            if side == NONE:
                side = 5.0
            least = min(least, side)
            if side < 2.0 and keys[i] not in acronyms:
                nats = alone(keys[i])
                if nats >= 0.7:
                    total += nats
        return max(-5.0, least), min(15.0, total)

    def _attested(self, keys: Sequence[str], low: int, high: int) -> float:
        """The logarithm of how often the best known triple across the edges of [low, high) was seen; 0 for never."""
        best = 0.0
        for i in range(max(0, low - 2), min(len(keys) - 2, high)):
            if max(low, i + 1) <= min(high, i + 2):
                best = max(best, self.context.triple(*self.spoken(keys[i : i + 3])[:3]))
        return log(best) if best > 1 else 0.0

    def _readings(
        self, left: Sequence[str], old: Sequence[str], new: Sequence[str], right: Sequence[str]
    ) -> tuple[float, float, int, int]:
        """How likely the place is with the old words and with the new, in nats, and how many words that is of each."""
        score = self.context.score
        lead, tail = self.spoken(left)[-2:], self.spoken(right)[:2]
        before, after = self.spoken(old), self.spoken(new)
        further = len(tail)
        return score(before, lead, tail), score(after, lead, tail), len(before) + further, len(after) + further

    def term(self, keys: Sequence[str], low: int, high: int) -> tuple[int, int, int]:
        """Length and span of the longest exact term of three words and more that holds a change in [low, high)."""
        best = (0, 0, 0)
        openings = self.index.openings
        for first in range(min(len(keys) - 2, high)):
            for words in openings.get((keys[first], keys[first + 1], keys[first + 2]), ()):
                last = first + len(words)
                if len(words) > best[0] and low < last and words == tuple(keys[first:last]):
                    best = (len(words), first, last)
        return best


def _torn(joins: Sequence[float], *edges: int) -> list[float]:
    """How much less well the words of a line can be paired if it is cut at an edge, in nats."""
    before, after = _paired(joins), _paired(joins[::-1])[::-1]
    return [before[-1] - before[edge] - after[edge] for edge in edges]


def _paired(joins: Sequence[float]) -> list[float]:
    """How well the first words, of none to all, can be paired with their neighbours, no word twice, in nats.

    `joins` as `Weigher._joins` has them; a pair is worth what it is bound by, 6 nats at most.
    """
    best = [0.0, 0.0]
    for bound in joins[1:-1]:
        best.append(max(best[-1], best[-2] + min(6.0, max(0.0, bound))))
    return best[: len(joins)]


def _changed(before: Sequence[str], after: Sequence[str]) -> tuple[int, int, int]:
    """Where two lines differ: start in both, end in the first, end in the second."""
    a = 0
    while a < min(len(before), len(after)) and before[a] == after[a]:
        a += 1
    z = 0
    while z < min(len(before), len(after)) - a and before[-1 - z] == after[-1 - z]:
        z += 1
    return a, len(before) - z, len(after) - z
