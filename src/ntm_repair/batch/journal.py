"""What a run has finished: an append-only file in the output folder, one line a result, written after its rename.

Killed at any instant, a run has whole results under their names, at most one line too few here, and temporary files in
a folder of their own; the next run does what has no line. A result without a line is made again, with the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from ntm_repair.batch.output import write_failed
from ntm_repair.errors import UsageError
from ntm_repair.files import STATE, hold, write_atomically
from ntm_repair.types import Message

_SYNC_SECONDS = 1.0
_NAMES = {"lexicon_sha256": "lexicon", "fields": "text_field, id_field", "log": "--decisions", "version": "ntm-repair"}
"""What settings of a run are called by those who set them, where that is not their name here."""


class Journal:
    """The state of a run in its output folder. One process at a time holds it."""

    def __init__(self, out: Path, settings: Mapping[str, Any], overwrite: bool) -> None:
        """Start or take up a run. Raises UsageError where the folder is another's, WriteError where it is closed."""
        self.out = out
        self.state = out / STATE
        self.temporary = self.state / "tmp"
        self._done: dict[str, int] = {}
        self._synced = time.monotonic()
        try:
            self._open(settings, overwrite)
        except OSError as error:
            raise write_failed(out, error) from None

    def _open(self, settings: Mapping[str, Any], overwrite: bool) -> None:
        fresh = not self.state.is_dir()
        if self.out.exists() and not self.out.is_dir():
            raise UsageError(Message("error.out_is_file", {"path": str(self.out)}))
        if fresh and not overwrite and self.out.is_dir() and any(self.out.iterdir()):
            raise UsageError(Message("error.out_not_empty", {"path": str(self.out)}))
        self.state.mkdir(parents=True, exist_ok=True)
        self._lock = (self.state / "lock").open("ab")
        if not hold(self._lock):
            raise UsageError(Message("error.out_in_use", {"path": str(self.out)}))
        self._same_settings(settings, overwrite)
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.temporary.mkdir(exist_ok=True)
        self._lines = (self.state / "done.jsonl").open("a+b")
        self._failures = (self.state / "failures.jsonl").open("a+b")
        self._read()

    def _same_settings(self, settings: Mapping[str, Any], overwrite: bool) -> None:
        """Results of different settings are not mixed in one folder."""
        path = self.state / "run.json"
        wanted = json.dumps(settings, ensure_ascii=False, sort_keys=True, indent=1)
        earlier = path.read_text("utf-8") if path.exists() else None
        if overwrite and earlier is not None:
            for name in ("done.jsonl", "failures.jsonl"):
                (self.state / name).unlink(missing_ok=True)
        elif earlier is not None and earlier != wanted:
            changed = _differences(earlier, settings)
            raise UsageError(Message("error.other_settings", {"path": str(self.out), "changed": changed}))
        write_atomically(path, wanted.encode("utf-8"))

    def _read(self) -> None:
        self._lines.seek(0)
        data_end = 0
        for line in self._lines:
            try:
                entry = json.loads(line)
                self._done[entry["output"]] = data_end
            except (ValueError, KeyError, TypeError):
                break  # cut short by a kill: never acknowledged
            if not line.endswith(b"\n"):
                self._done.pop(entry["output"])
                break
            data_end += len(line)
        self._lines.truncate(data_end)
        self._lines.seek(0, os.SEEK_END)

    def entry(self, output: str) -> dict[str, Any] | None:
        """What is noted of a result; None where it is not done."""
        at = self._done.get(output)
        if at is None:
            return None
        self._lines.seek(at)
        entry: dict[str, Any] = json.loads(self._lines.readline())
        return entry

    def orphans(self, outputs: Collection[str]) -> list[str]:
        """Results of earlier runs that are there and not among `outputs`."""
        return [output for output in self._done if output not in outputs and (self.out / output).is_file()]

    def is_done(self, output: str, stamp: tuple[int, int], made_of: str) -> bool:
        """Whether a result is there and was made of the input, the decisions and the allowed terms as they are now."""
        entry = self.entry(output)
        if entry is None or entry["stamp"] != list(stamp) or entry.get("made_of") != made_of:
            return False
        try:
            return bool((self.out / output).stat().st_size == entry["bytes"])
        except OSError:
            return False

    def failures_from(self) -> int:
        """Where the next failure is noted."""
        return self._failures.seek(0, os.SEEK_END)

    def note_failures(self, lines: Iterable[str]) -> None:
        """Keep the failures of a file until the run writes its list."""
        self._write(self._failures, "".join(f"{line}\n" for line in lines))

    def note(self, entry: Mapping[str, Any]) -> None:
        """A result has its name: from here on it is done."""
        self._failures.flush()
        at = self._lines.seek(0, os.SEEK_END)
        self._write(self._lines, json.dumps(entry, ensure_ascii=False) + "\n")
        self._done[entry["output"]] = at
        if time.monotonic() - self._synced > _SYNC_SECONDS:
            os.fsync(self._lines.fileno())
            self._synced = time.monotonic()

    def _write(self, file: BinaryIO, text: str) -> None:
        try:
            file.write(text.encode("utf-8", "backslashreplace"))
            file.flush()
        except OSError as error:
            raise write_failed(self.state, error) from None

    def failure_lines(self, start: int, end: int) -> bytes:
        """The failures noted between two places."""
        self._failures.flush()
        with (self.state / "failures.jsonl").open("rb") as file:
            file.seek(start)
            return file.read(end - start)

    def close(self) -> None:
        """Let go of the folder; what is done stays done."""
        with contextlib.suppress(OSError):
            self._lines.close()
        with contextlib.suppress(OSError):
            self._failures.close()
        shutil.rmtree(self.temporary, ignore_errors=True)
        self._lock.close()


def _differences(earlier: str, settings: Mapping[str, Any]) -> str:
    try:
        before = json.loads(earlier)
    except ValueError:
        return "?"
    return ", ".join(sorted(_NAMES.get(k, k) for k in {*before, *settings} if before.get(k) != settings.get(k)))
