"""What could have stood in place of a few words: other orders, confused words; lexicon terms are in `windows`.

Every candidate says which units it replaces and by which words; `weigh` says how likely it is. Nothing is proposed
where no pair of words in the text is weak: a garble breaks the text somewhere, or there is no telling it from prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ntm_repair.matching.confusion import LONGEST as LONGEST_MEMBER
from ntm_repair.matching.confusion import Confusions, Member, Road
from ntm_repair.matching.orders import reorderings
from ntm_repair.matching.pairs import Pairs
from ntm_repair.matching.terms import EditClass, Form
from ntm_repair.matching.units import COMMA, Units, Where

Source = Literal["lexicon", "order", "confusion"]
LIKELIER = 2.5
"""Nats by pairs that a word must make the place likelier than the word that stands there."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Units [first, last) of a paragraph and the words (normal form) that could have stood there."""

    first: int
    last: int
    keys: tuple[str, ...]
    edit: EditClass
    source: Source
    form: Form | None = None
    road: Road | None = None
    """How the words in the text may have come from these, where the glossary knows a way."""


def kind_of(c: Candidate) -> str:
    """Which model weighs a candidate.

    Words that came back from English as others sit better in the text than words that came from anywhere.
    """
    if c.source != "lexicon":
        return c.source
    if c.road is not None:
        return "pivoted"
    return "substituted" if c.edit == "mixed" else c.edit


def orders(units: Units, pairs: Pairs, where: Where = None) -> Iterator[Candidate]:
    """Other orders of a few units around a weak join that read better by pairs alone; see `orders`."""
    for first, last, words in reorderings(units, pairs, where):
        yield Candidate(first, last, words, "reordered", "order")


def confusions(units: Units, table: Confusions, pairs: Pairs, where: Where = None) -> Iterator[Candidate]:
    """Words beside a weak join that share an English headword with others that read better by pairs.

    Only those that begin at the units `where`, if that is given.
    """
    keys, breaks = units.keys, units.breaks
    members = table.headwords
    for begin, end in units.runs_with(where):
        # Nothing stands beside a word at the edge of a clause.
        clause = [i in (begin, end) or breaks[i] == COMMA for i in range(begin, end + 1)]
        joins = [0.0 if clause[i - begin] else pairs(keys[i - 1], keys[i]) for i in range(begin, end + 1)]
        for first in range(begin, end):
            if where is not None and first not in where:
                continue
            before = joins[first - begin]
            for last in range(first + 1, min(end, first + LONGEST_MEMBER) + 1):
                after = joins[last - begin]
                if before < 0 or after < 0:
                    member = tuple(keys[first:last])
                    if member in members:
                        left = "" if clause[first - begin] else keys[first - 1]
                        right = "" if clause[last - begin] else keys[last]
                        for other, road in _better(table, member, pairs, left, right, before, after):
                            yield Candidate(first, last, other, "substituted", "confusion", road=road)
                if clause[last - begin]:
                    break


def _better(
    table: Confusions, member: Member, pairs: Pairs, left: str, right: str, before: float, after: float
) -> Iterator[tuple[Member, Road]]:
    """The words that are bound better than [before, after] to what stands on either side, and likelier by that."""
    least, enough = min(before, after), before + after + pairs.worth(member) + LIKELIER
    lead = pairs.row(left)
    for other, road in table.exchanges(member):
        first = lead[other[0]]
        if first > least:
            second = pairs.row(other[-1])[right]
            if second > least and first + second + pairs.worth(other) > enough:
                yield other, road
