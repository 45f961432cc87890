"""The logs one review writes to: each article's own, and the folder's for answers that reach every article."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from ntm_repair.decisions import DecisionLog, not_undone, read_log
from ntm_repair.ownlog import OwnLog
from ntm_repair.types import Decision

OPEN = 16
"""How many logs are held open at once; a folder may have thousands of articles."""


class Books:
    """Lines by log. A log is opened, and kept from other reviews, when its first line is written."""

    def __init__(self, shared: Path) -> None:
        self.shared = shared
        self._lines: dict[Path, list[Decision]] = {}
        self._open: OrderedDict[Path, DecisionLog] = OrderedDict()
        self._own: dict[Path, list[OwnLog]] = {}
        self._given: list[tuple[Path, int]] = []  # this sitting's lines, as log and number

    def lines(self, log: Path) -> list[Decision]:
        """The lines of a log. Raises UsageError for one that is malformed."""
        if log not in self._lines:
            self._lines[log] = read_log(log)
        return self._lines[log]

    def keep_to(self, own: OwnLog) -> None:
        """Of a log that other articles have lines in, take back only lines of the articles named to this."""
        self._own.setdefault(own.path, []).append(own)

    def hold(self, log: Path) -> None:
        """Open a log for this review. Raises UsageError where another review has it open."""
        if log not in self._open:
            opened = DecisionLog.open(log)
            self._open[log] = opened
            self._lines[log] = opened.decisions
        self._open.move_to_end(log)
        while len(self._open) > OPEN:
            _, oldest = self._open.popitem(last=False)
            oldest.close()

    def append(self, log: Path, decision: Decision) -> Decision:
        """Write a line through to the disk. Raises UsageError where another review has the log, or WriteError."""
        self.hold(log)
        line = self._open[log].append(decision)
        self._given.append((log, line.number))
        return line

    def latest(self) -> tuple[Path, Decision] | None:
        """The last line that still stands, of this sitting first, then of earlier ones by their time."""
        while self._given:
            log, number = self._given[-1]
            line = self._lines[log][number - 1]
            if line.action != "undo" and line in not_undone(self._lines[log]):
                return log, line
            self._given.pop()
        last = list(self._last_lines())
        return max(last, key=lambda entry: (entry[1].at, entry[0] != self.shared)) if last else None

    def _last_lines(self) -> Iterator[tuple[Path, Decision]]:
        for log, lines in self._lines.items():
            owners = self._own.get(log)
            standing = [d for d in not_undone(lines) if owners is None or any(own.holds(d) for own in owners)]
            if standing:
                yield log, standing[-1]

    def close(self) -> None:
        """Close every log; one that never got a line leaves no file behind."""
        for log in self._open.values():
            log.close()
        self._open.clear()
