"""English function words: what residue of prose nearly always holds, and Vietnamese never borrows."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    a about above after again all also although am among an and any are as at be because been before being below between
    both but by can could did do does doing down during each few for from further had has have having he her here him
    his how however i if in into is it its itself just may me might more most much must my near no nor not now of off
    on once only or other our out over own per same shall she should since so some such than that the their them then
    there these they this those through thus to too toward towards under until up upon us very was we were what when
    where whether which while who whom whose why will with within without would yet you your
    """.split()
)
"""Closed-class words of English, lower-cased."""

PREPOSITIONS = frozenset(
    """
    about after and at before between by during for from in into of on since than through to until with
    """.split()
)
"""Function words that English does not end a phrase with, and names do not begin with."""
LEADS_ON = PREPOSITIONS | {"a", "an", "as", "but", "or", "than", "that", "the"}
"""Function words that English does not end a phrase with."""

NEVER_SECOND = frozenset({"am", "be", "my", "the"})
"""Of those that are syllables of Vietnamese too, the ones that no other of them comes before there."""


def is_function_word(word: str) -> bool:
    """Whether an English word is of a closed class."""
    return word.lower() in FUNCTION_WORDS
