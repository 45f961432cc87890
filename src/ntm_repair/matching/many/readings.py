"""How likely places read with other words, over arrays: what `Weigher.features` asks first of each candidate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.context import LAMBDAS, STEPS, TOTAL, UNSEEN
from ntm_repair.glance import stirred_many
from ntm_repair.packed import WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ntm_repair.matching.many.rows import Rows
    from ntm_repair.matching.many.words import Figures, Flags, Numbers, Words
    from ntm_repair.packed import Packed

BESIDE = 3
"""Words of the clause on either side that a candidate is judged with."""
_WORD = np.uint64(WORD)
_COUNTS = np.array([0.0, *np.exp(np.arange(1, 256) / STEPS)])
_LEFT, _INSIDE, _RIGHT = range(3)


@dataclass(frozen=True, slots=True)
class Places:
    """Candidates with the words around them: in the line as it is (`before`) and as it would be (`after`).

    Rows of word numbers, -1 beyond the last. The first `left` of both stand before the place; then come `old` words of
    the line, or `new` ones.
    """

    before: Numbers
    after: Numbers
    low: Numbers
    left: Numbers
    old: Numbers
    new: Numbers
    right: Numbers


def places(words: Words, rows: Rows) -> Places:
    """The candidates with up to BESIDE words of their clause on either side."""
    line = words.line
    low = np.maximum(rows.first - BESIDE, line.clause_begin[rows.first]).astype(np.int32)
    high = np.minimum(rows.last + BESIDE, line.clause_end[rows.last - 1])
    left, old, right = rows.first - low, rows.last - rows.first, (high - rows.last).astype(np.int32)
    new = (rows.new >= 0).sum(axis=1, dtype=np.int32)
    size = left + right + np.maximum(old, new)
    at = np.arange(size.max(initial=0), dtype=np.int32)
    before = np.where(at < (left + old + right)[:, None], low[:, None] + at, np.int32(-1))
    inside = at - left[:, None]
    beyond = inside - new[:, None]
    after = np.where(inside < 0, low[:, None] + at, rows.last[:, None] + beyond)
    here = (inside >= 0) & (beyond < 0)
    row = np.nonzero(here)[0]
    after[here] = rows.new[row, inside[here]]
    after[beyond >= right[:, None]] = -1
    return Places(before, after, low, left, old, new, right)


class Readings:
    """The tables that a reading is scored by."""

    def __init__(self, one: Packed, two: Packed, three: Packed) -> None:
        self._one, self._two, self._three = one, two, three

    def both(self, words: Words, at: Places) -> tuple[Figures, Figures, Figures, Figures]:
        """How likely each place is with the old words and with the new, in nats, and how many words that is of each."""
        # One candidate in three shares its window with another: what stands there is scored once.
        window = (at.low + at.left).astype(np.int64) << 8 | at.old
        _, once, of = np.unique(window, return_index=True, return_inverse=True)
        read, words_before = self._score(words, at.before[once], at.left[once], at.old[once])
        reads, words_after = self._score(words, at.after, at.left, at.new)
        return read[of], reads, words_before[of], words_after

    def _score(self, words: Words, numbers: Numbers, left: Numbers, inside: Numbers) -> tuple[Figures, Figures]:
        """`Context.score` of the words inside and two after them, after two before them; and how many words it is of.

        Acronyms are written out.
        """
        n = len(numbers)
        row, column = np.nonzero(numbers >= 0)
        number = numbers[row, column]
        side = np.where(column < left[row], _LEFT, np.where(column < (left + inside)[row], _INSIDE, _RIGHT))
        hashes, level = words.hashes[number], words.level[number]
        acronym = words.acronym[number]
        if (acronym >= 0).any():
            of = words.acronyms
            counts = np.where(acronym >= 0, of.counts[acronym], 1)
            each = np.repeat(np.arange(len(number)), counts)
            within = np.arange(len(each)) - np.repeat(np.cumsum(counts) - counts, counts)
            row, side, hashes, level, acronym = row[each], side[each], hashes[each], level[each], acronym[each]
            short = np.flatnonzero(acronym >= 0)
            full = of.starts[acronym[short]] + within[short]
            hashes[short], level[short] = of.words[full], of.levels[full]
        kept = _kept(row, side, n)
        row, side, hashes, level = row[kept], side[kept], hashes[kept], level[kept]
        scored = side != _LEFT
        nats = np.bincount(row, self._logp(row, hashes, level) * scored, n).astype(np.float64)
        return nats, np.bincount(row, scored, n).astype(np.float64)

    def _logp(self, row: NDArray[np.intp], hashes: NDArray[np.uint64], level: NDArray[np.uint8]) -> Figures:
        """`Context.logp` of each word after those of its row."""
        count = _COUNTS[level]
        p = LAMBDAS[0] * np.where(level > 0, count, UNSEEN) / TOTAL
        weight = np.full(len(row), LAMBDAS[0])
        if len(row) > 1:
            known = np.flatnonzero((row[1:] == row[:-1]) & (level[:-1] > 0)) + 1
            pair = np.zeros(len(row))
            keys = hashes[known - 1] * _WORD + hashes[known]
            pair[known] = _COUNTS[self._two.find_many(stirred_many(keys))]
            p[known] += LAMBDAS[1] * np.minimum(1.0, pair[known] / count[known - 1])
            weight[known] += LAMBDAS[1]
            # A pair before is known by itself only where the word before that is.
            third = (known > 1) & (row[known - 2] == row[known]) & (pair[known - 1] > 0)
            found = np.zeros(len(row), bool)
            found[known[third]] = True
            unsure = known[(known > 1) & (row[known - 2] == row[known]) & (level[known - 2] == 0)]
            if unsure.size:
                before = _COUNTS[self._two.find_many(stirred_many(hashes[unsure - 2] * _WORD + hashes[unsure - 1]))]
                pair[unsure - 1] = before
                found[unsure[before > 0]] = True
            seen = np.flatnonzero(found)
            keys = (hashes[seen - 2] * _WORD + hashes[seen - 1]) * _WORD + hashes[seen]
            triple = _COUNTS[self._three.find_many(stirred_many(keys))]
            p[seen] += LAMBDAS[2] * np.minimum(1.0, triple / pair[seen - 1])
            weight[seen] += LAMBDAS[2]
        return np.asarray(np.log(p / weight))

    def triples(self, words: Words, numbers: Numbers) -> Figures:
        """How often each three words were seen, acronyms written out and cut at three; `numbers` has rows of three."""
        spoken = np.zeros((len(numbers), 3), np.uint64)
        filled = np.zeros(len(numbers), np.intp)
        of = words.acronyms
        for column in range(3):
            number = numbers[:, column]
            acronym = words.acronym[number]
            counts = np.where(acronym >= 0, of.counts[acronym], 1)
            for further in range(3):
                put = np.flatnonzero((further < counts) & (filled < 3))
                short = acronym[put] >= 0
                word = words.hashes[number[put]]
                word[short] = of.words[of.starts[acronym[put[short]]] + further]
                spoken[put, filled[put]] = word
                filled[put] += 1
        keys = (spoken[:, 0] * _WORD + spoken[:, 1]) * _WORD + spoken[:, 2]
        return np.asarray(_COUNTS[self._three.find_many(stirred_many(keys))])


def _kept(row: NDArray[np.intp], side: NDArray[np.intp], n: int) -> Flags:
    """Of words in order of their rows: those inside, the last two before and the first two after."""
    begin = np.searchsorted(row, np.arange(n))
    at = np.arange(len(row)) - begin[row]
    before = np.bincount(row, side == _LEFT, n).astype(np.intp)[row]
    until = before + np.bincount(row, side == _INSIDE, n).astype(np.intp)[row]
    kept: Flags = (at >= before - 2) & (at < until + 2)
    return kept
