"""English function words: what residue of prose nearly always holds, and Vietnamese never borrows."""

from __future__ import annotations

import re

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
    about according after and at because before between by despite due during for from in into of on since than through
    to unlike until with
    """.split()
)
"""Words that English does not end a phrase with, and names do not begin with."""
LEADS_ON = PREPOSITIONS | {"a", "an", "as", "but", "or", "than", "that", "the"}
"""Function words that English does not end a phrase with."""

NEVER_SECOND = frozenset({"am", "be", "my", "the"})
"""Of those that are syllables of Vietnamese too, the ones that no other of them comes before there."""


FINITE = frozenset(
    """
    am are arose be became been began being bought brought came can could did do felt found fell gave got grew had have
    held kept knew led left lost made may met might must paid ran said sang sat saw sent set shall should sold spent
    stood taught thought took told went were will won would wrote
    """.split()
)
"""Verbs that can follow their subject and end neither in -s nor in -ed."""

AUXILIARIES = frozenset(
    "are can could did do does had has have is may might must shall should was were will would".split()
)
"""Verbs that others lean on."""

NAME_PARTICLES = frozenset("al bin da de del der des di do dos du el et ibn il la le und van von y zu".split())
"""Small words inside names of other languages."""

DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december
    """.split()
)
"""Days of the week and months: after "on" they say when something happens, and no name says that."""

POSSESSIVE = ("'s", "’s")

_CONTRACTED = re.compile(
    r"(?:\w+n['’]t|(?:he|how|i|it|she|that|there|they|we|what|where|who|you)['’](?:d|ll|m|re|s|ve))"
)


def is_function_word(word: str) -> bool:
    """Whether an English word is of a closed class, or two such words contracted: "it's", "don't"."""
    lower = word.lower()
    return lower in FUNCTION_WORDS or (not lower.isalpha() and bool(_CONTRACTED.fullmatch(lower)))
