"""Code points as arrays: the class of each, its lower case, and the tone mark where the counts have it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import regex

from ntm_repair.vietnamese import TONES, fold_tone_placement

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORD, BLANK, BREAK, ALPHA, GLIDE, OPEN = 1, 2, 4, 8, 16, 32
"""Classes of code points: of words; white space; line breaks among it; letters; marked o and u; a, e and y."""
PLANE = 1 << 16
"""Code points the tables cover; rarer ones are classed one by one."""


def place_tones(letters: NDArray[np.uint64], classes: NDArray[np.uint8]) -> None:
    """Move the tone mark of an open oa, oe, uy to its second letter, in place."""
    near = np.flatnonzero((classes[:-1] & GLIDE != 0) & (classes[1:] & OPEN != 0))
    if not near.size:
        return
    after = np.append(classes, np.uint8(0))[near + 2] & ALPHA != 0
    before = letters[near - 1]  # where near is 0 this is the last letter of the text, which means nothing
    near = near[~after & ((before != ord("q")) | (near == 0))]
    placements = _placements()
    for at in near.tolist():
        moved = placements.get((int(letters[at]), int(letters[at + 1])))
        if moved:
            letters[at], letters[at + 1] = moved


@lru_cache(maxsize=1)
def _placements() -> dict[tuple[int, int], tuple[int, int]]:
    moved = {}
    for first, second in ("oa", "oe", "uy"):
        for mark in TONES:
            old = unicodedata.normalize("NFC", first + mark) + second
            new = fold_tone_placement(old)
            moved[ord(old[0]), ord(old[1])] = ord(new[0]), ord(new[1])
    return moved


class Tables:
    """Classes and lower-case letters of the code points of the first plane."""

    def __init__(self) -> None:
        plane = "".join(map(chr, range(PLANE)))
        self.classes = np.zeros(PLANE, np.uint8)
        for match in regex.finditer(r"[\p{L}\p{M}\p{N}_]+", plane):
            self.classes[match.start() : match.end()] |= WORD
        for match in regex.finditer(r"\p{L}+", plane):
            self.classes[match.start() : match.end()] |= ALPHA
        self.classes[[c for c in range(PLANE) if plane[c].isspace()]] |= BLANK
        self.classes[[ord("\n"), ord("\r")]] |= BREAK
        for first, second in _placements():
            self.classes[[first, ord(chr(first).upper())]] |= GLIDE
            self.classes[[second, ord(chr(second).upper())]] |= OPEN
        self.letters = np.arange(PLANE, dtype=np.uint64)
        for match in regex.finditer(r"[\p{Lu}\p{Lt}]", plane):
            lower = match.group().lower()
            if len(lower) == 1:
                self.letters[match.start()] = ord(lower)

    def classes_of(self, codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """The class of each code point."""
        classes = self.classes.take(codes, mode="clip")
        if len(codes) and codes.max() >= PLANE:
            for code in np.unique(codes[codes >= PLANE]).tolist():
                alpha = bool(regex.match(r"\p{L}", chr(code)))
                word = alpha or bool(regex.match(r"[\p{M}\p{N}]", chr(code)))
                classes[codes == code] = WORD * word | ALPHA * alpha
        return classes

    def letters_of(self, codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
        """The lower case of each, where that is one code point."""
        letters = self.letters.take(codes, mode="clip")
        if len(codes) and codes.max() >= PLANE:
            for code in np.unique(codes[codes >= PLANE]).tolist():
                letters[codes == code] = ord(chr(code).lower())
        return letters


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables, worked out when they are first asked for."""
    return Tables()
