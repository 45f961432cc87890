"""Styled fragments broken into lines of a width in terminal columns; no terminal in sight."""

from __future__ import annotations

from collections.abc import Iterable

Fragment = tuple[str, str]
"""Style class and text."""
Line = list[Fragment]


def width_of(text: str) -> int:
    """Terminal columns that `text` takes: marks take none, wide letters two."""
    from prompt_toolkit.utils import get_cwidth

    return get_cwidth(text)


def wrap(fragments: Iterable[Fragment], width: int, indent: str, first: str | None = None) -> list[Line]:
    """Fragments as lines of at most `width` columns, broken at spaces where they can be.

    Every line begins with `indent`, the first one with `first` where it is given.
    """
    opening = indent if first is None else first
    lines: list[Line] = [[("", opening)]]
    used = least = width_of(opening)
    for style, text in fragments:
        for piece in _pieces(text, width - width_of(indent)):
            if used + width_of(piece.rstrip()) > width and used > least:
                lines.append([("", indent)])
                used = least = width_of(indent)
                piece = piece.lstrip()
            lines[-1].append((style, piece))
            used += width_of(piece)
    return lines


def _pieces(text: str, full: int) -> list[str]:
    """Words with the space after them; a word longer than a line is cut."""
    pieces: list[str] = []
    for word in text.replace(" ", " \0").split("\0"):
        while width_of(word) > full > 0:
            at = full
            while at > 1 and width_of(word[:at]) > full:
                at -= 1
            pieces.append(word[:at])
            word = word[at:]
        pieces.append(word)
    return pieces


def fit(text: str, width: int) -> str:
    """`text` in at most `width` columns, cut with an ellipsis, filled up with spaces."""
    if width_of(text) > width:
        while text and width_of(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * max(0, width - width_of(text))
