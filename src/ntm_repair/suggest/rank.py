"""Ranking by experience: what was taken and refused before moves later suggestions of the same kind.

Everything comes from decision logs and nothing else: the same logs give the same ranking, in whatever order their
lines are read. Two things are learned. Of a kind - a rule and a source - how often its suggestions were taken, against
what its share would be by chance; and of the very words, what was put in their place. Safe findings are left alone:
what they do unasked must not depend on who reviewed what.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ntm_repair.decisions import in_force
from ntm_repair.types import Decision, Finding, Message, Scalar, Suggestion

DOUBT = 8.0
"""Answers that a kind's share is smoothed with: after as many, experience counts as much as the ranker."""
LEAST_FACTOR, MOST_FACTOR = 0.5, 1.5
"""How far experience with a kind can move a score."""
CERTAIN = 0.97
"""The most a suggestion is scored with."""


@dataclass(frozen=True)
class Experience:
    """Counts over answers in force."""

    sources: dict[str, Counter[str]]
    """Rule to the sources of what was taken; "" for answers that took no suggestion (kept, or written by hand)."""
    answers: dict[tuple[str, str], Counter[str | None]]
    """Rule and words, without case, to what was put in their place; None for words that were kept."""

    @classmethod
    def of(cls, logs: Iterable[Iterable[Decision]]) -> Experience:
        """What decision logs say; an answer that was taken back says nothing."""
        sources: dict[str, Counter[str]] = defaultdict(Counter)
        answers: dict[tuple[str, str], Counter[str | None]] = defaultdict(Counter)
        for log in logs:
            for decision in in_force(log).values():
                if decision.action not in ("accept", "edit", "keep", "delete"):
                    continue
                sources[decision.rule][decision.suggested_by] += 1
                kept = decision.action == "keep"
                answers[decision.rule, _words(decision.anchor.text)][None if kept else decision.replacement] += 1
        return cls(dict(sources), dict(answers))

    def __bool__(self) -> bool:
        return bool(self.sources)


def reranked(findings: Sequence[Finding], experience: Experience) -> tuple[Finding, ...]:
    """The findings with their suggestions scored anew and in order; the same where there is no experience."""
    return tuple(_reranked(f, experience) for f in findings) if experience else tuple(findings)


def _reranked(finding: Finding, experience: Experience) -> Finding:
    if finding.applicability == "safe":
        return finding
    taken = experience.sources.get(finding.rule, Counter())
    before = experience.answers.get((finding.rule, _words(finding.anchor.text)), Counter())
    if not taken and not before:
        return finding
    own = {s.source for s in finding.suggestions}
    scored = {s.replacement: replace(s, score=_moved(s, taken, len(own))) for s in finding.suggestions}
    answered = sum(before.values())
    if answered:
        changed = answered - before[None]
        for key, suggestion in scored.items():
            # Words that were kept before are likely right here too.
            scored[key] = replace(suggestion, score=suggestion.score * (changed + 1) / (answered + 1))
        for replacement, count in sorted((r, n) for r, n in before.items() if r is not None):
            score = count / (answered + 0.5)
            known = scored.get(replacement)
            if known is not None:
                scored[replacement] = replace(known, score=max(known.score, score))
            else:
                why = Message("suggest.answered_user", {"count": count})
                scored[replacement] = Suggestion(replacement, score, "deletion" if not replacement else "lexicon", why)
    final = [replace(s, score=round(min(CERTAIN, s.score), 2)) for s in scored.values()]
    ranked = sorted(final, key=lambda s: (-s.score, _place(finding, s), s.replacement))
    first = finding.ranked_first or (finding.suggestions[0].replacement if finding.suggestions else None,)
    evidence = {**finding.evidence, **_moved_by(finding, ranked[0], taken, before)} if ranked else finding.evidence
    kept = tuple(ranked[: max(len(finding.suggestions), 5)])
    return replace(finding, suggestions=kept, ranked_first=first, evidence=evidence)


def _moved_by(
    finding: Finding, first: Suggestion, taken: Counter[str], before: Counter[str | None]
) -> dict[str, Scalar]:
    """Why the score of what is first now is not what the ranker gave it; nothing where it is."""
    was = next((s.score for s in finding.suggestions if s.replacement == first.replacement), None)
    if was is None or round(was, 2) == first.score:
        return {}
    told: dict[str, Scalar] = {"lowered_from" if first.score < was else "raised_from": was}
    if before[None] and first.score < was:
        told["kept_before"] = before[None]
    return {**told, "answers_before": sum(taken.values()), "taken_before": taken[first.source]}


def _moved(suggestion: Suggestion, taken: Counter[str], sources: int) -> float:
    """The score times how much oftener its source was taken than its share would be by chance."""
    total = sum(taken.values())
    share = (taken[suggestion.source] + DOUBT / sources) / (total + DOUBT)
    factor = min(MOST_FACTOR, max(LEAST_FACTOR, share * sources))
    return suggestion.score * factor


def _place(finding: Finding, suggestion: Suggestion) -> int:
    """Where the ranker had it; behind all where it is new."""
    order = [s.replacement for s in finding.suggestions]
    return order.index(suggestion.replacement) if suggestion.replacement in order else len(order)


def _words(text: str) -> str:
    """What makes two places the same words; where there are none, every space counts."""
    return " ".join(text.split()).casefold() or text
