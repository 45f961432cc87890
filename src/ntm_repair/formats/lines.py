"""Files of records that are lines, or whole numbers of lines: read in blocks, written in order."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from ntm_repair.errors import UnreadableError
from ntm_repair.formats import compression
from ntm_repair.formats.base import BLOCK, MAX_RECORD, Block, Raw, RecordSource, Shape
from ntm_repair.types import Message

HEADER_BYTES = 2**20
"""A table whose first row is longer is none."""
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class LineSource:
    """An open file of lines. A record longer than `MAX_RECORD` is passed on in parts and never held whole."""

    def __init__(self, path: Path, shape: Shape, stream: BinaryIO | _Wide, table: bool) -> None:
        self.path = path
        self.shape = shape
        self._stream = stream
        self._table = table  # a header first, and line breaks between quotes

    @property
    def wide(self) -> str:
        """The encoding of a UTF-16 file, whose lines are handed on as UTF-8; empty for all others."""
        return self._stream.encoding if isinstance(self._stream, _Wide) else ""

    def blocks(self) -> Iterator[Block]:
        block: list[Raw] = []
        size = 0
        with _damage_said(self.path):
            for raw in self._raws():
                block.append(raw)
                size += len(raw.data)
                if size >= BLOCK:
                    yield Block(tuple(block), read=self._share())
                    block, size = [], 0
        if block:
            yield Block(tuple(block), read=1.0)

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._stream.close()

    def _share(self) -> float:
        # The file's own position: packed bytes for a packed file, and up to a megabyte ahead.
        file = self._stream.fileno()
        return os.lseek(file, 0, os.SEEK_CUR) / max(1, os.fstat(file).st_size)

    def _raws(self) -> Iterator[Raw]:
        number = 0
        while line := self._stream.readline(MAX_RECORD + 1):
            number += 1
            first = number
            while self._table and line.count(b'"') % 2 and len(line) <= MAX_RECORD:
                more = self._stream.readline(MAX_RECORD + 1)
                if not more:
                    break
                number += 1
                line += more
            if len(line) > MAX_RECORD:
                yield from self._passed_on(first, line)
            else:
                yield Raw(first, line, bool(line.strip()) and not (self._table and first == 1))

    def _passed_on(self, number: int, part: bytes) -> Iterator[Raw]:
        yield Raw(number, part, False, Message("record.too_long", {"limit": MAX_RECORD // 2**20}))
        while not part.endswith(b"\n") and (part := self._stream.readline(MAX_RECORD + 1)):
            yield Raw(number, part, False)


class LineSink:
    """Lines written in order into a file packed and encoded like the one they came from."""

    def __init__(self, path: Path, source: RecordSource) -> None:
        self._stream = compression.open_write(path, Path(source.shape.path).suffix.lower())
        self._wide = source.wide if isinstance(source, LineSource) else ""

    def write(self, block: Block, records: Sequence[Any]) -> None:
        data = b"".join(records)
        self._stream.write(data.decode("utf-8").encode(self._wide) if self._wide else data)

    def close(self) -> None:
        self._stream.close()


class _Wide:
    """A UTF-16 stream as lines of UTF-8; its mark stays the first character."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self.encoding = encoding
        self._text = io.TextIOWrapper(stream, encoding=encoding, newline="\n")

    def readline(self, limit: int) -> bytes:
        return self._text.readline(limit // 4).encode("utf-8")

    def fileno(self) -> int:
        return self._text.fileno()

    def close(self) -> None:
        self._text.close()


def line_source(path: Path, shape: Callable[[bytes, str | None], Shape], table: bool = False) -> LineSource:
    """Open a file of lines. `shape` gets its beginning as bytes, and "utf-8" where the file is UTF-16, else None."""
    with _damage_said(path):
        stream = compression.open_read(path)
        beginning = stream.peek(HEADER_BYTES)[:HEADER_BYTES]  # type: ignore[attr-defined]
    wide = next((name for mark, name in _WIDE.items() if beginning.startswith(mark)), "")
    if not wide:
        return LineSource(path, shape(beginning, None), stream, table)
    beginning = beginning[: len(beginning) // 2 * 2].decode(wide, "ignore").encode("utf-8")
    return LineSource(path, shape(beginning, "utf-8"), _Wide(stream, wide), table)


@contextlib.contextmanager
def _damage_said(path: Path) -> Iterator[None]:
    """Turn what a broken or unreadable stream raises into the one line to say."""
    try:
        yield
    except compression.damage() as error:
        raise compression.readable(path, error) from None
    except UnicodeError as error:
        raise compression.readable(path, error) from None
    except OSError as error:
        values = {"path": str(path), "reason": error.strerror or str(error)}
        raise UnreadableError(Message("error.read", values)) from None
