"""Words that stand for others with the same English headword, over arrays: what `candidates.confusions` proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.glance import stirred_many
from ntm_repair.matching import candidates
from ntm_repair.matching.confusion import LONGEST
from ntm_repair.matching.many.line import SLACK, bound
from ntm_repair.matching.many.rows import CONFUSION, Rows, joined, rows
from ntm_repair.packed import WORD

if TYPE_CHECKING:
    from ntm_repair.matching.many.exchanges import Exchanges
    from ntm_repair.matching.many.words import Words
    from ntm_repair.packed import Packed

_WORD = np.uint64(WORD)
_MOST = 18.0
"""More nats than any two words are bound by: two that are seen six times, and never apart."""


def confused_rows(words: Words, table: Exchanges, two: Packed) -> Rows:
    """The words beside a weak join for which others are likelier by pairs."""
    line = words.line
    n = len(line)
    weak = np.append(line.clause_joined & (line.joins < SLACK), False)
    joins = np.append(line.joins, np.float32(0))
    joined_here = np.append(line.clause_joined, False)
    keys, found = line.hashes, []
    for length in range(1, min(LONGEST, n) + 1):
        if length > 1:
            keys = keys[:-1] * _WORD + line.hashes[length - 1 :]
        whole = line.clause[: n - length + 1] == line.clause[length - 1 :]
        first = np.flatnonzero((weak[: n - length + 1] | weak[length:]) & whole)
        member = table.find(stirred_many(keys[first]))
        first, member = first[member >= 0], member[member >= 0]
        counts = table.counts[member]
        owner = np.repeat(np.arange(len(first)), counts)
        other = np.arange(len(owner)) + np.repeat(table.starts[member] - np.cumsum(counts) + counts, counts)
        before, after = joins[first], joins[first + length]
        least = np.minimum(before, after)[owner] - SLACK
        needed = (before + after + table.own[member])[owner] - table.worth[other] + (candidates.LIKELIER - SLACK)
        left = (first - 1)[owner]
        lead = bound(two, line.last[left], line.last_log[left], table.first[other], table.first_log[other])
        lead[~(joined_here[first][owner] & line.sounds[left] & table.sounds[other])] = 0
        # The neighbour on the other side is asked of those only that can still do.
        rest = np.flatnonzero((lead > least) & (lead + _MOST > needed))
        owner, other, lead, least, needed = owner[rest], other[rest], lead[rest], least[rest], needed[rest]
        right = np.minimum(first + length, n - 1)[owner]
        tail = bound(two, table.last[other], table.last_log[other], line.first[right], line.first_log[right])
        tail[~(joined_here[first + length][owner] & line.sounds[right] & table.sounds[other])] = 0
        good = np.flatnonzero((tail > least) & (lead + tail > needed))
        owner, other = owner[good], other[good]
        new = table.words[other]
        new = np.where(new >= 0, new + words.offset, -1).astype(np.int32)
        found.append(rows(CONFUSION, first[owner], first[owner] + length, new, road=table.roads[other]))
    return joined(found)
