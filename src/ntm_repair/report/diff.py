"""Edits as an editor reads them: the words taken out and put in, in their lines, with line numbers.

Articles are one long line a paragraph; a diff by lines would show whole paragraphs twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from ntm_repair.messages import Language, phrase
from ntm_repair.report.positions import Positions
from ntm_repair.types import Document, Edit

CONTEXT = 48
"""Code points shown on either side of an edit."""

Part = tuple[Literal["same", "old", "new"], str]


BREAKS = regex.compile(r"\r\n|[\r\n\u2028\u2029]")
_EDGE = regex.compile(r"^\s*(?:\r\n|[\r\n\u2028\u2029])\s*|\s*(?:\r\n|[\r\n\u2028\u2029])\s*$")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Neighbouring edits of a line: its number (from 1), the rules behind them, the parts to show in order."""

    line: int
    rules: tuple[str, ...]
    lines: tuple[tuple[Part, ...], ...]
    """Parts by line of the text: a paragraph never runs into the next."""
    removed: int = 0
    """How many whole paragraphs go, where that is all; then each is a line."""


def hunks(document: Document, edits: Sequence[Edit]) -> Iterator[Hunk]:
    """The edits by place, those of a line whose contexts meet shown together."""
    positions = Positions(document)
    group: list[Edit] = []
    for edit in sorted((_without_breaks(document.text, e) for e in edits), key=lambda e: e.start):
        if group and (
            positions.line_column(edit.start)[0] != positions.line_column(group[-1].end)[0]
            or edit.start - group[-1].end > 2 * CONTEXT
        ):
            yield _hunk(document, positions, group)
            group = []
        group.append(edit)
    if group:
        yield _hunk(document, positions, group)


def _without_breaks(text: str, edit: Edit) -> Edit:
    """A deletion without the line breaks at its ends: those of a paragraph that goes say nothing by themselves."""
    words = text[edit.start : edit.end]
    if edit.replacement or not words.strip():
        return edit
    start, end = edit.start, edit.end
    for match in _EDGE.finditer(words):
        if match.start() == 0:
            start = edit.start + match.end()
        else:
            end = edit.start + match.start()
    return Edit(start, end, "", edit.rule)


def _hunk(document: Document, positions: Positions, group: Sequence[Edit]) -> Hunk:
    text = document.text
    line = positions.line_column(group[0].start)[0]
    rules = tuple(dict.fromkeys(e.rule for e in group))
    first, last = positions.line_span(group[0].start)[0], positions.line_span(group[-1].end)[1]
    gone = [words.strip() for words in BREAKS.split(text[group[0].start : group[-1].end]) if words.strip()]
    whole = text[first:last].strip() == text[group[0].start : group[0].end].strip()
    if len(group) == 1 and not group[0].replacement and whole and gone:
        return Hunk(line, rules, tuple((("old", words),) for words in gone), len(gone))
    at = max(first, group[0].start - CONTEXT)
    parts: list[Part] = [("same", "… ")] if at > first else []
    for edit in group:
        parts.append(("same", text[at : edit.start]))
        parts.append(("old", text[edit.start : edit.end]))
        parts.append(("new", edit.replacement))
        at = edit.end
    end = min(last, at + CONTEXT)
    parts.append(("same", text[at:end]))
    if end < last:
        parts.append(("same", " …"))
    return Hunk(line, rules, tuple(_by_line(parts)))


def _by_line(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """The parts with a new line after every break, which is taken out or put in too and shown as ⏎."""
    line: list[Part] = []
    for kind, text in parts:
        at = 0
        for match in BREAKS.finditer(text):
            line.append((kind, text[at : match.end()]))
            yield tuple(line)
            line, at = [], match.end()
        if text[at:]:
            line.append((kind, text[at:]))
    if line:
        yield tuple(line)


def render(hunk: Hunk, language: Language, colour: bool = False) -> str:
    """A hunk as text, `[-taken out-]{+put in+}`, a line of the text a line."""
    marks = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
    paint = {"same": ("", ""), "old": ("\x1b[31m", "\x1b[0m"), "new": ("\x1b[32m", "\x1b[0m")}
    body = ""
    for parts in hunk.lines:
        body += "\n  "
        for kind, part in parts:
            (open_mark, close_mark), (on, off) = marks[kind], paint[kind] if colour else ("", "")
            body += f"{on}{open_mark}{visible(part)}{close_mark}{off}"
    return f"@@ {hunk.line} @@ {what(hunk, language)}{body}"


def what(hunk: Hunk, language: Language) -> str:
    """The rules behind a hunk, and whether whole paragraphs go."""
    rules = " ".join(hunk.rules)
    return f"{rules} {phrase('report.removed', language, count=hunk.removed)}" if hunk.removed else rules


def visible(text: str) -> str:
    """`text` on one line, breaks as ⏎ and controls as \ufffd, so that an article cannot drive a terminal."""
    breaks = text.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎")
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in breaks)


def visible_lines(text: str) -> str:
    """`text` with its line breaks, every other control and bidirectional mark as \ufffd: it cannot reorder a page."""
    if text.isprintable():
        return text
    return "\n".join(map(visible, text.splitlines())) + "\n" * text.endswith(("\n", "\r"))
