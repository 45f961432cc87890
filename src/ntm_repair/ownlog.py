"""Which log is an article's own, and which of its lines.

An article's log is `<stem>.decisions.jsonl`. Articles that differ in their ending only (`bai.txt`, `bai.md`) would
share it, and answers given in one would reach the other; so where another article has the same stem, a new log takes
the whole name: `bai.txt.decisions.jsonl`. A log that is there stays, with the article its lines name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ntm_repair.decisions import LOG_ENDING, read_log
from ntm_repair.errors import UsageError
from ntm_repair.formats import SUFFIXES
from ntm_repair.ours import is_ours
from ntm_repair.types import Decision, Message


@dataclass(frozen=True, slots=True)
class OwnLog:
    """An article's log, and what in it belongs to others: nothing, but for logs from when siblings shared one."""

    path: Path
    article: str = ""
    """The article's name; it may be left out where no line belongs to others."""
    others: frozenset[str] = frozenset()
    """Names of articles whose lines are not this one's."""
    elsewhere: frozenset[str] = frozenset()
    """Lines made on these texts (SHA-256) under a name that is gone are another article's too."""
    only: tuple[str, str] | None = None
    """A record and its text (SHA-256), where other texts of the file have the record's name too: answers to single
    places of that name are this text's only where they were made on it."""

    def holds(self, line: Decision) -> bool:
        """Whether a line of the log is this article's."""
        if self.only is not None and line.scope == "this" and line.record == self.only[0]:
            return line.source_sha256 == self.only[1]
        if line.source_name == self.article:
            return True
        return line.source_name not in self.others and (bool(line.record) or line.source_sha256 not in self.elsewhere)

    def of(self, lines: Iterable[Decision]) -> list[Decision]:
        """Those of the log's lines that are this article's."""
        if not self.others and not self.elsewhere and self.only is None:
            return list(lines)
        return [line for line in lines if self.holds(line)]


def log_path(article: Path) -> Path:
    """Where an article's decisions are kept unless told otherwise. Raises as `own_log` does."""
    return own_log(article).path


def own_log(article: Path) -> OwnLog:
    """An article's log: the one that is there, else the one to start.

    Raises UsageError for a malformed log, and where two logs hold the article's answers.
    """
    found = existing_log(article)
    if found is not None:
        return found
    others = rivals(article)
    plain, full = log_names(article)
    return OwnLog(full, article.name, frozenset(other.name for other in others)) if others else OwnLog(plain)


def existing_log(article: Path) -> OwnLog | None:
    """The log that holds an article's answers; None where it has none yet. Raises as `own_log` does."""
    held = [_held(log, article) for log in log_names(article) if _is_file(log)]
    named = [log for log, is_named in filter(None, held) if is_named]
    if len(named) > 1:
        values = {"path": str(article), "first": str(named[0].path), "second": str(named[1].path)}
        raise UsageError(Message("error.two_logs", values))
    return named[0] if named else next((log for log, _ in filter(None, held)), None)


def log_names(article: Path) -> tuple[Path, Path]:
    """The two names a log of this article may have: by its stem, and by its whole name."""
    return article.with_name(article.stem + LOG_ENDING), article.with_name(article.name + LOG_ENDING)


def rivals(article: Path) -> list[Path]:
    """The other articles whose log would have a name that this one's may have, by name."""
    names = {base + s for base in (article.stem, article.name) for ending in SUFFIXES for s in (ending, ending.upper())}
    paths = (article.with_name(name) for name in sorted({*names, article.stem}))
    return [p for p in paths if p.name.lower().endswith(SUFFIXES) and _is_rival(p, article) and not is_ours(p)]


def _is_file(path: Path) -> bool:
    """Whether there is such a file; no where the name is too long for one or the folder may not be looked into."""
    try:
        return path.is_file()
    except OSError:
        return False


def _is_rival(other: Path, article: Path) -> bool:
    if other.name == article.name or set(log_names(other)).isdisjoint(log_names(article)):
        return False
    if not _is_file(other):
        return False
    return not (article.exists() and other.samefile(article))  # one file where case makes no difference


def _held(log: Path, article: Path) -> tuple[OwnLog, bool] | None:
    """A log with what is others' in it, and whether a line names this article; None where no line can be its own."""
    lines = read_log(log)
    if all(line.source_name == article.name for line in lines):
        return (OwnLog(log), True) if lines else None
    others = {n for n in {line.source_name for line in lines} if n and _is_rival(article.with_name(n), article)}
    texts = {
        line.source_sha256 for line in lines if not line.record and line.source_name not in {*others, article.name}
    }
    is_named = any(line.source_name == article.name for line in lines)
    elsewhere: set[str] = set()
    if texts:
        # A file that was renamed since: its text tells whose the lines are.
        near = rivals(article)
        others |= {other.name for other in near}
        own = _sha256(article)
        elsewhere = {digest for other in near if (digest := _sha256(other)) != own} & texts
        is_named = is_named or own in texts
    found = OwnLog(log, article.name, frozenset(others), frozenset(elsewhere))
    return (found, is_named) if found.of(lines) else None


def _sha256(path: Path) -> str:
    try:
        state = path.stat()
        return _sha256_of(path, state.st_mtime_ns, state.st_size)
    except OSError:
        return ""


@lru_cache(maxsize=64)
def _sha256_of(path: Path, changed: int, size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def by_article(log: Path, lines: Iterable[Decision], article: Path | None) -> Iterator[tuple[Path, list[Decision]]]:
    """The lines of a log with the article they were made on; `article` for those that name no other beside it."""
    listed = list(lines)
    for name in sorted({line.source_name for line in listed}):
        named = log.with_name(name) if name else None
        path = named if article is None or (named is not None and _is_rival(named, article)) else article
        if path is not None:
            yield path, [line for line in listed if line.source_name == name]
