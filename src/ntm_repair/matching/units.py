"""A paragraph as units to match by: words in a normal form, with their places in the text.

The normal form is lower case with one placement of tone marks; it is compared and never written. Acronyms stay one
unit, but the context model sees the words they stand for. Full stops, brackets and quotation marks part the units
into runs that nothing is matched across; commas are remembered; hyphens, slashes and "&" join like a space.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from ntm_repair.vietnamese import fold_tone_placement

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[.,]\p{N}+)*")
SPACE, COMMA, HARD = 0, 1, 2


class Units:
    """The units of one paragraph as parallel lists; offsets are code points of the article's view."""

    __slots__ = ("breaks", "ends", "keys", "runs", "starts", "surface", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.surface: list[str] = []
        """The words as written."""
        self.breaks: list[int] = []
        """What stands before each unit: SPACE, COMMA or HARD."""
        self.runs: list[tuple[int, int]] = []
        """Half-open index ranges without a HARD break inside."""
        at = start
        for match in _TOKEN.finditer(text, start, end):
            first, last = match.span()
            self.breaks.append(break_between(text, at, first))
            self.starts.append(first)
            self.ends.append(last)
            self.surface.append(match.group())
            at = last
        self.keys: list[str] = normal_form(" ".join(self.surface)).split(" ") if self.surface else []
        """The words in the normal form."""
        begin = 0
        for i in range(1, len(self.keys) + 1):
            if i == len(self.keys) or self.breaks[i] == HARD:
                self.runs.append((begin, i))
                begin = i

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The view offsets of units [first, last)."""
        return self.starts[first], self.ends[last - 1]


def normal_form(text: str) -> str:
    """NFC text as it is compared: lower case, the tone of oa, oe, uy on the second letter. Offsets are kept."""
    lower = text.lower()
    return fold_tone_placement(lower if len(lower) == len(text) else "".join(c.lower()[:1] for c in text))


def break_between(text: str, start: int, end: int) -> int:
    """What kind of break `text[start:end]`, the characters between two words, is."""
    if end - start == 1 and text[start] == " ":
        return SPACE
    gap = text[start:end]
    if not gap.strip(" \t\u00a0-–/&\r\n"):
        # A dash between spaces parts clauses; a hyphen joins.
        return SPACE
    if not gap.strip(" \t\u00a0-–/&,"):
        return COMMA
    return HARD


def spoken(keys: Sequence[str], acronyms: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The words of units as the context model knows them, acronyms written out."""
    words: list[str] = []
    for key in keys:
        full = acronyms.get(key)
        if full is None:
            words.append(key)
        else:
            words += full
    return words
