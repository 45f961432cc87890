"""A first look at the raw words and lines of many articles at once: what the signs of rules are looked up by.

A raw word is what stands between white space; it is known by a number, its hash with every digit as "0": no rule asks
which digit it is. A comma or stop after it and a quote before it belong to it only where what they enclose is no plain
word. A line is what stands between "\\n". Nothing here knows a rule; `rules.signs` asks the questions. numpy is loaded
with this module: a scan of one article does without. Offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.glance import BLANK, Glance, hashes_of, stirred_many
from ntm_repair.packed import LONGEST, MASK, WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CORE = np.uint64(0x9FB21C651E98DF25)
_OPENING = np.uint64(0xC2B2AE3D27D4EB4F)
_CLOSING = np.uint64(0x165667B19E3779F9)
"""What tells the numbers of plain words, of openings and of closings from those of raw words."""
_BITS = 19
_SHIFT = np.uint64(64 - _BITS)
_OTHER = np.uint64(0x2D358DCCAA6C78A5)


class Remembered:
    """A set of numbers that may forget: asked for many at a time, told one by one. Two places for each number."""

    def __init__(self) -> None:
        self._slots = np.zeros(1 << _BITS, np.uint64)
        self._slots[0] = MASK  # not a number whose place it is, so that 0 is not found

    def among(self, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which of the numbers are remembered; 0 never is."""
        found: NDArray[np.bool_] = self._slots[keys >> _SHIFT] == keys
        rest = np.flatnonzero(~found)
        if rest.size:
            others = keys[rest]
            found[rest] = self._slots[others * _OTHER >> _SHIFT] == others
        return found

    def add_many(self, keys: NDArray[np.uint64]) -> None:
        """Remember numbers, as far as there is room for them."""
        keys = keys[keys != 0]
        self._slots[keys >> _SHIFT] = keys
        rest = keys[self._slots[keys >> _SHIFT] != keys]
        self._slots[rest * _OTHER >> _SHIFT] = rest

    def add(self, key: int) -> None:
        """Remember a number but 0; where both its places are taken, one that was there is forgotten."""
        if not key:
            return
        first, second = _places(key)
        self._slots[first if not self._slots[first] or self._slots[second] else second] = key


def _places(key: int) -> tuple[int, int]:
    return key >> int(_SHIFT), (key * int(_OTHER) & (1 << 64) - 1) >> int(_SHIFT)


class Survey:
    """The raw words and lines of some NFC texts.

    `starts`, `ends`, `keys`, `cores` have one element a raw word; offsets are those of `text`, the texts with a line
    break between each. `keys` are the numbers of raw words, `cores` those of the plain words that they may be with
    marks around; 0 stands for none. `line_starts`, `line_ends`, `first`, `last` have one a line that is not blank: its
    span, and the raw words it begins and ends with. Texts must have no line breaks but "\\n".

    `marks` are what may stand around a plain word, `after` those (up to three) that belong there after one; before it
    a straight quote may.
    """

    def __init__(self, texts: Sequence[str], marks: str, after: Sequence[str]) -> None:
        self.text = "\n".join(texts)
        self.offsets = list(accumulate((len(text) + 1 for text in texts), initial=0))
        """Where each text begins, and where one after the last would."""
        self.words = Glance(self.text)
        codes, classes = self.words.codes, self.words.classes
        inside = np.zeros(len(codes) + 2, bool)
        np.equal(classes & BLANK, 0, out=inside[1:-1])
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        self.starts: NDArray[np.int64] = edges[::2]
        self.ends: NDArray[np.int64] = edges[1::2]
        shapes = _shapes().take(codes, mode="clip")
        if len(codes) and codes.max() >= len(_shapes()):
            astral = codes >= len(_shapes())
            shapes[astral] = codes[astral]
        self.keys: NDArray[np.uint64] = stirred_many(hashes_of(shapes, self.starts, self.ends))
        low, high = self._without_marks(*_numbered(marks, tuple(after)))
        self.cores: NDArray[np.uint64] = stirred_many(hashes_of(shapes, low, high) ^ _CORE)
        self.cores[(low == high) | (high - low >= LONGEST)] = 0
        self._lines()

    def _without_marks(
        self, marks: NDArray[np.uint8], belongs: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Begin and end of each raw word without the marks around it; empty where those are not where they belong."""
        codes, starts, ends = self.words.codes, self.starts, self.ends
        kinds = marks.take(codes, mode="clip")
        low, high = starts.copy(), ends.copy()
        marked = np.flatnonzero((kinds[ends - 1] != 0) | (kinds[starts] != 0)) if len(starts) else starts
        first, end = starts[marked], ends[marked]
        tail = np.zeros(len(marked), np.int64)
        pattern = np.zeros(len(marked), np.int64)
        running = np.ones(len(marked), bool)
        for back in range(1, 5):
            at = end - back
            running &= at >= first
            kind = np.where(running, kinds[np.maximum(at, 0)], 0)
            running &= kind != 0
            tail += running
            pattern = np.where(running, pattern * 16 + kind, pattern)
        lead = (kinds[first] != 0) & (tail < end - first)
        good = belongs[np.minimum(pattern, len(belongs) - 1)] & (tail < 4) & (end - first - tail - lead > 1)
        good &= ~lead | ((codes[first] == ord('"')) & (kinds[np.minimum(first + 1, len(kinds) - 1)] == 0))
        low[marked] = np.where(good, first + lead, first)
        high[marked] = np.where(good, end - tail, first)
        return low, high

    def _lines(self) -> None:
        breaks = np.flatnonzero(self.words.codes == ord("\n"))
        starts = np.concatenate(([0], breaks + 1))
        ends = np.append(breaks, len(self.words.codes))
        first = np.searchsorted(self.starts, starts)
        last = np.searchsorted(self.starts, ends) - 1
        full = np.flatnonzero(last >= first)
        self.line_starts: NDArray[np.int64] = starts[full]
        self.line_ends: NDArray[np.int64] = ends[full]
        self.first: NDArray[np.int64] = first[full]
        self.last: NDArray[np.int64] = last[full]
        self.line_texts: NDArray[np.int64] = np.searchsorted(self.offsets, self.line_starts, "right") - 1
        """The number of the text that a line belongs to."""

    def openings(self) -> NDArray[np.uint64]:
        """A number for the raw word that each line begins with; 0 for a long one."""
        keys = self.keys[self.first]
        return np.where(keys == 0, keys, keys ^ _OPENING)

    def closings(self) -> NDArray[np.uint64]:
        """A number for the last three code points of each line, white space after them aside."""
        ends = self.ends[self.last]
        number = np.zeros(len(ends), np.uint64)
        for back in (1, 2, 3):
            at = ends - back
            inside = at >= self.line_starts
            number = number << np.uint64(21) | np.where(inside, self.words.codes[np.maximum(at, 0)], 0).astype(
                np.uint64
            )
        return stirred_many(number ^ _CLOSING)

    def closing(self, line: int) -> str:
        """The code points that the number of `closings` stands for."""
        end = int(self.ends[self.last[line]])
        return self.text[max(end - 3, int(self.line_starts[line])) : end]

    def unknown_words(self, known: Remembered) -> NDArray[np.int64]:
        """The raw words of which neither the plain word nor the whole is known, by number."""
        rest = np.flatnonzero(~known.among(self.cores))
        return rest[~known.among(self.keys[rest])]

    def lines_with(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """The lines in which raw words stand, both by number."""
        return np.searchsorted(self.first, words, "right") - 1

    def block(self, line: int) -> tuple[int, int]:
        """The span of a line with all lines above and below it up to a blank one or the edge of the text."""
        low = high = line
        while low and self._follows(low):
            low -= 1
        while high + 1 < len(self.first) and self._follows(high + 1):
            high += 1
        return int(self.line_starts[low]), int(self.line_ends[high])

    def _follows(self, line: int) -> bool:
        apart = self.line_starts[line] - self.line_ends[line - 1]
        return bool(apart == 1 and self.line_texts[line] == self.line_texts[line - 1])

    def words_of(self) -> list[int]:
        """How many words each text has, "_" taken for a part of words."""
        counts: list[int] = np.diff(np.searchsorted(self.words.starts, self.offsets)).tolist()
        return counts

    def line(self, number: int) -> str:
        """A line, without white space around it."""
        return self.text[self.line_starts[number] : self.line_ends[number]].strip()

    def wrapped(self, widths: range, least: int) -> set[int]:
        """The texts with lines that may be a paragraph wrapped at a width: `least` and more, filled word by word."""
        if not len(self.first):
            return set()
        lengths = self.line_ends - self.line_starts
        follows = np.zeros(len(lengths), bool)
        follows[1:] = (self.line_starts[1:] - self.line_ends[:-1] == 1) & (self.line_texts[1:] == self.line_texts[:-1])
        blocks = np.flatnonzero(~follows)
        width = np.maximum.reduceat(lengths, blocks)
        words = self.ends[self.first] - self.starts[self.first]
        filled = np.full(len(lengths), widths.stop + 1)
        filled[:-1] = np.where(follows[1:], lengths[:-1] + 1 + words[1:], filled[:-1])
        size = np.diff(np.append(blocks, len(lengths)))
        found = (size >= least) & (width >= widths.start) & (width < widths.stop)
        found &= np.minimum.reduceat(filled, blocks) > width
        return set(self.line_texts[blocks[found]].tolist())

    def beginning_alike(self, count: int, above: int) -> list[tuple[int, int]]:
        """Lines, each with one of the `above` before it that begins with the same raw words, up to `count`."""
        beginning = np.zeros(len(self.first), np.uint64)
        for i in range(count):
            at = self.first + i
            word = np.where(at <= self.last, self.keys[np.minimum(at, len(self.keys) - 1)], 0).astype(np.uint64)
            beginning = beginning * np.uint64(WORD) + word
        pairs: list[tuple[int, int]] = []
        for back in range(1, above + 1):
            same = (beginning[back:] == beginning[:-back]) & (self.line_texts[back:] == self.line_texts[:-back])
            pairs += ((later, later - back) for later in (np.flatnonzero(same) + back).tolist())
        return pairs

    def nearly_alike(self, above: int) -> list[tuple[int, int]]:
        """Lines, each with one of the `above` before it whose first four words are nearly the same.

        That is, but for one exchanged, put in or left out. A line of fewer than four words takes those of the next.
        """
        lines, four = self._fours
        texts = self.line_texts[lines]
        pairs: list[tuple[int, int]] = []
        for back in range(1, above + 1):
            same = _one_edit([w[back:] for w in four], [w[:-back] for w in four]) & (texts[back:] == texts[:-back])
            pairs += ((int(lines[at + back]), int(lines[at])) for at in np.flatnonzero(same).tolist())
        return pairs

    def first_lines(self) -> list[int]:
        """The first line of each text that has one."""
        lines: list[int] = np.flatnonzero(np.diff(self.line_texts, prepend=-1)).tolist()
        return lines

    def beginning_again(self) -> set[int]:
        """The texts with two lines that begin with the same four words, or nearly, the first of them the first line."""
        lines, four = self._fours
        texts = self.line_texts[lines]
        first = np.searchsorted(texts, texts)
        same = _one_edit(four, [w[first] for w in four]) & (first != np.arange(len(texts)))
        return set(texts[same].tolist())

    def twice(self, least: int) -> list[int]:
        """The lines of `least` words twice and more whose second half begins with the first two words of the first."""
        hashes = self.words.hashes
        begin = np.searchsorted(self.words.starts, self.line_starts)
        size = self.sizes
        even = np.flatnonzero((size % 2 == 0) & (size >= 2 * least))
        one, other = begin[even], begin[even] + size[even] // 2
        lines: list[int] = even[(hashes[one] == hashes[other]) & (hashes[one + 1] == hashes[other + 1])].tolist()
        return lines

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many words each line has, "_" taken for a part of words."""
        return np.searchsorted(self.words.starts, self.line_ends) - np.searchsorted(self.words.starts, self.line_starts)

    @cached_property
    def _fours(self) -> tuple[NDArray[np.int64], list[NDArray[np.uint64]]]:
        """The lines that have four words, with what follows them, and those words."""
        begin = np.searchsorted(self.words.starts, self.line_starts)
        limits = np.searchsorted(self.words.starts, self.offsets[1:])
        lines = np.flatnonzero(begin + 3 < limits[self.line_texts])
        return lines, [self.words.hashes[begin[lines] + i] for i in range(4)]

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


def _one_edit(a: Sequence[NDArray[np.uint64]], b: Sequence[NDArray[np.uint64]]) -> NDArray[np.bool_]:
    """Whether four words and four others may begin lines that differ by one word exchanged, put in or left out."""
    here = [x == y for x, y in zip(a, b, strict=True)]
    more = [x == y for x, y in zip(a[1:], b[:-1], strict=True)]
    less = [x == y for x, y in zip(a[:-1], b[1:], strict=True)]
    found: NDArray[np.bool_] = here[1] & here[2] & here[3]  # the first word exchanged, or none
    found |= here[0] & here[2] & here[3]
    found |= here[0] & here[1] & (here[2] | here[3])
    for shifted in (more, less):  # a word more before the first, the second, the third; the fourth is among the above
        found |= shifted[0] & shifted[1] & shifted[2]
        found |= here[0] & shifted[1] & shifted[2]
        found |= here[0] & here[1] & shifted[2]
    return found


@lru_cache(maxsize=1)
def _shapes() -> NDArray[np.uint64]:
    """Code points as they are hashed: digits alike."""
    shapes = np.arange(1 << 16, dtype=np.uint64)
    shapes[ord("0") : ord("9") + 1] = ord("0")
    return shapes


@lru_cache(maxsize=4)
def _wanted(characters: str) -> NDArray[np.bool_]:
    """Which code points of the first plane are among some characters."""
    wanted = np.zeros(1 << 16, bool)
    wanted[list(map(ord, characters))] = True
    return wanted


@lru_cache(maxsize=4)
def _numbered(marks: str, after: tuple[str, ...]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The number of each mark by its code point, 0 for all else; and which marks after a word belong there."""
    kinds = np.zeros(1 << 16, np.uint8)
    for number, mark in enumerate(marks, 1):
        kinds[ord(mark)] = number
    belongs = np.zeros(1 << 12, bool)
    belongs[0] = True
    for together in after:
        number = 0
        for mark in reversed(together):
            number = number * 16 + marks.index(mark) + 1
        belongs[number] = True
    return kinds, belongs
