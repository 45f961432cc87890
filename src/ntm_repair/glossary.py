"""The English-Vietnamese glossary: TSV files that an editor can open and edit; validated when loaded, immutable after.

A file has the header `english class vietnamese odd` (tabs between). `vietnamese` holds the ordinary translations, best
first; `odd` holds words that translation engines turn into this headword although it is not their sense ("xã" for
*social*). Both separate values by "; "; "-" among them means that the headword vanishes in Vietnamese.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

from ntm_repair.compiled import compiled
from ntm_repair.errors import UsageError
from ntm_repair.layers import HEADERS, builtin_folder
from ntm_repair.types import Message

HEADER = HEADERS["glossary"]
CLASSES = frozenset("function phrase verb noun adjective adverb number".split())
NOTHING = "-"
"""What stands for a headword that vanishes in Vietnamese."""
_SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Entry:
    """A headword of one word class. All forms are NFC and lower-case but for proper nouns."""

    english: str
    word_class: str
    vietnamese: tuple[str, ...]
    odd: tuple[str, ...]
    layer: str = "built-in"


@dataclass(frozen=True)
class Glossary:
    """All entries, in file and line order."""

    entries: tuple[Entry, ...]

    @classmethod
    def load(cls, files: Sequence[Path] | None = None, above: Sequence[tuple[Path, str]] = ()) -> Glossary:
        """The files given, else those shipped; `above` are further files, each with its layer.

        Raises UsageError, naming file and line, for the first broken row.
        """
        own = _shipped() if files is None else _all((path, "built-in") for path in files)
        return cls((*own, *_all(above)) if above else own)

    @cached_property
    def by_english(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by lower-cased headword, which may be of several words."""
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            found[entry.english.lower()] = (*found.get(entry.english.lower(), ()), entry)
        return found

    def __len__(self) -> int:
        return len(self.entries)


@lru_cache(maxsize=1)
def _shipped() -> tuple[Entry, ...]:
    return tuple(Entry(*row) for row in compiled("glossary", shipped_sha256(), partial(_shipped_rows)))


def _shipped_rows() -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    entries = _all((path, "built-in") for path in _shipped_files())
    return [(e.english, e.word_class, e.vietnamese, e.odd) for e in entries]


def _shipped_files() -> list[Path]:
    return sorted((builtin_folder() / "glossary").glob("*.tsv"))


def shipped_sha256() -> str:
    """Over the content of the files shipped with the program."""
    digest = hashlib.sha256()
    for path in _shipped_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _all(files: Iterable[tuple[Path, str]]) -> tuple[Entry, ...]:
    return tuple(entry for path, layer in files for entry in _entries(path, layer))


def _entries(path: Path, layer: str) -> Iterator[Entry]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(Message("error.read", {"path": str(path), "reason": str(error)})) from None
    composed = unicodedata.is_normalized("NFC", text)
    tidy = not any(flaw in text for flaw in ("  ", " \t", "\t ", " ;", " \n"))
    header_seen = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = tuple(line.split("\t"))
        if not header_seen:
            header_seen = fields == HEADER
            if not header_seen:
                raise _broken(path, number)
            continue
        if (
            len(fields) != len(HEADER)
            or fields[1] not in CLASSES
            or not (composed or unicodedata.is_normalized("NFC", line))
        ):
            raise _broken(path, number)
        english, word_class, vietnamese, odd = fields
        meanings = [tuple(v for v in value.split(_SEPARATOR) if v) for value in (vietnamese, odd)]
        untidy = not tidy and any(v != " ".join(v.split()) for values in meanings for v in values)
        if not english or not meanings[0] or untidy:
            raise _broken(path, number)
        yield Entry(english, word_class, meanings[0], meanings[1], layer)


def _broken(path: Path, line: int) -> UsageError:
    return UsageError(Message("lexicon.glossary", {"path": str(path), "line": line, "header": "\\t".join(HEADER)}))
