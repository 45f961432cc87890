"""Other orders of a few words that read better by pairs: exchanges of neighbouring blocks that undo a weak join."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ntm_repair.matching.pairs import Pairs, Row
from ntm_repair.matching.units import COMMA, Units, Where

SPAN = 7
"""Words within which two blocks may have changed places without a lexicon to say so."""
WEAK = -1.6
"""Association, in nats, below which a join is one that an exchange may have made."""
BOUND, APART = 1.5, 2.0
"""A word stands apart from its company where it is bound to it by so many nats (`Context.alone`) elsewhere, and joins
with neither neighbour by so many here."""
NONE = float("-inf")
ENOUGH = 5.0
"""Nats by pairs that an order must gain to be worth weighing."""
MENDED = 2.0
"""Association, in nats, of the best join that an order must make: a scrambled phrase has words that belong together."""
FURTHER = 2.0
"""Nats by pairs that a further exchange must gain."""
MANY, BEAM = 12, 5
"""Exchanges that undo one weak join and are weighed, and those of them that are gone on with."""
LINKING = frozenset("của và các những một trong hoặc như được là để với cho tại từ về do ở khi".split())
"""Words that lead to the next one and do not end a phrase."""
BOTH_WAYS = 0.0
"""Association, in nats, above which two words may well stand in the order they have."""
PLAINLY = 3.0
"""Nats by which they must be better bound the other way then."""

Order = tuple[int, int, tuple[str, ...]]
"""Units [first, last) and their words in another order."""
_Exchange = tuple[float, int, int, int]
"""What is gained by exchanging the blocks [i, j) and [j, k), and i, j, k."""


def reorderings(units: Units, pairs: Pairs, where: Where = None) -> Iterator[Order]:
    """Other orders of a few units around a weak join; only joins before the units `where`, if that is given.

    A step exchanges two neighbouring blocks and undoes a weak join; where one is left, a second step may follow.
    """
    for begin, end in units.runs_with(where):
        commas = [i for i in range(begin + 1, end) if units.breaks[i] == COMMA]
        for first, last in pairwise((begin, *commas, end)):
            if last - first > 1:
                words = units.keys[first:last]
                rows = [pairs.row(word) for word in words]
                joins = [row[word] for row, word in zip(rows, words[1:], strict=False)]
                weak = _weak(words, units.surface[first:last], joins, pairs)
                if where is not None:
                    weak = [at for at in weak if first + at in where]
                if weak:
                    yield from _Clause(words, rows, pairs).orders(weak, first)


def _weak(words: Sequence[str], surface: Sequence[str], joins: Sequence[float], pairs: Pairs) -> list[int]:
    """Where to begin: before words that join badly, and on both sides of those that stand apart from their company."""
    weak = {at for at, join in enumerate(joins, 1) if join < WEAK}
    sides = [NONE, *joins, NONE]
    for i, word in enumerate(words):
        # A name keeps strange company.
        if max(sides[i], sides[i + 1]) < APART and pairs.alone(word) >= BOUND and surface[i][0].islower():
            weak.update((i, i + 1))
    return sorted(weak.difference((0, len(words))))


class _Clause:
    """Words between commas, and what is known of the pairs that begin with each."""

    def __init__(self, words: Sequence[str], rows: Sequence[Row], pairs: Pairs) -> None:
        # An edge on either side: what is at index -1 and at index len(words) has no association with anything.
        self._words = words
        self._edge = pairs.row("")
        self._line = [*words, "", ""]
        self._rows = [*rows, self._edge, self._edge]
        self._pairs = pairs

    def orders(self, weak: Sequence[int], offset: int) -> Iterator[Order]:
        """The orders worth weighing, each once, `offset` added to their places."""
        seen: set[Order] = set()
        tried: set[tuple[int, int, int]] = set()
        for at in weak:
            steps = _exchanges(self._line, self._rows, at, 0, len(self._words), ENOUGH)
            for rank, step in enumerate(steps[:MANY]):
                if step[1:] in tried:
                    continue
                tried.add(step[1:])
                for found in self._after(step, rank < BEAM):
                    if found not in seen:
                        seen.add(found)
                        first, last, new = found
                        if self._orderly(first, last, new):
                            yield first + offset, last + offset, new

    def _after(self, step: _Exchange, further: bool) -> Iterator[Order]:
        """The order after one exchange and, if asked, after the best that follows it."""
        _, i, j, k = step
        words = self._words
        if not self._mended(i, j, k):
            return
        yield i, k, (*words[j:k], *words[i:j])
        if not further:
            return
        line = [*self._line[:i], *words[j:k], *words[i:j], *self._line[k:]]
        rows = self._rows
        low, high = max(0, k - SPAN), min(len(words), i + SPAN)
        left = [at for at in range(max(low + 1, i), min(high, k + 1)) if self._pairs(line[at - 1], line[at]) < WEAK]
        if not left:
            return
        rows = [*rows[:i], *rows[j:k], *rows[i:j], *rows[k:]]
        best = max((b for at in left for b in _exchanges(line, rows, at, low, high, FURTHER)[:1]), default=None)
        if best is not None:
            _, first, middle, last = best
            line[first:last] = line[middle:last] + line[first:middle]
            a, b = min(i, first), max(k, last)
            if line[a:b] != self._line[a:b]:
                yield a, b, tuple(line[a:b])

    def _mended(self, i: int, j: int, k: int) -> bool:
        line, rows = self._line, self._rows
        return max(rows[i - 1][line[j]], rows[k - 1][line[i]], rows[j - 1][line[k]]) >= MENDED

    def _orderly(self, first: int, last: int, new: Sequence[str]) -> bool:
        """Whether another order is one that a writer may have meant."""
        old, after = self._words[first:last], self._line[last]
        # Nothing that leads to the next word stands last before the end, or before what leads on itself, unless the
        # two go together: "với các".
        if new[-1] in LINKING and old[-1] not in LINKING and (not after or self._apart(new[-1], after)):
            return False
        if any(word[0].isdigit() for word in old):
            return False
        if not LINKING.isdisjoint(old):
            joins = {*pairwise(old)}
            if any(a in LINKING and self._apart(a, b) and (a, b) not in joins for a, b in pairwise(new)):
                return False
        # Many compounds stand both ways, "nối kết" and "kết nối"; but not between words that never stand beside them.
        bound = self._pairs(old[0], old[1])
        if len(old) > 2 or bound < BOTH_WAYS:
            return True
        apart = max(self._rows[first - 1][old[0]], self._rows[last - 1][after]) < WEAK
        return apart and self._pairs(new[0], new[1]) >= bound + PLAINLY

    def _apart(self, first: str, second: str) -> bool:
        """Whether the second of two words leads on, and seldom after the first."""
        return second in LINKING and self._pairs(first, second) < 0


def _exchanges(line: Sequence[str], rows: Sequence[Row], at: int, low: int, high: int, least: float) -> list[_Exchange]:
    """The exchanges within [low, high) that undo the join before `at` and gain more than `least`, best first."""
    found: list[_Exchange] = []
    before, word = rows[at - 1], line[at]
    undone = before[word]
    # The blocks meet at the join: each word before it that may begin the first, each after it that may end the second.
    for i in range(max(low, at - SPAN + 1), at):
        lead, opening = rows[i - 1], line[i]
        old = lead[opening] + undone + least
        new = lead[word]
        for k in range(at + 1, min(high, i + SPAN) + 1):
            closing, after = rows[k - 1], line[k]
            gain = new + closing[opening] + before[after] - old - closing[after]
            if gain > 0:
                found.append((gain + least, i, at, k))
    # The first block begins at the join.
    for j in range(at + 1, min(high, at + SPAN)):
        ending, middle = rows[j - 1], line[j]
        old = undone + ending[middle] + least
        new = before[middle]
        for k in range(j + 1, min(high, at + SPAN) + 1):
            closing, after = rows[k - 1], line[k]
            gain = new + closing[word] + ending[after] - old - closing[after]
            if gain > 0:
                found.append((gain + least, at, j, k))
    # The second block ends at the join.
    for j in range(max(low + 1, at - SPAN + 1), at):
        ending, middle = rows[j - 1], line[j]
        old = undone + ending[middle] + least
        new = ending[word]
        for i in range(max(low, at - SPAN), j):
            lead, opening = rows[i - 1], line[i]
            gain = lead[middle] + before[opening] + new - old - lead[opening]
            if gain > 0:
                found.append((gain + least, i, j, at))
    if len(found) > 1:
        found.sort(key=lambda step: -step[0])
    return found
