"""Memory-mapped tables from strings to a few bytes: sorted 32-bit hashes, then the bytes of each entry.

Opening one costs a system call; nothing is read until it is looked up, and workers share the pages. Two keys share a
hash with a chance of entries / 2^32 for a key that the table does not hold.
"""

from __future__ import annotations

import mmap
import struct
import sys
import zlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path

_MAGIC = b"NTMP"
_HEAD = struct.Struct("<4sII")


def pack(entries: Mapping[str, bytes], width: int) -> bytes:
    """A table of `width` bytes an entry; of keys that share a hash the first in key order is kept."""
    hashed: dict[int, bytes] = {}
    for key in sorted(entries):
        hashed.setdefault(_hash(key), entries[key])
    keys = sorted(hashed)
    values = b"".join(hashed[k] for k in keys)
    if len(values) != width * len(keys):
        raise ValueError(f"every entry must have {width} bytes")
    return _HEAD.pack(_MAGIC, len(keys), width) + struct.pack(f"<{len(keys)}I", *keys) + values


def _hash(key: str) -> int:
    return int(zlib.crc32(key.encode("utf-8", "surrogatepass")))


class Packed:
    """One table. Raises ValueError for a file that is not one."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, size, width = _HEAD.unpack(data[: _HEAD.size])
        if magic != _MAGIC:
            raise ValueError(f"{path} is not a packed table")
        start, end = _HEAD.size, _HEAD.size + 4 * size
        keys = memoryview(data)[start:end]
        self._keys: Sequence[int] = keys.cast("I") if sys.byteorder == "little" else struct.unpack(f"<{size}I", keys)
        self._values = memoryview(data)[end:]
        self._size: int = size
        self._width: int = width

    def __len__(self) -> int:
        return self._size

    def get(self, key: str) -> bytes | None:
        """The bytes of an entry, or None."""
        wanted = _hash(key)
        at = bisect_left(self._keys, wanted)
        if at == self._size or self._keys[at] != wanted:
            return None
        return bytes(self._values[at * self._width : (at + 1) * self._width])
