"""Edits as an editor reads them: the words taken out and put in, in their lines, with line numbers.

Articles are one long line a paragraph; a diff by lines would show whole paragraphs twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ntm_repair.report.positions import Positions
from ntm_repair.types import Document, Edit

CONTEXT = 48
"""Code points shown on either side of an edit."""

Part = tuple[Literal["same", "old", "new"], str]


@dataclass(frozen=True, slots=True)
class Hunk:
    """Neighbouring edits of a line: its number (from 1), the rules behind them, the parts to show in order."""

    line: int
    rules: tuple[str, ...]
    parts: tuple[Part, ...]


def hunks(document: Document, edits: Sequence[Edit]) -> Iterator[Hunk]:
    """The edits by place, those of a line whose contexts meet shown together."""
    positions = Positions(document)
    group: list[Edit] = []
    for edit in sorted(edits, key=lambda e: e.start):
        if group and (
            positions.line_column(edit.start)[0] != positions.line_column(group[-1].end)[0]
            or edit.start - group[-1].end > 2 * CONTEXT
        ):
            yield _hunk(document, positions, group)
            group = []
        group.append(edit)
    if group:
        yield _hunk(document, positions, group)


def _hunk(document: Document, positions: Positions, group: Sequence[Edit]) -> Hunk:
    text = document.text
    at = max(positions.line_span(group[0].start)[0], group[0].start - CONTEXT)
    parts: list[Part] = [("same", "… ")] if at > positions.line_span(group[0].start)[0] else []
    for edit in group:
        parts.append(("same", text[at : edit.start]))
        parts.append(("old", text[edit.start : edit.end].strip("\r\n")))
        parts.append(("new", edit.replacement))
        at = edit.end
    end = min(positions.line_span(at)[1], at + CONTEXT)
    parts.append(("same", text[at:end]))
    if end < positions.line_span(at)[1]:
        parts.append(("same", " …"))
    first = group[0]
    # A deleted paragraph takes along the break before it: the line to name is the one where its words stand.
    words_at = first.start + len(text[first.start : first.end]) - len(text[first.start : first.end].lstrip())
    rules = tuple(dict.fromkeys(e.rule for e in group))
    return Hunk(positions.line_column(words_at)[0], rules, tuple(p for p in parts if p[1]))


def render(hunk: Hunk, colour: bool = False) -> str:
    """A hunk as text, `[-taken out-]{+put in+}`."""
    marks = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
    paint = {"same": ("", ""), "old": ("\x1b[31m", "\x1b[0m"), "new": ("\x1b[32m", "\x1b[0m")}
    body = ""
    for kind, part in hunk.parts:
        (open_mark, close_mark), (on, off) = marks[kind], paint[kind] if colour else ("", "")
        body += f"{on}{open_mark}{visible(part)}{close_mark}{off}"
    return f"@@ {hunk.line} @@ {' '.join(hunk.rules)}\n  {body}"


def visible(text: str) -> str:
    """`text` on one line, breaks as ⏎ and controls as \ufffd, so that an article cannot drive a terminal."""
    breaks = text.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎")
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in breaks)


def visible_lines(text: str) -> str:
    """`text` with its line breaks, every other control and bidirectional mark as \ufffd: it cannot reorder a page."""
    if text.isprintable():
        return text
    return "\n".join(map(visible, text.splitlines())) + "\n" * text.endswith(("\n", "\r"))
