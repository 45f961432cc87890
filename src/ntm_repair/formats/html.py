"""HTML: the text nodes of the page's body; tags, attributes, entities and white space stay as they are written.

What the article's rules see is the text as a browser lays it out: blocks set apart by a blank line, white space
collapsed. An `alt` or `title` that says the same as the block beside it is shown below that block, where it can be
recognised as a caption printed twice; it is never emptied unasked.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from html import escape, unescape

import regex

from ntm_repair.decoding import decode, encode
from ntm_repair.errors import UnreadableError, UsageError
from ntm_repair.formats.base import Unit
from ntm_repair.formats.emptied import with_elements
from ntm_repair.formats.pieces import Pieces
from ntm_repair.formats.tags import Attribute, Token, tokens
from ntm_repair.patch import apply_edits
from ntm_repair.types import Document, Edit, Message, Source

_BLOCKS = frozenset(
    (
        "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset"
        " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p"
        " pre search section select summary table tbody td tfoot th thead tr ul"
    ).split()
)
_SKIPPED = frozenset("head template svg math object audio video canvas select datalist".split())
"""Elements whose text is no part of the article."""
_FRAGILE = frozenset("table nav ul ol dl menu header footer aside form button".split())
"""Elements in which short texts repeat with good reason."""
_OPAQUE = frozenset("code kbd samp var tt".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_TOKEN = regex.compile(r"&(?:#[0-9]++|#[xX][0-9a-fA-F]++|[A-Za-z][A-Za-z0-9]*+);?|[ \t\r\n\f]++")
_CHARSET = regex.compile(rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", regex.IGNORECASE)
_SNIFFED = 4096
"""Bytes at the beginning of a page that are searched for its declared encoding; browsers look at 1024."""


BLOCKS = _BLOCKS - _SKIPPED
"""Elements whose tags set the texts before and after apart."""


class Html:
    """`.html`, `.htm`, `.xhtml`."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def read(self, data: bytes, path: str, encoding: str | None) -> Unit:
        page = _decoded(data, path, encoding)
        reader = _Reader(page.text)
        for token in tokens(page.text):
            reader.take(token)
        text = reader.finish()
        if not text.strip():
            raise UnreadableError(Message("error.no_text", {"path": path}))
        s = page.source
        document = Document(text, Source(s.path, s.sha256, s.encoding, s.bom, "\n" if "\n" in text else ""))
        return Unit(document, self, reader.pieces, tuple(reader.fragile), tuple(reader.opaque))

    def write(self, unit: Unit, edits: Sequence[Edit]) -> bytes:
        pieces = unit.pieces
        assert pieces is not None
        encoding = unit.document.source.encoding
        changes = [
            replace(change, replacement=_written(change, pieces.source, encoding))
            for change in pieces.source_edits(edits, str)
        ]
        changes = with_elements(pieces.source, changes, BLOCKS)
        return encode(apply_edits(pieces.source, changes), unit.document.source)


def _written(change: Edit, page: str, encoding: str) -> str:
    """The replacement as the page would write it; a letter its encoding lacks becomes a character reference."""
    in_tag = page.rfind("<", 0, change.start) > page.rfind(">", 0, change.start)
    return escape(change.replacement, quote=in_tag).encode(encoding, "xmlcharrefreplace").decode(encoding)


def _decoded(data: bytes, path: str, encoding: str | None) -> Document:
    """The page as text: what it is asked to be, else UTF-8, else what it declares, else a guess that reads well."""
    if encoding is None and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        declared = _CHARSET.search(data, 0, _SNIFFED)
        for name in ("utf-8", declared[1].decode("ascii") if declared else ""):
            with contextlib.suppress(UnreadableError, UsageError):
                return decode(data, path, name)
    return decode(data, path, encoding)


class _Reader:
    """Tokens to pieces. Element nesting is counted, not kept, so depth costs nothing."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.pieces = Pieces(page)
        self.fragile: list[tuple[int, int]] = []
        self.opaque: list[tuple[int, int]] = []
        self._open: dict[str, int] = dict.fromkeys((*_SKIPPED, *_FRAGILE, *_OPAQUE, "pre"), 0)
        self._foreign: tuple[str, int] | None = None
        self._gap = ""  # what separates the next text from the last
        self._space: tuple[int, int] | None = None  # white space that counts only if text follows
        self._block: list[str] = []  # the text of the block being read
        self._last_block = ""
        self._waiting: list[Attribute] = []  # alt and title texts that may repeat a neighbour

    def take(self, token: Token) -> None:
        if token.kind == "text":
            if not self._inside(_SKIPPED):
                self._text(token.start, token.end)
            return
        self._count(token)
        if self._inside(_SKIPPED):
            return
        if token.name in _BLOCKS:
            self._break("\n\n")
        elif token.name == "br":
            self._break("\n")
        attributes = token.attributes or {}
        if token.kind == "open":
            names = ("alt", "title") if token.name in ("img", "figure", "picture") else ()
            self._waiting += (attributes[n] for n in names if n in attributes and attributes[n].start >= 0)

    def finish(self) -> str:
        """The text of the page."""
        self._break("\n\n")
        return self.pieces.seal()

    def _inside(self, names: frozenset[str]) -> bool:
        return any(self._open[name] for name in names)

    def _count(self, token: Token) -> None:
        name, step = token.name, 1 if token.kind == "open" else -1
        if self.page.startswith("/>", token.end - 2) and name in ("svg", "math"):
            return
        if name in self._open:
            self._open[name] = max(0, self._open[name] + step)
        if name == "body" or name in _BLOCKS:
            self._open["head"] = 0  # a head that was never closed
        if self._foreign is not None and name == self._foreign[0]:
            depth = self._foreign[1] + step
            self._foreign = (name, depth) if depth else None
        elif self._foreign is None and step == 1 and name not in _VOID and name not in ("html", "body"):
            attributes = token.attributes or {}
            language = attributes["lang"].value if "lang" in attributes else ""
            kept = "translate" in attributes and attributes["translate"].value.lower() == "no"
            if kept or (language and not language.lower().startswith("vi")):
                self._foreign = (name, 1)

    def _break(self, gap: str) -> None:
        self._space = None
        if len(gap) > len(self._gap):
            self._gap = gap
        if gap == "\n\n" and self._block:
            block, self._block = " ".join("".join(self._block).split()), []
            repeats = [a for a in self._waiting if " ".join(a.value.split()) in (block, self._last_block)]
            self._last_block = block
            self._waiting = []
            for attribute in repeats[:1]:
                self._attribute(attribute)

    def _attribute(self, attribute: Attribute) -> None:
        start = self._separate()
        self._run(attribute.start, attribute.end, preformatted=False)
        self._space = None
        self.fragile.append((start, self.pieces.length))
        self._gap, self._block = "\n\n", []

    def _separate(self) -> int:
        """Write the gap due before the next text; where that text starts."""
        if self.pieces.length:
            self.pieces.separator(self._gap)
        self._gap = ""
        return self.pieces.length

    def _text(self, start: int, end: int) -> None:
        before = self.pieces.length
        self._run(start, end, preformatted=self._open["pre"] > 0)
        if self.pieces.length == before:
            return
        if self._inside(_FRAGILE):
            _extend(self.fragile, before, self.pieces.length)
        if self._foreign is not None or self._inside(_OPAQUE):
            _extend(self.opaque, before, self.pieces.length)

    def _run(self, start: int, end: int, preformatted: bool) -> None:
        at = start
        for match in _TOKEN.finditer(self.page, start, end):
            if match.start() > at:
                self._write(at, match.start(), self.page[at : match.start()])
            raw, at = match.group(), match.end()
            if raw[0] == "&":
                self._write(*match.span(), unescape(raw))
            elif preformatted:
                self._write(*match.span(), raw)
            else:
                self._space = self._space or match.span()
        if at < end:
            self._write(at, end, self.page[at:end])

    def _write(self, start: int, end: int, text: str) -> None:
        if self._gap:
            self._separate()
        elif self._space is not None and self.pieces.length:
            self.pieces.atomic(" ", *self._space)
            self._block.append(" ")
        self._space = None
        self._block.append(text)
        if text == self.page[start:end]:
            self.pieces.verbatim(start, end)
        else:
            self.pieces.atomic(text, start, end)


def _extend(spans: list[tuple[int, int]], start: int, end: int) -> None:
    if spans and start == spans[-1][1]:
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))
