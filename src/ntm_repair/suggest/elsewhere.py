"""The same place written elsewhere: headline, lead, captions and text repeat each other, and so do articles.

Where the words on both sides of the fragment stand elsewhere with a few Vietnamese words between them, those are what
the fragment was.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import overload

import regex

from ntm_repair.article import Article
from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.words import Word, each_word, words_of
from ntm_repair.places import Index
from ntm_repair.segment import stretches
from ntm_repair.suggest.forms import Sense
from ntm_repair.suggest.place import Place, Token
from ntm_repair.suggest.senses import Senses
from ntm_repair.tokens import LARGE
from ntm_repair.vietnamese import is_marked, is_syllable

_STOP = regex.compile(r"[.!?…;\n]")
_PLAIN = regex.compile(r"[\p{L}\p{N}]+")
_REACH = 200
"""Code points on either side in which the nearest words are looked for."""
MOST_PLACES = 64
"""Places of a word that are looked at: a text that says one thing a thousand times costs no more than others."""
AROUND = 4
"""How many words on either side are compared."""
LEAST_ONE_SIDED = 3
"""Words that must agree on one side where the other side says nothing."""
LEAST = 4
"""Words that must agree, on both sides together."""


class Packed(Sequence[Word]):
    """Words in a tenth of the memory, for a large text; each is made anew when it is asked for."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._starts, self._ends, self._flags = array("I"), array("I"), bytearray()
        self.texts: list[str] = []
        known: dict[str, str] = {}
        for start, end, text, neutral, opens in words:
            self._starts.append(start)
            self._ends.append(end)
            self._flags.append(neutral | opens << 1)
            self.texts.append(known.setdefault(text, text))

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, i: int) -> Word: ...
    @overload
    def __getitem__(self, i: slice) -> list[Word]: ...
    def __getitem__(self, i: int | slice) -> Word | list[Word]:
        if isinstance(i, slice):
            return [self[at] for at in range(*i.indices(len(self)))]
        flags = self._flags[i]
        return Word(self._starts[i], self._ends[i], self.texts[i], bool(flags & 1), bool(flags & 2))


@dataclass(frozen=True, slots=True)
class Line:
    """A text as its words in order, and where each word stands among them, lower-cased."""

    text: str
    words: Sequence[Word]
    index: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, text: str) -> Line:
        """The line of an NFC text."""
        words = words_of(text) if len(text) <= LARGE else Packed(each_word(text))
        index: dict[str, array[int]] = {}
        for i, written in enumerate(words.texts if isinstance(words, Packed) else [word.text for word in words]):
            lower = written.lower()
            places = index.get(lower)
            if places is None:
                places = index[lower] = array("I")
            places.append(i)
        return cls(text, words, index)

    def places(self, word: str, near: int) -> Sequence[int]:
        """Where a word stands; of one that stands everywhere, the places nearest to word `near`."""
        found = self.index.get(word, ())
        first = max(0, min(bisect_left(found, near) - MOST_PLACES // 2, len(found) - MOST_PLACES))
        return found[first : first + MOST_PLACES]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The first word from `start` on, and the first from `end` on; offsets are code points."""
        return tuple(bisect_left(self.words, at, key=lambda w: w.start) for at in (start, end))  # type: ignore[return-value]


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
    if elsewhere is None and not _said_again(article, place):
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


def line_of(article: Article) -> Line:
    """All words of the article, worked out once an article."""
    memo = article.memo.get("suggest.words")
    if not isinstance(memo, Line):
        memo = article.memo["suggest.words"] = Line.of(article.text)
    return memo


def _said_again(article: Article, place: Place) -> bool:
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


def one_sided(article: Article, place: Place, senses: Senses) -> Iterator[tuple[tuple[int, int], Sense]]:
    """Passages that follow, or precede, the same words as the fragment, as senses of its first or last tokens.

    All the words of those tokens that say something must be found in the passage, two of them at least.
    """
    if not _said_again(article, place):
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
