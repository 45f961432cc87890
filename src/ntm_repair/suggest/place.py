"""A fragment and what stands around it, in the form that the suggesters need.

Counts of news cross neither punctuation nor numbers, so the words beside a fragment end there too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from ntm_repair.article import Article
from ntm_repair.language.words import Word, words_between, words_of

_PART = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’](?!s\b)\p{L}+)*|['’]s\b|[\p{L}\p{N}]+(?:[.,/]\p{N}+)*")
YEAR = regex.compile(r"(?:19|20)\d\d")
_COMMA = regex.compile(r"[\s\x1c-\x1f\x85]*,")
_LINK = regex.compile(r"[ \u00a0\t\n]+")
_WIDE = re.compile(r"[`\\\x1c-\x1f]")
"""Signs of words that hold white space: code, TeX, addresses with what only Python takes for white space."""
NEIGHBOURS = 4
"""How many words on either side are looked at."""
KEPT = 64
"""Paragraphs taken apart that are kept: findings come in order, so that more are not asked for again."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the fragment. `lower` is what glossaries are asked for."""

    text: str
    lower: str
    kept: bool
    """Stays as it is: a number, an acronym, a code."""
    opens: bool
    """Begins a sentence, so that its capital says nothing."""
    gap: str
    """What stands between it and the next word of the fragment: a space, a hyphen, a comma and a space."""

    @property
    def capital(self) -> bool:
        """Written with a capital first letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Place:
    """A fragment between its neighbours. Offsets are code points of `Article.text`."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    left: tuple[str, ...]
    """The words before it, the nearest last: lower-cased, acronyms spelt out, none from beyond a stop or a number."""
    right: tuple[str, ...]
    """The words after it, the nearest first."""
    opens: bool
    """Begins a sentence."""
    links: bool
    """Opens a sentence and a comma follows: the place of a connective."""
    figure: str = ""
    """The figure right after it: numbers at its end are none of its words ("increased by | 30%")."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its words in order; their offsets are code points of `text`."""

    text: str
    words: list[Word]
    starts: list[int]
    ends: list[int]

    def before(self, at: int, most: int) -> list[Word]:
        """The last `most` words that end at `at` or before."""
        last = bisect_right(self.ends, at)
        return self.words[max(0, last - most) : last]

    def after(self, at: int, most: int) -> list[Word]:
        """The first `most` words that begin at `at` or after."""
        first = bisect_left(self.starts, at)
        return self.words[first : first + most]


def place_of(article: Article, start: int, end: int, spelt_out: Callable[[str], Sequence[str]]) -> Place:
    """The place of the span; `spelt_out` gives the words an acronym stands for, or none."""
    number = article.paragraph_at(start)
    offset = article.paragraphs[number].start
    paragraph = paragraph_of(article, number)
    text = paragraph.text
    low, high = start - offset, end - offset
    left: list[str] = []
    at = low
    for word in reversed(paragraph.before(low, NEIGHBOURS)):
        if not _LINK.fullmatch(text, word.end, at) or not (spelt := _said(word, spelt_out)):
            break
        left[:0] = spelt
        at = word.start
    right: list[str] = []
    at = high
    for word in paragraph.after(high, NEIGHBOURS):
        if not _LINK.fullmatch(text, at, word.start) or not (spelt := _said(word, spelt_out)):
            break
        right += spelt
        at = word.end
    figure = next((w.text for w in paragraph.after(high, 1) if _LINK.fullmatch(text, high, w.start)), "")
    figure = figure if figure[:1].isdigit() else ""
    opens = _opens(text, low)
    links = opens and _COMMA.match(text, high) is not None
    return Place(start, end, _tokens(text[low:high], opens), tuple(left), tuple(right), opens, links, figure)


def paragraph_of(article: Article, number: int) -> Paragraph:
    """A paragraph by its number, remembered for those beside it."""
    memo = article.memo.setdefault("suggest.paragraphs", {})
    assert isinstance(memo, dict)
    known: Paragraph | None = memo.get(number)
    if known is None:
        segment = article.paragraphs[number]
        text = article.text[segment.start : segment.end]
        words = _words(text)
        if len(memo) >= KEPT:
            memo.clear()
        known = memo[number] = Paragraph(text, words, [w.start for w in words], [w.end for w in words])
    return known


def _words(paragraph: str) -> list[Word]:
    """`words_of`, from raw words that were seen before where the paragraph is made of such."""
    raw = paragraph.split()
    if _WIDE.search(paragraph) or sum(map(len, raw)) + len(raw) - 1 != len(paragraph):
        return words_of(paragraph)
    return words_between(paragraph, raw, 0, len(raw) - 1)


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins at `at`; after a colon, a semicolon or a dash only a capital says so."""
    capital = text[at : at + 1].isupper()
    while at and text[at - 1] in " \u00a0\t\n\"“‘'(":
        at -= 1
    return not at or text[at - 1] in ".!?" or (text[at - 1] in "…:;-–—•" and capital)


def _said(word: Word, spelt_out: Callable[[str], Sequence[str]]) -> Sequence[str]:
    if any(c.isdigit() for c in word.text):
        return ()
    return spelt_out(word.text) if word.neutral else (word.text.lower(),)


def _tokens(fragment: str, opens: bool) -> tuple[Token, ...]:
    found: list[Token] = []
    matches = list(_PART.finditer(fragment))
    for i, match in enumerate(matches):
        text = match.group()
        gap = fragment[match.end() : matches[i + 1].start()] if i + 1 < len(matches) else fragment[match.end() :]
        acronym = len(text) > 1 and text.isupper()
        kept = acronym or any(c.isdigit() for c in text)
        starts = opens if i == 0 else found[-1].gap.strip().endswith((".", "!", "?", ":"))
        found.append(Token(text, text.lower().replace("’", "'"), kept, starts, gap))
    return tuple(found)
