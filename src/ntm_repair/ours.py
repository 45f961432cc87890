"""Files the program wrote itself, which are no articles: reports, decision logs, tables of decisions, lexicons.

They lie among the articles because that is where people save them; a folder search must not read them as articles.
Each is known by how it begins (a Parquet file: by how it ends), never by its name alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from ntm_repair.layers import HEADERS

GENERATOR = '<meta name="generator" content="ntm-repair">'
"""In the head of the pages: the report and the review by e-mail."""
PARQUET_MARK = "ntm-repair.report"
"""A key of the metadata of a report in Parquet."""
DECISION_COLUMNS = (
    "number", "at", "by", "state", "action", "scope", "rule", "before", "text", "after",
    "replacement", "suggested_by", "note", "source_name", "record",
)  # fmt: skip
"""Of a decision log as a table."""
_LOOKED_AT = 1 << 12
"""Bytes at the beginning of a file, or at its end, that tell."""

_TEXT = re.compile(
    rb"^  \d+:\d+  NTM\d{3} [a-z-]+  [^\n]+\n      |^::(?:warning|notice) file=[^\n]*,title=NTM\d{3} ", re.M
)
_ROW = re.compile(
    rb'\{"path": "(?:[^"\\]|\\.)*", "id": "(?:[^"\\]|\\.)*", "line": (?:null|\d+), '
    rb'"sha256": "[0-9a-f]{64}", "words": \d'
)
_LOG = re.compile(rb'\{"format": \d+, "number": 1, "at": "')


def _is_page(head: bytes) -> bool:
    return GENERATOR.encode() in head


def _is_lexicon(head: bytes) -> bool:
    lines = head.decode("utf-8-sig", "replace").splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    return tuple(first.split("\t")) in HEADERS.values()


def _is_table(head: bytes) -> bool:
    return head.startswith(",".join(DECISION_COLUMNS).encode("utf-8-sig"))


_KNOWN_BY: dict[str, Callable[[bytes], object]] = {
    ".txt": _TEXT.search,
    ".html": _is_page,
    ".htm": _is_page,
    ".jsonl": lambda head: _ROW.match(head) or _LOG.match(head),
    ".tsv": _is_lexicon,
    ".csv": _is_table,
    ".parquet": lambda end: PARQUET_MARK.encode() in end,
}


def is_ours(path: Path) -> bool:
    """Whether the program wrote a file that is no article; no for one that cannot be read."""
    known_by = _KNOWN_BY.get(path.suffix.lower())
    try:
        if known_by is None or not path.is_file():
            return False
        with path.open("rb") as file:
            if path.suffix.lower() == ".parquet":
                file.seek(max(0, os.fstat(file.fileno()).st_size - 4 * _LOOKED_AT))
                return bool(known_by(file.read()))
            return bool(known_by(file.read(_LOOKED_AT)))
    except OSError:
        return False
