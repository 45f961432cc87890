"""Anchors: how a decided place is found again, in the same text and in one that changed elsewhere.

Text and contexts are compared in NFC and never reach over a line break, so an inserted paragraph, other line breaks,
a decomposed copy or a removed caption leave an anchor's identity alone. What fits no single place is not guessed.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Sequence

import regex

from ntm_repair.places import Index, found_in
from ntm_repair.text import View
from ntm_repair.types import Anchor

CONTEXT = 24
"""Code points of context on either side."""
ONE_SIDE = 10
"""Code points that one context alone must have to identify a place when the other side has changed."""

LARGE, MANY = 1 << 17, 64
"""Code points of a text, and anchors in it, from which on an index of its words saves more than it costs."""

_BREAKS = "\r\n\u2028\u2029"
_SPACES = regex.compile(r"\s+")
_HEAD, _TAIL = regex.compile(r"^\s+"), regex.compile(r"\s+$")
_LINE_START = rf"(?<![^{_BREAKS}])"
_LINE_END = rf"(?![^{_BREAKS}])"


def anchor_of(view: View, start: int, end: int) -> Anchor:
    """The anchor of source span [start, end) of `view`."""
    text = view.text
    first, last = view.from_source(start), view.from_source(end)
    low, high = max(0, first - CONTEXT), min(len(text), last + CONTEXT)
    line_start = max(max(text.rfind(c, low, first) for c in _BREAKS) + 1, low)
    line_end = min((i for c in _BREAKS if (i := text.find(c, last, high)) >= 0), default=high)
    key = text[first:last], text[line_start:first], text[last:line_end]
    if key not in view.places:
        view.places[key] = _places(text, *key, _index_of(view))
    places = view.places[key]
    return Anchor(start, end, *key, bisect_left(places, (first, last)) + 1, len(places))


def fingerprint(rule: str, anchor: Anchor) -> str:
    """The identity of a finding: 16 hexadecimal digits over rule, text, contexts and occurrence, not offsets."""
    parts = (rule, " ".join(anchor.text.split()), anchor.before, anchor.after, str(anchor.occurrence))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def locate(view: View, anchor: Anchor) -> tuple[int, int] | None:
    """The source span that `anchor` means in a text other than the one it was made on; None where that is open.

    First by text and both contexts, which must occur as often as they did; else by text and one context of at least
    ten code points, which must then occur once.
    """
    places = _places(view.text, anchor.text, anchor.before, anchor.after)
    if places:
        if len(places) != anchor.total:
            return None
        return view.to_source(*places[anchor.occurrence - 1])
    near: set[tuple[int, int]] = set()
    if len(anchor.before) >= ONE_SIDE:
        near.update(_places(view.text, anchor.text, anchor.before, None))
    if len(anchor.after) >= ONE_SIDE:
        near.update(_places(view.text, anchor.text, None, anchor.after))
    return view.to_source(*near.pop()) if len(near) == 1 and anchor.total == 1 else None


def _index_of(view: View) -> Index | None:
    """That of a large view which is asked for many anchors; made once, and of no use before."""
    if view.index is None and len(view.text) >= LARGE and len(view.places) >= MANY:
        view.index = Index(view.text)
    return view.index


def _places(
    text: str, middle: str, before: str | None, after: str | None, index: Index | None = None
) -> list[tuple[int, int]]:
    """View spans of `middle` between the two contexts; None leaves a side open. White space in it matches any."""
    headless = _HEAD.sub("", middle)
    bare = _TAIL.sub("", headless)
    lead, tail = len(middle) - len(headless), len(headless) - len(bare)
    words = _SPACES.split(bare)
    needle = before or "" if lead else (before or "") + words[0]
    if not needle:
        return _places_by_pattern(text, middle, before, after)
    found: list[tuple[int, int]] = []
    for at in found_in(text, needle) if index is None else index.find(needle):
        start = at + len(before or "")
        if _begins(text, at, before):  # before the words, which may be a whole paragraph
            end = _end_of(text, start, lead, words, tail)
            if end >= 0 and _ends(text, end, after):
                found.append((start, end))
    return found


def _end_of(text: str, at: int, lead: int, words: Sequence[str], tail: int) -> int:
    """Where the words end that begin at `at`, with so much white space around and any between; -1 for not there."""
    for i, word in enumerate(words):
        space = _SPACES.match(text, at) if i else _SPACES.fullmatch(text, at, at + lead) if lead else None
        if space is None and (i or lead):
            return -1
        start = space.end() if space else at
        if (lead and not i and start != at + lead) or not text.startswith(word, start):
            return -1
        at = start + len(word)
    if tail and (len(text) < at + tail or not _SPACES.fullmatch(text, at, at + tail)):
        return -1
    return at + tail


def _begins(text: str, at: int, before: str | None) -> bool:
    """Whether a context that is shorter than it could be begins its line."""
    return before is None or len(before) >= CONTEXT or at == 0 or text[at - 1] in _BREAKS


def _ends(text: str, end: int, after: str | None) -> bool:
    """Whether the context follows, and ends its line where it is shorter than it could be."""
    if after is None:
        return True
    stop = end + len(after)
    return text.startswith(after, end) and (len(after) >= CONTEXT or stop == len(text) or text[stop] in _BREAKS)


def _places_by_pattern(text: str, middle: str, before: str | None, after: str | None) -> list[tuple[int, int]]:
    """The same for any middle; a pattern costs more to compile than most texts to search."""
    lead = "" if before is None else _edge(before, _LINE_START, at_start=True)
    tail = "" if after is None else _edge(after, _LINE_END, at_start=False)
    # White space at the edges keeps its length: what stands beside it may be white space too.
    headless = regex.sub(r"^\s+", "", middle)
    bare = regex.sub(r"\s+$", "", headless)
    words = r"\s+".join(regex.escape(w) for w in regex.split(r"\s+", bare))
    inside = rf"\s{{{len(middle) - len(headless)}}}{words}\s{{{len(headless) - len(bare)}}}"
    pattern = regex.compile(f"(?<={lead})" * bool(lead) + f"({inside})" + f"(?={tail})" * bool(tail))
    return [m.span(1) for m in pattern.finditer(text, overlapped=True)]


def _edge(context: str, boundary: str, *, at_start: bool) -> str:
    """A pattern for a context; one shorter than it could be must touch the line's edge."""
    literal = regex.escape(context)
    if len(context) >= CONTEXT:
        return literal
    return boundary + literal if at_start else literal + boundary
