"""Where a piece of text stands in another, found by an index of its words where that is large."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

import regex

_RAW = regex.compile(r"\S+")


class Index:
    """Where each raw word of a large text stands, so that not all of it is read for every anchor."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: dict[str, array[int]] = defaultdict(partial(array, "I"))
        for match in _RAW.finditer(text):
            self._starts[match[0]].append(match.start())

    def find(self, needle: str) -> Iterator[int]:
        """Where a text stands, in order: found by the rarest of its words that white space parts from its ends."""
        inside = [match for match in _RAW.finditer(needle) if match.start() and match.end() < len(needle)]
        if not inside:
            yield from found_in(self._text, needle)
            return
        rarest = min(inside, key=lambda match: len(self._starts.get(match[0], ())))
        for start in self._starts.get(rarest[0], ()):
            at = start - rarest.start()
            if at >= 0 and self._text.startswith(needle, at):
                yield at


def found_in(text: str, needle: str) -> Iterator[int]:
    """Where a text stands in another, in order; the places may overlap."""
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)
