"""The words of a text as arrays of numbers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.context import STEPS, TOTAL, UNSEEN, Context
from ntm_repair.glance.codes import BLANK, BREAK, PLANE, place_tones, tables
from ntm_repair.glance.codes import WORD as IN_WORD
from ntm_repair.glance.hashing import hashes_of, stirred_many
from ntm_repair.glance.repeats import repeated
from ntm_repair.packed import WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Glance:
    """The words of an NFC text as arrays of numbers. `lower`, `starts` and `ends` have one element a word.

    `joined[i]` says that nothing but white space on one line stands between word i and the next (one element less).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        known = tables()
        self.codes: NDArray[np.uint32] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        self.classes: NDArray[np.uint8] = known.classes_of(self.codes)
        codes, classes = self.codes, self.classes
        word = np.zeros(len(codes) + 2, bool)
        np.not_equal(classes & IN_WORD, 0, out=word[1:-1])
        edges = np.flatnonzero(word[1:] != word[:-1])
        self.starts: NDArray[np.int64] = edges[::2]
        self.ends: NDArray[np.int64] = edges[1::2]
        letters = known.letters_of(codes)
        place_tones(letters, classes)
        self.hashes: NDArray[np.uint64] = hashes_of(letters, self.starts, self.ends)
        self.joined: NDArray[np.bool_] = _joined(classes, self.starts, self.ends)

    def __len__(self) -> int:
        return len(self.starts)

    def is_capital(self, i: int) -> bool:
        """Whether word `i` begins with a letter that has another for its lower case."""
        code = int(self.codes[self.starts[i]])
        return code < PLANE and bool(tables().letters[code] != code)

    @cached_property
    def pairs(self) -> NDArray[np.uint64]:
        """The keys of all words with the next."""
        return stirred_many(self.hashes[:-1] * np.uint64(WORD) + self.hashes[1:])

    def word_levels(self, context: Context) -> NDArray[np.uint8]:
        """How common each word is: the logarithm of its count in steps of 1/18 nat, 0 for an unknown one."""
        return context.tables[0].find_many(stirred_many(self.hashes))

    def pair_levels(self, context: Context) -> NDArray[np.uint8]:
        """The same for each word with the next, 0 too where they are not joined."""
        levels = context.tables[1].find_many(self.pairs)
        levels[~self.joined] = 0
        return levels

    def associations(self, context: Context) -> NDArray[np.float64]:
        """`Context.association` of each word with the next, in nats; NaN where they are not joined."""
        unseen = np.log(UNSEEN)
        words, pairs = self.word_levels(context), self.pair_levels(context)
        alone = np.where(words == 0, unseen, words / STEPS)
        together = np.where(pairs == 0, unseen, pairs / STEPS)
        return np.where(self.joined, together + np.log(TOTAL) - alone[:-1] - alone[1:], np.nan)

    def repeats(self, longest: int) -> list[tuple[int, int]]:
        """Where up to `longest` words stand twice in a row: index of the first word, and how many are repeated.

        Every such place is among them, and few others: words too long for a hash of their own count as equal.
        """
        return repeated(self.hashes, self.joined, longest)


def _joined(classes: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether only white space without a line break stands between each word and the next."""
    if len(starts) < 2:
        return np.zeros(0, bool)
    after, before = ends[:-1], starts[1:]
    blank = classes[after] & (BLANK | BREAK) == BLANK
    joined: NDArray[np.bool_] = blank & (before - after == 1)
    wide = np.flatnonzero(blank & (before - after > 1))
    if wide.size:
        others = np.cumsum(classes & (BLANK | BREAK) != BLANK)
        joined[wide] = others[before[wide] - 1] == others[after[wide] - 1]
    return joined
