"""How likely candidates are, over arrays: the evidence of `Weigher.features` and the log-odds of `model`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.context import BOUND
from ntm_repair.matching import model
from ntm_repair.matching.many.evidence import Evidence
from ntm_repair.matching.many.line import SLACK
from ntm_repair.matching.many.readings import Readings, places
from ntm_repair.matching.many.rows import EXTRA, Rows
from ntm_repair.matching.many.tables import Tables
from ntm_repair.matching.weigh import CUT, FEATURES, LEAST_GAIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ntm_repair.matching.many.words import Figures, Flags, Words
    from ntm_repair.matching.terms import TermIndex
    from ntm_repair.packed import Packed

_LEAST = np.array([LEAST_GAIN[kind] for kind in model.KINDS]) - SLACK
_NONE = -np.inf


class Weights:
    """One model of all kinds as a matrix: a row a kind."""

    def __init__(self, rows: Sequence[Sequence[float]]) -> None:
        self._intercepts = np.array([row[0] for row in rows])
        self._features = np.array([row[1:] for row in rows])

    def logits(self, rows: Rows, columns: Mapping[str, Figures]) -> Figures:
        """The log-odds of rows by their features. Capitals that a term may have after all are not held against it."""
        weights = self._features[rows.kind]
        total: Figures = self._intercepts[rows.kind]
        for number, name in enumerate(FEATURES):
            total = total + weights[:, number] * columns[name]
        against = np.minimum(0, weights[:, FEATURES.index("capitals")]) * columns["capitals"]
        return np.where(rows.form >= 0, total - against, total)


class Weigh:
    """Weighs rows by the tables of one lexicon and one context model."""

    def __init__(self, index: TermIndex, one: Packed, two: Packed, three: Packed, bound: Packed) -> None:
        self._readings = Readings(one, two, three)
        self._tables = Tables(index, self._readings, bound)
        models = [model.shipped().of(kind) for kind in model.KINDS]
        self._right, self._damaged = (Weights([pair[which] for pair in models]) for which in range(2))

    def gaining(self, words: Words, rows: Rows) -> Flags:
        """Which rows gain enough to be weighed further."""
        read, reads, _, _ = self._readings.both(words, places(words, rows))
        enough: Flags = reads - read >= _LEAST[rows.kind]
        return enough

    def logits(self, words: Words, rows: Rows) -> tuple[Figures, Figures]:
        """The log-odds of rows, in nats: to be right, and that their places are damaged.

        They are -inf for what `Weigher.features` has None for, and upper bounds where the scalar code knows more: what
        is written in the wrong case in a term, and whether what a window lacks stands beside it.
        """
        right, damaged = np.full(len(rows), _NONE), np.full(len(rows), _NONE)
        if not len(rows):
            return right, damaged
        at = places(words, rows)
        read, reads, words_before, words_after = self._readings.both(words, at)
        good = np.flatnonzero(reads - read >= _LEAST[rows.kind])
        rows = rows.take(good)
        if not len(rows):
            return right, damaged
        gain, odd, say = (reads - read)[good], (read / words_before)[good], (reads / words_after)[good]
        evidence = Evidence(words, rows, places(words, rows))
        columns = evidence.columns(self._tables, np.clip(gain, -20.0, 25.0), odd, say)
        void = (rows.kind == EXTRA) & np.isnan(rows.road) & (columns["settled"] >= BOUND + SLACK)
        torn = np.maximum(columns["torn_before"], columns["torn_after"])
        void |= (np.isnan(rows.road) | (rows.form < 0)) & (torn >= CUT + SLACK)
        void |= (columns["term_before"] > 0) & (columns["term_after"] <= columns["term_before"])
        right[good] = np.where(void, _NONE, self._right.logits(rows, columns))
        damaged[good] = np.where(void, _NONE, self._damaged.logits(rows, columns))
        return right, damaged
