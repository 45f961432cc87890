"""All that is asked of many texts at once, their code points among it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.survey.alike import Alike

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Survey(Alike):
    """The raw words, lines and code points of some texts."""

    def repeats(self, longest: int) -> list[list[int]]:
        """For each text, where up to `longest` words stand twice in a row, as its code points, in order."""
        found = sorted({int(self.words.starts[first]) for first, _ in self.words.repeats(longest)})
        return [
            [at - start for at in found[bisect_left(found, start) : bisect_left(found, end)]]
            for start, end in pairwise(self.offsets)
        ]

    def marks_of(self, marks: str) -> list[list[tuple[str, int]]]:
        """For each text its lines with any of these marks: all of them in order, and the code point of the first."""
        places = np.flatnonzero(_wanted(marks + "\n").take(self.words.codes, mode="clip"))
        line = self.words.codes[places].tobytes().decode("utf-32-le")
        found: list[list[tuple[str, int]]] = [[] for _ in self.offsets[1:]]
        at, number = 0, 0
        for together in line.split("\n"):
            if together:
                place = int(places[at])
                while place >= self.offsets[number + 1]:
                    number += 1
                found[number].append((together, place - self.offsets[number]))
            at += len(together) + 1
        return found

    @cached_property
    def _over(self) -> NDArray[np.int64]:
        """How many UTF-8 bytes over one a code point the text has up to each code point; astral ones count for two."""
        codes = self.words.codes
        over = np.zeros(len(codes) + 1, np.int64)
        np.cumsum((codes > 0x7F).astype(np.uint8) + (codes > 0x7FF), out=over[1:])
        return over

    def is_bare(self, start: int, end: int, share: float) -> bool:
        """Whether the UTF-8 bytes over one a code point are `share` of the code points of a span, or fewer."""
        return bool(self._over[end] - self._over[start] <= share * (end - start))

    def bare_lines(self, share: float) -> list[int]:
        """The lines of which that is true, or nearly, by number."""
        over = self._over[self.line_ends] - self._over[self.line_starts]
        lines: list[int] = np.flatnonzero(over <= share * (self.line_ends - self.line_starts + 1)).tolist()
        return lines


@lru_cache(maxsize=4)
def _wanted(characters: str) -> NDArray[np.bool_]:
    """Which code points of the first plane are among some characters."""
    wanted = np.zeros(1 << 16, bool)
    wanted[list(map(ord, characters))] = True
    return wanted
