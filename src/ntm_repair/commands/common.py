"""What the commands share: languages, inputs, and telling the user about what could not be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_repair.decoding import decode
from ntm_repair.errors import EXIT_UNREADABLE, RepairError, UnreadableError, UsageError
from ntm_repair.files import find_articles, read_document
from ntm_repair.messages import LANGUAGES, Language, phrase, say
from ntm_repair.types import Document, Message

STDIN = "-"


def language(name: str) -> Language:
    """A `--lang` value, checked."""
    for known in LANGUAGES:
        if name == known:
            return known
    raise UsageError(Message("error.language", {"language": name}))


def tell(text: str) -> None:
    """Say something to the person at the terminal; results go to stdout, everything else here."""
    print(text, file=sys.stderr)


def tell_error(error: RepairError, lang: Language) -> None:
    """The one line of a failure."""
    tell(say(error.message, lang))


@dataclass
class Inputs:
    """The articles that the arguments name, read one by one; what cannot be read is said, counted and passed over."""

    paths: Sequence[str]
    encoding: str | None
    lang: Language
    unreadable: int = 0

    def files(self) -> list[str]:
        """Every article's path, folders searched; "-" stays itself. Raises UsageError for a path that is not there."""
        found: list[str] = []
        for path in self.paths:
            found += [STDIN] if path == STDIN else [str(p) for p in find_articles(Path(path))]
        return list(dict.fromkeys(found))

    def documents(self) -> Iterator[Document]:
        """The articles in order."""
        for path in self.files():
            try:
                yield self.read(path)
            except UnreadableError as error:
                self.unreadable += 1
                tell_error(error, self.lang)

    def read(self, path: str) -> Document:
        """One article, from its file or standard input."""
        if path == STDIN:
            return decode(sys.stdin.buffer.read(), STDIN, self.encoding)
        return read_document(Path(path), self.encoding)

    def exit_code(self, otherwise: int) -> int:
        """EXIT_UNREADABLE where something could not be read, else `otherwise`; says how much went well."""
        if not self.unreadable:
            return otherwise
        if len(self.files()) > 1:
            tell(phrase("scan.unreadable", self.lang, count=self.unreadable))
        return EXIT_UNREADABLE


def lexicon_paths(names: Sequence[str]) -> tuple[Path, ...]:
    """The user's lexicon files. Raises UsageError for one that is not there."""
    paths = tuple(Path(name) for name in names)
    for path in paths:
        if not path.is_file():
            raise UsageError(Message("error.missing", {"path": str(path)}))
    return paths
