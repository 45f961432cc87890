"""Which repairs an article has elsewhere, over arrays: an upper bound of what `Echoes` adds to a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.glance import stirred_many
from ntm_repair.packed import WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ntm_repair.matching.many.rows import Rows
    from ntm_repair.matching.many.words import Flags, Numbers, Words

_WORD = np.uint64(WORD)
_SIZE = 3
"""Words in a row that an article must have for it to have said them (`Echoes`)."""


def said(words: Words, rows: Rows, article: NDArray[np.intp]) -> Flags:
    """Whether the article of each row has its new words elsewhere; short ones with a neighbour.

    `article` is the number of the article of each word of the line.
    """
    line = words.line
    if len(line) < _SIZE or not len(rows):
        return np.zeros(len(rows), bool)
    number = np.arange(len(line) - _SIZE + 1)
    inside = np.flatnonzero(line.run[: len(number)] == line.run[_SIZE - 1 :])
    seen = np.sort(_keys(words, number[inside], number[inside] + 1, number[inside] + 2, article[inside]))
    size = (rows.new >= 0).sum(axis=1)
    left = np.where(rows.first > line.run_begin[rows.first], rows.first - 1, -1)
    right = np.where(rows.last < line.run_end[rows.last - 1], rows.last, -1)
    of = article[rows.first]
    one, two = rows.new[:, 0], rows.new[:, 1]
    before = _has(seen, words, (left, one, two), of)
    after = _has(seen, words, (one, two, right), of)
    between = _has(seen, words, (left, one, right), of)
    found = np.where(size == 2, before | after, (size == 1) & between)
    long = np.flatnonzero(size >= _SIZE)
    new = rows.new[long]
    whole = np.ones(len(long), bool)
    for at in range(new.shape[1] - _SIZE + 1):
        last = new[:, at + _SIZE - 1]
        there = np.flatnonzero(whole & (last >= 0))
        if not there.size:
            break
        trio = (new[there, at], new[there, at + 1], new[there, at + 2])
        whole[there] = _has(seen, words, trio, of[long[there]])
    found[long] = whole
    return found


def _keys(
    words: Words, first: Numbers, second: Numbers, third: Numbers, article: NDArray[np.intp]
) -> NDArray[np.uint64]:
    hashes = words.hashes
    key = (hashes[first] * _WORD + hashes[second]) * _WORD + hashes[third]
    return stirred_many(key * _WORD + article.astype(np.uint64))


def _has(
    seen: NDArray[np.uint64], words: Words, trio: tuple[Numbers, Numbers, Numbers], article: NDArray[np.intp]
) -> Flags:
    """Which three words an article has; not those of which one is no word."""
    if not seen.size:
        return np.zeros(len(article), bool)
    key = _keys(words, *trio, article)
    at = np.minimum(np.searchsorted(seen, key), len(seen) - 1)
    real = (trio[0] >= 0) & (trio[1] >= 0) & (trio[2] >= 0)
    found: Flags = (seen[at] == key) & real
    return found
