"""English runs in a Vietnamese paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, zip_longest

import regex

from ntm_repair.article import Article
from ntm_repair.language.boundary import moved, reads_on
from ntm_repair.language.broken import broken
from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.cuts import pieces
from ntm_repair.language.doubt import is_doubtful
from ntm_repair.language.edges import settled
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.first_look import FirstLook, may_be_wide
from ntm_repair.language.keep import reason
from ntm_repair.language.lone import OPENER, lift, lone_words, openers_of
from ntm_repair.language.reach import touch
from ntm_repair.language.reading import Reading, read
from ntm_repair.language.runs import SURE, Run, kind_of
from ntm_repair.language.smoothing import raised
from ntm_repair.language.words import Word, words_of
from ntm_repair.vietnamese import is_syllable

_LISTED = regex.compile("[,;()/]")
RULE_OF_RESIDUE = "NTM101"
"""The rule that has to look wherever any word may be residue."""
_NAMING = frozenset(("bracketed", "gloss", "title"))
"""Reasons to keep a run that may have a name inside it, and prose inside the name."""


def residue(paragraph: str, evidence: Evidence, *, article: str = "", full: bool = False) -> list[Run]:
    """The English runs of an NFC paragraph that nothing speaks for keeping, in order.

    Words whose posterior lies between `Parameters.doubtful` and `SURE` are there one by one. `article` is the text
    that holds the paragraph. `full` looks everywhere instead of only where something can be found; the answer is the
    same.
    """
    windows = (words_of(paragraph),) if full else _look(evidence).windows(paragraph, True)
    return [run for words in windows for run in _in_window(paragraph, words, evidence, article or paragraph)]


@lru_cache(maxsize=4)
def _look(evidence: Evidence) -> FirstLook:
    """What paragraphs are asked before they are read word by word."""
    return FirstLook(evidence)


def _in_window(paragraph: str, words: Sequence[Word], evidence: Evidence, article: str) -> list[Run]:
    p = evidence.parameters
    reading = read(paragraph, words, evidence, article)
    posterior = reading.posterior
    openers = list(openers_of(reading, evidence))
    least = raised(p.doubtful, -p.inserted)
    if not openers and max(posterior, default=0.0) <= least:
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
    lone = [(i, i) for i in lone_words(reading, taken, evidence)]
    # A run without a word that English lists have is never shown.
    shown = [span for span in sorted([*spans, *lone]) if _has_listed(words, span, evidence)]
    return list(_fitted(reading, shown, evidence)) if shown else []


def _fitted(reading: Reading, spans: Sequence[tuple[int, int]], evidence: Evidence) -> Iterator[Run]:
    """The runs that are shown, the ends of fragments put where they fit best between the runs beside them."""
    end = 0
    for (first, last), following in zip_longest(spans, spans[1:]):
        why = _reasons(reading, first, last, evidence)
        if _is_kept(*why) and why[0] not in _NAMING:
            end = reading.words[last].end
            continue
        run = _run(reading, first, last, evidence, why)
        kind = kind_of(run)
        if kind == "fragment":
            span = moved(reading, first, last, evidence)
            if span != (first, last) and _has_listed(reading.words, span, evidence):
                other = _run(reading, *span, evidence, _reasons(reading, *span, evidence))
                free = end <= other.start and (following is None or span[1] < following[0])
                run = other if free and kind_of(other) else run
        elif run.kept in _NAMING and not kind:
            inside = _prose_inside(run, reading, first)
            if inside:
                prose = _run(reading, *inside, evidence, _reasons(reading, *inside, evidence))
                run = replace(prose, kept=run.kept, doubtful=True)
                kind = kind_of(run)
        end = run.end
        if kind:
            yield run


def _prose_inside(run: Run, reading: Reading, first: int) -> tuple[int, int] | None:
    """First and last word of the prose inside a name that begins at word `first`, or at the one before it."""
    before = reading.words[first - 1] if first and touch(*reading.words[first - 1 : first + 1]) else None
    inside = broken(run.words, None if before is None or is_syllable(before.text) else before)
    return inside and (first + inside[0], first + inside[1])


def may_be_residue(raw: str, evidence: Evidence) -> bool:
    """Whether a raw word (between white space) holds anything that could be English."""
    return _look(evidence).is_suspect(raw)


def article_residue(article: Article, evidence: Evidence) -> tuple[tuple[int, Run], ...]:
    """The runs of an article, each with the code-point offset of its paragraph."""
    found = article.memo.get("residue")
    if not isinstance(found, tuple):
        windows_of, wide = _look(evidence).windows, may_be_wide(article.text)
        runs: list[tuple[int, Run]] = []
        for p in article.paragraphs_for(RULE_OF_RESIDUE):
            paragraph = article.text[p.start : p.end]
            for words in windows_of(paragraph, wide):
                runs += ((p.start, run) for run in _in_window(paragraph, words, evidence, article.text))
        found = tuple(runs)
        article.memo["residue"] = found
    return found


def _above(posterior: Sequence[float], threshold: float) -> Iterator[tuple[int, int]]:
    """First and last index of each stretch of words above the threshold."""
    first = -1
    for i, p in enumerate((*posterior, 0.0)):
        if p > threshold and first < 0:
            first = i
        elif p <= threshold and first >= 0:
            yield first, i - 1
            first = -1


def _trimmed(words: Sequence[Word], first: int, last: int) -> tuple[int, int] | None:
    """What says nothing by itself belongs to a run only between words that do."""
    while first <= last and words[first].neutral:
        first += 1
    while last >= first and words[last].neutral:
        last -= 1
    return (first, last) if first <= last else None


def _has_listed(words: Sequence[Word], span: tuple[int, int], evidence: Evidence) -> bool:
    return any(not w.neutral and evidence.is_listed(w.text) for w in words[span[0] : span[1] + 1])


def _reasons(reading: Reading, first: int, last: int, evidence: Evidence) -> tuple[str, bool]:
    """Why a run is to be left alone, and whether that is doubtful."""
    paragraph, words = reading.paragraph, reading.words
    own = words[first : last + 1]
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) else None
    kept = reason(paragraph, own, before, after, evidence)
    joined = (reads_on(reading, first, last, evidence.context) or 0.0) if kept and first < last else 0.0
    return kept, is_doubtful(paragraph, own, before, after, kept, joined, evidence)


def _is_kept(kept: str, doubtful: bool) -> bool:
    """Whether a run is left alone for these reasons, whatever it holds: nine in ten runs of clean text are."""
    return bool(kept) and not doubtful


def _run(reading: Reading, first: int, last: int, evidence: Evidence, why: tuple[str, bool]) -> Run:
    paragraph, words, posterior = reading.paragraph, reading.words, reading.posterior
    own = words[first : last + 1]
    telling = [posterior[i] for i in range(first, last + 1) if not words[i].neutral]
    known = [not w.neutral and evidence.is_listed(w.text) for w in own]
    functions = sum(is_function_word(w.text) for w in own if not w.neutral)
    phrase = any(
        (a_known or (not a.neutral and evidence.is_compound(a.text)))
        and b_known
        and not b.capital
        and paragraph[a.end : b.start].isspace()
        for (a, a_known), (b, b_known) in pairwise(zip(own, known, strict=True))
    )
    asked = not (why[0] or functions or phrase) and first < last
    return Run(
        start=own[0].start,
        end=own[-1].end,
        posterior=sum(telling) / len(telling),
        words=tuple(own),
        nats=sum(reading.scores[first : last + 1]),
        function_words=functions,
        phrase=phrase,
        listed=bool(_LISTED.search(paragraph, own[0].end, own[-1].start)),
        known=sum(known),
        kept=why[0],
        doubtful=why[1],
        inserted=lift(reading, first, last, evidence) if asked else 0.0,
    )
