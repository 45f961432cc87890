"""What a look at many articles at once tells the engine of each: at which words it has to look."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from ntm_repair.matching.units import Units, Where

if TYPE_CHECKING:
    from ntm_repair.article import Article
    from ntm_repair.glance import Glance
    from ntm_repair.matching.many.look import Looker

SIGNS = "garble_signs"
"""Where the signs of an article are kept in its memo."""
_ODD = regex.compile(r"[@#`\\]|://|www\.|[A-Za-z0-9-]\.[A-Za-z]", regex.IGNORECASE)
"""What lines may have that hold more than words: addresses, code, file names (see `tokens`)."""
_OTHERWISE = ("_", "Σ", "İ")
"""In texts with these some words are not what `glance` takes for words, or not in its lower case."""


@dataclass(frozen=True, slots=True)
class GarbleSigns:
    """Code points, in order, at which words begin that candidates may begin at; and lines to be looked at whole."""

    orders: Sequence[int]
    lexical: Sequence[int]
    confusions: Sequence[int]
    whole: Sequence[tuple[int, int]]

    def __bool__(self) -> bool:
        return bool(self.orders or self.lexical or self.confusions or self.whole)

    def where(self, units: Units, besides: Iterable[tuple[int, int]]) -> tuple[Where, Where, Where]:
        """The same as units, for orders, terms and confused words, with all units of the lines that hold `besides`."""
        number = {start: i for i, start in enumerate(units.starts)}
        whole: set[int] = set()
        for start, end in (*self.whole, *besides):
            low = units.text.rfind("\n", 0, start) + 1
            high = units.text.find("\n", end)
            high = len(units.text) if high < 0 else high
            whole.update(range(bisect_left(units.starts, low), bisect_left(units.starts, high)))
        orders, lexical, confusions = (
            whole.union(number[at] for at in places if at in number)
            for places in (self.orders, self.lexical, self.confusions)
        )
        return orders, lexical, confusions


def foresee(articles: Sequence[Article], glance: Glance, offsets: Sequence[int], looker: Looker) -> None:
    """Leave in each article's memo what its words tell; `offsets` are where the articles begin in the text."""
    signs = looker.signs(glance)
    places = [glance.starts[found].tolist() for found in (signs.orders, signs.lexical, signs.confusions)]
    for article, begin, end in zip(articles, offsets, offsets[1:], strict=False):
        if any(odd in article.text for odd in _OTHERWISE):
            continue
        orders, lexical, confusions = (
            [at - begin for at in some[bisect_left(some, begin) : bisect_left(some, end)]] for some in places
        )
        whole = [match.span() for match in _ODD.finditer(article.text)]
        article.memo[SIGNS] = GarbleSigns(orders, lexical, confusions, whole)
