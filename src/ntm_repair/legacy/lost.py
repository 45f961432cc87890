"""Letters lost on the way through a code page that has none for them: "ng??i d?n", "ng\ufffd\ufffdi d\ufffdn".

A converter puts a question mark, or U+FFFD, for each letter (or each byte) that it cannot write. What stood there is
gone and nothing is guessed. A question mark also ends a question, or begins the query of an address, so a word with
one counts only where letters in its place would make a syllable, and where it is not alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from ntm_repair.patterns import pattern
from ntm_repair.vietnamese import is_syllable, plain_syllables, without_tone

LOST = "\ufffd"
_WORD = pattern(r"(?<![\p{L}\p{M}\p{N}?\ufffd_=&/@#\\*])[\p{L}\p{M}?\ufffd]++(?![\p{N}_=&/@#\\*])")
"""A word with its question marks; no part of an address, a formula or the name of a file."""
_MARKS = pattern(r"[?\ufffd]+")
_SENTENCE_ENDED = pattern(r"[?\ufffd]+\p{Lu}\p{Ll}")
"""A question, and the next sentence right behind it: "sao ?Anh"."""
NEAR = 12
"""Words within which another such word must stand for one with a single question mark to count."""
BETWEEN = 2
"""Whole words that may stand inside a run: some letters of Vietnamese are in every code page."""
NONE, PERHAPS, LIKELY, SURE = range(4)
"""How much a word says: nothing; something beside such a word; something with another; enough by itself."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words with letters lost: span in the line, how many words, whether one of them says enough by itself."""

    start: int
    end: int
    words: int
    sure: bool


def may_hold(raw: str) -> bool:
    """Whether a raw word (between white space) has letters lost, as it seems."""
    return ("?" in raw or LOST in raw) and any(_degree(m.group()) >= LIKELY for m in _WORD.finditer(raw))


def lost_runs(line: str) -> Iterator[Run]:
    """The runs of words of a line that have letters lost, in order."""
    if "?" not in line and LOST not in line:
        return
    words = list(_WORD.finditer(line))
    degrees = [_degree(m.group()) for m in words]
    telling = [i for i, degree in enumerate(degrees) if degree >= LIKELY]
    beside = [i for i, degree in enumerate(degrees) if degree and any(map(str.isalpha, words[i].group()))]
    near = {i for pair in pairwise(beside) if pair[1] - pair[0] <= NEAR for i in pair}
    if not any(degrees[i] == SURE or i in near for i in telling):
        return
    members = [i for i in beside if any(abs(i - j) <= BETWEEN + 1 for j in telling)]
    first = last = -1
    for i in members:
        if first >= 0 and degrees[last:i].count(NONE) > BETWEEN:
            yield _run(words, degrees, first, last)
            first = -1
        first, last = (i if first < 0 else first), i
    if first >= 0:
        yield _run(words, degrees, first, last)


def _run(words: Sequence[regex.Match[str]], degrees: Sequence[int], first: int, last: int) -> Run:
    """The run from one telling word to another, with what belongs to it on both sides."""

    def joins(i: int) -> bool:
        return 0 <= i < len(words) and degrees[i] == PERHAPS and any(map(str.isalpha, words[i].group()))

    while joins(first - 1):
        first -= 1
    while joins(last + 1):
        last += 1
    own = degrees[first : last + 1]
    end = words[last].start() + len(_own(words[last].group()))
    return Run(words[first].start(), end, sum(d > NONE for d in own), SURE in own)


def _own(word: str) -> str:
    """A word without the question mark that ends its sentence."""
    body = word.rstrip("?")
    return body if _MARKS.search(body) and _fits(body.lower()) else word


@lru_cache(maxsize=1 << 12)
def _degree(word: str) -> int:
    """How much a word says for letters being lost."""
    marks = _MARKS.search(word)
    if marks is None:
        return NONE
    if LOST in word:
        return SURE if any(map(str.isalpha, word)) else PERHAPS
    body = word.rstrip("?")
    if not body:
        return PERHAPS
    if "?" not in body:
        plain = body[1:] == body[1:].lower() and not is_syllable(body.lower())
        return PERHAPS if plain and _fits(word.lower()) else NONE
    if _SENTENCE_ENDED.match(body) or not _fits(body.lower()):
        return NONE
    if all(len(piece) > 1 and is_syllable(piece.lower()) for piece in _MARKS.split(body) if piece):
        return PERHAPS  # "?anh" may be "đanh", or "anh" right behind a question
    return SURE if body.count("?") > 1 else LIKELY


@lru_cache(maxsize=1)
def _syllables() -> str:
    return "\n".join(plain_syllables())


def _fits(word: str) -> bool:
    """Whether a word in lower case becomes a syllable when vowels, or đ, are put for its question marks."""
    plain, _ = without_tone(_MARKS.sub(lambda m: "?" * min(3, len(m.group())), word))
    if plain is None:
        return False
    wanted = _MARKS.sub(lambda m: f"[aăâeêioôơuưyđ]{{1,{len(m.group())}}}", plain)
    return regex.search(rf"(?m)^{wanted}$", _syllables()) is not None
