"""Words by number: those of the texts looked at, and after them those that may be put in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.context import TOTAL
from ntm_repair.glance import stirred_many
from ntm_repair.matching.confusion import RANKS
from ntm_repair.matching.many.line import LOGS
from ntm_repair.matching.orders import LINKING
from ntm_repair.matching.pairs import UNSEEN_PAIR
from ntm_repair.matching.windows import OPTIONAL
from ntm_repair.packed import WORD, word_hash
from ntm_repair.vietnamese import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from ntm_repair.matching.many.line import Acronyms, Line
    from ntm_repair.packed import Packed

    Numbers = NDArray[np.integer]
    Figures = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_WORD = np.uint64(WORD)
_LOGS = LOGS.astype(np.float64)


class Vocabulary:
    """The words of terms and exchanges, and what `Line` has of the words of a text."""

    def __init__(self, words: Iterable[str], one: Packed, acronyms: Acronyms) -> None:
        self.words = sorted(set(words))
        self.number = {word: number for number, word in enumerate(self.words)}
        self.hashes = np.array([word_hash(word) for word in self.words], np.uint64)
        self.sounds = np.array([word[0].isalpha() for word in self.words])
        self.figure = np.array([word[0].isdigit() for word in self.words])
        self.level = one.find_many(stirred_many(self.hashes))
        self.acronym = acronyms.find(self.hashes)
        self.last, self.first = acronyms.sides(self.hashes, self.acronym)
        self.last_log, self.first_log = (LOGS[one.find_many(stirred_many(side))] for side in (self.last, self.first))
        self.ranks, self.optional, self.linking = (
            np.sort(np.array([word_hash(word) for word in some], np.uint64)) for some in (RANKS, OPTIONAL, LINKING)
        )
        self._syllables = {int(h): is_syllable(word) for h, word in zip(self.hashes, self.words, strict=True)}

    def is_syllable(self, line: Line, number: int) -> bool:
        """Whether a word of a line is a Vietnamese syllable."""
        known = self._syllables.get(h := int(line.hashes[number]))
        if known is None:
            if len(self._syllables) > _MOST:
                self._syllables.clear()
            known = self._syllables[h] = is_syllable(line.word(number))
        return known


_MOST = 1 << 16


class Words:
    """The words of a line by number, and after them, from `offset` on, those of a vocabulary. -1 is no word."""

    def __init__(self, line: Line, vocabulary: Vocabulary, acronyms: Acronyms, two: Packed) -> None:
        self.offset = len(line)
        self.line, self.vocabulary, self.acronyms = line, vocabulary, acronyms
        self._two = two
        both = ((getattr(line, name), getattr(vocabulary, name)) for name in _COLUMNS)
        columns = [np.concatenate(pair) for pair in both]
        self.hashes, self.level, self._last, self._first, self._sounds, self.figure = columns[:6]
        self._last_log, self._first_log = (column.astype(np.float64) for column in columns[6:])
        self.acronym = np.concatenate((line.acronym, vocabulary.acronym))

    def word(self, number: int) -> str:
        """A word in the normal form."""
        return self.line.word(number) if number < self.offset else self.vocabulary.words[number - self.offset]

    def association(self, first: Numbers, second: Numbers) -> Figures:
        """`Pairs` of words by number, in nats: 0 where one is a number; -inf where one is no word."""
        value = np.full(first.shape, -np.inf)
        real = (first >= 0) & (second >= 0)
        first, second = first[real], second[real]
        found = self._two.find_many(stirred_many(self._last[first] * _WORD + self._first[second]))
        nats = _LOGS[found] + (_TOTAL - self._last_log[first] - self._first_log[second])
        nats = np.where(found != 0, nats, np.minimum(UNSEEN_PAIR, nats))
        nats[~(self._sounds[first] & self._sounds[second])] = 0
        value[real] = nats
        return value

    def weight(self, numbers: Numbers) -> Figures:
        """The logarithm of how often each was counted."""
        weights: Figures = _LOGS[self.level[numbers]]
        return weights

    def among(self, numbers: Numbers, some: NDArray[np.uint64]) -> Flags:
        """Which are among some words, given by their hashes in order; no word is not."""
        hashes = self.hashes[numbers]
        at = np.minimum(np.searchsorted(some, hashes), len(some) - 1)
        found: Flags = (some[at] == hashes) & (numbers >= 0)
        return found


_COLUMNS = ("hashes", "level", "last", "first", "sounds", "figure", "last_log", "first_log")
_TOTAL = float(np.log(TOTAL))
