"""Where in many articles at once a garbled place can be: arithmetic over arrays instead of an object a word.

For each source of candidates (`candidates`) it is worked out at which words one may begin that passes the gates by
pairs. Scalar code then looks only there, and decides. What is said here may be wrong, but never missing: figures that
may differ in the last place are given some slack, and lines that hold what only `tokens` can read are looked at whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.glance import stirred_many
from ntm_repair.matching import candidates, orders, windows
from ntm_repair.matching.confusion import LONGEST as LONGEST_MEMBER
from ntm_repair.matching.many.exchanges import Exchanges
from ntm_repair.matching.many.line import Acronyms, Line, bound
from ntm_repair.matching.many.sums import Sums
from ntm_repair.matching.pivots import LENGTHS
from ntm_repair.matching.terms import LONGEST
from ntm_repair.packed import WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ntm_repair.glance import Glance
    from ntm_repair.matching.confusion import Confusions
    from ntm_repair.matching.many.line import Hashes, Nats, Places
    from ntm_repair.matching.pivots import Pivots
    from ntm_repair.matching.weigh import Weigher

SLACK = 0.02
"""Nats by which a gate here is wider than the one it stands for."""
_WORD = np.uint64(WORD)
_NEVER = 1 << 40


@dataclass(frozen=True, slots=True)
class Signs:
    """The words at which candidates may begin, by number in the text looked at, in order."""

    orders: Places
    lexical: Places
    confusions: Places


class Looker:
    """The tables of a matcher as arrays."""

    def __init__(self, weigher: Weigher, confusions: Confusions, pivots: Pivots) -> None:
        self._one, self._two, _ = weigher.context.tables
        self._bound = weigher.context.bound
        self._acronyms = Acronyms(weigher.index.acronyms)
        self._sums = Sums(weigher.index, pivots)
        self._exchanges = Exchanges(confusions, weigher)

    def signs(self, glance: Glance) -> Signs:
        """Where candidates may begin: orders at the word after a join, the others at their first word."""
        line = Line(glance, self._one, self._two, self._acronyms)
        if len(line) < 2:
            nothing = np.zeros(0, np.intp)
            return Signs(nothing, nothing, nothing)
        return Signs(self._orders(line), self._lexical(line), self._confusions(line))

    def _orders(self, line: Line) -> Places:
        """Weak joins that an exchange worth weighing undoes."""
        n = len(line)
        at = self._weak(line)
        if not at.size:
            return at
        ahead, back = self._bands(line)
        clause = line.clause
        edges = np.flatnonzero(np.append(True, clause[1:] != clause[:-1]))
        begin = edges[clause[at] - clause[0]] - at
        end = np.append(edges[1:], n)[clause[at] - clause[0]] - at
        found = np.zeros(len(at), bool)
        old = ahead[1]
        for i, j, k in _EXCHANGES:
            inside = np.flatnonzero((begin <= i) & (k <= end) & ~found)
            first = at[inside] + i
            middle, last = first + (j - i), first + (k - i)
            lead, meet, tail = ahead[j - i + 1][first - 1], back[k - 1 - i][first], ahead[k - j + 1][middle - 1]
            gain = lead + meet + tail - old[first - 1] - old[middle - 1] - old[last - 1]
            good = np.flatnonzero(gain > orders.ENOUGH - SLACK)
            mended = np.maximum(np.maximum(lead[good], meet[good]), tail[good]) > orders.MENDED - SLACK
            found[inside[good[mended]]] = True
        return at[found]

    def _weak(self, line: Line) -> Places:
        """The joins, by the word after them, at which an exchange may begin; see `orders`."""
        weak = line.clause_joined & (line.joins < orders.WEAK + SLACK)
        best = np.full(len(line), -np.inf, np.float32)
        joins = np.where(line.clause_joined, line.joins, np.float32(-np.inf))
        best[1:] = joins[1:]
        best[:-1] = np.maximum(best[:-1], joins[1:])
        apart = np.flatnonzero(line.lower & (best < orders.APART + SLACK))
        apart = apart[self._bound.find_many(stirred_many(line.hashes[apart])) >= _BOUND]
        weak[apart] = True
        weak[apart[apart + 1 < len(line)] + 1] = True
        return np.flatnonzero(weak & line.clause_joined)

    def _bands(self, line: Line) -> tuple[list[Nats], list[Nats]]:
        """By distance: the association of each word with the one so much further on, and of that one with it.

        One element more than words: what stands before the first is found at -1, and is an edge.
        """
        n, clause, span = len(line), line.clause, orders.SPAN
        firsts = [
            np.flatnonzero(clause[:-distance] == clause[distance:]) for distance in range(1, min(span, n - 1) + 1)
        ]
        # One question for all distances: many small ones would cost more than what they ask.
        first = np.concatenate([*firsts[1:], *firsts[: span - 1]])
        second = np.concatenate(
            [at + d for d, at in enumerate(firsts[1:], 2)] + [at + d for d, at in enumerate(firsts[: span - 1], 1)]
        )
        turn = sum(map(len, firsts[1:]))
        values = line.association(np.append(first[:turn], second[turn:]), np.append(second[:turn], first[turn:]))
        ahead = [np.zeros(n + 1, np.float32) for _ in range(span + 1)]
        back = [np.zeros(n + 1, np.float32) for _ in range(span + 1)]
        if firsts:
            ahead[1][firsts[0]] = line.joins[firsts[0] + 1]
        begin = 0
        for row, at in zip([*ahead[2:], *back[1:span]], [*firsts[1:], *firsts[: span - 1]], strict=False):
            row[at] = values[begin : begin + len(at)]
            begin += len(at)
        return ahead, back

    def _lexical(self, line: Line) -> Places:
        """Words at which a window begins that holds three words of a form and a weak join, or is a short form askew."""
        n, run, sums = len(line), line.run, self._sums
        numbers = stirred_many(line.hashes) >> np.uint64(4)
        weak = line.run_joined & (line.term_joins < windows.WEAK + SLACK)
        two = numbers[:-1] + numbers[1:]
        ends = np.full(n, _NEVER, np.int64)
        if n > 3:
            far = numbers[:-3] + numbers[3:]
            at = np.flatnonzero(
                (sums.trio(far + numbers[1:-2]) | sums.trio(far + numbers[2:-1])) & (run[:-3] == run[3:])
            )
            ends[at] = at + 4
        if n > 2:
            at = np.flatnonzero(sums.trio(two[:-1] + numbers[2:]) & (run[:-2] == run[2:]))
            ends[at] = at + 3
        places = np.arange(n)
        nearest = _next(np.where(weak, places, _NEVER))
        near = ends.copy()
        near[:-1] = np.minimum(near[:-1], ends[1:])
        near[:-2] = np.minimum(near[:-2], ends[2:])
        least = np.maximum(near, nearest)
        flags = np.zeros(n, bool)
        first = np.flatnonzero((least <= places + LONGEST + 1) & (least <= line.run_end))
        flags[self._near(line, numbers, first, least[first])] = True
        flags[:-1] |= weak[1:] & sums.two(two)
        # What terms of three words may have become.
        total = numbers
        for length in range(2, LENGTHS[-1] + 1):
            total = total[:-1] + numbers[length - 1 :]
            if not total.size:
                break
            last = places[: n - length + 1] + length
            first = np.flatnonzero((nearest[: len(last)] <= last) & (last <= line.run_end[: len(last)]))
            flags[first[sums.pivoted(total[first])]] = True
        return np.flatnonzero(flags)

    def _near(self, line: Line, numbers: Hashes, first: Places, least: Places) -> Places:
        """Of the windows that begin at `first` and end at `least` or later, the beginnings of those near a form."""
        sums, totals = self._sums, np.append(np.uint64(0), np.cumsum(numbers))
        hashes, found = line.hashes[first], []
        for length in range(2, LONGEST + 2):
            inside = first + length <= line.run_end[first]
            first, least, hashes = first[inside], least[inside], hashes[inside]
            hashes = hashes * _WORD + line.hashes[first + length - 1]
            if length == 2:
                continue
            pick = np.flatnonzero((least <= first + length) & ~sums.exact(stirred_many(hashes)))
            begin = first[pick]
            total = totals[begin + length] - totals[begin]
            hit = sums.whole_or_short(total)
            for at in range(length if length >= windows.ONE_OFF else 0):
                # With a word more than a form at its edge a window is no form with a word too many.
                edge = at in (0, length - 1)
                hit |= (sums.short_or_hole if edge else sums.any)(total - numbers[begin + at])
            for at in range(length - 1 if length >= windows.TWO_OFF else 0):
                hit |= sums.short_or_hole(total - numbers[begin + at] - numbers[begin + at + 1])
            found.append(begin[hit])
        return np.unique(np.concatenate(found))

    def _confusions(self, line: Line) -> Places:
        """Words at which one begins that another may have stood for."""
        n, table, two = len(line), self._exchanges, self._two
        weak = np.append(line.clause_joined & (line.joins < SLACK), False)
        joins = np.append(line.joins, np.float32(0))
        joined = np.append(line.clause_joined, False)
        keys, found = line.hashes, [np.zeros(0, np.intp)]
        for length in range(1, min(LONGEST_MEMBER, n) + 1):
            if length > 1:
                keys = keys[:-1] * _WORD + line.hashes[length - 1 :]
            whole = line.clause[: n - length + 1] == line.clause[length - 1 :]
            first = np.flatnonzero((weak[: n - length + 1] | weak[length:]) & whole)
            member = table.find(stirred_many(keys[first]))
            first, member = first[member >= 0], member[member >= 0]
            counts = table.counts[member]
            owner = np.repeat(np.arange(len(first)), counts)
            other = np.arange(len(owner)) + np.repeat(table.starts[member] - np.cumsum(counts) + counts, counts)
            before, after = joins[first], joins[first + length]
            least = np.minimum(before, after)[owner] - SLACK
            needed = (before + after + table.own[member])[owner] - table.worth[other] + (candidates.LIKELIER - SLACK)
            left = (first - 1)[owner]
            lead = bound(two, line.last[left], line.last_log[left], table.first[other], table.first_log[other])
            lead[~(joined[first][owner] & line.sounds[left] & table.sounds[other])] = 0
            # The neighbour on the other side is asked of those only that can still do.
            rest = np.flatnonzero((lead > least) & (lead + _MOST > needed))
            owner, other, lead, least, needed = owner[rest], other[rest], lead[rest], least[rest], needed[rest]
            right = np.minimum(first + length, n - 1)[owner]
            tail = bound(two, table.last[other], table.last_log[other], line.first[right], line.first_log[right])
            tail[~(joined[first + length][owner] & line.sounds[right] & table.sounds[other])] = 0
            found.append(first[np.unique(owner[(tail > least) & (lead + tail > needed)])])
        return np.unique(np.concatenate(found))


_MOST = 18.0
"""More nats than any two words are bound by: two that are seen six times, and never apart."""
_BOUND = round(40 * orders.BOUND) - 1
_EXCHANGES = [
    (-at, j - at, k - at) for j in range(1, orders.SPAN) for k in range(j + 1, orders.SPAN + 1) for at in (0, j, k)
]
"""Where the blocks of an exchange begin, meet and end, counted from the join it undoes, which is one of the three."""


def _next(places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The least of each element and those after it."""
    return np.minimum.accumulate(places[::-1])[::-1]
