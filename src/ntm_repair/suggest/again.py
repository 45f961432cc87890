"""Whether words beside a fragment stand elsewhere in the article too, told without taking it apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

import regex

from ntm_repair.article import Article
from ntm_repair.places import Index
from ntm_repair.segment import stretches
from ntm_repair.suggest.place import Place
from ntm_repair.tokens import LARGE

_PLAIN = regex.compile(r"[\p{L}\p{N}]+")
_REACH = 200
"""Code points on either side in which the nearest words are looked for."""
LEAST_ONE_SIDED = 3
"""Words that must agree on one side where the other side says nothing."""
LEAST = 4
"""Words that must agree, on both sides together."""


def said_again(article: Article, place: Place) -> bool:
    """Whether so many words beside the fragment stand elsewhere in the article as must agree there, punctuation aside.

    That is three on one side, or two on each; told without taking the article apart as `Line` does.
    """
    text = article.text
    left = _PLAIN.findall(text[max(0, place.start - _REACH) : place.start].lower())[-LEAST_ONE_SIDED:]
    right = _PLAIN.findall(text[place.end : place.end + _REACH].lower())[:LEAST_ONE_SIDED]
    if not _agree(left, right, partial(_each_again, _Twice.of(article))):
        return False  # most often, and told without reading the article word by word
    plain = _Plain.of(article)
    return _agree(left, right, lambda words, least: len(words) >= least and plain.again(words))


def _agree(left: Sequence[str], right: Sequence[str], again: Callable[[Sequence[str], int], bool]) -> bool:
    if again(left, LEAST_ONE_SIDED) or again(right, LEAST_ONE_SIDED):
        return True
    two = LEAST // 2
    return again(left[-two:], two) and again(right[:two], two)


class _Twice:
    """Which words stand twice in an article, be it as a part of others; asked once of each word."""

    def __init__(self, text: str) -> None:
        self._lower = text.lower()
        self._known: dict[str, bool] = {}

    @classmethod
    def of(cls, article: Article) -> _Twice:
        known = article.memo.get("suggest.twice")
        if not isinstance(known, _Twice):
            known = article.memo["suggest.twice"] = _Twice(article.text)
        return known

    def __call__(self, word: str) -> bool:
        found = self._known.get(word)
        if found is None:
            first = self._lower.find(word)
            found = first >= 0 and self._lower.find(word, first + len(word)) >= 0
            found = self._known[word] = found or "σ" in word or "ς" in word  # a sigma has two lower cases
        return found


class _Plain:
    """The words of an article without anything between them, lower-cased."""

    def __init__(self, text: str) -> None:
        found = (" ".join(_PLAIN.findall(text, start, end)) for start, end in stretches(text))
        self._line = f" {' '.join(filter(None, found)).lower()} "
        self._index = Index(self._line) if len(text) >= LARGE else None

    @classmethod
    def of(cls, article: Article) -> _Plain:
        known = article.memo.get("suggest.plain")
        if not isinstance(known, _Plain):
            known = article.memo["suggest.plain"] = _Plain(article.text)
        return known

    def again(self, words: Sequence[str]) -> bool:
        """Whether the words stand twice."""
        wanted, line = f" {' '.join(words)} ", self._line
        if self._index is not None:
            return next(islice(self._index.find(wanted), 1, None), None) is not None
        return line.find(wanted, line.find(wanted) + 1) >= 0


def _each_again(twice: _Twice, words: Sequence[str], least: int) -> bool:
    """Whether each of the words stands twice."""
    return len(words) >= least and all(map(twice, words))
