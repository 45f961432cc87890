"""What the command line says about a review."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says about a review."""

    settings: dict[str, Any] = field(default_factory=dict)
    decisions: str | None = None
    output: str | None = None
    in_place: bool = False
    only: tuple[str, ...] = ()
    min_confidence: float = 0.0
    restart: bool = False
    line: bool = False
    web: bool = False
    html: str | None = None
