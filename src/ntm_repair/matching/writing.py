"""A repair as it is written: the article's own words where they are its own, the lexicon's where they are new."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_repair.matching.candidates import Candidate
from ntm_repair.matching.units import HARD, Units

NAMED = frozenset(("agency", "office", "party"))
"""Kinds of terms that are names."""


def written(units: Units, c: Candidate, new: Sequence[str]) -> str:
    """The text that replaces the candidate's units; `new` are the words as lexicon or glossary write them.

    Words that stay keep their letters. Only the capital of a sentence's first word goes to whichever word comes first.
    """
    words = _words(units, c, new)
    opens = opens_sentence(units, c.first)
    if opens and units.surface[c.first][0].isupper():
        old = units.surface[c.first]
        moved = [i for i, w in enumerate(words) if w == old and i > 0]
        if moved and not _always_capital(old, new):
            words[moved[0]] = old[0].lower() + old[1:]
        words[0] = words[0][0].upper() + words[0][1:]
    joints = _joints(units, c, len(words))
    return "".join(w + j for w, j in zip(words, [*joints, ""], strict=True))


def _words(units: Units, c: Candidate, new: Sequence[str]) -> list[str]:
    left = list(range(c.first, c.last))
    words: list[str] = []
    named = is_name(units, c)
    for key, word in zip(c.keys, new, strict=True):
        own = next((i for i in left if units.keys[i] == key), None)
        if own is None or (named and words and units.surface[own].lower() == word.lower()):
            # Which words of a name have capitals depends on where they stand in it.
            left = [i for i in left if i != own]
            words.append(word)
        else:
            left.remove(own)
            words.append(units.surface[own])
    return words


def is_name(units: Units, c: Candidate) -> bool:
    """Whether a candidate is the name of a body or an office, and the text has a capital inside it."""
    inside = units.surface[c.first + 1 : c.last]
    return c.form is not None and c.form.term.kind in NAMED and any(w[0].isupper() and not w.isupper() for w in inside)


def _joints(units: Units, c: Candidate, count: int) -> list[str]:
    """What goes between the words: the lexicon's way, but for joints that the article has between the same words."""
    joints = list(c.form.joints) if c.form is not None else [" "] * (count - 1)
    own = {
        (units.keys[i - 1], units.keys[i]): units.text[units.ends[i - 1] : units.starts[i]]
        for i in range(c.first + 1, c.last)
    }
    for i in range(count - 1):
        joints[i] = own.get((c.keys[i], c.keys[i + 1]), joints[i])
    return joints


def _always_capital(word: str, new: Sequence[str]) -> bool:
    """Whether a word has its capital from something other than the sentence's beginning."""
    return word[1:] != word[1:].lower() or word in new


def opens_sentence(units: Units, i: int) -> bool:
    """Whether unit `i` is the first of a sentence or paragraph."""
    if i == 0:
        return True
    gap = units.text[units.ends[i - 1] : units.starts[i]]
    return units.breaks[i] == HARD and any(c in ".!?:…\n\r\u2028\u2029" for c in gap)
