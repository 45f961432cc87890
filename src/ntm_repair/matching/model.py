"""Weights that turn the evidence for a candidate into probabilities: two logistic models for each way to be damaged.

One says how likely the candidate is what stood there, the other how likely its place is damaged at all. They are asked
different things: where a phrase is broken that no term is known for, what is proposed is wrong, and still the place is
rightly seen. Fitted by `tools/calibrate.py` on planted damage; the figures are in `docs/calibration.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import exp
from pathlib import Path

from ntm_repair.matching.candidates import Candidate, kind_of
from ntm_repair.matching.weigh import FEATURES

DATA = Path(__file__).parents[1] / "data" / "garble.json"
KINDS = ("order", "confusion", "reordered", "missing", "extra", "substituted", "pivoted")
"""What a model is kept for: the source where there is no term, else how the term was damaged, "pivoted" by English."""


SURE = 0.9
"""The probability from which a place says something about the rest of the article."""
MOST_PRIOR = 4.0
"""The most, in nats, that an article full of damage adds to the log-odds of a place in it."""


class Model:
    """Intercepts and weights by kind. Raises ValueError where they do not fit the features of this version."""

    def __init__(self, path: Path = DATA) -> None:
        record = json.loads(path.read_text("utf-8"))
        if tuple(record["features"]) != tuple(FEATURES):
            raise ValueError(f"{path} was fitted for other features; run tools/calibrate.py")
        self._right: dict[str, list[float]] = record["right"]
        self._damaged: dict[str, list[float]] = record["damaged"]
        self.least: dict[str, float] = record["least"]
        """The probability from which a place is shown, by the kind of its best explanation."""

    def of(self, kind: str) -> tuple[Sequence[float], Sequence[float]]:
        """The intercept and the weights of a kind: for what is right, and for what is damaged."""
        return self._right[kind], self._damaged[kind]

    def logits(self, c: Candidate, features: Sequence[float]) -> tuple[float, float]:
        """How likely the candidate is what stood there, and how likely its place is damaged, as log-odds in nats."""
        kind = kind_of(c)
        return _logit(self._right[kind], features), _logit(self._damaged[kind], features)


def _logit(weights: Sequence[float], features: Sequence[float]) -> float:
    intercept, *by_feature = weights
    return intercept + sum(w * f for w, f in zip(by_feature, features, strict=True))


def logistic(logit: float) -> float:
    """Log-odds in nats as a probability."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def together(probabilities: Iterable[float]) -> float:
    """How likely it is that one of several things that exclude each other is so, each given against none of them."""
    odds = sum(p / (1 - p) for p in probabilities)
    return odds / (1 + odds)


def shares(probabilities: Sequence[float]) -> list[float]:
    """How likely each of several things that exclude each other is, each given against none of them."""
    odds = [p / (1 - p) for p in probabilities]
    whole = 1 + sum(odds)
    return [one / whole for one in odds]


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with the program."""
    return Model()
