"""Findings for a person to read: place, words in context, why, how sure, what could stand there."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_repair.messages import Language, figure, phrase, say
from ntm_repair.pipeline import Scanned
from ntm_repair.report.diff import visible
from ntm_repair.report.othercopy import other_copy
from ntm_repair.report.positions import Positions
from ntm_repair.rules import names
from ntm_repair.types import Finding, Suggestion

CONTEXT = 40
"""Code points shown on either side of a finding."""


def lines(scanned: Scanned, language: Language) -> Iterator[str]:
    """The report on one article, line by line."""
    source = scanned.document.source
    path = visible(f"{source.path} [{source.id}]" if source.id else source.path)
    if not scanned.findings:
        yield phrase("scan.clean", language, path=path)
        return
    yield phrase("scan.count", language, path=path, count=len(scanned.findings))
    positions, in_file = Positions(scanned.document), Positions.in_file(scanned)
    for finding in scanned.findings:
        yield ""
        yield from _finding(scanned, finding, positions, in_file, language)


def offered(finding: Finding, suggestion: Suggestion, language: Language) -> str:
    """What a suggestion puts in place of the words; where it deletes them, with what goes along."""
    if suggestion.replacement:
        return visible(suggestion.replacement)
    along = phrase("review.with_mark", language, mark=finding.takes.strip()) if finding.takes else ""
    return phrase("scan.delete", language) + along


def _finding(
    scanned: Scanned, finding: Finding, positions: Positions, in_file: Positions, language: Language
) -> Iterator[str]:
    line, column = in_file.line_column(finding.start)
    kind = phrase(f"applicability.{finding.applicability}", language)
    yield f"  {line}:{column}  {finding.rule} {names()[finding.rule]}  {kind}  {figure(finding.confidence, language)}"
    text = scanned.document.text
    start, end = positions.line_span(finding.start)
    end = max(end, finding.end)
    before, after = text[max(start, finding.start - CONTEXT) : finding.start], text[finding.end : finding.end + CONTEXT]
    lead = "… " if finding.start - CONTEXT > start else ""
    tail = " …" if finding.end + CONTEXT < end else ""
    after = after[: max(0, end - finding.end)]
    yield f"      {lead}{visible(before)}[{visible(finding.text)}]{visible(after)}{tail}"
    yield f"      {say(finding.message, language)}"
    if other := other_copy(scanned, finding, in_file, language):
        yield f"      {other}"
    for s in finding.suggestions:
        replacement = offered(finding, s, language)
        source = phrase(f"source.{s.source}", language)
        yield f"      → {replacement}  ({figure(s.score, language)} {source}: {say(s.why, language)})"
