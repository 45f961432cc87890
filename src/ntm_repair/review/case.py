"""One article under review: what was found, what was answered, and what the answers come to."""

from __future__ import annotations

from pathlib import Path

from ntm_repair.decisions import not_undone
from ntm_repair.ownlog import OwnLog
from ntm_repair.pipeline import Scanned
from ntm_repair.replay import Spans, edits_for, place, repaired
from ntm_repair.review.books import Books
from ntm_repair.standing import Standing, standing
from ntm_repair.types import Decision, Edit, Finding


class Case:
    """An article with its log. `wide` is what folder logs decide for every article, those written here aside."""

    def __init__(self, scanned: Scanned, own: OwnLog, books: Books, wide: tuple[Decision, ...] = ()) -> None:
        self.scanned = scanned
        self.log: Path = own.path
        self._own = own
        self.wide = wide
        self._books = books
        books.keep_to(own)
        self._seen = -1
        self._holds = Standing()
        self.findings = self._open_to_answers()

    def _open_to_answers(self) -> tuple[Finding, ...]:
        """The findings to go through: those that no earlier answer about other words stands across."""
        placed = place(self.scanned.article, self.holds.of_record(self.record))
        own = {d.fingerprint for d, _, _ in placed.found}
        others = Spans((start, end) for _, start, end in placed.found)
        return tuple(f for f in self.scanned.findings if f.fingerprint in own or not others.overlap(f.start, f.end))

    @property
    def path(self) -> str:
        """The article's file."""
        return self.scanned.document.source.path

    @property
    def record(self) -> str:
        """The record inside the file; empty where the file is one article."""
        return self.scanned.document.source.id

    @property
    def name(self) -> str:
        """The file's name, and the record's where it has one."""
        file = self.path.replace("\\", "/").rpartition("/")[2]
        return f"{file} · {self.record}" if self.record else file

    @property
    def holds(self) -> Standing:
        """What the article's own log says, and folder logs that this review does not write to."""
        lines = self._books.lines(self.log)
        if len(lines) != self._seen:
            self._holds = standing((*self.wide, *not_undone(self._own.of(lines))))
            self._seen = len(lines)
        return self._holds

    def answer(self, finding: Finding, shared: Standing) -> Decision | None:
        """The answer that holds for a finding: its own, the file's, the folder's."""
        own = self.holds.own.get((self.record, finding.fingerprint)) or self.holds.wide(finding)
        if own is not None and own.scope != "everywhere":
            return own
        return shared.wide(finding) or own

    def note(self, finding: Finding) -> str:
        """What an editor wrote beside a finding."""
        line = self.holds.notes.get((self.record, finding.fingerprint))
        return line.note if line else ""

    def decisions(self) -> list[Decision]:
        """All answers that reach this article, weakest first."""
        shared = not_undone(self._books.lines(self._books.shared)) if self._books.shared != self.log else []
        everywhere = [d for d in shared if d.scope == "everywhere"]
        return [*self.wide, *everywhere, *not_undone(self._own.of(self._books.lines(self.log)))]

    def edits(self) -> list[Edit]:
        """The edits the answers ask for, and nothing else: in a review even a safe fix waits for its answer."""
        article = self.scanned.article
        return edits_for(article, place(article, self.decisions(), self.findings))

    def text(self) -> str:
        """The article with its answers applied."""
        return repaired(self.scanned.article, self.edits())

    @property
    def stale(self) -> tuple[Decision, ...]:
        """Answers of the log that have no place in this article."""
        return place(self.scanned.article, self.decisions()).stale
