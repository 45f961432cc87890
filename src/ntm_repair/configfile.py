"""Where a user's own settings are: `ntm-repair.toml`, looked for beside the article and upwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

NAME = "ntm-repair.toml"


def find_upwards(start: Path) -> Path | None:
    """The nearest `ntm-repair.toml` in `start` (a file's folder, or the folder itself) or above; None where none is."""
    folder = start.resolve()
    if not seen(folder.is_dir):
        folder = folder.parent
    return next((f / NAME for f in (folder, *folder.parents) if seen((f / NAME).is_file)), None)


def seen(asked: Callable[[], bool]) -> bool:
    """What `asked` says of a path; no for one in a folder that may not be looked into."""
    try:
        return asked()
    except PermissionError:
        return False
