"""How far the ends of a run may be moved: over names, acronyms and terms, never over what is plainly one language."""

from __future__ import annotations

from functools import lru_cache

from ntm_repair.language.closed_class import FUNCTION_WORDS, NAME_PARTICLES
from ntm_repair.language.edges import is_chiefly_name, is_finite
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.reading import Reading
from ntm_repair.language.words import Word
from ntm_repair.vietnamese import is_marked, is_syllable

REACH = 3
"""Words by which an end may be moved."""
CERTAIN = 4.0
"""Evidence (nats) from which a word in lower case is not taken from a run."""
_OF_NAMES = frozenset(("Name", "Unlisted", "unlisted"))
_ENGLISH = frozenset(("function", "Function", "I", "Common"))
"""Kinds of words that may be taken from a run whatever they say, and that never are."""


def starts(reading: Reading, first: int, last: int, evidence: Evidence) -> list[int]:
    """Where a run may begin, the given place first.

    A mark before it is no place to doubt, unless a name stands there whose sentence goes on in Vietnamese after it.
    """
    words = reading.words
    touches = first > 0 and touch(words[first - 1], words[first])
    if not touches:
        named = _goes_on(reading, last) and is_chiefly_name(words[first].text, evidence)
        inside = _inward(reading, range(first, min(last, first + REACH)), 1, evidence) if named else []
        finite = next((i for i in inside if is_finite(words[i].text)), last + 1)  # "Boeing | moved the assembly"
        return [first, *(i for i in inside if i < finite)]
    found = [first, *_outward(reading, range(first - 1, max(-1, first - 1 - REACH), -1), 1, evidence)]
    if not words[first - 1].neutral:
        found += _inward(reading, range(first, min(last, first + REACH)), 1, evidence)
    return found


def ends(reading: Reading, first: int, last: int, evidence: Evidence) -> list[int]:
    """Where a run may end, the given place first."""
    words = reading.words
    if last + 1 == len(words) or not touch(words[last], words[last + 1]):
        return [last]
    found = [last, *_outward(reading, range(last + 1, min(len(words), last + 1 + REACH)), -1, evidence)]
    if not words[last + 1].neutral:
        found += _inward(reading, range(last, max(first, last - REACH), -1), -1, evidence)
    return found


def _outward(reading: Reading, order: range, inward: int, evidence: Evidence) -> list[int]:
    """Which of the words outside a run, in order, may belong to it; `inward` is the step from one to the run."""
    found: list[int] = []
    for k in order:
        if not (_adjoin(reading, k, k + inward) and _may_join(reading.words[k], reading.scores[k], evidence)):
            break
        found.append(k)
    return found


def _inward(reading: Reading, order: range, inward: int, evidence: Evidence) -> list[int]:
    """Where a run may begin or end if the words inside it that are taken in `order` do not belong to it.

    Nowhere, if a mark stands among them: they are a list in English.
    """
    found: list[int] = []
    for k in order:
        if not _may_leave(reading.words[k], reading.scores[k], evidence):
            break
        if not _adjoin(reading, k, k + inward):
            return []
        found.append(k + inward)
    return found


def _adjoin(reading: Reading, i: int, j: int) -> bool:
    """Whether nothing but a space stands between two neighbouring words, whichever comes first."""
    return touch(reading.words[min(i, j)], reading.words[max(i, j)])


def _goes_on(reading: Reading, last: int) -> bool:
    """Whether a Vietnamese word in lower case stands directly after word `last`."""
    if last + 1 == len(reading.words):
        return False
    word, following = reading.words[last : last + 2]
    return touch(word, following) and following.text.islower() and is_syllable(following.text)


def _may_join(word: Word, nats: float, evidence: Evidence) -> bool:
    """Whether a word outside a run may belong to it; numbers and Vietnamese acronyms stay where they are."""
    if word.neutral:
        return evidence.is_english_acronym(word.text)
    if word.text in NAME_PARTICLES and word.text not in FUNCTION_WORDS:
        return False  # "to be left in peace | de Caunes"
    return nats >= 0 if is_syllable(word.text) else True


def _may_leave(word: Word, nats: float, evidence: Evidence) -> bool:
    """Whether a word inside a run may not belong to it."""
    sort = kind(word, evidence)
    return sort in _OF_NAMES or (nats < CERTAIN and sort not in _ENGLISH)


def touch(word: Word, following: Word) -> bool:
    """Whether nothing but a space stands between a word and the next."""
    return word.end + 1 == following.start


def kind(word: Word, evidence: Evidence) -> str:
    """What can be told from the form of a word; in the name of a kind a capital stands for the word's own."""
    return _kind(word.text, word.neutral, evidence)


@lru_cache(maxsize=1 << 14)
def _kind(text: str, neutral: bool, evidence: Evidence) -> str:
    lower, capital = text.lower(), text[0].isupper()
    if neutral:
        return "acronym" if text.isalpha() else "number"
    syllable = is_syllable(text)
    if is_marked(lower):
        return "marked" if syllable else "odd"
    if lower in FUNCTION_WORDS:
        name = "I" if text == "I" else "Function" if capital else "function"
        return f"{name}-syllable" if syllable and text != "I" else name
    if syllable:
        return "Syllable" if capital else "syllable"
    if not evidence.is_listed(text):
        return "Unlisted" if capital else "unlisted"
    if not capital:
        return "listed"
    return "Name" if evidence.can_be_name(text) else "Common"
