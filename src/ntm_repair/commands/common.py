"""What the commands share: languages, inputs, and telling the user about what could not be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_repair.config import Config
from ntm_repair.errors import EXIT_UNREADABLE, RepairError, UnreadableError, UsageError
from ntm_repair.files import find_articles, read_unit
from ntm_repair.formats import Unit, read_article, record_format
from ntm_repair.formats.base import MAX_ARTICLE
from ntm_repair.messages import LANGUAGES, Language, phrase, preferred_language, say
from ntm_repair.types import Document, Message

STDIN = "-"
NAMED = 3
"""Files named one by one where there may be many."""


def language(name: str | None) -> Language:
    """A `--lang` value, checked; without one, what the system prefers."""
    if name is None:
        return preferred_language()
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


def article_files(paths: Sequence[str], exclude: Sequence[str], lang: Language) -> list[str]:
    """The files of articles and records that arguments name, each once, folders searched; "-" stays itself."""
    found: list[str] = []
    ours: list[Path] = []
    for path in paths:
        found += [STDIN] if path == STDIN else [str(p) for p in find_articles(Path(path), exclude, ours)]
    tell_ours(ours, found, lang)
    return list(dict.fromkeys(found))


def tell_ours(ours: Sequence[Path], found: Sequence[str], lang: Language) -> None:
    """Say once what is passed over because the program wrote it. Raises UsageError where nothing else is there."""
    if not ours:
        return
    if not found:
        raise UsageError(Message("error.only_ours", {"path": str(ours[0])}))
    names = ", ".join(str(p) for p in ours[:NAMED]) + (" …" if len(ours) > NAMED else "")
    tell(phrase("scan.ours", lang, count=len(ours), names=names))


@dataclass
class Inputs:
    """The articles that the arguments name, read one by one; what cannot be read is said, counted and passed over.

    Files of records (JSON lines, tables) are many articles and not among them: one that is named raises UsageError.
    """

    paths: Sequence[str]
    encoding: str | None
    lang: Language
    exclude: Sequence[str] = ()
    unreadable: int = 0
    found: list[str] | None = None

    def files(self) -> list[str]:
        """Every article's path, folders searched; "-" stays itself. Raises UsageError for a path that is not there."""
        if self.found is None:
            for path in self.paths:
                if path != STDIN and not Path(path).is_dir() and record_format(path) is not None:
                    raise UsageError(Message("error.records", {"path": path}))
            files = article_files(self.paths, self.exclude, self.lang)
            self.found = [path for path in files if path == STDIN or record_format(path) is None]
        if not self.found:
            raise UsageError(Message("error.records", {"path": self.paths[0]}))
        return self.found

    def documents(self) -> Iterator[Document]:
        """The articles in order."""
        return (unit.document for unit in self.units())

    def units(self) -> Iterator[Unit]:
        """The articles in order, with what is needed to write them back in their format."""
        for path in self.files():
            try:
                yield self.read(path)
            except UnreadableError as error:
                self.unreadable += 1
                tell_error(error, self.lang)

    def read(self, path: str) -> Unit:
        """One article, from its file or standard input."""
        if path == STDIN:
            return read_article(read_stdin(), STDIN, self.encoding)
        return read_unit(Path(path), self.encoding)

    def exit_code(self, otherwise: int) -> int:
        """EXIT_UNREADABLE where something could not be read, else `otherwise`; says how much went well."""
        if not self.unreadable:
            return otherwise
        if len(self.files()) > 1:
            tell(phrase("scan.unreadable", self.lang, count=self.unreadable))
        return max(EXIT_UNREADABLE, otherwise)


def read_stdin() -> bytes:
    """An article from standard input, refused where it is too long for one."""
    data = sys.stdin.buffer.read(MAX_ARTICLE + 1)
    if len(data) > MAX_ARTICLE:
        raise UnreadableError(Message("error.too_large", {"path": STDIN, "limit": MAX_ARTICLE // 2**20}))
    return data


def listed_paths(paths: Sequence[str], file_list: str | None) -> list[str]:
    """The paths named and, after them, those of a list, one a line. Raises UsageError where there are none."""
    found = list(paths)
    if file_list is not None:
        try:
            lines = sys.stdin.read() if file_list == STDIN else Path(file_list).read_text("utf-8-sig")
        except FileNotFoundError:
            raise UsageError(Message("error.missing", {"path": file_list})) from None
        except OSError as error:
            raise UsageError(Message("error.read", {"path": file_list, "reason": error.strerror or ""})) from None
        except UnicodeDecodeError:
            raise UsageError(Message("error.file_list", {"path": file_list})) from None
        found += [line for line in lines.splitlines() if line.strip()]
    if not found:
        raise UsageError(Message("error.no_paths"))
    return found


def check_settings(config: Config) -> None:
    """Load what the settings name besides themselves, as the commands would: the lexicons and the models.

    Raises UsageError for one that is not there or broken.
    """
    from ntm_repair import pipeline

    pipeline.with_models(pipeline.load_resources(lexicon_paths(config.lexicons)), config.values)


def lexicon_paths(names: Sequence[str]) -> tuple[Path, ...]:
    """The user's lexicon files. Raises UsageError for one that is not there."""
    paths = tuple(Path(name) for name in names)
    for path in paths:
        if not path.is_file():
            raise UsageError(Message("error.missing", {"path": str(path)}))
    return paths
