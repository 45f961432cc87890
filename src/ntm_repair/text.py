"""The NFC view of a text, with an exact way back to the source.

Vietnamese letters come precomposed, decomposed, or half and half. Everything that looks at language looks at the
NFC view; everything that is written goes through `View.to_source`, so the source is never normalised behind
anybody's back.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal

import regex

if TYPE_CHECKING:
    from ntm_repair.places import Index

Form = Literal["NFC", "NFD", "tone"]
"""How a text writes marked letters: composed, decomposed, or composed but for the tone mark (as Windows-1258 does)."""

# A grapheme cluster holds a starter and all that can compose with it: inside it NFC may move code points about.
_CLUSTER = regex.compile(r"\X")
# The five tone marks: grave, acute, tilde, hook above, dot below.
TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"


class View:
    """The NFC form of `source` and the map of its offsets (code points) to those of `source`.

    A cut inside a composed cluster does not exist in the source, so spans are widened outward to whole clusters.
    """

    __slots__ = ("_source_at", "_view_at", "index", "places", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self.places: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
        """Where a text stands between two contexts, as far as it was asked."""
        self.index: Index | None = None
        """Where its words stand, if `anchors` has needed it."""
        # Where both texts have a boundary; empty means that they are the same text.
        self._view_at, self._source_at = array("I"), array("I")
        if unicodedata.is_normalized("NFC", source):
            self.text = source
        else:
            self.text = unicodedata.normalize("NFC", source)
            self._align()

    def _align(self) -> None:
        self._view_at.append(0)
        self._source_at.append(0)
        for line in self.source.splitlines(keepends=True):
            clusters = _CLUSTER.findall(line)
            composed = [unicodedata.normalize("NFC", c) for c in clusters]
            whole = unicodedata.normalize("NFC", line)
            if "".join(composed) != whole:
                # The cluster rules and the normaliser may follow different Unicode versions: keep what is certain.
                clusters, composed = [line], [whole]
            for before, after in zip(clusters, composed, strict=True):
                self._source_at.append(self._source_at[-1] + len(before))
                self._view_at.append(self._view_at[-1] + len(after))

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The smallest source span that covers view span [start, end); an empty span maps to an empty one."""
        if not self._view_at:
            return start, end
        first = bisect_right(self._view_at, start) - 1
        last = first if end == start else bisect_left(self._view_at, end)
        return self._source_at[first], self._source_at[last]

    def from_source(self, offset: int) -> int:
        """The view offset of the last common boundary at or before source `offset`."""
        if not self._view_at:
            return offset
        return self._view_at[bisect_right(self._source_at, offset) - 1]


def to_form(text: str, form: Form) -> str:
    """`text` with its marked letters written in `form`."""
    if form != "tone":
        return unicodedata.normalize(form, text)
    return "".join(_tone_apart(cluster) for cluster in _CLUSTER.findall(text))


def _tone_apart(cluster: str) -> str:
    marks = unicodedata.normalize("NFD", cluster)
    tones = "".join(c for c in marks if c in TONE_MARKS)
    return unicodedata.normalize("NFC", "".join(c for c in marks if c not in TONE_MARKS)) + tones


def form_of(text: str) -> Form:
    """The form most of the marked letters of `text` are written in; NFC where there is nothing to tell it by."""
    if unicodedata.is_normalized("NFC", text):
        return "NFC"
    votes: dict[Form, int] = {"NFC": 0, "NFD": 0, "tone": 0}
    for cluster in _CLUSTER.findall(text):
        if cluster.isascii():
            continue
        for form in votes:
            votes[form] += to_form(cluster, form) == cluster
    return max(votes, key=lambda form: votes[form])


def written_like(replacement: str, form: Form, encoding: str) -> str:
    """`replacement` in the form of the text it goes into, as far as that text's encoding can hold it.

    Raises UnicodeEncodeError where no form of a character fits the encoding.
    """
    written = []
    for cluster in _CLUSTER.findall(replacement):
        tries = [to_form(cluster, f) for f in (form, "NFC", "tone", "NFD")]
        fit = next((t for t in tries if _fits(t, encoding)), None)
        if fit is None:
            cluster.encode(encoding)
        written.append(fit or cluster)
    return "".join(written)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
