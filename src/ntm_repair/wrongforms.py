"""Wrong forms that a machine makes of set phrases, with what must stand there: TSV files that an editor can add to.

A file has the header `garbled right note` (tabs between). `garbled` is what no writer would write, two words and more;
`right` what stood there before, several values separated by "; " where nobody can tell which. Files of the user's own
come over those shipped: a row for the same wrong form replaces the built-in one.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_repair.errors import UsageError
from ntm_repair.layers import HEADERS, builtin_folder, rows_of
from ntm_repair.types import Message

HEADER = HEADERS["garbles"]
_SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class WrongForm:
    """A row: the wrong form, what may have stood there, and where the row stands."""

    garbled: str
    right: tuple[str, ...]
    note: str
    file: str
    line: int
    layer: str
    """ "built-in", "user" or "project"."""


def load(above: Sequence[tuple[Path, str]] = ()) -> tuple[WrongForm, ...]:
    """The rows in force: those shipped, and over them further files, each with its layer.

    Raises UsageError, naming file and line, for the first broken row.
    """
    rows: dict[str, WrongForm] = {}
    for path, layer in (*((path, "built-in") for path in _shipped()), *above):
        for row in read(path, layer):
            rows[row.garbled.casefold()] = row
    return tuple(rows.values())


def shipped_sha256() -> str:
    """Over the content of the files shipped with the program."""
    digest = hashlib.sha256()
    for path in _shipped():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _shipped() -> list[Path]:
    return sorted((builtin_folder() / "garbles").glob("*.tsv"))


def read(path: Path, layer: str) -> Iterator[WrongForm]:
    """The rows of a file. Raises UsageError for the first broken one, a wrong form that is listed twice among them."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(Message("error.read", {"path": str(path), "reason": str(error)})) from None
    seen: set[str] = set()
    header_seen = False
    for number, fields in rows_of(text):
        if not header_seen:
            header_seen = True
            if tuple(fields) != HEADER:
                raise _broken(path, number)
            continue
        row = _row(path, number, layer, fields)
        if row is None or row.garbled.casefold() in seen:
            raise _broken(path, number)
        seen.add(row.garbled.casefold())
        yield row


def _row(path: Path, number: int, layer: str, fields: Sequence[str]) -> WrongForm | None:
    if len(fields) != len(HEADER) or not _tidy(fields):
        return None
    garbled, right, note = fields
    forms = tuple(right.split(_SEPARATOR))
    if len(garbled.split()) < 2 or not all(forms) or garbled.casefold() in (form.casefold() for form in forms):
        return None
    return WrongForm(garbled, forms, note, str(path), number, layer)


def _tidy(fields: Iterable[str]) -> bool:
    return all(value == " ".join(value.split()) and unicodedata.is_normalized("NFC", value) for value in fields)


def _broken(path: Path, line: int) -> UsageError:
    return UsageError(Message("lexicon.garbles", {"path": str(path), "line": line, "header": "\\t".join(HEADER)}))
