"""Compressed files as streams: gzip and Zstandard, by the file's ending."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import Any, BinaryIO, cast

from ntm_repair.errors import UnreadableError
from ntm_repair.types import Message

COMPRESSED = (".gz", ".zst")
_GZIP_LEVEL = 6
_ZSTD_LEVEL = 6


def open_read(path: Path) -> BinaryIO:
    """The unpacked content of a file as a buffered stream. Reading raises what `damage` lists for a broken one."""
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, io.BufferedReader(gzip.GzipFile(path, "rb"), 2**20))
    if path.suffix.lower() == ".zst":
        return cast(BinaryIO, io.BufferedReader(_Zstd(path), 2**20))
    return path.open("rb", buffering=2**20)


def open_write(path: Path, ending: str) -> BinaryIO:
    """A stream that packs into `path` as files ending in `ending` are packed; the same bytes at any time and place."""
    if ending == ".gz":
        return cast(BinaryIO, _Gzip(path))
    if ending == ".zst":
        import zstandard

        return cast(BinaryIO, zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(path.open("wb"), closefd=True))
    return path.open("wb", buffering=2**20)


def damage() -> tuple[type[BaseException], ...]:
    """What reading a broken stream can raise."""
    errors: tuple[type[BaseException], ...] = (gzip.BadGzipFile, EOFError, zlib.error)
    zstandard = sys.modules.get("zstandard")
    return (*errors, zstandard.ZstdError) if zstandard is not None else errors


class _Gzip(gzip.GzipFile):
    """A gzip file without name and time in its header, closing the file below it."""

    def __init__(self, path: Path) -> None:
        self._below = path.open("wb", buffering=2**20)
        super().__init__(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=self._below, mtime=0)

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._below.close()


def readable(path: Path, error: BaseException) -> UnreadableError:
    """The one line for a stream that turned out to be broken."""
    return UnreadableError(Message("error.damaged", {"path": str(path), "reason": str(error) or type(error).__name__}))


class _Zstd(io.RawIOBase):
    """Zstandard frames unpacked. The library's own stream takes a file cut short for a whole one."""

    _CHUNK = 2**11  # two kilobytes of a hostile file unpack to no more than some 64 MiB

    def __init__(self, path: Path) -> None:
        import zstandard

        self._file = path.open("rb")
        self._unpacker = zstandard.ZstdDecompressor(max_window_size=2**27)
        self._frame: Any = None
        self._packed = b""
        self._unpacked = memoryview(b"")

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._file.fileno()

    def readinto(self, buffer: Any) -> int:
        while not self._unpacked:
            if self._frame is not None and self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
            chunk, self._packed = self._packed or self._file.read(self._CHUNK), b""
            if not chunk:
                if self._frame is not None:
                    raise EOFError("the file ends before its content does")
                return 0
            self._frame = self._frame or self._unpacker.decompressobj()
            self._unpacked = memoryview(self._frame.decompress(chunk))
        size = min(len(buffer), len(self._unpacked))
        buffer[:size] = self._unpacked[:size]
        self._unpacked = self._unpacked[size:]
        return size

    def close(self) -> None:
        self._file.close()
        super().close()
