"""Run the rules over an article and settle who reports what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntm_repair.anchors import anchor_of, fingerprint
from ntm_repair.article import Article, Resources
from ntm_repair.rules import RULES
from ntm_repair.rules.base import Hit, Rule
from ntm_repair.suggest import evidence_of, suggestions_for
from ntm_repair.types import Finding


def detect(article: Article, resources: Resources, rules: Sequence[Rule] = RULES) -> tuple[Finding, ...]:
    """The findings of an article by place, no two overlapping, each with its suggestions ranked."""
    hits = [(rule, hit) for rule in rules for hit in rule.find(article, resources)]
    return tuple(_finding(article, resources, rule, hit) for rule, hit in settle(hits))


def settle(hits: Iterable[tuple[Rule, Hit]]) -> list[tuple[Rule, Hit]]:
    """The hits that stay, by place: of two that overlap, the one whose rule comes first, then the surer, the longer."""
    codes = [rule.code for rule in RULES]

    def rank(claim: tuple[Rule, Hit]) -> tuple[int, float, int, int]:
        rule, hit = claim
        order = codes.index(rule.code) if rule.code in codes else len(codes)
        return order, -hit.confidence, hit.start - hit.end, hit.start

    kept: list[tuple[Rule, Hit]] = []
    for rule, hit in sorted(hits, key=rank):
        if all(hit.end <= other.start or other.end <= hit.start for _, other in kept):
            kept.append((rule, hit))
    return sorted(kept, key=lambda claim: claim[1].start)


def _finding(article: Article, resources: Resources, rule: Rule, hit: Hit) -> Finding:
    start, end = article.view.to_source(hit.start, hit.end)
    anchor = anchor_of(article.view, start, end)
    suggestions = suggestions_for(article, resources, rule, hit)
    return Finding(
        rule=rule.code,
        fingerprint=fingerprint(rule.code, anchor),
        anchor=anchor,
        start=start,
        end=end,
        text=article.document.text[start:end],
        message=hit.message,
        confidence=hit.confidence,
        evidence={**hit.evidence, **evidence_of(suggestions)},
        suggestions=suggestions,
        applicability=hit.applicability or rule.applicability,
    )
