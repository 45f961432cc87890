"""What the review prompt shows, as styled fragments wrapped to a width; no terminal in sight, so tests can read it.

Colour is never the only sign: taken-out words stand in [-…-], put-in words in {+…+}, the highlight has an arrow.
"""

from __future__ import annotations

from collections.abc import Iterable

from ntm_repair.messages import Language, phrase, say
from ntm_repair.report.diff import hunks, visible
from ntm_repair.report.positions import Positions
from ntm_repair.review.session import Session
from ntm_repair.rules import names
from ntm_repair.types import Decision, Finding

Fragment = tuple[str, str]
"""Style class and text."""
Line = list[Fragment]

CONTEXT = 240
"""Code points of the paragraph shown on either side of a finding."""
INDENT = "   "


def width_of(text: str) -> int:
    """Terminal columns that `text` takes: marks take none, wide letters two."""
    from prompt_toolkit.utils import get_cwidth

    return get_cwidth(text)


def header(session: Session, language: Language, width: int) -> list[Line]:
    """Two lines: the article with how far the review is, and the finding with its rule and place."""
    total = len(session.items)
    left = f" ntm-repair  {visible(session.scanned.document.source.path)}"
    done = phrase("review.progress", language, done=total - session.undecided, left=session.undecided)
    at = min(session.index + 1, total)
    right = f"[{at}/{total}]  {done} "
    gap = max(2, width - width_of(left) - width_of(right))
    lines: list[Line] = [[("class:bar", left + " " * gap + right)]]
    if session.current is not None:
        lines.append([("class:rule", _fill(_headline(session, session.current, language), width))])
    return lines


def _headline(session: Session, finding: Finding, language: Language) -> str:
    line, column = Positions(session.scanned.document).line_column(finding.start)
    place = phrase("review.place", language, line=line, column=column)
    kind = phrase(f"applicability.{finding.applicability}", language)
    same = sum(f.rule == finding.rule and f.anchor.text == finding.anchor.text for f in session.items)
    likeness = f" ─ {phrase('review.same', language, count=same)}" if same > 1 else ""
    answered = session.answers.get(finding.fingerprint)
    answer = f" ─ {answer_text(answered, language)}" if answered else ""
    name = names()[finding.rule]
    return f" ─ {finding.rule} {name} ─ {place} ─ {kind} ─ {finding.confidence:.2f}{likeness}{answer} "


def answer_text(decision: Decision, language: Language) -> str:
    """A recorded answer in a few words."""
    return phrase(f"review.answered.{decision.action}", language, text=visible(decision.replacement))


def body(session: Session, language: Language, width: int) -> list[Line]:
    """The words in their paragraph, why they were flagged, and what can be answered."""
    finding = session.current
    if finding is None:
        return closing(session, language, width)
    lines = wrap(_in_context(session, finding), width, INDENT)
    lines.append([])
    lines += wrap([("class:why", say(finding.message, language))], width, INDENT)
    lines.append([])
    lines += _option(session, 0, f"   {phrase('review.keep', language)}", visible(finding.text), width)
    for number, s in enumerate(session.options, 1):
        text = visible(s.replacement) if s.replacement else phrase("review.delete", language)
        source = phrase(f"source.{s.source}", language)
        lines += _option(session, number, f"{s.score:.2f} {source}", text, width)
        lines += wrap([("class:why", say(s.why, language))], width, INDENT + " " * 7)
    lines.append([("", f"{INDENT}e  {phrase('review.edit', language)}")])
    return lines


def _option(session: Session, number: int, label: str, text: str, width: int) -> list[Line]:
    chosen = session.highlight == number
    style = "class:chosen" if chosen else ""
    arrow = "▶" if chosen else " "
    return wrap([(style, f"{arrow} {number}  {label:<18} {text}")], width, " ")


def _in_context(session: Session, finding: Finding) -> Line:
    text = session.scanned.document.text
    line_start, line_end = Positions(session.scanned.document).line_span(finding.start)
    line_end = max(line_end, finding.end)
    start, end = max(line_start, finding.start - CONTEXT), min(line_end, finding.end + CONTEXT)
    before = ("… " if start > line_start else "") + visible(text[start : finding.start])
    after = visible(text[finding.end : end]) + (" …" if end < line_end else "")
    number = session.highlight
    if number == 0:
        middle: Line = [("class:found", f"[{visible(finding.text)}]")]
    else:
        middle = [("class:old", f"[-{visible(finding.text)}-]")]
        if session.options[number - 1].replacement:
            middle.append(("class:new", f"{{+{visible(session.options[number - 1].replacement)}+}}"))
    return [("", before), *middle, ("", after)]


def closing(session: Session, language: Language, width: int) -> list[Line]:
    """The page after the last finding: what was answered, what is open, and the changes that would be written."""
    answers = session.answers.values()
    counts = {a: sum(d.action == a for d in answers) for a in ("accept", "edit", "delete", "keep")}
    lines = wrap([("class:rule", phrase("review.summary", language, **counts))], width, " ")
    if session.undecided:
        lines += wrap([("class:warning", phrase("review.open", language, count=session.undecided))], width, " ")
    if session.stale:
        lines += wrap([("class:warning", phrase("review.stale", language, count=len(session.stale)))], width, " ")
    edits = session.edits()
    lines.append([])
    if not edits:
        return [*lines, [("", f" {phrase('review.no_changes', language)}")]]
    for hunk in hunks(session.scanned.document, edits):
        lines.append([("class:why", f" {phrase('review.line', language, line=hunk.line)} {' '.join(hunk.rules)}")])
        lines += wrap([_marked(kind, part) for kind, part in hunk.parts], width, INDENT)
    return lines


def _marked(kind: str, part: str) -> Fragment:
    opening, ending = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}[kind]
    return (f"class:{kind}" if kind != "same" else "", f"{opening}{visible(part)}{ending}")


def help_page(language: Language, width: int) -> list[Line]:
    """The keys, a line each."""
    return [[("", f" {line}")] for line in phrase("review.help", language).splitlines()]


def evidence(session: Session, language: Language, width: int) -> list[Line]:
    """What the rule saw at the current finding."""
    if session.current is None:
        return []
    items = [f"{name}: {_shown(value)}" for name, value in session.current.evidence.items()]
    title = phrase("review.evidence", language, rule=session.current.rule)
    return [[("class:rule", f" {title}")], *(line for i in items for line in wrap([("", visible(i))], width, INDENT))]


def _shown(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return ", ".join(_shown(v) for v in value)
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def wrap(fragments: Iterable[Fragment], width: int, indent: str) -> list[Line]:
    """Fragments as lines of at most `width` columns, broken at spaces where they can be."""
    lines: list[Line] = [[("", indent)]]
    used = width_of(indent)
    for style, text in fragments:
        for piece in _pieces(text, width - width_of(indent)):
            if used + width_of(piece.rstrip()) > width and used > width_of(indent):
                lines.append([("", indent)])
                used = width_of(indent)
                piece = piece.lstrip()
            lines[-1].append((style, piece))
            used += width_of(piece)
    return lines


def _pieces(text: str, full: int) -> list[str]:
    """Words with the space after them; a word longer than a line is cut."""
    pieces: list[str] = []
    for word in text.replace(" ", " \0").split("\0"):
        while width_of(word) > full > 0:
            pieces.append(word[:full])
            word = word[full:]
        pieces.append(word)
    return pieces


def _fill(text: str, width: int) -> str:
    return text + "─" * max(0, width - width_of(text))
