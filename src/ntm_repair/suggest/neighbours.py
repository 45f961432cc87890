"""The same place written in a neighbouring article: reports of one event share whole sentences.

What neighbours show is added to findings that are settled already and stays below what the article itself shows. The
first suggestion of the scan without neighbours is kept in `ranked_first`, so that equal findings stay equal and
recorded answers go on reaching them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from ntm_repair.article import Article
from ntm_repair.resources import Resources
from ntm_repair.suggest import MOST, SUGGESTERS
from ntm_repair.suggest.again import LEAST_ONE_SIDED
from ntm_repair.suggest.elsewhere import AROUND, longest, passages, told_of, up_to_a_stop
from ntm_repair.suggest.english import AGREEMENT, REPEATED
from ntm_repair.suggest.line import Line, line_of
from ntm_repair.suggest.place import Place, place_of
from ntm_repair.suggest.senses import Senses, senses_of
from ntm_repair.suggest.written import fitted
from ntm_repair.types import Finding, Message, Suggestion

ELSEWHERE = 0.85
"""What the score of a passage is multiplied by where it stands in another article, which may tell of another event."""
FOLLOWS = 0.5
"""Score of a passage between the same words and a stop, before `ELSEWHERE`."""
OFFERED = 2
"""Suggestions from neighbours that a finding is shown with."""
WORD = 8
"""Code points that a word and its space are taken to need: Vietnamese syllables have seven letters at most."""
LENGTH = 2
"""Vietnamese words that an English word is taken to need at most."""
NEARLY = 6
"""Agreeing words, of eight, from which half of the fragment's meaning is enough."""
_MARK = regex.compile(r"[,:()]")
PLACES = 40
"""Places of one neighbour that are compared: words met oftener are no sign of the same sentence."""


@dataclass(frozen=True)
class Neighbour:
    """Another article of the run. `text` is NFC."""

    key: tuple[str, str]
    """Its file and the record's name in it."""
    text: str

    def name_beside(self, path: str) -> str:
        """How it is called to the editor of the article `path`: by its file, seen from there, and its record."""
        file, record = self.key
        with suppress(ValueError):  # on another drive
            file = os.path.relpath(file, os.path.dirname(path) or ".")  # noqa: PTH120 - names only, nothing is resolved
        file = file.replace("\\", "/")
        return f"{file} · {record}" if record else file

    @cached_property
    def lower(self) -> str:
        """The text in lower case, code point for code point."""
        return self.text.replace("İ", "I").lower()


def with_neighbours(
    article: Article,
    findings: Sequence[Finding],
    others: Iterable[Neighbour],
    resources: Resources,
) -> tuple[Finding, ...]:
    """The findings with what the other articles show of left-over English.

    The order of `others` decides between passages that fit equally well.
    """
    asked = list(others)
    return tuple(_asked(article, f, asked, resources) if f.rule in SUGGESTERS else f for f in findings)


def _asked(article: Article, finding: Finding, others: Sequence[Neighbour], resources: Resources) -> Finding:
    if finding.applicability == "safe":
        return finding
    senses = senses_of(resources)
    start, end = article.view.from_source(finding.start), article.view.from_source(finding.end)
    place = place_of(article, start, end, senses.spelt_out)
    if not place.tokens:
        return finding
    found: dict[str, Suggestion] = {}
    factor = ELSEWHERE * finding.confidence * (REPEATED if finding.evidence.get("translation_beside") else 1.0)
    for other in others:
        for text, score, at in _shown(article, place, other, senses):
            line = other.text.count("\n", 0, at) + 1
            name = other.name_beside(article.document.source.path)
            why = Message("suggest.neighbour", {"name": name, "phrase": text, "line": line})
            suggestion = Suggestion(fitted(place, text), round(score * factor, 2), "article", why)
            known = found.get(suggestion.replacement)
            if suggestion.replacement != finding.anchor.text and (known is None or suggestion.score > known.score):
                found[suggestion.replacement] = suggestion
    best = sorted(found.values(), key=lambda s: (-s.score, s.replacement))[:OFFERED]
    return _added(finding, best) if best else finding


def _added(finding: Finding, more: Sequence[Suggestion]) -> Finding:
    """The finding with more suggestions; of two with the same text, the better one."""
    own = {s.replacement: s for s in finding.suggestions}
    for suggestion in more:
        known = own.get(suggestion.replacement)
        if known is None or suggestion.score > known.score:
            own[suggestion.replacement] = suggestion
    ranked = sorted(own.values(), key=lambda s: (-s.score, s.replacement))[:MOST]
    first = finding.ranked_first or (finding.suggestions[0].replacement if finding.suggestions else None,)
    return replace(finding, suggestions=tuple(ranked), ranked_first=first)


def _shown(article: Article, place: Place, other: Neighbour, senses: Senses) -> Iterator[tuple[str, float, int]]:
    """What a neighbour has in the place of the fragment: text, score before any factor, offset in its text."""
    for low, high in _windows(article, place, other):
        line = Line.of(other.text[low:high])
        for passage in passages(article, place, senses, line):
            text = line.text[passage.start : passage.end]
            if not _shouted(text) and _fits(place, text, passage.agreeing, senses):
                yield _cased(article, place, text), AGREEMENT[passage.agreeing], low + passage.start
        for start, end in up_to_a_stop(article, place, senses, line):
            if not _shouted(line.text[start:end]):
                yield _cased(article, place, line.text[start:end]), FOLLOWS, low + start


def _fits(place: Place, text: str, agreeing: int, senses: Senses) -> bool:
    """Whether a passage between like words may be what the fragment was: many articles have many such words by chance.

    It is no longer than a fragment would need and, unless all words around agree, all the fragment's content words are
    found in it, or half of them where nearly all words around agree.
    """
    if len(text.split()) > LENGTH * len(place.tokens) or _MARK.search(text):
        return False
    if agreeing == 2 * AROUND:
        return True
    told, content = told_of(place, text, senses)
    return 0 < content <= told or (agreeing >= NEARLY and 0 < content <= 2 * told)


def _shouted(text: str) -> bool:
    """Whether a passage is all capitals, as headlines are: what its names are written like is not known."""
    return " " in text and text.isupper()


def _cased(article: Article, place: Place, text: str) -> str:
    """The passage without a capital that only opens its sentence, or a headline."""
    first, *rest = text.split(" ", 1)
    within = article.text[place.start : place.start + 1].islower() and first[1:].islower()
    return " ".join((first.lower(), *rest)) if within and f" {first.lower()} " in article.text else text


def _windows(article: Article, place: Place, other: Neighbour) -> list[tuple[int, int]]:
    """The stretches of a neighbour that have enough of the words beside the fragment, as code points.

    Enough are two words before it with the one after it, or three on one side.
    """
    here = line_of(article)
    first, last = here.around(place.start, place.end)
    reach = (longest(place) + 2 * AROUND + 1) * WORD
    found: set[tuple[int, int]] = set()
    for low, high in ((first - 2, first), (first - LEAST_ONE_SIDED, first), (last, last + LEAST_ONE_SIDED)):
        if low < 0 or high > len(here.words) or (high - low == 2 and last == len(here.words)):
            continue
        words = here.text[here.words[low].start : here.words[high - 1].end].lower()
        beyond = here.words[last].text.lower() if high - low == 2 else ""
        for at in _places(other.lower, words):
            end = at + len(words)
            window = (at - AROUND * WORD, end + reach) if high == first else (at - reach, end + AROUND * WORD)
            if other.lower.find(beyond, end, window[1]) >= 0 or high != first:
                found.add(_to_space(other.text, *window))
    return sorted(found)


def _places(text: str, words: str) -> Iterator[int]:
    at = -1
    for _ in range(PLACES):
        at = text.find(words, at + 1)
        if at < 0:
            return
        yield at


def _to_space(text: str, low: int, high: int) -> tuple[int, int]:
    """The stretch widened to white space on both sides."""
    low, high = max(0, low), min(len(text), high)
    while low > 0 and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and not text[high].isspace():
        high += 1
    return low, high
