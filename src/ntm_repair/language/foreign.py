"""Paragraphs in which no single word can be called foreign: written in another language, or without diacritics.

Nearly three quarters of the words of Vietnamese prose carry marks. Where hardly any does, the paragraph is either not
Vietnamese or a message typed without marks; both are said once, and no word of them is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

from ntm_repair.article import Article
from ntm_repair.language.naming import name_language
from ntm_repair.vietnamese import is_stripped_syllable, is_syllable

LEAST_WORDS = 8
"""Words below which a paragraph is not judged: captions and names may lack marks with good reason."""
LEAST_FOREIGN_WORDS = 25
"""Words a paragraph in another language needs: a shorter one in an article is residue, and each run of it is shown."""
FEW_MARKED = 0.1
"""Share of words with marks below which a paragraph is not ordinary Vietnamese; news lies above 0.6."""
MOST_SYLLABLES = 0.65
"""Share of possible syllables typed without marks from which such a paragraph is Vietnamese; English has 0.25."""
FEW_BYTES = 0.08
"""UTF-8 bytes a code point has over one, below which it is worth counting words; Vietnamese prose has 0.35."""
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")

Kind = Literal["bare", "foreign"]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A paragraph that is not ordinary Vietnamese. Offsets are code points of `Article.text`."""

    start: int
    end: int
    kind: Kind
    language: str
    """ISO 639-1 code as far as langdetect can tell, "vi" for Vietnamese without marks."""
    words: int


def is_foreign(article: Article, start: int) -> bool:
    """Whether the paragraph that begins at `start` is one of those."""
    return any(f.start == start for f in foreign_paragraphs(article))


def foreign_paragraphs(article: Article) -> tuple[Foreign, ...]:
    """The paragraphs of an article to be said once and not looked into, in order."""
    found = article.memo.get("foreign")
    if not isinstance(found, tuple):
        found = tuple(_find(article))
        article.memo["foreign"] = found
    return found


def _find(article: Article) -> list[Foreign]:
    found: list[Foreign] = []
    # In an article that is foreign as a whole the short paragraphs, which say little by themselves, are foreign too.
    whole, _ = judge(article.text)
    for p in article.paragraphs:
        text = article.text[p.start : p.end]
        kind, words = judge(text)
        kind = kind or whole
        if kind:
            language = "vi" if kind == "bare" else name_language(text)
            found.append(Foreign(p.start, p.end, kind, language, words))
    return found


def judge(paragraph: str) -> tuple[Kind | None, int]:
    """What kind of foreign an NFC paragraph is, None for ordinary Vietnamese, and how many words it has."""
    if len(paragraph.encode("utf-8", "surrogatepass")) - len(paragraph) > FEW_BYTES * len(paragraph):
        return None, 0
    if "\\" in paragraph:
        return None, 0  # TeX
    words = _WORD.findall(paragraph)
    if len(words) < LEAST_WORDS:
        return None, len(words)
    # "marché" and "für" have marks too, but are no syllables.
    marked = sum(not w.isascii() and is_syllable(w) for w in words)
    if marked > FEW_MARKED * len(words):
        return None, len(words)
    if sum(is_stripped_syllable(w) for w in words if w.isascii()) >= MOST_SYLLABLES * (len(words) - marked):
        return "bare", len(words)
    return ("foreign" if len(words) >= LEAST_FOREIGN_WORDS else None), len(words)
