"""What the review prompt shows, as styled fragments wrapped to a width; no terminal in sight, so tests can read it.

Colour is never the only sign: taken-out words stand in [-…-], put-in words in {+…+}, the highlight has an arrow.
"""

from __future__ import annotations

from ntm_repair.messages import Language, figure, phrase, say
from ntm_repair.report.diff import hunks, visible, what
from ntm_repair.report.positions import Positions
from ntm_repair.review.case import Case
from ntm_repair.review.evidence import evidence_lines, notices
from ntm_repair.review.groups import Item
from ntm_repair.review.session import Session
from ntm_repair.review.words import answer_text, case_name, suggestion_text, telling, word_diff
from ntm_repair.review.wrap import Fragment, Line, fit, width_of, wrap
from ntm_repair.rules import names

CONTEXT = (240, 1_000, 5_000, 1_000_000_000)
"""Code points shown on either side of a finding, a step for each press of `+`; from the second on over paragraphs."""
INDENT = "   "


def header(session: Session, language: Language, width: int) -> list[Line]:
    """Two lines: the article with how far the review is, and the finding with its rule and place."""
    total, shown = len(session.items), len(session.shown)
    at = min(session.index + 1, shown)
    lines = [bar(f" ntm-repair  {case_name(session.case)}", f"[{at}/{shown}]  {progress(session, language)}", width)]
    if session.item is not None:
        lines.append(
            [
                (
                    "class:rule",
                    _fill(fit(f" ─ {headline(session, session.item, language)} ", width).rstrip() + " ", width),
                )
            ]
        )
    elif shown < total:
        lines.append([("class:rule", _fill(f" ─ {phrase('review.group_done', language)} ", width))])
    return lines


def progress(session: Session, language: Language) -> str:
    """How many are done and left, and that the answers are on disk."""
    left = session.undecided
    return phrase("review.progress", language, done=len(session.items) - left, left=left)


def bar(left: str, right: str, width: int) -> Line:
    """The line at the top; a long path gives way to the figures."""
    room = width - width_of(right) - 3
    return [("class:bar", f"{fit(left, max(10, room))}  {right} ")]


def headline(session: Session, item: Item, language: Language) -> str:
    """A finding's rule, place, class and confidence, how many are alike, and its answer."""
    finding = item.finding
    line, column = Positions(item.case.scanned.document).line_column(finding.start)
    parts = [
        f"{finding.rule} {names()[finding.rule]}",
        phrase("review.place", language, line=line, column=column),
        f"{phrase(f'applicability.{finding.applicability}', language)} {figure(finding.confidence, language)}",
    ]
    same = len(session.group_of(item).items)
    if same > 1:
        parts.append(phrase("review.same", language, count=same))
    answer = session.answer_of(item)
    if answer is not None:
        parts.append(answer_text(answer, language))
    return " ─ ".join(parts)


def body(session: Session, language: Language, width: int, rows: int, level: int = 0, scroll: int = 0) -> list[Line]:
    """The words in their paragraph, why they were flagged, and what can be answered, in at most `rows` lines.

    What does not fit is left out of the text first: an answer must not be given to a line that is not on the screen.
    `scroll` moves the text by lines from where the words stand.
    """
    if session.item is None:
        return []
    text = in_context(session.item, session.replacement, width, level)
    options = answers(session, session.item, language, width)
    # Who asks for more of the text gets two thirds of the screen for it; the arrow stays in sight in any case.
    least = rows * 2 // 3 if level else SHOWN
    above = min(len(text), max(least, rows - len(options)), max(1, rows - 2))
    at = _first(text, ("class:found", "class:old", "class:new"))
    arrow = _first(options, ("class:chosen",))
    return [
        *window(text, above, at - above // 2 + scroll),
        *window(options, rows - above, arrow + ROOM_BELOW + 1 - (rows - above)),
    ]


SHOWN = 5
"""Lines of the text that stay on a low screen, where the options are many."""
ROOM_BELOW = 2
"""Lines shown below the arrow: the reason of the option it points at."""


def window(lines: list[Line], rows: int, start: int) -> list[Line]:
    """`rows` of the lines from about `start` on, as many as there are."""
    start = max(0, min(start, len(lines) - rows))
    return lines[start : start + max(0, rows)]


def _first(lines: list[Line], styles: tuple[str, ...]) -> int:
    return next((i for i, line in enumerate(lines) if any(s in styles for s, _ in line)), 0)


def answers(session: Session, item: Item, language: Language, width: int) -> list[Line]:
    """Why the words were flagged, and what can be answered."""
    finding = item.finding
    lines: list[Line] = [[]]
    lines += wrap([("class:why", say(finding.message, language))], width, INDENT)
    for notice in notices(item.case.scanned, finding, language):
        lines += wrap([("class:why", notice)], width, INDENT)
    note = item.case.note(finding)
    if note:
        lines += wrap([("class:warning", phrase("review.note_shown", language, text=visible(note)))], width, INDENT)
    lines.append([])
    label = phrase("review.keep", language)
    lines += option(session.highlight == 0, "0", label, telling(finding.text), "", width)
    for number, s in enumerate(session.options, 1):
        why = say(s.why, language)
        source = f"{figure(s.score, language)} {phrase(f'source.{s.source}', language)}"
        lines += option(
            session.highlight == number, str(number), source, suggestion_text(s, language, finding.takes), why, width
        )
    given = session.given
    if given is not None:
        chosen = session.highlight > len(session.options)
        lines += option(chosen, " ", answer_text(given, language), "", "", width)
    lines += option(False, "e", phrase("review.edit", language), "", "", width)
    return lines


LABEL = 16
"""Columns for what stands before an option's words."""


def option(chosen: bool, key: str, label: str, text: str, why: str, width: int) -> list[Line]:
    """A line to choose: arrow, key, label, words; the reason below them."""
    style = "class:chosen" if chosen else ""
    lead = f" {'▶' if chosen else ' '} {key}  {fit(label, LABEL) if text else label}"
    lines = wrap([(style, text)], width, " " * (LABEL + 8), first="")
    lines[0][0] = (style, f"{lead}  ")
    if width_of(lead) + 2 + width_of("".join(t for _, t in lines[0][1:])) > width:
        lines = [[(style, lead)], *wrap([(style, text)], width, " " * 6)]
    if why:
        lines += wrap([("class:why", why)], width, " " * (LABEL + 8))
    return lines


def in_context(item: Item, chosen: str | None, width: int, level: int = 0) -> list[Line]:
    """The words in the text around them, and `chosen` in their place (None: they stay)."""
    document, finding = item.case.scanned.document, item.finding
    text, reach = document.text, CONTEXT[level]
    line_start, line_end = (0, len(text)) if level else Positions(document).line_span(finding.start)
    line_end = max(line_end, finding.end)
    start, end = max(line_start, finding.start - reach), min(line_end, finding.end + reach)
    while line_start < start < finding.start and not text[start - 1].isspace():
        start += 1
    while finding.end < end < line_end and not text[end].isspace():
        end -= 1
    middle: Line
    if chosen is None:
        middle = [("class:found", f"[{visible(finding.text)}]")]
    else:
        middle = [marked(kind, part) for kind, part in word_diff(finding.anchor.text, chosen)]
    words_from = finding.start
    if chosen == "" and finding.takes:
        words_from -= len(finding.takes)
        middle = [marked("old", finding.takes + finding.anchor.text)]
    before = ("… " if start > line_start else "") + text[start:words_from]
    after = text[finding.end : end] + (" …" if end < line_end else "")
    lines: list[Line] = []
    paragraph: Line = []
    for style, part in (("", before), *middle, ("", after)):
        first, *others = part.splitlines() or [""]
        paragraph.append((style, visible(first)))
        for other in others + [""] * part.endswith(("\n", "\r")):
            lines += wrap(paragraph, width, INDENT)
            paragraph = [(style, visible(other))]
    return lines + wrap(paragraph, width, INDENT)


def marked(kind: str, part: str) -> Fragment:
    """A part of a difference in its marks."""
    opening, ending = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}[kind]
    return (f"class:{kind}" if kind != "same" else "", f"{opening}{visible(part)}{ending}")


def closing(session: Session, language: Language, width: int) -> list[Line]:
    """The page after the last finding: what was answered, what is open, and the changes that would be written."""
    answers = [a for a in map(session.answer_of, session.items) if a is not None]
    counts = {a: sum(d.action == a for d in answers) for a in ("accept", "edit", "delete", "keep")}
    counts["keep"] += sum(d.action == "allow" for d in answers)
    lines = wrap([("class:rule", phrase("review.summary", language, **counts))], width, " ")
    undecided, stale = session.undecided, session.stale
    if undecided:
        lines += wrap([("class:warning", phrase("review.open", language, count=undecided))], width, " ")
    if stale:
        lines += wrap([("class:warning", phrase("review.stale", language, count=len(stale)))], width, " ")
        lines += [[("", fit(f"   {d.rule} “{visible(d.anchor.text)}”", width))] for d in stale]
    lines.append([])
    changes = [line for case in session.cases for line in _changes(session, case, language, width)]
    return lines + (changes or [[("", f" {phrase('review.no_changes', language)}")]])


def _changes(session: Session, case: Case, language: Language, width: int) -> list[Line]:
    edits = case.edits()
    if not edits:
        return []
    lines: list[Line] = [[("class:bar", f" {case_name(case)} ")]] if len(session.cases) > 1 else []
    for hunk in hunks(case.scanned.document, edits):
        lines.append([("class:why", f" {phrase('review.line', language, line=hunk.line)} {what(hunk, language)}")])
        for parts in hunk.lines:
            lines += wrap([marked(kind, part) for kind, part in parts], width, INDENT)
    return lines


def help_page(language: Language, width: int) -> list[Line]:
    """The keys, a line each."""
    return [[("", f" {line}")] for line in phrase("review.help", language).splitlines()]


def evidence(session: Session, language: Language, width: int) -> list[Line]:
    """What the rule saw at the current finding."""
    if session.current is None:
        return []
    items = evidence_lines(session.current, language)
    title = phrase("review.evidence", language, rule=session.current.rule)
    return [[("class:rule", f" {title}")], *(line for i in items for line in wrap([("", i)], width, INDENT))]


def _fill(text: str, width: int) -> str:
    return text + "─" * max(0, width - width_of(text))
