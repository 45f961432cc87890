"""Whether a fragment's own translation stands beside it: then nothing is lost when the fragment goes.

Translators work through a text sentence by sentence, and the original is left standing before or after its translation.
Each word of the fragment is looked for among the neighbouring Vietnamese words, in any sense the glossary gives; names
and numbers are looked for as they are. What is measured is how much of the fragment's information (nats) is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from ntm_repair.article import Article
from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.words import Word
from ntm_repair.suggest.dates import MONTHS
from ntm_repair.suggest.forms import RANK, WORD
from ntm_repair.suggest.place import Place, Token, paragraph_of
from ntm_repair.suggest.senses import Senses

SHARE = 0.6
"""Share of a fragment's information that must be found, for a fragment of many words."""
SHORT = 0.9
"""The same for one of `FEW` content words or fewer, which chance finds more easily."""
FEW = 3
NEAR = 4
"""Words on either side that are searched for one or two content words: those are translated on the spot or not."""
LONE = 2
"""The same for a fragment of a single word."""
ORDINARY = WORD + RANK
"""Cost of the senses that are looked for then."""
STRETCH = 1.8
"""Vietnamese words to an English one, at most, in the stretch that is searched."""
UNKNOWN = 6.0
"""Information (nats) of an English word that no glossary lists."""
MOST_NATS = 11.0
"""Information one word can give: a name tells its passage, but not everything."""


COMMON = 0.5
"""Share of its words that are no names and numbers: those of a passage stand in every sentence of it."""
_CARDINALS = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_DIGITS = {w: str(i) for words in (_CARDINALS, _ORDINALS) for i, w in enumerate(words, 1)}
_MONTH = {name: ("tháng", str(number)) for name, number in MONTHS.items()}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A word of the fragment: the forms it may have beside it, what finding one is worth, and whether it is a name."""

    forms: frozenset[tuple[str, ...]]
    nats: float
    name: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Where the Vietnamese stands that says what the fragment says, and how much of it."""

    share: float
    before: bool


def translation_beside(article: Article, place: Place, senses: Senses) -> Beside | None:
    """The better of the two sides where enough of the fragment is found there, else None."""
    few = sum(not is_function_word(t.lower) for t in place.tokens) < FEW
    # A word that is said twice is looked for once: "the people know, the people discuss".
    once = {t.lower: t for t in place.tokens}.values()
    wanted = [w for w in (_wanted(t, senses, few) for t in once) if w is not None]
    if not wanted or (len(wanted) == 1 and len(place.tokens) > 1):
        return None  # one word of several says too little
    found = [Beside(_found(wanted, side), before) for side, before in _sides(article, place, len(wanted))]
    best = max(found, key=lambda b: (b.share, b.before), default=None)
    needed = SHORT if len(wanted) <= FEW else SHARE
    return best if best is not None and best.share >= needed else None


def _wanted(token: Token, senses: Senses, ordinary: bool) -> _Wanted | None:
    """What to look for, only in the first `ORDINARY` senses where asked; None for function words."""
    if token.lower in _FUNCTION or is_function_word(token.lower):
        return None
    forms = {s.words for s in senses.of((token,)) if s.words and not (ordinary and s.cost > ORDINARY)}
    name = token.kept or (token.capital and not token.opens and token.lower not in _MONTH)
    if name:
        forms.add((_number(token.lower),))
    if token.lower in _DIGITS:
        forms.add((_DIGITS[token.lower],))
    if token.lower in _MONTH:
        forms = {_MONTH[token.lower]}
    return _Wanted(frozenset(forms), max((_nats(form, senses) for form in forms), default=UNKNOWN), name)


_FUNCTION = frozenset("'s could may might must shall would been being".split())


def _number(word: str) -> str:
    """A number without the marks that group its digits, which differ between the languages."""
    return word.replace(",", "").replace(".", "") if word[0].isdigit() else word


def _nats(form: Sequence[str], senses: Senses) -> float:
    """How telling it is to meet the form: minus the log of its rarest word's probability."""
    return min(MOST_NATS, max(-log(senses.joiner.word(w)) for w in form) - 4.0)


def _sides(article: Article, place: Place, content: int) -> Iterator[tuple[list[str], bool]]:
    """The words before the fragment, nearest last, and those after it; of its paragraph, or the next one."""
    reach = int(STRETCH * len(place.tokens)) + 8
    i = article.paragraph_at(place.start)
    here, offset = paragraph_of(article, i), article.paragraphs[i].start
    before = _said(here.before(place.start - offset, reach))
    after = _said(here.after(place.end - offset, reach))
    if not before and i > 0:
        before = _said(paragraph_of(article, i - 1).words[-reach:])
    if not after and i + 1 < len(article.paragraphs):
        after = _said(paragraph_of(article, i + 1).words[:reach])
    if content < FEW:
        reach = NEAR if content > 1 else LONE
    yield before[-reach:], True
    yield after[:reach], False


def _said(words: Iterable[Word]) -> list[str]:
    return [_number(w.text.lower()) for w in words]


def _found(wanted: Sequence[_Wanted], side: Sequence[str]) -> float:
    """The share of the information found in the best stretch of the side; 0 where only names are found."""
    places = [(at, i) for i, w in enumerate(wanted) for at in _places(w.forms, side)]
    reach = int(STRETCH * len(wanted)) + 5
    common = sum(not w.name for w in wanted)
    total = sum(w.nats for w in wanted)
    best = 0.0
    for start, _ in places:
        seen = {i for at, i in places if start <= at < start + reach}
        if sum(not wanted[i].name for i in seen) >= COMMON * common:
            best = max(best, sum(wanted[i].nats for i in seen) / total)
    return best


def _places(forms: Iterable[tuple[str, ...]], side: Sequence[str]) -> Iterator[int]:
    for form in forms:
        for at in range(len(side) - len(form) + 1):
            if side[at] == form[0] and tuple(side[at : at + len(form)]) == form:
                yield at
