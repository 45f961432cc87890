"""(text, edits) -> text. The only code that changes a text; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ntm_repair.types import Edit


class OverlapError(ValueError):
    """Two edits claim the same code points. `first` and `second` are the two, in text order."""

    def __init__(self, first: Edit, second: Edit) -> None:
        super().__init__(f"edits overlap: [{first.start}, {first.end}) and [{second.start}, {second.end})")
        self.first, self.second = first, second


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with every edit made; all offsets refer to `text` itself.

    Raises OverlapError where two edits share code points or insert at the same place, ValueError for offsets that
    are not in the text.
    """
    ordered = in_order(text, edits)
    pieces: list[str] = []
    at = 0
    for edit in ordered:
        pieces += (text[at : edit.start], edit.replacement)
        at = edit.end
    return "".join((*pieces, text[at:]))


def in_order(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits by place, checked; raises as `apply_edits` does."""
    ordered = sorted(edits, key=lambda e: (e.start, e.end))
    for edit in ordered:
        if not 0 <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit [{edit.start}, {edit.end}) is outside a text of {len(text)} code points")
    for first, second in pairwise(ordered):
        if second.start < first.end or second.start == first.start:
            raise OverlapError(first, second)
    return ordered


def with_margins(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits with each deletion widened over the white space that would be left double.

    Inside a line that is one space; for a paragraph of its own, the line breaks that set it apart from the one
    before (after, for the first). A margin never reaches into another edit.
    """
    ordered = in_order(text, edits)
    widened: list[Edit] = []
    gone = 0  # how much of the beginning of the text is deleted altogether
    for i, edit in enumerate(ordered):
        if edit.replacement == "" and edit.start < edit.end:
            floor = widened[-1].end if widened else 0
            ceiling = ordered[i + 1].start if i + 1 < len(ordered) else len(text)
            start, end = _margin(text, edit.start, edit.end, gone)
            edit = Edit(max(start, floor), min(end, ceiling), "", edit.rule)
            gone = edit.end if edit.start == gone else gone
        widened.append(edit)
    return widened


_SAME = {",": ",;.:!?)]}”’»", ";": ";.!?"}
"""Marks that part, and those before which they are one too many; "một, hai, …" is right."""


def stray_mark(text: str, start: int, end: int) -> str:
    """What would be left over before [start, end) if that were deleted: a comma right before another mark, or nothing.

    It is what stands right before the words, white space included: "a, of the, b" would come to "a,, b".
    """
    at = start
    while at and text[at - 1] in " \t\u00a0":
        at -= 1
    after = end
    while after < len(text) and text[after] in " \t\u00a0":
        after += 1
    mark = text[at - 1 : at]
    follows = text[after : after + 1]
    if not follows or follows not in _SAME.get(mark, "") or text[at - 2 : at - 1] in ("", mark, "\n"):
        return ""
    return text[at - 1 : start]


def _margin(text: str, start: int, end: int, gone: int) -> tuple[int, int]:
    left, right = start, end
    while left > gone and text[left - 1] in " \t\u00a0":
        left -= 1
    while right < len(text) and text[right] in " \t\u00a0":
        right += 1
    opens = left == gone or text[left - 1] in "\r\n\u2028\u2029"
    closes = right == len(text) or text[right] in "\r\n\u2028\u2029"
    if opens and closes:
        return _paragraph_margin(text, left, right, gone)
    if opens:
        return start, right
    if closes:
        return left, end
    if left == start or right == end:
        # White space on one side only: a comma, stop or bracket stands on the other and keeps its own spacing.
        follows = text[end] in ".,;:!?…)]}”’»"
        return (left, end) if follows and left < start else (start, end)
    return left, end


def _paragraph_margin(text: str, left: int, right: int, gone: int) -> tuple[int, int]:
    before = left
    while before > gone and text[before - 1].isspace():
        before -= 1
    if before > gone:
        return before, right
    while right < len(text) and text[right].isspace():
        right += 1
    return gone, right
