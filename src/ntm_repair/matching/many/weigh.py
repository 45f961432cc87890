"""How likely candidates are, over arrays: the evidence of `Weigher.features` and the log-odds of `model`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.compiled import compiled
from ntm_repair.context import BOUND
from ntm_repair.glance import stirred_many
from ntm_repair.matching import model
from ntm_repair.matching.many.readings import Readings, places
from ntm_repair.matching.many.rows import EXTRA, MISSING, Rows
from ntm_repair.matching.weigh import FEATURES, LEAST_GAIN
from ntm_repair.packed import WORD, hash_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ntm_repair.matching.many.readings import Places
    from ntm_repair.matching.many.words import Figures, Flags, Numbers, Words
    from ntm_repair.matching.terms import TermIndex
    from ntm_repair.packed import Packed

SLACK = 0.02
"""Nats by which a gate here is wider than the one it stands for."""
_WORD = np.uint64(WORD)
_TERM = 3
"""Words of the shortest term that stands for something (`Weigher.term`)."""
_LEAST = np.array([LEAST_GAIN[kind] for kind in model.KINDS]) - SLACK
_NONE = -np.inf


class Weights:
    """The models of all kinds as one matrix: a row a kind, the intercept last."""

    def __init__(self) -> None:
        shipped = model.shipped()
        self.intercepts = np.array([shipped.of(kind)[0] for kind in model.KINDS])
        self.features = np.array([shipped.of(kind)[1:] for kind in model.KINDS])


class Weigh:
    """Weighs rows by the tables of one lexicon and one context model."""

    def __init__(self, index: TermIndex, one: Packed, two: Packed, three: Packed, bound: Packed) -> None:
        self._readings = Readings(one, two, three)
        self._bound = bound
        self._longest = max((len(form.keys) for form in index.forms), default=0)
        terms, openings = compiled("term-hashes", index.digest, partial(_terms, index))
        self._terms, self._openings = np.frombuffer(terms, np.uint64), np.frombuffer(openings, np.uint64)
        self._weights = Weights()

    def gaining(self, words: Words, rows: Rows) -> Flags:
        """Which rows gain enough to be weighed further."""
        read, reads, _, _ = self._readings.both(words, places(words, rows))
        enough: Flags = reads - read >= _LEAST[rows.kind]
        return enough

    def logits(self, words: Words, rows: Rows) -> Figures:
        """The log-odds of rows, in nats; -inf for what `Weigher.features` has None for.

        They are upper bounds where the scalar code knows more: what is written in the wrong case in a term, and whether
        what a window lacks stands beside it.
        """
        found = np.full(len(rows), _NONE)
        if not len(rows):
            return found
        at = places(words, rows)
        read, reads, words_before, words_after = self._readings.both(words, at)
        good = np.flatnonzero(reads - read >= _LEAST[rows.kind])
        rows = rows.take(good)
        if not len(rows):
            return found
        gain, odd, say = (reads - read)[good], (read / words_before)[good], (reads / words_after)[good]
        at = places(words, rows)
        evidence = _Evidence(words, rows, at)
        columns = evidence.columns(self, np.clip(gain, -20.0, 25.0), odd, say)
        weights = self._weights.features[rows.kind]
        total = self._weights.intercepts[rows.kind].copy()
        for number, name in enumerate(FEATURES):
            total += weights[:, number] * columns[name]
        # Capitals that a term may have after all are counted for the candidate.
        capitals = weights[:, FEATURES.index("capitals")]
        total += np.where(rows.form >= 0, np.maximum(0, -capitals * columns["capitals"]), 0)
        void = (rows.kind == EXTRA) & np.isnan(rows.road) & (columns["settled"] >= BOUND + SLACK)
        void |= (columns["term_before"] > 0) & (columns["term_after"] <= columns["term_before"])
        total[void] = _NONE
        found[good] = total
        return found

    def term(self, words: Words, numbers: Numbers, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
        """Length and beginning of the longest exact term of each row that holds a change in [low, high)."""
        n, width = numbers.shape
        length, begin = np.zeros(n, np.int32), np.zeros(n, np.int32)
        hashes, real = words.hashes[numbers], numbers >= 0
        key = hashes.copy()
        for size in range(2, min(self._longest, width) + 1):
            key = key[:, :-1] * _WORD + hashes[:, size - 1 :]
            if size < _TERM:
                continue
            if size == _TERM:
                opening = _among(stirred_many(key), self._openings)
                opening &= np.arange(key.shape[1]) < high[:, None]
                if not opening.any():
                    break
            row, first = np.nonzero(opening[:, : key.shape[1]] & real[:, size - 1 :])
            there = (first + size > low[row]) & _among(stirred_many(key[row, first]), self._terms)
            # From the last to the first: of those that are as long, the first stays.
            row, first = row[there][::-1], first[there][::-1]
            length[row], begin[row] = size, first
        return length, begin

    def alone(self, words: Words, numbers: Numbers) -> Figures:
        """`Context.alone` of words by number."""
        return self._bound.find_many(stirred_many(words.hashes[numbers])) / 40

    def attested(self, words: Words, numbers: Numbers, size: Numbers, low: Numbers, high: Numbers) -> Figures:
        """The logarithm of how often the best known triple across the edges of [low, high) was seen; 0 for never."""
        n, width = numbers.shape
        best = np.zeros(n)
        if width < 3:
            return best
        at = np.arange(width - 2)
        across = (at >= low[:, None] - 2) & (at < np.minimum(size - 2, high)[:, None])
        across &= np.maximum(low[:, None], at + 1) <= np.minimum(high[:, None], at + 2)
        row, first = np.nonzero(across)
        seen = self._readings.triples(words, np.stack([numbers[row, first + i] for i in range(3)], axis=1))
        np.maximum.at(best, row, np.log(np.maximum(1.0, seen)))
        return best


def _terms(index: TermIndex) -> tuple[bytes, bytes]:
    """The hashes of the terms of some length, and of their first words, in order."""
    terms = [form.keys for form in index.forms if len(form.keys) >= _TERM]
    hashes = {hash_of(keys) for keys in terms}, {hash_of(keys[:_TERM]) for keys in terms}
    whole, openings = (np.array(sorted(some), np.uint64).tobytes() for some in hashes)
    return whole, openings


class _Evidence:
    """The features of some rows, each a column."""

    def __init__(self, words: Words, rows: Rows, at: Places) -> None:
        self._words, self._rows, self._at = words, rows, at
        self._sizes = at.left + at.old + at.right, at.left + at.new + at.right
        self._joins = _joins(words, at.before), _joins(words, at.after)

    def columns(self, tables: Weigh, gain: Figures, odd: Figures, say: Figures) -> dict[str, Figures]:
        """By the name of the feature."""
        words, rows, at = self._words, self._rows, self._at
        before, after = at.before, at.after
        size, size_after = self._sizes
        stood, stands = self._joins
        low, high, high_after = _changed(words, before, after, size, size_after)
        term_after, start = tables.term(words, after, low, high_after)
        stop = start + term_after
        term_before, _ = tables.term(words, before, low, high)
        edge = np.arange(stood.shape[1])
        gone = (edge >= np.maximum(1, low)[:, None]) & (edge < np.minimum(size, high + 1)[:, None])
        edge = np.arange(stands.shape[1])
        made = (edge >= np.maximum(1, low)[:, None]) & (edge < np.minimum(size_after, high_after + 1)[:, None])
        made &= ~((edge > start[:, None]) & (edge < stop[:, None]))
        count = made.sum(axis=1)
        some = count > 0
        mean = np.where(made, stands, 0).sum(axis=1) / np.maximum(1, count)
        removed, added = difference(words, rows.first, rows.last, rows.new)
        nothing = np.zeros_like(start)
        strand_before, orphans_before = self._apart(tables, before, stood, low, high, nothing, nothing)
        strand_after, orphans_after = self._apart(tables, after, stands, low, high_after, start, stop)
        changed = (np.arange(before.shape[1]) >= low[:, None]) & (np.arange(before.shape[1]) < high[:, None])
        capitals, alien = self._surface(changed)
        rare = (np.arange(before.shape[1]) >= low[:, None] - 1) & (np.arange(before.shape[1]) < (high + 1)[:, None])
        rare &= before >= 0
        edit_edge = (rows.kind == MISSING) & ((low == at.left) | (high == at.left + at.old))
        road = ~np.isnan(rows.road)
        return {
            "gain": gain,
            "gone_min": np.maximum(-6.0, _least(stood, gone, 0.0)),
            "gone_max": np.clip(_most(stood, gone, 0.0), -6.0, 6.0),
            "made_min": np.maximum(-6.0, _least(stands, made, 3.0)),
            "made_mean": np.where(some, np.maximum(-6.0, mean), 3.0),
            "strand_before": strand_before,
            "strand_after": strand_after,
            "orphans_before": orphans_before,
            "orphans_after": orphans_after,
            "term_after": np.minimum(8, term_after).astype(np.float64),
            "term_before": np.minimum(8, term_before).astype(np.float64),
            "shared": (at.old - removed.sum(axis=1)).astype(np.float64),
            "grows": np.maximum(0, at.new - at.old).astype(np.float64),
            "shrinks": np.maximum(0, at.old - at.new).astype(np.float64),
            "light": self._light(removed, added) - 10.0,
            "pivot": road.astype(np.float64),
            "road": np.where(road, np.maximum(-8.0, rows.road) + 4.0, 0.0),
            "edge": edit_edge.astype(np.float64),
            "capitals": capitals,
            "alien": alien,
            "attested": tables.attested(words, before, size, low, high),
            "settled": self._settled(stood, removed),
            "reads": say,
            "odd": odd,
            "made_max": np.maximum(-6.0, _most(stands, made, 0.0)),
            "rare": np.where(low < high, _least(words.weight(before), rare, 10.0), 10.0),
        }

    def _apart(
        self,
        tables: Weigh,
        numbers: Numbers,
        joins: Figures,
        low: Numbers,
        high: Numbers,
        start: Numbers,
        stop: Numbers,
    ) -> tuple[Figures, Figures]:
        """`Weigher._alone`."""
        at = np.arange(numbers.shape[1])
        near = (at >= np.maximum(0, low - 1)[:, None]) & (at < (high + 1)[:, None]) & (numbers >= 0)
        near &= ~((at >= start[:, None]) & (at < stop[:, None]))
        side = np.maximum(joins[:, :-1], joins[:, 1:])
        side[side == _NONE] = 5.0
        row, column = np.nonzero(near & (side < 2.0))
        number = numbers[row, column]
        plain = self._words.acronym[number] < 0
        row, nats = row[plain], tables.alone(self._words, number[plain])
        total = np.bincount(row, np.where(nats >= 0.7, nats, 0), len(numbers))
        return np.maximum(-5.0, _least(side, near, 5.0, 5.0)), np.minimum(15.0, total)

    def _light(self, removed: Flags, added: Flags) -> Figures:
        """The weight of the most common word that comes or goes; 10 where none does."""
        words, rows = self._words, self._rows
        old = np.where(removed, rows.first[:, None] + np.arange(removed.shape[1], dtype=np.int32), np.int32(-1))
        gone = _most(words.weight(old), removed, _NONE)
        come = _most(words.weight(rows.new[:, : added.shape[1]]), added, _NONE)
        light = np.maximum(gone, come)
        return np.where(light == _NONE, 10.0, light)

    def _settled(self, joins: Figures, removed: Flags) -> Figures:
        """`Weigher._settled`."""
        words, rows, at = self._words, self._rows, self._at
        width = removed.shape[1]
        column = at.left[:, None] + np.arange(width)
        inside = np.arange(width) < at.old[:, None]
        column = np.minimum(column, joins.shape[1] - 2)
        side = np.maximum(np.take_along_axis(joins, column, 1), np.take_along_axis(joins, column + 1, 1))
        side[side == _NONE] = 0.0
        # Every word that is written like one that goes.
        old = words.hashes[np.where(inside, rows.first[:, None] + np.arange(width, dtype=np.int32), -1)]
        goes = ((old[:, :, None] == old[:, None, :]) & removed[:, None, :]).any(axis=2) & inside
        loosest = _least(side, goes, 6.0, 6.0)
        return np.where(removed.any(axis=1), np.maximum(0.0, loosest), 0.0)

    def _surface(self, changed: Flags) -> tuple[Figures, Figures]:
        """How many of the words that change have a capital, and how many are no Vietnamese syllables."""
        words, rows, at = self._words, self._rows, self._at
        line = words.line
        number = np.where(changed, at.before, -1)
        row, column = np.nonzero(
            changed & (number >= rows.first[:, None]) & (number < rows.last[:, None]) & (words.acronym[number] < 0)
        )
        number = number[row, column]
        big = line.upper[number] & (number > line.run_begin[number])
        _, some, which = np.unique(line.hashes[number], return_index=True, return_inverse=True)
        syllables = [words.vocabulary.is_syllable(line, i) for i in number[some].tolist()]
        strange = ~np.array(syllables, bool)[which]
        n = len(rows)
        return np.minimum(3.0, np.bincount(row, big, n)), np.minimum(3.0, np.bincount(row, strange, n))


def difference(words: Words, first: Numbers, last: Numbers, new: Numbers) -> tuple[Flags, Flags]:
    """Which words of the line between `first` and `last` go, and which of the new ones come: `terms.difference`."""
    width = max(1, int((last - first).max(initial=1)))
    old = first[:, None] + np.arange(width, dtype=np.int32)
    here = old < last[:, None]
    there = new >= 0
    there = there[:, : max(1, int(there.sum(axis=1).max(initial=1)))]
    old_hashes = words.hashes[np.where(here, old, 0)]
    new_hashes = words.hashes[new[:, : there.shape[1]]]
    same = (old_hashes[:, :, None] == new_hashes[:, None, :]) & here[:, :, None] & there[:, None, :]
    removed = here & (_earlier(old_hashes, here) >= same.sum(axis=2))
    added = there & (_earlier(new_hashes, there) >= same.sum(axis=1))
    return removed, added


def _earlier(hashes: NDArray[np.uint64], real: Flags) -> NDArray[np.intp]:
    """How often each word stands before itself in its row."""
    width = hashes.shape[1]
    before = np.tril(np.ones((width, width), bool), -1)
    count: NDArray[np.intp] = ((hashes[:, :, None] == hashes[:, None, :]) & before & real[:, None, :]).sum(axis=2)
    return count


def _joins(words: Words, numbers: Numbers) -> Figures:
    """The association of each word with the one before it; -inf at the edges, one element more than words."""
    n, width = numbers.shape
    joins = np.full((n, width + 1), _NONE)
    if width > 1:
        joins[:, 1:-1] = words.association(numbers[:, :-1], numbers[:, 1:])
    return joins


def _changed(
    words: Words, before: Numbers, after: Numbers, size: Numbers, size_after: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Where two lines differ: start in both, end in the first, end in the second."""
    width = before.shape[1]
    one, other = words.hashes[before], words.hashes[after]
    real = (before >= 0) & (after >= 0)
    head = np.logical_and.accumulate((one == other) & real, axis=1).sum(axis=1)
    back = np.arange(1, width + 1)
    tail_one = np.take_along_axis(one, np.maximum(0, size[:, None] - back), 1)
    tail_other = np.take_along_axis(other, np.maximum(0, size_after[:, None] - back), 1)
    room = (np.minimum(size, size_after) - head)[:, None]
    tail = np.logical_and.accumulate((tail_one == tail_other) & (back <= room), axis=1).sum(axis=1)
    return head, size - tail, size_after - tail


def _least(values: Figures, which: Flags, default: float, most: float = np.inf) -> Figures:
    """The least of some values of each row, `default` where there are none."""
    least = np.where(which, values, np.inf).min(axis=1, initial=np.inf)
    return np.where(np.isinf(least) & (least > 0), default, np.minimum(least, most))


def _most(values: Figures, which: Flags, default: float) -> Figures:
    """The greatest of some values of each row, `default` where there are none."""
    most = np.where(which, values, _NONE).max(axis=1, initial=_NONE)
    return np.where(which.any(axis=1), most, default)


def _among(keys: NDArray[np.uint64], some: NDArray[np.uint64]) -> Flags:
    if not some.size:
        return np.zeros(keys.shape, bool)
    at = np.minimum(np.searchsorted(some, keys), len(some) - 1)
    found: Flags = some[at] == keys
    return found
