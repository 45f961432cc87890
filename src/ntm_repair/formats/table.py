"""CSV and TSV: only the cell of the text column changes; quoting, spacing and line ends stay as they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import regex

from ntm_repair.decoding import sha256
from ntm_repair.errors import UnreadableError
from ntm_repair.formats import compression
from ntm_repair.formats.base import COLUMNS, BadRecord, Columns, Fields, Raw, Record, RecordSink, RecordSource, Shape
from ntm_repair.formats.lines import LineSink, line_source
from ntm_repair.formats.pieces import Pieces
from ntm_repair.types import Document, Edit, Message, Source

_DELIMITERS = ",;\t|"
_END = regex.compile(r"[\r\n]*\Z")
_BOM = "\ufeff"


class Table:
    """`.csv` and `.tsv`, also packed. The first row names the columns; the delimiter is told by it."""

    name = "csv"
    suffixes: tuple[str, ...] = tuple(f"{s}{c}" for s in (".csv", ".tsv") for c in ("", *compression.COMPRESSED))

    def source(self, path: Path, fields: Fields, encoding: str | None) -> RecordSource:
        def shape(header: bytes, read: str | None) -> Shape:
            return _shape(path, fields, header, read or encoding or "utf-8")

        return line_source(path, shape, table=True)

    def sink(self, path: Path, source: RecordSource, columns: bool) -> RecordSink:
        taken = next((n for n in COLUMNS if n in source.shape.columns), None)
        if columns and taken is not None:
            raise UnreadableError(Message("error.column", {"path": source.shape.path, "field": taken}))
        return LineSink(path, source)

    def parse(self, raw: Raw, shape: Shape) -> Record:
        try:
            row = raw.data.decode(shape.encoding)
        except UnicodeDecodeError as error:
            raise BadRecord(Message("record.undecodable", {"byte": error.start, "encoding": shape.encoding})) from None
        found = cells(row, shape.delimiter)
        if len(found) != len(shape.columns):
            raise BadRecord(Message("record.cells", {"found": len(found), "wanted": len(shape.columns)}))
        index = shape.columns.index(shape.fields.text)
        pieces = cell(found[index])
        name = str(raw.number)
        if shape.fields.id in shape.columns:
            name = _value(found[shape.columns.index(shape.fields.id)]) or name
        text = pieces.text
        source = Source(shape.path, sha256(text.encode()), shape.encoding, b"", "\n" if "\n" in text else "", name)
        return Record(Document(text, source), raw, (row, found, index, pieces))

    def write(self, record: Record, shape: Shape, edits: Sequence[Edit], columns: Columns | None) -> bytes:
        row, found, index, pieces = record.place
        if columns is not None:
            findings = json.dumps(columns.ntm_findings, ensure_ascii=False)
            return _extended(row, shape, (columns.text_clean, findings, repr(columns.ntm_score)))
        if not edits:
            return bytes(record.raw.data)
        quoted = found[index].startswith('"')
        changed = pieces.patched(edits, lambda text: text.replace('"', '""') if quoted else text)
        if not quoted:
            changed = _quoted(changed, shape.delimiter)
        start = sum(len(c) + 1 for c in found[:index])
        return f"{row[:start]}{changed}{row[start + len(found[index]) :]}".encode(shape.encoding)

    def copy(self, raw: Raw, shape: Shape, columns: bool) -> bytes:
        if not columns or not raw.data.strip():
            return bytes(raw.data)
        try:
            row = raw.data.decode(shape.encoding)
        except UnicodeDecodeError:
            return bytes(raw.data)
        if raw.number > 1:
            return _extended(row, shape, ("", "", "")) if raw.problem is None else bytes(raw.data)
        return _extended(row, shape, COLUMNS)


def cells(row: str, delimiter: str) -> list[str]:
    """The cells of a row as they are written, quotes included, the line's end left out."""
    row = _END.sub("", row)
    found: list[str] = []
    at = 0
    while True:
        end = _cell_end(row, at, delimiter)
        found.append(row[at:end])
        if end >= len(row):
            return found
        at = end + 1


def _cell_end(row: str, at: int, delimiter: str) -> int:
    if row.startswith('"', at):
        at += 1
        while (close := row.find('"', at)) >= 0 and row.startswith('"', close + 1):
            at = close + 2
        at = len(row) if close < 0 else close + 1
    end = row.find(delimiter, at)
    return len(row) if end < 0 else end


def cell(source: str) -> Pieces:
    """A cell as the text it stands for."""
    pieces = Pieces(source)
    if source.startswith('"') and source.endswith('"') and len(source) > 1:
        at, end = 1, len(source) - 1
        while (double := source.find('""', at, end)) >= 0:
            pieces.verbatim(at, double)
            pieces.atomic('"', double, double + 2)
            at = double + 2
        pieces.verbatim(at, end)
    else:
        pieces.verbatim(0, len(source))
    if not pieces.length:
        pieces.anchor(len(source) // 2)
    pieces.seal()
    return pieces


def _value(source: str) -> str:
    return cell(source).text


def _quoted(text: str, delimiter: str) -> str:
    needed = any(c in text for c in ('"', "\n", "\r", delimiter))
    return '"' + text.replace('"', '""') + '"' if needed else text


def _extended(row: str, shape: Shape, values: Sequence[str]) -> bytes:
    """The row with cells added before its line's end."""
    end = _END.search(row)
    cut = end.start() if end else len(row)
    added = "".join(shape.delimiter + _quoted(v, shape.delimiter) for v in values)
    return f"{row[:cut]}{added}{row[cut:]}".encode(shape.encoding)


def _shape(path: Path, fields: Fields, beginning: bytes, encoding: str) -> Shape:
    try:
        header = _first_row(beginning).decode(encoding).removeprefix(_BOM)
    except UnicodeDecodeError:
        raise UnreadableError(Message("error.table_encoding", {"path": str(path), "encoding": encoding})) from None
    delimiter = max(_DELIMITERS, key=lambda d: len(cells(header, d)))
    columns = tuple(_value(c) for c in cells(header, delimiter))
    if fields.text not in columns:
        values = {"path": str(path), "field": fields.text, "fields": ", ".join(columns)[:500]}
        raise UnreadableError(Message("error.no_column", values))
    return Shape("csv", str(path), fields, encoding, delimiter, columns)


def _first_row(data: bytes) -> bytes:
    """The header row, which may hold line breaks between quotes."""
    end = 0
    while (end := data.find(b"\n", end) + 1) and data.count(b'"', 0, end) % 2:
        pass
    return data[:end] if end else data
