"""Memory-mapped hash tables from sequences of words to a few bytes, for one look-up or for many at once.

Opening a table costs a system call; nothing is read until it is looked up, and workers share the pages. An entry is
one slot: the value, and a tag of the key's hash that tells it from its neighbours. A key lies at the slot its hash
points to or, where that is taken, in the next free one (Knuth, The Art of Computer Programming 3, 6.4, linear probing);
the most used keys are put in first, so that most look-ups end where they begin.

The hash is a polynomial over code points modulo 2^64, of words and then of their hashes: numpy computes it for all
words and neighbours of a text at once (`ntm_repair.glance`), and gets the values of all with `find_many`. With one byte
a value (23 bits of tag) a key that the table does not hold is taken for one it does in 6 of 10 million look-ups.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import sys
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAGIC = b"NTM3"
_HEAD = struct.Struct("<4sIII16s")
"""Kind of file, slots a key can point to, entries, bytes a value, digest of the slots."""
_EARLIER, _SHORT = b"NTM2", struct.Struct("<4sIII")
"""The same without the digest, as tables were made before."""
_FULL = 0.6
"""Share of slots in use. Fuller tables are smaller and slower: at 0.6 an absent key is compared with 2.6 others."""

LETTER = 0x9E3779B97F4A7C15
"""Base of the polynomial over the code points of a word."""
WORD = 0xD1342543DE82EF95
"""Base of the polynomial over the hashes of a sequence of words."""
STIR = 0x2545F4914F6CDD1D
"""Multiplier that spreads a polynomial over all bits; like the two bases, the odd constant of a known generator."""
LONGEST = 48
"""Code points from which a word has the hash 0: no table holds such words."""
MASK = (1 << 64) - 1
_FEW, _SLOTS = 1024, 8
"""Keys above which all are looked for a slot at a time; of fewer, so many slots are looked at at once."""


def word_hash(word: str) -> int:
    """The hash of one word, before it is stirred; 64 bits."""
    if len(word) >= LONGEST:
        return 0
    h = 0
    for letter in reversed(word):
        h = h * LETTER + ord(letter) & MASK
    return h


def stirred(h: int) -> int:
    """The hash of a sequence in the form that tables are asked by; 64 bits."""
    h = (h ^ h >> 31) * STIR & MASK
    return h ^ h >> 29


def hash_of(words: Sequence[str]) -> int:
    """The hash of a sequence of words as tables are asked for it."""
    h = 0
    for word in words:
        h = h * WORD + word_hash(word) & MASK
    return stirred(h)


def pack(entries: Iterable[tuple[Sequence[str], bytes]], width: int) -> bytes:
    """A table of 1 to 3 bytes an entry, the most used entries first; of keys that share a hash the first is kept.

    Raises ValueError for a value of another width.
    """
    hashed: dict[int, int] = {}
    for words, value in entries:
        if len(value) != width:
            raise ValueError(f"{words}: every entry must have {width} bytes")
        hashed.setdefault(hash_of(words), int.from_bytes(value, "little"))
    homes = max(1, round(len(hashed) / _FULL))
    slots = array("I" if width == 1 else "Q", bytes((4 if width == 1 else 8) * (homes + len(hashed) + 1)))
    tag_mask = _tag_mask(width)
    used = homes
    for key, number in hashed.items():
        at = (key >> 32) * homes >> 32
        while slots[at]:
            at += 1
        slots[at] = (key & tag_mask | 1) << 8 * width | number
        used = max(used, at + 1)
    del slots[used + 1 :]  # the last slot stays empty: a search always ends
    if sys.byteorder != "little":
        slots.byteswap()
    return _file(homes, len(hashed), width, slots.tobytes())


def _file(homes: int, size: int, width: int, slots: bytes) -> bytes:
    """A table as it is kept, with the digest that tells it from every other: to read all slots for it takes long."""
    return _HEAD.pack(_MAGIC, homes, size, width, _digest(slots)) + slots


def _digest(slots: bytes | memoryview) -> bytes:
    return hashlib.sha256(slots).digest()[:16]


def _tag_mask(width: int) -> int:
    return (1 << (24 if width == 1 else 64 - 8 * width)) - 1


def _finder(slots: Sequence[int], homes: int, width: int) -> Callable[[int], int | None]:
    """The look-up of one hash: a function with all it needs at hand, for nothing is called so often."""
    shift, tag_mask = 8 * width, _tag_mask(width)
    value_mask = (1 << shift) - 1

    def find(key: int) -> int | None:
        at = (key >> 32) * homes >> 32
        tag = key & tag_mask | 1
        while slot := slots[at]:
            if slot >> shift == tag:
                return slot & value_mask
            at += 1
        return None

    return find


def _asker(slots: Sequence[int], homes: int, width: int) -> Callable[[int], int | None]:
    """`_finder` with `stirred` before it, without a call between the two."""
    shift, tag_mask = 8 * width, _tag_mask(width)
    value_mask, stir, mask = (1 << shift) - 1, STIR, MASK

    def ask(h: int) -> int | None:
        h = (h ^ h >> 31) * stir & mask
        h ^= h >> 29
        at = (h >> 32) * homes >> 32
        tag = h & tag_mask | 1
        while slot := slots[at]:
            if slot >> shift == tag:
                return slot & value_mask
            at += 1
        return None

    return ask


class Packed:
    """One table. Raises ValueError for a file that is not one."""

    def __init__(self, path: Path | bytes) -> None:
        self._data: mmap.mmap | bytes
        if isinstance(path, bytes):
            self._data, path = path, Path("a table in memory")
        else:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._homes: int
        self._size: int
        self._width: int
        head = self._data[: _HEAD.size]
        self._kept_digest = b""
        if head.startswith(_MAGIC) and len(head) == _HEAD.size:
            _, self._homes, self._size, self._width, self._kept_digest = _HEAD.unpack(head)
            self._from = _HEAD.size
        elif head.startswith(_EARLIER) and len(head) >= _SHORT.size:
            _, self._homes, self._size, self._width = _SHORT.unpack(head[: _SHORT.size])
            self._from = _SHORT.size
        else:
            raise ValueError(f"{path} is not a packed table")
        code: Literal["I", "Q"] = "I" if self._width == 1 else "Q"
        slots = memoryview(self._data)[self._from :]
        self._slots: Sequence[int]
        if sys.byteorder == "little":
            self._slots = slots.cast(code)
        else:
            swapped = array(code, slots.tobytes())
            swapped.byteswap()
            self._slots = swapped
        self._tag_mask = _tag_mask(self._width)
        self.find = _finder(self._slots, self._homes, self._width)
        """The value for a hash as a number, or None."""
        self.ask = _asker(self._slots, self._homes, self._width)
        """The same for a hash that is not stirred yet."""

    def __len__(self) -> int:
        return self._size

    @cached_property
    def digest(self) -> str:
        """Of the entries: equal tables have the same, no others. Written into the file when it is made."""
        return (self._kept_digest or _digest(memoryview(self._data)[self._from :])).hex()

    def with_values(self, values: Mapping[int, int]) -> bytes:
        """The bytes of a table of one byte an entry that has these values for these hashes too, or instead."""
        slots = array("I", self._slots.tobytes() if isinstance(self._slots, memoryview) else self._slots)
        slots.extend([0] * (len(values) + 1))
        added, used = 0, len(self._slots)
        for key, value in values.items():
            at = (key >> 32) * self._homes >> 32
            tag = key & self._tag_mask | 1
            while (slot := slots[at]) and slot >> 8 != tag:
                at += 1
            added += not slot
            slots[at] = tag << 8 | value
            used = max(used, at + 1)
        del slots[used + 1 :]
        if sys.byteorder != "little":
            slots.byteswap()
        return _file(self._homes, self._size + added, self._width, slots.tobytes())

    def get(self, *words: str) -> bytes | None:
        """The bytes of an entry, or None."""
        found = self.find(hash_of(words))
        return None if found is None else found.to_bytes(self._width, "little")

    @cached_property
    def _array(self) -> NDArray[np.uint32]:
        import numpy as np

        if self._width != 1:
            raise ValueError("only tables of one byte an entry are asked for many at once")
        return np.frombuffer(self._data, "<u4", offset=self._from)

    def find_many(self, keys: NDArray[np.uint64]) -> NDArray[np.uint8]:
        """The values for hashes, 0 for those the table does not hold; for tables of one byte an entry."""
        import numpy as np

        slots = self._array
        at = ((keys >> np.uint64(32)) * np.uint64(self._homes) >> np.uint64(32)).astype(np.intp)
        tags = keys.astype(np.uint32) & np.uint32(self._tag_mask) | np.uint32(1)
        here = slots[at]
        same = here >> np.uint32(8) == tags
        values = np.where(same, here, np.uint32(0)).astype(np.uint8)
        rest = np.flatnonzero(~same & (here != 0))
        while rest.size > _FEW:
            at[rest] += 1
            here = slots[at[rest]]
            same = here >> np.uint32(8) == tags[rest]
            values[rest[same]] = here[same].astype(np.uint8)
            rest = rest[~same & (here != 0)]
        # Of few, some slots at once: a step of the loop costs more than what it looks at.
        ahead = np.arange(1, _SLOTS + 1)
        while rest.size:
            block = slots.take(at[rest][:, None] + ahead, mode="clip")  # the last slot of all is empty
            same = block >> np.uint32(8) == tags[rest][:, None]
            over = same | (block == 0)
            first = over.argmax(axis=1)
            row = np.arange(len(rest))
            hit = same[row, first]
            values[rest[hit]] = block[row[hit], first[hit]].astype(np.uint8)
            at[rest] += _SLOTS
            rest = rest[~over[row, first]]
        return values
