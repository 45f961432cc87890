"""`scan --format jsonl|parquet`: one row an article, for those who filter corpora."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ntm_repair.errors import UsageError
from ntm_repair.messages import Language
from ntm_repair.ours import PARQUET_MARK
from ntm_repair.pipeline import Scanned
from ntm_repair.report import json as report
from ntm_repair.types import Message


def row(scanned: Scanned, line: int, language: Language) -> dict[str, Any]:
    """An article: where it is, how long, how damaged, and every finding as `--format json` has it."""
    document = report.document(scanned, language)
    source = scanned.document.source
    return {
        "path": source.path,
        "id": source.id,
        "line": line or None,
        "sha256": source.sha256,
        "words": scanned.article.words,
        "score": scanned.score,
        "findings": document["findings"],
    }


def text(value: Mapping[str, Any]) -> str:
    """A record as one line of JSON; with escapes only where a lone surrogate makes plain text impossible."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value)
    return line


class ParquetRows:
    """Rows into a Parquet file, a row group a thousand articles. Needs pyarrow."""

    _GROUP = 1000

    def __init__(self, path: Path) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError:
            raise UsageError(Message("error.extra", {"package": "pyarrow", "extra": "parquet"})) from None
        finding = pa.struct(
            [
                ("fingerprint", pa.string()),
                ("rule", pa.string()),
                ("applicability", pa.string()),
                ("confidence", pa.float64()),
                ("start", pa.int64()),
                ("end", pa.int64()),
                ("text", pa.string()),
                ("message", pa.string()),
                ("suggestions", pa.list_(pa.string())),
            ]
        )
        self._schema = pa.schema(
            [
                ("path", pa.string()),
                ("id", pa.string()),
                ("line", pa.int64()),
                ("sha256", pa.string()),
                ("words", pa.int64()),
                ("score", pa.float64()),
                ("findings", pa.list_(finding)),
            ],
            metadata={PARQUET_MARK: str(report.SCHEMA_VERSION)},
        )
        self._table = pa.Table
        self._writer = pq.ParquetWriter(path, self._schema)
        self._rows: list[dict[str, Any]] = []

    def add(self, value: Mapping[str, Any]) -> None:
        """Add a row made by `row`."""
        names = self._schema.field("findings").type.value_type
        findings = [
            {n.name: f[n.name] for n in names if n.name != "suggestions"}
            | {"suggestions": [s["replacement"] for s in f["suggestions"]]}
            for f in value["findings"]
        ]
        self._rows.append(_sound({**value, "findings": findings}))
        if len(self._rows) >= self._GROUP:
            self._flush()

    def close(self) -> None:
        """Write what waits and make the file whole."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


def _sound(value: Any) -> Any:
    """`value` without lone surrogates, which no Parquet string can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {k: _sound(v) for k, v in value.items()}
    return [_sound(v) for v in value] if isinstance(value, list) else value
