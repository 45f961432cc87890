"""What the faces say in the same words: answers, places, the difference that a suggestion makes."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

from ntm_repair.messages import Language, phrase
from ntm_repair.report.diff import visible
from ntm_repair.review.case import Case
from ntm_repair.review.session import Given, Session
from ntm_repair.types import Decision, Scope, Suggestion

Part = tuple[Literal["same", "old", "new"], str]

ALIKE = 0.5
"""Below this share of common words a replacement is shown whole: a patchwork of words cannot be read."""


def answer_text(decision: Decision, language: Language) -> str:
    """A recorded answer in a few words, with its scope where that is wider than the finding."""
    said = visible(decision.replacement or decision.note)
    if decision.takes and decision.scope == "this":
        said = phrase("review.with_mark", language, mark=decision.takes.strip())
    text = phrase(f"review.answered.{decision.action}", language, text=said)
    return text if decision.scope == "this" else f"{text} ({phrase(f'scope.{decision.scope}', language)})"


def suggestion_text(suggestion: Suggestion, language: Language, takes: str = "") -> str:
    """What a suggestion puts in place of the words; where it deletes them, with what goes along."""
    if suggestion.replacement:
        return telling(suggestion.replacement)
    along = phrase("review.with_mark", language, mark=takes.strip()) if takes else ""
    return phrase("review.delete", language) + along


def telling(text: str) -> str:
    """`text` safe to show, white space at its ends as ␣: there it could not be seen."""
    shown = visible(text)
    words = shown.strip()
    if not words:
        return "␣" * len(shown)
    lead = len(shown) - len(shown.lstrip())
    return "␣" * lead + words + "␣" * (len(shown) - lead - len(words))


def given_text(given: Given | None, language: Language) -> str:
    """What to say after an answer: nothing for a single finding, the reach of a wider one."""
    if given is None or given.findings <= 1:
        return ""
    key = "review.given_file" if given.line.scope == "file" else "review.given"
    answer = phrase(f"review.answered.{given.line.action}", language, text=visible(given.line.replacement))
    return phrase(key, language, answer=answer, findings=given.findings, articles=given.articles)


def reach_text(session: Session, scope: Scope, language: Language) -> str:
    """A scope and how many findings it takes in, for the finding shown."""
    if session.item is None:
        return ""
    findings, articles = session.reach(session.item, scope)
    folder = visible(str(session.root))
    return phrase(f"review.scope.{scope}", language, findings=findings, articles=articles, folder=folder)


def word_diff(old: str, new: str) -> list[Part]:
    """The words taken out and put in to make `new` of `old`, those both have left as they are."""
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not new or matcher.ratio() < ALIKE:
        return [("old", old), ("new", new)] if new else [("old", old)]
    parts: list[Part] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(before[i:j])))
            continue
        parts += [("old", "".join(before[i:j]))] * (j > i)
        parts += [("new", "".join(after[k:m]))] * (m > k)
    return parts


def case_name(case: Case) -> str:
    """An article's path, and its record's name where it has one, safe to print."""
    return visible(f"{case.path} · {case.record}" if case.record else case.path)
