"""The decision log: append-only JSON lines beside the article; audit log, undo stack and record to replay at once.

A line is an answer. It is written, flushed and synced before the answer counts as given, so killing the program loses
nothing that was answered; a line cut short by the kill was never acknowledged and is dropped when the log is opened
again. Nothing is ever rewritten: taking an answer back is one more line.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from io import FileIO
from pathlib import Path
from typing import Any, get_args

from ntm_repair.configfile import seen
from ntm_repair.errors import UsageError, WriteError
from ntm_repair.files import hold, sync_folder
from ntm_repair.types import Action, Anchor, Decision, Message, Scope

FORMAT = 1
_ACTIONS = get_args(Action)
_SCOPES = get_args(Scope)
LOG_ENDING = ".decisions.jsonl"
"""What a decision log's name ends with; `ownlog` says which log is an article's."""
SHARED = f"ntm-repair{LOG_ENDING}"
"""The log of a folder's answers that reach every article below it."""


def shared_logs(article: Path) -> list[Path]:
    """The folder logs that reach an article, the nearest first: in its folder and in those above."""
    folder = article.resolve().parent
    return [f / SHARED for f in (folder, *folder.parents) if seen((f / SHARED).is_file)]


def not_undone(log: Iterable[Decision]) -> list[Decision]:
    """The lines of one log, in order, that were not taken back: answers and notes."""
    lines = list(log)
    undone = {line.undoes for line in lines if line.action == "undo"}
    return [d for d in lines if d.action != "undo" and d.number not in undone]


def in_force(log: Iterable[Decision]) -> dict[str, Decision]:
    """The answer that holds for each fingerprint by itself: the last one that was not taken back."""
    return {d.fingerprint: d for d in not_undone(log) if d.action != "note" and d.scope == "this"}


def read_log(path: Path) -> list[Decision]:
    """The lines of a decision log, without one that a kill cut short at the end.

    Raises UsageError, naming file and line, for a line that is not a decision.
    """
    return _parse(path)[0]


def _parse(path: Path) -> tuple[list[Decision], int]:
    """The decisions, and how many bytes of the file are whole lines."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return [], 0
    except OSError as error:
        raise UsageError(Message("error.read", {"path": str(path), "reason": error.strerror or ""})) from None
    whole = data.rfind(b"\n") + 1
    decisions: list[Decision] = []
    for number, line in enumerate(data[:whole].split(b"\n")[:-1], 1):
        try:
            decision = from_json(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise UsageError(Message("error.log_line", {"path": str(path), "line": number})) from None
        if decision.number != number:
            raise UsageError(Message("error.log_order", {"path": str(path), "line": number}))
        decisions.append(decision)
    return decisions, whole


def to_json(decision: Decision) -> dict[str, Any]:
    """A decision as the object that stands in its line."""
    return {"format": FORMAT, **asdict(decision)}


def from_json(record: Mapping[str, Any]) -> Decision:
    """The decision in a log line's object. Raises ValueError, KeyError or TypeError for one that is malformed."""
    fields = dict(record)
    if fields.pop("format") != FORMAT or fields["action"] not in _ACTIONS or fields["scope"] not in _SCOPES:
        raise ValueError("not a decision of this format")
    fields["anchor"] = Anchor(**fields["anchor"])
    decision = Decision(**fields)
    offsets = (decision.anchor.start, decision.anchor.end, decision.number, decision.undoes)
    anchor = decision.anchor
    texts = (anchor.text, anchor.before, anchor.after, decision.rule, decision.at, decision.by, decision.replacement)
    names = (decision.fingerprint, decision.source_sha256, decision.record, decision.note, decision.takes)
    if not all(type(n) is int and n >= 0 for n in offsets) or not all(isinstance(t, str) for t in texts + names):
        raise ValueError("a field of the wrong type")
    return decision


@dataclass
class DecisionLog:
    """An open log: the lines so far, and the only way to add one. One process at a time holds a log open."""

    path: Path
    decisions: list[Decision]
    _file: FileIO
    """Without a buffer: what could not be written must not be written later, behind the lines that could."""
    _size: int
    """Bytes of whole lines."""

    @classmethod
    def open(cls, path: Path) -> DecisionLog:
        """Open or start the log at `path`, dropping a line that a kill cut short.

        Raises UsageError for a malformed log or one another process holds, WriteError where it cannot be written.
        """
        _parse(path)
        try:
            file = path.open("ab", buffering=0)
        except OSError as error:
            raise WriteError(Message("error.write", {"path": str(path), "reason": error.strerror or ""})) from None
        if not hold(file):
            file.close()
            raise UsageError(Message("error.log_in_use", {"path": str(path)}))
        decisions, whole = _parse(path)
        file.truncate(whole)
        sync_folder(path.resolve().parent)
        return cls(path, decisions, file, whole)

    def append(self, decision: Decision) -> Decision:
        """Add a line and make it durable; returns it with its number. Raises WriteError, and then nothing was added."""
        decision = replace(decision, number=len(self.decisions) + 1)
        line = json.dumps(to_json(decision), ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        try:
            self._cut()
            rest = memoryview(line)
            while rest:  # on a full disk a part of a line may be written before the rest is refused
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):  # tried again before the next line
                self._cut()
            raise WriteError(Message("error.write", {"path": str(self.path), "reason": error.strerror or ""})) from None
        self._size += len(line)
        self.decisions.append(decision)
        return decision

    def _cut(self) -> None:
        """Drop what was not acknowledged from the end of the file."""
        if os.fstat(self._file.fileno()).st_size > self._size:
            self._file.truncate(self._size)

    def close(self) -> None:
        """Close the log; one that never got a line leaves no file behind."""
        with contextlib.suppress(OSError):  # what is left of a line that was refused is dropped when it is opened again
            self._cut()
        self._file.close()
        if not self.decisions:
            self.path.unlink(missing_ok=True)
