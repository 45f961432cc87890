"""What could be a garbled place in many articles at once: candidates and their weights over arrays.

For each source of candidates (`candidates`) those that pass the gates by pairs and triples are worked out and weighed.
Scalar code then looks only at places where one is likely enough, and decides. What is said here may be wrong, but
never missing: figures that may differ in the last place are given some slack, and lines that hold what only `tokens`
can read are looked at whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.matching.many.confused import confused_rows
from ntm_repair.matching.many.exchanges import Exchanges, exchanges_of, words_of
from ntm_repair.matching.many.line import SLACK, Acronyms, Line
from ntm_repair.matching.many.orders import order_rows
from ntm_repair.matching.many.rows import Rows, joined
from ntm_repair.matching.many.said import said
from ntm_repair.matching.many.weigh import Weigh
from ntm_repair.matching.many.windows import Windows
from ntm_repair.matching.many.words import Vocabulary, Words
from ntm_repair.matching.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ntm_repair.glance import Glance
    from ntm_repair.matching.confusion import Confusions
    from ntm_repair.matching.pivots import Pivots
    from ntm_repair.matching.weigh import Weigher

ORDERS, TERMS, CONFUSED = range(3)
"""The sources of candidates."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Candidates of a text by place: from what source and of what kind, and their first and last words by number.

    `place` is where the word begins at which the scalar code has to look to find one (code points), `right` and
    `damaged` are upper bounds of the log-odds, `said` whether the article may have the repair elsewhere, `clause` the
    number of the stretch between commas it begins in. To find the orders it would have found, the scalar code has to
    look at all places that are `tried` of a clause; `tried_in` are the numbers of their clauses.
    """

    source: NDArray[np.int8]
    kind: NDArray[np.int8]
    place: NDArray[np.int64]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    clause: NDArray[np.int64]
    right: NDArray[np.float64]
    damaged: NDArray[np.float64]
    said: NDArray[np.bool_]
    tried: NDArray[np.int64]
    tried_in: NDArray[np.int64]


class Looker:
    """The tables of a matcher as arrays."""

    def __init__(self, weigher: Weigher, confusions: Confusions, pivots: Pivots) -> None:
        self._one, self._two, three = weigher.context.tables
        self._bound = weigher.context.bound
        index = weigher.index
        self._acronyms = Acronyms(index.acronyms, self._one)
        exchanges = exchanges_of(confusions)
        keys = chain.from_iterable(form.keys for form in index.forms)
        self._vocabulary = Vocabulary({*keys, *words_of(exchanges)}, self._one, self._acronyms)
        self._exchanges = Exchanges(exchanges, self._vocabulary, self._two)
        self._windows = Windows(index, pivots, confusions, self._vocabulary)
        self._weigh = Weigh(index, self._one, self._two, three, self._bound)

    def signs(
        self, glance: Glance, offsets: Sequence[int], skipped: Sequence[tuple[int, int]], least: float
    ) -> Signs | None:
        """The candidates whose log-odds are `least` nats or more; None for a text of a word or none.

        `offsets` are the code points at which the articles of the text begin, `skipped` spans of it that hold no
        Vietnamese, in order.
        """
        words = self.words(glance, skipped)
        if words is None:
            return None
        line = words.line
        rows, tried = self.rows(words)
        right, damaged = self.logits(words, rows)
        good = np.flatnonzero(np.maximum(right, damaged) >= least - SLACK)
        good = good[np.argsort(rows.first[good], kind="stable")]
        rows, right, damaged = rows.take(good), right[good], damaged[good]
        article = np.searchsorted(np.array(offsets), glance.starts, "right")
        return Signs(
            _SOURCES[rows.kind],
            rows.kind,
            glance.starts[rows.place],
            rows.first,
            rows.last,
            line.clause[rows.place],
            right,
            damaged,
            said(words, rows, article),
            glance.starts[tried],
            line.clause[tried],
        )

    def words(self, glance: Glance, skipped: Sequence[tuple[int, int]] = ()) -> Words | None:
        """The words of a text beside those that may be put in their place; None where it has fewer than two."""
        if len(glance) < 2:
            return None
        line = Line(glance, self._one, self._two, self._acronyms, skipped)
        return Words(line, self._vocabulary, self._acronyms, self._two)

    def logits(self, words: Words, rows: Rows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The log-odds, in nats, that candidates are right and that their places are damaged, or more.

        -inf for what gains too little to be weighed.
        """
        return self._weigh.logits(words, rows)

    def rows(self, words: Words) -> tuple[Rows, NDArray[np.intp]]:
        """All candidates, and where orders are to be looked for."""
        found, tried = order_rows(words, self._bound)
        terms = self._windows.rows(words, self._weigh)
        return joined((found, terms, confused_rows(words, self._exchanges, self._two))), tried


_SOURCES = np.array([{"order": ORDERS, "confusion": CONFUSED}.get(kind, TERMS) for kind in KINDS], np.int8)
"""By kind."""
