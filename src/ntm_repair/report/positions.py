"""From code points to lines, columns and bytes."""

from __future__ import annotations

from bisect import bisect_right

import regex

from ntm_repair.types import Document

_BREAK = regex.compile(r"\r\n|[\r\n]")


class Positions:
    """Lines, columns and byte offsets of a document, for code-point offsets asked in rising order or not."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._encoding = document.source.encoding
        self._bom = len(document.source.bom)
        self._starts = [0, *(m.end() for m in _BREAK.finditer(document.text))]
        self._last = (0, self._bom)

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column (code points), both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_span(self, offset: int) -> tuple[int, int]:
        """Code-point span of the line that holds `offset`, its break left out."""
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return start, start + len(self._text[start:end].rstrip("\r\n"))

    def byte(self, offset: int) -> int:
        """Byte offset in the file, byte-order mark counted."""
        at, size = self._last if self._last[0] <= offset else (0, self._bom)
        size += len(self._text[at:offset].encode(self._encoding, "surrogatepass"))
        self._last = (offset, size)
        return size
