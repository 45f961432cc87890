"""The words of many articles in one line of arrays: what `units` says of each, and how it sounds to its neighbours."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.context import STEPS, TOTAL, UNSEEN
from ntm_repair.glance import stirred_many
from ntm_repair.matching.many.sets import Set
from ntm_repair.matching.pairs import UNSEEN_PAIR
from ntm_repair.matching.units import JOINING, normal_word
from ntm_repair.packed import WORD, Packed, word_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ntm_repair.glance import Glance

    Hashes = NDArray[np.uint64]
    Nats = NDArray[np.float32]
    Places = NDArray[np.intp]

_WORD = np.uint64(WORD)
LOGS = np.array([np.log(UNSEEN), *(step / STEPS for step in range(1, 256))], np.float32)
"""By level: the logarithm of a count; that of `UNSEEN` for 0."""
_TOTAL = np.float32(np.log(TOTAL))
SLACK = 0.02
"""Nats by which a gate over arrays is wider than the one it stands for: figures may differ in the last place."""
_PLANE = 1 << 16
_COMMA, _HARD = 1, 2


class Acronyms:
    """Acronyms by number, and the words they stand for: those of acronym a are `counts[a]` from `starts[a]` on.

    `find` has -1 for what is no acronym. Levels are those of the counts (`Context`).
    """

    def __init__(self, acronyms: Mapping[str, Sequence[str]], one: Packed) -> None:
        known = sorted((word_hash(short), [word_hash(word) for word in full]) for short, full in acronyms.items())
        self._short = np.array([short for short, _ in known], np.uint64)
        self._among = Set(self._short)
        self.counts = np.array([len(full) for _, full in known], np.intp)
        self.starts = np.cumsum(self.counts) - self.counts
        self.words = np.array([word for _, full in known for word in full], np.uint64)
        self.levels = one.find_many(stirred_many(self.words))
        self._last, self._first = self.words[self.starts + self.counts - 1], self.words[self.starts]

    def find(self, hashes: Hashes) -> Places:
        """The number of the acronym that each word is."""
        number = np.full(len(hashes), -1)
        some = np.flatnonzero(self._among(hashes))
        number[some] = np.searchsorted(self._short, hashes[some])
        return number

    def sides(self, hashes: Hashes, number: Places) -> tuple[Hashes, Hashes]:
        """For each word, the hash of what the next one hears, and of what the one before does.

        `number` is what `find` says of them.
        """
        found = np.flatnonzero(number >= 0)
        if not found.size:
            return hashes, hashes
        last, first = hashes.copy(), hashes.copy()
        last[found], first[found] = self._last[number[found]], self._first[number[found]]
        return last, first


class Line:
    """The words looked at, by number. `clause` and `run` number the stretches between commas and between full stops.

    [`clause_begin`, `clause_end`) and [`run_begin`, `run_end`) are the stretches each word is in; `commas` counts the
    commas before it. `joins` has the association, in nats, of each word with the one before it where both are of one
    clause, and `term_joins` where both are of one run; else 0.
    """

    def __init__(
        self,
        glance: Glance,
        one: Packed,
        two: Packed,
        acronyms: Acronyms,
        skipped: Sequence[tuple[int, int]] = (),
    ) -> None:
        """`skipped` are spans, in order, that hold no Vietnamese to judge: their words are neighbours of nothing."""
        self._two = two
        self.hashes = glance.hashes
        starts = glance.starts
        n = len(starts)
        initials = np.minimum(glance.codes[starts], _PLANE - 1)
        kinds = _kinds()
        self.glance = glance
        self.sounds: NDArray[np.bool_] = kinds.alpha[initials]
        self.lower: NDArray[np.bool_] = kinds.lower[initials]
        self.upper: NDArray[np.bool_] = kinds.upper[initials]
        self.figure: NDArray[np.bool_] = kinds.digit[initials]
        self.acronym = acronyms.find(self.hashes)
        self.last, self.first = acronyms.sides(self.hashes, self.acronym)
        self.level = one.find_many(stirred_many(self.hashes))
        level = LOGS[self.level]
        self.last_log = level if self.last is self.hashes else LOGS[one.find_many(stirred_many(self.last))]
        self.first_log = level if self.first is self.hashes else LOGS[one.find_many(stirred_many(self.first))]
        commas, hard = _breaks(glance, kinds)
        if skipped:
            starts, ends = np.array(skipped).T
            first, last = np.searchsorted(glance.ends, starts, "right"), np.searchsorted(glance.starts, ends)
            void = np.repeat(first, last - first) + _within(last - first)
            hard[void] = True
            hard[void[void + 1 < n] + 1] = True
        self.commas = np.cumsum(commas & ~hard)
        self.run: NDArray[np.intp] = np.cumsum(hard)
        self.clause: NDArray[np.intp] = np.cumsum(hard | commas)
        self.run_joined = np.zeros(n, bool)
        self.clause_joined = np.zeros(n, bool)
        if n:
            self.run_joined[1:] = ~hard[1:]
            self.clause_joined[1:] = ~(hard[1:] | commas[1:])
        before = np.flatnonzero(self.run_joined) - 1
        self.term_joins = np.zeros(n, np.float32)
        self.term_joins[before + 1] = self.association(before, before + 1)
        self.joins = np.where(self.clause_joined, self.term_joins, np.float32(0))
        self.run_begin, self.run_end = _stretches(self.run)
        self.clause_begin, self.clause_end = _stretches(self.clause)

    def __len__(self) -> int:
        return len(self.hashes)

    def word(self, number: int) -> str:
        """A word in the normal form."""
        glance = self.glance
        return normal_word(glance.text[glance.starts[number] : glance.ends[number]])

    def association(self, first: Places, second: Places) -> Nats:
        """`Pairs` of words by number, in nats; 0 where one is a number."""
        value = bound(self._two, self.last[first], self.last_log[first], self.first[second], self.first_log[second])
        return np.where(self.sounds[first] & self.sounds[second], value, np.float32(0))


def _within(counts: Places) -> Places:
    """0, 1, 2 ... for each count."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)


def _stretches(number: NDArray[np.integer]) -> tuple[Places, Places]:
    """For each word, where the stretch of words with its number begins and ends."""
    if not number.size:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    edges = np.flatnonzero(np.append(True, number[1:] != number[:-1]))
    at = number - number[0]
    return edges[at], np.append(edges[1:], len(number))[at]


def bound(two: Packed, first: Hashes, first_log: Nats, second: Hashes, second_log: Nats) -> Nats:
    """The association of words by hash and the logarithms of their counts, as `Pairs.value` has it."""
    found = two.find_many(stirred_many(first * _WORD + second))
    value = LOGS[found] + (_TOTAL - first_log - second_log)
    return np.where(found != 0, value, np.minimum(np.float32(UNSEEN_PAIR), value))


def _breaks(glance: Glance, kinds: _Kinds) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether a comma, and whether something harder, stands before each word."""
    n = len(glance.starts)
    commas, hard = np.zeros(n + 1, bool), np.zeros(n + 1, bool)
    gaps = kinds.gap[np.minimum(glance.codes, _PLANE - 1)]
    at = np.flatnonzero(gaps)
    before = np.searchsorted(glance.starts, at)
    commas[before[gaps[at] == _COMMA]] = True
    hard[before[gaps[at] == _HARD]] = True
    # A point or comma between digits is part of a number.
    tight = np.flatnonzero(glance.starts[1:] - glance.ends[:-1] == 1) + 1
    tight = tight[hard[tight] | commas[tight]]
    point = glance.codes[glance.starts[tight] - 1]
    digits = kinds.digit[np.minimum(glance.codes[glance.starts[tight] - 2], _PLANE - 1)]
    digits &= kinds.digit[np.minimum(glance.codes[glance.starts[tight]], _PLANE - 1)]
    number = tight[digits & ((point == ord(".")) | (point == ord(",")))]
    commas[number] = hard[number] = False
    if n:
        hard[0] = True
    return commas[:n], hard[:n]


class _Kinds:
    """Classes of code points, as `units` and `pairs` ask for them."""

    def __init__(self) -> None:
        plane = list(map(chr, range(_PLANE)))
        self.alpha = np.array([c.isalpha() for c in plane])
        self.lower = np.array([c.islower() for c in plane])
        self.upper = np.array([c.isupper() for c in plane])
        self.digit = np.array([c.isdigit() for c in plane])
        word = np.array([c.isalnum() or c == "_" or unicodedata.category(c)[0] in "MN" for c in plane])
        self.gap = np.where(word, 0, _HARD).astype(np.uint8)
        self.gap[[ord(c) for c in JOINING]] = 0
        self.gap[ord(",")] = _COMMA


@lru_cache(maxsize=1)
def _kinds() -> _Kinds:
    return _Kinds()
