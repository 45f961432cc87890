"""What the user's editors put in place of these very words before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ntm_repair.answers import Answer, read_answers
from ntm_repair.article import Article
from ntm_repair.resources import Resources
from ntm_repair.types import Hit, Message, Suggestion

MOST = 0.95
"""The most an earlier answer is scored with: this place may be another."""


def remembered(article: Article, resources: Resources, hit: Hit, rule: str) -> Iterator[Suggestion]:
    """Earlier answers to the words of a hit; nothing where no file of answers was given."""
    if not resources.lexicon.answers:
        return
    text = article.text[hit.start : hit.end]
    for answer in _known(resources.lexicon.answers).get((rule, text.casefold()), ()):
        meant = answer.meant
        if meant and text[:1].isupper() and not answer.seen[:1].isupper():
            meant = meant[0].upper() + meant[1:]
        score = min(MOST, (answer.count + 1) / (answer.count + 2))
        key = f"suggest.answered_{answer.layer}"
        yield Suggestion(meant, round(score, 2), "lexicon", Message(key, {"count": answer.count}))


@lru_cache(maxsize=8)
def _known(files: tuple[tuple[Path, str], ...]) -> dict[tuple[str, str], tuple[Answer, ...]]:
    return read_answers(files)
