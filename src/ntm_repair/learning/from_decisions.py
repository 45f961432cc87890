"""What decision logs say: words editors keep putting in place of others, terms among them, and English read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

from ntm_repair.answers import Answer
from ntm_repair.decisions import in_force
from ntm_repair.learning.terms import key_of
from ntm_repair.types import Decision
from ntm_repair.vietnamese import is_syllable

ENGLISH = frozenset({"NTM101", "NTM102"})
TERMS = "NTM3"
"""Rules of garbled terms begin with it."""
LONGEST = 10
"""Words of the longest text that is remembered: longer ones do not come again."""
LONGEST_GLOSS = 4
"""English words of the longest gloss."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Proposals, each with how often it was decided so, the most frequent first."""

    answers: tuple[Answer, ...]
    glosses: tuple[tuple[str, str, int], ...]
    """English, Vietnamese, count."""
    terms: tuple[tuple[str, int], ...]


def lessons(logs: Iterable[Iterable[Decision]], known: Container[str], least: int = 1) -> Lessons:
    """The lessons of the decisions in force. What was kept as often as it was changed teaches nothing.

    `known` holds terms that need no proposal, as `key_of` gives them; `least` is how often an answer must be given.
    """
    changed: Counter[tuple[str, str, str]] = Counter()
    kept: Counter[tuple[str, str]] = Counter()
    for log in logs:
        for decision in in_force(log).values():
            seen = " ".join(decision.anchor.text.split())
            if not 0 < len(seen.split()) <= LONGEST:
                continue
            if decision.action == "keep":
                kept[decision.rule, seen.casefold()] += 1
            elif decision.action in ("accept", "edit", "delete"):
                meant = " ".join(decision.replacement.split())
                changed[decision.rule, _lowered(seen, meant)[0], _lowered(seen, meant)[1]] += 1
    certain = {
        (rule, seen, meant): count
        for (rule, seen, meant), count in changed.items()
        if count >= least and count > kept[rule, seen.casefold()] and _teaches(rule, seen, meant)
    }
    ranked = sorted(certain.items(), key=lambda item: (-item[1], item[0]))
    answers = tuple(Answer(seen, meant, rule, count, "project") for (rule, seen, meant), count in ranked)
    glosses = tuple(
        (seen.lower(), meant, count)
        for (rule, seen, meant), count in ranked
        if rule in ENGLISH and _is_vietnamese(meant) and len(seen.split()) <= LONGEST_GLOSS and seen.isascii()
    )
    return Lessons(answers, glosses, _terms(ranked, known))


def _lowered(seen: str, meant: str) -> tuple[str, str]:
    """Both without the capital of a sentence, where both have one: "Do that", "Do đó"."""
    if seen[:1].isupper() and meant[:1].isupper() and seen[1:2].islower() and meant[1:2].islower():
        return seen[0].lower() + seen[1:], meant[0].lower() + meant[1:]
    return seen, meant


def _teaches(rule: str, seen: str, meant: str) -> bool:
    """Whether the answer may hold at other places: of English and of garbled terms, not of captions and spaces."""
    return (rule in ENGLISH or rule.startswith(TERMS)) and seen.casefold() != meant.casefold()


def _is_vietnamese(text: str) -> bool:
    return bool(text) and all(is_syllable(word.strip(",.")) or word.isupper() for word in text.split())


def _terms(ranked: Iterable[tuple[tuple[str, str, str], int]], known: Container[str]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for (rule, _, meant), count in ranked:
        if rule.startswith(TERMS) and len(meant.split()) > 1 and _is_vietnamese(meant) and key_of(meant) not in known:
            counts[meant] += count
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
