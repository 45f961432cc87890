"""The records that travel through the program. Imports nothing of ours; every record is immutable.

All offsets are code points of `Document.text`, half-open, unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Applicability = Literal["safe", "review", "none"]
"""What may be done with a rule's suggestion unasked: apply it, only show it, or only report the place."""

SegmentKind = Literal["title", "caption", "body", "byline", "date", "blank"]

Action = Literal["accept", "edit", "keep", "delete", "allow", "note", "undo"]
"""What an editor does: take a suggestion, write another text, leave the place alone, delete it, allow its term from now
on, leave a note (which answers nothing), or take back."""

Scope = Literal["this", "file", "everywhere"]
"""How far an answer reaches: this finding, or all equal findings of the file, or of every article below the folder."""

SuggestionSource = Literal["lexicon", "article", "glossary", "deletion", "context", "rule", "llm", "mt"]
"""Where a replacement comes from; "rule": from the damaged text alone (a space put in, letters read again)."""

Scalar = str | int | float | bool | None
Evidence = Mapping[str, Scalar | tuple[Scalar, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document's text came from, and all that is needed to write it back byte for byte."""

    path: str
    sha256: str
    encoding: str
    """Python codec name, without the byte-order mark: "utf-8", "utf-16-le", "cp1258" ..."""
    bom: bytes = b""
    newline: str = "\n"
    """The line break the text uses most: "\\n", "\\r\\n" or "\\r" ("" when it has none)."""
    id: str = ""
    """The record's name inside the file; empty where the file is one article."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `text` is exactly what was read: line breaks, NFC or NFD form and all."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph and the part it plays. A segment excludes its line break."""

    start: int
    end: int
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence still without a language: a key of `messages.py` and the values to fill in."""

    key: str
    values: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to repair a finding. An empty replacement deletes."""

    replacement: str
    score: float
    """0 to 1: how likely an editor is to take it, as far as the ranker can tell."""
    source: SuggestionSource
    why: Message


@dataclass(frozen=True, slots=True)
class Hit:
    """A damaged place as a rule sees it. Offsets are code points of `Article.text`, the NFC view."""

    start: int
    end: int
    message: Message
    confidence: float
    evidence: Evidence
    suggestions: tuple[Suggestion, ...] = ()
    applicability: Applicability | None = None
    """Where it differs from the rule's own."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One damaged place, why it was flagged and what could stand there instead."""

    rule: str
    fingerprint: str
    """16 hexadecimal digits over rule and anchor: the same place keeps it when the article changes elsewhere."""
    anchor: Anchor
    start: int
    end: int
    text: str
    message: Message
    confidence: float
    """0 to 1; for rules with a probability model, the posterior."""
    evidence: Evidence
    suggestions: tuple[Suggestion, ...] = ()
    applicability: Applicability = "review"
    ranked_first: tuple[str | None, ...] = ()
    """The replacement that was first, None for no suggestion, before experience moved them; empty where none did."""
    takes: str = ""
    """What goes too when the words are deleted: the text right before them, a comma that another mark would follow."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a place is, said twice: by offsets for the source at hand, by its surroundings for any other.

    `text`, `before` and `after` are NFC; the two contexts are at most 24 code points long and end at the line's edge.
    `occurrence` counts from 1 among the `total` places of the article with the same text and contexts.
    """

    start: int
    end: int
    text: str
    before: str
    after: str
    occurrence: int
    total: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the decision log."""

    number: int
    at: str
    """UTC, ISO 8601, to the millisecond."""
    by: str
    action: Action
    rule: str
    fingerprint: str
    anchor: Anchor
    replacement: str
    suggested_by: SuggestionSource | Literal[""]
    scope: Scope
    undoes: int
    """The number of the line taken back; 0 unless `action` is "undo"."""
    source_name: str
    record: str
    """`Source.id` of the record inside the file; empty where the file is one article."""
    source_sha256: str
    tool_version: str
    lexicon_sha256: str
    offered: str | None = None
    """The first suggestion when the answer was given: with rule and text, what makes findings equal."""
    note: str = ""
    """What the editor wrote beside it, for colleagues; empty unless `action` is "note"."""
    takes: str = ""
    """What stands right before the words and is deleted with them; empty unless `action` is "delete"."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `text[start:end]`; the only thing `patch` understands."""

    start: int
    end: int
    replacement: str
    rule: str = ""
