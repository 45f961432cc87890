"""Making the safe repairs final: once they are applied, looking again must find no further safe one.

A repair can bring another to light: two spaces meet where an invisible character stood, two captions become equal once
both are decoded. What the second look finds is folded into the first: an edit of the result is carried back to the
source, together with the edits it touches. Where that comes to no end, nothing is done unasked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from ntm_repair.article import Article
from ntm_repair.patch import apply_edits, with_margins
from ntm_repair.rules.base import Rule
from ntm_repair.types import Document, Edit, Hit, Suggestion

Claim: TypeAlias = tuple[Rule, Hit]
LOOKS = 6
"""How often the result is looked at again before giving up."""


def is_safe(claim: Claim) -> bool:
    """Whether the first suggestion of a hit may be applied unasked."""
    rule, hit = claim
    return (hit.applicability or rule.applicability) == "safe" and bool(hit.suggestions)


def close(article: Article, claims: Sequence[Claim], look: Callable[[Article], Sequence[Claim]]) -> list[Claim]:
    """The claims by place, the safe ones such that `look` finds no safe claim in the article they make."""
    current = list(claims)
    for _ in range(LOOKS):
        safe = [c for c in current if is_safe(c)]
        if not safe:
            return current
        first = _edits(article, safe)
        result = Article(Document(apply_edits(article.document.text, first), article.document.source))
        again = [c for c in look(result) if is_safe(c)]
        if not again:
            return current
        folded = _fold(article, safe, first, result, again)
        if folded is None:
            break
        current = _with(current, folded)
    return [
        (rule, replace(hit, applicability="review")) if is_safe((rule, hit)) else (rule, hit) for rule, hit in current
    ]


def _edits(article: Article, claims: Sequence[Claim]) -> list[Edit]:
    edits = []
    for rule, hit in claims:
        start, end = article.view.to_source(hit.start, hit.end)
        edits.append(Edit(start, end, hit.suggestions[0].replacement, rule.code))
    return with_margins(article.document.text, edits)


@dataclass(slots=True)
class _Region:
    """A piece of the source, [start, end), that becomes [low, high) of the first result."""

    start: int
    end: int
    low: int
    high: int
    claims: list[Claim]
    then: list[tuple[Edit, Claim]]


def _fold(
    article: Article, safe: Sequence[Claim], first: Sequence[Edit], result: Article, again: Sequence[Claim]
) -> list[tuple[Claim, list[Claim]]] | None:
    """Claims on the source that do both steps at once, each with the claims it stands for; None where a cut fails."""
    ordered = sorted(safe, key=lambda c: article.view.to_source(c[1].start, c[1].end))
    regions: list[_Region] = []
    shift = 0
    for edit, claim in zip(first, ordered, strict=True):
        low = edit.start + shift
        shift += len(edit.replacement) - (edit.end - edit.start)
        regions.append(_Region(edit.start, edit.end, low, edit.end + shift, [claim], []))
    late = sorted(again, key=lambda c: result.view.to_source(c[1].start, c[1].end))
    merged: list[_Region] = []
    for edit, claim in zip(_edits(result, late), late, strict=True):
        touching = [r for r in regions if r.low <= edit.end and edit.start <= r.high]
        regions = [r for r in regions if r not in touching]
        touching += [r for r in merged if r.low <= edit.end and edit.start <= r.high]
        merged = [r for r in merged if r not in touching]
        low, high = min([edit.start, *(r.low for r in touching)]), max([edit.end, *(r.high for r in touching)])
        merged.append(
            _Region(
                _back(low, first),
                _back(high, first, ends=True),
                low,
                high,
                [c for r in touching for c in r.claims],
                [t for r in touching for t in r.then] + [(edit, claim)],
            )
        )
    folded = []
    for region in merged:
        made = _claim(article, result.document.text, region)
        if made is None:
            return None
        folded.append((made, region.claims))
    return folded


def _back(at: int, edits: Sequence[Edit], *, ends: bool = False) -> int:
    """The source offset of an offset in the result; one inside an edit goes to that edit's near side."""
    shift = 0
    for edit in edits:
        low, high = edit.start + shift, edit.start + shift + len(edit.replacement)
        if at < low or (at == low and not ends):
            break
        if at <= high:
            return edit.end if ends else edit.start if at < high else edit.end
        shift += len(edit.replacement) - (edit.end - edit.start)
    return at - shift


def _claim(article: Article, text: str, region: _Region) -> Claim | None:
    edits = [replace(e, start=e.start - region.low, end=e.end - region.low) for e, _ in region.then]
    replacement = apply_edits(text[region.low : region.high], edits)
    start, end = region.start, region.end
    if not replacement and start > 0:
        start, replacement = start - 1, article.document.text[start - 1]  # so that no further margin is taken
    view = article.view.from_source(start), article.view.from_source(end)
    if article.view.to_source(*view) != (start, end) or start >= end:
        return None
    rule, hit = (region.claims or [claim for _, claim in region.then])[0]
    suggestion = Suggestion(replacement, hit.suggestions[0].score, hit.suggestions[0].source, hit.suggestions[0].why)
    also = tuple(sorted({r.code for r, _ in region.claims} | {c[0].code for _, c in region.then}))
    evidence = {**hit.evidence, "rules": also}
    return rule, replace(
        hit, start=view[0], end=view[1], suggestions=(suggestion,), applicability="safe", evidence=evidence
    )


def _with(claims: Sequence[Claim], folded: Sequence[tuple[Claim, list[Claim]]]) -> list[Claim]:
    """The claims with the folded ones in place of all that they replace or cover."""
    gone = [id(hit) for _, replaced in folded for _, hit in replaced]
    new = [claim for claim, _ in folded]
    kept = [
        (rule, hit)
        for rule, hit in claims
        if id(hit) not in gone and all(hit.end <= n.start or n.end <= hit.start for _, n in new)
    ]
    return sorted([*kept, *new], key=lambda claim: claim[1].start)
