"""Lexicon terms that a window of text nearly is: the same words in another order, or one word off.

Nothing is proposed where no join of words in the text is weak: a garble breaks the text somewhere, or there is no
telling it from prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ntm_repair.matching.candidates import Candidate
from ntm_repair.matching.confusion import Confusions, Road, same_rank
from ntm_repair.matching.pairs import Pairs
from ntm_repair.matching.pivots import FORMS, LENGTHS, Pivots
from ntm_repair.matching.terms import HOLE, LONG, LONGEST, WHOLE, EditClass, Form, TermIndex, difference, edit_class
from ntm_repair.matching.units import COMMA, Units, Where

DICE = 0.8
OPTIONAL = frozenset(
    (
        "các những nhiều một mọi mỗi từng đã đang sẽ được rất hơn và của cho về để từ trong này đó có "
        "tuy cũng cùng đều vẫn chưa lại thì mà cứ luôn vừa chỉ đủ khi"
    ).split()
)
"""Words that a phrase is as right with as without."""
LEADING = frozenset(
    (
        "theo tại ở do với bởi trong ngoài từ đến tới về cho vì nên khi nếu hoặc hay như là "
        "tuy nhưng song qua bằng nhờ trước sau thuộc"
    ).split()
)
"""Words that lead from a sentence to a term and do not take the place of one of its words at its edge."""

WEAK = 0.0
"""How weak, in nats of association, the weakest pair of words that a term undoes must be: prose has no weak joins."""
ONE_OFF, TWO_OFF = 4, 5
"""Words of the shortest windows that may have one strange word, and two."""
EDGE = 2.0
"""What counts as the association of a word with the edge of its clause."""


def lexical(
    units: Units, index: TermIndex, table: Confusions, pivots: Pivots, pair: Pairs, where: Where = None
) -> Iterator[Candidate]:
    """Lexicon forms that a window nearly is: the same words in another order, or one word off (two of a long form).

    Only windows with a weak join in them or at their edges, and with three words of one form close together; and only
    those that begin at the units `where`, if that is given.
    """
    for begin, end in units.runs_with(where):
        if end - begin > 1:
            keys = units.keys[begin:end]
            joins = [EDGE, *[pair(a, b) for a, b in pairwise(keys)], EDGE]
            if min(joins) < WEAK:
                yield from _Windows(units, begin, keys, joins, index, where).candidates(table, pivots)


class _Windows:
    """The windows of one run of words that a form may be found for."""

    def __init__(
        self,
        units: Units,
        begin: int,
        keys: Sequence[str],
        joins: Sequence[float],
        index: TermIndex,
        where: Where,
    ) -> None:
        self._units = units
        self._begin = begin
        self._keys = keys
        self._joins = joins
        self._index = index
        self._numbers = [index.number(key) for key in keys]
        self._firsts = [i for i in range(len(keys)) if where is None or begin + i in where]

    def candidates(self, table: Confusions, pivots: Pivots) -> Iterator[Candidate]:
        """The candidates of the run, by where they begin."""
        yield from self._exchanged()
        yield from self._pivoted(table, pivots)
        keys, numbers = self._keys, self._numbers
        n = len(keys)
        ends = self._trios()
        if not ends:
            return
        vocabulary, breaks = self._index.vocabulary, self._units.breaks
        strange = [key not in vocabulary for key in keys]
        for first in self._firsts:
            least = ends.get(first)
            if least is None:
                continue
            strangers, commas, total = 0, 0, 0
            for last in range(first + 1, min(n, first + LONGEST + 1) + 1):
                at = last - 1
                total += numbers[at]
                strangers += strange[at]
                if strangers > 2:
                    break
                if at > first:
                    commas += breaks[self._begin + at] == COMMA
                if last >= least and last > first + 2:
                    yield from self._near(first, last, total, commas, table)

    def _trios(self) -> dict[int, int]:
        """Where windows may begin, and the least end of each that leaves it three words of a form and a weak join."""
        numbers, joins, trios = self._numbers, self._joins, self._index.trios
        n = len(numbers)
        never = 1 << 30
        found: dict[int, int] = {}
        # What the next words begin: a window may have a word or two that the form has not.
        here, after, later, weak = never, never, never, never
        for first in range(n - 1, -1, -1):
            here, after, later = never, here, after
            if first + 2 < n:
                number, beside = numbers[first], numbers[first + 1]
                if number + beside + numbers[first + 2] in trios:
                    here = first + 3
                elif first + 3 < n:
                    far = number + numbers[first + 3]
                    if far + beside in trios or far + numbers[first + 2] in trios:
                        here = first + 4
            if joins[first] < WEAK:
                weak = first
            least = max(weak, min(here, after, later))
            if least <= first + LONGEST + 1:
                found[first] = least
        return found

    def _exchanged(self) -> Iterator[Candidate]:
        """Terms of two words in the wrong order."""
        keys, numbers, joins, index = self._keys, self._numbers, self._joins, self._index
        breaks, begin = self._units.breaks, self._begin
        for first in self._firsts:
            at = first + 1
            if at < len(keys) and joins[at] < WEAK and breaks[begin + at] != COMMA:
                for number in index.anagrams(numbers[at - 1] + numbers[at]):
                    form = index.forms[number]
                    if form.keys[0] != keys[at - 1] and not index.places[number]:
                        yield Candidate(begin + at - 1, begin + at + 1, form.keys, "reordered", "lexicon", form)

    def _pivoted(self, table: Confusions, pivots: Pivots) -> Iterator[Candidate]:
        """Terms of three words a part of which has come back as another with the same English headword."""
        keys, numbers, joins, index = self._keys, self._numbers, self._joins, self._index
        for first in self._firsts:
            for length in LENGTHS:
                last = first + length
                if last > len(keys) or min(joins[first : last + 1]) >= WEAK:
                    continue
                total = sum(numbers[first:last])
                for number in pivots.forms(total):
                    if all(index.forms[n].keys != tuple(keys[first:last]) for n in index.anagrams(total)):
                        yield from self._candidate(first, last, number, self._commas(first, last), table)

    def _commas(self, first: int, last: int) -> int:
        begin = self._begin
        return sum(kind == COMMA for kind in self._units.breaks[begin + first + 1 : begin + last])

    def _near(self, first: int, last: int, total: int, commas: int, table: Confusions) -> Iterator[Candidate]:
        index = self._index
        found = _near(self._numbers[first:last], total, index)
        if not found:
            return
        here = tuple(self._keys[first:last])
        if any(index.forms[number].keys == here for number in index.anagrams(total)):
            return
        for number in dict.fromkeys(found):
            yield from self._candidate(first, last, number, commas, table)

    def _candidate(self, first: int, last: int, number: int, commas: int, table: Confusions) -> Iterator[Candidate]:
        """The candidate that puts a form in place of a window, where the difference says something."""
        index = self._index
        form = index.forms[number]
        if index.commas[number] < commas or index.places[number]:
            return
        found = judged(self._keys[first:last], form, index, table)
        if found is not None:
            begin = self._begin
            edit, road = found
            yield Candidate(begin + first, begin + last, form.keys, edit, "lexicon", form, road)


def judged(
    here: Sequence[str], form: Form, index: TermIndex, table: Confusions
) -> tuple[EditClass, Road | None] | None:
    """How a window differs from a form, and the road by which it may have come to; None where that says nothing."""
    if form.keys == tuple(here):
        return None
    removed, added = difference(here, form.keys)
    if not same_rank(removed, added) or ((removed or added) and OPTIONAL.issuperset((*removed, *added))):
        return None  # what is there for grammar comes and goes in a phrase
    kept = len(here) - len(removed)
    slight = _slight(len(here), len(form.keys), removed, added, index)
    by_road = kept >= 3 or len(form.keys) in FORMS
    if not slight and not by_road:
        return None
    road = table.explains(here, removed, added)
    if road is None if not slight else road is not None and not by_road:
        return None
    edit = edit_class(here, form.keys, removed, added)
    return (edit, road) if road is not None or _plausible(here, form, edit, removed) else None


def _near(window: Sequence[int], total: int, index: TermIndex) -> list[int]:
    """The numbers of forms that have the words of a window, but for one word or two on either side.

    One word of the window may be too many, or two neighbours; of a form one word may be missing, two neighbours, or
    any two of a long form: but not two neighbours of a form and none of the window.
    """
    near, of = index.near, index.filed
    found = [filed >> 2 for filed in of(total) if filed & 3 != HOLE] if total in near else []
    if len(window) < ONE_OFF:
        return found
    without_one = [total - number for number in window]
    if not near.keys().isdisjoint(without_one):
        found += [filed >> 2 for rest in without_one for filed in of(rest)]
    if len(window) < TWO_OFF:
        return found
    without_two = [rest - number for rest, number in zip(without_one, window[1:], strict=False)]
    if not near.keys().isdisjoint(without_two):
        found += [filed >> 2 for rest in without_two for filed in of(rest) if filed & 3 != WHOLE]
    return found


def _slight(n: int, m: int, removed: Sequence[str], added: Sequence[str], index: TermIndex) -> bool:
    """Whether a difference between `n` and `m` words is small enough to be worth weighing, and says something."""
    if not removed and not added:
        return True
    if max(len(removed), len(added)) > (2 if min(n, m) >= LONG - 1 else 1):
        return False
    # An acronym says something: it did not slip in, no other word took its place, and no machine leaves it out.
    return index.acronyms.keys().isdisjoint((*removed, *added))


def _plausible(here: Sequence[str], form: Form, edit: EditClass, removed: Sequence[str]) -> bool:
    """Whether a slight difference is worth weighing by what kind it is of."""
    n, m = len(here), len(form.keys)
    if edit == "reordered":
        return True
    if edit == "missing":
        return n >= 3
    if edit == "substituted":
        # "theo Phòng Nông nghiệp" is not what is left of "Trưởng phòng Nông nghiệp", nor is "xây điểm trạm y tế" of
        # "trạm trưởng Trạm y tế": two words at an edge belong to the sentence.
        if len(removed) > 1 and list(removed) in (list(here[: len(removed)]), list(here[-len(removed) :])):
            return False
        return n >= 4 and not any(word in LEADING for word in removed if word in (here[0], here[-1]))
    # A strange word at the edge belongs to the sentence, not to the term.
    if here[0] not in form.keys or here[-1] not in form.keys:
        return False
    return min(n, m) >= 3 and 2 * (n - len(removed)) >= DICE * (n + m)
