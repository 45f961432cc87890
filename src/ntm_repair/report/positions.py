"""From code points to lines, columns and bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

import regex

from ntm_repair.pipeline import Scanned
from ntm_repair.types import Document, Source

_BREAK = regex.compile(r"\r\n|[\r\n]")


class Positions:
    """Lines, columns and byte offsets of a document, for code-point offsets asked in rising order or not."""

    def __init__(self, document: Document) -> None:
        self._setup(document.text, document.source, lambda offset: offset)

    def _setup(self, text: str, source: Source, to_file: Callable[[int], int]) -> None:
        self._text = text
        self._encoding = source.encoding
        self._bom = len(source.bom)
        self._to_file = to_file
        self._starts = [0, *(m.end() for m in _BREAK.finditer(text))]
        self._last = (0, self._bom)

    @classmethod
    def in_file(cls, scanned: Scanned) -> Positions:
        """Positions in the file itself where that is text: a page's tags and entities count.

        Of a Word file or a record they are positions in its text. `line_span` then speaks of the file's lines.
        """
        unit = scanned.unit
        positions = cls.__new__(cls)
        document = scanned.document
        if unit is None or unit.pieces is None or unit.container:
            positions._setup(document.text, document.source, lambda offset: offset)
        else:
            positions._setup(unit.pieces.source, document.source, unit.pieces.to_source)
        return positions

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column (code points), both from 1."""
        offset = self._to_file(offset)
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_span(self, offset: int) -> tuple[int, int]:
        """Code-point span of the line that holds `offset`, its break left out."""
        line = self.line_column(offset)[0]
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return start, start + len(self._text[start:end].rstrip("\r\n"))

    def byte(self, offset: int) -> int:
        """Byte offset in the file, byte-order mark counted."""
        offset = self._to_file(offset)
        at, size = self._last if self._last[0] <= offset else (0, self._bom)
        size += len(self._text[at:offset].encode(self._encoding, "surrogatepass"))
        self._last = (offset, size)
        return size
