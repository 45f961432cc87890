"""A passive with its doer, turned round: "built by the people" is "do người dân xây dựng".

Word for word it would be "xây dựng bởi người dân", which is English in Vietnamese words. The doer goes before what was
done, behind "do", or "được" where English has a form of *be*; the fragment is then read in that order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from ntm_repair.suggest.forms import PREPOSITIONS, WORD, Sense
from ntm_repair.suggest.inflection import headwords
from ntm_repair.suggest.place import Place, Token
from ntm_repair.suggest.senses import BE, HAVE

Options = dict[tuple[int, int], list[Sense]]

LONGEST = 6
"""Words of the longest doer."""
OTHER = {"do": 3.5, "được": 0.9}
"""Cost of the one of the two that is not the ordinary one: "do" tells by whom, where English says that it was."""
RELATIVES = frozenset(("which", "that"))
_AFTER = (PREPOSITIONS - {"of"}) | BE | HAVE | frozenset("who which that when where while because but so or".split())
"""Words that a doer does not go on with."""
_MARKS = ("được ", "bị ", "đã ")
"""What the place of the doer says already."""


class Turned(NamedTuple):
    """A place with the doer before the verb, the token that is then *by*, and the one that it was."""

    place: Place
    by: int
    was: int


def doer_first(place: Place) -> Turned | None:
    """The place turned round; None where there is no such passive."""
    tokens = place.tokens
    by = next((i for i in range(1, len(tokens) - 1) if tokens[i].lower == "by" and _is_done(tokens[i - 1])), None)
    if by is None or tokens[by + 1].kept:
        return None
    end = by + 1
    while (
        end < len(tokens) and end - by <= LONGEST and tokens[end].lower not in _AFTER and tokens[end].gap in ("", " ")
    ):
        end += 1
    if end == by + 1 or end - by > LONGEST:
        return None
    verb = by - 2 if by > 1 and tokens[by - 2].lower.endswith("ly") else by - 1
    order = [*tokens[:verb], *tokens[by:end], *tokens[verb:by], *tokens[end:]]
    if any(token.gap not in ("", " ") for token in order[:-1]):
        return None
    turned = [replace(token, gap=" ") for token in order]
    turned[-1] = replace(turned[-1], gap=tokens[-1].gap)
    return Turned(replace(place, tokens=tuple(turned)), verb, by)


def told_first(options: Options, place: Place, by: int) -> Options:
    """The senses of the turned words: what *by* and a form of *be* before it say there, and the bare verb."""
    tokens = place.tokens
    passive = by > 0 and tokens[by - 1].lower in BE
    relative = passive and by > 1 and tokens[by - 2].lower in RELATIVES  # "a model which was built by the people"
    around = range(by - passive - relative, by + 1)
    found = {
        span: [s for s in senses if not s.text.startswith(_MARKS)] if span[0] > by else senses
        for span, senses in options.items()
        if not any(span[0] <= i < span[1] for i in around)
    }
    costs = (("được", WORD), ("do", WORD + OTHER["do"])) if passive else (("do", WORD), ("được", WORD + OTHER["được"]))
    found[by, by + 1] = [Sense(word, (word,), cost, False, False, "glossary") for word, cost in costs]
    for i in around[:-1]:
        found[i, i + 1] = [Sense("", (), 0.0, False, False, "glossary")]
    return found


def _is_done(token: Token) -> bool:
    """Whether a word may be a participle."""
    return any(form == "past" for _, form in headwords(token.lower))
