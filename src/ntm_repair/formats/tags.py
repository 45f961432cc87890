"""HTML cut into tags and text by offsets: no tree, no recursion, one pass, whatever the page looks like.

The standard library's parser gives no reliable end offsets and has had quadratic cases on broken pages; trees lose the
bytes. What is needed here is small: where text is, and which element it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Literal

import regex

_NAME = regex.compile(r"[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = regex.compile(
    r"""[\s/]*+(?P<name>[^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"']++)))?+"""
)
RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"})
"""Elements whose content holds no tags."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute's value and where it stands between its quotes; start is -1 where it has none."""

    value: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Token:
    """A tag or a stretch of text between tags. Offsets are code points of the page."""

    kind: Literal["open", "close", "text"]
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, Attribute] | None = None


def tokens(page: str) -> Iterator[Token]:
    """The tags and texts of a page in order; comments, declarations and the content of raw elements are left out."""
    at = text = 0
    while (mark := page.find("<", at)) >= 0:
        token, end = _markup(page, mark)
        if end < 0:
            at = mark + 1  # a "<" that opens nothing is text
            continue
        if mark > text:
            yield Token("text", text, mark)
        if token is not None:
            yield token
        at = text = end
        if token is not None and token.kind == "open" and token.name in RAW:
            at = text = _raw_end(page, token.name, end)
    if text < len(page):
        yield Token("text", text, len(page))


def _markup(page: str, mark: int) -> tuple[Token | None, int]:
    """The tag at `mark` and where it ends; None for a comment or declaration, an end of -1 where there is no tag."""
    if page.startswith("<!--", mark):
        return None, _after(page, "-->", mark + 4)
    following = page[mark + 1 : mark + 2]
    if following in ("!", "?"):
        return None, _after(page, ">", mark)
    closing = following == "/"
    name = _NAME.match(page, mark + 1 + closing)
    if name is None:
        return None, (_after(page, ">", mark) if closing else -1)
    attributes: dict[str, Attribute] = {}
    at = name.end()
    while (found := _ATTRIBUTE.match(page, at)) is not None:
        attributes.setdefault(found["name"].lower(), _value(found))
        at = found.end()
    end = _after(page, ">", at)
    return Token("close" if closing else "open", mark, end, name.group().lower(), attributes), end


def _value(found: regex.Match[str]) -> Attribute:
    for group in ("double", "single", "bare"):
        if found[group] is not None:
            return Attribute(unescape(found[group]), *(found.span(group) if group != "bare" else (-1, -1)))
    return Attribute("")


def _after(page: str, what: str, at: int) -> int:
    end = page.find(what, at)
    return len(page) if end < 0 else end + len(what)


def _raw_end(page: str, name: str, at: int) -> int:
    close = regex.compile(rf"</{name}(?=[\s/>])", regex.IGNORECASE).search(page, at)
    return close.start() if close else len(page)
