"""English runs in a Vietnamese paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import regex

from ntm_repair.article import Article
from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.cuts import pieces
from ntm_repair.language.doubt import is_doubtful
from ntm_repair.language.edges import settled
from ntm_repair.language.evidence import LONE, Evidence
from ntm_repair.language.first_look import FirstLook
from ntm_repair.language.keep import reason
from ntm_repair.language.smoothing import posteriors
from ntm_repair.language.words import Word, words_of
from ntm_repair.vietnamese import is_syllable

_LISTED = regex.compile("[,;()/]")
RULE_OF_RESIDUE = "NTM101"
"""The rule that has to look wherever any word may be residue."""
SURE = 0.5
"""Posterior above which neighbouring words make a run."""
OPENER_NATS = 2.0
"""Evidence such a word needs."""
OPENER = 0.4
"""Posterior it is shown with: of those in clean text and in planted text about as many are residue."""
TELLING = 3.0
"""Evidence (nats) a lone function word needs that is a Vietnamese syllable too: "to", "the", not "do", "an"."""
LIKELY = 0.9
"""Posterior a run without two English words in a row needs."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring English words, or a doubtful lone one. Offsets are code points of the paragraph."""

    start: int
    end: int
    posterior: float
    """Mean P(English) of its words that say something about language."""
    words: tuple[Word, ...]
    nats: float
    """Sum of the words' evidence."""
    function_words: int
    phrase: bool
    """Two known English words in a row, the second in lower case, with nothing but a space between."""
    listed: bool
    """Has a comma or a bracket between its words."""
    known: int
    """How many of its words English frequency lists have."""
    kept: str
    """Why it should be left alone, "" where nothing speaks for it."""
    doubtful: bool
    """Reads like prose though something speaks for keeping it."""

    @property
    def is_lone(self) -> bool:
        """A single word; acronyms and numbers beside it do not count."""
        return sum(not w.neutral for w in self.words) == 1

    @property
    def is_prose(self) -> bool:
        """Left-over prose rather than foreign words at home in the sentence: it has a function word, or is a phrase."""
        return self.function_words > 0 or self.phrase


def residue(paragraph: str, evidence: Evidence, *, full: bool = False) -> list[Run]:
    """The English runs of an NFC paragraph that nothing speaks for keeping, in order.

    Words whose posterior lies between `Parameters.doubtful` and `SURE` are there one by one. `full` looks everywhere
    instead of only where something can be found; the answer is the same.
    """
    windows = (words_of(paragraph),) if full else _look(evidence).windows(paragraph)
    return [run for words in windows for run in _in_window(paragraph, words, evidence) if kind_of(run)]


@lru_cache(maxsize=4)
def _look(evidence: Evidence) -> FirstLook:
    """What paragraphs are asked before they are read word by word."""
    return FirstLook(evidence)


def _in_window(paragraph: str, words: Sequence[Word], evidence: Evidence) -> list[Run]:
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
    openers = list(_openers(words, scores, bonds, evidence))
    if not openers and max(posterior, default=0.0) <= p.doubtful:
        return []
    spans: list[tuple[int, int]] = []
    for above in _above(posterior, SURE):
        run = _trimmed(words, *above)
        for piece in pieces(paragraph, words, *run) if run else ():
            trimmed = _trimmed(words, *piece)
            if trimmed:
                spans.append(settled(paragraph, words, *trimmed, evidence))
    taken = {i for first, last in spans for i in range(first - 1, last + 2)}
    for i in openers:
        posterior[i] = max(posterior[i], OPENER)
    doubtful = ((i, i) for i, p_i in enumerate(posterior) if p.doubtful < p_i <= SURE and i not in taken)
    at_home = [before > 0 or after > 0 for before, after in pairwise((*bonds, 0.0))]
    lone = [(i, j) for i, j in doubtful if not words[i].neutral and not at_home[i]]
    # A run without a word that English lists have is never shown.
    shown = [(i, j) for i, j in sorted([*spans, *lone]) if _has_listed(words[i : j + 1], evidence)]
    return [_run(paragraph, words, scores, posterior, first, last, evidence) for first, last in shown]


def stretches(words: Sequence[Word], evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Half-open index ranges of words that can share a run: they are parted between two walls in a row."""
    first = 0
    walls = [not w.neutral and evidence.is_wall(w.text) for w in words]
    for i in range(1, len(words)):
        if walls[i - 1] and walls[i]:
            yield first, i
            first = i
    if words:
        yield first, len(words)


def may_be_residue(raw: str, evidence: Evidence) -> bool:
    """Whether a raw word (between white space) holds anything that could be English."""
    return _look(evidence).is_suspect(raw)


def article_residue(article: Article, evidence: Evidence) -> tuple[tuple[int, Run], ...]:
    """The runs of an article, each with the code-point offset of its paragraph."""
    found = article.memo.get("residue")
    if not isinstance(found, tuple):
        windows_of = _look(evidence).windows
        runs: list[tuple[int, Run]] = []
        for p in article.paragraphs_for(RULE_OF_RESIDUE):
            paragraph = article.text[p.start : p.end]
            for words in windows_of(paragraph):
                runs += ((p.start, run) for run in _in_window(paragraph, words, evidence) if kind_of(run))
        found = tuple(runs)
        article.memo["residue"] = found
    return found


def word_evidence(words: Sequence[Word], evidence: Evidence) -> list[float]:
    """What each word says, in nats, 0 for those that say nothing."""
    return [0.0 if word.neutral else evidence.of_form(word.text, word.opens) for word in words]


def bonds_of(words: Sequence[Word], scores: Sequence[float], evidence: Evidence) -> tuple[list[float], list[float]]:
    """How well each word stands after the one before it in Vietnamese and in English, in nats.

    In Vietnamese 0 where neither could be English, in English where not both could or a name may begin. Words
    on either side of a stop, a comma or something that is no word say nothing about each other.
    """
    bonds, english = [0.0] * len(words), [0.0] * len(words)
    for i in range(1, len(words)):
        first, second = words[i - 1], words[i]
        together = second.start - first.end == 1 and not (first.neutral or second.neutral)
        if together and (scores[i] > 0 or scores[i - 1] > 0):
            bonds[i] = evidence.bond(first.text, second.text)
            if scores[i] > 0 and scores[i - 1] > 0 and (second.text == "I" or not second.capital):
                english[i] = evidence.english_bond(first.text, second.text)
    return bonds, english


def _above(posterior: Sequence[float], threshold: float) -> Iterator[tuple[int, int]]:
    """First and last index of each stretch of words above the threshold."""
    first = -1
    for i, p in enumerate((*posterior, 0.0)):
        if p > threshold and first < 0:
            first = i
        elif p <= threshold and first >= 0:
            yield first, i - 1
            first = -1


def _openers(
    words: Sequence[Word], scores: Sequence[float], bonds: Sequence[float], evidence: Evidence
) -> Iterator[int]:
    """Common English words that open an otherwise Vietnamese sentence: "Show vẫn còn ...", not "Show diễn ...".

    A loanword opens a sentence seldom, and then in front of a word that news has beside it.
    """
    for i in range(len(words) - 1):
        word = words[i]
        opens = word.opens and word.capital and not word.neutral
        strange = scores[i] >= OPENER_NATS and scores[i + 1] < 0 and bonds[i + 1] < 0
        if opens and strange and evidence.may_open(word.text):
            yield i


def _trimmed(words: Sequence[Word], first: int, last: int) -> tuple[int, int] | None:
    """What says nothing by itself belongs to a run only between words that do."""
    while first <= last and words[first].neutral:
        first += 1
    while last >= first and words[last].neutral:
        last -= 1
    return (first, last) if first <= last else None


def _has_listed(words: Sequence[Word], evidence: Evidence) -> bool:
    return any(not w.neutral and evidence.is_listed(w.text) for w in words)


def _run(
    paragraph: str,
    words: Sequence[Word],
    scores: Sequence[float],
    posterior: Sequence[float],
    first: int,
    last: int,
    evidence: Evidence,
) -> Run:
    own = words[first : last + 1]
    telling = [posterior[i] for i in range(first, last + 1) if not words[i].neutral]
    known = [not w.neutral and evidence.is_listed(w.text) for w in own]
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) else None
    kept = reason(paragraph, own, before, after, evidence)
    return Run(
        start=own[0].start,
        end=own[-1].end,
        posterior=sum(telling) / len(telling),
        words=tuple(own),
        nats=sum(scores[first : last + 1]),
        function_words=sum(is_function_word(w.text) for w in own if not w.neutral),
        phrase=any(
            (a_known or (not a.neutral and evidence.is_compound(a.text)))
            and b_known
            and not b.capital
            and paragraph[a.end : b.start].isspace()
            for (a, a_known), (b, b_known) in pairwise(zip(own, known, strict=True))
        ),
        listed=bool(_LISTED.search(paragraph, own[0].end, own[-1].start)),
        known=sum(known),
        kept=kept,
        doubtful=is_doubtful(paragraph, own, before, after, kept, evidence),
    )


def kind_of(run: Run) -> Literal["fragment", "word", ""]:
    """What a run is reported as: left-over prose, a doubtful lone word, or nothing.

    A lone content word must be likelier English than not: function words are never at home in Vietnamese, loanwords
    often are.
    """
    if run.kept:
        return "word" if run.doubtful and run.known else ""
    if not run.known:
        return ""
    if run.is_lone:
        word = next(w for w in run.words if not w.neutral)
        telling = not is_syllable(word.text) or run.nats >= TELLING
        sure = run.posterior > (LONE if telling else SURE) or (run.function_words and telling)
        return "word" if sure and len(word.text) > 1 else ""
    if run.is_prose:
        return "fragment"
    # English words beside unknown ones or apart from each other: terms or a list of them more often than residue.
    lower = [w for w in run.words if not w.neutral and not w.capital]
    return "word" if run.posterior > LIKELY and len(lower) > 1 and not run.listed else ""
