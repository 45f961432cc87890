"""The words that a word may be exchanged for (`Confusions.exchanges`), of all words at once, as arrays."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.compiled import compiled
from ntm_repair.context import TOTAL
from ntm_repair.matching.confusion import LONGEST
from ntm_repair.matching.many.line import LOGS, bound
from ntm_repair.matching.many.sets import Set
from ntm_repair.packed import hash_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ntm_repair.matching.confusion import Confusions, Member
    from ntm_repair.matching.many.words import Numbers, Vocabulary
    from ntm_repair.packed import Packed

Exchange = tuple[int, "Member", list[tuple["Member", float]]]
"""The hash of a member, its words, and those that it may be exchanged for with the road in nats."""


def exchanges_of(confusions: Confusions) -> Sequence[Exchange]:
    """All exchanges of a glossary, in the order of the hashes."""
    return compiled("exchanges", confusions.digest, partial(_exchanges, confusions))


def words_of(exchanges: Sequence[Exchange]) -> Iterator[str]:
    """Every word of them, more than once."""
    for _, member, others in exchanges:
        yield from member
        for other, _ in others:
            yield from other


def _exchanges(confusions: Confusions) -> Sequence[Exchange]:
    found = [
        (hash_of(member), member, [(other, road.nats) for other, road in confusions.exchanges(member)])
        for member in confusions.headwords
    ]
    return sorted(exchange for exchange in found if exchange[2])


class Exchanges:
    """Members by number. Those of member m are [starts[m], starts[m] + counts[m]) of the arrays of others.

    Of each other: the hash of its first and its last word as neighbours hear them, the logarithms of their counts, and
    what it is worth by itself (`Pairs.worth`, nats), the numbers of its `words`, -1 beyond the last, and the road to it
    in nats; `own` is what each member is worth.
    """

    def __init__(self, exchanges: Sequence[Exchange], vocabulary: Vocabulary, two: Packed) -> None:
        self._keys = np.array([key for key, _, _ in exchanges], np.uint64)
        self._among = Set(self._keys)
        self.counts = np.array([len(others) for _, _, others in exchanges], np.int64)
        self.starts = np.cumsum(self.counts) - self.counts
        self.own = _worth(_numbers([member for _, member, _ in exchanges], vocabulary), vocabulary, two)
        flat = [other for _, _, others in exchanges for other in others]
        self.roads = np.array([nats for _, nats in flat])
        self.words = _numbers([other for other, _ in flat], vocabulary)
        self.worth = _worth(self.words, vocabulary, two)
        first, last = self.words[:, 0], self.words[np.arange(len(flat)), (self.words >= 0).sum(axis=1) - 1]
        self.first, self.first_log = vocabulary.first[first], vocabulary.first_log[first]
        self.last, self.last_log = vocabulary.last[last], vocabulary.last_log[last]
        self.sounds = vocabulary.sounds[first] & vocabulary.sounds[last]

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The numbers of members by the hashes of their words, stirred; -1 for what is none."""
        number = np.full(len(keys), -1)
        some = np.flatnonzero(self._among(keys))
        number[some] = np.searchsorted(self._keys, keys[some])
        return number


def _numbers(members: Sequence[Member], vocabulary: Vocabulary) -> Numbers:
    """The numbers of the words of each, -1 beyond the last."""
    numbers = np.full((len(members), LONGEST), -1, np.int32)
    for row, member in zip(numbers, members, strict=True):
        row[: len(member)] = [vocabulary.number[word] for word in member]
    return numbers


def _worth(numbers: Numbers, vocabulary: Vocabulary, two: Packed) -> NDArray[np.float32]:
    """`Pairs.worth` of the words of each row."""
    real = numbers >= 0
    total = np.where(real, LOGS[vocabulary.level[numbers]] - np.float32(np.log(TOTAL)), np.float32(0)).sum(axis=1)
    for column in range(1, numbers.shape[1]):
        row = np.flatnonzero(real[:, column])
        first, second = numbers[row, column - 1], numbers[row, column]
        nats = bound(
            two,
            vocabulary.last[first],
            vocabulary.last_log[first],
            vocabulary.first[second],
            vocabulary.first_log[second],
        )
        total[row] += np.where(vocabulary.sounds[first] & vocabulary.sounds[second], nats, np.float32(0))
    return np.asarray(total, np.float32)
