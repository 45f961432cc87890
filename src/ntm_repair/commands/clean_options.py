"""What `clean` was told on the command line, for all of its ways."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; None is for what it does not say."""

    settings: dict[str, Any] = field(default_factory=dict)
    config: str | None = None
    decisions: str | None = None
    output: str | None = None
    out_dir: str | None = None
    in_place: bool = False
    diff: bool = False
    overwrite: bool = False
    file_list: str | None = None


def wants_colour() -> bool:
    """Whether standard output is a terminal that takes colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
