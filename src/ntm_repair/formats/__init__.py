"""The formats by file ending: which there are, and reading an article through the right one."""

from __future__ import annotations

from ntm_repair.errors import UnreadableError
from ntm_repair.formats.base import MAX_ARTICLE, ArticleFormat, Fields, RecordFormat, Unit
from ntm_repair.formats.docx import Docx
from ntm_repair.formats.html import Html
from ntm_repair.formats.jsonl import Jsonl
from ntm_repair.formats.parquet import Parquet
from ntm_repair.formats.plain import Markdown, Text
from ntm_repair.formats.table import Table
from ntm_repair.types import Message

ARTICLES: tuple[ArticleFormat, ...] = (Text(), Markdown(), Html(), Docx())
"""One article a file; a file with no ending of these is read as the first."""
RECORDS: tuple[RecordFormat, ...] = (Jsonl(), Table(), Parquet())
"""Many articles a file."""
SUFFIXES: tuple[str, ...] = tuple(s for some in (ARTICLES, RECORDS) for f in some for s in f.suffixes)


def article_format(path: str) -> ArticleFormat:
    """The format of an article file, by its ending; plain text where that says nothing."""
    return next((f for f in ARTICLES if path.lower().endswith(f.suffixes)), ARTICLES[0])


def record_format(path: str) -> RecordFormat | None:
    """The format of a file of records, by its ending; None where it is an article."""
    return next((f for f in RECORDS if path.lower().endswith(f.suffixes)), None)


def record_format_named(name: str) -> RecordFormat:
    """The record format a `Shape` names."""
    return next(f for f in RECORDS if f.name == name)


def read_article(data: bytes, path: str, encoding: str | None = None) -> Unit:
    """The article in `data`. Raises UnreadableError or UsageError."""
    if len(data) > MAX_ARTICLE:
        raise UnreadableError(Message("error.too_large", {"path": path, "limit": MAX_ARTICLE // 2**20}))
    return article_format(path).read(data, path, encoding)


__all__ = ["ARTICLES", "RECORDS", "SUFFIXES", "Fields", "Unit", "article_format", "read_article", "record_format"]
