"""A fragment and what stands around it, in the form that the suggesters need.

Counts of news cross neither punctuation nor numbers, so the words beside a fragment end there too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from ntm_repair.article import Article
from ntm_repair.language.words import Word, words_of
from ntm_repair.types import Segment

_PART = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’](?!s\b)\p{L}+)*|['’]s\b|[\p{L}\p{N}]+(?:[.,/]\p{N}+)*")
_LINK = regex.compile(r"[ \u00a0\t\n]+")
NEIGHBOURS = 4
"""How many words on either side are looked at."""


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
    glued: bool
    """The stop of the sentence before it stands right against it: "nước.Do that"."""


def place_of(article: Article, start: int, end: int, spelt_out: Callable[[str], Sequence[str]]) -> Place:
    """The place of the span; `spelt_out` gives the words an acronym stands for, or none."""
    paragraph = next(p for p in article.paragraphs if p.start <= start < p.end or p.start <= start <= p.end)
    text = article.text[paragraph.start : paragraph.end]
    words = paragraph_words(article, paragraph)
    low, high = start - paragraph.start, end - paragraph.start
    before = [w for w in words if w.end <= low]
    after = [w for w in words if w.start >= high]
    glued = low > 1 and text[low - 1] in ".!?…" and text[low - 2].isalpha()
    left: list[str] = []
    at = low
    for word in reversed(before[-NEIGHBOURS:]):
        if not _LINK.fullmatch(text, word.end, at) or not (spelt := _said(word, spelt_out)):
            break
        left[:0] = spelt
        at = word.start
    right: list[str] = []
    at = high
    for word in after[:NEIGHBOURS]:
        if not _LINK.fullmatch(text, at, word.start) or not (spelt := _said(word, spelt_out)):
            break
        right += spelt
        at = word.end
    opens = _opens(text, low)
    links = opens and text[high:].lstrip().startswith(",")
    return Place(start, end, _tokens(text[low:high], opens), tuple(left), tuple(right), opens, links, glued)


def paragraph_words(article: Article, paragraph: Segment) -> list[Word]:
    """The words of a paragraph with offsets in it, worked out once an article."""
    memo = article.memo.setdefault("suggest.paragraphs", {})
    assert isinstance(memo, dict)
    words: list[Word] | None = memo.get(paragraph.start)
    if words is None:
        words = memo[paragraph.start] = words_of(article.text[paragraph.start : paragraph.end])
    return words


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins at `at`; after a colon, a semicolon or a dash only a capital says so."""
    before = text[:at].rstrip(" \u00a0\t\n\"“‘'(")
    return not before or before[-1] in ".!?" or (before[-1] in "…:;-–—•" and text[at : at + 1].isupper())


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
