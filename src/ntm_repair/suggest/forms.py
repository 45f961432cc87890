"""What a glossary entry may be in Vietnamese, by the form its English word has.

The costs here and in `decode` were chosen one after the other on planted fragments (`benchmarks/shadows.py`, seed 1, in
every other sentence of a newspaper corpus) for the share of right readings; the other sentences gave the same share.
The cost of odd senses was left lower than those fragments ask for: they hold none, and real damage does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ntm_repair.glossary import NOTHING, Entry
from ntm_repair.suggest.inflection import Form

WORD = 0.5
"""Cost (nats) of each English phrase that is read by itself: two words read as one phrase cost half."""
RANK = 0.9
"""Cost of each step down a row of ordinary senses."""
ODD = 2.0
"""Cost of a sense that is not the word's own but what engines confuse with it."""
HALF = 1.5
"""Cost, beside, of a sense that is but part of a word: "dụng" for *tool*."""
VANISH = 1.4
"""Cost of leaving a word out where the glossary says that it vanishes."""
UNSAID = 1.0
"""Cost of leaving a comparative or superlative unsaid."""
AFTER_NOUN = ("thứ ", "đầu tiên", "cuối cùng")
"""Senses of ordinals: "second generation" is "thế hệ thứ hai"."""
POSTPOSED = frozenset("this that these those other another own such my our your his her its their".split())
"""Function words that stand before their noun in English and after it in Vietnamese."""
PREPOSITIONS = frozenset("in on at of to for from by with within under over during through among as".split())
"""What begins with one of these is no noun that modifiers could wait for."""
AGENT = "người"


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a run of English words."""

    text: str
    """As it is written: lower case but for names. "" where the words vanish."""
    words: tuple[str, ...]
    """As context tables know it; empty also for a number, which they do not hold."""
    cost: float
    """Nats."""
    modifier: bool
    """May stand before its noun in English and follow it in Vietnamese."""
    head: bool
    """May be a noun."""
    source: Literal["glossary", "lexicon", "article", "kept"]
    layer: str = ""
    at: int = -1
    """For a passage of the article: its offset in `Article.text`, in code points."""


def senses_of_entry(entry: Entry, form: Form, free: frozenset[str]) -> Iterator[Sense]:
    kind = entry.word_class
    if form not in _FORMS.get(kind, (form,)):
        return
    modifier = kind in ("adjective", "noun") or (kind == "verb" and form in ("past", "ing"))
    modifier = modifier or entry.english in POSTPOSED
    head = kind == "noun" or (kind == "phrase" and entry.english.split(" ", 1)[0] not in PREPOSITIONS)
    head = head or (kind == "verb" and form in ("", "plural", "ing"))
    if form == "agent":
        for rank, value in enumerate(entry.vietnamese if kind == "verb" else ()):
            text = f"{AGENT} {value}"
            yield Sense(text, tuple(text.lower().split()), WORD + RANK * rank, False, True, "glossary")
        return
    for values, base in ((entry.vietnamese, 0.0), (entry.odd, ODD)):
        for rank, value in enumerate(values):
            cost = WORD + base + RANK * rank
            if base and " " not in value and value not in free:
                cost += HALF
            behind = modifier or value.startswith(AFTER_NOUN)
            if value == NOTHING:
                yield Sense("", (), VANISH + base + RANK * rank, False, False, "glossary")
                continue
            degree = _DEGREES.get(form, "") if kind == "adjective" else ""
            if degree:
                text = f"{value} {degree}"
                yield Sense(text, tuple(text.lower().split()), cost, behind, head, "glossary")
                cost += UNSAID
            yield Sense(value, tuple(value.lower().split()), cost, behind, head, "glossary")
            if rank > 1 or base:
                continue
            for marker, extra in _MARKED.get((kind, form), ()):
                text = f"{marker} {value}"
                yield Sense(text, tuple(text.lower().split()), cost + extra, behind, head, "glossary")


_FORMS: dict[str, tuple[Form, ...]] = {
    "noun": ("", "plural"),
    "verb": ("", "plural", "past", "ing", "agent"),
    "adjective": ("", "more", "most"),
}
"""The forms that a word of a class has: "posted" is not the noun *post*, "poorest" not *the poor*."""

_MARKED: dict[tuple[str, str], tuple[tuple[str, float], ...]] = {
    ("noun", "plural"): (("các", 1.2), ("những", 2.0)),
    ("noun", ""): (("các", 2.3),),
    ("verb", "past"): (("đã", 1.2), ("được", 1.5)),
    ("verb", "ing"): (("việc", 1.5), ("đang", 1.5)),
}
"""Words that Vietnamese says beside a sense where English bends the word, with what each costs (nats)."""

_DEGREES: dict[Form, str] = {"more": "hơn", "most": "nhất"}
