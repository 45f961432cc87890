"""What travels between the process that reads and writes and those that find and repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ntm_repair.accept import SAFE, Accept
from ntm_repair.formats.base import Fields, Raw, Shape
from ntm_repair.likely import LEAST
from ntm_repair.types import Decision, Message


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the result of a run, apart from its inputs. Picklable."""

    lexicons: tuple[str, ...] = ()
    encoding: str | None = None
    fields: Fields = field(default_factory=Fields)
    accept: Accept = SAFE
    columns: bool = False
    """Whether records get `text_clean`, `ntm_findings`, `ntm_score` beside their text, which then stays as it was."""
    least_score: float = LEAST
    """Suggestions below it are neither shown nor put into columns."""
    log: str | None = None
    """A decision log to use instead of the one beside the article."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file (`number` 0) or one of its records that could not be repaired and is passed on as it was."""

    path: str
    number: int
    message: Message


@dataclass(slots=True)
class Tally:
    """Counts of a run or a part of it."""

    articles: int = 0
    edits: int = 0
    undecided: int = 0
    stale: int = 0
    failures: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    """By rule."""

    def add(self, other: Tally) -> None:
        """Count `other` in."""
        self.articles += other.articles
        self.edits += other.edits
        self.undecided += other.undecided
        self.stale += other.stale
        self.failures += other.failures
        self.findings.update(other.findings)


@dataclass(frozen=True, slots=True)
class ArticleTask:
    """A file that is one article; the result is left in `temporary`."""

    path: str
    temporary: str = ""
    data: bytes | None = None
    """What the file holds, where it came by another way than its path."""
    neighbours: tuple[str, ...] = ()
    """Files whose articles may show what was meant, where they are to be asked; the file itself may be among them."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Small files to be taken together; each has a result of its own."""

    tasks: tuple[ArticleTask, ...]


@dataclass(frozen=True, slots=True)
class BlockTask:
    """Neighbouring records of a file, with the decisions its log holds."""

    shape: Shape
    raws: tuple[Raw, ...]
    decisions: tuple[Decision, ...] = ()
    size: float = 0.0
    """About how many bytes of the file it takes, where somebody wants to know."""
    doubled: frozenset[str] = frozenset()
    """Names of records that several texts of the file have: decisions hold for the very text they were made on."""


@dataclass(slots=True)
class Outcome:
    """What came of a task."""

    tally: Tally = field(default_factory=Tally)
    failures: list[Failure] = field(default_factory=list)
    records: Sequence[Any] = ()
    """What the format's sink takes, one for each record of a block."""
    changed: bool = False
    sha256: str = ""
    written_sha256: str = ""
    reached: set[tuple[str, str]] = field(default_factory=set)
    """The records that decisions of their own were there for: name and, where it is doubled, the text's SHA-256."""
    retry: bool = False
    """The file could not be taken as it stands now; another run may fare better."""
    fatal: Message | None = None
    """What ends the whole run: the disk is full, say."""

    def fail(self, path: str, number: int, message: Message) -> None:
        """List a failure."""
        self.failures.append(Failure(path, number, message))
        self.tally.failures += 1
