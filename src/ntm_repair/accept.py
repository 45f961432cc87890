"""What is applied without asking: nothing, what rules call safe, or also what is sure enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from ntm_repair.errors import UsageError
from ntm_repair.types import Finding, Message

Level = Literal["none", "safe", "review"]
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Accept:
    """How far unattended repair goes. `min_confidence` (0 to 1) counts for "review" only.

    Raises UsageError for a level that is none: taken for another, it would change what was to be left alone.
    """

    level: Level = "safe"
    min_confidence: float = 1.0

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise _not_one("accept", self.level, " | ".join(LEVELS))
        if type(self.min_confidence) not in (int, float) or not 0 <= self.min_confidence <= 1:
            raise _not_one("min_confidence", self.min_confidence, "0 … 1")


def _not_one(name: str, value: object, wanted: str) -> UsageError:
    return UsageError(Message("error.option_value", {"option": name, "value": repr(value), "wanted": wanted}))


SAFE = Accept()


def accepted(findings: Iterable[Finding], accept: Accept) -> tuple[Finding, ...]:
    """The findings whose first suggestion is applied unasked, marked as safe.

    Under "review" a finding counts as sure as the less sure of its two halves, that the place is damaged and that the
    first suggestion repairs it. A finding without a suggestion is never among them.
    """
    if accept.level == "none":
        return ()
    return tuple(
        f if f.applicability == "safe" else replace(f, applicability="safe")
        for f in findings
        if f.suggestions
        and (
            f.applicability == "safe"
            or (
                accept.level == "review"
                and f.applicability == "review"
                and min(f.confidence, f.suggestions[0].score) >= accept.min_confidence
            )
        )
    )
