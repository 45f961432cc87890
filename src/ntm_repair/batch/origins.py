"""What decides a result besides its input and the settings of the run: decisions and allowed terms, from many files.

A digest of what they hold tells whether a result is still what would be made. It is taken before the work: where
something changes meanwhile the digest is the older one, and the next run makes the result again.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from ntm_repair.allow import Entry, allowances_for
from ntm_repair.decisions import shared_logs
from ntm_repair.errors import UsageError
from ntm_repair.ownlog import log_names, rivals


class Origins:
    """Asked with an input's path, gives the digest for its result. `log` stands in for all logs where it is given."""

    def __init__(self, log: str | None) -> None:
        self._log = log
        self._of_folder = lru_cache(maxsize=4096)(self._digest_of_folder)  # inputs come folder by folder
        self._of_log = lru_cache(maxsize=1)(_digest)

    def __call__(self, path: str) -> str:
        """Hexadecimal digits; equal where the same decisions and allowed terms reach the input."""
        article = Path(path)
        own = self._of_log(Path(self._log)) if self._log is not None else _digest_beside(article)
        return hashlib.sha256(f"{own} {self._of_folder(article.parent)}".encode()).hexdigest()[:32]

    def _digest_of_folder(self, folder: Path) -> str:
        anywhere = folder / "a"
        logs = [_digest(log) for log in shared_logs(anywhere)] if self._log is None else []
        return " ".join([*logs, _allowed(anywhere)])


def _digest_beside(article: Path) -> str:
    """Of the log beside an article; where the name could be another's, of both names, and of who might have it."""
    plain, full = map(_digest, log_names(article))
    if (plain, full) == ("-", "-"):
        return plain
    others = [other.name for other in rivals(article)]
    return plain if full == "-" and not others else f"{plain} {full} {others}"


def _digest(log: Path) -> str:
    try:
        return hashlib.sha256(log.read_bytes()).hexdigest()
    except FileNotFoundError:
        return "-"
    except OSError as error:
        return f"! {error.errno}"


def _allowed(article: Path) -> str:
    """What the entries hide, without what they only tell people."""
    try:
        allowed = allowances_for(str(article))
    except UsageError as error:
        return repr(error.message)

    def narrow(entry: Entry) -> tuple[str, ...]:
        return entry.term, entry.rule, entry.path, entry.context

    entries = sorted(map(narrow, allowed.entries))
    # Their paths are meant from the folder of the settings file; an entry without one means the same from any.
    folder = str(allowed.folder) if any(e.path for e in allowed.entries) else ""
    return hashlib.sha256(repr((folder, entries)).encode("utf-8", "surrogatepass")).hexdigest()
