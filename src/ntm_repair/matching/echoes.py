"""What the rest of the article says about a candidate: does it write the repair elsewhere, or the same oddity again?

Headlines and other paragraphs often hold the right phrase; and what an author writes twice is seldom an accident.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from operator import itemgetter

from ntm_repair.matching.candidates import Candidate
from ntm_repair.matching.units import Units

SAID = 1.5
"""Nats for a repair that the article has elsewhere."""
REPEATED = -1.5
"""Nats for each further time that the article has the words as they stand, three times at most. In a code of law, which
says its terms again and again, half of the false alarms had terms that stand there several times; no garble of our own
damaged articles and of the real one stands in one twice, a caption printed twice apart."""
_SIZE = 3


class Echoes:
    """The sequences of three words of an article; a paragraph printed twice counts once."""

    def __init__(self, units: Units) -> None:
        self._units = units
        runs = dict.fromkeys(tuple(units.keys[a:b]) for a, b in units.runs)
        self._seen = Counter(run[i : i + _SIZE] for run in runs for i in range(len(run) - _SIZE + 1))

    def nats(self, c: Candidate) -> float:
        """What the article adds to the log-odds of a candidate."""
        keys = self._units.keys
        runs = self._units.runs
        begin, end = runs[bisect_right(runs, c.first, key=itemgetter(0)) - 1]
        old = tuple(keys[c.first : c.last])
        new = c.keys
        if len(new) < _SIZE:
            # Short repairs are looked for with a neighbour on the side where there is one.
            left = tuple(keys[max(begin, c.first - 1) : c.first])
            right = tuple(keys[c.last : min(end, c.last + 1)])
            sides = [(*left, *new), (*new, *right), (*left, *new, *right)]
            said = any(len(side) >= _SIZE and self._has(side) for side in sides)
        else:
            said = self._has(new)
        nats = SAID if said else 0.0
        if len(old) >= _SIZE:
            again = min(self._seen[old[i : i + _SIZE]] for i in range(len(old) - _SIZE + 1)) - 1
            nats += REPEATED * max(0, min(3, again))
        return nats

    def _has(self, words: tuple[str, ...]) -> bool:
        return all(self._seen[words[i : i + _SIZE]] for i in range(len(words) - _SIZE + 1))
