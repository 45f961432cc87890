"""A review as a state machine: no terminal, no clock of its own, no files but the logs and the list of allowed terms.

Every answer is one line of a log before it counts, and says how far it reaches. Moving about is not an answer and
leaves no line. Faces call the methods below and show what the properties say; two faces given the same answers write
the same log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from ntm_repair import allow as terms
from ntm_repair.errors import UsageError
from ntm_repair.review.books import Books
from ntm_repair.review.case import Case
from ntm_repair.review.groups import Group, Item, grouped
from ntm_repair.review.recorder import Author, Recorder
from ntm_repair.standing import Key, Standing, key_of, standing
from ntm_repair.text import form_of, written_like
from ntm_repair.types import Action, Decision, Finding, Message, Scope, Suggestion, SuggestionSource


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was recorded, and how many findings it decides, in how many articles of this review."""

    line: Decision
    findings: int
    articles: int


class Session:
    """The review of some articles. `index` counts in `shown`; past its end is the closing page."""

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

    # Equal findings

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Equal findings together, the largest first; the order stays for the sitting."""
        return grouped(self.items, frozenset(i for i, item in enumerate(self.items) if self.is_open(item)))

    @cached_property
    def _group_by_key(self) -> dict[Key, Group]:
        return {group.key: group for group in self.groups}

    def group_of(self, item: Item) -> Group:
        """The group an item belongs to."""
        return self._group_by_key[key_of(item.finding)]

    def left_in(self, group: Group) -> int:
        """How many findings of a group have no answer yet."""
        return sum(self.is_open(self.items[i]) for i in group.items)

    def first_of(self, group: Group) -> Item:
        """The item a group is shown by: its first open one."""
        return next((self.items[i] for i in group.items if self.is_open(self.items[i])), self.items[group.items[0]])

    @property
    def group_scope(self) -> Scope:
        """How far an answer to a group reaches: the file, where the review is of one; else every article."""
        return "file" if len({case.log for case in self.cases}) == 1 else "everywhere"

    def reach(self, item: Item, scope: Scope) -> tuple[int, int]:
        """How many findings of this review an answer of that scope would decide, in how many articles."""
        reached = [i for i in self._equal(item, scope) if i is item or self._outranked(i, scope)]
        return len(reached), len({id(i.case) for i in reached})

    def _equal(self, item: Item, scope: Scope) -> list[Item]:
        if scope == "this":
            return [item]
        equal = [self.items[i] for i in self.group_of(item).items]
        return equal if scope == "everywhere" else [i for i in equal if i.case.log == item.case.log]

    def _outranked(self, item: Item, scope: Scope) -> bool:
        answer = self.answer_of(item)
        return answer is None or answer.scope in ("everywhere", scope)

    # Answers to the finding shown; each gives None where there is nothing to answer, and then leaves no line

    def choose(self, number: int, scope: Scope = "this") -> Given | None:
        """Take suggestion `number` (from 1), or keep the words (0); None for a number that is not there."""
        return self._choose(self.item, number, scope)

    def take_highlight(self, scope: Scope = "this") -> Given | None:
        """Take what is highlighted: keeping, unless the finding is safe or the highlight was moved."""
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
        if self.highlight == 0:
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

    @property
    def settings(self) -> Path:
        """The settings file that a new allowed term goes to."""
        return terms.settings_file(self.root)

    def path_pattern(self) -> str:
        """The current article as an entry of the settings file names it."""
        return terms.relative(self.case.path, self.settings.resolve().parent)

    def _hides(self, entry: terms.Entry, item: Item) -> bool:
        allowances = terms.Allowances((entry,), self.settings.resolve().parent)
        return allowances.entry_for(item.case.scanned.article, item.finding) is not None

    def _allowing(self, item: Item) -> Decision | None:
        for (term, at), entry in self._allowed.items():
            if self._hides(entry, item):
                lines = (d for case in self.cases for d in self.books.lines(case.log))
                return next((d for d in lines if d.action == "allow" and (d.note, d.at) == (term, at)), None)
        return None

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
        for number, item in enumerate(self.items):
            same = (line.fingerprint, line.record) == (item.finding.fingerprint, item.case.record)
            if same and log in (item.case.log, self.books.shared):
                if number not in self.shown:
                    self.close_group()
                self.go_to(self.shown.index(number))
                return

    # Moving about

    def go_to(self, index: int) -> None:
        """Show finding `index`, the closing page for one past the last; the highlight starts on what is safe."""
        self.index = max(0, min(index, len(self.shown)))
        self.highlight = 1 if self.current and self.current.applicability == "safe" and self.options else 0
        answer = self.answer_of(self.item) if self.item else None
        if answer is not None:
            self.highlight = self._option_of(answer)

    def _option_of(self, answer: Decision) -> int:
        if answer.action not in ("accept", "delete"):
            return 0
        return next((i for i, s in enumerate(self.options, 1) if s.replacement == answer.replacement), 0)

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
        """Move the highlight over keeping (0) and the suggestions."""
        self.highlight = (self.highlight + step) % (len(self.options) + 1)

    def search(self, words: str) -> bool:
        """Show the next finding whose text, answer, suggestions or file name hold `words`; False where none does."""
        wanted = terms.plain(words)
        for step in range(1, len(self.shown) + 1):
            index = (self.index + step) % len(self.shown)
            item = self.items[self.shown[index]]
            answer = self.answer_of(item)
            texts = [item.finding.text, item.case.name, *(s.replacement for s in item.finding.suggestions)]
            texts += [answer.replacement] if answer else []
            if wanted and any(wanted in terms.plain(text) for text in texts):
                self.go_to(index)
                return True
        return False

    def open_group(self, group: Group) -> None:
        """Show only the findings of a group, the first open one first."""
        self.opened, self.shown = group, group.items
        self.resume()

    def close_group(self) -> None:
        """Show all findings again, and stay at the current one."""
        here = self.shown[self.index] if self.index < len(self.shown) else None
        self.opened, self.shown = None, tuple(range(len(self.items)))
        if here is None:
            self.resume()
        else:
            self.go_to(here)


def _require_writable(replacement: str, case: Case) -> None:
    document = case.scanned.document
    try:
        written_like(replacement, form_of(document.text), document.source.encoding)
    except UnicodeEncodeError:
        values = {"text": replacement, "encoding": document.source.encoding, "path": case.name}
        raise UsageError(Message("review.unencodable", values)) from None
