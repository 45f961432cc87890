"""JSON lines: only the characters of the text field that an edit names change; the rest of the line stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any

import regex

from ntm_repair.decoding import sha256
from ntm_repair.formats import compression
from ntm_repair.formats.base import COLUMNS, BadRecord, Columns, Fields, Raw, Record, RecordSink, RecordSource, Shape
from ntm_repair.formats.lines import LineSink, line_source
from ntm_repair.formats.pieces import Pieces
from ntm_repair.types import Document, Edit, Message, Source

_DECODER = json.JSONDecoder()
_SPACE = regex.compile(r"[ \t\r\n]*+")
_ESCAPE = regex.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")

_OTHERWISE = ("\\u", "\\/", "\x7f")
"""In JSON strings without these, characters are written as we write them, and none is half of one."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class Jsonl:
    """`.jsonl`, `.ndjson`, also packed as `.gz` or `.zst`."""

    name = "jsonl"
    suffixes: tuple[str, ...] = tuple(f"{s}{c}" for s in (".jsonl", ".ndjson") for c in ("", *compression.COMPRESSED))

    def source(self, path: Path, fields: Fields, encoding: str | None) -> RecordSource:
        return line_source(path, lambda _, read: Shape(self.name, str(path), fields, read or encoding or "utf-8"))

    def sink(self, path: Path, source: RecordSource, columns: bool) -> RecordSink:
        return LineSink(path, source)

    def parse(self, raw: Raw, shape: Shape) -> Record:
        line = _text(raw, shape)
        values = _values(line)
        place = values.get(shape.fields.text)
        if place is None:
            fields = ", ".join(values) or "–"
            raise BadRecord(Message("record.no_field", {"field": shape.fields.text, "fields": fields}))
        text = place[0]
        if not isinstance(text, str):
            raise BadRecord(Message("record.not_text", {"field": shape.fields.text}))
        name = values[shape.fields.id][0] if shape.fields.id in values else raw.number
        digest = sha256(text.encode("utf-8", "surrogatepass"))
        source = Source(shape.path, digest, "utf-8", b"", "\n" if "\n" in text else "", _name(name, raw.number))
        return Record(Document(text, source), raw, (line, place[1], place[2], frozenset(values)))

    def write(self, record: Record, shape: Shape, edits: Sequence[Edit], columns: Columns | None) -> bytes:
        line, start, end, names = record.place
        if columns is not None:
            taken = next((n for n in COLUMNS if n in names), None)
            if taken is not None:
                raise BadRecord(Message("record.column", {"field": taken}))
            literal_text = line[start:end] if columns.text_clean == record.document.text else ""
            return _encoded(_with_columns(line, columns, literal_text), shape)
        if not edits:
            return bytes(record.raw.data)
        pieces = literal(line[start:end])
        changed = pieces.patched(edits, lambda text: json.dumps(text, ensure_ascii=line.isascii())[1:-1])
        return _encoded(f"{line[:start]}{changed}{line[end:]}", shape)

    def copy(self, raw: Raw, shape: Shape, columns: bool) -> bytes:
        return bytes(raw.data)


def literal(source: str) -> Pieces:
    """A JSON string, quotes included, as the text it stands for."""
    pieces = Pieces(source)
    at, end = 1, len(source) - 1
    for match in _ESCAPE.finditer(source, 1, end):
        pieces.verbatim(at, match.start())
        pieces.atomic(json.loads(f'"{match.group()}"'), *match.span())
        at = match.end()
    pieces.verbatim(at, end)
    if end == 1:
        pieces.anchor(1)
    pieces.seal()
    return pieces


def _text(raw: Raw, shape: Shape) -> str:
    try:
        return str(raw.data.decode(shape.encoding))
    except UnicodeDecodeError as error:
        raise BadRecord(Message("record.undecodable", {"byte": error.start, "encoding": shape.encoding})) from None


def _values(line: str) -> dict[str, tuple[Any, int, int]]:
    """The fields of the object in `line`: value, begin and end of its source. Of a doubled field the last counts."""
    at = 1 if line.startswith("\ufeff") else 0
    at = _skip(line, at)
    if not line.startswith("{", at):
        raise BadRecord(Message("record.not_object"))
    values: dict[str, tuple[Any, int, int]] = {}
    at = _skip(line, at + 1)
    try:
        while not line.startswith("}", at):
            if not line.startswith('"', at):
                raise ValueError
            key, at = scanstring(line, at + 1, True)
            at = _skip(line, at)
            if not line.startswith(":", at):
                raise ValueError
            start = _skip(line, at + 1)
            value, end = _DECODER.raw_decode(line, start)
            values[key] = (value, start, end)
            at = _skip(line, end)
            if line.startswith(",", at):
                at = _skip(line, at + 1)
                if line.startswith("}", at):
                    raise ValueError
            elif not line.startswith("}", at):
                raise ValueError
    except (ValueError, RecursionError):
        raise BadRecord(Message("record.not_json", {"column": at + 1})) from None
    if line[at + 1 :].strip(" \t\r\n"):
        raise BadRecord(Message("record.not_json", {"column": at + 2}))
    return values


def _skip(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return match.end() if match else at


def _with_columns(line: str, columns: Columns, unchanged: str) -> str:
    """The line with three fields before its closing brace, spaced and escaped as the line is.

    `unchanged` is the text as it stands in the line, quotes included, where the repaired text is no other.
    """
    close = line.rindex("}")
    spaced = bool(regex.match(r'\ufeff?\s*\{\s*"(?:[^"\\]|\\.)*":\s', line))
    separators = (", ", ": ") if spaced else (",", ":")
    as_we_do = bool(unchanged) and not any(escaped in unchanged for escaped in _OTHERWISE)
    ascii_only = line.isascii() or (not as_we_do and bool(_SURROGATE.search(columns.text_clean)))
    text = unchanged if as_we_do else json.dumps(columns.text_clean, ensure_ascii=ascii_only)
    added = {"ntm_findings": columns.ntm_findings, "ntm_score": columns.ntm_score}
    fields = json.dumps(added, ensure_ascii=ascii_only, separators=separators)[1:-1]
    comma, colon = separators
    return f'{line[:close].rstrip()}{comma}"text_clean"{colon}{text}{comma}{fields}{line[close:]}'


def _encoded(line: str, shape: Shape) -> bytes:
    try:
        return line.encode(shape.encoding)
    except UnicodeEncodeError:
        # A replacement that the encoding (or UTF-8, for a lone surrogate) lacks is written as JSON escapes.
        return "".join(_fitting(c, shape.encoding) for c in line).encode(shape.encoding)


def _fitting(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(character)[1:-1]
    return character


def _name(value: Any, number: int) -> str:
    if isinstance(value, str) and value:
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else str(number)
