"""Who answers, and when."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

from ntm_repair import __version__
from ntm_repair.resources import Resources
from ntm_repair.review.recorder import Author


def author(resources: Resources) -> Author:
    """Who answers, with what, and the time now."""
    return Author(user(), __version__, resources.lexicon.sha256, now)


def user() -> str:
    """The name the editor is logged in under; empty where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def now() -> str:
    """UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
