"""What each word of a stretch of text says about the language, alone and beside its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntm_repair.language.evidence import Evidence
from ntm_repair.language.smoothing import posteriors
from ntm_repair.language.words import Word


class Reading(NamedTuple):
    """Words of a paragraph with what is known of each. Evidence is in nats, positive for English."""

    paragraph: str
    words: Sequence[Word]
    scores: list[float]
    """What each word says by itself."""
    bonds: list[float]
    """How well each word stands after the one before it in Vietnamese."""
    english: list[float]
    """The same in English."""
    posterior: list[float]
    """P(English) of each word."""
    article: str
    """The text that the paragraph stands in, or the paragraph."""


def read(paragraph: str, words: Sequence[Word], evidence: Evidence, article: str = "") -> Reading:
    """The words of an NFC paragraph, or some of them, read with the weights of `evidence`; `article` holds it."""
    p = evidence.parameters
    scores = word_evidence(words, evidence)
    bonds, english = bonds_of(words, scores, evidence)
    posterior: list[float] = []
    for first, last in stretches(words, evidence):
        span = slice(first, last)
        if max(scores[span]) <= 0:
            posterior += [0.0] * (last - first)
        else:
            posterior += posteriors(scores[span], bonds[span], english[span], p.enter, p.leave, begins=first > 0)
    return Reading(paragraph, words, scores, bonds, english, posterior, article or paragraph)


def stretches(words: Sequence[Word], evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Half-open index ranges of words that can share a run: they are parted between two walls in a row."""
    first = 0
    before = False
    is_wall = evidence.is_wall
    for i, (_, _, text, neutral, _) in enumerate(words):
        wall = not neutral and is_wall(text)
        if wall and before:
            yield first, i
            first = i
        before = wall
    if words:
        yield first, len(words)


def word_evidence(words: Sequence[Word], evidence: Evidence) -> list[float]:
    """What each word says, in nats, 0 for those that say nothing."""
    of_form = evidence.of_form
    return [0.0 if neutral else of_form(text, opens) for _, _, text, neutral, opens in words]


def bonds_of(words: Sequence[Word], scores: Sequence[float], evidence: Evidence) -> tuple[list[float], list[float]]:
    """How well each word stands after the one before it in Vietnamese and in English, in nats.

    In Vietnamese 0 where neither could be English, in English where not both could or a name may begin. Words
    on either side of a stop, a comma or something that is no word say nothing about each other.
    """
    bonds, english = [0.0] * len(words), [0.0] * len(words)
    for i in range(1, len(words)):
        if scores[i] > 0 or scores[i - 1] > 0:
            first, second = words[i - 1], words[i]
            if second.start - first.end == 1 and not (first.neutral or second.neutral):
                bonds[i] = evidence.bond(first.text, second.text)
                if scores[i] > 0 and scores[i - 1] > 0 and (second.text == "I" or not second.capital):
                    english[i] = evidence.english_bond(first.text, second.text)
    return bonds, english
