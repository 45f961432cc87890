"""The words of an article as units to match by: normal form, runs that hold together, what stands between.

The normal form is that of `tokens`: lower case, one placement of tone marks; it is compared and never written. Full
stops, brackets, quotation marks and line breaks part the units into runs that nothing is matched across; commas are
remembered; hyphens, slashes and "&" join like a space.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from ntm_repair.tokens import Tokens, tokens_of
from ntm_repair.vietnamese import fold_tone_placement

SPACE, COMMA, HARD = 0, 1, 2
Where = AbstractSet[int] | None
"""The units at which there is something to look at; None for all."""
EVERYWHERE: tuple[Where, Where, Where] = (None, None, None)
"""For orders, terms and confused words."""
JOINING = " \t\u00a0-–/&"


class Units:
    """The words of a text and the runs they form. Offsets are code points of the text."""

    __slots__ = ("breaks", "ends", "keys", "runs", "starts", "surface", "text")

    def __init__(self, tokens: Tokens, skipped: Iterable[tuple[int, int]] = ()) -> None:
        """`skipped` are spans, in order, that hold no Vietnamese to judge."""
        self.text = tokens.text
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.surface = tokens.words
        self.keys = tokens.lower
        self.breaks = self._breaks()
        self.runs = list(self._runs(skipped))
        """Half-open index ranges without a HARD break inside."""

    @classmethod
    def of(cls, text: str) -> Units:
        """The units of an NFC text by itself."""
        return cls(tokens_of(text))

    def _breaks(self) -> list[int]:
        """What stands before each unit: SPACE, COMMA or HARD."""
        text, breaks = self.text, [HARD]
        known: dict[str, int] = {" ": SPACE}
        for start, end in zip(self.starts[1:], self.ends, strict=False):
            gap = text[end:start]
            kind = known.get(gap)
            if kind is None:
                kind = known[gap] = _break(gap)
            if kind and gap in ",." and text[end - 1].isdigit() and text[start].isdigit():
                kind = SPACE
            breaks.append(kind)
        return breaks[: len(self.starts)]

    def _runs(self, skipped: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
        out: set[int] = set()
        for start, end in skipped:
            out.update(range(bisect_right(self.ends, start), bisect_left(self.starts, end)))
        begin = 0
        for i in range(len(self.keys) + 1):
            over = i == len(self.keys)
            parted = over or self.breaks[i] == HARD
            void = not over and (not self.keys[i] or i in out)
            if parted or void:
                if i > begin:
                    yield begin, i
                begin = i + void

    def runs_with(self, where: Where) -> Iterator[tuple[int, int]]:
        """The runs that hold one of the units."""
        if where is None:
            yield from self.runs
        elif where:
            at = sorted(where)
            following = 0
            for begin, end in self.runs:
                while following < len(at) and at[following] < begin:
                    following += 1
                if following == len(at):
                    return
                if at[following] < end:
                    yield begin, end

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets of units [first, last)."""
        return self.starts[first], self.ends[last - 1]


def normal_form(text: str) -> str:
    """NFC text as it is compared: lower case, the tone of oa, oe, uy on the second letter."""
    return fold_tone_placement(text.lower())


@lru_cache(maxsize=1 << 14)
def normal_word(word: str) -> str:
    """One word in the normal form."""
    return normal_form(word)


def _break(gap: str) -> int:
    if not gap.strip(JOINING):
        return SPACE
    return HARD if gap.strip(JOINING + ",") else COMMA
