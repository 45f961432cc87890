"""From decisions to edits: what a log means for the text at hand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from ntm_repair.anchors import locate
from ntm_repair.article import Article
from ntm_repair.decoding import output_encoding
from ntm_repair.errors import StaleError, UsageError
from ntm_repair.patch import OverlapError, apply_edits, with_margins
from ntm_repair.standing import standing
from ntm_repair.text import form_of, written_like
from ntm_repair.types import Decision, Document, Edit, Finding, Message, Scalar


@dataclass(frozen=True, slots=True)
class Placed:
    """Decisions found in a text, each with its source span, and those that fit no single place of it."""

    found: tuple[tuple[Decision, int, int], ...]
    stale: tuple[Decision, ...]


class Spans:
    """Half-open spans that may overlap each other, to be asked quickly whether they overlap another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def overlap(self, start: int, end: int) -> bool:
        """Whether any of the spans shares a code point with [start, end)."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start


def place(article: Article, decisions: Iterable[Decision], findings: Iterable[Finding] = ()) -> Placed:
    """Find every decision in `article`: by offsets where it was made on this very text, else by its anchor.

    Decisions for a whole file or for every article are placed on the equal ones among `findings` that no decision of
    their own reaches; those that fit none are not stale.
    """
    holds = standing(decisions)
    found: list[tuple[Decision, int, int]] = []
    stale: list[Decision] = []
    for decision in holds.of_record(article.document.source.id):
        span = _span(article, decision)
        if span is None:
            stale.append(decision)
        else:
            found.append((decision, _from(article, span[0], decision.takes), span[1]))
    own = Spans((start, end) for _, start, end in found)
    for finding in findings if holds.file or holds.everywhere else ():
        wide = holds.wide(finding)
        if wide and not own.overlap(finding.start, finding.end):
            start = _from(article, finding.start, finding.takes if wide.action == "delete" else "")
            found.append((wide, finding.start if own.overlap(start, finding.end) else start, finding.end))
    return Placed(tuple(found), tuple(stale))


def _from(article: Article, start: int, takes: str) -> int:
    """Where a deletion begins that takes what stands right before the words; where that is not there, at the words."""
    return start - len(takes) if takes and article.document.text.endswith(takes, 0, start) else start


def _span(article: Article, decision: Decision) -> tuple[int, int] | None:
    anchor = decision.anchor
    if decision.source_sha256 != article.document.source.sha256:
        return locate(article.view, anchor)
    first, last = article.view.from_source(anchor.start), article.view.from_source(anchor.end)
    return (anchor.start, anchor.end) if article.text[first:last] == anchor.text else None


def edits_for(article: Article, placed: Placed, safe: Iterable[Finding] = ()) -> list[Edit]:
    """The edits that decisions and safe findings ask for; a decision outranks a finding at the same place.

    Replacements are written in the source's own form (NFC, NFD ...) and encoding; a safe finding whose replacement does
    not fit the encoding asks for nothing. Raises UsageError where two decisions contradict each other or what was
    decided does not fit the encoding.
    """
    document = article.document
    form = form_of(document.text)
    edits: list[Edit] = []
    for decision, start, end in placed.found:
        if decision.action in ("keep", "allow"):
            continue
        try:
            replacement = written_like(decision.replacement, form, output_encoding(document.source))
        except UnicodeEncodeError:
            values: dict[str, Scalar] = {
                "text": decision.replacement,
                "encoding": document.source.encoding,
                "line": decision.number,
            }
            raise UsageError(Message("error.unencodable", values)) from None
        edits.append(Edit(start, end, replacement, decision.rule))
    taken = Spans((start, end) for _, start, end in placed.found)
    for finding in writable(document, safe):
        if finding.applicability == "safe" and not taken.overlap(finding.start, finding.end):
            replacement = written_like(finding.suggestions[0].replacement, form, output_encoding(document.source))
            start = finding.start if replacement else _from(article, finding.start, finding.takes)
            start = finding.start if taken.overlap(start, finding.end) else start
            edits.append(Edit(start, finding.end, replacement, finding.rule))
    try:
        return with_margins(document.text, edits)
    except OverlapError as error:
        clash: dict[str, Scalar] = {"first": document.text[error.first.start : error.first.end]}
        clash["second"] = document.text[error.second.start : error.second.end]
        raise UsageError(Message("error.conflict", clash)) from None


def writable(document: Document, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings whose first suggestion the encoding of the document can hold."""
    suggested = [f for f in findings if f.suggestions]
    if not suggested:
        return ()
    encoding = output_encoding(document.source)
    form = form_of(document.text)

    def fits(finding: Finding) -> bool:
        try:
            written_like(finding.suggestions[0].replacement, form, encoding)
        except UnicodeEncodeError:
            return False
        return True

    return tuple(filter(fits, suggested))


def repaired(article: Article, edits: Iterable[Edit]) -> str:
    """The article's text with the edits made."""
    return apply_edits(article.document.text, edits)


def require_own(decisions: Iterable[Decision], placed: Placed, log: str, article: str) -> None:
    """Raise StaleError where a log was made on another article: not one of its decisions has a place in this one."""
    log_lines = [d for d in decisions if d.scope == "this" and d.action != "note"]
    if log_lines and not placed.found:
        values: dict[str, Scalar] = {
            "log": log,
            "path": article,
            "name": log_lines[0].source_name,
            "count": len(log_lines),
        }
        raise StaleError(Message("error.other_log", values))
