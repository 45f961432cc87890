"""Ranked repairs for a hit: the rule's own, and those of the suggesters that know its kind of damage.

A suggester takes (article, resources, hit) and yields suggestions; where it knows nothing good it yields nothing. One
place merges them: the same replacement from two sources keeps its best score, and no more than `MOST` are offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from ntm_repair.article import Article
from ntm_repair.resources import Resources
from ntm_repair.types import Scalar, Suggestion

if TYPE_CHECKING:
    from ntm_repair.rules.base import Rule
    from ntm_repair.types import Hit

Suggester = Callable[[Article, Resources, "Hit"], Iterable[Suggestion]]


def _english(article: Article, resources: Resources, hit: Hit) -> Iterable[Suggestion]:
    """`english.english_repairs`, loaded when the first English is found: many articles have none."""
    from ntm_repair.suggest.english import english_repairs

    return english_repairs(article, resources, hit)


SUGGESTERS: Mapping[str, tuple[Suggester, ...]] = {"NTM101": (_english,), "NTM102": (_english,)}
"""Rule codes to those that know repairs for what the rule finds."""
MOST = 5
"""The most suggestions a finding is shown with."""


def suggestions_for(article: Article, resources: Resources, rule: Rule, hit: Hit) -> tuple[Suggestion, ...]:
    """What could stand in place of a hit, best first."""
    offered = list(hit.suggestions)
    if resources.lexicon.answers:
        from ntm_repair.suggest.remembered import remembered

        offered += remembered(article, resources, hit, rule.code)
    for suggester in (*SUGGESTERS.get(rule.code, ()), *(resources.models if rule.code in SUGGESTERS else ())):
        offered += suggester(article, resources, hit)
    best: dict[str, Suggestion] = {}
    for suggestion in offered:
        known = best.get(suggestion.replacement)
        if known is None or suggestion.score > known.score:
            best[suggestion.replacement] = suggestion
    ranked = sorted(best.values(), key=lambda s: (-s.score, s.replacement))
    return tuple(ranked[:MOST])


def evidence_of(suggestions: Iterable[Suggestion]) -> Mapping[str, Scalar]:
    """What looking for repairs has shown of the finding itself: that its translation stands beside it."""
    beside = any(s.why.key == "suggest.delete_repeats" for s in suggestions)
    return {"translation_beside": True} if beside else {}
