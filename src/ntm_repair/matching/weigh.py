"""How likely a candidate is what stood there: what the context gains, what it mends, and what the lexicon knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from ntm_repair.context import Context
from ntm_repair.matching.candidates import Candidate
from ntm_repair.matching.domain import DomainContext
from ntm_repair.matching.pairs import Pairs
from ntm_repair.matching.terms import LONGEST, TermIndex
from ntm_repair.matching.units import COMMA, Units
from ntm_repair.vietnamese import is_syllable

FEATURES = (
    "gain gone_min gone_max made_min made_mean strand_before strand_after orphans_before orphans_after"
    " term_after term_before shared grows shrinks light pivot road edge capitals alien attested settled"
).split()


class Weigher:
    """Weighs candidates of one lexicon with one context model."""

    def __init__(self, index: TermIndex, context: Context) -> None:
        self.index = index
        spoken = dict.fromkeys(tuple(self.spoken(form.keys)) for form in index.forms)
        self.context = DomainContext(context, spoken)
        self.pair = Pairs(self.context, index.acronyms)

    def spoken(self, keys: Sequence[str]) -> list[str]:
        acronyms = self.index.acronyms
        words: list[str] = []
        for key in keys:
            words += acronyms.get(key) or (key,)
        return words

    def features(self, units: Units, c: Candidate) -> list[float]:
        """The evidence for a candidate, in the order of FEATURES."""
        keys = units.keys
        begin, end = next(r for r in units.runs if r[0] <= c.first < r[1])
        low, high = max(begin, c.first - 3), min(end, c.last + 3)
        for i in range(low + 1, c.first + 1):
            if units.breaks[i] == COMMA:
                low = i
        for i in range(high - 1, c.last - 1, -1):
            if units.breaks[i] == COMMA:
                high = i
        left, right = keys[low : c.first], keys[c.last : high]
        old, new = keys[c.first : c.last], list(c.keys)
        gain = self.gain(left, old, new, right)
        before, after = [*left, *old, *right], [*left, *new, *right]
        a, b, b2 = _changed(before, after)
        gone = [self.pair(before[i - 1], before[i]) for i in range(max(1, a), min(len(before), b + 1))]
        term_after, start, stop = self.term(after, a, b2)
        term_before, _, _ = self.term(before, a, b)
        made = [
            self.pair(after[i - 1], after[i]) for i in range(max(1, a), min(len(after), b2 + 1)) if not start < i < stop
        ]
        removed, added = Counter(old) - Counter(new), Counter(new) - Counter(old)
        different = [*removed, *added]
        light = max((log(self.context.word(w) or 0.5) for w in different), default=10.0)
        offset = c.first - len(left)
        known = set(c.form.surface) if c.form else set()
        zone = range(max(a + offset, c.first), min(b + offset, c.last))
        capitals = sum(
            units.surface[i][0].isupper()
            and units.keys[i] not in self.index.acronyms
            and units.surface[i] not in known
            and i > begin
            for i in zone
        )
        alien = sum(not self.index.acronyms.get(units.keys[i]) and not is_syllable(units.keys[i]) for i in zone)
        return [
            max(-20.0, min(25.0, gain)),
            max(-6.0, min(gone, default=0.0)),
            max(-6.0, min(6.0, max(gone, default=0.0))),
            max(-6.0, min(made, default=3.0)),
            max(-6.0, sum(made) / len(made)) if made else 3.0,
            self._stranded(before, a, b, 0, 0),
            self._stranded(after, a, b2, start, stop),
            self._orphaned(before, a, b, 0, 0),
            self._orphaned(after, a, b2, start, stop),
            float(min(8, term_after)),
            float(min(8, term_before)),
            float(sum((Counter(old) & Counter(new)).values())),
            float(max(0, len(new) - len(old))),
            float(max(0, len(old) - len(new))),
            light - 10.0,
            float(c.road is not None),
            max(-8.0, c.road.nats) + 4.0 if c.road is not None else 0.0,
            float(c.edit == "missing" and (a == len(left) or b == len(left) + len(old))),
            float(min(3, capitals)),
            float(min(3, alien)),
            self._attested(before, a, b),
            self._settled(before, removed, len(left), len(left) + len(old)),
        ]

    def _settled(self, keys: Sequence[str], removed: Counter[str], low: int, high: int) -> float:
        """How well the words that would go are bound to a neighbour as they stand, in nats: the loosest of them."""
        loosest = 6.0
        for i in range(low, high):
            if keys[i] in removed:
                sides = [self.pair(keys[j - 1], keys[j]) for j in (i, i + 1) if 0 < j < len(keys)]
                loosest = min(loosest, max(sides, default=0.0))
        return max(0.0, loosest) if removed else 0.0

    def _orphaned(self, keys: Sequence[str], low: int, high: int, start: int, stop: int) -> float:
        """How surprising it is, in nats, that the words in and beside [low, high) stand apart from their company."""
        total = 0.0
        for i in range(max(0, low - 1), min(len(keys), high + 1)):
            if start <= i < stop or keys[i] in self.index.acronyms:
                continue
            nats = self.context.alone(keys[i])
            if nats < 0.7:
                continue
            sides = [self.pair(keys[j - 1], keys[j]) for j in (i, i + 1) if 0 < j < len(keys)]
            if max(sides, default=5.0) < 2.0:
                total += nats
        return min(15.0, total)

    def _attested(self, keys: Sequence[str], low: int, high: int) -> float:
        """The logarithm of how often the best known triple across the edges of [low, high) was seen; 0 for never."""
        best = 0.0
        for i in range(max(0, low - 2), min(len(keys) - 2, high)):
            if any(i < edge <= i + 2 for edge in range(low, high + 1)):
                best = max(best, self.context.triple(*self.spoken(keys[i : i + 3])[:3]))
        return log(best) if best > 1 else 0.0

    def _stranded(self, keys: Sequence[str], low: int, high: int, start: int, stop: int) -> float:
        """The least that any word in or beside [low, high) is bound to one of its neighbours; 5 inside a term."""
        least = 5.0
        for i in range(max(0, low - 1), min(len(keys), high + 1)):
            if start <= i < stop:
                continue
            sides = []
            if i > 0:
                sides.append(self.pair(keys[i - 1], keys[i]))
            if i + 1 < len(keys):
                sides.append(self.pair(keys[i], keys[i + 1]))
            least = min(least, max(sides, default=5.0))
        return max(-5.0, least)

    def gain(self, left: Sequence[str], old: Sequence[str], new: Sequence[str], right: Sequence[str]) -> float:
        """How much likelier the new words make the place, in nats."""
        score = self.context.score
        lead, tail = self.spoken(left)[-2:], self.spoken(right)[:2]
        return score(self.spoken(new), lead, tail) - score(self.spoken(old), lead, tail)

    def term(self, keys: Sequence[str], low: int, high: int) -> tuple[int, int, int]:
        """Length and span of the longest exact term of three words and more that holds a change in [low, high)."""
        numbers = [self.index.number(key) for key in keys]
        best = (0, 0, 0)
        for first in range(len(keys) - 1):
            total = numbers[first]
            for last in range(first + 2, min(len(keys), first + LONGEST) + 1):
                total += numbers[last - 1]
                if last - first <= best[0] or not (first < high and low < last) or last - first < 3:
                    continue
                for form in self.index.whole.get(total, ()):
                    if form.keys == tuple(keys[first:last]):
                        best = (last - first, first, last)
        return best


def _changed(before: Sequence[str], after: Sequence[str]) -> tuple[int, int, int]:
    """Where two lines differ: start in both, end in the first, end in the second."""
    a = 0
    while a < min(len(before), len(after)) and before[a] == after[a]:
        a += 1
    z = 0
    while z < min(len(before), len(after)) - a and before[-1 - z] == after[-1 - z]:
        z += 1
    return a, len(before) - z, len(after) - z
