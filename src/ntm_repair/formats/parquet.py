"""Parquet: columns, types and row order are kept; the text column is repaired, or columns are added. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ntm_repair.decoding import sha256
from ntm_repair.errors import UnreadableError, UsageError
from ntm_repair.formats.base import (
    BLOCK,
    COLUMNS,
    MAX_RECORD,
    BadRecord,
    Block,
    Columns,
    Fields,
    Raw,
    Record,
    RecordSink,
    RecordSource,
    Shape,
)
from ntm_repair.patch import apply_edits
from ntm_repair.types import Document, Edit, Message, Source

_ROWS = 64
"""Rows a block; about `BLOCK` bytes of articles."""


class Parquet:
    """`.parquet`."""

    name = "parquet"
    suffixes: tuple[str, ...] = (".parquet",)

    def source(self, path: Path, fields: Fields, encoding: str | None) -> RecordSource:
        return _ParquetSource(path, fields)

    def sink(self, path: Path, source: RecordSource, columns: bool) -> RecordSink:
        assert isinstance(source, _ParquetSource)
        return _ParquetSink(path, source, columns)

    def parse(self, raw: Raw, shape: Shape) -> Record:
        text, name = raw.data
        if text is None:
            raise BadRecord(Message("record.not_text", {"field": shape.fields.text}))
        if len(text) > MAX_RECORD:
            raise BadRecord(Message("record.too_long", {"limit": MAX_RECORD // 2**20}))
        record_id = str(name) if isinstance(name, str | int) and name != "" else str(raw.number)
        source = Source(shape.path, sha256(text.encode()), "utf-8", b"", "\n" if "\n" in text else "", record_id)
        return Record(Document(text, source), raw)

    def write(self, record: Record, shape: Shape, edits: Sequence[Edit], columns: Columns | None) -> Any:
        text = record.document.text
        if columns is not None:
            return text, (columns.text_clean, list(columns.ntm_findings), columns.ntm_score)
        return apply_edits(text, edits), None

    def copy(self, raw: Raw, shape: Shape, columns: bool) -> Any:
        return raw.data[0], (None, None, None)


class _ParquetSource:
    def __init__(self, path: Path, fields: Fields) -> None:
        pa, pq = _arrow()
        try:
            self.file = pq.ParquetFile(path, memory_map=False)
        except (pa.ArrowException, OSError) as error:
            raise _damaged(path, error) from None
        names = tuple(self.file.schema_arrow.names)
        if fields.text not in names:
            values = {"path": str(path), "field": fields.text, "fields": ", ".join(names)[:500]}
            raise UnreadableError(Message("error.no_column", values))
        kind = self.file.schema_arrow.field(fields.text).type
        values_in = kind.value_type if pa.types.is_dictionary(kind) else kind  # pandas writes categories so
        if not (pa.types.is_string(values_in) or pa.types.is_large_string(values_in)):
            raise UnreadableError(Message("error.column_type", {"path": str(path), "field": fields.text}))
        self.path = path
        self.schema = self.file.schema_arrow
        groups = self.file.num_row_groups
        self.codec = self.file.metadata.row_group(0).column(0).compression if groups else "SNAPPY"
        self.shape = Shape("parquet", str(path), fields, columns=names)

    def blocks(self) -> Iterator[Block]:
        pa, _ = _arrow()
        number = 0
        fields = self.shape.fields
        try:
            for batch in self.file.iter_batches(batch_size=_ROWS):
                texts = batch.column(fields.text).to_pylist()
                named = fields.id in self.shape.columns
                names = batch.column(fields.id).to_pylist() if named else [None] * len(texts)
                pairs = zip(texts, names, strict=True)
                raws = tuple(Raw(number + i, pair) for i, pair in enumerate(pairs, 1))
                number += len(texts)
                yield Block(raws, batch, number / max(1, self.file.metadata.num_rows))
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise _damaged(self.path, error) from None

    def close(self) -> None:
        self.file.close()


class _ParquetSink:
    """Row groups of about as many bytes as pyarrow's reader is happy with, written as they fill."""

    _GROUP = 64 * BLOCK

    def __init__(self, path: Path, source: _ParquetSource, columns: bool) -> None:
        pa, pq = _arrow()
        self._columns = columns
        self._text = source.shape.fields.text
        schema = source.schema
        if columns:
            taken = next((n for n in COLUMNS if n in schema.names), None)
            if taken is not None:
                raise UnreadableError(Message("error.column", {"path": source.shape.path, "field": taken}))
            for name, kind in zip(COLUMNS, (pa.string(), findings_type(), pa.float64()), strict=True):
                schema = schema.append(pa.field(name, kind))
        self._schema = schema
        codec = source.codec
        self._writer = pq.ParquetWriter(path, schema, compression="NONE" if codec == "UNCOMPRESSED" else codec)
        self._waiting: list[Any] = []
        self._size = 0

    def write(self, block: Block, records: Sequence[Any]) -> None:
        pa, _ = _arrow()
        batch = block.carry
        arrays = dict(zip(batch.schema.names, batch.columns, strict=True))
        arrays[self._text] = pa.array([text for text, _ in records], arrays[self._text].type)
        if self._columns:
            for i, name in enumerate(COLUMNS):
                arrays[name] = pa.array([added[i] for _, added in records], self._schema.field(name).type)
        made = pa.RecordBatch.from_arrays([arrays[n] for n in self._schema.names], schema=self._schema)
        self._waiting.append(made)
        self._size += made.nbytes
        if self._size >= self._GROUP:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            pa, _ = _arrow()
            table = pa.Table.from_batches(self._waiting, schema=self._schema)
            self._writer.write_table(table, row_group_size=max(1, table.num_rows))
        self._waiting, self._size = [], 0


def findings_type() -> Any:
    """The Arrow type of `ntm_findings`: one struct a finding."""
    pa, _ = _arrow()
    return pa.list_(
        pa.struct(
            [
                ("rule", pa.string()),
                ("start", pa.int64()),
                ("end", pa.int64()),
                ("text", pa.string()),
                ("confidence", pa.float64()),
                ("applicability", pa.string()),
                ("suggestion", pa.string()),
                ("fingerprint", pa.string()),
            ]
        )
    )


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError(Message("error.extra", {"package": "pyarrow", "extra": "parquet"})) from None
    return pyarrow, pyarrow.parquet


def _damaged(path: Path, error: BaseException) -> UnreadableError:
    reason = " ".join(str(error).split())[:200]
    return UnreadableError(Message("error.damaged", {"path": str(path), "reason": reason}))
