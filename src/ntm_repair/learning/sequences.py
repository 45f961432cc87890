"""Word sequences of a user's own articles, counted with what stands beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log

import regex

from ntm_repair.vietnamese import fold_tone_placement, is_syllable

LONGEST = 7
"""Syllables of the longest sequence counted."""
_CLAUSE = regex.compile(r"[^\p{L}\p{M}\s]+|\n")
_EDGE = ""
"""What stands beside a sequence where a clause ends: any word might."""


@dataclass
class Sequences:
    """Counts over a set of texts. Sequences are tuples of lower-cased NFC words, none across punctuation."""

    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    texts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """In how many texts each occurs."""
    before: dict[tuple[str, ...], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    after: dict[tuple[str, ...], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    forms: dict[tuple[str, ...], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """How each is written: "Ủy ban nhân dân" or "ủy ban nhân dân"."""
    words: int = 0

    @classmethod
    def of(cls, texts: Iterable[str], least: int) -> Sequences:
        """The sequences of two words and more that occur `least` times; single words all."""
        clauses = [list(_clauses(text)) for text in texts]
        found = cls()
        for text in clauses:
            for clause in text:
                found.words += len(clause)
                found.counts.update((_key(word),) for word in clause)
        # A sequence is as frequent as its parts at most: each length is counted from what the shorter one left.
        for size in range(2, LONGEST + 1):
            round_: Counter[tuple[str, ...]] = Counter()
            for text in clauses:
                for clause in text:
                    lower = [_key(word) for word in clause]
                    for i in range(len(lower) - size + 1):
                        sequence = tuple(lower[i : i + size])
                        if found.counts[sequence[:-1]] >= least and found.counts[sequence[1:]] >= least:
                            round_[sequence] += 1
            kept = {s: n for s, n in round_.items() if n >= least}
            if not kept:
                break
            found.counts.update(kept)
        found._look_around(clauses)
        return found

    def _look_around(self, clauses: Sequence[Sequence[Sequence[str]]]) -> None:
        for text in clauses:
            seen: set[tuple[str, ...]] = set()
            for clause in text:
                lower = [_key(word) for word in clause]
                for i in range(len(lower)):
                    for size in range(2, min(LONGEST, len(lower) - i) + 1):
                        sequence = tuple(lower[i : i + size])
                        if sequence not in self.counts:
                            continue
                        seen.add(sequence)
                        self.before[sequence][lower[i - 1] if i else _EDGE] += 1
                        self.after[sequence][lower[i + size] if i + size < len(lower) else _EDGE] += 1
                        self.forms[sequence][" ".join(clause[i : i + size])] += 1
            self.texts.update(seen)

    def association(self, sequence: tuple[str, ...]) -> float:
        """How much oftener its weakest two parts stand together than by chance (nats)."""
        return min(
            log(self.counts[sequence] * self.words / (self._count(sequence[:i]) * self._count(sequence[i:])))
            for i in range(1, len(sequence))
        )

    def _count(self, sequence: tuple[str, ...]) -> int:
        return max(1, self.counts[sequence])

    def freedom(self, sequence: tuple[str, ...]) -> float:
        """Entropy of what stands beside it, on its less free side (nats); each edge of a clause counts as another."""
        return min(_entropy(self.before[sequence]), _entropy(self.after[sequence]))


def _key(word: str) -> str:
    """A word to count by: "Hoà" and "hòa" are one."""
    return fold_tone_placement(word.lower())


def _entropy(neighbours: Counter[str]) -> float:
    total = sum(neighbours.values())
    if not total:
        return 0.0
    edges = neighbours[_EDGE]
    spread = sum(n / total * log(total / n) for word, n in neighbours.items() if word != _EDGE)
    return spread + (edges / total * log(total) if edges else 0.0)


def _clauses(text: str) -> Iterator[list[str]]:
    """Runs of Vietnamese words with nothing but white space between."""
    for clause in _CLAUSE.split(text):
        run: list[str] = []
        for word in clause.split():
            if is_syllable(word):
                run.append(word)
            elif run:
                yield run
                run = []
        if run:
            yield run
