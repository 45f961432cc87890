"""A text taken out of markup, with the way back: which stretch of the source each stretch of the text came from.

HTML, Word, JSON strings and quoted CSV cells all hide a text behind escapes and tags. Edits are made on the text; what
is written is the source with only the stretches behind those edits replaced, so nothing is ever re-serialised.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from ntm_repair.patch import apply_edits, in_order
from ntm_repair.types import Edit

Escape = Callable[[str], str]


class Pieces:
    """`text` as read out of `source`. Offsets are code points of either.

    A *verbatim* piece maps code point by code point. An *atomic* one (an entity, an escape, a run of white space)
    is replaced whole. A *separator* (the break between two blocks) stands nowhere in the source; editing it does
    nothing.
    """

    __slots__ = ("_at", "_atomic", "_end", "_parts", "_start", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = ""
        self._parts: list[str] = []
        self._at: list[int] = [0]
        self._start: list[int] = []
        self._end: list[int] = []
        self._atomic: list[bool] = []

    @property
    def length(self) -> int:
        """Code points of the text so far."""
        return self._at[-1]

    def verbatim(self, start: int, end: int) -> None:
        """Add source[start:end] as it stands."""
        if start < end:
            self._add(self.source[start:end], start, end, atomic=False)

    def atomic(self, text: str, start: int, end: int) -> None:
        """Add `text`, which stands as source[start:end]."""
        if text:
            self._add(text, start, end, atomic=True)

    def separator(self, text: str) -> None:
        """Add `text`, which the source says only by its structure."""
        if text:
            self._add(text, -1, -1, atomic=True)

    def anchor(self, at: int) -> None:
        """An empty text at source offset `at`, so that there is a place to write to where nothing stands."""
        self._add("", at, at, atomic=False)

    def seal(self) -> str:
        """The whole text, once all pieces are added."""
        self.text = "".join(self._parts)
        return self.text

    def _add(self, text: str, start: int, end: int, atomic: bool) -> None:
        self._parts.append(text)
        self._at.append(self._at[-1] + len(text))
        self._start.append(start)
        self._end.append(end)
        self._atomic.append(atomic)

    def to_source(self, offset: int) -> int:
        """The source offset at which the text's code point `offset` stands, or the nearest one before it."""
        i = min(bisect_right(self._at, offset), len(self._start)) - 1
        while i >= 0 and self._start[i] < 0:
            i -= 1
            offset = self._at[i + 1]
        if i < 0:
            return next((s for s in self._start if s >= 0), 0)
        if self._atomic[i]:
            return self._start[i] if offset < self._at[i + 1] else self._end[i]
        return min(self._start[i] + offset - self._at[i], self._end[i])

    def source_edits(self, edits: Iterable[Edit], escape: Escape) -> list[Edit]:
        """The edits as edits of the source; `escape` writes a text as the source would.

        A replacement goes where its first word stood; what an edit takes from later pieces is taken there.
        """
        replaced: dict[int, list[tuple[int, int, str]]] = {}
        for edit in in_order(self.text, edits):
            for i, start, end, text in self._shares(edit):
                replaced.setdefault(i, []).append((start, end, text))
        found: list[Edit] = []
        for i, changes in replaced.items():
            if self._atomic[i]:
                whole = self.text[self._at[i] : self._at[i + 1]]
                inside = [Edit(start, end, text) for start, end, text in changes]
                found.append(Edit(self._start[i], self._end[i], escape(apply_edits(whole, inside))))
            else:
                base = self._start[i]
                found += (Edit(base + start, base + end, escape(text)) for start, end, text in changes)
        return sorted(found, key=lambda e: (e.start, e.end))

    def patched(self, edits: Iterable[Edit], escape: Escape) -> str:
        """The source with the edits made."""
        return apply_edits(self.source, self.source_edits(edits, escape))

    def _shares(self, edit: Edit) -> list[tuple[int, int, int, str]]:
        """Each piece an edit takes from: its index, the span inside it, and what stands there afterwards."""
        first = max(bisect_right(self._at, edit.start) - 1, 0)
        shares: list[tuple[int, int, int, str]] = []
        i = first
        while i < len(self._start) and self._at[i] < edit.end:
            start, end = max(edit.start, self._at[i]), min(edit.end, self._at[i + 1])
            if self._start[i] >= 0 and start < end:
                shares.append((i, start - self._at[i], end - self._at[i], "" if shares else edit.replacement))
            i += 1
        if not shares and edit.replacement:
            shares = self._insertion(edit)
        return shares

    def _insertion(self, edit: Edit) -> list[tuple[int, int, int, str]]:
        """Where a text that replaces nothing goes: to the end of the piece before, else the start of the one after."""
        i = min(bisect_right(self._at, edit.start), len(self._start)) - 1
        if i >= 0 and self._start[i] >= 0 and self._at[i] < edit.start:
            at = edit.start - self._at[i]
            return [(i, at, at, edit.replacement)]
        before = next((k for k in range(min(i, len(self._start)) - 1, -1, -1) if self._at[k + 1] <= edit.start), -1)
        if before >= 0 and self._start[before] >= 0 and self._at[before + 1] == edit.start:
            at = edit.start - self._at[before]
            return [(before, at, at, edit.replacement)]
        after = next((k for k in range(max(i, 0), len(self._start)) if self._start[k] >= 0), None)
        if after is None:
            raise ValueError("there is no place in the source for this text")
        return [(after, 0, 0, edit.replacement)]
