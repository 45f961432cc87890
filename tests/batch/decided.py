"""Decision logs as editors leave them, for the tests of runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import ntm_repair
from ntm_repair.decisions import to_json
from ntm_repair.standing import offered
from ntm_repair.types import Action, Decision, Document, Finding, Scope, Source

Answer = tuple[Action, str]
"""What an editor does at a finding and what is put in its place."""


def decisions(
    article: str, record: str, answer: Callable[[Finding], Answer | None], scope: Scope = "this", first: int = 1
) -> list[Decision]:
    """The lines for what `answer` decides about an article, None for what it leaves open."""
    digest = hashlib.sha256(article.encode("utf-8", "surrogatepass")).hexdigest()
    found = ntm_repair.scan(Document(article, Source("", digest, "utf-8", id=record))).findings
    lines = []
    for finding in found:
        given = answer(finding)
        if given is None:
            continue
        action, replacement = given
        lines.append(
            Decision(
                number=first + len(lines), at="2024-05-02T08:00:00.000Z", by="lan", action=action, rule=finding.rule,
                fingerprint=finding.fingerprint, anchor=finding.anchor, replacement=replacement, suggested_by="",
                scope=scope, undoes=0, source_name="", record=record, source_sha256=digest, tool_version="0",
                lexicon_sha256="0" * 64, offered=offered(finding),
            )
        )  # fmt: skip
    return lines


def write_log(path: Path, lines: Iterable[Decision]) -> None:
    """A log file of the lines."""
    made = (json.dumps(to_json(line), ensure_ascii=False) + "\n" for line in lines)
    path.write_text("".join(made), "utf-8")
