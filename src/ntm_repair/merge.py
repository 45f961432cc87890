"""Two editors' logs of the same articles made one; what they disagree on is reported, never chosen.

Both logs may begin with the same lines, where one editor went on from a copy of the other's. An answer conflicts with
another when each log has it in force for the same place and neither editor had seen the other's. The merged log holds
every line of both, by time; the conflicting answers are taken back in it, so that a review asks again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ntm_repair.decisions import not_undone
from ntm_repair.standing import key_of_decision
from ntm_repair.types import Decision

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two answers in force for one place."""

    first: Decision
    second: Decision


@dataclass(frozen=True, slots=True)
class Merged:
    """The lines of the merged log, numbered anew, and what was left open in it."""

    lines: tuple[Decision, ...]
    conflicts: tuple[Conflict, ...]


def merge(first: Sequence[Decision], second: Sequence[Decision], by: str, at: str) -> Merged:
    """Merge two logs. `by` and `at` go on the lines that take conflicting answers back."""
    seen_first = {_identity(d, first) for d in first}
    seen_second = {_identity(d, second) for d in second}
    conflicts = []
    standing_first, standing_second = _in_force(first), _in_force(second)
    for place, one in standing_first.items():
        other = standing_second.get(place)
        if other is None or (one.action, one.replacement) == (other.action, other.replacement):
            continue
        if _identity(one, first) not in seen_second and _identity(other, second) not in seen_first:
            conflicts.append(Conflict(one, other))
    lines = _renumbered(first, second)
    contested = {_place(c.first) for c in conflicts}
    for line in [d for d in not_undone(lines) if d.action != "note" and _place(d) in contested]:
        lines.append(_undo(line, len(lines) + 1, by, at))
    return Merged(tuple(lines), tuple(conflicts))


def _renumbered(first: Sequence[Decision], second: Sequence[Decision]) -> list[Decision]:
    known: dict[object, int] = {}
    entries = [(d.at, n, i, d) for n, log in enumerate((first, second)) for i, d in enumerate(log)]
    numbers: dict[tuple[int, int], int] = {}
    lines: list[Decision] = []
    for _, n, i, line in _by_time(entries):
        identity = _identity(line, (first, second)[n])
        if identity not in known:
            known[identity] = len(lines) + 1
            undoes = numbers.get((n, line.undoes), 0)
            lines.append(replace(line, number=len(lines) + 1, undoes=undoes))
        numbers[n, i + 1] = known[identity]
    return lines


def _by_time(entries: list[tuple[str, int, int, Decision]]) -> list[tuple[str, int, int, Decision]]:
    """By time, but no log's own order ever changed: a clock that was set back must not part an undo from its line."""
    latest = {0: "", 1: ""}
    clocked = []
    for at, n, i, line in entries:
        latest[n] = max(latest[n], at)
        clocked.append((latest[n], n, i, line))
    return sorted(clocked, key=lambda e: e[:3])


def _identity(line: Decision, log: Sequence[Decision]) -> object:
    """A line whatever its number; an undo with the line it takes back."""
    undone = log[line.undoes - 1] if line.undoes else None
    return replace(line, number=0, undoes=0), replace(undone, number=0, undoes=0) if undone else None


def _place(line: Decision) -> Place:
    if line.scope == "this":
        return "this", line.record, line.fingerprint
    return (line.scope, *(str(part) for part in key_of_decision(line)))


def _in_force(log: Sequence[Decision]) -> dict[Place, Decision]:
    return {_place(d): d for d in not_undone(log) if d.action != "note"}


def _undo(line: Decision, number: int, by: str, at: str) -> Decision:
    return replace(
        line, number=number, action="undo", replacement="", suggested_by="", undoes=line.number, by=by, at=at, note=""
    )
