"""Allowed terms: what a folder's editors have said is right, so that it is never reported again.

They stand in `ntm-repair.toml` as `[[allow]]` tables, where people read and change them; adding and removing keeps the
comments of the file. An entry hides a finding whose whole text is its term (NFC, case and white space aside); `rule`,
`path` (a pattern below the file's folder, `*` for anything) and `context` (words of the same paragraph) narrow it.
Allowing a term and keeping one finding are two different things.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

from ntm_repair.article import Article
from ntm_repair.configfile import NAME, find_upwards
from ntm_repair.errors import UsageError, WriteError
from ntm_repair.files import write_atomically
from ntm_repair.types import Finding, Message

RULES = tuple(
    f"NTM{number}"
    for number in (
        *(101, 102, 103, 201, 202, 203, 301, 302, 303, 304, 305),
        *(401, 402, 403, 404, 405, 406),
        *(501, 502, 503, 601, 602, 603, 604),
    )
)
"""The codes an entry may name. The rules themselves stand on a floor above; a test compares."""
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[allow]]` table; empty fields do not narrow."""

    term: str
    rule: str = ""
    path: str = ""
    context: str = ""
    reason: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Allowances:
    """The entries of one settings file and the folder their paths are meant from."""

    entries: tuple[Entry, ...] = ()
    folder: Path = Path()

    def entry_for(self, article: Article, finding: Finding) -> Entry | None:
        """The first entry that hides a finding; None where it is to be reported."""
        if not self.entries:
            return None
        text = plain(finding.text)
        return next((e for e in self.entries if plain(e.term) == text and self._fits(e, article, finding)), None)

    def split(
        self, article: Article, findings: Iterable[Finding]
    ) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, Entry], ...]]:
        """The findings to report, and those hidden with the entry that hides each."""
        shown, hidden = [], []
        for finding in findings:
            entry = self.entry_for(article, finding)
            if entry is None:
                shown.append(finding)
            else:
                hidden.append((finding, entry))
        return tuple(shown), tuple(hidden)

    def _fits(self, entry: Entry, article: Article, finding: Finding) -> bool:
        if entry.rule and entry.rule.casefold() != finding.rule.casefold():
            return False
        if entry.path and not fnmatchcase(relative(article.document.source.path, self.folder), entry.path):
            return False
        return not entry.context or plain(entry.context) in plain(_paragraph(article, finding))


def plain(text: str) -> str:
    """`text` as terms are compared: NFC, lower case, white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def relative(path: str, folder: Path) -> str:
    """`path` as an entry names it: from the settings file's folder, with forward slashes."""
    full = Path(path).resolve()
    return full.relative_to(folder).as_posix() if full.is_relative_to(folder) else full.as_posix()


def _paragraph(article: Article, finding: Finding) -> str:
    at = article.view.from_source(finding.start)
    return next((article.text[s.start : s.end] for s in article.segments if s.start <= at <= s.end), "")


def allowances_for(path: str) -> Allowances:
    """What the nearest settings file above an article allows. Raises UsageError for a file that is broken."""
    file = _settings(_folder(path))
    return _NONE if file is None else read(file)


_NONE = Allowances()


@lru_cache(maxsize=64)
def _folder(path: str) -> Path:
    """The folder of a file: that of a thousand records is asked for a thousand times."""
    return Path(path).parent


@lru_cache(maxsize=1024)
def _settings(folder: Path) -> Path | None:
    return find_upwards(folder)


def settings_file(folder: Path) -> Path:
    """Where a new entry for articles in `folder` goes: the nearest settings file, or a new one there."""
    return find_upwards(folder) or folder.resolve() / NAME


def read(file: Path) -> Allowances:
    """The entries of a settings file. Raises UsageError, naming the entry, for one that is malformed."""
    try:
        changed = file.stat()
    except OSError as error:
        raise UsageError(Message("error.read", {"path": str(file), "reason": error.strerror or ""})) from None
    return _read(file, changed.st_mtime_ns, changed.st_size)


@lru_cache(maxsize=16)
def _read(file: Path, changed: int, size: int) -> Allowances:
    try:
        tables = tomllib.loads(file.read_text("utf-8-sig")).get("allow", [])
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(Message("error.toml", {"path": str(file), "reason": str(error)})) from None
    if not isinstance(tables, list):
        raise UsageError(Message("error.allow", {"path": str(file), "number": 1}))
    return Allowances(tuple(_entry(file, n, t) for n, t in enumerate(tables, 1)), file.resolve().parent)


def _entry(file: Path, number: int, table: Any) -> Entry:
    names = {f.name for f in fields(Entry)}
    right = isinstance(table, dict) and set(table) <= names and all(isinstance(v, str) for v in table.values())
    if not right or not table.get("term", "").strip():
        raise UsageError(Message("error.allow", {"path": str(file), "number": number}))
    rule = table.get("rule", "")
    if rule and rule.upper() not in RULES:
        values = {"path": str(file), "number": number, "rule": rule, "codes": ", ".join(RULES)}
        raise UsageError(Message("error.allow_rule", values))
    return Entry(**table)


def add(file: Path, entry: Entry) -> bool:
    """Write an entry at the end of the settings file, made if need be; False where an equal one stands there already.

    Raises UsageError for a broken file, WriteError where it cannot be written.
    """
    import tomlkit

    text = _text(file)
    old = read(file).entries if text is not None else ()
    if any(_same(entry, e) for e in old):
        return False
    document = tomlkit.parse(text or "")
    table = tomlkit.table()
    for name, value in asdict(entry).items():
        if value:
            table.add(name, value)
    if "allow" not in document:
        document.append("allow", tomlkit.aot())
    document["allow"].append(table)
    _write(file, tomlkit.dumps(document))
    return True


def remove(file: Path, entries: Iterable[Entry]) -> int:
    """Take entries out of the settings file; returns how many were there."""
    import tomlkit

    gone = set(entries)
    standing = read(file).entries
    document = tomlkit.parse(_text(file) or "")
    tables: Any = document["allow"]
    numbers = [i for i, entry in enumerate(standing) if entry in gone]
    for i in reversed(numbers):
        del tables[i]
    if not len(tables):
        del document["allow"]
    _write(file, tomlkit.dumps(document))
    return len(numbers)


def _same(one: Entry, other: Entry) -> bool:
    narrow = ("rule", "path", "context")
    return plain(one.term) == plain(other.term) and all(getattr(one, n) == getattr(other, n) for n in narrow)


def _text(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise WriteError(Message("error.read", {"path": str(file), "reason": str(error)})) from None


def _write(file: Path, text: str) -> None:
    marked = file.exists() and file.read_bytes().startswith(_BOM)  # as Notepad writes it; the file stays as it is
    write_atomically(file, _BOM * marked + text.encode("utf-8"))
    _settings.cache_clear()
