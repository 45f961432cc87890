"""The same place written elsewhere: headline, lead, captions and text repeat each other, and so do articles.

Where the words on both sides of the fragment stand elsewhere with a few Vietnamese words between them, those are what
the fragment was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from ntm_repair.article import Article
from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.words import Word
from ntm_repair.suggest.again import LEAST, LEAST_ONE_SIDED, said_again
from ntm_repair.suggest.forms import Sense
from ntm_repair.suggest.line import Line, line_of
from ntm_repair.suggest.place import Place, Token
from ntm_repair.suggest.senses import Senses
from ntm_repair.vietnamese import is_marked, is_syllable

_STOP = regex.compile(r"[.!?…;\n]")
AROUND = 4
"""How many words on either side are compared."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Vietnamese words that stand between the fragment's own neighbours. Offsets are code points of the line's text."""

    start: int
    end: int
    agreeing: int
    """How many neighbouring words agree, up to `AROUND` on either side."""


def passages(article: Article, place: Place, senses: Senses, elsewhere: Line | None = None) -> list[Passage]:
    """The places elsewhere that show what the fragment was, those with most agreement first.

    They are looked for in the article itself, or in another line of words. Half the words of the fragment that say
    something must be found in such a place, unless nearly all words around agree.
    """
    if elsewhere is None and not said_again(article, place):
        return []
    here = line_of(article)
    there = elsewhere or here
    first, last = here.around(place.start, place.end)
    if first == 0 or last == len(here.words):
        return []
    most = longest(place)
    found: dict[str, Passage] = {}
    for passage in _agreeing(here, there, first, last, most):
        text = there.text[passage.start : passage.end].casefold()
        if passage.agreeing < 2 * AROUND - 1 and not _means(place, text, senses):
            continue
        if text not in found or found[text].agreeing < passage.agreeing:
            found[text] = passage
    return sorted(found.values(), key=lambda p: (-p.agreeing, p.start))


def longest(place: Place) -> int:
    """The most words that a passage may have in the place of the fragment."""
    return 3 * len(place.tokens) + 2


def _means(place: Place, text: str, senses: Senses) -> bool:
    """Whether at least half of the fragment's content words have a sense in the passage."""
    told, content = told_of(place, text, senses)
    return told * 2 >= content


def told_of(place: Place, text: str, senses: Senses) -> tuple[int, int]:
    """How many of the fragment's content words have a sense in a passage, and how many there are."""
    padded = f" {text.casefold()} "
    content = [t for t in place.tokens if not is_function_word(t.lower)]
    told = sum(any(s.text and f" {s.text.lower()} " in padded for s in senses.of((t,))) for t in content)
    return told, len(content)


def one_sided(article: Article, place: Place, senses: Senses) -> Iterator[tuple[tuple[int, int], Sense]]:
    """Passages that follow, or precede, the same words as the fragment, as senses of its first or last tokens.

    All the words of those tokens that say something must be found in the passage, two of them at least.
    """
    if not said_again(article, place):
        return
    here = line_of(article)
    first, last = here.around(place.start, place.end)
    size = len(place.tokens)
    for step, beside in _sides(here, first, last):
        for at in here.places(here.words[beside].text.lower(), beside):
            if first - 1 <= at <= last or _same(here.words, beside, here.words, at, -step) < LEAST_ONE_SIDED:
                continue
            passage = _passage(here, at, step, longest(place))
            for count in range(size, 1, -1):
                tokens = place.tokens[:count] if step > 0 else place.tokens[size - count :]
                if is_function_word(tokens[-1 if step > 0 else 0].lower):
                    continue  # what ends in a function word goes on beyond the passage
                length = _told(tokens, [w.text.lower() for w in passage], senses)
                if length:
                    found = passage[:length] if step > 0 else passage[length - 1 :: -1]
                    text = here.text[found[0].start : found[-1].end]
                    said = tuple(w for word in found for w in _said(word, senses))
                    span = (0, count) if step > 0 else (size - count, size)
                    yield span, Sense(text, said, -1.0 * count, False, True, "article", at=found[0].start)
                    break


def up_to_a_stop(article: Article, place: Place, senses: Senses, there: Line) -> Iterator[tuple[int, int]]:
    """Passages of another line between the words beside the fragment and a stop, where the fragment is so placed too.

    Three words must agree, all the words of the fragment that say something must be found, two at least, and there
    must be little else. Offsets are code points of the line's text.
    """
    here = line_of(article)
    first, last = here.around(place.start, place.end)
    most = 2 * sum(not is_function_word(t.lower) for t in place.tokens)
    for step, beside in _sides(here, first, last):
        if place.right if step > 0 else place.left:
            continue
        for at in there.places(here.words[beside].text.lower(), beside):
            if _same(here.words, beside, there.words, at, -step) < LEAST_ONE_SIDED:
                continue
            found = _linked(there, at, step)
            if len(found) > most or not _vietnamese(found):
                continue
            if _told(place.tokens, [w.text.lower() for w in found], senses):
                low, high = sorted((found[0], found[-1]))
                yield low.start, high.end


def _sides(here: Line, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The direction of the fragment from a word beside it, and that word, where nothing stands between."""
    for step, beside, pair in ((1, first - 1, (first - 1, first)), (-1, last, (last - 1, last))):
        if 0 <= beside < len(here.words) and not _apart(here, pair):
            yield step, beside


def _linked(line: Line, at: int, step: int) -> list[Word]:
    """The words after (or before) word `at` up to a mark, a line break or the end, in reading order of the step."""
    found: list[Word] = []
    i = at + step
    while 0 <= i < len(line.words):
        low, high = sorted((i, i - step))
        if line.text[line.words[low].end : line.words[high].start].strip(" \u00a0\t"):
            break
        found.append(line.words[i])
        i += step
    return found


def _apart(line: Line, pair: tuple[int, int]) -> bool:
    return bool(line.text[line.words[pair[0]].end : line.words[pair[1]].start].strip())


def _passage(line: Line, at: int, step: int, most: int) -> list[Word]:
    """The words after (or before) word `at`, up to a stop, in reading order of the step."""
    text, words = line.text, line.words
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


def _agreeing(here: Line, there: Line, first: int, last: int, most: int) -> Iterator[Passage]:
    text, words = there.text, there.words
    own = range(first - 1, last) if there is here else range(0)
    for at in there.places(here.words[first - 1].text.lower(), first - 1):
        if at in own or at + 1 >= len(words) or text[words[at].end : words[at + 1].start].strip():
            continue
        left = _same(here.words, first - 1, words, at, -1)
        for size in range(1, most + 1):
            after = at + 1 + size
            if after >= len(words) or (own and after - 1 in own[1:]):
                break
            if words[after].text.lower() != here.words[last].text.lower():
                continue
            if _between(here, last) != _between(there, after):
                continue
            agreeing = left + _same(here.words, last, words, after, 1)
            between = words[at + 1 : after]
            whole = text[words[at].start : words[after].end]
            if agreeing >= LEAST and not _STOP.search(whole) and _vietnamese(between):
                yield Passage(between[0].start, between[-1].end, agreeing)


def _between(line: Line, i: int) -> str:
    """What stands before word i besides white space."""
    return line.text[line.words[i - 1].end : line.words[i].start].strip()


def _same(here: Sequence[Word], a: int, there: Sequence[Word], b: int, step: int) -> int:
    count = 0
    while count < AROUND and 0 <= a < len(here) and 0 <= b < len(there):
        if here[a].text.lower() != there[b].text.lower():
            break
        count, a, b = count + 1, a + step, b + step
    return count


def _vietnamese(words: Sequence[Word]) -> bool:
    """Every word could be Vietnamese and one must be: a passage may be garbled itself."""
    return any(is_marked(w.text) for w in words) and all(w.neutral or is_syllable(w.text) for w in words)
