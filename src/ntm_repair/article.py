"""An article as the rules see it: the NFC view of a document, cut into paragraphs, and the resources they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ntm_repair.segment import segment
from ntm_repair.text import View
from ntm_repair.tokens import Tokens, tokens_of
from ntm_repair.types import Document, Segment

if TYPE_CHECKING:
    from ntm_repair.context import Context
    from ntm_repair.language.evidence import Evidence
    from ntm_repair.lexicon import Lexicon
    from ntm_repair.matching.engine import Matcher
    from ntm_repair.rules.base import Hit
    from ntm_repair.types import Suggestion


class Article:
    """A document read through its NFC view.

    `text` is NFC; `segments` are half-open code-point spans of `text`, in order, without their line breaks.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.view = View(document.text)
        self.text: str = self.view.text
        self.segments: tuple[Segment, ...] = segment(self.text)
        self.memo: dict[str, object] = {}
        """What one rule worked out about the article and another needs too, by the name of who wrote it."""

    @cached_property
    def paragraphs(self) -> tuple[Segment, ...]:
        """The segments that hold text: everything but the blank ones."""
        return tuple(s for s in self.segments if s.kind != "blank")

    @cached_property
    def tokens(self) -> Tokens:
        """The words of the whole text, found once for all rules."""
        return tokens_of(self.text)


@dataclass(frozen=True, slots=True)
class Resources:
    """What rules and suggesters may consult. Immutable, shared by all articles of a run."""

    lexicon: Lexicon
    context: Context
    evidence: Evidence
    matcher: Matcher
    models: tuple[Callable[[Article, Resources, Hit], Iterable[Suggestion]], ...] = ()
    """Optional suggesters for English residue, off unless settings ask for them."""
