"""What editors answered before: which words were put in place of which. Learned from decision logs, kept as TSV.

A file has the header `seen meant rule count` (tabs between): the words that stood there, what was put in their place
("-" for nothing), the code of the rule that found them, and how often that was the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_repair.errors import UsageError
from ntm_repair.layers import HEADERS, rows_of
from ntm_repair.types import Message

NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Answer:
    """One row. `seen` is compared without case."""

    seen: str
    meant: str
    rule: str
    count: int
    layer: str


def read_answers(files: Iterable[tuple[Path, str]]) -> dict[tuple[str, str], tuple[Answer, ...]]:
    """Answers by rule and lower-cased words, those of later layers first, then the more frequent.

    `files` are paths with their layers. Raises UsageError, naming file and line, for the first broken row.
    """
    found: dict[tuple[str, str], tuple[Answer, ...]] = {}
    for path, layer in files:
        for answer in _answers(path, layer):
            key = answer.rule, answer.seen.casefold()
            others = [a for a in found.get(key, ()) if a.meant != answer.meant]
            found[key] = tuple(sorted((answer, *others), key=_rank))
    return found


def _rank(answer: Answer) -> tuple[int, int, str]:
    return ("project", "user").index(answer.layer) if answer.layer != "built-in" else 2, -answer.count, answer.meant


def _answers(path: Path, layer: str) -> Sequence[Answer]:
    rows = []
    header_seen = False
    for number, fields in rows_of(path.read_text("utf-8-sig")):
        if not header_seen:
            header_seen = True
            continue
        if len(fields) != len(HEADERS["answers"]) or not fields[0] or not fields[3].isdecimal():
            values: dict[str, str | int] = {"path": str(path), "line": number}
            raise UsageError(Message("lexicon.answers", {**values, "header": "\\t".join(HEADERS["answers"])}))
        seen, meant, rule, count = fields
        rows.append(Answer(seen, "" if meant == NOTHING else meant, rule, int(count), layer))
    return rows
