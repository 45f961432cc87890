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
NOT_SAID = Sense("", (), 0.2, False, False, "glossary")
"""Nothing, for the *is* that Vietnamese does not say before an adjective."""
ARTICLES = frozenset("the a an this that each every".split())
_FALLS = frozenset("decrease reduce fall drop decline lower shrink cut down".split())
_RISES = frozenset("increase rise raise grow climb improve expand up".split())


def before_figures(tokens: Sequence[Token], options: dict[tuple[int, int], list[Sense]]) -> None:
    """What "to 4.3", "about 300", "by 2030", "by 15%" say: counts do not cross figures, so nothing else would tell."""
    for i, (token, figure) in enumerate(pairwise(tokens)):
        if not figure.kept or not figure.text[0].isdigit():
            continue
        if token.lower == "to":
            earlier = {base for t in tokens[:i] for base, _ in headwords(t.lower)}
            less = "from" in earlier and _less(figure.text, [t.text for t in tokens[:i] if t.kept])
            way = "xuống" if less or earlier & _FALLS else "lên" if earlier & _RISES else "đến"
            options[i, i + 1] = [Sense(way, (way,), WORD, False, False, "glossary")]
        elif token.lower in ("about", "around"):
            options[i, i + 1] = [Sense("khoảng", ("khoảng",), WORD, False, False, "glossary")]
        elif token.lower == "by" and YEAR.fullmatch(figure.text):
            said = [Sense(f"đến năm {figure.text}", ("đến", "năm"), WORD - 3.0, False, False, "glossary")]
            options.setdefault((i, i + 2), []).extend(said)
        elif token.lower == "by":
            options[i, i + 1] = [
                Sense("", (), WORD, False, False, "glossary"),
                Sense("thêm", ("thêm",), WORD + NOT_HAD, False, False, "glossary"),
            ]


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
        if token.lower in ARTICLES and ends and any(s.head for s in own):
            options[i + 1, i + 2] = [replace(s, cost=s.cost + NOT_HAD) if s.modifier and not s.head else s for s in own]
