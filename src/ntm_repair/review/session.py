"""A review as a state machine: no terminal, no clock of its own, no files but the decision log.

Every answer is one line of the log before it counts. Moving about is not an answer and leaves no line. Faces call the
methods below and show what the properties say; two faces given the same answers write the same log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ntm_repair.decisions import DecisionLog, in_force
from ntm_repair.pipeline import Scanned
from ntm_repair.replay import Placed, edits_for, place
from ntm_repair.types import Action, Decision, Edit, Finding, Suggestion, SuggestionSource


@dataclass(frozen=True, slots=True)
class Author:
    """What a log line says about who and what made it. `now` gives UTC as ISO 8601."""

    name: str
    tool_version: str
    lexicon_sha256: str
    now: Callable[[], str]


class Session:
    """The review of one article. `index` is the finding shown, `len(items)` the closing page after the last."""

    def __init__(self, scanned: Scanned, log: DecisionLog, author: Author) -> None:
        self.scanned = scanned
        self.log = log
        self.author = author
        self._placed = place(scanned.article, in_force(log.decisions).values())
        self.items = self._items()
        self.index = 0
        self.highlight = 0
        self.resume()

    def _items(self) -> tuple[Finding, ...]:
        """The findings to go through: those of the scan that no earlier answer about other words stands across."""
        spans = {d.fingerprint: (start, end) for d, start, end in self._placed.found}
        return tuple(
            f
            for f in self.scanned.findings
            if all(fp == f.fingerprint or f.end <= start or end <= f.start for fp, (start, end) in spans.items())
        )

    # What a face shows

    @property
    def current(self) -> Finding | None:
        """The finding shown; None on the closing page."""
        return self.items[self.index] if self.index < len(self.items) else None

    @property
    def options(self) -> tuple[Suggestion, ...]:
        """What the digits 1 to 9 choose for the current finding; 0 is always to keep it as it is."""
        return self.current.suggestions[:9] if self.current else ()

    @property
    def answers(self) -> dict[str, Decision]:
        """The answer in force for each fingerprint."""
        return in_force(self.log.decisions)

    @property
    def undecided(self) -> int:
        """How many findings have no answer yet."""
        answers = self.answers
        return sum(f.fingerprint not in answers for f in self.items)

    @property
    def stale(self) -> tuple[Decision, ...]:
        """Answers of the log that have no place in this article."""
        return self._place().stale

    def edits(self) -> list[Edit]:
        """The edits the answers ask for, and nothing else: in a review even a safe fix waits for its answer."""
        return edits_for(self.scanned.article, self._place())

    def _place(self) -> Placed:
        return place(self.scanned.article, self.answers.values())

    # Answers

    def choose(self, number: int) -> bool:
        """Take suggestion `number` (from 1), or keep the words (0); False, and no line, where there is no such one."""
        if number == 0:
            return self._answer("keep", "")
        if not 1 <= number <= len(self.options):
            return False
        option = self.options[number - 1]
        return self._answer("accept" if option.replacement else "delete", option.replacement, option.source)

    def take_highlight(self) -> bool:
        """Take what is highlighted: keeping, unless the finding is safe or the highlight was moved."""
        return self.choose(self.highlight)

    def delete(self) -> bool:
        """Delete the words."""
        return self._answer("delete", "")

    def write(self, replacement: str) -> bool:
        """Put `replacement` in place of the words; empty deletes, the same words keep."""
        current = self.current
        if current is None:
            return False
        if replacement == "":
            return self.delete()
        if replacement in (current.text, current.anchor.text):
            return self.choose(0)
        return self._answer("edit", replacement)

    def undo(self) -> bool:
        """Take back the last answer still standing, of this sitting or an earlier one, and show its finding."""
        undone = {d.undoes for d in self.log.decisions if d.action == "undo"}
        last = next((d for d in reversed(self.log.decisions) if d.action != "undo" and d.number not in undone), None)
        if last is None:
            return False
        self._append(last.fingerprint, last, "undo", "", "", undoes=last.number)
        where = [i for i, f in enumerate(self.items) if f.fingerprint == last.fingerprint]
        self.go_to(where[0] if where else self.index)
        return True

    def _answer(self, action: Action, replacement: str, source: SuggestionSource | Literal[""] = "") -> bool:
        current = self.current
        if current is None:
            return False
        self._append(current.fingerprint, current, action, replacement, source)
        self.advance()
        return True

    def _append(
        self,
        fingerprint: str,
        about: Finding | Decision,
        action: Action,
        replacement: str,
        source: SuggestionSource | Literal[""],
        undoes: int = 0,
    ) -> None:
        document = self.scanned.document
        self.log.append(
            Decision(
                number=0,
                at=self.author.now(),
                by=self.author.name,
                action=action,
                rule=about.rule,
                fingerprint=fingerprint,
                anchor=about.anchor,
                replacement=replacement,
                suggested_by=source,
                scope="this",
                undoes=undoes,
                source_name=document.source.path.replace("\\", "/").rpartition("/")[2],
                record=document.source.id,
                source_sha256=document.source.sha256,
                tool_version=self.author.tool_version,
                lexicon_sha256=self.author.lexicon_sha256,
            )
        )

    # Moving about

    def go_to(self, index: int) -> None:
        """Show finding `index`, the closing page for one past the last; the highlight starts on what is safe."""
        self.index = max(0, min(index, len(self.items)))
        current = self.current
        self.highlight = 1 if current and current.applicability == "safe" and self.options else 0
        answer = self.answers.get(current.fingerprint) if current else None
        if answer is not None:
            self.highlight = self._option_of(answer)

    def _option_of(self, answer: Decision) -> int:
        if answer.action not in ("accept", "delete"):
            return 0
        return next((i for i, s in enumerate(self.options, 1) if s.replacement == answer.replacement), 0)

    def advance(self) -> None:
        """Show the next finding without an answer, from here on, then from the start; none left: the closing page."""
        answers = self.answers
        order = (*range(self.index + 1, len(self.items)), *range(self.index + 1))
        self.go_to(next((i for i in order if self.items[i].fingerprint not in answers), len(self.items)))

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
        """Move the highlight over keeping (0) and the suggestions."""
        self.highlight = (self.highlight + step) % (len(self.options) + 1)
