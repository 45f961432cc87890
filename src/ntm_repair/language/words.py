"""A paragraph as words with their offsets and the little that is known of each from its shape and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

import regex

from ntm_repair.patterns import pattern

_TOKEN = pattern(
    r"""
    (?P<plain>\p{L}+(?=\s|\Z))                    # most words, before anything costlier is tried
  | (?P<other>                                    # not language: addresses, hashtags, mentions, code, file names
        (?:https?://|www\.)\S+
      | [\w.+-]{1,64}@[\w-]+\.[\w.-]+               # with bounds, as addresses have them: no text is slow
      | [\#@][\w_]+
      | `[^`]+`
      | \\(?:text|mbox|operatorname)[a-z]*\s*\{[^{}]*\}       # TeX, and its prose
      | \\[A-Za-z]+(?:\s*[_^]?\{(?![^{}]*[ ]\p{Ll}{2,}[ ]\p{Ll}{2,}[ ])[^{}]*\})*   # no prose elsewhere
      | [A-Za-z_][A-Za-z0-9_.]{0,99}+(?:\([^()\s]*\)|=[\w"'.]+)   # calls and settings: "split()", "p=2"
      | [\p{L}\p{N}]+(?=[_^]?\}) | (?<=[{^_])[\p{L}\p{N}]+ | \p{L}+(?=_\{)   # inside TeX braces
      | \b(?:[\w-]{1,63}\.){1,20}(?:com|vn|org|net|edu|gov|io|txt|pdf|docx?|xlsx?|jpe?g|png|html?|py|js)\b(?:/\S*)?
    )
  | (?P<word>\p{L}[\p{L}\p{M}]*(?:['’‑-]\p{L}[\p{L}\p{M}]*)*(?=[^\p{L}\p{M}\p{N}_]|\Z))
  | (?P<mixed>[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:[.,]\p{N}+)*)
    """,
    regex.VERBOSE,
)
_SENTENCE_END = pattern(r"[.!?:…;]|\n|[-–—•]\s")
_CAPS = pattern(r"\p{Lu}[\p{Lu}\p{M}'’]+")


class Word(NamedTuple):
    """A token of a paragraph. `start` and `end` are code points of the paragraph."""

    start: int
    end: int
    text: str
    neutral: bool
    """Says nothing about language: a number, an acronym, an address, a mixed code like ST25."""
    opens: bool
    """Begins a sentence."""

    @property
    def capital(self) -> bool:
        """Written with a capital first letter."""
        return self.text[0].isupper()


_new_word = partial(tuple.__new__, Word)
"""A word from its fields, in half the time."""


def ends_sentence(raw: str) -> bool:
    """Whether a sentence may end inside or after a raw word."""
    return bool(_SENTENCE_END.search(raw + " "))


def is_acronym(letters: str) -> bool:
    """Whether a text that is nothing but letters is written in capitals."""
    return len(letters) > 1 and letters.isupper() and bool(_CAPS.fullmatch(letters))


@lru_cache(maxsize=1 << 16)
def _parts(raw: str) -> tuple[Word, ...]:
    """The words of a raw word (between white space)."""
    if raw.isalpha():
        return (Word(0, len(raw), raw, is_acronym(raw), True),)
    return tuple(words_of(raw))


def words_between(paragraph: str, raw: Sequence[str], first: int, last: int) -> list[Word]:
    """The words of raw words `first` to `last` of a paragraph without code or TeX: what `words_of` says of that span.

    The raw words must stand one white space apart from each other.
    """
    words: list[Word] = []
    opens = first == 0
    at = offset = sum(map(len, raw[:first])) + first
    for word in raw[first : last + 1]:
        leads = True
        for start, end, text, neutral, opens_inside in _parts(word):
            start += offset
            if leads:
                marks = start - at != 1 or paragraph[at] != " "  # more than the space that is there nearly always
                opens_inside = opens or (marks and bool(_SENTENCE_END.search(paragraph, at, start)))
                leads = opens = False
            at = end + offset
            words.append(_new_word((start, at, text, neutral, opens_inside)))
        offset += len(word) + 1
    return words


def words_of(paragraph: str, first: int = 0, last: int | None = None) -> list[Word]:
    """The words of an NFC paragraph, in order; of the span [first, last) of it, which must end at white space."""
    return list(each_word(paragraph, first, last))


def each_word(paragraph: str, first: int = 0, last: int | None = None) -> Iterator[Word]:
    """The same one by one."""
    at = first
    for match in _TOKEN.finditer(paragraph, first, len(paragraph) if last is None else last):
        start, end = match.span()
        text = match.group()
        if at == 0:
            opens = True
        elif start - at == 1 and paragraph[at] == " ":
            opens = False
        else:
            opens = bool(_SENTENCE_END.search(paragraph, at, start))
        neutral = match.lastgroup not in ("plain", "word") or is_acronym(text)
        yield _new_word((start, end, text, neutral, opens))
        at = end
