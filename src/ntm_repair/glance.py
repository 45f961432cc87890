"""A first look at all words of a text at once: which are neighbours, which pairs are uncommon, what stands twice.

Below one Python object a word there is only arithmetic over whole arrays. The text is taken as code points; a table
gives each its class and its lower case; words are where letters begin and end; their hashes come from one running sum
and those of neighbours from one multiplication, in the form that `packed` tables are asked by. What is said here is
what the scalar functions of `tokens` and `context` say of each word and pair, at a twentieth of the cost; numpy is
loaded when the first text is looked at.

Offsets are code points. Words are runs of letters, marks, digits and "_", lower-cased letter by letter, with the tone
mark where the counts have it (`fold_tone_placement`). A word of `packed.LONGEST` code points and more has the hash 0.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import regex

from ntm_repair.context import STEPS, TOTAL, UNSEEN, Context
from ntm_repair.packed import LETTER, LONGEST, STIR, WORD
from ntm_repair.vietnamese import TONES, fold_tone_placement

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD, BLANK, _BREAK, _ALPHA, _GLIDE, _OPEN = 1, 2, 4, 8, 16, 32
"""Classes of code points: of words; white space; line breaks among it; letters; marked o and u; a, e and y."""
_CHUNK = 1 << 15
"""Code points hashed at a time: what a running sum needs then stays in the processor's cache."""
_FEW = 32
"""Places that are looked at one by one rather than all at once."""
_LISTED = 1 << 13
"""Words of a text for which it is written down once and for all which are to be compared."""
_FIRST_BITS = 16
"""Bits of a key by which most pairs are told from those looked for."""
_PLANE = 1 << 16
"""Code points the tables cover; rarer ones are classed one by one."""


class Glance:
    """The words of an NFC text as arrays of numbers. `lower`, `starts` and `ends` have one element a word.

    `joined[i]` says that nothing but white space on one line stands between word i and the next (one element less).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        tables = _tables()
        self.codes: NDArray[np.uint32] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        self.classes: NDArray[np.uint8] = tables.classes_of(self.codes)
        codes, classes = self.codes, self.classes
        word = np.zeros(len(codes) + 2, bool)
        np.not_equal(classes & _WORD, 0, out=word[1:-1])
        edges = np.flatnonzero(word[1:] != word[:-1])
        self.starts: NDArray[np.int64] = edges[::2]
        self.ends: NDArray[np.int64] = edges[1::2]
        letters = tables.letters_of(codes)
        _place_tones(letters, classes)
        self.hashes: NDArray[np.uint64] = hashes_of(letters, self.starts, self.ends)
        self.joined: NDArray[np.bool_] = _joined(classes, self.starts, self.ends)

    def __len__(self) -> int:
        return len(self.starts)

    def is_capital(self, i: int) -> bool:
        """Whether word `i` begins with a letter that has another for its lower case."""
        code = int(self.codes[self.starts[i]])
        return code < _PLANE and bool(_tables().letters[code] != code)

    @cached_property
    def pairs(self) -> NDArray[np.uint64]:
        """The keys of all words with the next."""
        return stirred_many(self.hashes[:-1] * np.uint64(WORD) + self.hashes[1:])

    def word_levels(self, context: Context) -> NDArray[np.uint8]:
        """How common each word is: the logarithm of its count in steps of 1/18 nat, 0 for an unknown one."""
        return context.tables[0].find_many(stirred_many(self.hashes))

    def pair_levels(self, context: Context) -> NDArray[np.uint8]:
        """The same for each word with the next, 0 too where they are not joined."""
        levels = context.tables[1].find_many(self.pairs)
        levels[~self.joined] = 0
        return levels

    def associations(self, context: Context) -> NDArray[np.float64]:
        """`Context.association` of each word with the next, in nats; NaN where they are not joined."""
        unseen = np.log(UNSEEN)
        words, pairs = self.word_levels(context), self.pair_levels(context)
        alone = np.where(words == 0, unseen, words / STEPS)
        together = np.where(pairs == 0, unseen, pairs / STEPS)
        return np.where(self.joined, together + np.log(TOTAL) - alone[:-1] - alone[1:], np.nan)

    def repeats(self, longest: int) -> list[tuple[int, int]]:
        """Where up to `longest` words stand twice in a row: index of the first word, and how many are repeated.

        Every such place is among them, and few others: words too long for a hash of their own count as equal.
        """
        if len(self) < 2:
            return []
        found: list[tuple[int, int]] = []
        for length, at in self._suspects(longest):
            last = len(self) - length
            if len(at) > _FEW:
                firsts = _runs(self.hashes[length:] == self.hashes[:last], length)
            else:
                firsts = _runs_around(self.hashes, at, length, last)
            found += ((first, length) for first in firsts if self.joined[first : first + 2 * length - 1].all())
        return sorted(found)

    def _suspects(self, longest: int) -> Iterator[tuple[int, list[int]]]:
        """For lengths up to `longest`, words that are the same that many words on, and so is one beside them.

        Of `length` words in a row one has a number that `length` divides: only those are compared.
        """
        for ones, others in _compared(len(self), longest):
            found = self._alike(ones, others)
            lengths = (others - ones)[found]
            for length in np.unique(lengths).tolist():
                yield length, ones[found][lengths == length].tolist()

    def _alike(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
        """Which of the words are those the others are, and so is one beside both; neighbours need no more."""
        hashes, last = self.hashes, len(self) - 1
        same = np.flatnonzero(hashes[ones] == hashes[others])
        ones, others = ones[same], others[same]
        found = others - ones == 1
        found |= (hashes[np.minimum(ones + 1, last)] == hashes[np.minimum(others + 1, last)]) & (others < last)
        found |= (hashes[np.maximum(ones - 1, 0)] == hashes[others - 1]) & (ones > 0)
        alike: NDArray[np.int64] = same[found]
        return alike


class Pairs:
    """Some pairs of words by their keys (`packed.hash_of`), to be looked for among all neighbours of a text."""

    def __init__(self, keys: Iterable[int]) -> None:
        self._keys = frozenset(keys)
        # A table by the first bits of a key leaves few to be asked one by one.
        self._begins = np.zeros(1 << _FIRST_BITS, bool)
        self._begins[[key >> 64 - _FIRST_BITS for key in self._keys]] = True

    def among(self, glance: Glance) -> Iterator[tuple[int, int]]:
        """The words that begin one, by number and in order, with its key; whatever stands between them."""
        pairs = glance.pairs
        for i in np.flatnonzero(self._begins[pairs >> np.uint64(64 - _FIRST_BITS)]).tolist():
            key = int(pairs[i])
            if key in self._keys:
                yield i, key


def _compared(size: int, longest: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Words to compare with others up to `longest` words on, in a text of `size` words; all at once in a short one."""
    if size <= _LISTED:
        ones, others = _listed(longest)
        end = int(np.searchsorted(others, size))
        yield ones[:end], others[:end]
        return
    for length in range(1, longest + 1):
        ones = np.arange(0, size - length, length)
        yield ones, ones + length


@lru_cache(maxsize=4)
def _listed(longest: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Those of a text of `_LISTED` words, in the order of the others."""
    each = [np.arange(0, _LISTED - length, length) for length in range(1, longest + 1)]
    ones = np.concatenate(each)
    others = ones + np.repeat(np.arange(1, longest + 1), list(map(len, each)))
    order = np.argsort(others, kind="stable")
    return ones[order], others[order]


def _runs_around(hashes: NDArray[np.uint64], at: list[int], length: int, last: int) -> list[int]:
    """Where `length` words that are those `length` on begin, around some such words."""
    found: list[int] = []
    end = 0
    for word in at:
        if word < end:
            continue  # in the run before
        start, end = word, word + 1
        while start and hashes[start - 1] == hashes[start - 1 + length]:
            start -= 1
        while end < last and hashes[end] == hashes[end + length]:
            end += 1
        found += range(start, end - length + 1)
    return found


def _runs(flags: NDArray[np.bool_], length: int) -> list[int]:
    """Where `length` set flags in a row begin."""
    if length == 1:
        return np.flatnonzero(flags).tolist()
    padded = np.zeros(len(flags) + 2, bool)
    padded[1:-1] = flags
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    starts, ends = edges[::2], edges[1::2]
    long = ends - starts >= length
    return [
        at for s, e in zip(starts[long].tolist(), ends[long].tolist(), strict=True) for at in range(s, e - length + 1)
    ]


def stirred_many(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """`packed.stirred` of each."""
    keys = (keys ^ keys >> np.uint64(31)) * np.uint64(STIR)
    return keys ^ keys >> np.uint64(29)


def hashes_of(letters: NDArray[np.uint64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """`packed.word_hash` of each word, from running sums of letters times powers of the base."""
    up, down = _powers()
    hashes = np.zeros(len(starts), np.uint64)
    first = 0
    while first < len(starts):
        base = starts[first]
        last = max(first + 1, int(np.searchsorted(ends, base + _CHUNK, "right")))
        stop = min(int(ends[last - 1]) - base, _CHUNK)  # a longer word has no hash
        sums = np.zeros(stop + 1, np.uint64)
        np.cumsum(letters[base : base + stop] * up[:stop], out=sums[1:])
        low = starts[first:last] - base
        high = np.minimum(ends[first:last] - base, stop)
        hashes[first:last] = (sums[high] - sums[low]) * down[low]
        first = last
    hashes[ends - starts >= LONGEST] = 0
    return hashes


def _joined(classes: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether only white space without a line break stands between each word and the next."""
    if len(starts) < 2:
        return np.zeros(0, bool)
    after, before = ends[:-1], starts[1:]
    blank = classes[after] & (BLANK | _BREAK) == BLANK
    joined: NDArray[np.bool_] = blank & (before - after == 1)
    wide = np.flatnonzero(blank & (before - after > 1))
    if wide.size:
        others = np.cumsum(classes & (BLANK | _BREAK) != BLANK)
        joined[wide] = others[before[wide] - 1] == others[after[wide] - 1]
    return joined


def _place_tones(letters: NDArray[np.uint64], classes: NDArray[np.uint8]) -> None:
    """Move the tone mark of an open oa, oe, uy to its second letter, in place."""
    near = np.flatnonzero((classes[:-1] & _GLIDE != 0) & (classes[1:] & _OPEN != 0))
    if not near.size:
        return
    after = np.append(classes, np.uint8(0))[near + 2] & _ALPHA != 0
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


@lru_cache(maxsize=1)
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The powers of the base, and of its inverse modulo 2^64."""
    up = np.full(_CHUNK + 1, LETTER, np.uint64)
    down = np.full(_CHUNK + 1, pow(LETTER, -1, 1 << 64), np.uint64)
    up[0] = down[0] = 1
    return np.cumprod(up, dtype=np.uint64), np.cumprod(down, dtype=np.uint64)


class _Tables:
    """Classes and lower-case letters of the code points of the first plane."""

    def __init__(self) -> None:
        plane = "".join(map(chr, range(_PLANE)))
        self.classes = np.zeros(_PLANE, np.uint8)
        for match in regex.finditer(r"[\p{L}\p{M}\p{N}_]+", plane):
            self.classes[match.start() : match.end()] |= _WORD
        for match in regex.finditer(r"\p{L}+", plane):
            self.classes[match.start() : match.end()] |= _ALPHA
        self.classes[[c for c in range(_PLANE) if plane[c].isspace()]] |= BLANK
        self.classes[[ord("\n"), ord("\r")]] |= _BREAK
        for first, second in _placements():
            self.classes[[first, ord(chr(first).upper())]] |= _GLIDE
            self.classes[[second, ord(chr(second).upper())]] |= _OPEN
        self.letters = np.arange(_PLANE, dtype=np.uint64)
        for match in regex.finditer(r"[\p{Lu}\p{Lt}]", plane):
            lower = match.group().lower()
            if len(lower) == 1:
                self.letters[match.start()] = ord(lower)

    def classes_of(self, codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
        classes = self.classes.take(codes, mode="clip")
        if len(codes) and codes.max() >= _PLANE:
            for code in np.unique(codes[codes >= _PLANE]).tolist():
                alpha = bool(regex.match(r"\p{L}", chr(code)))
                word = alpha or bool(regex.match(r"[\p{M}\p{N}]", chr(code)))
                classes[codes == code] = _WORD * word | _ALPHA * alpha
        return classes

    def letters_of(self, codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
        letters = self.letters.take(codes, mode="clip")
        if len(codes) and codes.max() >= _PLANE:
            for code in np.unique(codes[codes >= _PLANE]).tolist():
                letters[codes == code] = ord(chr(code).lower())
        return letters


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    return _Tables()
