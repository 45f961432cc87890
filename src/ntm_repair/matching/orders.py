"""Other orders of a few words that read better by pairs alone: exchanges of neighbouring blocks around a weak join."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ntm_repair.matching.pairs import Pairs, Row
from ntm_repair.matching.units import COMMA, Units

SPAN = 6
"""Units within which words may have changed places without a lexicon to say so."""
FIRST, FURTHER = 3, 2
"""Nats that the first exchange and a further one must gain."""
BEAM = 6
"""First exchanges around a weak join that a further one is looked for after."""
LINKING = frozenset("của và các những một trong hoặc như được là để với cho tại từ về do ở khi".split())
"""Words that lead to the next one and do not end a phrase."""
BOTH_WAYS = -2.5
"""Association, in nats, above which two words may well stand in the order they have."""

Order = tuple[int, int, tuple[str, ...]]
"""Units [first, last) and their words in another order."""


def reorderings(units: Units, pairs: Pairs) -> Iterator[Order]:
    """Other orders of up to six units around a weak pair.

    A step exchanges two neighbouring blocks; up to two steps are taken, each the best there is.
    """
    for begin, end in units.runs:
        commas = [i for i in range(begin + 1, end) if units.breaks[i] == COMMA]
        for first, last in pairwise((begin, *commas, end)):
            if last - first > 1:
                yield from _Clause(units.keys[first:last], pairs).orders(first)


class _Clause:
    """Words between commas; remembers what exchanges gain, since neighbouring weak joins share most of them."""

    def __init__(self, words: Sequence[str], pairs: Pairs) -> None:
        # An edge on either side: what is at index -1 and at index len(words) has no association with anything.
        self._words = words
        self._line = [*words, "", ""]
        self._rows = [pairs.row(word) for word in self._line]
        self._pairs = pairs
        self._first: dict[tuple[int, int], list[tuple[float, int]]] = {}
        self._further: dict[tuple[int, int, int, int, int], Order | None] = {}

    def orders(self, offset: int) -> Iterator[Order]:
        """The orders worth weighing, each once, `offset` added to their places."""
        words, line, rows = self._words, self._line, self._rows
        seen: set[Order] = set()
        for at in range(1, len(words)):
            if rows[at - 1][line[at]] >= 0:
                continue
            for found in self._climb(at):
                if found not in seen:
                    seen.add(found)
                    first, last, new = found
                    if _orderly(words[first:last], new, self._pairs):
                        yield first + offset, last + offset, new

    def _climb(self, at: int) -> Iterator[Order]:
        """The best exchanges around the join before word `at`, then the best further one within six words."""
        low, high = max(0, at - SPAN + 1), min(len(self._words), at + SPAN - 1)
        known = self._first
        beam = []
        for i in range(low, min(at, high - 2) + 1):
            for k in range(max(at, i + 2), min(high, i + SPAN) + 1):
                gains = known.get((i, k))
                if gains is None:
                    gains = known[i, k] = self._gains(i, k)
                for gain, j in gains:
                    beam.append((gain, i, j, k))
        if len(beam) > 1:
            beam.sort(key=lambda b: -b[0])
        words = self._words
        for _, i, j, k in beam[:BEAM]:
            yield i, k, (*words[j:k], *words[i:j])
            further = self._after(i, j, k, max(low, k - SPAN), min(high, i + SPAN))
            if further is not None:
                yield further

    def _gains(self, i: int, k: int) -> list[tuple[float, int]]:
        """What exchanging [i, j) and [j, k) gains by pairs, and j, where that is enough for a first step."""
        line, rows = self._line, self._rows
        before, after = rows[i - 1], line[k]
        meet = rows[k - 1][line[i]]
        old_edges = before[line[i]] + rows[k - 1][after]
        found = []
        for j in range(i + 1, k):
            ending = rows[j - 1]
            gain = before[line[j]] + meet + ending[after] - old_edges - ending[line[j]]
            if gain > FIRST:
                found.append((gain, j))
        return found

    def _after(self, i: int, j: int, k: int, low: int, high: int) -> Order | None:
        """The order after the best exchange within [low, high) that follows the exchange of [i, j) and [j, k)."""
        key = i, j, k, low, high
        if key not in self._further:
            self._further[key] = self._best_after(*key)
        return self._further[key]

    def _best_after(self, i: int, j: int, k: int, low: int, high: int) -> Order | None:
        line, rows = self._line, self._rows
        line = [*line[:i], *line[j:k], *line[i:j], *line[k:]]
        rows = [*rows[:i], *rows[j:k], *rows[i:j], *rows[k:]]
        best = _best_exchange(line, rows, low, high)
        if best is None:
            return None
        first, middle, last = best
        line[first:last] = line[middle:last] + line[first:middle]
        a, b = min(i, first), max(k, last)
        return (a, b, tuple(line[a:b])) if line[a:b] != self._line[a:b] else None


def _best_exchange(line: Sequence[str], rows: Sequence[Row], low: int, high: int) -> tuple[int, int, int] | None:
    """The blocks [i, j) and [j, k) within [low, high) whose exchange gains most, if that is enough."""
    best: tuple[float, int, int, list[str]] = (FURTHER, -1, -1, [])
    middle = -1
    for i in range(low, high - 1):
        before, opening = rows[i - 1], line[i]
        leaving = before[opening]
        for k in range(i + 2, min(high, i + SPAN) + 1):
            after = line[k]
            closing = rows[k - 1]
            meet = closing[opening]
            old_edges = leaving + closing[after]
            for j in range(i + 1, k):
                ending, here = rows[j - 1], line[j]
                gain = before[here] + meet + ending[after] - old_edges - ending[here]
                if gain >= best[0] and gain > FURTHER:
                    found = (gain, i, k, [*line[j:k], *line[i:j]])
                    if found > best:
                        best, middle = found, j
    return None if middle < 0 else (best[1], middle, best[2])


def _orderly(old: Sequence[str], new: Sequence[str], pairs: Pairs) -> bool:
    """Whether another order is one that a writer may have meant."""
    if new[-1] in LINKING and old[-1] not in LINKING:
        return False
    if any(word[0].isdigit() for word in old):
        return False
    if not LINKING.isdisjoint(old):
        joins = {*pairwise(old)}
        if any(a in LINKING and b in LINKING and (a, b) not in joins for a, b in pairwise(new)):
            return False
    # Many compounds stand both ways: "nối kết" beside "kết nối".
    return len(old) > 2 or pairs(old[0], old[1]) < BOTH_WAYS
