"""Where in many articles at once a garbled place can be: arithmetic over arrays instead of an object a word.

For each source of candidates (`candidates`) it is worked out where one may begin that passes the gates by pairs and, of
orders and confused words, the least gain by triples. Scalar code then looks only there, and decides. What is said here
may be wrong, but never missing: figures that may differ in the last place are given some slack, and lines that hold
what only `tokens` can read (addresses, code) are looked at whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.context import LAMBDAS, STEPS, TOTAL, UNSEEN
from ntm_repair.matching import candidates, orders
from ntm_repair.matching.confusion import LONGEST as LONGEST_MEMBER
from ntm_repair.matching.confusion import Confusions
from ntm_repair.matching.pairs import UNSEEN_PAIR
from ntm_repair.matching.terms import LONGEST, SHORT, WHOLE, TermIndex
from ntm_repair.matching.weigh import LEAST_GAIN, Weigher
from ntm_repair.packed import STIR, WORD, Packed, hash_of, stirred, word_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ntm_repair.glance import Glance

    Hashes = NDArray[np.uint64]
    Nats = NDArray[np.float32]
    Places = NDArray[np.intp]

SLACK = 0.05
"""Nats by which a gate here is wider than the one it stands for: sums are of 32 bits."""
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

    def __init__(self, weigher: Weigher, confusions: Confusions) -> None:
        self._one, self._two, self._three = weigher.context.tables
        self._alone = weigher.context.bound
        index = weigher.index
        self._acronyms = _Acronyms(index)
        self._members = _Members(confusions, weigher)
        self._sums = _Sums(index)

    def signs(self, glance: Glance) -> Signs:
        """Where candidates may begin."""
        line = _Line(glance, self)
        return Signs(self._orders(line), self._lexical(line), self._confusions(line))

    # -- what stands beside what -------------------------------------------------------------------------------------

    def levels(self, keys: Hashes, table: Packed) -> Nats:
        """Counts as natural logarithms, NaN-free: `UNSEEN` where there is none."""
        found = table.find_many(keys)
        return _LOGS[found]

    def association(self, line: _Line, first: Places, second: Places) -> Nats:
        """`Pairs` of words by number, in nats; 0 where one is an edge or a number, or a clause ends between them."""
        found = self._two.find_many(_stirred(line.last[first] * _WORD + line.first[second]))
        alone = line.last_log[first] + line.first_log[second]
        value = np.where(found != 0, _LOGS[found], np.float32(np.log(UNSEEN)))
        value = value + np.float32(np.log(TOTAL)) - alone
        value = np.where(found != 0, value, np.minimum(np.float32(UNSEEN_PAIR), value))
        return np.where(line.sounds[first] & line.sounds[second], value, np.float32(0))

    # -- orders ------------------------------------------------------------------------------------------------------

    def _orders(self, line: _Line) -> Places:
        """Weak joins (by the word after them) that an exchange worth weighing may undo."""
        span = orders.SPAN
        n = len(line)
        if n < 2:
            return np.zeros(0, np.intp)
        joins = line.joins
        weak = line.clause_joined & (joins < orders.WEAK + SLACK)
        # Words that stand apart from their company: both their joins are looked at.
        sides = np.full(n, -np.inf, np.float32)
        inner = np.where(line.clause_joined, joins, np.float32(-np.inf))
        sides[1:] = np.maximum(sides[1:], inner[1:])
        sides[:-1] = np.maximum(sides[:-1], inner[1:])
        apart = np.flatnonzero(line.lower & (sides < orders.APART + SLACK))
        bound = apart[self._alone.find_many(_stirred(line.hashes[apart])) >= 40 * orders.BOUND - 1]
        weak[bound] = True
        weak[bound[bound + 1 < n] + 1] = True
        weak &= line.clause_joined
        at = np.flatnonzero(weak)
        if not at.size:
            return at
        ahead, back = self._bands(line, span)
        clause = line.clause
        here = clause[at]
        found = np.zeros(len(at), bool)
        sure = np.zeros(len(at), bool)
        for i, j, k in _exchanges_of(span):
            a, b, c = at + i, at + j, at + k
            inside = np.flatnonzero((a >= 0) & (c <= n))
            a, b, c = a[inside], b[inside], c[inside]
            good = (clause[a] == here[inside]) & (clause[c - 1] == here[inside])
            inside, a, b, c = inside[good], a[good], b[good], c[good]
            opening = ahead[j - i + 1][a - 1]
            middle = back[k - 1 - i][a]
            closing = ahead[k - j + 1][b - 1]
            gain = opening + middle + closing - ahead[1][a - 1] - ahead[1][b - 1] - ahead[1][c - 1]
            better = (gain > orders.ENOUGH - SLACK) & (
                np.maximum(np.maximum(opening, middle), closing) >= orders.MENDED - SLACK
            )
            pick = np.flatnonzero(better)
            if pick.size:
                found[inside[pick]] = True
        del sure
        return at[found]

    def _bands(self, line: _Line, span: int) -> tuple[list[Nats], list[Nats]]:
        """By distance: association of each word with one further on, and of that one with it.

        One element more than words, so that what stands before the first is found at -1: an edge.
        """
        n = len(line)
        ahead: list[Nats] = [np.zeros(n + 1, np.float32)]
        back: list[Nats] = [np.zeros(n + 1, np.float32)]
        for distance in range(1, span + 1):
            first = np.flatnonzero(line.clause[:-distance] == line.clause[distance:]) if n > distance else np.zeros(0, np.intp)
            second = first + distance
            row = np.zeros(n + 1, np.float32)
            row[first] = self.association(line, first, second) if distance > 1 else line.joins[second]
            ahead.append(row)
            row = np.zeros(n + 1, np.float32)
            if distance < span:
                row[first] = self.association(line, second, first)
            back.append(row)
        return ahead, back

    # -- terms -------------------------------------------------------------------------------------------------------

    def _lexical(self, line: _Line) -> Places:
        """Words at which a window begins that holds three words of a form and a weak join, or is a short form askew."""
        n = len(line)
        if n < 2:
            return np.zeros(0, np.intp)
        numbers = _stirred(line.hashes) >> np.uint64(4)
        weak = line.run_joined & (line.term_joins < candidates.WEAK + SLACK)
        ends = np.full(n + 1, _NEVER, np.int64)
        two = numbers[:-1] + numbers[1:]
        if n > 2:
            hit = self._sums.trios(two[:-1] + numbers[2:])
            ends[:-3][hit] = np.flatnonzero(hit) + 3
        if n > 3:
            far = numbers[:-3] + numbers[3:]
            hit = self._sums.trios(far + numbers[1:-2]) | self._sums.trios(far + numbers[2:-1])
            at = np.flatnonzero(hit)
            ends[at] = np.minimum(ends[at], at + 4)
        reach = np.minimum.accumulate(ends[::-1])[::-1][:n]
        joins = np.full(n + 1, _NEVER, np.int64)
        at = np.flatnonzero(weak)
        joins[at] = at
        nearest = np.minimum.accumulate(joins[::-1])[::-1][:n]
        least = np.maximum(reach, nearest)
        flags = (least <= np.arange(n) + LONGEST + 1) & (least <= line.run_end)
        # Short forms: two words that changed places; three with one that came back as another.
        pair = np.flatnonzero(weak[1:] & self._sums.pairs(two))
        flags[pair] = True
        near = np.concatenate([nearest, [_NEVER, _NEVER, _NEVER, _NEVER]])
        if n > 2:
            first = np.flatnonzero((near[: n - 2] <= np.arange(n - 2) + 3) & (np.arange(n - 2) + 3 <= line.run_end[: n - 2]))
            member = self._members.inside(line.hashes)
            hit = self._sums.shorts(two[first]) & member[first + 2]
            hit |= self._sums.shorts(two[first + 1]) & member[first]
            hit |= self._sums.shorts(numbers[first] + numbers[first + 2]) & member[first + 1]
            flags[first[hit]] = True
        return np.flatnonzero(flags)

    # -- confused words ----------------------------------------------------------------------------------------------

    def _confusions(self, line: _Line) -> Places:
        """Words at which one begins that may stand in another's place."""
        n = len(line)
        members = self._members
        found: list[Places] = []
        weak = np.zeros(n + 1, bool)
        weak[:n] = line.clause_joined & (line.joins < SLACK)
        joins = np.zeros(n + 1, np.float32)
        joins[:n] = np.where(line.clause_joined, line.joins, np.float32(0))
        keys = line.hashes
        for length in range(1, LONGEST_MEMBER + 1):
            if n < length:
                break
            if length > 1:
                keys = keys[:-1] * _WORD + line.hashes[length - 1 :]
            first = np.flatnonzero(
                (weak[: n - length + 1] | weak[length:]) & (line.clause[: n - length + 1] == line.clause[length - 1 :])
            )
            member = members.find(_stirred(keys[first]))
            first, member = first[member >= 0], member[member >= 0]
            if not first.size:
                continue
            counts = members.counts[member]
            owner = np.repeat(np.arange(len(first)), counts)
            other = np.repeat(members.starts[member] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
            before, after = joins[first], joins[first + length]
            left, right = first - 1, first + length
            open_left = np.where(first > 0, line.clause_joined[first], False)
            open_right = np.zeros(len(first), bool)
            inner = right < n
            open_right[inner] = line.clause_joined[right[inner]]
            lead = members.beside(self._two, line, left, open_left, owner, members.first, members.first_log, other, ahead=True)
            tail = members.beside(
                self._two, line, np.minimum(right, n - 1), open_right, owner, members.last, members.last_log, other, ahead=False
            )
            floor = np.minimum(before, after)[owner] - SLACK
            gain = lead + tail + members.worth[other] - (before + after)[owner] - members.own[member][owner]
            good = (lead > floor) & (tail > floor) & (gain > candidates.LIKELIER - SLACK)
            found.append(first[np.unique(owner[good])])
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.intp)


_LOGS = np.array([np.log(UNSEEN), *(step / STEPS for step in range(1, 256))], np.float32)


def _stirred(keys: Hashes) -> Hashes:
    keys = (keys ^ keys >> np.uint64(31)) * np.uint64(STIR)
    return keys ^ keys >> np.uint64(29)
