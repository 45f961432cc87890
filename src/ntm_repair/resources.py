"""What all articles of a run share: the lexicon, the tables, the engine that matches terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ntm_repair.article import Article
    from ntm_repair.context import Context
    from ntm_repair.language.evidence import Evidence
    from ntm_repair.lexicon import Lexicon
    from ntm_repair.matching.engine import Matcher
    from ntm_repair.types import Hit, Suggestion


@dataclass(frozen=True, slots=True)
class Resources:
    """What rules and suggesters may consult. Immutable, shared by all articles of a run."""

    lexicon: Lexicon
    context: Context
    evidence: Evidence
    matcher: Matcher
    models: tuple[Callable[[Article, Resources, Hit], Iterable[Suggestion]], ...] = ()
    """Optional suggesters for English residue, off unless settings ask for them."""
    memo: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out of them once for all articles, by the name of who wrote it."""
