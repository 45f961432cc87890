"""What could have stood in place of a few words: lexicon terms nearly there, other orders, confused words.

Every candidate says which units it replaces and by which words; `weigh` says how likely it is. Nothing is proposed
where no pair of words in the text is weak: a garble breaks the text somewhere, or there is no telling it from prose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ntm_repair.matching.confusion import LONGEST as LONGEST_MEMBER
from ntm_repair.matching.confusion import Confusions, Road
from ntm_repair.matching.terms import LONG, LONGEST, EditClass, Form, TermIndex, difference, edit_class
from ntm_repair.matching.units import COMMA, Units

Source = Literal["lexicon", "order", "confusion"]
SPAN = 6
"""Units within which words may have changed places without a lexicon to say so."""
DICE = 0.8
RANKS = frozenset("phó chánh nguyên quyền cựu nhất nhì ba hai bốn năm".split())
"""Words that tell one office, rank or number from another."""
OPTIONAL = frozenset(
    "các những nhiều một mọi mỗi từng đã đang sẽ được rất hơn và của cho về để từ trong này đó".split()
)
"""Words that a phrase is as right with as without."""


LINKING = frozenset("của và các những một trong hoặc như được là để với cho tại từ về do ở khi".split())
"""Words that lead to the next one and do not end a phrase."""
WEAK = {"order": 0.0, "confusion": 0.0, "reordered": 2.0, "missing": 0.7, "extra": 1.0, "substituted": 0.7}
"""How weak, in nats of association, the weakest pair of words that a repair undoes must be: prose has no weak joins."""
FAR = -7.0
"""Nats of a road through English below which a word is not taken for another without a term to say so."""
BOTH_WAYS = -2.5
"""Association, in nats, above which two words may well stand in the order they have."""


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


def lexical(
    units: Units, index: TermIndex, table: Confusions, pair: Callable[[str, str], float]
) -> Iterator[Candidate]:
    """Lexicon forms that a window nearly is: the same words in another order, or one word off (two of a long form)."""
    numbers = [index.number(key) for key in units.keys]
    whole, short, vocabulary = index.whole, index.short, index.vocabulary
    keys = units.keys
    for begin, end in units.runs:
        joins = [2.0] + [pair(keys[i - 1], keys[i]) for i in range(begin + 1, end)] + [2.0]
        for first in range(begin, end - 1):
            total, weakest = numbers[first], joins[first - begin]
            strangers = int(keys[first] not in vocabulary)
            for last in range(first + 2, min(end, first + LONGEST + 1) + 1):
                total += numbers[last - 1]
                strangers += keys[last - 1] not in vocabulary
                if strangers > 2:
                    break
                weakest = min(weakest, joins[last - 1 - begin])
                least = min(weakest, joins[last - begin])
                if least >= WEAK["reordered"]:
                    continue
                if least >= WEAK["extra"] or last - first == 2:
                    for form in whole.get(total, ()):
                        if form.keys != tuple(keys[first:last]):
                            yield from _anagram(units, first, last, form)
                    continue
                window = numbers[first:last]
                found = [*whole.get(total, ()), *short.get(total, ())]
                for gone in window:
                    rest = total - gone
                    if rest in whole:
                        found += whole[rest]
                    if rest in short:
                        found += short[rest]
                here = keys[first:last]
                found += _confused(window, total, index)
                if not found or any(form.keys == tuple(here) for form in whole.get(total, ())):
                    continue
                commas = sum(units.breaks[i] == COMMA for i in range(first + 1, last))
                for form in dict.fromkeys(found):
                    if form.commas < commas or form.term.kind == "place":
                        continue
                    removed, added = difference(here, form.keys)
                    edit = edit_class(here, form.keys, removed, added)
                    if edit == "exact" or not _same_rank(removed, added):
                        continue
                    road = table.explains(here, removed, added)
                    kept = len(here) - len(removed)
                    if road is not None and kept < 3 and len(form.keys) != 3:
                        continue
                    if road is not None or _plausible(here, form, edit, removed, added, index):
                        yield Candidate(first, last, form.keys, edit, "lexicon", form, road)


def _anagram(units: Units, first: int, last: int, form: Form) -> Iterator[Candidate]:
    commas = sum(units.breaks[i] == COMMA for i in range(first + 1, last))
    if form.commas >= commas and form.term.kind != "place":
        yield Candidate(first, last, form.keys, "reordered", "lexicon", form)


def _confused(window: Sequence[int], total: int, index: TermIndex) -> list[Form]:
    """Forms that differ from a window by one word of two syllables, or one of two for one of one."""
    holes, short = index.holes, index.short
    found: list[Form] = []
    before = 0
    for number in window:
        rest = total - number
        if rest in holes:
            found += holes[rest]
        if before:
            rest -= before
            if rest in holes:
                found += holes[rest]
            if rest in short:
                found += short[rest]
        before = number
    return found


def _plausible(
    here: Sequence[str],
    form: Form,
    edit: EditClass,
    removed: Sequence[str],
    added: Sequence[str],
    index: TermIndex,
) -> bool:
    """Whether a difference is worth weighing."""
    n, m = len(here), len(form.keys)
    if edit == "reordered":
        return True
    if max(len(removed), len(added)) > (2 if min(n, m) >= LONG - 1 else 1):
        return False
    # What is there for grammar comes and goes in a phrase; an acronym says something and did not slip in.
    if OPTIONAL.issuperset(removed) and OPTIONAL.issuperset(added):
        return False
    if any(word in index.acronyms for word in removed):
        return False
    if edit == "missing":
        return n >= 3
    if edit == "substituted":
        return n >= 4
    # A strange word at the edge belongs to the sentence, not to the term.
    if here[0] not in form.keys or here[-1] not in form.keys:
        return False
    return min(n, m) >= 3 and 2 * (n - len(removed)) >= DICE * (n + m)


def _same_rank(removed: Sequence[str], added: Sequence[str]) -> bool:
    """Whether a difference leaves ranks and figures alone: similarity says nothing about either."""
    return not any(word in RANKS or word[0].isdigit() for word in (*removed, *added))


def orders(units: Units, pair: Callable[[str, str], float]) -> Iterator[Candidate]:
    """Other orders of up to six units around a weak pair that read better by pairs alone.

    A step exchanges two neighbouring blocks; up to three steps are taken, each the best there is.
    """
    keys = units.keys
    for begin, end in units.runs:
        seen: set[tuple[int, int, tuple[str, ...]]] = set()
        for at in range(begin + 1, end):
            if units.breaks[at] == COMMA or pair(keys[at - 1], keys[at]) >= 0:
                continue
            low, high = max(begin, at - SPAN + 1), min(end, at + SPAN - 1)
            while any(units.breaks[i] == COMMA for i in range(low + 1, at)):
                low += 1
            while any(units.breaks[i] == COMMA for i in range(at, high)):
                high -= 1
            left = keys[low - 1] if low > begin and units.breaks[low] != COMMA else ""
            right = keys[high] if high < end and units.breaks[high] != COMMA else ""
            for first, last, words in _climb(keys[low:high], at - low, left, right, pair):
                found = low + first, low + last, words
                if found not in seen and _orderly(keys[low + first : low + last], words, pair):
                    seen.add(found)
                    yield Candidate(*found, "reordered", "order")


def _orderly(old: Sequence[str], new: Sequence[str], pair: Callable[[str, str], float]) -> bool:
    """Whether another order is one that a writer may have meant."""
    if new[-1] in LINKING and old[-1] not in LINKING:
        return False
    joins = {*pairwise(old)}
    if any(a in LINKING and b in LINKING and (a, b) not in joins for a, b in pairwise(new)):
        return False
    if any(word[0].isdigit() for word in old):
        return False
    # Many compounds stand both ways: "nối kết" beside "kết nối".
    return len(old) > 2 or pair(old[0], old[1]) < BOTH_WAYS


def _climb(
    words: Sequence[str], at: int, left: str, right: str, pair: Callable[[str, str], float]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The best exchanges around the join before `words[at]`, then the best further one within six words."""
    start = tuple(words)
    beam = []
    for gain, i, k, line in _exchanges(start, left, right, pair, 0, len(start), at):
        if gain > 3:
            beam.append((gain, i, k, line))
    beam.sort(key=lambda b: -b[0])
    for _, i, k, line in beam[:6]:
        yield i, k, line[i:k]
        low, high = max(0, k - SPAN), min(len(start), i + SPAN)
        best = max(_exchanges(line, left, right, pair, low, high), default=None)
        if best is not None and best[0] > 2:
            a, b = min(i, best[1]), max(k, best[2])
            if b - a <= SPAN and best[3][a:b] != start[a:b]:
                yield a, b, best[3][a:b]


def _exchanges(
    words: tuple[str, ...],
    left: str,
    right: str,
    pair: Callable[[str, str], float],
    low: int,
    high: int,
    at: int | None = None,
) -> Iterator[tuple[float, int, int, tuple[str, ...]]]:
    """Every exchange of neighbouring blocks [i, j) and [j, k) within [low, high), and what it gains by pairs.

    With `at` only those that have i <= at <= k.
    """
    size = len(words)
    joins = [pair(words[j - 1], words[j]) if j else 0.0 for j in range(size)]
    for i in range(low, high - 1 if at is None else min(high - 1, at + 1)):
        first = words[i]
        before = words[i - 1] if i else left
        edge = joins[i] if i else pair(before, first)
        to_front = [pair(before, word) for word in words[i + 1 : min(high, i + SPAN)]]
        for k in range(i + 2 if at is None else max(i + 2, at), min(high, i + SPAN) + 1):
            after = words[k] if k < size else right
            old_edges = edge + (joins[k] if k < size else pair(words[k - 1], after))
            back = pair(words[k - 1], first)
            for j in range(i + 1, k):
                gain = to_front[j - i - 1] + back + pair(words[j - 1], after) - old_edges - joins[j]
                if gain > 2:
                    yield gain, i, k, (*words[:i], *words[j:k], *words[i:j], *words[k:])


def _exchangeable(member: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one word may be taken for the other without a term to say so.

    A syllable by itself has too many partners, unless it is what is left of the longer word.
    """
    if len(member) == 1:
        return len(other) > 1 and member[0] in other
    return len(other) > 1 and not any(
        tuple(member[i : i + len(other)]) == tuple(other) for i in range(len(member) - len(other) + 1)
    )


def confusions(units: Units, table: Confusions, pair: Callable[[str, str], float]) -> Iterator[Candidate]:
    """Words beside a weak pair that share an English headword with others that join better by pairs alone."""
    keys = units.keys
    members = table.headwords
    for begin, end in units.runs:
        bound = [0.0] * (end - begin + 1)
        for i in range(begin + 1, end):
            if units.breaks[i] != COMMA:
                bound[i - begin] = pair(keys[i - 1], keys[i])
        for first in range(begin, end):
            for last in range(first + 1, min(end, first + LONGEST_MEMBER) + 1):
                if bound[first - begin] >= 0 and bound[last - begin] >= 0:
                    continue
                member = tuple(keys[first:last])
                if member not in members or any(units.breaks[i] == COMMA for i in range(first + 1, last)):
                    continue
                left = keys[first - 1] if first > begin and units.breaks[first] != COMMA else ""
                right = keys[last] if last < end and units.breaks[last] != COMMA else ""
                old = bound[first - begin], bound[last - begin]
                for other, road in table.alternatives(member).items():
                    if road.nats < FAR or not _exchangeable(member, other):
                        continue
                    new = pair(left, other[0]), pair(other[-1], right)
                    better = sum(new) > sum(old) + 2 and min(new) > min(old)
                    if better and _same_rank(*difference(member, other)):
                        yield Candidate(first, last, other, "substituted", "confusion", road=road)
