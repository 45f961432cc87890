"""What could have stood in place of a few words: lexicon terms nearly there, other orders, confused words.

Every candidate says which units it replaces and by which words; `weigh` says how likely it is. Nothing is proposed
where no pair of words in the text is weak: a garble breaks the text somewhere, or there is no telling it from prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ntm_repair.matching.confusion import LONGEST as LONGEST_MEMBER
from ntm_repair.matching.confusion import Confusions, Member, Road, same_rank
from ntm_repair.matching.orders import reorderings
from ntm_repair.matching.pairs import Pairs
from ntm_repair.matching.terms import HOLE, LONG, LONGEST, WHOLE, EditClass, Form, TermIndex, difference, edit_class
from ntm_repair.matching.units import COMMA, Units

Source = Literal["lexicon", "order", "confusion"]
DICE = 0.8
OPTIONAL = frozenset(
    "các những nhiều một mọi mỗi từng đã đang sẽ được rất hơn và của cho về để từ trong này đó".split()
)
"""Words that a phrase is as right with as without."""

WEAK = {"order": 0.0, "confusion": 0.0, "reordered": 2.0, "missing": 0.7, "extra": 1.0, "substituted": 0.7}
"""How weak, in nats of association, the weakest pair of words that a repair undoes must be: prose has no weak joins."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Units [first, last) of a paragraph and the words (normal form) that could have stood there."""

    first: int
    last: int
    keys: tuple[str, ...]
    edit: EditClass
    source: Source
    form: Form | None = None
    road: Road | None = None
    """How the words in the text may have come from these, where the glossary knows a way."""


def kind_of(c: Candidate) -> str:
    """Which model weighs a candidate."""
    if c.source != "lexicon":
        return c.source
    return "substituted" if c.edit == "mixed" else c.edit


def lexical(units: Units, index: TermIndex, table: Confusions, pair: Pairs) -> Iterator[Candidate]:
    """Lexicon forms that a window nearly is: the same words in another order, or one word off (two of a long form)."""
    keys, breaks = units.keys, units.breaks
    numbers = [index.number(key) for key in keys]
    strange = [key not in index.vocabulary for key in keys]
    forms, form_commas, places = index.forms, index.commas, index.places
    reordered, extra = WEAK["reordered"], WEAK["extra"]
    for begin, end in units.runs:
        joins = [2.0, *[pair(keys[i - 1], keys[i]) for i in range(begin + 1, end)], 2.0]
        for first in range(begin, end - 1):
            total, weakest = numbers[first], joins[first - begin]
            strangers, commas = int(strange[first]), 0
            for last in range(first + 2, min(end, first + LONGEST + 1) + 1):
                total += numbers[last - 1]
                strangers += strange[last - 1]
                if strangers > 2:
                    break
                commas += breaks[last - 1] == COMMA
                weakest = min(weakest, joins[last - 1 - begin])
                least = min(weakest, joins[last - begin])
                if least >= reordered:
                    continue
                here = keys[first:last]
                if least >= extra or last - first == 2:
                    for number in index.anagrams(total):
                        form = forms[number]
                        if form.keys != tuple(here) and form_commas[number] >= commas and not places[number]:
                            yield Candidate(first, last, form.keys, "reordered", "lexicon", form)
                    continue
                found = _near(numbers[first:last], total, index.near)
                if not found or any(forms[number].keys == tuple(here) for number in index.anagrams(total)):
                    continue
                for number in dict.fromkeys(found):
                    if form_commas[number] < commas or places[number]:
                        continue
                    form = forms[number]
                    removed, added = difference(here, form.keys)
                    if not same_rank(removed, added):
                        continue
                    kept = len(here) - len(removed)
                    slight = _slight(len(here), len(form.keys), removed, added, index)
                    by_road = kept >= 3 or len(form.keys) == 3
                    if not slight and not by_road:
                        continue
                    road = table.explains(here, removed, added)
                    if road is None if not slight else road is not None and not by_road:
                        continue
                    edit = edit_class(here, form.keys, removed, added)
                    if road is not None or _plausible(here, form, edit, removed):
                        yield Candidate(first, last, form.keys, edit, "lexicon", form, road)


def _near(window: Sequence[int], total: int, near: Mapping[int, Sequence[int]]) -> list[int]:
    """The numbers of forms that have the words of a window, but for one word or two on either side.

    One word of the window may be too many, or two neighbours; of a form one word may be missing, two neighbours, or
    any two of a long form: but not two neighbours of a form and none of the window.
    """
    found = [filed >> 2 for filed in near[total] if filed & 3 != HOLE] if total in near else []
    without_one = [total - number for number in window]
    if not near.keys().isdisjoint(without_one):
        found += [filed >> 2 for rest in without_one for filed in near.get(rest, ())]
    without_two = [rest - number for rest, number in zip(without_one, window[1:], strict=False)]
    if not near.keys().isdisjoint(without_two):
        found += [filed >> 2 for rest in without_two for filed in near.get(rest, ()) if filed & 3 != WHOLE]
    return found


def _slight(n: int, m: int, removed: Sequence[str], added: Sequence[str], index: TermIndex) -> bool:
    """Whether a difference between `n` and `m` words is small enough to be worth weighing, and says something."""
    if not removed and not added:
        return True
    if max(len(removed), len(added)) > (2 if min(n, m) >= LONG - 1 else 1):
        return False
    # What is there for grammar comes and goes in a phrase; an acronym says something and did not slip in.
    if OPTIONAL.issuperset(removed) and OPTIONAL.issuperset(added):
        return False
    return index.acronyms.keys().isdisjoint(removed)


def _plausible(here: Sequence[str], form: Form, edit: EditClass, removed: Sequence[str]) -> bool:
    """Whether a slight difference is worth weighing by what kind it is of."""
    n, m = len(here), len(form.keys)
    if edit == "reordered":
        return True
    if edit == "missing":
        return n >= 3
    if edit == "substituted":
        return n >= 4
    # A strange word at the edge belongs to the sentence, not to the term.
    if here[0] not in form.keys or here[-1] not in form.keys:
        return False
    return min(n, m) >= 3 and 2 * (n - len(removed)) >= DICE * (n + m)


def orders(units: Units, pairs: Pairs) -> Iterator[Candidate]:
    """Other orders of up to six units around a weak pair that read better by pairs alone."""
    for first, last, words in reorderings(units, pairs):
        yield Candidate(first, last, words, "reordered", "order")


def confusions(units: Units, table: Confusions, pairs: Pairs) -> Iterator[Candidate]:
    """Words beside a weak pair that share an English headword with others that join better by pairs alone."""
    keys, breaks = units.keys, units.breaks
    members = table.headwords
    for begin, end in units.runs:
        # Nothing stands beside a word at the edge of a clause.
        clause = [i in (begin, end) or breaks[i] == COMMA for i in range(begin, end + 1)]
        joins = [0.0 if clause[i - begin] else pairs(keys[i - 1], keys[i]) for i in range(begin, end + 1)]
        for first in range(begin, end):
            before = joins[first - begin]
            for last in range(first + 1, min(end, first + LONGEST_MEMBER) + 1):
                after = joins[last - begin]
                if before < 0 or after < 0:
                    member = tuple(keys[first:last])
                    if member in members:
                        left = "" if clause[first - begin] else keys[first - 1]
                        right = "" if clause[last - begin] else keys[last]
                        for other, road in _better(table.exchanges(member), pairs, left, right, before, after):
                            yield Candidate(first, last, other, "substituted", "confusion", road=road)
                if clause[last - begin]:
                    break


def _better(
    exchanges: Sequence[tuple[Member, Road]], pairs: Pairs, left: str, right: str, before: float, after: float
) -> Iterator[tuple[Member, Road]]:
    """The words that are bound better than [before, after] to what stands on either side."""
    least, enough = min(before, after), before + after + 2
    lead = pairs.row(left)
    for other, road in exchanges:
        first = lead[other[0]]
        if first > least:
            second = pairs.row(other[-1])[right]
            if second > least and first + second > enough:
                yield other, road
