"""`scan --format github`: workflow commands that GitHub shows as annotations on a change."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_repair.messages import Language, say
from ntm_repair.pipeline import Scanned
from ntm_repair.report.positions import Positions
from ntm_repair.report.text import beside
from ntm_repair.rules import names


def lines(scanned: Scanned, line: int, language: Language) -> Iterator[str]:
    """One command a finding; those of a record stand at its line, `line` from 1."""
    positions = Positions.in_file(scanned)
    for f in scanned.findings:
        level = "notice" if f.applicability == "none" else "warning"
        place = {"file": scanned.document.source.path}
        if line:
            place["line"] = str(line)
        else:
            start, column = positions.line_column(f.start)
            end, end_column = positions.line_column(f.end)
            place |= {"line": str(start), "endLine": str(end)}
            if start == end:
                place |= {"col": str(column), "endColumn": str(end_column)}
        place["title"] = f"{f.rule} {names()[f.rule]}"
        properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
        message = f"{beside(scanned, f, f.text)}: {say(f.message, language)}"
        if f.suggestions and f.suggestions[0].replacement:
            message += f" → {beside(scanned, f, f.suggestions[0].replacement)}"
        yield f"::{level} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
