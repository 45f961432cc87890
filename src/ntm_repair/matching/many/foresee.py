"""What a look at many articles at once tells the engine of each, worked out of the candidates of all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import regex

from ntm_repair.glance import Glance
from ntm_repair.matching import model
from ntm_repair.matching.echoes import SAID
from ntm_repair.matching.many.look import ORDERS
from ntm_repair.matching.many.signs import SIGNS, GarbleSigns, Likely
from ntm_repair.segment import stretches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ntm_repair.article import Article
    from ntm_repair.matching.many.look import Looker, Signs

_ODD = "@#`\\"
"""Lines with these may hold more than words: addresses, code, hashtags (see `tokens`)."""
_OTHERWISE = ("_", "Σ", "İ")
"""In texts with these some words are not what `glance` takes for words, or not in its lower case."""
_OTHERWISE_READ = regex.compile("[_Σİ]")


def foresee(
    articles: Sequence[Article],
    glance: Glance,
    offsets: Sequence[int],
    skipped: Sequence[tuple[int, int]],
    looker: Looker,
    least: float,
    most: float,
) -> None:
    """Leave in each article's memo what its words tell; `offsets` are where the articles begin in the text.

    `skipped` are spans of the text that hold no Vietnamese, in order; they part the words on either side. Candidates
    with log-odds below `least` nats are passed over, and places that are not shown when an article adds `most` to them.
    """
    signs = looker.signs(glance, offsets, skipped, least)
    if signs is None:
        return
    starts = glance.starts[signs.first]
    said = SAID * signs.said
    logits = (signs.right + said).tolist(), (signs.damaged + said).tolist()
    odd = _odd(glance)
    for article, begin, end in zip(articles, offsets, offsets[1:], strict=False):
        if any(letter in article.text for letter in _OTHERWISE):
            continue
        low, high = np.searchsorted(starts, (begin, end))
        likely, orders = _likely(signs, logits, int(low), int(high), begin, most)
        whole = odd[slice(*np.searchsorted(odd, (begin, end)))]
        article.memo[SIGNS] = GarbleSigns(likely, orders, (whole - begin).tolist())


def foresee_large(
    article: Article, skipped: Sequence[tuple[int, int]], looker: Looker, least: float, most: float
) -> None:
    """The same for one article that is too large to be looked at in one piece, a stretch of lines after the other.

    What it says elsewhere is not asked: any repair may be written in another stretch.
    """
    text = article.text
    likely: list[Likely] = []
    orders: list[int] = []
    whole = [match.start() for match in _OTHERWISE_READ.finditer(text)]
    starts, ends = [span[0] for span in skipped], [span[1] for span in skipped]
    for begin, end in stretches(text):
        inside = skipped[bisect_right(ends, begin) : bisect_left(starts, end)]
        inside = [(max(0, low - begin), high - begin) for low, high in inside]
        glance = Glance(text[begin:end])
        signs = looker.signs(glance, (0, end - begin), inside, least)
        if signs is not None:
            logits = (signs.right + SAID).tolist(), (signs.damaged + SAID).tolist()
            found = _likely(signs, logits, 0, len(signs.first), -begin, most)
            likely += found[0]
            orders += found[1]
            whole += (_odd(glance) + begin).tolist()
    article.memo[SIGNS] = GarbleSigns(likely, orders, whole)


def _likely(
    signs: Signs, logits: tuple[Sequence[float], Sequence[float]], low: int, high: int, begin: int, most: float
) -> tuple[list[Likely], list[int]]:
    """Of the candidates [low, high) those that may be shown, and where orders are to be looked for for their sake."""
    likely = [group for group in _groups(signs, logits, low, high, begin) if group.may_show(most)]
    return likely, [at - begin for at in _tried(signs, set().union(*(group.clauses for group in likely)))]


def _tried(signs: Signs, clauses: set[int]) -> list[int]:
    """All places of some clauses at which orders are looked for."""
    places: list[int] = []
    for clause in sorted(clauses):
        places += signs.tried[slice(*np.searchsorted(signs.tried_in, (clause, clause + 1)))].tolist()
    return places


def _odd(glance: Glance) -> NDArray[np.intp]:
    """Code points of what only `tokens` can read: addresses, code, hashtags, file names."""
    codes = glance.codes
    found = np.isin(codes, list(map(ord, _ODD)))
    if "://" in glance.text or "www." in glance.text.lower():
        found[[match.start() for match in _ADDRESS.finditer(glance.text)]] = True
    ascii_word = _WITHIN_NAMES[np.minimum(codes, 127)]
    found[1:-1] |= (codes[1:-1] == ord(".")) & (ascii_word[:-2] > 0) & (ascii_word[2:] > 1)
    return np.flatnonzero(found)


_ADDRESS = regex.compile(r"://|www\.", regex.IGNORECASE)
_WITHIN_NAMES = np.array([2 if chr(c).isalpha() else int(chr(c).isalnum() or c == ord("-")) for c in range(127)] + [0])
"""By code point: 2 for what may stand after the point of a file's or an address's name, 1 for what may before it."""


def _groups(
    signs: Signs, logits: tuple[Sequence[float], Sequence[float]], low: int, high: int, begin: int
) -> Iterator[Likely]:
    """The candidates [low, high), those that touch together; `begin` is where their article does."""
    group, until = Likely(), -1
    columns = (signs.first, signs.last, signs.kind, signs.source, signs.place, signs.clause)
    lists = (column[low:high].tolist() for column in columns)
    for right, damaged, first, last, kind, source, place, clause in zip(
        *(some[low:high] for some in logits), *lists, strict=True
    ):
        if group.damaged and first > until:
            yield group
            group = Likely()
        until = max(until, last)
        group.add(right, damaged, model.KINDS[kind])
        if source == ORDERS:
            group.clauses.add(clause)
        else:
            group.places[source].add(place - begin)
    if group.damaged:
        yield group
