"""How well words stand beside each other: counts of Vietnamese news compiled into memory-mapped tables.

A table keeps hashes of word sequences and a byte each for the logarithm of their count, to 1/18 nat. An unseen sequence
is taken for a seen one in 6 of 10 million look-ups: such a collision makes an uncommon sequence look common, so it only
ever hides a finding.

Probabilities are interpolated (Jelinek and Mercer 1980) over one, two and three words. The published counts leave out
pairs seen fewer than 6 times and triples fewer than 12, so absence is weak evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from math import exp, log
from pathlib import Path

from ntm_repair.packed import MASK, WORD, Packed, word_hash
from ntm_repair.vietnamese import fold_tone_placement

DATA = Path(__file__).parent / "data"
STEPS = 18
"""Steps a nat is divided into: log(1,500,000) * 18 still fits a byte."""
_COUNTS = tuple(exp(step / STEPS) for step in range(256))

ALONE_STEPS = 40
"""Steps a nat is divided into where a byte says how bound a word is."""
LEAST_ALONE = 0.0025
"""The least chance of standing alone that any word is given."""
BOUND = 3.0
"""The association, in nats, from which two neighbours count as bound to each other: the parts of a compound."""

LAMBDAS = (0.05, 0.35, 0.6)
"""Weights of one-, two- and three-word estimates."""
TOTAL = 77_000_000
"""Words behind the counts."""
UNSEEN = 0.5
"""Count given to what the tables do not hold."""


def level(count: int) -> bytes:
    """A count as the byte its logarithm is kept in."""
    return bytes([min(255, round(STEPS * log(count)))])


class Context:
    """The compiled counts. Words are NFC and lower-cased; all figures are natural logarithms (nats)."""

    def __init__(self, folder: Path = DATA, tables: Sequence[Packed] = ()) -> None:
        """The tables of a folder, or `tables` instead: of one word, two and three."""
        self.folder = folder
        one, two, three = self.tables = tuple(
            tables or (Packed(folder / f"context-{order}.bin") for order in (1, 2, 3))
        )
        self.hash = lru_cache(maxsize=1 << 15)(_folded_hash)
        """The hash of a word as the tables are asked for it; of a word of ASCII letters that of `packed.word_hash`."""
        self.word = lru_cache(maxsize=1 << 15)(_word_count(one, self.hash))
        self.pair = lru_cache(maxsize=1 << 15)(_pair_count(two, self.hash))
        self.triple = lru_cache(maxsize=1 << 15)(_triple_count(three, self.hash))
        self.bound = Packed(folder / "context-bound.bin")
        self.alone = lru_cache(maxsize=1 << 14)(partial(_alone, self.bound))
        """How surprising it is, in nats, that a word stands apart from all it is bound to: "hoạch" 6, "các" 0."""

    @property
    def digest(self) -> str:
        """Which counts these are: what is worked out of them is kept under it."""
        return " ".join(table.digest for table in self.tables)

    @classmethod
    def load(cls) -> Context:
        """The tables shipped with the program."""
        return _shipped()

    def logp(self, word: str, before: str = "", before_that: str = "") -> float:
        """log P(word | the one or two words before it); "" where there is none."""
        one = (self.word(word) or UNSEEN) / TOTAL
        weight, p = LAMBDAS[0], LAMBDAS[0] * one
        if before and (seen := self.word(before)):
            pair = self.pair(before, word)
            p += LAMBDAS[1] * min(1.0, pair / seen)
            weight += LAMBDAS[1]
            if before_that and (seen_pair := self.pair(before_that, before)):
                p += LAMBDAS[2] * min(1.0, self.triple(before_that, before, word) / seen_pair)
                weight += LAMBDAS[2]
        return log(p / weight)

    def score(self, words: Sequence[str], left: Sequence[str] = (), right: Sequence[str] = ()) -> float:
        """log P(words, then the first two of `right`), given the last two of `left`."""
        line = [*left[-2:], *words, *right[:2]]
        start = len(left[-2:])
        return sum(
            self.logp(line[i], line[i - 1] if i > 0 else "", line[i - 2] if i > 1 else "")
            for i in range(start, len(line))
        )

    def association(self, first: str, second: str) -> float:
        """Pointwise mutual information of a pair; an unseen pair counts as seen half a time."""
        seen = self.word(first) or UNSEEN, self.word(second) or UNSEEN
        return log((self.pair(first, second) or UNSEEN) * TOTAL / (seen[0] * seen[1]))


@lru_cache(maxsize=1)
def _shipped() -> Context:
    return Context()


def alone_level(bound: float) -> bytes:
    """The share of a word's occurrences that are bound to a neighbour, as the byte that `alone` reads."""
    return bytes([round(ALONE_STEPS * -log(max(LEAST_ALONE, 1 - bound)))])


def _alone(table: Packed, word: str) -> float:
    found = table.get(fold_tone_placement(word))
    return found[0] / ALONE_STEPS if found else 0.0


def _folded_hash(word: str) -> int:
    """The hash of a word as the counts spell it: nearly all of news has the tone mark of "hoà" on the second letter."""
    return word_hash(word if word.isascii() else fold_tone_placement(word))


# A count is exact to within 3 %, and 0 where the table does not hold it. One function for each length of sequence, with
# no call in it that can be spared: nothing is asked for so often.


def _word_count(table: Packed, hash_of_word: Callable[[str], int]) -> Callable[[str], float]:
    ask, counts = table.ask, _COUNTS

    def count(word: str) -> float:
        found = ask(hash_of_word(word))
        return 0.0 if found is None else counts[found]

    return count


def _pair_count(table: Packed, hash_of_word: Callable[[str], int]) -> Callable[[str, str], float]:
    ask, counts = table.ask, _COUNTS

    def count(first: str, second: str) -> float:
        found = ask(hash_of_word(first) * WORD + hash_of_word(second) & MASK)
        return 0.0 if found is None else counts[found]

    return count


def _triple_count(table: Packed, hash_of_word: Callable[[str], int]) -> Callable[[str, str, str], float]:
    ask, counts = table.ask, _COUNTS

    def count(first: str, second: str, third: str) -> float:
        pair = hash_of_word(first) * WORD + hash_of_word(second) & MASK
        found = ask(pair * WORD + hash_of_word(third) & MASK)
        return 0.0 if found is None else counts[found]

    return count
