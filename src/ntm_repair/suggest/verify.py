"""Whether the answer of a model may be shown: it must say nothing that the sentence does not.

A model writes fluently and invents freely. What is checked is what invention leaves behind: numbers and names that
the sentence does not have, words that are not Vietnamese, more words than the fragment can stand for.
"""

from __future__ import annotations

import unicodedata

import regex

from ntm_repair.vietnamese import is_syllable

LONGER = 2.5
"""Vietnamese words that an English one may become, at most, on average."""
SPARE = 3
"""Words more than that."""
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_NUMBER = regex.compile(r"\p{N}+(?:[.,/]\p{N}+)*")
_FORBIDDEN = regex.compile(r"[\r\n\t<>{}\[\]`|*#_\\]|\.\.\.|…")


def verified(answer: str, sentence: str, fragment: str) -> str:
    """The answer as it may be shown in place of `fragment`, NFC and trimmed; "" where it must not be shown."""
    text = " ".join(unicodedata.normalize("NFC", answer).split()).strip("\"“”'‘’ ")
    if not text or _FORBIDDEN.search(answer.strip()) or text.casefold() == fragment.casefold():
        return ""
    words = _WORD.findall(text)
    if not words or len(words) > LONGER * len(_WORD.findall(fragment)) + SPARE:
        return ""
    if _has_new_numbers(text, sentence) or _has_new_names(text, sentence):
        return ""
    known = set(_WORD.findall(sentence.replace(fragment, " ", 1)))
    kept = {w for w in _WORD.findall(fragment) if w.isupper() and len(w) > 1}
    if any(not is_syllable(word) and word not in known | kept for word in words):
        return ""
    return text


def _has_new_numbers(text: str, sentence: str) -> bool:
    known = {_digits(n) for n in _NUMBER.findall(sentence)}
    return any(_digits(n) not in known for n in _NUMBER.findall(text))


def _digits(number: str) -> str:
    """Grouping differs between languages: 30,000 and 30.000."""
    return "".join(c for c in number if c.isdigit())


def _has_new_names(text: str, sentence: str) -> bool:
    """Whether a word with a capital, but for the first, stands nowhere in the sentence with one."""
    known = {w for w in _WORD.findall(sentence) if w[0].isupper()}
    return any(w[0].isupper() and w not in known for w in _WORD.findall(text)[1:])
