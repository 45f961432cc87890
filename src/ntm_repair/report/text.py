"""Findings for a person to read: place, words in context, why, how sure, what could stand there."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ntm_repair.messages import Language, figure, phrase, say
from ntm_repair.pipeline import Scanned
from ntm_repair.report.diff import visible
from ntm_repair.report.othercopy import other_copy
from ntm_repair.report.positions import Positions
from ntm_repair.rules import names
from ntm_repair.types import Finding, Suggestion

CONTEXT = 40
"""Code points shown on either side of a finding."""
_WORD_BEFORE, _WORD_AFTER = regex.compile(r"\S*$"), regex.compile(r"\S*")


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


def offered(scanned: Scanned, finding: Finding, suggestion: Suggestion, language: Language) -> str:
    """What a suggestion puts in place of the words; where it deletes them, with what goes along.

    Of a place that is nothing but marks and spaces the words beside it are shown as they would then stand.
    """
    shown = beside(scanned, finding, suggestion.replacement)
    if shown:
        return visible(shown)
    along = phrase("review.with_mark", language, mark=finding.takes.strip()) if finding.takes else ""
    return phrase("scan.delete", language) + along


def beside(scanned: Scanned, finding: Finding, replacement: str) -> str:
    """A replacement, between the words beside it where neither it nor what it replaces has any word."""
    if any(map(str.isalnum, finding.text + replacement)):
        return replacement
    text = scanned.document.text
    before = _WORD_BEFORE.search(text[max(0, finding.start - CONTEXT) : finding.start])
    after = _WORD_AFTER.match(text[finding.end : finding.end + CONTEXT])
    return (before.group() if before else "") + replacement + (after.group() if after else "")


def unhelped(finding: Finding, language: Language) -> str:
    """What is said where there is a decision to take and nothing to suggest; else nothing."""
    return phrase("scan.none", language) if not finding.suggestions and finding.applicability != "none" else ""


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
        replacement = offered(scanned, finding, s, language)
        source = phrase(f"source.{s.source}", language)
        yield f"      → {replacement}  ({figure(s.score, language)} {source}: {say(s.why, language)})"
    if none := unhelped(finding, language):
        yield f"      → {none}"
