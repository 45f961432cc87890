"""From decisions to edits: what a log means for the text at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ntm_repair.anchors import locate
from ntm_repair.article import Article
from ntm_repair.decoding import output_encoding
from ntm_repair.errors import StaleError, UsageError
from ntm_repair.patch import OverlapError, apply_edits, with_margins
from ntm_repair.text import form_of, written_like
from ntm_repair.types import Decision, Edit, Finding, Message, Scalar


@dataclass(frozen=True, slots=True)
class Placed:
    """Decisions found in a text, each with its source span, and those that fit no single place of it."""

    found: tuple[tuple[Decision, int, int], ...]
    stale: tuple[Decision, ...]


def place(article: Article, decisions: Iterable[Decision]) -> Placed:
    """Find every decision in `article`: by offsets where it was made on this very text, else by its anchor."""
    found, stale = [], []
    for decision in decisions:
        span = _span(article, decision)
        if span is None:
            stale.append(decision)
        else:
            found.append((decision, *span))
    return Placed(tuple(found), tuple(stale))


def _span(article: Article, decision: Decision) -> tuple[int, int] | None:
    anchor = decision.anchor
    if decision.source_sha256 != article.document.source.sha256:
        return locate(article.view, anchor)
    first, last = article.view.from_source(anchor.start), article.view.from_source(anchor.end)
    return (anchor.start, anchor.end) if article.text[first:last] == anchor.text else None


def edits_for(article: Article, placed: Placed, safe: Iterable[Finding] = ()) -> list[Edit]:
    """The edits that decisions and safe findings ask for; a decision outranks a finding at the same place.

    Replacements are written in the source's own form (NFC, NFD ...) and encoding. Raises UsageError where two
    decisions contradict each other or a replacement does not fit the encoding.
    """
    document = article.document
    form = form_of(document.text)
    edits: list[Edit] = []
    for decision, start, end in placed.found:
        if decision.action == "keep":
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
    taken = [(start, end) for _, start, end in placed.found]
    edits += (
        Edit(f.start, f.end, f.suggestions[0].replacement, f.rule)
        for f in safe
        if f.applicability == "safe" and all(f.end <= start or end <= f.start for start, end in taken)
    )
    try:
        return with_margins(document.text, edits)
    except OverlapError as error:
        clash: dict[str, Scalar] = {"first": document.text[error.first.start : error.first.end]}
        clash["second"] = document.text[error.second.start : error.second.end]
        raise UsageError(Message("error.conflict", clash)) from None


def repaired(article: Article, edits: Iterable[Edit]) -> str:
    """The article's text with the edits made."""
    return apply_edits(article.document.text, edits)


def require_own(decisions: Iterable[Decision], placed: Placed, log: str, article: str) -> None:
    """Raise StaleError where a log was made on another article: not one of its decisions has a place in this one."""
    log_lines = list(decisions)
    if log_lines and not placed.found:
        values: dict[str, Scalar] = {
            "log": log,
            "path": article,
            "name": log_lines[0].source_name,
            "count": len(log_lines),
        }
        raise StaleError(Message("error.other_log", values))
