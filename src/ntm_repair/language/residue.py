"""English runs in a Vietnamese paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm_repair.language.evidence import Evidence
from ntm_repair.language.keep import is_function_word, reason
from ntm_repair.language.smoothing import posteriors
from ntm_repair.language.words import Word, words_of


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring English words. Offsets are code points of the paragraph."""

    start: int
    end: int
    posterior: float
    """Mean P(English) of its words that say something about language."""
    words: tuple[Word, ...]
    nats: float
    """Sum of the words' evidence."""
    function_words: int
    kept: str
    """Why it should be left alone, "" where nothing speaks for it."""


def residue(paragraph: str, evidence: Evidence) -> list[Run]:
    """The English runs of an NFC paragraph, in order, those with a reason to be left alone among them."""
    words = words_of(paragraph)
    scores = word_evidence(words, evidence)
    if max(scores, default=0.0) <= 0:
        return []  # no word can lift the posterior above that of its neighbours
    p = evidence.parameters
    return list(_runs(paragraph, words, scores, posteriors(scores, p.enter, p.leave)))


def word_evidence(words: Sequence[Word], evidence: Evidence) -> list[float]:
    """What each word says, in nats, 0 for those that say nothing."""
    scores: list[float] = []
    for i, word in enumerate(words):
        if word.neutral:
            scores.append(0.0)
            continue
        before = words[i - 1].text if i and not words[i - 1].neutral else ""
        after = words[i + 1].text if i + 1 < len(words) and not words[i + 1].neutral else ""
        scores.append(evidence.of_word(word.text, word.capital, before, after))
    return scores


def _runs(paragraph: str, words: Sequence[Word], scores: Sequence[float], posterior: Sequence[float]) -> Iterator[Run]:
    first = 0
    while first < len(words):
        if posterior[first] <= 0.5:
            first += 1
            continue
        last = first
        while last + 1 < len(words) and posterior[last + 1] > 0.5:
            last += 1
        after = last + 1
        # What says nothing by itself belongs to a run only between words that do.
        while first <= last and words[first].neutral:
            first += 1
        while last >= first and words[last].neutral:
            last -= 1
        if first <= last:
            yield _run(paragraph, words[first : last + 1], scores[first : last + 1], posterior[first : last + 1])
        first = after


def _run(paragraph: str, words: Sequence[Word], scores: Sequence[float], posterior: Sequence[float]) -> Run:
    telling = [p for p, w in zip(posterior, words, strict=True) if not w.neutral]
    return Run(
        start=words[0].start,
        end=words[-1].end,
        posterior=sum(telling) / len(telling),
        words=tuple(words),
        nats=sum(scores),
        function_words=sum(is_function_word(w.text) for w in words if not w.neutral),
        kept=reason(paragraph, words),
    )
