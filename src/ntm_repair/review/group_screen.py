"""The groups of equal findings, as lines: a list to move in, and the one under the arrow in full."""

from __future__ import annotations

from ntm_repair.messages import Language, figure, phrase, say
from ntm_repair.report.diff import visible
from ntm_repair.review.evidence import notices
from ntm_repair.review.groups import Group
from ntm_repair.review.screen import INDENT, bar, in_context, option, progress
from ntm_repair.review.session import Session
from ntm_repair.review.words import answer_text, case_name, suggestion_text, telling
from ntm_repair.review.wrap import Line, fit, width_of, wrap


def header(session: Session, language: Language, width: int) -> list[Line]:
    """Two lines: what is under review with how far it is, and how far an answer reaches."""
    paths = len(session.cases)
    name = case_name(session.cases[0]) if paths == 1 else phrase("review.articles", language, count=paths)
    folder = visible(str(session.root))
    scope = phrase(f"review.group_scope.{session.group_scope}", language, folder=folder)
    title = f" ─ {phrase('review.groups', language, count=len(session.groups))} ─ {scope} "
    top = bar(f" ntm-repair  {name}", progress(session, language), width)
    return [top, [("class:rule", fit(title, width).rstrip() + " " + "─" * max(0, width - width_of(title) - 1))]]


def listing(session: Session, chosen: int, rows: int, language: Language, width: int) -> list[Line]:
    """As many groups as there are `rows`, the chosen one among them."""
    first = max(0, min(chosen - rows // 2, len(session.groups) - rows))
    shown = session.groups[first : first + rows]
    return [_row(session, g, first + i == chosen, language, width) for i, g in enumerate(shown)]


def _row(session: Session, group: Group, chosen: bool, language: Language, width: int) -> Line:
    left = session.left_in(group)
    item = session.first_of(group)
    state = f"{left:>5}" if left else "    ✓"
    counts = phrase("review.group_row", language, left=state, findings=len(group.items), articles=group.articles)
    first = item.finding.suggestions[0] if item.finding.suggestions else None
    repair = f" → {suggestion_text(first, language)}" if first else ""
    answer = session.answer_of(item) if not left else None
    if answer is not None:
        repair = f" · {answer_text(answer, language)}"
    text = f" {'▶' if chosen else ' '} {counts}  {item.finding.rule}  [{telling(item.finding.anchor.text)}]{repair}"
    return [("class:chosen" if chosen else "", fit(text, width))]


def detail(session: Session, group: Group, language: Language, width: int) -> list[Line]:
    """A group's first open finding in context, and what can be answered for all."""
    item = session.first_of(group)
    finding = item.finding
    lines: list[Line] = [[("class:rule", "─" * width)]]
    lines += in_context(item, None, width)
    lines += wrap([("class:why", f"{case_name(item.case)} · {say(finding.message, language)}")], width, INDENT)
    for notice in notices(item.case.scanned, finding, language):
        lines += wrap([("class:why", notice)], width, INDENT)
    lines.append([])
    lines += option(False, "0", phrase("review.keep", language), telling(finding.text), "", width)
    for number, s in enumerate(finding.suggestions[:9], 1):
        source = f"{figure(s.score, language)} {phrase(f'source.{s.source}', language)}"
        lines += option(False, str(number), source, suggestion_text(s, language), say(s.why, language), width)
    return lines
