"""From what is known of a reading to how likely an editor is to take it.

A logistic model over a handful of figures. The weights were fitted by `tools/fit_repairs.py` on short fragments planted
in news and on longer ones of plain English.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

from ntm_repair.suggest.decode import Reading
from ntm_repair.suggest.place import Place

BOUND = 5.0
"""Log-odds of a share (nats) beyond which it tells no more."""
TINY = 1e-9


class Figures(NamedTuple):
    """What the model looks at."""

    share: float
    """Of the probability of all readings, taking their scores for log-probabilities."""
    cost: float
    """Mean cost of the senses, an English word (nats)."""
    length: float
    """log of the number of English words."""
    neighbours: int
    """On how many sides the reading has neighbours to be judged by."""

    def values(self) -> tuple[float, ...]:
        """In the order of the weights."""
        share = min(BOUND, max(-BOUND, log((self.share + TINY) / (1 - self.share + TINY))))
        return 1.0, share, self.cost, self.length, self.neighbours


WEIGHTS: tuple[float, ...] = (2.695, 0.435, -1.233, -0.924, -0.194)
"""Of `Figures.values`, the constant first."""


def figures(place: Place, readings: Sequence[Reading]) -> list[Figures]:
    """The figures of each of all the readings of a place."""
    best = max((r.score for r in readings), default=0.0)
    weights = [exp(r.score - best) for r in readings]
    total = sum(weights)
    sides = bool(place.left) + bool(place.right)
    size = len(place.tokens)
    return [
        Figures(weight / total, r.cost / size, log(size), sides) for r, weight in zip(readings, weights, strict=True)
    ]


def confidence(of: Figures, weights: Sequence[float] = WEIGHTS) -> float:
    """0 to 1."""
    return 1 / (1 + exp(-sum(w * v for w, v in zip(weights, of.values(), strict=True))))
