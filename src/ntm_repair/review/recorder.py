"""From an answer to its line in a log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ntm_repair.review.books import Books
from ntm_repair.review.groups import Item
from ntm_repair.standing import offered
from ntm_repair.types import Action, Decision, Scope, SuggestionSource


@dataclass(frozen=True, slots=True)
class Author:
    """What a log line says about who and what made it. `now` gives UTC as ISO 8601."""

    name: str
    tool_version: str
    lexicon_sha256: str
    now: Callable[[], str]


def decision_at(item: Item, author: Author, at: str) -> Decision:
    """What a line about an item says whatever was answered: the form of a line; `takes` is for one that deletes."""
    document, finding = item.case.scanned.document, item.finding
    return Decision(
        number=0,
        at=at,
        by=author.name,
        action="keep",
        rule=finding.rule,
        fingerprint=finding.fingerprint,
        anchor=finding.anchor,
        replacement="",
        suggested_by="",
        scope="this",
        undoes=0,
        source_name=document.source.path.replace("\\", "/").rpartition("/")[2],
        record=document.source.id,
        source_sha256=document.source.sha256,
        tool_version=author.tool_version,
        lexicon_sha256=author.lexicon_sha256,
        offered=offered(finding),
        takes=finding.takes,
    )


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes lines for an author."""

    books: Books
    author: Author

    def record(
        self,
        log: Path,
        item: Item,
        action: Action,
        replacement: str = "",
        source: SuggestionSource | Literal[""] = "",
        scope: Scope = "this",
        note: str = "",
        at: str = "",
    ) -> Decision:
        """Append what an editor did at `item`; the line as it stands in the log."""
        line = decision_at(item, self.author, at or self.author.now())
        return self.books.append(
            log,
            replace(
                line,
                action=action,
                replacement=replacement,
                suggested_by=source,
                scope=scope,
                note=note,
                takes=line.takes if action == "delete" else "",
            ),
        )

    def take_back(self, log: Path, line: Decision) -> None:
        """Append the line that undoes `line`."""
        undo = replace(
            line,
            at=self.author.now(),
            by=self.author.name,
            action="undo",
            replacement="",
            suggested_by="",
            undoes=line.number,
            tool_version=self.author.tool_version,
            lexicon_sha256=self.author.lexicon_sha256,
            note="",
            takes="",
        )
        self.books.append(log, undo)
