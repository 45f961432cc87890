"""What English grammar says of a word's senses by the words beside it, where counts of Vietnamese words cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ntm_repair.language.closed_class import is_function_word
from ntm_repair.suggest.forms import WORD, Sense
from ntm_repair.suggest.inflection import headwords
from ntm_repair.suggest.place import YEAR, Token
from ntm_repair.suggest.senses import BE, HAVE, Senses

NOT_HAD = 1.0
"""Cost of senses that grammar speaks against: any other of *have* and *be* where they only say when, an adjective where
a noun has to be."""
NOT_MEANT = 3.0
"""Cost of taking *about* before a figure for "về" and *by* before a year for "bởi": Vietnamese words join well with
these too ("thu về")."""
NOT_SAID = Sense("", (), 0.2, False, False, "glossary")
"""Nothing, for the *is* that Vietnamese does not say before an adjective."""
ARTICLES = frozenset("the a an this that each every".split())
_FALLS = frozenset("decrease reduce fall drop decline lower shrink cut down".split())
_RISES = frozenset("increase rise raise grow climb improve expand up".split())

_CHANGES = _FALLS | _RISES
_PLURALS = ("các ", "những ")
_MANY = ("các", "những")
_FOLK = frozenset("people police youth poor elderly young rich sick".split())
"""Nouns that are plural as they stand."""
UNJOINED = 2.0
"""What the costs of senses right after a figure are multiplied by: there no join says which one it is."""
LONGEST = 5
"""Words that are looked at for the noun of an article."""
ONE = 0.7
"""Cost of reading *the* as many where no noun behind it says so."""


def before_figures(tokens: Sequence[Token], options: dict[tuple[int, int], list[Sense]], after: str) -> None:
    """What "to 4.3", "about 300", "area of 28", "by 2030", "by 15%" say.

    Counts do not cross figures, so nothing else would tell. `after` is the figure right after the words, "" for none.
    """
    for i, (token, figure) in enumerate(pairwise([*tokens, *_figure(after)])):
        if not figure.kept or not figure.text[0].isdigit():
            continue
        if token.lower == "to":
            earlier = {base for t in tokens[:i] for base, _ in headwords(t.lower)}
            less = "from" in earlier and _less(figure.text, [t.text for t in tokens[:i] if t.kept])
            way = "xuống" if less or earlier & _FALLS else "lên" if earlier & _RISES else "đến"
            between = i > 0 and tokens[i - 1].kept and tokens[i - 1].text[0].isdigit()
            alone = way != "đến" or "from" in earlier or between
            ways = (way,) if alone else (way, "cho")  # "gifts to 30 households", but "250 to 300"
            options[i, i + 1] = [Sense(one, (one,), WORD, False, False, "glossary") for one in ways]
        elif token.lower in ("about", "around"):
            others = [s for s in options.get((i, i + 1), ()) if s.text not in ("", "khoảng")]
            said = [Sense("khoảng", ("khoảng",), WORD, False, False, "glossary")]
            options[i, i + 1] = said + [replace(s, cost=s.cost + NOT_MEANT) for s in others]
        elif token.lower == "of" and i and tokens[i - 1].lower == "area":
            said = [Sense("diện tích", ("diện", "tích"), WORD, False, False, "glossary")]
            others = options.get((i - 1, i), [])
            options[i - 1, i] = [s if s.text == "diện tích" else replace(s, cost=s.cost + NOT_MEANT) for s in others]
            options[i - 1, i + 1] = said + options.get((i - 1, i + 1), [])
        elif token.lower == "year" and YEAR.fullmatch(figure.text) and i + 1 < len(tokens):
            options[i + 1, i + 2] = [s for s in options[i + 1, i + 2] if s.text == figure.text]
        elif token.lower == "by" and YEAR.fullmatch(figure.text):
            options[i, i + 1] = [replace(s, cost=s.cost + NOT_MEANT) for s in options.get((i, i + 1), ())]
            within = i + 1 < len(tokens)
            text = f"đến năm {figure.text}" if within else "đến năm"
            said = [Sense(text, ("đến", "năm"), WORD - 3.0, False, False, "glossary")]
            options.setdefault((i, i + 1 + within), []).extend(said)
        elif token.lower == "by" and (i == 0 or {b for t in tokens[:i] for b, _ in headwords(t.lower)} & _CHANGES):
            said = [Sense("", (), WORD, False, False, "glossary")]
            said.append(Sense("thêm", ("thêm",), WORD + NOT_HAD, False, False, "glossary"))
            options[i, i + 1] = said + options.get((i, i + 1), [])


def _figure(text: str) -> tuple[Token, ...]:
    return (Token(text, text, True, False, ""),) if text else ()


def after_figures(tokens: Sequence[Token], options: dict[tuple[int, int], list[Sense]], senses: Senses) -> None:
    """ "30 poor households" are "30 hộ nghèo": what is counted needs no "các"; after a year it may.

    "3 shifts" are things, nothing that is done.
    """
    for (first, last), own in options.items():
        if first and tokens[first - 1].text[0].isdigit() and not YEAR.fullmatch(tokens[first - 1].text):
            told = [s for s in own if not s.text.startswith(_PLURALS)] or own
            things = senses.things(tokens[first].lower) if last == first + 1 else frozenset()
            counted = [s for s in told if s.text in things and not s.text.startswith("sự ")]
            options[first, last] = [replace(s, cost=UNJOINED * s.cost) for s in counted] or told


def _less(text: str, before: Sequence[str]) -> bool:
    """Whether a figure is smaller than the last one before it."""
    try:
        return bool(before) and float(text.replace(",", "")) < float(before[-1].replace(",", ""))
    except ValueError:
        return False  # a code, a year's range


def before_participles(tokens: Sequence[Token], options: dict[tuple[int, int], list[Sense]], senses: Senses) -> None:
    """ "has met" says when, not what one has; "are facing" that it goes on, "is unstable" nothing."""
    for i, (token, verb) in enumerate(pairwise(tokens)):
        forms = {form for _, form in headwords(verb.lower)}
        if token.lower in BE and ("ing" in forms or senses.is_adjective(verb.lower)):
            said = Sense("đang", ("đang",), WORD, False, False, "glossary") if "ing" in forms else NOT_SAID
        elif token.lower in HAVE and "past" in forms:
            said = Sense("đã", ("đã",), WORD, False, False, "glossary")
        else:
            continue
        others = [s for s in options.get((i, i + 1), ()) if s.text != said.text]
        options[i, i + 1] = [said, *(replace(s, cost=s.cost + NOT_HAD) for s in others)]


def after_articles(tokens: Sequence[Token], options: dict[tuple[int, int], list[Sense]]) -> None:
    """ "the cooperative" with nothing behind it that could be its noun is one: no "hợp tác", but a "hợp tác xã"."""
    for i, (token, word) in enumerate(pairwise(tokens)):
        ends = i + 2 == len(tokens) or word.gap.strip(" -") or is_function_word(tokens[i + 2].lower)
        own = options.get((i + 1, i + 2), [])
        if token.lower == "the" and not _is_plural(tokens[i + 1 :]):
            options[i, i + 1] = [
                replace(s, cost=s.cost + ONE) if s.text in _MANY else s for s in options.get((i, i + 1), ())
            ]
        if token.lower in ARTICLES and ends and any(s.head for s in own):
            options[i + 1, i + 2] = [replace(s, cost=s.cost + NOT_HAD) if s.modifier and not s.head else s for s in own]


def _is_plural(tokens: Sequence[Token]) -> bool:
    """Whether the noun that an article stands before may be plural; English residue does not always say so."""
    for token in tokens[:LONGEST]:
        word = token.lower
        if is_function_word(word):
            return False
        if word in _FOLK or any(form == "plural" for _, form in headwords(word)):
            return True
        if token.gap.strip(" -"):
            return False
    return False
