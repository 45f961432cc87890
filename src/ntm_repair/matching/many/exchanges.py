"""The words that a word may be exchanged for (`Confusions.exchanges`), of all words at once, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.matching.confusion import LONGEST
from ntm_repair.packed import hash_of, word_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ntm_repair.matching.confusion import Confusions
    from ntm_repair.matching.many.words import Vocabulary
    from ntm_repair.matching.weigh import Weigher


class Exchanges:
    """Members by number. Those of member m are [starts[m], starts[m] + counts[m]) of the arrays of others.

    Of each other: the hash of its first and its last word as neighbours hear them, the logarithms of their counts, and
    what it is worth by itself (`Pairs.worth`, nats), the numbers of its `words`, -1 beyond the last, and the road to it
    in nats; `own` is what each member is worth.
    """

    def __init__(self, confusions: Confusions, weigher: Weigher, vocabulary: Vocabulary) -> None:
        pair = weigher.pair
        members = [m for m in confusions.headwords if confusions.exchanges(m)]
        others = [[other for other, _ in confusions.exchanges(m)] for m in members]
        order = np.argsort(np.array([hash_of(m) for m in members], np.uint64))
        members, others = [members[i] for i in order], [others[i] for i in order]
        self._keys = np.array([hash_of(m) for m in members], np.uint64)
        self.own = np.array([pair.worth(m) for m in members], np.float32)
        self.counts = np.array([len(o) for o in others], np.int64)
        self.starts = np.cumsum(self.counts) - self.counts
        flat = [other for some in others for other in some]
        self.roads = np.array([road.nats for m in members for _, road in confusions.exchanges(m)])
        self.words = np.full((len(flat), LONGEST), -1, np.int32)
        for row, other in zip(self.words, flat, strict=True):
            row[: len(other)] = [vocabulary.number[word] for word in other]
        sides = [(pair.sides(other[0])[1], pair.sides(other[-1])[0]) for other in flat]
        self.first = np.array([word_hash(first) for (first, _), _ in sides], np.uint64)
        self.first_log = np.log(np.array([count for (_, count), _ in sides])).astype(np.float32)
        self.last = np.array([word_hash(last) for _, (last, _) in sides], np.uint64)
        self.last_log = np.log(np.array([count for _, (_, count) in sides])).astype(np.float32)
        self.sounds = np.array([bool(first and last) for (first, _), (last, _) in sides])
        self.worth = np.array([pair.worth(other) for other in flat], np.float32)

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The numbers of members by the hashes of their words, stirred; -1 for what is none."""
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, at, -1)
