"""The words of an article as parallel lists: no object per word, one pass, shared by every rule that looks at words."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, MutableSequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

import regex

from ntm_repair.patterns import pattern
from ntm_repair.segment import stretches
from ntm_repair.vietnamese import fold_tone_placement

_TOKEN = pattern(
    r"""
    (?P<opaque>                                   # not words: addresses, hashtags, mentions, code, file names
        (?:https?://|www\.)\S+
      | [\w.+-]{1,64}@[\w-]+\.[\w.-]+            # with bounds, as addresses have them: no text is slow
      | [\#@][\p{L}\p{M}\p{N}_]+
      | `[^`\n]+`
      | \\[A-Za-z]+
      | \b(?:[A-Za-z0-9-]{1,63}\.){1,20}(?:com|vn|org|net|edu|gov|info|io|me|tv|ru|de|fr|uk|jp|cn|us|txt|pdf
          |docx?|xlsx?|pptx?|jpe?g|png|gif|webp|html?|php|aspx?|py|js|exe|zip|rar|mp[34])\b(?:/\S*)?
    )
  | (?P<word>[\p{L}\p{M}\p{N}_]+)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)

_WORDS = pattern(r"([\p{L}\p{M}\p{N}_]+)")
_OPAQUE_MARKS = ("@", "#", "`", "\\", "://")
_DOT = re.compile(r"\.(?:(?<=[wW]\.)|(?<=[A-Za-z0-9İıſ-]\.)[A-Za-zİıſ])")
"""One of these or such a stop stands in all that is opaque; where case is ignored, İ, ı and ſ are ASCII letters too."""
_BLANK = pattern(r"\s")
_REACH = 300
"""Code points in which so many words stand on either side, as a rule."""
LARGE = 1 << 16
"""Code points of a text above which its words are kept in less memory, for a little more time."""
WINDOW = 15
"""Words on either side by which the language of a place is judged."""


@dataclass(slots=True)
class Tokens:
    """The words of `text` in order; offsets are code points.

    `lower` is the word to look up: lower-cased, with the tone mark where the counts of `context` have it ("hoà"), and
    "" for addresses, hashtags, file names and code. It is as long as the word, but for a few foreign letters.
    """

    text: str
    starts: MutableSequence[int] = field(default_factory=list)
    ends: MutableSequence[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    whole: Callable[[], Tokens] | None = None
    """The words of the whole text, where these are those of a line of it."""

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, i: int) -> str:
        """What stands between word `i` and the next one."""
        return self.text[self.ends[i] : self.starts[i + 1]]

    def joined(self, i: int) -> bool:
        """Whether nothing but white space of one line stands between word `i` and the next."""
        if i < 0 or i + 1 >= len(self.words):
            return False
        gap = self.gap(i)
        return gap == " " or (gap.isspace() and "\n" not in gap and "\r" not in gap)

    def left(self, i: int, count: int = 2) -> list[str]:
        """Up to `count` lower-cased words of the same clause before word `i`, in order."""
        first = i
        while first > 0 and i - first < count and self.joined(first - 1) and self.lower[first - 1]:
            first -= 1
        return self.lower[first:i]

    def right(self, i: int, count: int = 2) -> list[str]:
        """Up to `count` lower-cased words of the same clause after word `i`, in order."""
        last = i
        while last + 1 < len(self.words) and last - i < count and self.joined(last) and self.lower[last + 1]:
            last += 1
        return self.lower[i + 1 : last + 1]

    def in_vietnamese(self, i: int) -> bool:
        """Whether the words around word `i` carry Vietnamese marks, as three in four do: not a text without accents."""
        if self.whole is not None and not WINDOW <= i < len(self.lower) - WINDOW:
            near_by = _around(self.text, self.starts[i])
            at = bisect_left(near_by.starts, self.starts[i])
            if WINDOW <= at < len(near_by) - WINDOW:
                return near_by.in_vietnamese(at)
            whole = self.whole()
            return whole.in_vietnamese(bisect_left(whole.starts, self.starts[i]))
        near = [w for w in self.lower[max(0, i - WINDOW) : i + WINDOW + 1] if w.isalpha()]
        return 4 * sum(not w.isascii() for w in near) >= len(near)

    def opaque(self) -> Iterator[tuple[int, int]]:
        """The spans that are not language."""
        for start, end, lower in zip(self.starts, self.ends, self.lower, strict=True):
            if not lower:
                yield start, end


class Whole:
    """The words of a text, found when first asked for.

    Lines refer to this and not to the article, so that an article is given back as soon as it is done with.
    """

    __slots__ = ("_text", "_tokens")

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: Tokens | None = None

    def __call__(self) -> Tokens:
        if self._tokens is None:
            self._tokens = tokens_of(self._text)
        return self._tokens


def _around(text: str, at: int) -> Tokens:
    """The words around a place, those of the whole text; none where pieces of a text may hold other words than it."""
    first, last = _BLANK.search(text, max(0, at - _REACH), at), text.rfind(" ", at, at + _REACH)
    if first is None or last < 0 or "`" in text:  # code holds white space
        return Tokens(text)
    return tokens_of(text, first.end(), last)


@lru_cache(maxsize=1 << 16)
def _looked_up(word: str) -> str:
    lower = word.lower()
    return lower if lower.isascii() else fold_tone_placement(lower)


def tokens_of(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The words of an NFC text, or of the lines [start, end) of it."""
    stop = len(text) if end is None else end
    if stop - start <= LARGE:
        return _tokens(text, start, stop)
    # Of a large text each form is kept once and its places in four bytes; no word reaches over a line break.
    found = Tokens(text, array("I"), array("I"))
    known: dict[str, str] = {}
    for first, last in stretches(text, start, stop):
        piece = _tokens(text, first, last)
        found.starts.extend(piece.starts)
        found.ends.extend(piece.ends)
        found.words.extend(known.setdefault(word, word) for word in piece.words)
        found.lower.extend(piece.lower)
    return found


def _tokens(text: str, start: int, stop: int) -> Tokens:
    """The words of the lines [start, stop) of a text."""
    part = text[start:stop]
    if _DOT.search(part) is None and not any(mark in part for mark in _OPAQUE_MARKS):
        return _plain(text, part, start)  # the rule, at a third of the cost
    found = Tokens(text)
    for match in _TOKEN.finditer(text, start, stop):
        word = match.group()
        found.starts.append(match.start())
        found.ends.append(match.end())
        found.words.append(word)
        found.lower.append(_looked_up(word) if match.lastgroup == "word" else "")
    return found


def _plain(text: str, part: str, start: int) -> Tokens:
    """The words of a part of a text that holds nothing else."""
    pieces = _WORDS.split(part)
    edges = list(accumulate(map(len, pieces), initial=start))
    words = pieces[1::2]
    return Tokens(text, edges[1:-1:2], edges[2::2], words, list(map(_looked_up, words)))
