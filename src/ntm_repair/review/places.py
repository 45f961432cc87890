"""The places a review goes through: which one is shown, which wait for an answer, and moving about among them.

Moving about is not an answer and leaves no line in a log.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_repair import allow as terms
from ntm_repair.review.books import Books
from ntm_repair.review.case import Case
from ntm_repair.review.groups import Group, Item
from ntm_repair.review.recorder import Author, Recorder
from ntm_repair.standing import Standing, standing
from ntm_repair.types import Decision, Finding, Suggestion


class Places:
    """The findings of some articles. `index` counts in `shown`; past its end is the closing page."""

    def __init__(
        self,
        cases: Sequence[Case],
        books: Books,
        author: Author,
        *,
        root: Path,
        rules: Sequence[str] = (),
        min_confidence: float = 0.0,
    ) -> None:
        self.cases = tuple(cases)
        self.books = books
        self.root = root  # the folder that "everywhere" means
        self._recorder = Recorder(books, author)
        self.items = tuple(
            Item(case, f)
            for case in self.cases
            for f in case.findings
            if (not rules or f.rule in rules) and f.confidence >= min_confidence
        )
        self.opened: Group | None = None
        self.shown: tuple[int, ...] = tuple(range(len(self.items)))
        self.index = self.highlight = 0
        self._allowed: dict[tuple[str, str], terms.Entry] = {}  # by term and time, as the log's lines name them
        self._shared: tuple[int, Standing] = (-1, Standing())
        self.resume()

    # What a face shows

    @property
    def item(self) -> Item | None:
        """The finding shown and its article; None on the closing page."""
        return self.items[self.shown[self.index]] if self.index < len(self.shown) else None

    @property
    def current(self) -> Finding | None:
        """The finding shown."""
        return self.item.finding if self.item else None

    @property
    def case(self) -> Case:
        """The article of the finding shown; on the closing page, that of the last one."""
        item = self.item or (self.items[self.shown[-1]] if self.shown else None)
        return item.case if item else self.cases[0]

    @property
    def options(self) -> tuple[Suggestion, ...]:
        """What the digits 1 to 9 choose for the current finding; 0 is always to keep it as it is."""
        return self.current.suggestions[:9] if self.current else ()

    @property
    def given(self) -> Decision | None:
        """The answer to the current finding that no suggestion gives, an edit or a deletion: it has a line of its own,
        after the suggestions."""
        answer = self.answer_of(self.item) if self.item else None
        if answer is None or answer.action not in ("edit", "delete"):
            return None
        return None if any(s.replacement == answer.replacement for s in self.options) else answer

    @property
    def replacement(self) -> str | None:
        """What the highlighted line puts in place of the words; None where it keeps them."""
        if 0 < self.highlight <= len(self.options):
            return self.options[self.highlight - 1].replacement
        given = self.given if self.highlight else None
        return given.replacement if given else None

    @property
    def shared(self) -> Standing:
        """What the folder's log decides for every article."""
        lines = self.books.lines(self.books.shared)
        if self._shared[0] != len(lines):
            self._shared = (len(lines), standing(d for d in lines if d.scope == "everywhere"))
        return self._shared[1]

    def answer_of(self, item: Item) -> Decision | None:
        """The answer that holds for an item."""
        answer = item.case.answer(item.finding, self.shared)
        return answer or (self._allowing(item) if self._allowed else None)

    def is_open(self, item: Item) -> bool:
        """Whether an item still waits for its answer."""
        return self.answer_of(item) is None

    @property
    def undecided(self) -> int:
        """How many findings have no answer yet."""
        return sum(map(self.is_open, self.items))

    @property
    def stale(self) -> tuple[Decision, ...]:
        """Answers of the logs that have no place in their article."""
        return tuple(d for case in self.cases for d in case.stale)

    @property
    def settings(self) -> Path:
        """The settings file that a new allowed term goes to."""
        return terms.settings_file(self.root)

    def _hides(self, entry: terms.Entry, item: Item) -> bool:
        allowances = terms.Allowances((entry,), self.settings.resolve().parent)
        return allowances.entry_for(item.case.scanned.article, item.finding) is not None

    def _allowing(self, item: Item) -> Decision | None:
        for (term, at), entry in self._allowed.items():
            if self._hides(entry, item):
                lines = (d for case in self.cases for d in self.books.lines(case.log))
                return next((d for d in lines if d.action == "allow" and (d.note, d.at) == (term, at)), None)
        return None

    # Moving about

    def go_to(self, index: int) -> None:
        """Show finding `index`, the closing page for one past the last; the highlight starts on what is safe."""
        self.index = max(0, min(index, len(self.shown)))
        self.highlight = 1 if self.current and self.current.applicability == "safe" and self.options else 0
        answer = self.answer_of(self.item) if self.item else None
        if answer is not None:
            self.highlight = self._option_of(answer)

    def _option_of(self, answer: Decision) -> int:
        """The line that gives an answer once more: Enter on a finding that was answered must not answer otherwise."""
        if answer.action not in ("accept", "edit", "delete"):
            return 0
        own = len(self.options) + 1 if answer.action != "accept" else 0
        return next((i for i, s in enumerate(self.options, 1) if s.replacement == answer.replacement), own)

    def advance(self) -> None:
        """Show the next finding without an answer, from here on, then from the start; none left: the closing page."""
        order = (*range(self.index + 1, len(self.shown)), *range(min(self.index + 1, len(self.shown))))
        self.go_to(next((i for i in order if self.is_open(self.items[self.shown[i]])), len(self.shown)))

    def later(self) -> None:
        """Leave the finding for later: show the one after it."""
        self.go_to(self.index + 1)

    def back(self) -> None:
        """Show the finding before."""
        self.go_to(self.index - 1)

    def resume(self) -> None:
        """Show the first finding without an answer."""
        self.index = -1
        self.advance()

    def move_highlight(self, step: int) -> None:
        """Move the highlight over keeping (0), the suggestions, and an answer given that is neither."""
        self.highlight = (self.highlight + step) % (len(self.options) + 1 + (self.given is not None))

    def search(self, words: str) -> bool:
        """Show the next finding that has `words` in its text, rule, answer, suggestions or file name, if any."""
        wanted = terms.plain(words)
        for step in range(1, len(self.shown) + 1):
            index = (self.index + step) % len(self.shown)
            item = self.items[self.shown[index]]
            answer = self.answer_of(item)
            finding = item.finding
            texts = [finding.text, finding.rule, item.case.name, *(s.replacement for s in finding.suggestions)]
            texts += [answer.replacement] if answer else []
            if wanted and any(wanted in terms.plain(text) for text in texts):
                self.go_to(index)
                return True
        return False
