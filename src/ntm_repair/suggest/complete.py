"""Lexicon terms that the words around a fragment begin or end: "nông thôn *new*" is "nông thôn mới".

Such a term is a reading of the fragment like any sense, where its missing words go with the English that stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ntm_repair.lexicon import Term
from ntm_repair.suggest.dates import MONTHS
from ntm_repair.suggest.forms import Sense
from ntm_repair.suggest.inflection import headwords
from ntm_repair.suggest.place import Place, Token
from ntm_repair.suggest.senses import Senses

FITS = 0.5
"""Cost (nats) of the missing words of a term where the English goes with them."""
STRANGE = 3.0
"""Cost of each English content word that does not go with them."""
UNTOLD = 2.0
"""Cost of each missing word that no English word stands for."""
MOST_FOR_ONE = 2
"""Missing words that one English word may stand for."""
LEAST_GIVEN = 2
"""Words of a term of four words and more that must stand beside the fragment; of shorter ones, half."""

Options = Mapping[tuple[int, int], Sequence[Sense]]


def completions(place: Place, senses: Senses, options: Options) -> list[tuple[tuple[int, int], Sense]]:
    """Missing words of terms as senses of the tokens they would stand for, at either edge of the fragment."""
    size = len(place.tokens)
    found: list[tuple[tuple[int, int], Sense]] = []
    for words, given in senses.ends.begun(place.left):
        if given >= min(LEAST_GIVEN, len(words) // 2):
            for end in range(1, min(size, 3) + 1):
                sense = _sense(words, (given, len(words)), place.tokens[:end], 0, senses, options)
                if sense is not None:
                    found.append(((0, end), sense))
    for words, given in senses.ends.ended(place.right):
        if given >= min(LEAST_GIVEN, len(words) // 2):
            for start in range(max(0, size - 3), size):
                sense = _sense(words, (0, len(words) - given), place.tokens[start:], start, senses, options)
                if sense is not None:
                    found.append(((start, size), sense))
    return found


def _sense(
    words: tuple[str, ...],
    missing_span: tuple[int, int],
    tokens: Sequence[Token],
    first: int,
    senses: Senses,
    options: Options,
) -> Sense | None:
    """The missing words as a sense of the tokens; None where the English does not go with them."""
    missing = words[missing_span[0] : missing_span[1]]
    if len(missing) > MOST_FOR_ONE * len(tokens):
        return None
    term = senses.terms[words]
    told: set[int] = set()
    cost = FITS
    supported = 0
    for i, token in enumerate(tokens, first):
        own = options.get((i, i + 1), ())
        places = {at for s in own for at in _places(s.words, missing)}
        vanishes = min((s.cost for s in own if not s.words and not token.kept), default=None)
        if places:
            told |= places
            supported += 1
        elif vanishes is not None:
            cost += vanishes
        elif any(base in _named(term.english) for base, _ in headwords(token.lower)):
            supported += 1
            told |= set(range(len(missing)))
        elif token.kept or senses.is_number(token.lower) or (token.lower in MONTHS and token.capital):
            return None  # a figure is never lost
        else:
            cost += STRANGE
    if not supported or cost >= STRANGE * 2:
        return None
    cost += UNTOLD * (len(missing) - len(told))
    return Sense(_cased(term, words, missing_span), missing, cost, False, True, "lexicon", term.layer)


@lru_cache(maxsize=1 << 12)
def _named(english: Sequence[str]) -> frozenset[str]:
    """The English words of a term."""
    return frozenset(w for name in english for w in name.lower().replace("-", " ").split())


def _cased(term: Term, words: tuple[str, ...], span: tuple[int, int]) -> str:
    """Words of the span as the lexicon writes them."""
    for form in (term.term, *term.aliases):
        if tuple(form.lower().replace(",", "").split()) == words:
            return " ".join(form.split()[span[0] : span[1]]).rstrip(",")
    return " ".join(words[span[0] : span[1]])


def _places(words: Sequence[str], missing: Sequence[str]) -> Iterator[int]:
    """Where in `missing` the words stand."""
    size = len(words)
    if not size or words[0] not in missing:
        return
    for at in range(len(missing) - size + 1):
        if tuple(missing[at : at + size]) == tuple(words):
            yield from range(at, at + size)
