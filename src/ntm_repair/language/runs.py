"""A run of English words, and what it is reported as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ntm_repair.language.evidence import LONE
from ntm_repair.language.smoothing import raised
from ntm_repair.language.words import Word
from ntm_repair.vietnamese import is_syllable

SURE = 0.5
"""Posterior above which neighbouring words make a run."""
TELLING = 3.0
"""Evidence (nats) a lone function word needs that is a Vietnamese syllable too: "to", "the", not "do", "an"."""
LEAST_LISTED = 3
"""Words in lower case of a list, all of them known, that are left over rather than terms: "hope - beef, pork"."""
LIKELY = 0.9
"""Posterior a run without two English words in a row needs, and a letter by itself but "a"."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring English words, or a doubtful lone one. Offsets are code points of the paragraph."""

    start: int
    end: int
    posterior: float
    """Mean P(English) of its words that say something about language."""
    words: tuple[Word, ...]
    nats: float
    """Sum of the words' evidence."""
    function_words: int
    phrase: bool
    """Two known English words in a row, the second in lower case, with nothing but a space between."""
    listed: bool
    """Has a comma or a bracket between its words."""
    known: int
    """How many of its words English frequency lists have."""
    kept: str
    """Why it should be left alone, "" where nothing speaks for it."""
    doubtful: bool
    """Reads like prose though something speaks for keeping it."""
    inserted: float
    """What the words around it say for English, in nats, asked where nothing inside it tells that it is prose."""

    @property
    def is_lone(self) -> bool:
        """A single word; acronyms and numbers beside it do not count."""
        return sum(not w.neutral for w in self.words) == 1

    @property
    def is_prose(self) -> bool:
        """Left-over prose rather than foreign words at home in the sentence: it has a function word, or is a phrase."""
        return self.function_words > 0 or self.phrase


def kind_of(run: Run) -> Literal["fragment", "word", ""]:
    """What a run is reported as: left-over prose, a doubtful lone word, or nothing.

    A lone content word must be likelier English than not: function words are never at home in Vietnamese, loanwords
    often are.
    """
    if run.kept:
        return "word" if run.doubtful and run.known else ""
    if not run.known or (not run.is_lone and all(len(w.text) == 1 for w in run.words if not w.neutral)):
        return ""  # letters of a list: "điểm b, d, đ, e"
    if run.is_lone:
        word = next(w for w in run.words if not w.neutral)
        telling = not is_syllable(word.text) or run.nats >= TELLING
        sure = run.posterior > (LONE if telling else SURE) or (run.function_words and telling)
        if len(word.text) == 1 and run.posterior <= (SURE if word.text == "a" else LIKELY):
            return ""
        return "word" if sure else ""
    if run.is_prose:
        return "fragment"
    # English words beside unknown ones or apart from each other: terms or a list of them more often than residue.
    lower = [w for w in run.words if not w.neutral and not w.capital]
    if not lower:
        return ""
    if run.listed:
        plain = len(lower) >= LEAST_LISTED and run.known == sum(not w.neutral for w in run.words)
        return "word" if plain and run.posterior > LIKELY else ""
    if len(lower) > 1:
        return "word" if raised(run.posterior, run.inserted if run.known > 1 else 0.0) > LIKELY else ""
    parted = run.known > 1 and not run.words[-1].capital  # "Clean & tidy", not "class Python"
    return "word" if parted and run.posterior > LIKELY else ""
