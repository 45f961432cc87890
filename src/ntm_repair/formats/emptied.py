"""Where an edit deletes all that an HTML element holds, the element goes with its words.

What sets a paragraph apart in plain text is a blank line, and a deleted paragraph takes it along; in a page it is the
paragraph's own two tags. They are taken only where nothing but the deleted words hangs on them: a paragraph, heading,
list item or caption whose attributes say no more than how it looks, and which holds nothing but marks of emphasis. An
anchor, a link, an image, a comment, an attribute a script may look for: any of these keeps the element, empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from ntm_repair.types import Edit

ELEMENTS = frozenset("p h1 h2 h3 h4 h5 h6 li figcaption".split())
"""Elements that go with their words. Table cells, definitions and divisions are parts of something and stay."""
EMPHASIS = frozenset("b strong i em u s small big mark span font sub sup".split())
"""Elements inside them that hold nothing by themselves."""
_LOOKS = r"(?:class|style|align|dir|lang|color|size|face)"
_ATTRIBUTES = rf"""(?:\s++{_LOOKS}\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++))*+\s*+"""
_OPEN = regex.compile(rf"<([a-z][a-z0-9]*+){_ATTRIBUTES}>", regex.IGNORECASE)
_CLOSE = regex.compile(r"</([a-z][a-z0-9]*+)\s*+>", regex.IGNORECASE)
_TAG = regex.compile(r"</?([a-z][a-z0-9]*+)(?:\s[^<>]*+)?/?>", regex.IGNORECASE)
_BREAK = regex.compile(r"<br\s*+/?>", regex.IGNORECASE)
_SPACE = " \t\r\n\f"


def with_elements(page: str, changes: Sequence[Edit], blocks: frozenset[str]) -> list[Edit]:
    """The changes of a page, by place, those that empty an element widened over it.

    `blocks` are the names of elements that set texts apart; an element is left where its neighbours would run together
    without it.
    """
    widened: list[Edit] = []
    gone: tuple[int, int] = (-1, -1)  # the last stretch of elements taken: begin and end
    i = 0
    while i < len(changes):
        element = _emptied(page, changes, i)
        before = _back(page, element.start) if element is not None else 0
        if element is not None and gone[1] >= before:
            before = _back(page, gone[0])
        if element is None or not _is_apart(page, before, _on(page, element.end), blocks):
            widened.append(changes[i])
            i += 1
            continue
        start = _with_line(page, element)
        gone = (gone[0] if gone[1] >= _back(page, element.start) else start, element.end)
        widened.append(Edit(start, element.end, "", changes[i].rule))
        i += element.changes
    return widened


@dataclass(frozen=True, slots=True)
class _Element:
    """An element whose text is deleted whole, and by how many changes."""

    start: int
    end: int
    changes: int


def _emptied(page: str, changes: Sequence[Edit], first: int) -> _Element | None:
    """The element that the changes from `first` on empty; None where there is none, or one that has to stay."""
    if changes[first].replacement:
        return None
    opened = _opening(page, changes[first].start)
    closed = _closing(page, changes, first) if opened is not None else None
    if opened is None or closed is None:
        return None
    start, name, inside = opened
    end, closing, after, count = closed
    if name != closing or name not in ELEMENTS or not _balanced(page, inside, after, changes[first : first + count]):
        return None
    return _Element(start, end, count)


def _opening(page: str, at: int) -> tuple[int, str, int] | None:
    """The tag of the element that begins with what stands at `at`: its offset, its name, where its content begins."""
    while True:
        at = _back(page, at)
        tag = page.rfind("<", 0, at)
        if at == 0 or page[at - 1] != ">" or tag < 0:
            return None
        if (found := _OPEN.fullmatch(page, tag, at)) is None:
            return None
        name = found[1].lower()
        if name not in EMPHASIS:
            return tag, name, at
        at = tag


def _closing(page: str, changes: Sequence[Edit], first: int) -> tuple[int, str, int, int] | None:
    """The tag that ends the element: where it ends, its name, where its content ends, how many changes are inside."""
    at, count = changes[first].end, 1
    while True:
        if first + count < len(changes) and changes[first + count].start == at:
            if changes[first + count].replacement:
                return None
            at = changes[first + count].end
            count += 1
            continue
        at = _on(page, at)
        close = _CLOSE.match(page, at)
        if close is not None and close[1].lower() not in EMPHASIS:
            return close.end(), close[1].lower(), at, count
        inner = close or _BREAK.match(page, at) or _OPEN.match(page, at)
        if inner is None or (inner.re is _OPEN and inner[1].lower() not in EMPHASIS):
            return None
        at = inner.end()


def _balanced(page: str, start: int, end: int, changes: Sequence[Edit]) -> bool:
    """Whether the marks of emphasis that the deleted words leave between two offsets close what they open."""
    still_open: list[str] = []
    bounds = [start, *(b for change in changes for b in (change.start, change.end)), end]
    for begin, stop in zip(bounds[::2], bounds[1::2], strict=True):
        at = begin
        while (at := page.find("<", at, stop)) >= 0:
            if (opened := _OPEN.match(page, at, stop)) is not None and _BREAK.match(page, at, stop) is None:
                still_open.append(opened[1].lower())
            elif (
                (closed := _CLOSE.match(page, at, stop)) is not None  # an element that closes what is not open
                and (not still_open or still_open.pop() != closed[1].lower())
            ):
                return False
            at += 1
    return not still_open


def _is_apart(page: str, before: int, after: int, blocks: frozenset[str]) -> bool:
    """Whether a block begins or ends at one of the two offsets, and no comment of some editor stands there."""
    if page.endswith("-->", 0, before) or page.startswith("<!--", after):
        return False
    left = page.rfind("<", 0, before)
    tags = [_TAG.fullmatch(page, left, before) if left >= 0 else None, _TAG.match(page, after)]
    return any(tag is not None and tag[1].lower() in blocks for tag in tags)


def _with_line(page: str, element: _Element) -> int:
    """Where the element starts, with the line break and indent before it where it has lines of the page to itself."""
    before, after = element.start, element.end
    while before and page[before - 1] in " \t":
        before -= 1
    while page[after : after + 1] in (" ", "\t"):
        after += 1
    if before and page[before - 1] == "\n" and page[after : after + 1] in ("", "\r", "\n"):
        return before - 1 - page.endswith("\r\n", 0, before)
    return element.start


def _back(page: str, at: int) -> int:
    while at and page[at - 1] in _SPACE:
        at -= 1
    return at


def _on(page: str, at: int) -> int:
    while at < len(page) and page[at] in _SPACE:
        at += 1
    return at
