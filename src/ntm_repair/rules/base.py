"""What a rule is: one file that finds one kind of damage, says why, and shows it on examples.

A rule reads the article through its NFC view and answers with hits in *view* offsets; `detect` maps them back to the
source. A rule never edits, never asks, and gives the same hits for the same article, lexicon and tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ntm_repair.article import Article, Resources
from ntm_repair.types import Applicability, Evidence, Message, Suggestion


@dataclass(frozen=True, slots=True)
class Hit:
    """A damaged place as a rule sees it. Offsets are code points of `Article.text`, the NFC view."""

    start: int
    end: int
    message: Message
    confidence: float
    evidence: Evidence
    suggestions: tuple[Suggestion, ...] = ()
    applicability: Applicability | None = None
    """Where it differs from the rule's own."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of damage: how to find it, why it matters, and examples that are also its first tests.

    In `bad` examples the damaged span stands in double brackets, as in "hoàn [[to plan]] ban đầu"; `good` examples
    are texts that look alike and must not be flagged. A blank line in an example starts a new paragraph.
    """

    code: str
    name: str
    why: Mapping[str, str]
    """Language ("vi", "en") to one or two sentences."""
    applicability: Applicability
    find: Callable[[Article, Resources], Iterable[Hit]]
    bad: tuple[str, ...]
    good: tuple[str, ...]
