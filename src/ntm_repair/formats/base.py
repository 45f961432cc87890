"""What a format is: it reads a file into units of text and writes edits back into the very bytes it read.

Two kinds. An *article format* (plain text, HTML, Word) holds one article a file. A *record format* (JSON lines, CSV,
Parquet) holds many and is read in blocks, so that memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ntm_repair.formats.pieces import Pieces
from ntm_repair.types import Document, Edit, Message

MAX_ARTICLE = 32 * 2**20
"""The largest article file read, in bytes; the longest novels have a tenth of it."""
MAX_RECORD = 8 * 2**20
"""The longest record read, in bytes; a longer one is copied through and listed."""
BLOCK = 256 * 2**10
"""About how many bytes of records travel to a worker at a time: a second of work or so."""

Spans = tuple[tuple[int, int], ...]
"""Half-open code-point spans of `Document.text`."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One article as its format sees it. Where `pieces` is None, the text is the file, byte-order mark aside."""

    document: Document
    format: ArticleFormat
    pieces: Pieces | None = None
    fragile: Spans = ()
    """Where nothing is applied unasked: attributes, table cells, lists, whose repeats have good reason."""
    opaque: Spans = ()
    """Code and parts marked as another language: nothing is reported there."""
    container: bytes = b""
    """The file the text was taken out of, where `pieces` alone does not hold it."""

    def rewritten(self, edits: Sequence[Edit]) -> bytes:
        """The file with the edits made and every other byte as it was."""
        return self.format.write(self, edits)


class ArticleFormat(Protocol):
    """A format with one article a file."""

    suffixes: tuple[str, ...]

    def read(self, data: bytes, path: str, encoding: str | None) -> Unit:
        """The article in `data`. Raises UnreadableError where there is none, UsageError for an unknown encoding."""

    def write(self, unit: Unit, edits: Sequence[Edit]) -> bytes:
        """The file's bytes with `edits` made; without edits, the bytes that were read."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a record hold its text and its name. Without an id, a record is named by its number."""

    text: str = "text"
    id: str = "id"


@dataclass(frozen=True, slots=True)
class Shape:
    """What must be known to read a record by itself: taken from the beginning of the file, sent to every worker."""

    format: str
    path: str
    fields: Fields
    encoding: str = "utf-8"
    delimiter: str = ","
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """A record as it stands in the file. `number` is that of its line or row, from 1."""

    number: int
    data: Any
    readable: bool = True
    """False for what is only passed on: a header, a blank line, a part of a record that is too long."""
    problem: Message | None = None
    """Why it is passed on, where that is worth listing."""


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring records. `carry` stays with the reader (columns that no worker needs to see)."""

    raws: tuple[Raw, ...]
    carry: Any = None
    read: float = 0.0
    """About which share of the file has been read when this block is there, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that could be read."""

    document: Document
    raw: Raw
    place: Any = None
    """Where the text stands in it; belongs to the format."""


class BadRecord(Exception):  # noqa: N818 - it is the record that is bad
    """A record that cannot be read; it is passed on as it is, and listed."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.key)
        self.message = message


@dataclass(frozen=True, slots=True)
class Columns:
    """What is added to a record: the repaired text and what was found in the original."""

    text_clean: str
    ntm_findings: Sequence[Mapping[str, Any]]
    ntm_score: float
    names: tuple[str, ...] = field(default=("text_clean", "ntm_findings", "ntm_score"), init=False)


COLUMNS = ("text_clean", "ntm_findings", "ntm_score")


class RecordSource(Protocol):
    """An open record file."""

    shape: Shape

    def blocks(self) -> Iterator[Block]:
        """The records in order. Raises UnreadableError where the file turns out to be damaged."""

    def close(self) -> None: ...


class RecordSink(Protocol):
    """Where the records of a source are written to, in the same order and number."""

    def write(self, block: Block, records: Sequence[Any]) -> None:
        """Add what `write` or `copy` of the format made of the block's records."""

    def close(self) -> None:
        """Make the file whole and durable."""


class RecordFormat(Protocol):
    """A format with many records a file."""

    name: str
    suffixes: tuple[str, ...]

    def source(self, path: Path, fields: Fields, encoding: str | None) -> RecordSource:
        """Open a file. Raises UnreadableError, or UsageError where a needed package is missing."""

    def sink(self, path: Path, source: RecordSource, columns: bool) -> RecordSink:
        """Start the file that takes the records of `source`."""

    def parse(self, raw: Raw, shape: Shape) -> Record:
        """Read one record. Raises BadRecord."""

    def write(self, record: Record, shape: Shape, edits: Sequence[Edit], columns: Columns | None) -> Any:
        """The record with the edits made in its text, or with `columns` added and its text as it was."""

    def copy(self, raw: Raw, shape: Shape, columns: bool) -> Any:
        """The record as it was; formats whose rows must be equally long add empty columns."""
