"""A review as a state machine: no terminal, no clock of its own, no files but the logs and the list of allowed terms.

Every answer is one line of a log before it counts, and says how far it reaches. Moving about is not an answer and
leaves no line. Faces call the methods below and show what the properties say; two faces given the same answers write
the same log.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ntm_repair import allow as terms
from ntm_repair.errors import UsageError
from ntm_repair.review.case import Case
from ntm_repair.review.equals import Equals
from ntm_repair.review.groups import Group, Item
from ntm_repair.text import form_of, written_like
from ntm_repair.types import Action, Decision, Message, Scope, SuggestionSource


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was recorded, and how many findings it decides, in how many articles of this review."""

    line: Decision
    findings: int
    articles: int


class Session(Equals):
    """The review of some articles: the places, and the answers to them."""

    # Answers to the finding shown; each gives None where there is nothing to answer, and then leaves no line

    def choose(self, number: int, scope: Scope = "this") -> Given | None:
        """Take suggestion `number` (from 1), or keep the words (0); None for a number that is not there."""
        return self._choose(self.item, number, scope)

    def take_highlight(self, scope: Scope = "this") -> Given | None:
        """Take what is highlighted: the answer given before, else keeping, unless the finding is safe; or what the
        highlight was moved to."""
        given = self.given
        if given is not None and self.highlight > len(self.options):
            return self._answer(self.item, given.action, given.replacement, given.suggested_by, scope)
        return self.choose(self.highlight, scope)

    def delete(self, scope: Scope = "this") -> Given | None:
        """Delete the words."""
        return self._answer(self.item, "delete", scope=scope)

    def write(self, replacement: str, scope: Scope = "this") -> Given | None:
        """Put `replacement` in place of the words; empty deletes, the same words keep.

        Raises UsageError where an article the answer reaches cannot hold it in its encoding.
        """
        return self._write(self.item, replacement, scope)

    def at_hand(self) -> tuple[Action, str, SuggestionSource | Literal[""]] | None:
        """What an answer would be: the one given before, or where the highlight was moved from it, the highlight's."""
        answer = self.answer_of(self.item) if self.item else None
        if answer is not None and answer.action != "allow" and self.highlight == self._option_of(answer):
            return answer.action, answer.replacement, answer.suggested_by
        if self.item is None:
            return None
        if not 0 < self.highlight <= len(self.options):
            return "keep", "", ""
        option = self.options[self.highlight - 1]
        return "accept" if option.replacement else "delete", option.replacement, option.source

    def repeat(self, scope: Scope) -> Given | None:
        """Give the answer at hand with a scope."""
        given = self.at_hand()
        return self._answer(self.item, *given, scope) if given else None

    # Answers to a group

    def choose_for(self, group: Group, number: int) -> Given | None:
        """As `choose`, for all findings of a group."""
        return self._choose(self.first_of(group), number, self.group_scope)

    def delete_all(self, group: Group) -> Given | None:
        """As `delete`, for all findings of a group."""
        return self._answer(self.first_of(group), "delete", scope=self.group_scope)

    def write_for(self, group: Group, replacement: str) -> Given | None:
        """As `write`, for all findings of a group."""
        return self._write(self.first_of(group), replacement, self.group_scope)

    def _choose(self, item: Item | None, number: int, scope: Scope) -> Given | None:
        if number == 0:
            return self._answer(item, "keep", scope=scope)
        if item is None or not 1 <= number <= len(item.finding.suggestions[:9]):
            return None
        option = item.finding.suggestions[number - 1]
        return self._answer(
            item, "accept" if option.replacement else "delete", option.replacement, option.source, scope
        )

    def _write(self, item: Item | None, replacement: str, scope: Scope) -> Given | None:
        if item is None or replacement == "":
            return self._answer(item, "delete", scope=scope)
        if replacement in (item.finding.text, item.finding.anchor.text):
            return self._choose(item, 0, scope)
        for other in self._equal(item, scope):
            _require_writable(replacement, other.case)
        return self._answer(item, "edit", replacement, scope=scope)

    def _answer(
        self,
        item: Item | None,
        action: Action,
        replacement: str = "",
        source: SuggestionSource | Literal[""] = "",
        scope: Scope = "this",
    ) -> Given | None:
        if item is None:
            return None
        own = item.case.holds.own.get((item.case.record, item.finding.fingerprint))
        if scope != "this" and own and (own.action, own.replacement) != (action, replacement):
            # The wider answer would not reach the very finding it was given at.
            self._recorder.record(item.case.log, item, action, replacement, source)
        log = self.books.shared if scope == "everywhere" else item.case.log
        line = self._recorder.record(log, item, action, replacement, source, scope)
        given = self._given(line, item)
        if item is self.item or (self.item is not None and not self.is_open(self.item)):
            self.advance()
        return given

    def _given(self, line: Decision, item: Item) -> Given:
        decided = [i for i in self._equal(item, line.scope) if i is item or self.answer_of(i) == line]
        return Given(line, len(decided), len({id(i.case) for i in decided}))

    # Notes, allowed terms, undo

    def note(self, text: str) -> bool:
        """Leave a note beside the current finding; it answers nothing."""
        if self.item is None:
            return False
        self._recorder.record(self.item.case.log, self.item, "note", note=text)
        return True

    def allow(self, term: str, *, path: str = "", context: str = "", reason: str = "", rule: str = "") -> Given | None:
        """Add a term to the allowed ones of the folder's settings file; the findings it hides count as answered.

        Raises UsageError where the entry would not hide the current finding, or the settings file is broken.
        """
        item = self.item
        if item is None:
            return None
        at = self._recorder.author.now()
        entry = terms.Entry(term, rule, path, context, reason, self._recorder.author.name, at)
        if not self._hides(entry, item):
            raise UsageError(Message("review.allow_mismatch", {"term": term, "text": item.finding.anchor.text}))
        terms.add(self.settings, entry)
        self._allowed[term, at] = entry
        line = self._recorder.record(item.case.log, item, "allow", note=term, at=at)
        decided = [i for i in self.items if i is item or self.answer_of(i) == line]
        self.advance()
        return Given(line, len(decided), len({id(i.case) for i in decided}))

    def path_pattern(self) -> str:
        """The current article as an entry of the settings file names it."""
        return terms.relative(self.case.path, self.settings.resolve().parent)

    def undo(self) -> Decision | None:
        """Take back the last line still standing, of this sitting or an earlier one, and show its finding."""
        last = self.books.latest()
        if last is None:
            return None
        log, line = last
        self._recorder.take_back(log, line)
        if line.action == "allow":
            self._disallow(line)
        self._show(line, log)
        return line

    def _disallow(self, line: Decision) -> None:
        self._allowed.pop((line.note, line.at), None)
        if self.settings.exists():
            entries = terms.read(self.settings).entries
            terms.remove(self.settings, [e for e in entries if (e.term, e.at) == (line.note, line.at)])

    def _show(self, line: Decision, log: Path) -> None:
        same = [
            (item.case.scanned.document.source.sha256 != line.source_sha256, number)
            for number, item in enumerate(self.items)
            if (line.fingerprint, line.record) == (item.finding.fingerprint, item.case.record)
            and log in (item.case.log, self.books.shared)
        ]
        if same:
            _, number = min(same)  # of records with the same name, the one the line was made on
            if number not in self.shown:
                self.close_group()
            self.go_to(self.shown.index(number))


def _require_writable(replacement: str, case: Case) -> None:
    document = case.scanned.document
    try:
        written_like(replacement, form_of(document.text), document.source.encoding)
    except UnicodeEncodeError:
        values = {"text": replacement, "encoding": document.source.encoding, "path": case.name}
        raise UsageError(Message("review.unencodable", values)) from None
