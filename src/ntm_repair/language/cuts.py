"""Where a run of English falls apart: at the end of a sentence, and at a bracket that closes what opened before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from ntm_repair.language.words import Word

_STOP = regex.compile(r"[\"”’)]*[.!?…]+[\"”’)]*\s+[\"“‘(]*")
_GLUED_STOP = regex.compile(r"[.!?](?=\p{Lu}[\p{L}'’]*\s)")
"""A stop without a space: "phía nam Sussex.The room of", not "tf.data.Dataset"."""
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def pieces(paragraph: str, words: Sequence[Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The run of words first to last, cut where a sentence ends, and at brackets without a partner inside it."""
    cuts = _unpaired(paragraph, words[first].start, words[last].end)
    cuts += [
        b.start
        for a, b in pairwise(words[first : last + 1])
        if b.opens and b.capital and len(a.text) > 2 and _stops(paragraph, a, b, words[last])
    ]
    cuts.sort()
    start = first
    for cut in cuts:
        end = start
        while end <= last and words[end].end <= cut:
            end += 1
        if end > start:
            yield start, end - 1
        start = end
    if start <= last:
        yield start, last


def _stops(paragraph: str, word: Word, following: Word, last: Word) -> bool:
    """Whether a sentence ends between two neighbouring words of a run whose last word is `last`."""
    if _STOP.fullmatch(paragraph, word.end, following.start):
        return True
    glued = _GLUED_STOP.match(paragraph, word.end)
    return glued is not None and glued.end() == following.start and following is not last


def _unpaired(paragraph: str, start: int, end: int) -> list[int]:
    """Offsets of brackets without a partner in paragraph[start:end]."""
    if not any(c in paragraph[start:end] for c in "()[]{}"):
        return []
    opened: list[int] = []
    unpaired = []
    for at in range(start, end):
        character = paragraph[at]
        if character in _BRACKETS:
            opened.append(at)
        elif character in _BRACKETS.values():
            if opened and _BRACKETS[paragraph[opened[-1]]] == character:
                opened.pop()
            else:
                unpaired.append(at)
    return [*unpaired, *opened]
