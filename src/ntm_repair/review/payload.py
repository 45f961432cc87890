"""A session as the page reads it: plain data, all text made safe to show, offsets turned into pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ntm_repair.messages import CATALOGUES, Language, figure, phrase, say
from ntm_repair.report.diff import visible_lines as shown
from ntm_repair.report.positions import Positions
from ntm_repair.review.case import Case
from ntm_repair.review.evidence import evidence_lines, notices
from ntm_repair.review.groups import Group, Item
from ntm_repair.review.session import Session
from ntm_repair.review.words import answer_text, suggestion_text, telling
from ntm_repair.rules import names
from ntm_repair.types import Decision, Finding, Scope, Suggestion

CONTEXT = 48
"""Code points shown on either side of a change."""
SCOPES: tuple[Scope, ...] = ("this", "file", "everywhere")


def strings(language: Language) -> dict[str, str]:
    """What the page says."""
    own = {k.removeprefix("page."): v for k, v in CATALOGUES[language].items() if k.startswith("page.")}
    return {**own, "language": language}


def overview(session: Session, language: Language, target: str) -> dict[str, Any]:
    """How far the review is, its articles and its groups."""
    left = {id(case): 0 for case in session.cases}
    total = dict(left)
    for item in session.items:
        total[id(item.case)] += 1
        left[id(item.case)] += session.is_open(item)
    return {
        "articles": [
            {"name": shown(case.name), "total": total[id(case)], "left": left[id(case)]} for case in session.cases
        ],
        "groups": [group(session, g, n, language) for n, g in enumerate(session.groups)],
        "groupScope": phrase(f"review.group_scope.{session.group_scope}", language, folder=shown(str(session.root))),
        "total": len(session.items),
        "left": session.undecided,
        "target": shown(target),
        "folder": shown(str(session.root)),
        "stale": [f"{d.rule} “{shown(d.anchor.text)}”" for d in session.stale],
    }


def group(session: Session, group: Group, number: int, language: Language) -> dict[str, Any]:
    """A group, shown by its first open finding."""
    item = session.first_of(group)
    left = session.left_in(group)
    answer = session.answer_of(item) if not left else None
    return {
        "id": number,
        "item": group.items[0],
        "text": telling(item.finding.anchor.text),
        "message": " ".join([say(item.finding.message, language), *notices(item.case.scanned, item.finding, language)]),
        "rule": item.finding.rule,
        "count": len(group.items),
        "left": left,
        "articles": group.articles,
        "options": [option(s, language) for s in item.finding.suggestions[:9]],
        "answer": answer_text(answer, language) if answer else "",
    }


def article(session: Session, number: int, language: Language) -> dict[str, Any]:
    """An article: its text in pieces, and its findings."""
    case = session.cases[number]
    return {"number": number, "pieces": list(pieces(session, case)), "items": items(session, case, language)}


def pieces(session: Session, case: Case) -> Iterator[str | int]:
    """The text between findings, and the numbers of the findings, in order."""
    text, at = case.scanned.document.text, 0
    for number, item in enumerate(session.items):
        if item.case is case:
            yield shown(text[at : item.finding.start - len(item.finding.takes)])
            yield number
            at = item.finding.end
    yield shown(text[at:])


def items(session: Session, case: Case, language: Language) -> list[dict[str, Any]]:
    """The findings of an article with their answers."""
    positions = Positions(case.scanned.document)
    groups = {number: n for n, g in enumerate(session.groups) for number in g.items}
    return [
        one(session, item, number, groups[number], positions, language)
        for number, item in enumerate(session.items)
        if item.case is case
    ]


def one(
    session: Session, item: Item, number: int, group: int, positions: Positions, language: Language
) -> dict[str, Any]:
    """A finding, why it was flagged, what could stand there, and what was answered."""
    finding, text = item.finding, item.case.scanned.document.text
    line, column = positions.line_column(finding.start)
    line_start, line_end = positions.line_span(finding.start)[0], positions.line_span(finding.end)[1]
    reach = {scope: session.reach(item, scope) for scope in SCOPES}
    answer = session.answer_of(item)
    return {
        "id": number,
        "group": group,
        "rule": f"{finding.rule} {names().get(finding.rule, '')}",
        "kind": phrase(f"applicability.{finding.applicability}", language),
        "safe": finding.applicability == "safe" and bool(finding.suggestions),
        "confidence": figure(float(finding.confidence), language),
        "place": phrase("review.place", language, line=line, column=column),
        "text": shown(finding.text),
        "label": telling(finding.text),
        "raw": finding.anchor.text,
        "before": shown(text[max(line_start, finding.start - CONTEXT) : finding.start - len(finding.takes)]),
        "takes": shown(finding.takes),
        "after": shown(text[finding.end : min(line_end, finding.end + CONTEXT)]),
        "message": say(finding.message, language),
        "evidence": evidence_lines(finding, language),
        "notices": notices(item.case.scanned, finding, language),
        "note": shown(item.case.note(finding)),
        "options": [option(s, language, finding.takes) for s in finding.suggestions[:9]],
        "reach": {scope: {"findings": f, "articles": a} for scope, (f, a) in reach.items()},
        "answer": given(answer, finding, language) if answer else None,
    }


def option(suggestion: Suggestion, language: Language, takes: str = "") -> dict[str, Any]:
    """A suggestion as it is offered."""
    return {
        "text": suggestion_text(suggestion, language, takes),
        "raw": suggestion.replacement,
        "source": phrase(f"source.{suggestion.source}", language),
        "from": suggestion.source,
        "score": figure(float(suggestion.score), language),
        "why": say(suggestion.why, language),
    }


def given(answer: Decision, finding: Finding, language: Language) -> dict[str, Any]:
    """An answer in force."""
    return {
        "action": answer.action,
        "raw": answer.replacement,
        "shown": shown(answer.replacement),
        "scope": answer.scope,
        "takes": shown(answer.takes if answer.scope == "this" else finding.takes * (answer.action == "delete")),
        "text": answer_text(answer, language),
    }
