"""Reading the shadow back: the Vietnamese phrase whose word-by-word English a fragment is.

A stack decoder (Koehn 2004) over the words of the fragment. A hypothesis covers the words from the left but for at
most one stretch of modifiers, which it owes: English has "new rural development", Vietnamese the noun first. The
score is in nats: the context model over the words between their neighbours, less what the senses cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from ntm_repair.suggest.connectives import CONNECTIVES
from ntm_repair.suggest.forms import Sense
from ntm_repair.suggest.joining import Joiner
from ntm_repair.suggest.place import Place
from ntm_repair.suggest.stacks import ROUNDING, Hypothesis, Stack

BEAM = 8
"""Hypotheses kept for each number of words read."""
READ = 2.5
"""Worth of each Vietnamese word (nats), without which the shortest reading would win."""
AGAIN = 1.5
"""Cost of leaving out a word whose sense the reading has already: round trips say things twice."""
SWAP = 0.4
"""Cost of putting a modifier behind its noun."""
UNTURNED = 2.0
"""Cost of leaving an adjective before its noun. Of figures from 0 to 3 those from 2 on read most of plain English right
(`benchmarks/english_fragments.json`, every other one), and of shadows as much as any."""
PREPOSED = frozenset("nhiều các mọi toàn tổng cả từng một hai phó cựu nguyên đa siêu vô đủ hầu đông mấy vài".split())
"""First words of adjectives that stand before their noun in Vietnamese too."""
OWED = 4
"""Words of the longest stretch of modifiers that may wait."""

Options = Mapping[tuple[int, int], Sequence[Sense]]
"""Senses of tokens [i, j)."""

LINK = 3.0
"""Worth of a connective where a sentence opens and a comma follows: counts of words know neither."""
QUOTED = 0.0
"""Worth of a word that stands after these very words elsewhere in the article: its joins need no model."""
SAID = Sense("", (), AGAIN, False, False, "kept")
"""Nothing, where the reading has said it."""


class Reading(NamedTuple):
    """A reading of a whole fragment."""

    senses: tuple[tuple[int, int, Sense], ...]
    """First and end token of each piece with its sense, in Vietnamese order."""
    words: tuple[str, ...]
    score: float
    """Nats, comparable between readings of one fragment only."""
    joins: float
    """Of which the context model's."""
    cost: float
    """Of which the senses' and swaps'."""


def readings(place: Place, options: Options, joiner: Joiner) -> list[Reading]:
    """The readings found, best first; none where a word has no sense."""
    return list(best_readings(place, options, joiner))


def best_readings(place: Place, options: Options, joiner: Joiner) -> Iterator[Reading]:
    """The same one by one."""
    size = len(place.tokens)
    before = ("", "", *place.left)[-2:]
    stacks = [Stack(BEAM) for _ in range(size)] + [Stack(None)]
    stacks[0].put(Hypothesis(0.0, 0.0, 0.0, 0, 0, 0, before[0], before[1], (), None, None))
    search = _Search(place, options, joiner, stacks)
    for covered in range(size):
        for hypothesis in stacks[covered].best():
            search.grow(hypothesis, covered)
    # Nobody asks for more than the best few: one is closed only while it may still be better than those that are.
    most = LINK if place.links else 0.0
    closed: list[tuple[float, tuple[str, ...], int, float, Hypothesis]] = []
    for number, h in enumerate(stacks[size].best()):
        if h.low == h.high:
            while closed and -closed[0][0] > h.score + most + ROUNDING:
                yield _reading(*heappop(closed))
            joins = search.closing(h)
            heappush(closed, (-(h.score + joins), h.words, number, h.joins + joins, h))
    while closed:
        yield _reading(*heappop(closed))


def _reading(score: float, words: tuple[str, ...], _: int, joins: float, h: Hypothesis) -> Reading:
    return Reading(h.senses(), words, -score, joins, h.cost)


class _Choice(NamedTuple):
    """A sense as the search asks for it."""

    words: tuple[str, ...]
    cost: float
    head: bool
    """Whether it may be a head."""
    modifier: bool
    number: str
    """What it leaves written where counts do not cross it."""
    sense: Sense
    most: float
    """The most that its words can be worth (nats), whatever stands before them."""
    inside: tuple[float, ...]
    """What its words from the third on are worth: what stands before the sense does not matter to them."""


class _Search:
    """The search for the readings of one fragment."""

    def __init__(self, place: Place, options: Options, joiner: Joiner, stacks: Sequence[Stack]) -> None:
        self._place = place
        self._options = options
        self._joiner = joiner
        self._stacks = stacks
        self._said = _choice(SAID, joiner)
        self._choices: dict[tuple[int, int], list[_Choice]] = {
            span: [_choice(sense, joiner) for sense in senses] for span, senses in options.items()
        }
        self._ends = [
            [end for end in range(at + 1, size + 1) if self._choices.get((at, end))]
            for size in (len(place.tokens),)
            for at in range(size)
        ]
        """Where senses end that begin at each token."""
        self._heads = {span: [c for c in some if c.head and c.words] for span, some in self._choices.items()}
        self._modifiers = {span: [c for c in some if c.modifier and c.words] for span, some in self._choices.items()}
        self._owing = [self._may_owe(front) for front in range(len(place.tokens))]
        self._in_place = {span: self._unturned(span[1], choices) for span, choices in self._choices.items()}

    def _unturned(self, end: int, choices: list[_Choice]) -> list[_Choice]:
        """The same where they are read in place, before what may be their noun."""
        tokens = self._place.tokens
        if end == len(tokens) or tokens[end - 1].gap.strip(" -"):
            return choices
        if not any(self._heads[end, last] for last in self._ends[end]):
            return choices
        return [c._replace(cost=c.cost + UNTURNED) if _stands_behind(c) else c for c in choices]

    def _may_owe(self, front: int) -> list[int]:
        """Where what waits from a token on may end: no modifier waits across a comma."""
        found: list[int] = []
        tokens = self._place.tokens
        for at in range(front + 1, min(front + OWED, len(tokens))):
            if tokens[at - 1].gap.strip(" -") or not _may_wait(front, at, self._modifiers):
                break
            found.append(at)
        return found

    def grow(self, h: Hypothesis, covered: int) -> None:
        """Put what a hypothesis becomes with each next piece where it belongs."""
        low, high = h.low, h.high
        if low < high:
            # What is owed is paid from its end: modifiers follow in the opposite order.
            for at in range(low, high):
                paying = self._modifiers.get((at, high), ())
                self._put(h, at, high, paying, h.front, low, at, SWAP, covered + high - at)
            return
        front = h.front
        if front == len(self._ends):
            return
        used = h.heads()
        for end in self._ends[front]:
            here = self._in_place[front, end]
            again = any(c.head and c.words in used for c in here)
            self._put(h, front, end, [*here, self._said] if again else here, end, 0, 0, 0.0, covered + end - front)
        for at in self._owing[front]:
            for end in self._ends[at]:
                heads = self._heads[at, end]
                if heads:
                    self._put(h, at, end, heads, end, front, at, SWAP, covered + end - at)

    def _put(
        self,
        h: Hypothesis,
        at: int,
        end: int,
        choices: Iterable[_Choice],
        front: int,
        low: int,
        high: int,
        extra: float,
        read: int,
    ) -> None:
        """Read tokens [at, end) as each of the choices."""
        first, second, score, before = h.first, h.second, h.score, h.words
        stack, known = self._stacks[read], self._joiner.joins
        for choice in choices:
            words, cost, _, _, written, sense, most, _ = choice
            cost += extra
            if score + most - cost < stack.least:
                continue
            joins = 0.0
            if words:
                if sense.source == "article":
                    joins = QUOTED * len(words)
                else:
                    key = first, second, words
                    found = known.get(key)
                    if found is None:
                        found = self._joined(key, choice, stack.least - score + cost)
                        if found is None:
                            continue
                    joins = found
            total = score + joins - cost
            if total < stack.least:
                continue
            if written:
                last, last_but_one = "", ""  # counts do not cross a number
            elif len(words) > 1:
                last_but_one, last = words[-2:]
            elif words:
                last_but_one, last = second, words[0]
            else:
                last_but_one, last = first, second
            said = words or ((written,) if written else ())
            stack.put(
                Hypothesis(
                    total,
                    h.joins + joins,
                    h.cost + cost,
                    front,
                    low,
                    high,
                    last_but_one,
                    last,
                    before + said,
                    h,
                    (at, end, sense),
                )
            )

    def _joined(self, key: tuple[str, str, tuple[str, ...]], choice: _Choice, least: float) -> float | None:
        """What the joins of a sense's words are worth; None where that is less than `least`."""
        first, second, words = key
        logp = self._joiner.logp
        joins = logp(words[0], second, first) + READ
        if joins + choice.most - READ < least:
            return None
        if len(words) > 1:
            joins += logp(words[1], words[0], second) + READ
            for nats in choice.inside:
                joins += nats
        self._joiner.remember(key, joins)
        return joins

    def closing(self, h: Hypothesis) -> float:
        """What the join to the two words after the fragment adds."""
        place = self._place
        first, second = h.first, h.second
        joins = LINK if place.links and " ".join(h.words) in CONNECTIVES else 0.0
        for word in place.right[:2]:
            joins += self._joiner.logp(word, second, first)
            first, second = second, word
        return joins


def _choice(sense: Sense, joiner: Joiner) -> _Choice:
    # A number leaves nothing to join to, and its text where there are no words.
    number = sense.text if sense.text and (not sense.words or sense.text[-1].isdigit()) else ""
    most = QUOTED * len(sense.words)
    inside: tuple[float, ...] = ()
    if sense.words and sense.source != "article":
        bound, after = joiner.inside(sense.words)
        most, inside = bound + READ * len(sense.words), tuple([nats + READ for nats in after])
    return _Choice(sense.words, sense.cost, sense.head, sense.modifier, number, sense, most, inside)


def _may_wait(start: int, end: int, modifiers: Mapping[tuple[int, int], Sequence[_Choice]]) -> bool:
    return bool(modifiers.get((end - 1, end)) or modifiers.get((start, end)))


def _stands_behind(choice: _Choice) -> bool:
    """Whether a sense is an adjective that Vietnamese puts behind its noun."""
    behind = choice.modifier and not choice.head and choice.sense.source == "glossary"
    return behind and bool(choice.words) and choice.words[0] not in PREPOSED
