"""Weights that turn the evidence for a candidate into a probability: one logistic model for each way to be damaged.

Fitted by `tools/calibrate.py` on planted damage; the figures are in `docs/calibration.md`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from math import exp
from pathlib import Path

from ntm_repair.matching.candidates import Candidate, kind_of
from ntm_repair.matching.weigh import FEATURES

DATA = Path(__file__).parents[1] / "data" / "garble.json"
KINDS = ("order", "confusion", "reordered", "missing", "extra", "substituted")
"""What a model is kept for: the source where there is no term, else how the term was damaged."""


class Model:
    """Intercept and weights by kind. Raises ValueError where they do not fit the features of this version."""

    def __init__(self, path: Path = DATA) -> None:
        record = json.loads(path.read_text("utf-8"))
        if tuple(record["features"]) != tuple(FEATURES):
            raise ValueError(f"{path} was fitted for other features; run tools/calibrate.py")
        self._weights: dict[str, list[float]] = record["weights"]
        self.least: dict[str, float] = record["least"]
        """The probability from which a place is shown, by the kind of its best explanation."""

    def of(self, kind: str) -> Sequence[float]:
        """The intercept and the weights of a kind."""
        return self._weights[kind]

    def logit(self, c: Candidate, features: Sequence[float]) -> float:
        """How likely the candidate is what stood there, as log-odds in nats."""
        intercept, *weights = self._weights[kind_of(c)]
        return intercept + sum(w * f for w, f in zip(weights, features, strict=True))


def logistic(logit: float) -> float:
    """Log-odds in nats as a probability."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with the program."""
    return Model()
