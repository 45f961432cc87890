"""Where lexicon files come from, and what a file holds.

Built-in files are overridden by the user's own (a folder of the user's account), those by the project's: files named
on the command line or in a settings file. A file's first row, its header, says what it holds.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

Layer = Literal["built-in", "user", "project"]
Kind = Literal["terms", "glossary", "answers", "garbles"]

HEADERS: dict[Kind, tuple[str, ...]] = {
    "terms": ("term", "kind", "aliases", "english", "note"),
    "glossary": ("english", "class", "vietnamese", "odd"),
    "answers": ("seen", "meant", "rule", "count"),
    "garbles": ("garbled", "right", "note"),
}


def builtin_folder() -> Path:
    """Where the files shipped with the program are: in the installed package, or in the checkout it runs from."""
    package = Path(__file__).parent / "data" / "lexicon"
    return package if package.is_dir() else Path(__file__).parents[2] / "lexicon"


def user_folder() -> Path:
    """Where the user's own lexicon files are: `$NTM_REPAIR_HOME/lexicon`, else below the system's settings folder."""
    own = os.environ.get("NTM_REPAIR_HOME")
    if own:
        return Path(own) / "lexicon"
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home())
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "ntm-repair" / "lexicon"


def user_files() -> list[Path]:
    """The user's own lexicon files, by name; none where there is no such folder."""
    try:
        return sorted(user_folder().glob("*.tsv"))
    except (OSError, RuntimeError):  # no home to look in
        return []


def above_builtin(project: Sequence[Path]) -> list[tuple[Path, Layer]]:
    """The files over the built-in ones, each with its layer, the project's last."""
    mine = user_files()
    named = {p.resolve() for p in project}
    return [*((p, "user") for p in mine if p.resolve() not in named), *((p, "project") for p in project)]


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file, its header first, each with the number of its line; blank lines and comments are no rows."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split("\t")


def kind_of(text: str) -> Kind:
    """What a file holds, by its header; "terms" where that is none of those known, so that its problems are named."""
    _, first = next(rows_of(text), (0, []))
    return next((kind for kind, header in HEADERS.items() if tuple(first) == header), "terms")
