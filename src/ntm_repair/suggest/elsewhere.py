"""The same place written elsewhere in the article: headline, lead, captions and text repeat each other.

Where the words on both sides of the fragment stand elsewhere with a few Vietnamese words between them, those are what
the fragment was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from ntm_repair.article import Article
from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.words import Word, words_of
from ntm_repair.suggest.place import Place, Token
from ntm_repair.suggest.senses import Sense, Senses
from ntm_repair.vietnamese import is_marked, is_syllable

_STOP = regex.compile(r"[.!?…;\n]")
AROUND = 4
"""How many words on either side are compared."""
LEAST_ONE_SIDED = 3
"""Words that must agree on one side where the other side says nothing."""
LEAST = 4
"""Words that must agree, on both sides together."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Vietnamese words that stand between the fragment's own neighbours. Offsets are code points of the NFC view."""

    start: int
    end: int
    agreeing: int
    """How many neighbouring words agree, up to `AROUND` on either side."""


def passages(article: Article, place: Place, senses: Senses) -> list[Passage]:
    """The places elsewhere that show what the fragment was, those with most agreement first.

    Half the words of the fragment that say something must be found in such a place, unless nearly all words around
    agree.
    """
    words, index = _indexed(article)
    first = bisect_left(words, place.start, key=lambda w: w.start)
    last = bisect_left(words, place.end, key=lambda w: w.start)
    if first == 0 or last == len(words):
        return []
    most = 3 * len(place.tokens) + 2
    found: dict[str, Passage] = {}
    for passage in _agreeing(article.text, words, index, first, last, most):
        text = article.text[passage.start : passage.end].casefold()
        if passage.agreeing < 2 * AROUND - 1 and not _means(place, text, senses):
            continue
        if text not in found or found[text].agreeing < passage.agreeing:
            found[text] = passage
    return sorted(found.values(), key=lambda p: (-p.agreeing, p.start))


def _means(place: Place, text: str, senses: Senses) -> bool:
    """Whether at least half of the fragment's content words have a sense in the passage."""
    padded = f" {text} "
    content = [t for t in place.tokens if not is_function_word(t.lower)]
    told = sum(any(s.text and f" {s.text.lower()} " in padded for s in senses.of((t,))) for t in content)
    return told * 2 >= len(content)


def _indexed(article: Article) -> tuple[list[Word], dict[str, list[int]]]:
    """All words of the article in order, and where each stands, worked out once an article."""
    memo = article.memo.get("suggest.words")
    if isinstance(memo, tuple):
        return memo
    words = words_of(article.text)
    index: dict[str, list[int]] = {}
    for i, word in enumerate(words):
        index.setdefault(word.text.lower(), []).append(i)
    article.memo["suggest.words"] = words, index
    return words, index


def one_sided(article: Article, place: Place, senses: Senses) -> Iterator[tuple[tuple[int, int], Sense]]:
    """Passages that follow, or precede, the same words as the fragment, as senses of its first or last tokens.

    All the words of those tokens that say something must be found in the passage, two of them at least.
    """
    words, index = _indexed(article)
    first = bisect_left(words, place.start, key=lambda w: w.start)
    last = bisect_left(words, place.end, key=lambda w: w.start)
    size = len(place.tokens)
    for step, here in ((1, first - 1), (-1, last)):
        if not 0 <= here < len(words) or _apart(article.text, words, (here, first) if step > 0 else (last - 1, here)):
            continue
        for at in index.get(words[here].text.lower(), ()):
            if first - 1 <= at <= last or _same(words, here, at, -step) < LEAST_ONE_SIDED:
                continue
            passage = _passage(article.text, words, at, step, 3 * size + 2)
            for count in range(size, 1, -1):
                tokens = place.tokens[:count] if step > 0 else place.tokens[size - count :]
                if is_function_word(tokens[-1 if step > 0 else 0].lower):
                    continue  # what ends in a function word goes on beyond the passage
                length = _told(tokens, [w.text.lower() for w in passage], senses)
                if length:
                    found = passage[:length] if step > 0 else passage[length - 1 :: -1]
                    text = article.text[found[0].start : found[-1].end]
                    said = tuple(w for word in found for w in _said(word, senses))
                    span = (0, count) if step > 0 else (size - count, size)
                    yield span, Sense(text, said, -1.0 * count, False, True, "article", at=found[0].start)
                    break


def _apart(text: str, words: list[Word], pair: tuple[int, int]) -> bool:
    return bool(text[words[pair[0]].end : words[pair[1]].start].strip())


def _passage(text: str, words: list[Word], at: int, step: int, most: int) -> list[Word]:
    """The words after (or before) word `at`, up to a stop, in reading order of the step."""
    found: list[Word] = []
    i = at + step
    while 0 <= i < len(words) and len(found) < most:
        low, high = sorted((i, i - step))
        if _STOP.search(text, words[low].end, words[high].start) or not _vietnamese_like(words[i]):
            break
        found.append(words[i])
        i += step
    return found


def _vietnamese_like(word: Word) -> bool:
    return word.neutral or is_syllable(word.text)


def _told(tokens: Sequence[Token], passage: Sequence[str], senses: Senses) -> int:
    """How many words of the passage tell all the tokens that say something; 0 where some are not told."""
    reach = told = 0
    line = list(passage)
    for token in tokens:
        if is_function_word(token.lower):
            continue
        forms = [(token.lower,)] if token.kept else [s.words for s in senses.of((token,)) if s.words]
        ends = [
            at + len(form)
            for form in forms
            for at in range(len(line) - len(form) + 1)
            if tuple(line[at : at + len(form)]) in (form, form[::-1])
        ]
        if not ends:
            return 0
        told += 1
        reach = max(reach, min(ends))
    return reach if told > 1 and reach <= 3 * told + 1 else 0


def _said(word: Word, senses: Senses) -> tuple[str, ...]:
    if any(c.isdigit() for c in word.text):
        return ()
    return senses.spelt_out(word.text) if word.neutral else (word.text.lower(),)


def _agreeing(
    text: str, words: list[Word], index: dict[str, list[int]], first: int, last: int, most: int
) -> Iterator[Passage]:
    for at in index.get(words[first - 1].text.lower(), ()):
        if first - 1 <= at < last or at + 1 >= len(words) or text[words[at].end : words[at + 1].start].strip():
            continue
        left = _same(words, first - 1, at, -1)
        for size in range(1, most + 1):
            after = at + 1 + size
            if after >= len(words) or first <= after - 1 < last:
                break
            if words[after].text.lower() != words[last].text.lower():
                continue
            if _between(text, words, last) != _between(text, words, after):
                continue
            agreeing = left + _same(words, last, after, 1)
            between = words[at + 1 : after]
            whole = text[words[at].start : words[after].end]
            if agreeing >= LEAST and not _STOP.search(whole) and _vietnamese(between):
                yield Passage(between[0].start, between[-1].end, agreeing)


def _between(text: str, words: list[Word], i: int) -> str:
    """What stands before word i besides white space."""
    return text[words[i - 1].end : words[i].start].strip()


def _same(words: list[Word], a: int, b: int, step: int) -> int:
    count = 0
    while count < AROUND and 0 <= a < len(words) and 0 <= b < len(words):
        if words[a].text.lower() != words[b].text.lower():
            break
        count, a, b = count + 1, a + step, b + step
    return count


def _vietnamese(words: list[Word]) -> bool:
    """Every word could be Vietnamese and one must be: a passage may be garbled itself."""
    return any(is_marked(w.text) for w in words) and all(w.neutral or is_syllable(w.text) for w in words)
