"""Run the rules over an article and settle who reports what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from ntm_repair.anchors import anchor_of, fingerprint
from ntm_repair.article import Article
from ntm_repair.closure import Claim, close, is_safe
from ntm_repair.matching.engine import residue_spans
from ntm_repair.matching.many.signs import SIGNS
from ntm_repair.patch import stray_mark
from ntm_repair.resources import Resources
from ntm_repair.rules import RULES
from ntm_repair.rules.base import Rule
from ntm_repair.rules.signs import Signs
from ntm_repair.suggest import evidence_of, suggestions_for
from ntm_repair.types import Finding, Hit

OF_WORDS = frozenset(("NTM101", "NTM102", "NTM203", "NTM404", "NTM405"))
"""Rules whose judgement of a word is void where a character nobody sees cuts it in two."""
OF_TERMS = frozenset(("NTM301", "NTM303", "NTM304", "NTM305"))
"""Rules whose judgement is void beside such a word too: they miss it where it belongs."""
LARGE = 1 << 17
"""Code points of an article from which garbled terms are first looked for over arrays, as in many small ones."""
ODD = "NTM604"
LONG = 24
"""Code points looked back for the beginning of a word."""
FEW = 2
"""Other words from which a hit says more than that one of its words is cut."""
_BEFORE, _AFTER = regex.compile(r"[\p{L}\p{M}]*$"), regex.compile(r"[\p{L}\p{M}]*")


def detect(
    article: Article, resources: Resources, rules: Sequence[Rule] = RULES, *, full: bool = False
) -> tuple[Finding, ...]:
    """The findings of an article by place, no two overlapping, each with its suggestions ranked.

    Applying all safe ones twice is the same as once. `full` asks every rule about the whole article, instead of only
    where there are signs of something; the answer is the same.
    """

    def look(at: Article) -> list[Claim]:
        """What is safe in an article; most often nothing is, and then the other rules need not be asked."""
        able = [rule for rule in rules if rule.applicability == "safe"]
        if not any(map(is_safe, _claims(at, resources, able))):
            return []
        return settle(_claims(at, resources, rules))

    asked = rules if full else _signs(resources, rules).look(article)
    if not full and len(article.text) >= LARGE and any(rule.code in OF_TERMS for rule in asked):
        _foresee(article, resources)
    claims = close(article, settle(_claims(article, resources, asked)), look)
    ends = [0, *(hit.end for _, hit in claims)]
    return tuple(_finding(article, resources, rule, hit, end) for (rule, hit), end in zip(claims, ends, strict=False))


def _foresee(article: Article, resources: Resources) -> None:
    """Find over arrays where in a large article terms may be garbled, unless that is known; loads numpy."""
    if SIGNS not in article.memo:
        spans, _ = residue_spans(article, resources.evidence)
        resources.matcher.foresee_large(article, spans)


def look_ahead(articles: Sequence[Article], resources: Resources, rules: Sequence[Rule] = RULES) -> None:
    """Look for the signs of `rules` in many articles at once, which costs each a fraction; loads numpy."""
    from ntm_repair.rules.ahead import Ahead

    signs = _signs(resources, rules)
    key = f"ahead {id(signs)}"
    ahead = resources.memo.get(key)
    if not isinstance(ahead, Ahead):
        ahead = resources.memo[key] = Ahead(signs)
    ahead.look(articles)


def _signs(resources: Resources, rules: Sequence[Rule]) -> Signs:
    """The signs of these rules, kept with the resources they are judged by."""
    key = f"signs {' '.join(rule.code for rule in rules)}"
    signs = resources.memo.get(key)
    if not isinstance(signs, Signs):
        signs = resources.memo[key] = Signs(rules, resources)
    return signs


def _claims(article: Article, resources: Resources, rules: Sequence[Rule]) -> list[Claim]:
    """Every hit of every rule. A hit that cuts a letter of the source in two is widened to the whole letter."""
    claims = [(rule, _whole(article, hit)) for rule in rules for hit in rule.find(article, resources)]
    odd = [hit for rule, hit in claims if rule.code == ODD]
    return _without_echoes(article.text, claims, odd) if odd else claims


def _without_echoes(text: str, claims: Sequence[Claim], odd: Sequence[Hit]) -> list[Claim]:
    """The claims without those that only say again that a word has an invisible or foreign character in it.

    The word is reported by the character, which explains it; what is left to say of it shows once that is gone.
    """
    cut: list[tuple[int, int]] = []
    for hit in odd:
        before, after = _BEFORE.search(text, max(0, hit.start - LONG), hit.start), _AFTER.match(text, hit.end)
        start, end = before.start() if before else hit.start, after.end() if after else hit.end
        if start < hit.start < hit.end < end or any(c.isalpha() for c in text[hit.start : hit.end]):
            cut.append((start, end))
    return [
        (rule, hit)
        for rule, hit in claims
        if rule.code not in OF_WORDS | OF_TERMS or not any(_echoes(rule.code, text, hit, *span) for span in cut)
    ]


def _echoes(code: str, text: str, hit: Hit, start: int, end: int) -> bool:
    """Whether a hit owes itself to the cut word [start, end)."""
    if code in OF_TERMS:
        return hit.start <= end + 1 and start - 1 <= hit.end
    if hit.end <= start or end <= hit.start:
        return False
    within = start < hit.start or hit.end < end
    others = text[hit.start : start].split() + text[end : hit.end].split()
    return within or len(others) < FEW


def _whole(article: Article, hit: Hit) -> Hit:
    view = article.view
    start, end = (view.from_source(at) for at in view.to_source(hit.start, hit.end))
    if (start, end) == (hit.start, hit.end) or start > hit.start or end < hit.end:
        return hit
    lead, tail = article.text[start : hit.start], article.text[hit.end : end]
    widened = tuple(replace(s, replacement=lead + s.replacement + tail) for s in hit.suggestions)
    return replace(hit, start=start, end=end, suggestions=widened)


def settle(hits: Iterable[Claim]) -> list[Claim]:
    """The hits that stay, by place: of two that overlap, the one whose rule comes first, then the surer, the longer.

    An empty hit overlaps what it lies in. The order of the rules is that of `RULES`.
    """
    codes = {rule.code: order for order, rule in enumerate(RULES)}

    def rank(claim: Claim) -> tuple[int, float, int, int]:
        rule, hit = claim
        return codes.get(rule.code, len(codes)), -hit.confidence, hit.start - hit.end, hit.start

    kept: list[Claim] = []  # by place; kept hits do not overlap, so only the neighbours of a place can
    starts: list[int] = []
    for claim in sorted(hits, key=rank):
        hit = claim[1]
        at = bisect_left(starts, hit.end)
        if at and kept[at - 1][1].end > hit.start:
            continue
        place = bisect_left(starts, hit.start)
        kept.insert(place, claim)
        starts.insert(place, hit.start)
    return kept


def _taken_along(article: Article, hit: Hit, free_from: int) -> str:
    """The mark that deleting a hit's words would leave beside another; nothing before `free_from` can be taken."""
    if not any(map(str.isalpha, article.text[hit.start : hit.end])):
        return ""
    mark = stray_mark(article.text, hit.start, hit.end)
    return mark if free_from <= hit.start - len(mark) else ""


def _finding(article: Article, resources: Resources, rule: Rule, hit: Hit, free_from: int) -> Finding:
    start, end = article.view.to_source(hit.start, hit.end)
    anchor = anchor_of(article.view, start, end)
    suggestions = suggestions_for(article, resources, rule, hit)
    applicability = hit.applicability or rule.applicability
    takes = _taken_along(article, hit, free_from) if applicability == "review" else ""
    seen = {**hit.evidence, **evidence_of(suggestions)}
    return Finding(
        rule=rule.code,
        fingerprint=fingerprint(rule.code, anchor),
        anchor=anchor,
        start=start,
        end=end,
        text=article.document.text[start:end],
        message=hit.message,
        confidence=hit.confidence,
        evidence={**seen, "takes": takes} if takes else seen,
        suggestions=suggestions,
        applicability=applicability,
        takes=takes,
    )
