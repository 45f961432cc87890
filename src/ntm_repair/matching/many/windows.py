"""Lexicon terms that windows of text nearly are, over arrays: what `matching.windows` proposes, and which of it gains.

What a window and a form have in common is worked out for all at once; only of those whose context gains enough the
road through English is asked, one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.matching import windows
from ntm_repair.matching.many.differences import difference
from ntm_repair.matching.many.hits import Hits
from ntm_repair.matching.many.rows import EXTRA, MISSING, PIVOTED, REORDERED, SUBSTITUTED, Rows, rows
from ntm_repair.matching.pivots import FORMS
from ntm_repair.matching.terms import LONG, LONGEST, TermIndex
from ntm_repair.packed import WORD

if TYPE_CHECKING:
    from ntm_repair.matching.confusion import Confusions
    from ntm_repair.matching.many.weigh import Weigh
    from ntm_repair.matching.many.words import Numbers, Vocabulary, Words
    from ntm_repair.matching.pivots import Pivots

_REMEMBERED = 1 << 14
"""Windows and forms whose difference is remembered before starting afresh."""
_KINDS = {"reordered": REORDERED, "missing": MISSING, "extra": EXTRA}


class Windows:
    """The forms of a lexicon, to be put in place of windows."""

    def __init__(self, index: TermIndex, pivots: Pivots, confusions: Confusions, vocabulary: Vocabulary) -> None:
        self._index, self._confusions = index, confusions
        self._hits = Hits(index, pivots)
        self._sizes = np.array([len(form.keys) for form in index.forms], np.int64)
        self._commas = np.array(index.commas, np.int64)
        self._unwanted = np.array(index.places, bool)
        self._keys = np.full((len(index.forms), LONGEST), -1, np.int32)
        for number, form in enumerate(index.forms):
            self._keys[number, : len(form.keys)] = [vocabulary.number[key] for key in form.keys]
        self._known: dict[tuple[int, int, int], tuple[int, float] | None] = {}

    def rows(self, words: Words, weigh: Weigh) -> Rows:
        """The candidates whose context gains enough."""
        line = words.line
        first, size, form = self._hits.of(line)
        commas = line.commas[first + size - 1] - line.commas[first]
        fits = np.flatnonzero((commas <= self._commas[form]) & ~self._unwanted[form])
        # A form is a candidate for a window once, whatever it was found by.
        known = (first[fits] * (LONGEST + 2) + size[fits]) * len(self._sizes) + form[fits]
        order = np.argsort(known, kind="stable")
        once = np.ones(len(order), bool)
        once[1:] = known[order][1:] != known[order][:-1]
        fits = fits[order[once]]
        found = self._like(words, first[fits], size[fits], form[fits])
        return self._judged(words, found.take(weigh.gaining(words, found)))

    def _like(self, words: Words, first: Numbers, size: Numbers, form: Numbers) -> Rows:
        """The rows of windows and forms whose difference may say something; see `windows.judged`."""
        vocabulary = words.vocabulary
        new = self._keys[form]
        new = np.where(new >= 0, new + words.offset, -1).astype(np.int32)
        found = rows(SUBSTITUTED, first, first + size, new, form=form)
        removed, added = difference(words, found.first, found.last, found.new)
        old = np.where(removed, found.first[:, None] + np.arange(removed.shape[1], dtype=np.int32), -1)
        new = np.where(added, found.new[:, : added.shape[1]], -1)
        gone, come = removed.sum(axis=1), added.sum(axis=1)
        kept, sizes = size - gone, self._sizes[form]
        of_rank = (words.among(old, vocabulary.ranks) | (words.figure[old] & removed)).any(axis=1)
        of_rank |= (words.among(new, vocabulary.ranks) | (words.figure[new] & added)).any(axis=1)
        few = np.maximum(gone, come) <= np.where(np.minimum(size, sizes) >= LONG - 1, 2, 1)
        grammar = (words.among(old, vocabulary.optional) | ~removed).all(axis=1)
        grammar &= (words.among(new, vocabulary.optional) | ~added).all(axis=1)
        short = ((words.acronym[old] >= 0) & removed).any(axis=1)
        slight = (gone + come == 0) | (few & ~grammar & ~short)
        good = np.flatnonzero(~of_rank & (slight | ((kept >= 3) | np.isin(sizes, FORMS)) & (gone > 0)))
        # Before it is known whether the others are where they were, and by which road: the kind that asks least.
        found.kind[:] = np.where(gone + come == 0, REORDERED, np.where(gone == 0, MISSING, SUBSTITUTED))
        return found.take(good)

    def _judged(self, words: Words, found: Rows) -> Rows:
        """The rows that are candidates, with their kinds and roads."""
        good: list[int] = []
        key = np.zeros(len(found), np.uint64)
        for at in range(int((found.last - found.first).max(initial=0))):
            inside = found.first + at < found.last
            key[inside] = key[inside] * np.uint64(WORD) + words.hashes[found.first[inside] + at]
        columns = (key.tolist(), found.first.tolist(), found.last.tolist(), found.form.tolist())
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        for row, (window, first, last, form) in enumerate(zip(*columns, strict=True)):
            what = window, last - first, form
            if what not in self._known:
                self._known[what] = self._judge(words, first, last, form)
            judged = self._known[what]
            if judged is not None:
                good.append(row)
                found.kind[row], found.road[row] = judged
        return found.take(np.array(good, np.intp))

    def _judge(self, words: Words, first: int, last: int, form: int) -> tuple[int, float] | None:
        """Of what kind the difference of a window and a form is, and the road, NaN for none; see `windows.judged`."""
        here = tuple(words.line.word(number) for number in range(first, last))
        judged = windows.judged(here, self._index.forms[form], self._index, self._confusions)
        if judged is None:
            return None
        edit, road = judged
        return (_KINDS.get(edit, SUBSTITUTED), float("nan")) if road is None else (PIVOTED, road.nats)
