"""Words that imitate a sound, or say how something tastes or moves, by being said twice: "bong bong bing bing"."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.words import Word
from ntm_repair.patterns import pattern
from ntm_repair.vietnamese import is_syllable

LONGEST = 5
"""Letters of the longest word that is a sound."""
_TWICE_BEFORE = pattern(r"(?i)\b(\p{L}{2,6})[ -]\1[ ,…]+$")
_TWICE_AFTER = pattern(r"(?i)[ ,…]+(\p{L}{2,6})[ -]\1\b")
REACH = 20
"""Code points in front of a run in which another such word is looked for."""


def is_sound(paragraph: str, run: Sequence[Word]) -> bool:
    """Whether a run is a short word said twice, or several of them.

    A syllable of Vietnamese may be said twice anywhere ("khóc oa oa", "the the đầu lưỡi"); what is none needs another
    doubled word beside it, or to be said three times.
    """
    if len(run) < 2 or run[0].text.lower() != run[1].text.lower():
        return False  # nearly all runs
    words = [w.text.lower() for w in run]
    if any(len(w) > LONGEST for w in words):
        return False
    if len(words) == 2 and is_syllable(words[0]):
        return True
    if any(map(is_function_word, words)):
        return False
    if len(words) > 2 and len(set(words)) == 1:
        return True
    if len(words) % 2 or any(a != b for a, b in zip(words[::2], words[1::2], strict=True)):
        return False
    start, end = run[0].start, run[-1].end
    beside = _TWICE_BEFORE.search(paragraph, max(0, start - REACH), start) or _TWICE_AFTER.match(paragraph, end)
    return len(words) > 2 or beside is not None
