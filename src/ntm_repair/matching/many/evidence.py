"""The features of `Weigher.features`, over arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.matching.many.differences import changed, difference
from ntm_repair.matching.many.rows import MISSING, Rows
from ntm_repair.matching.weigh import FREE, TIED

if TYPE_CHECKING:
    from ntm_repair.matching.many.readings import Places
    from ntm_repair.matching.many.tables import Tables
    from ntm_repair.matching.many.words import Figures, Flags, Numbers, Words

_NONE = -np.inf


class Evidence:
    """The features of some rows, each a column."""

    def __init__(self, words: Words, rows: Rows, at: Places) -> None:
        self._words, self._rows, self._at = words, rows, at
        self._sizes = at.left + at.old + at.right, at.left + at.new + at.right
        self._joins = _joins(words, at.before), _joins(words, at.after)

    def columns(self, tables: Tables, gain: Figures, odd: Figures, say: Figures) -> dict[str, Figures]:
        """By the name of the feature."""
        words, rows, at = self._words, self._rows, self._at
        before, after = at.before, at.after
        size, size_after = self._sizes
        stood, stands = self._joins
        low, high, high_after = changed(words, before, after, size, size_after)
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
        within = (np.arange(before.shape[1]) >= low[:, None]) & (np.arange(before.shape[1]) < high[:, None])
        capitals, alien = self._surface(within)
        rare = (np.arange(before.shape[1]) >= low[:, None] - 1) & (np.arange(before.shape[1]) < (high + 1)[:, None])
        rare &= before >= 0
        gone_words, new_words = removed.sum(axis=1), added.sum(axis=1)
        term = (rows.form >= 0) & (gone_words + new_words > 0)
        term &= (high - low == gone_words) & (high_after - low == new_words)
        at_edge = term & ((low == at.left) | (high == at.left + at.old))
        tied = (edge > np.maximum(low - 1, at.left)[:, None]) & (edge >= 1) & term[:, None]
        tied &= edge < np.minimum(np.minimum(size_after, high_after + 1), at.left + at.new)[:, None]
        torn_before, torn_after = _torn(stood, at.left, at.left + at.old)
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
            "edge": at_edge.astype(np.float64),
            "capitals": capitals,
            "alien": alien,
            "attested": tables.attested(words, before, size, low, high),
            "settled": self._settled(stood, removed),
            "reads": say,
            "odd": odd,
            "made_max": np.maximum(-6.0, _most(stands, made, 0.0)),
            "rare": np.where(low < high, _least(words.weight(before), rare, 10.0), 10.0),
            "tied_min": np.maximum(-6.0, _least(stands, tied, 0.0)),
            "tied_max": np.maximum(-6.0, _most(stands, tied, 0.0)),
            "torn_before": torn_before,
            "torn_after": torn_after,
            "freely": self._freely(tables, stands, added),
        }

    def _freely(self, tables: Tables, joins: Figures, added: Flags) -> Figures:
        """`Weigher._freely` where a word is missing, 0 elsewhere."""
        words, rows, at = self._words, self._rows, self._at
        freely = np.zeros(len(rows))
        some = np.flatnonzero(rows.kind == MISSING)
        if not some.size:
            return freely
        width = added.shape[1]
        new = rows.new[some, :width]
        comes = added[some]
        # Every word that is written like one that comes.
        hashes = words.hashes[new]
        comes = ((hashes[:, :, None] == hashes[:, None, :]) & comes[:, None, :]).any(axis=2) & (new >= 0)
        kept = (new >= 0) & ~comes
        column = np.minimum(at.left[some, None] + np.arange(width + 1), joins.shape[1] - 1)
        side = np.take_along_axis(joins[some], column, 1)
        before = np.full(new.shape, _NONE)
        before[:, 1:] = np.where(kept[:, :-1], side[:, 1:width], _NONE)
        after = np.full(new.shape, _NONE)
        after[:, :-1] = np.where(kept[:, 1:], side[:, 1:width], _NONE)
        alone = tables.alone(words, new.ravel()).reshape(new.shape)
        left, right = np.roll(alone, 1, axis=1), np.roll(alone, -1, axis=1)
        free = FREE - np.where(after >= before, right, left)
        free = np.where(np.maximum(before, after) > TIED, np.maximum(0.0, free), 0.0)
        freely[some] = np.minimum(FREE, np.where(comes, free, FREE).min(axis=1))
        return freely

    def _apart(
        self,
        tables: Tables,
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


def _joins(words: Words, numbers: Numbers) -> Figures:
    """The association of each word with the one before it; -inf at the edges, one element more than words."""
    n, width = numbers.shape
    joins = np.full((n, width + 1), _NONE)
    if width > 1:
        joins[:, 1:-1] = words.association(numbers[:, :-1], numbers[:, 1:])
    return joins


def _torn(joins: Figures, *edges: Numbers) -> list[Figures]:
    """`weigh._torn` of each row."""
    bonds = np.clip(joins, 0.0, 6.0)
    before, after = _paired(bonds), _paired(bonds[:, ::-1])[:, ::-1]
    row = np.arange(len(joins))
    return [before[:, -1] - before[row, edge] - after[row, edge] for edge in edges]


def _paired(bonds: Figures) -> Figures:
    """`weigh._paired` of each row; beyond the end of a line nothing is bound."""
    best = np.zeros_like(bonds)
    for at in range(2, bonds.shape[1]):
        best[:, at] = np.maximum(best[:, at - 1], best[:, at - 2] + bonds[:, at - 1])
    return best


def _least(values: Figures, which: Flags, default: float, most: float = np.inf) -> Figures:
    """The least of some values of each row, `default` where there are none."""
    least = np.where(which, values, np.inf).min(axis=1, initial=np.inf)
    return np.where(np.isinf(least) & (least > 0), default, np.minimum(least, most))


def _most(values: Figures, which: Flags, default: float) -> Figures:
    """The greatest of some values of each row, `default` where there are none."""
    most = np.where(which, values, _NONE).max(axis=1, initial=_NONE)
    return np.where(which.any(axis=1), most, default)
