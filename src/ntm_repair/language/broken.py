"""Prose inside an English name or title: "(Institute | as you could have seen | of Molecular Biosciences)".

A run in brackets or in place of a title is kept, and a name there is no residue. But in a name that is otherwise in
Title Case a stretch of lower case with a word that names do not hold is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.words import Word

LINKING = frozenset(
    """
    a an and as at by for from in into its of on or over the their to toward towards under upon with
    """.split()
)
"""Lower-case words that names in Title Case hold."""
LEAST_ODD = 2
"""Words in lower case that such names do not hold, which a stretch needs."""
LEAST_TITLE = 2
"""Words in Title Case that the name needs around it."""


def broken(run: Sequence[Word], preceding: Word | None) -> tuple[int, int] | None:
    """First and last word of the prose inside a run, None where the run is of a piece.

    `preceding` is the word before the run if it may begin the name.
    """
    titled = sum(map(_is_titled, run)) + (preceding is not None and _is_titled(preceding))
    if run[0].neutral and run[0].text.isalpha():
        titled += LEAST_TITLE  # an acronym
    odd = sum(map(_is_odd, run))
    if titled < LEAST_TITLE or odd < LEAST_ODD:
        return None
    for first, last in _stretches(run):
        own = run[first : last + 1]
        clause = any(is_function_word(w.text) and w.text not in LINKING for w in own if _is_odd(w))
        if clause and sum(map(_is_odd, own)) >= LEAST_ODD:
            while last + 1 < len(run) and last > first and run[last].text in LINKING:
                last -= 1  # "... | of Molecular Biosciences"
            return first, last
    return None


def _stretches(run: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """First and last word of each stretch without a word in Title Case, signs at its ends left out."""
    first = 0
    for i in range(len(run) + 1):
        if i < len(run) and not _is_titled(run[i]):
            continue
        last = i - 1
        start = first
        while start <= last and run[start].neutral:
            start += 1
        while last >= start and run[last].neutral:
            last -= 1
        if start <= last:
            yield start, last
        first = i + 1


def _is_titled(word: Word) -> bool:
    """Whether a word is written as a name's content is; "Will" and "Most" may open prose as well."""
    return word.capital and not word.neutral and not is_function_word(word.text)


def _is_odd(word: Word) -> bool:
    """Whether a word is written as those of names in Title Case are not."""
    return not word.neutral and (not word.capital or word.text == "I") and word.text not in LINKING
