"""Reading the shadow back: the Vietnamese phrase whose word-by-word English a fragment is.

A stack decoder (Koehn 2004) over the words of the fragment. A hypothesis covers the words from the left but for at
most one stretch of modifiers, which it owes: English has "new rural development", Vietnamese the noun first. The
score is in nats: the context model over the words between their neighbours, less what the senses cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ntm_repair.suggest.connectives import CONNECTIVES
from ntm_repair.suggest.joining import Joiner
from ntm_repair.suggest.place import Place
from ntm_repair.suggest.senses import Sense

BEAM = 8
"""Hypotheses kept for each number of words read."""
READ = 2.5
"""Worth of each Vietnamese word (nats), without which the shortest reading would win."""
AGAIN = 1.5
"""Cost of leaving out a word whose sense the reading has already: round trips say things twice."""
SWAP = 0.4
"""Cost of putting a modifier behind its noun."""
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


@dataclass(frozen=True, slots=True)
class Reading:
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


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    score: float
    joins: float
    cost: float
    front: int
    """Tokens before this one are read, but for those owed."""
    owed: tuple[int, int]
    history: tuple[str, str]
    words: tuple[str, ...]
    senses: tuple[tuple[int, int, Sense], ...]


def readings(place: Place, options: Options, joiner: Joiner) -> list[Reading]:
    """The readings found, best first; none where a word has no sense."""
    size = len(place.tokens)
    before = ("", "", *place.left)[-2:]
    start = _Hypothesis(0.0, 0.0, 0.0, 0, (0, 0), (before[0], before[1]), (), ())
    stacks: list[dict[tuple[int, tuple[int, int], tuple[str, ...]], _Hypothesis]] = [{} for _ in range(size + 1)]
    stacks[0][0, (0, 0), ()] = start
    for covered in range(size):
        for hypothesis in _best(stacks[covered].values()):
            for grown, read in _grown(hypothesis, place, options, joiner):
                stack = stacks[covered + read]
                key = grown.front, grown.owed, grown.words
                if key not in stack or stack[key].score < grown.score:
                    stack[key] = grown
    whole = [_closed(h, place, joiner) for h in stacks[size].values() if h.owed[0] == h.owed[1]]
    return sorted(whole, key=lambda r: (-r.score, r.words))


def _best(stack: Iterable[_Hypothesis]) -> list[_Hypothesis]:
    return sorted(stack, key=lambda h: (-h.score, h.words))[:BEAM]


def _grown(h: _Hypothesis, place: Place, options: Options, joiner: Joiner) -> Iterator[tuple[_Hypothesis, int]]:
    low, high = h.owed
    if low < high:
        # What is owed is paid from its end: modifiers follow in the opposite order.
        for at in range(low, high):
            for sense in options.get((at, high), ()):
                if sense.modifier and sense.words:
                    yield _with(h, at, high, sense, h.front, (low, at), SWAP, joiner), high - at
        return
    size = len(place.tokens)
    used = {sense.words for _, _, sense in h.senses if sense.words}
    for end in range(h.front + 1, size + 1):
        again = False
        for sense in options.get((h.front, end), ()):
            yield _with(h, h.front, end, sense, end, (0, 0), 0.0, joiner), end - h.front
            again = again or (sense.words in used and sense.head)
        if again:
            yield _with(h, h.front, end, SAID, end, (0, 0), 0.0, joiner), end - h.front
    for at in range(h.front + 1, min(h.front + OWED, size)):
        # No modifier waits across a comma.
        if place.tokens[at - 1].gap.strip(" -") or not _may_wait(h.front, at, options):
            break
        for end in range(at + 1, size + 1):
            for sense in options.get((at, end), ()):
                if sense.head and sense.words:
                    yield _with(h, at, end, sense, end, (h.front, at), SWAP, joiner), end - at


def _may_wait(start: int, end: int, options: Options) -> bool:
    return any(s.modifier and s.words for s in options.get((end - 1, end), ())) or (
        end - start > 1 and any(s.modifier and s.words for s in options.get((start, end), ()))
    )


def _with(
    h: _Hypothesis, at: int, end: int, sense: Sense, front: int, owed: tuple[int, int], extra: float, joiner: Joiner
) -> _Hypothesis:
    first, second = h.history
    joins = 0.0
    for word in sense.words:
        joins += QUOTED if sense.source == "article" else joiner.logp(word, second, first) + READ
        first, second = second, word
    if sense.text and (not sense.words or sense.text[-1].isdigit()):
        first, second = "", ""  # counts do not cross a number
    cost = sense.cost + extra
    return _Hypothesis(
        h.score + joins - cost,
        h.joins + joins,
        h.cost + cost,
        front,
        owed,
        (first, second),
        (*h.words, *sense.words) if sense.words or not sense.text else (*h.words, sense.text),
        (*h.senses, (at, end, sense)),
    )


def _closed(h: _Hypothesis, place: Place, joiner: Joiner) -> Reading:
    """The reading with its join to the two words after the fragment."""
    first, second = h.history
    joins = LINK if place.links and " ".join(h.words) in CONNECTIVES else 0.0
    for word in place.right[:2]:
        joins += joiner.logp(word, second, first)
        first, second = second, word
    return Reading(h.senses, h.words, h.score + joins, h.joins + joins, h.cost)
