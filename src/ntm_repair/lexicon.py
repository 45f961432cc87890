"""The domain lexicon: TSV files that an editor can open, edit and compare; validated when loaded, immutable after.

A file has the header `term kind aliases english note` (tabs between). `aliases` and `english` hold several values
separated by "; ". Lines that start with "#" and blank lines are skipped. Later layers override earlier ones: a user's
row for a term replaces the built-in one.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ntm_repair.compiled import compiled
from ntm_repair.errors import UsageError
from ntm_repair.layers import HEADERS, above_builtin, builtin_folder, kind_of, rows_of
from ntm_repair.types import Message

HEADER = HEADERS["terms"]
KINDS = frozenset(
    (
        "level criterion programme agency party office document event award activity concept agriculture land"
        " irrigation environment culture health education finance phrase place ethnic abbreviation"
    ).split()
)
_SHORT_KINDS = frozenset({"place", "ethnic", "abbreviation"})
"""Kinds whose terms may be a single syllable."""
_SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Term:
    """An entry: its canonical form, what else is right, what it is in English, and where it stands."""

    term: str
    kind: str
    aliases: tuple[str, ...]
    english: tuple[str, ...]
    note: str
    file: str
    line: int
    layer: str
    """ "built-in", "user" or "project"."""


class LexiconError(UsageError):
    """A lexicon that cannot be loaded: its first problem, by file and line."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.args = (problem,)  # what it is made of again in another process
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a lexicon file; `message` says what, where and what to do."""

    path: str
    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms in force, in file and line order, the built-in ones first."""

    terms: tuple[Term, ...]
    sha256: str
    """Over the content of every file, in the order loaded."""
    glossaries: tuple[tuple[Path, str], ...] = ()
    """Glossary files over the built-in ones, each with its layer."""
    answers: tuple[tuple[Path, str], ...] = ()
    """Files of earlier answers, each with its layer."""
    garbles: tuple[tuple[Path, str], ...] = ()
    """Files of wrong forms over the built-in ones, each with its layer."""

    def __hash__(self) -> int:
        return hash(self.sha256)

    @classmethod
    def load(cls, project_files: Sequence[Path] = (), builtin: Path | None = None) -> Lexicon:
        """The built-in lexicon, the user's own files over it, the project's over those.

        Raises LexiconError for the first problem in any.
        """
        files = _files(builtin, project_files)
        rows, digest, *others = compiled("lexicon", _content(files), partial(_rows, files))
        glossaries, answers, garbles = (tuple((Path(path), layer) for path, layer in found) for found in others)
        return cls(tuple(Term(*row) for row in rows), digest, glossaries, answers, garbles)

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Lexicon:
        """A lexicon of the given terms, for tests and programs."""
        terms = tuple(terms)
        return cls(terms, hashlib.sha256(repr(terms).encode("utf-8")).hexdigest())


def builtin_files() -> list[Path]:
    """The files shipped with the program, by name."""
    return sorted(builtin_folder().glob("*.tsv"))


def check(files: Sequence[Path]) -> tuple[int, list[Problem]]:
    """How many terms the files hold, and every problem in them; without files, of the built-in lexicon."""
    read = _read([(p, "project") for p in files] if files else _files(None, ()))
    from ntm_repair import wrongforms
    from ntm_repair.answers import read_answers
    from ntm_repair.glossary import Glossary

    rows = len(read.terms)
    for path, layer in (*read.glossaries, *read.answers, *read.garbles):
        try:
            if (path, layer) in read.glossaries:
                rows += len(Glossary.load([path]))
            elif (path, layer) in read.answers:
                rows += len(read_answers([(path, layer)]))
            else:
                rows += len(list(wrongforms.read(path, layer)))
        except UsageError as error:
            line = error.message.values.get("line")
            read.problems.append(Problem(str(path), line if isinstance(line, int) else 0, error.message))
    return rows, read.problems


def _files(builtin: Path | None, project_files: Sequence[Path]) -> list[tuple[Path, str]]:
    own = builtin_files() if builtin is None else sorted(builtin.glob("*.tsv"))
    return [*((p, "built-in") for p in own), *above_builtin(project_files)]


@dataclass
class _Read:
    terms: dict[str, Term]
    problems: list[Problem]
    glossaries: list[tuple[Path, str]]
    answers: list[tuple[Path, str]]
    garbles: list[tuple[Path, str]]
    digest: str = ""


def _read(files: Sequence[tuple[Path, str]]) -> _Read:
    read = _Read({}, [], [], [], [])
    terms, problems = read.terms, read.problems
    digest = hashlib.sha256()
    for path, layer in files:
        try:
            data = path.read_bytes()
            text = data.decode("utf-8-sig")
        except OSError as error:
            raise UsageError(Message("error.read", {"path": str(path), "reason": error.strerror or ""})) from None
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            problems.append(_problem(path, line, "utf8"))
            continue
        digest.update(data)
        kind = "terms" if layer == "built-in" else kind_of(text)
        if kind != "terms":
            {"glossary": read.glossaries, "answers": read.answers, "garbles": read.garbles}[kind].append((path, layer))
            continue
        for found in _entries(path, layer, text):
            if isinstance(found, Problem):
                problems.append(found)
                continue
            earlier = terms.get(found.term.casefold())
            if earlier is not None and earlier.layer == found.layer:
                place = f"{Path(earlier.file).name}:{earlier.line}"
                problems.append(_problem(path, found.line, "duplicate", term=found.term, place=place))
            else:
                terms[found.term.casefold()] = found
    problems += _alias_problems(terms)
    read.digest = digest.hexdigest()
    return read


def _content(files: Sequence[tuple[Path, str]]) -> str:
    """A digest of the files, their names and layers. Raises UsageError for one that cannot be read."""
    digest = hashlib.sha256()
    for path, layer in files:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UsageError(Message("error.read", {"path": str(path), "reason": error.strerror or ""})) from None
        digest.update(f"{layer} {path} {len(data)}\n".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.hexdigest()


_Row = tuple[str, str, tuple[str, ...], tuple[str, ...], str, str, int, str]
_Layered = list[tuple[str, str]]


def _rows(files: Sequence[tuple[Path, str]]) -> tuple[list[_Row], str, _Layered, _Layered, _Layered]:
    """The terms of the files, their digest, and the files that hold other things, as plain data.

    Raises LexiconError for the first problem in any.
    """
    read = _read(files)
    if read.problems:
        raise LexiconError(read.problems[0])
    rows = [(t.term, t.kind, t.aliases, t.english, t.note, t.file, t.line, t.layer) for t in read.terms.values()]
    glossaries, answers, garbles = (
        [(str(path), layer) for path, layer in found] for found in (read.glossaries, read.answers, read.garbles)
    )
    return rows, read.digest, glossaries, answers, garbles


def _entries(path: Path, layer: str, text: str) -> Iterator[Term | Problem]:
    """The rows of a file, each a term or what is wrong with it."""
    header_seen = False
    for number, fields in rows_of(text):
        if not header_seen:
            header_seen = True
            if tuple(fields) != HEADER:
                yield _problem(path, number, "header", header="\\t".join(HEADER))
                return
            continue
        yield _entry(path, number, layer, fields)
    if not header_seen:
        yield _problem(path, 1, "header", header="\\t".join(HEADER))


def _entry(path: Path, number: int, layer: str, fields: Sequence[str]) -> Term | Problem:
    if len(fields) != len(HEADER):
        return _problem(path, number, "columns", found=len(fields), wanted=len(HEADER))
    for name, value in zip(HEADER, fields, strict=True):
        if value != " ".join(value.split()):
            return _problem(path, number, "spaces", column=name)
        if not unicodedata.is_normalized("NFC", value):
            return _problem(path, number, "nfc", column=name)
    term, kind, aliases, english, note = fields
    if not term:
        return _problem(path, number, "empty")
    if kind not in KINDS:
        return _problem(path, number, "kind", kind=kind, nearest=_nearest(kind))
    if len(term.split()) < 2 and kind not in _SHORT_KINDS:
        return _problem(path, number, "short", term=term)
    split = [tuple(v for v in value.split(_SEPARATOR) if v) for value in (aliases, english)]
    if any(";" in value for values in split for value in values):
        return _problem(path, number, "separator")
    return Term(term, kind, split[0], split[1], note, str(path), number, layer)


def _alias_problems(terms: dict[str, Term]) -> list[Problem]:
    """An alias that is a term of its own, or stands for two terms, would make two repairs of one."""
    problems: list[Problem] = []
    owners: dict[str, Term] = {}
    for term in terms.values():
        for alias in term.aliases:
            other = terms.get(alias.casefold()) or owners.get(alias.casefold())
            if other is not None:
                place = f"{Path(other.file).name}:{other.line}"
                problems.append(_problem(Path(term.file), term.line, "alias", alias=alias, place=place))
            owners[alias.casefold()] = term
    return problems


def _nearest(kind: str) -> str:
    from rapidfuzz import process

    return str(process.extractOne(kind, sorted(KINDS))[0])


def _problem(path: Path, line: int, what: str, **values: str | int) -> Problem:
    return Problem(str(path), line, Message(f"lexicon.{what}", {"path": str(path), "line": line, **values}))
