"""An article as the rules see it: the NFC view of a document, cut into paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ntm_repair.segment import segment, words
from ntm_repair.text import View
from ntm_repair.tokens import Tokens, Whole, tokens_of
from ntm_repair.types import Document, Segment


class Article:
    """A document read through its NFC view.

    `text` is NFC; `segments` are half-open code-point spans of `text`, in order, without their line breaks.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.view = View(document.text)
        self.text: str = self.view.text
        self.marked: dict[str, Sequence[tuple[int, int]]] = {}
        """Where each rule, by its code, has to look: spans of lines, in order. One not named there looks everywhere."""
        self.foreseen: Foreseen | None = None
        """What a look at many articles at once has told of this one; None where nobody has looked."""
        self.memo: dict[str, object] = {}
        """What one rule worked out about the article and another needs too, by the name of who wrote it."""

    @cached_property
    def words(self) -> int:
        """How many words the text has: runs of letters, marks and digits."""
        return words(self.text)

    @cached_property
    def has_odd_space(self) -> bool:
        """Whether there is white space other than blanks, tabs and line breaks: in garbled text it may be letters."""
        return any(space in self.text for space in "\u00a0\u0085\x0b\x0c\x1c\x1d\x1e\x1f")

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The paragraphs and the blank lines between them."""
        return segment(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Segment, ...]:
        """The segments that hold text: everything but the blank ones."""
        return tuple(s for s in self.segments if s.kind != "blank")

    def lines_at(self, places: Iterable[int]) -> list[tuple[int, int]]:
        """The spans of the lines (between "\\n") that hold these code points, given in order; each line once."""
        spans: list[tuple[int, int]] = []
        for place in places:
            if not spans or place > spans[-1][1]:
                end = self.text.find("\n", place)
                spans.append((self.text.rfind("\n", 0, place) + 1, len(self.text) if end < 0 else end))
        return spans

    def paragraphs_for(self, rule: str) -> Sequence[Segment]:
        """The paragraphs that a rule has to look at."""
        marked = self.marked.get(rule)
        if marked is None:
            return self.paragraphs
        found: list[Segment] = []
        following = 0
        for first, last in marked:
            at = max(following, bisect_right(self._starts, first) - 1)
            while at < len(self._starts) and self._starts[at] <= last:
                if self.paragraphs[at].end >= first:
                    found.append(self.paragraphs[at])
                    following = at + 1
                at += 1
        return found

    def paragraph_at(self, place: int) -> int:
        """The number of the paragraph that holds a code point, or ends there; of the one before where none does."""
        return max(0, bisect_right(self._starts, place) - 1)

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.paragraphs]

    def tokens_for(self, rule: str) -> Iterator[Tokens]:
        """The words that a rule has to look at, line by line or all at once."""
        marked = self.marked.get(rule)
        if marked is None:
            yield self.tokens
            return
        for span in marked:
            if span not in self._token_lines:
                self._token_lines[span] = tokens_of(self.text, *span)
                self._token_lines[span].whole = self._tokens
            yield self._token_lines[span]

    @cached_property
    def _token_lines(self) -> dict[tuple[int, int], Tokens]:
        return {}

    @cached_property
    def _tokens(self) -> Whole:
        return Whole(self.text)

    @cached_property
    def tokens(self) -> Tokens:
        """The words of the whole text, found once for all rules."""
        return self._tokens()


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What rules can be told of an article before they are asked."""

    by: object
    """The signs that were looked for."""
    marks: Sequence[tuple[int, int, int]]
    """The lines with signs: begin, end, and for which of the rules, as bits in their order."""
    besides: Mapping[str, bool | Sequence[tuple[int, int]]]
    """What `Rule.in_text` would say, by the rule's code; where true, it is still to be asked."""
