"""Word documents: the text of the runs in `word/document.xml`; styles, images and every other part stay as they are.

Deleted text of tracked changes, field codes and the fallback copies of text boxes are not part of the article.
"""

from __future__ import annotations

import copy
import io
import zipfile
import zlib
from collections.abc import Sequence
from html import unescape
from xml.parsers import expat

import regex

from ntm_repair.decoding import sha256
from ntm_repair.errors import UnreadableError
from ntm_repair.formats.base import Unit
from ntm_repair.formats.emptied_word import with_paragraphs
from ntm_repair.formats.pieces import Pieces
from ntm_repair.patch import apply_edits
from ntm_repair.types import Document, Edit, Message, Source

PART = "word/document.xml"
MAX_PART = 64 * 2**20
"""The largest text part unpacked, in bytes; a thousand pages of Word have a tenth of it."""
MAX_TOTAL = 2**30
"""The most bytes that all parts together may unpack to when the file is written anew."""
_ENTITY = regex.compile(r"&(?:#\d++|#[xX][0-9a-fA-F]++|[A-Za-z]++);|\r\n?")
_RUN_END = regex.compile(r"<(?P<tag>[\w.-]*:?t)(?P<attributes>(?:\s[^<>]*)?)>\Z")


class Docx:
    """`.docx`."""

    suffixes: tuple[str, ...] = (".docx",)

    def read(self, data: bytes, path: str, encoding: str | None) -> Unit:
        xml = _part(data, path)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise UnreadableError(Message("error.docx", {"path": path}))
        try:
            source = xml.decode("utf-8")
            reader = _Reader(xml, source)
        except (UnicodeDecodeError, expat.ExpatError, RecursionError):
            raise UnreadableError(Message("error.docx", {"path": path})) from None
        text = reader.pieces.seal()
        if not text.strip():
            raise UnreadableError(Message("error.no_text", {"path": path}))
        document = Document(text, Source(path, sha256(data), "utf-8", b"", "\n" if "\n" in text else ""))
        return Unit(document, self, reader.pieces, tuple(reader.fragile), container=data)

    def write(self, unit: Unit, edits: Sequence[Edit]) -> bytes:
        pieces = unit.pieces
        assert pieces is not None
        changes = pieces.source_edits(edits, _escaped)
        if not changes:
            return unit.container
        changes = with_paragraphs(pieces.source, changes)
        return _repacked(unit.container, apply_edits(pieces.source, [*changes, *_preserved(pieces.source, changes)]))


def _part(data: bytes, path: str) -> bytes:
    """The text part, unpacked no further than is allowed, whatever the archive says of its size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(PART) as part:
            xml = part.read(MAX_PART + 1)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise UnreadableError(Message("error.docx", {"path": path})) from None
    if len(xml) > MAX_PART:
        raise UnreadableError(Message("error.too_large", {"path": path, "limit": MAX_PART // 2**20}))
    return xml


def _repacked(container: bytes, xml: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(container)) as archive, zipfile.ZipFile(out, "w") as written:
        if sum(i.file_size for i in archive.infolist()) > MAX_TOTAL:
            raise UnreadableError(Message("error.too_large", {"path": PART, "limit": MAX_TOTAL // 2**20}))
        written.comment = archive.comment
        for info in archive.infolist():
            content = xml.encode("utf-8") if info.filename == PART else archive.read(info)
            written.writestr(copy.copy(info), content, compress_type=info.compress_type)
    return out.getvalue()


def _preserved(source: str, changes: Sequence[Edit]) -> list[Edit]:
    """`xml:space="preserve"` for runs that an edit leaves with white space at an end, which Word would drop."""
    runs: dict[int, tuple[int, list[Edit]]] = {}
    for change in changes:
        start = source.rfind(">", 0, change.start) + 1
        runs.setdefault(start, (source.find("<", change.end), []))[1].append(change)
    added: list[Edit] = []
    for start, (end, inside) in runs.items():
        shifted = [Edit(e.start - start, e.end - start, e.replacement) for e in inside]
        content = apply_edits(source[start:end], shifted)
        tag = _RUN_END.search(source, max(0, source.rfind("<", 0, start)), start)
        if content != content.strip() and tag is not None and "xml:space" not in tag["attributes"]:
            added.append(Edit(start - 1, start - 1, ' xml:space="preserve"'))
    return added


class _Reader:
    """Events of the XML parser to pieces. Paragraphs can nest (text boxes); the inner one is written first."""

    def __init__(self, xml: bytes, source: str) -> None:
        self.pieces = Pieces(source)
        self.fragile: list[tuple[int, int]] = []
        self._xml = xml
        self._paragraphs: list[list[tuple[str, int, int]]] = []
        self._text_from = -1
        self._skipped = self._cells = 0
        self._byte = self._char = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(xml, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "Fallback":
            self._skipped += 1
        elif name == "tc":
            self._cells += 1
        elif name == "p" and tag.startswith("w"):
            self._paragraphs.append([])
        elif self._skipped or not self._paragraphs:
            return
        elif name == "t" and tag.startswith("w"):
            at = self._xml.index(b">", self._parser.CurrentByteIndex)
            self._text_from = -1 if self._xml[at - 1] == ord("/") else at + 1
        elif name in ("tab", "br", "cr") and tag.startswith("w"):
            self._paragraphs[-1].append(("\t" if name == "tab" else "\n", -1, -1))

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "Fallback":
            self._skipped -= 1
        elif name == "tc":
            self._cells -= 1
        elif name == "t" and self._text_from >= 0 and self._paragraphs:
            self._paragraphs[-1].append(("", self._text_from, self._parser.CurrentByteIndex))
            self._text_from = -1
        elif name == "p" and tag.startswith("w") and self._paragraphs:
            self._paragraph(self._paragraphs.pop())

    def _paragraph(self, runs: list[tuple[str, int, int]]) -> None:
        if not any(start >= 0 for _, start, _ in runs):
            return
        if self.pieces.length:
            self.pieces.separator("\n\n")
        before = self.pieces.length
        for text, start, end in runs:
            if start < 0:
                self.pieces.separator(text)
            else:
                self._run(self._code_point(start), self._code_point(end))
        if self._cells:
            self.fragile.append((before, self.pieces.length))

    def _run(self, start: int, end: int) -> None:
        at = start
        for match in _ENTITY.finditer(self.pieces.source, start, end):
            self.pieces.verbatim(at, match.start())
            raw, at = match.group(), match.end()
            self.pieces.atomic("\n" if raw[0] == "\r" else unescape(raw), *match.span())
        self.pieces.verbatim(at, end)

    def _code_point(self, byte: int) -> int:
        """Offsets come nearly sorted: count on, or back, from the last one."""
        if byte < self._byte:
            self._char -= len(self._xml[byte : self._byte].decode("utf-8"))
        else:
            self._char += len(self._xml[self._byte : byte].decode("utf-8"))
        self._byte = byte
        return self._char


def _escaped(text: str) -> str:
    """Text as XML has it. `xml.sax.saxutils` does the same and brings an HTTP client along."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
