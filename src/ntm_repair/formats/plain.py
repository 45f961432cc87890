"""Plain text and Markdown: the file is the article."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from ntm_repair.decoding import decode, encode
from ntm_repair.formats.base import Spans, Unit
from ntm_repair.patch import apply_edits
from ntm_repair.types import Edit

# Front matter, fenced code, code spans and link targets; a fence without its end reaches to the end, as it is shown.
_MARKDOWN_CODE = regex.compile(
    r"\A---[ \t]*\r?\n.*?\n---[ \t]*(?=\r?\n|\Z)"
    r"|^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[^\n]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`)"
    r"|(?<=\])\([^()\s]*\)",
    regex.MULTILINE | regex.DOTALL,
)


class Text:
    """`.txt`."""

    suffixes: tuple[str, ...] = (".txt",)

    def read(self, data: bytes, path: str, encoding: str | None) -> Unit:
        return Unit(decode(data, path, encoding), self)

    def write(self, unit: Unit, edits: Sequence[Edit]) -> bytes:
        return encode(apply_edits(unit.document.text, edits), unit.document.source)


class Markdown(Text):
    """`.md`: code, front matter and link targets are not prose."""

    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, data: bytes, path: str, encoding: str | None) -> Unit:
        document = decode(data, path, encoding)
        return Unit(document, self, opaque=_code(document.text))


def _code(text: str) -> Spans:
    return tuple(m.span() for m in _MARKDOWN_CODE.finditer(text))
