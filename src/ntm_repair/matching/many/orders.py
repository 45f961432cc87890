"""Other orders of a few words, over arrays: the exchanges of neighbouring blocks that `matching.orders` finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.context import ALONE_STEPS
from ntm_repair.glance import stirred_many
from ntm_repair.matching import orders
from ntm_repair.matching.many.line import SLACK
from ntm_repair.matching.many.rows import ORDER, WIDTH, Rows, joined, rows
from ntm_repair.packed import WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ntm_repair.matching.many.line import Line, Nats, Places
    from ntm_repair.matching.many.words import Flags, Numbers, Words
    from ntm_repair.packed import Packed

_SPAN = orders.SPAN
_BOUND = round(ALONE_STEPS * orders.BOUND) - 1
_STEPS = np.array([(-at, j - at, k - at) for j in range(1, _SPAN) for k in range(j + 1, _SPAN + 1) for at in (0, j, k)])
"""Where the blocks of an exchange begin, meet and end, counted from the join it undoes, which is one of the three."""
_WINDOW = 2 * _SPAN
"""Words around one exchange among which a second may be: from one before the first that may move on."""
_FURTHER = np.array(
    [
        (i, j, k)
        for i in range(1, _WINDOW - 1)
        for j in range(i + 1, _WINDOW)
        for k in range(j + 1, min(i + _SPAN, _WINDOW - 1) + 1)
    ]
)
"""The same for second exchanges, counted from the beginning of the window."""


def order_rows(words: Words, bound: Packed) -> tuple[Rows, Places]:
    """The orders worth weighing; the place of each is the word after the weak join that it undoes.

    And all places at which a first exchange gains enough: what is tried at one of a clause is not tried at the others.
    """
    line = words.line
    weak = _weak(line, bound)
    at, i, j, k, gain, mended = _steps(line, weak)
    many = mended & _among_best(at, gain, orders.MANY)
    found = [rows(ORDER, i[many], k[many], _exchanged(i[many], j[many], k[many]), place=at[many])]
    best = mended & _among_best(at, gain, orders.BEAM)
    if best.any():
        found.append(_further(words, at[best], i[best], j[best], k[best]))
    made = _once(joined(found))
    return made.take(_orderly(words, made)), np.unique(at)


def _weak(line: Line, bound: Packed) -> Places:
    """The joins, by the word after them, at which an exchange may begin; see `orders`."""
    weak = line.clause_joined & (line.joins < orders.WEAK + SLACK)
    best = np.full(len(line), -np.inf, np.float32)
    joins = np.where(line.clause_joined, line.joins, np.float32(-np.inf))
    best[1:] = joins[1:]
    best[:-1] = np.maximum(best[:-1], joins[1:])
    apart = np.flatnonzero(line.lower & (best < orders.APART + SLACK))
    apart = apart[bound.find_many(stirred_many(line.hashes[apart])) >= _BOUND]
    weak[apart] = True
    weak[apart[apart + 1 < len(line)] + 1] = True
    return np.flatnonzero(weak & line.clause_joined)


def _steps(line: Line, weak: Places) -> tuple[Places, Places, Places, Places, Nats, Flags]:
    """First exchanges that gain enough: the join each undoes, i, j, k, the gain, and whether it makes a good join."""
    ahead, back = _bands(line, weak)
    begin, end = line.clause_begin[weak], line.clause_end[weak]
    inside = (weak[:, None] + _STEPS[:, 0] >= begin[:, None]) & (weak[:, None] + _STEPS[:, 2] <= end[:, None])
    number, step = np.nonzero(inside)
    at = weak[number]
    i, j, k = (at + _STEPS[step, column] for column in range(3))
    lead, meet, tail = ahead[j - i + 1, i - 1], back[k - 1 - i, i], ahead[k - j + 1, j - 1]
    old = ahead[1]
    gain = lead + meet + tail - old[i - 1] - old[j - 1] - old[k - 1]
    good = np.flatnonzero(gain > orders.ENOUGH - SLACK)
    mended = np.maximum(np.maximum(lead[good], meet[good]), tail[good]) > orders.MENDED - SLACK
    return at[good], i[good], j[good], k[good], gain[good], mended


def _bands(line: Line, weak: Places) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """By distance: the association of each word with the one so much further on, and of that one with it.

    One element more than words: what stands before the first is found at -1, and is an edge. Only words that an
    exchange at one of the weak joins may bring together are asked for.
    """
    n, span = len(line), _SPAN
    near = np.zeros(n + 1, np.int32)
    np.add.at(near, np.maximum(weak - span - 1, 0), 1)
    np.add.at(near, np.minimum(weak + span + 1, n), -1)
    asked = np.cumsum(near[:-1]) > 0
    firsts = [
        np.flatnonzero((line.clause[:-d] == line.clause[d:]) & asked[:-d] & asked[d:])
        for d in range(1, span + 1)  # none of a distance that a short text has not
    ]
    # One question for all distances: many small ones would cost more than what they ask.
    first = np.concatenate([*firsts[1:], *firsts[: span - 1]])
    second = np.concatenate(
        [at + d for d, at in enumerate(firsts[1:], 2)] + [at + d for d, at in enumerate(firsts[: span - 1], 1)]
    )
    turn = sum(map(len, firsts[1:]))
    values = line.association(np.append(first[:turn], second[turn:]), np.append(second[:turn], first[turn:]))
    ahead, back = np.zeros((span + 1, n + 1), np.float32), np.zeros((span + 1, n + 1), np.float32)
    ahead[1, firsts[0]] = line.joins[firsts[0] + 1]
    begin = 0
    for row, at in zip([*ahead[2:], *back[1:span]], [*firsts[1:], *firsts[: span - 1]], strict=True):
        row[at] = values[begin : begin + len(at)]
        begin += len(at)
    return ahead, back


def _exchanged(i: Places, j: Places, k: Places) -> Numbers:
    """The numbers of the words [i, k) with the blocks [i, j) and [j, k) in each other's place."""
    at = np.arange(WIDTH)
    second = (k - j)[:, None]
    new = np.where(at < second, j[:, None] + at, i[:, None] + at - second)
    return np.where(at < (k - i)[:, None], new, -1).astype(np.int32)


def _once(found: Rows) -> Rows:
    """The rows without those that are there already: several joins may be undone by one exchange."""
    key = found.first.astype(np.uint64) * np.uint64(WORD) + found.last.astype(np.uint64)
    for column in range(WIDTH):
        key = key * np.uint64(WORD) + found.new[:, column].astype(np.uint64)
    _, once = np.unique(stirred_many(key), return_index=True)
    return found.take(once)


def _among_best(at: Places, gain: Nats, most: int) -> Flags:
    """Which steps are among the `most` best that undo a join."""
    order = np.lexsort((-gain, at))
    ordered = at[order]
    begin = np.searchsorted(ordered, ordered)
    last = np.minimum(begin + most - 1, np.searchsorted(ordered, ordered, "right") - 1)
    found = np.zeros(len(at), bool)
    found[order] = gain[order] >= gain[order][last] - SLACK
    return found


def _further(words: Words, at: Places, i: Places, j: Places, k: Places) -> Rows:
    """The orders after one exchange and the best that follows it."""
    line = words.line
    low = np.maximum(line.clause_begin[i], k - _SPAN)
    high = np.minimum(line.clause_end[i], i + _SPAN)
    # The window: the word before the first that may move, those that may, and the one after them.
    column = np.arange(_WINDOW)
    number = low[:, None] - 1 + column
    moved = number - i[:, None]
    second = (k - j)[:, None]
    new = np.where(moved < second, j[:, None] + moved, i[:, None] + moved - second)
    number = np.where((moved >= 0) & (number < k[:, None]), new, number)
    edge = (number < line.clause_begin[i][:, None]) | (number >= line.clause_end[i][:, None])
    number = np.where(edge | (column > (high - low)[:, None] + 1), -1, number).astype(np.int32)
    weak = _joins(words, number) < orders.WEAK + SLACK
    place = low[:, None] - 1 + column
    weak &= (place > low[:, None]) & (place >= i[:, None]) & (place < high[:, None]) & (place <= k[:, None])
    some = np.flatnonzero(weak.any(axis=1))
    number, weak, at, low, high = number[some], weak[some], at[some], low[some], high[some]
    size = high - low
    first, middle, last = _FURTHER.T
    able = (last <= size[:, None] + 1) & (weak[:, first] | weak[:, middle] | weak[:, last])
    between = _between(words, number)
    gain = _swap(between, first, middle, last)
    gain[~able] = -np.inf
    best = gain.max(axis=1, initial=-np.inf)
    row, step = np.nonzero((gain >= best[:, None] - SLACK) & (best > orders.FURTHER - SLACK)[:, None])
    return _twice(number[row], low[row], at[row], i[some][row], k[some][row], _FURTHER[step])


def _joins(words: Words, number: Numbers) -> NDArray[np.float64]:
    """The association of each word with the one before it; 0 at an edge."""
    joins = np.zeros(number.shape)
    joins[:, 1:] = words.association(number[:, :-1], number[:, 1:])
    joins[np.isinf(joins)] = 0
    return joins


def _between(words: Words, number: Numbers) -> NDArray[np.float64]:
    """The association of each word of a window with each other one; 0 with an edge."""
    n, width = number.shape
    first = np.broadcast_to(number[:, :, None], (n, width, width))
    second = np.broadcast_to(number[:, None, :], (n, width, width))
    found = words.association(first, second)
    found[np.isinf(found)] = 0
    return found


def _swap(
    between: NDArray[np.float64], i: NDArray[np.int64], j: NDArray[np.int64], k: NDArray[np.int64]
) -> NDArray[np.float64]:
    """What each exchange of the blocks [i, j) and [j, k) gains, for each window."""
    made = between[:, i - 1, j] + between[:, k - 1, i] + between[:, j - 1, k]
    gained: NDArray[np.float64] = made - between[:, i - 1, i] - between[:, j - 1, j] - between[:, k - 1, k]
    return gained


def _twice(number: Numbers, low: Places, at: Places, i: Places, k: Places, step: NDArray[np.int64]) -> Rows:
    """The rows of windows that have been exchanged once, [i, k), after a second exchange."""
    offset = (low - 1)[:, None]
    a, b, c = (step[:, column][:, None] for column in range(3))
    column = np.arange(_WINDOW)
    inside = (column >= a) & (column < c)
    source = np.where(inside, np.where(column - a < c - b, column - a + b, column - c + b), column)
    after = np.take_along_axis(number, source, 1)
    first = np.minimum(i, step[:, 0] + offset[:, 0])
    last = np.maximum(k, step[:, 2] + offset[:, 0])
    shift = np.minimum(column + (first - offset[:, 0])[:, None], _WINDOW - 1)
    new = np.where(column < (last - first)[:, None], np.take_along_axis(after, shift, 1), -1)
    changed = (new != np.where(column < (last - first)[:, None], first[:, None] + column, -1)).any(axis=1)
    return rows(ORDER, first[changed], last[changed], new[changed].astype(np.int32), place=at[changed])


def _orderly(words: Words, found: Rows) -> Flags:
    """Whether an order is one that a writer may have meant; where this would take long to say, it may be."""
    line, linking = words.line, words.vocabulary.linking
    size = found.last - found.first
    new_last = found.new[np.arange(len(found)), size - 1]
    after = np.where(found.last < line.clause_end[found.first], found.last, -1)
    leads_on = words.among(new_last, linking) & ~words.among(found.last - 1, linking)
    apart = words.among(after, linking) & (words.association(new_last, after) < -SLACK)
    bad = leads_on & ((after < 0) | apart)
    figures = np.append(0, np.cumsum(line.figure))
    bad |= figures[found.last] > figures[found.first]
    led = words.among(found.new, linking)
    # Two words that lead on and seldom stand one after the other, where there were none.
    pair = led[:, :-1] & led[:, 1:]
    row, column = np.nonzero(pair)
    pair[row, column] = words.association(found.new[row, column], found.new[row, column + 1]) < -SLACK
    old = found.first[:, None] + np.arange(WIDTH, dtype=np.int32)
    was = words.among(np.where(old < found.last[:, None], old, -1), linking)
    bad |= pair.any(axis=1) & ~(was[:, :-1] & was[:, 1:]).any(axis=1)
    two = np.flatnonzero(size == 2)
    first, bound = found.first[two], line.joins[found.first[two] + 1]
    plain = words.association(found.new[two, 0], found.new[two, 1]) >= bound + orders.PLAINLY - SLACK
    last = found.last[two]
    plain &= (first > line.clause_begin[first]) & (line.joins[first] < orders.WEAK + SLACK)
    plain &= last < line.clause_end[first]
    plain[plain] = line.joins[last[plain]] < orders.WEAK + SLACK
    bad[two[(bound > orders.BOTH_WAYS + SLACK) & ~plain]] = True
    return ~bad
