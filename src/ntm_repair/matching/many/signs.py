"""What a look at many articles at once tells the engine of each: whether it has to look, and at which words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ntm_repair.matching import model
from ntm_repair.matching.units import Units, Where

SIGNS = "garble_signs"
"""Where the signs of an article are kept in its memo."""
SLACK = 0.02
"""By how much a place may be less likely than one that is shown, and still be looked at."""


@dataclass(slots=True)
class Likely:
    """Candidates that touch, of which one may be shown, and their kinds.

    `damaged` are upper bounds, echoes included, of the log-odds that the place is damaged, `either` of those or that
    the repair is right, whichever are higher. `places` are the code points at which words begin where they are
    found, by source, but for orders: of those `clauses` are the numbers of the stretches between commas.
    """

    damaged: list[float] = field(default_factory=list)
    either: list[float] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    places: tuple[set[int], set[int], set[int]] = field(default_factory=lambda: (set(), set(), set()))
    clauses: set[int] = field(default_factory=set)

    def add(self, right: float, damaged: float, kind: str) -> None:
        """Take in a candidate."""
        self.damaged.append(damaged)
        self.either.append(max(right, damaged))
        self.kinds.add(kind)

    def may_show(self, shift: float) -> bool:
        """Whether the place may be likely enough to be shown when `shift` nats are added to every candidate.

        In an article that is known to be damaged it is as likely as its repairs; see `engine`.
        """
        least = model.shipped().least
        known = model.together(model.logistic(logit + shift) for logit in (self.either if shift else self.damaged))
        # What is sure says something of the rest of the article, shown or not.
        return known >= min(model.SURE, *(least[kind] for kind in self.kinds)) - SLACK


@dataclass(frozen=True, slots=True)
class GarbleSigns:
    """What may be shown of an article, by place, and where something stands that only `tokens` can read.

    `orders` are the code points at which orders are to be looked for.
    """

    likely: Sequence[Likely]
    orders: Sequence[int]
    whole: Sequence[int]

    def may_show(self, shift: float) -> bool:
        """Whether anything may be, when `shift` nats are added to every candidate."""
        return bool(self.whole) or any(group.may_show(shift) for group in self.likely)

    def where(self, units: Units) -> tuple[Where, Where, Where]:
        """The same as units, for orders, terms and confused words, with all units of the lines of `whole`."""
        starts, text = units.starts, units.text
        whole: set[int] = set()
        for at in self.whole:
            low, high = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            whole.update(range(bisect_left(starts, low), bisect_left(starts, len(text) if high < 0 else high)))
        orders = whole.union(_numbers(self.orders, starts))
        lexical, confusions = (
            whole.union(*(_numbers(group.places[source], starts) for group in self.likely)) for source in (1, 2)
        )
        return orders, lexical, confusions


def _numbers(places: Iterable[int], starts: Sequence[int]) -> Iterator[int]:
    """The numbers of the units that begin at some code points."""
    for place in places:
        at = bisect_left(starts, place)
        if at < len(starts) and starts[at] == place:
            yield at
