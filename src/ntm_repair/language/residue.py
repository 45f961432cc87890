"""English runs in a Vietnamese paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ntm_repair.language.evidence import Evidence
from ntm_repair.language.keep import is_function_word, reason
from ntm_repair.language.smoothing import posteriors
from ntm_repair.language.words import Word, words_of
from ntm_repair.vietnamese import is_syllable

KNOWN = 1e-6
"""Probability in English from which a word counts as an English word."""
COMMON = 3e-5
"""Probability in English of the common words that a sentence may open with."""
OPENER = 2.0
"""Evidence (nats) such a word needs."""


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
    phrase: bool
    """Two English words in a row, with nothing but a space between."""
    kept: str
    """Why it should be left alone, "" where nothing speaks for it."""

    @property
    def is_prose(self) -> bool:
        """Left-over prose rather than foreign words at home in the sentence: it has a function word, or is a phrase."""
        return self.function_words > 0 or self.phrase


def residue(paragraph: str, evidence: Evidence) -> list[Run]:
    """The English runs of an NFC paragraph, in order, those with a reason to be left alone among them."""
    words = words_of(paragraph)
    scores = word_evidence(words, evidence)
    if max(scores, default=0.0) <= 0:
        return []  # no word can lift the posterior above that of its neighbours
    p = evidence.parameters
    posterior = posteriors(scores, p.enter, p.leave)
    found = [*_runs(paragraph, words, scores, posterior, evidence), *_openers(words, scores, posterior, evidence)]
    return sorted(found, key=lambda run: run.start)


def word_evidence(words: Sequence[Word], evidence: Evidence) -> list[float]:
    """What each word says, in nats, 0 for those that say nothing."""
    scores: list[float] = []
    for i, word in enumerate(words):
        if word.neutral:
            scores.append(0.0)
            continue
        before = words[i - 1].text if i and not words[i - 1].neutral else ""
        after = words[i + 1].text if i + 1 < len(words) and not words[i + 1].neutral else ""
        scores.append(evidence.of_word(word.text, word.opens, before, after))
    return scores


def _runs(
    paragraph: str, words: Sequence[Word], scores: Sequence[float], posterior: Sequence[float], evidence: Evidence
) -> Iterator[Run]:
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
            span = slice(first, last + 1)
            following = words[after] if after < len(words) else None
            yield _run(paragraph, words[span], scores[span], posterior[span], following, evidence)
        first = after


def _run(
    paragraph: str,
    words: Sequence[Word],
    scores: Sequence[float],
    posterior: Sequence[float],
    following: Word | None,
    evidence: Evidence,
) -> Run:
    telling = [p for p, w in zip(posterior, words, strict=True) if not w.neutral]
    return Run(
        start=words[0].start,
        end=words[-1].end,
        posterior=sum(telling) / len(telling),
        words=tuple(words),
        nats=sum(scores),
        function_words=sum(is_function_word(w.text) for w in words if not w.neutral),
        phrase=any(
            paragraph[a.end : b.start].isspace() and min(evidence.english(a.text), evidence.english(b.text)) >= KNOWN
            for a, b in pairwise(words)
        ),
        kept=reason(paragraph, words, following),
    )


def _openers(
    words: Sequence[Word], scores: Sequence[float], posterior: Sequence[float], evidence: Evidence
) -> Iterator[Run]:
    """Common English words that open an otherwise Vietnamese sentence ("Show vẫn còn ..."), too short a run to smooth.

    A loanword opens a sentence seldom, and then in front of a word it is at home with, which `scores` has seen.
    """
    for i, word in enumerate(words[:-1]):
        opens = word.opens and word.capital and not word.neutral and not is_syllable(word.text)
        follows = not words[i + 1].neutral and scores[i + 1] < -2 and posterior[i + 1] <= 0.5
        if opens and follows and posterior[i] <= 0.5 and scores[i] >= OPENER and evidence.english(word.text) >= COMMON:
            function = int(is_function_word(word.text))
            yield Run(word.start, word.end, 0.5, (word,), scores[i], function, True, "")
