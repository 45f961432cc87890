"""What a look at many articles at once tells the engine of each, worked out of the candidates of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import regex

from ntm_repair.matching import model
from ntm_repair.matching.echoes import SAID
from ntm_repair.matching.many.look import ORDERS
from ntm_repair.matching.many.signs import SIGNS, GarbleSigns, Likely

if TYPE_CHECKING:
    from ntm_repair.article import Article
    from ntm_repair.glance import Glance
    from ntm_repair.matching.many.look import Looker, Signs

_ODD = regex.compile(r"[@#`\\]|://|www\.|[A-Za-z0-9-]\.[A-Za-z]", regex.IGNORECASE)
"""What lines may have that hold more than words: addresses, code, file names (see `tokens`)."""
_OTHERWISE = ("_", "Σ", "İ")
"""In texts with these some words are not what `glance` takes for words, or not in its lower case."""


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
    logits = (signs.logit + SAID * signs.said).tolist()
    for article, begin, end in zip(articles, offsets, offsets[1:], strict=False):
        if any(odd in article.text for odd in _OTHERWISE):
            continue
        low, high = np.searchsorted(starts, (begin, end))
        article.memo[SIGNS] = GarbleSigns(
            [group for group in _groups(signs, logits, int(low), int(high), begin) if group.may_show(most)],
            [match.span() for match in _ODD.finditer(article.text)],
        )


def _groups(signs: Signs, logits: Sequence[float], low: int, high: int, begin: int) -> Iterator[Likely]:
    """The candidates [low, high), those that touch together; `begin` is where their article does."""
    group, until = Likely(), -1
    columns = (signs.first, signs.last, signs.kind, signs.source, signs.place, signs.clause)
    rows = zip(logits[low:high], *(column[low:high].tolist() for column in columns), strict=True)
    for logit, first, last, kind, source, place, clause in rows:
        if group.logits and first > until:
            yield group
            group = Likely()
        until = max(until, last)
        group.logits.append(logit)
        group.kinds.add(model.KINDS[kind])
        if source == ORDERS:
            some = np.searchsorted(signs.tried_in, (clause, clause + 1))
            group.places[source].update((signs.tried[slice(*some)] - begin).tolist())
        else:
            group.places[source].add(place - begin)
    if group.logits:
        yield group
