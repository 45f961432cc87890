"""The sentence a finding stands in: all that is shown to a model."""

from __future__ import annotations

import regex

from ntm_repair.article import Article

_END = regex.compile(r"[.!?…][\"”’)\]]*(?=\s|$)|\n")
LONGEST = 600
"""Code points of the longest piece shown."""


def sentence_around(article: Article, start: int, end: int) -> tuple[str, int]:
    """The sentence that holds [start, end), trimmed, and the offset of `start` in it; code points."""
    paragraph = next(p for p in article.paragraphs if p.start <= start <= p.end)
    low, high = max(paragraph.start, start - LONGEST), min(paragraph.end, end + LONGEST)
    for match in _END.finditer(article.text, low, start):
        low = match.end()
    after = _END.search(article.text, max(end, start + 1), high)
    high = after.end() if after else high
    text = article.text[low:high]
    trimmed = text.lstrip()
    return trimmed.rstrip(), start - low - (len(text) - len(trimmed))
