"""What holds after all answers: each finding's own, else the one for all its equals, the narrower scope first.

Findings are equal when their rule, their text (NFC, white space as one space) and their first suggestion are the same.
An answer to one finding outranks one to all of the file, and that outranks one to every article; at the same width the
later outranks the earlier. A wide answer never reaches words that another suggestion was offered for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ntm_repair.decisions import not_undone
from ntm_repair.types import Decision, Finding

Key = tuple[str, str, str | None]
"""Rule, text and first suggestion: what equal findings share."""


def key_of(finding: Finding) -> Key:
    """What a finding shares with its equals."""
    return finding.rule, " ".join(finding.anchor.text.split()), offered(finding)


def offered(finding: Finding) -> str | None:
    """The first suggestion's replacement as the scan ranked it, whatever experience says; None where there is none."""
    if finding.ranked_first:
        return finding.ranked_first[0]
    return finding.suggestions[0].replacement if finding.suggestions else None


def key_of_decision(decision: Decision) -> Key:
    """What the findings share that a wide decision reaches."""
    return decision.rule, " ".join(decision.anchor.text.split()), decision.offered


@dataclass
class Standing:
    """The answers in force and the notes. `add` in the order of rank: lines of wider logs first, earlier ones first."""

    own: dict[tuple[str, str], Decision] = field(default_factory=dict)
    """By record and fingerprint."""
    file: dict[Key, Decision] = field(default_factory=dict)
    everywhere: dict[Key, Decision] = field(default_factory=dict)
    notes: dict[tuple[str, str], Decision] = field(default_factory=dict)

    def add(self, decision: Decision) -> None:
        """Take in a line that was not taken back."""
        if decision.action == "note":
            self.notes[decision.record, decision.fingerprint] = decision
        elif decision.scope == "this":
            self.own[decision.record, decision.fingerprint] = decision
        elif decision.scope == "file":
            self.file[key_of_decision(decision)] = decision
        else:
            self.everywhere[key_of_decision(decision)] = decision

    def of_record(self, record: str) -> list[Decision]:
        """The answers to single findings of a record."""
        return [d for (where, _), d in self.own.items() if where == record]

    def wide(self, finding: Finding) -> Decision | None:
        """The answer to all equals of `finding`."""
        key = key_of(finding)
        return self.file.get(key) or self.everywhere.get(key)

    def answer(self, finding: Finding, record: str) -> Decision | None:
        """The answer that holds for a finding of a record."""
        return self.own.get((record, finding.fingerprint)) or self.wide(finding)


def standing(decisions: Iterable[Decision]) -> Standing:
    """What holds after the lines of a log, or after several logs' lines that `not_undone` kept, widest first."""
    holds = Standing()
    for decision in not_undone(decisions):
        holds.add(decision)
    return holds
