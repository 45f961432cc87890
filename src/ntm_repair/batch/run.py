"""`clean --out-dir`: a whole run, from the plan to the list of failures and the manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ntm_repair import __version__, pipeline
from ntm_repair.batch.journal import Journal
from ntm_repair.batch.origins import Origins
from ntm_repair.batch.output import stamp, write_failed
from ntm_repair.batch.plan import Shard
from ntm_repair.batch.shards import Done, Shards
from ntm_repair.batch.tasks import Failure, Settings, Tally
from ntm_repair.files import sync_folder, write_atomically
from ntm_repair.messages import Language, say

MANIFEST, FAILURES, SUMMARY = "manifest.jsonl", "failures.jsonl", "summary.json"
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Report:
    """What a run came to: counts over all its results, those of earlier sittings included."""

    tally: Tally
    shards: int
    resumed: int
    """How many results were there already."""
    not_done: int
    """Files that could not be taken at all; the next run tries them again."""
    failures: Path
    orphans: tuple[str, ...] = ()
    """Results of earlier sittings whose inputs are no longer there."""


class Run:
    """A run into an output folder. `progress` is told the input bytes that are through, and the counts."""

    def __init__(
        self,
        shards: Sequence[Shard],
        out: Path,
        settings: Settings,
        language: Language,
        progress: Callable[[float, Tally], None] = lambda size, tally: None,
    ) -> None:
        self._shards = shards
        self._out = out
        self._settings = settings
        self._language = language
        self._progress = progress
        self._pending: list[Failure] = []
        self._origins = Origins(settings.log)

    def clean(self, workers: int, overwrite: bool = False) -> Report:
        """Make every result that is not there yet. Raises UsageError or WriteError; what is done stays done."""
        resources = pipeline.load_resources(tuple(Path(p) for p in self._settings.lexicons))
        made_with = self._made_with(resources.lexicon.sha256)
        journal = Journal(self._out, made_with, overwrite)
        try:
            before = len(self._shards)
            todo = [s for s in self._shards if not self._is_done(journal, s)]
            seen = Tally()
            self._progress(sum(sizes(self._shards)) - sum(sizes(todo)), seen)

            def counted(tally: Tally) -> None:
                self._progress(0, tally)

            def through(size: float) -> None:
                self._progress(size, Tally())

            failed = self._pending.extend
            work = Shards(self._settings, workers, journal.temporary, failed, counted, self._origins, through)
            not_done: dict[str, list[Failure]] = {}
            for done in work.run(todo):
                if done.temporary is None:
                    not_done[done.shard.output] = list(self._pending)
                else:
                    self._finish(journal, done, done.temporary)
                self._pending.clear()
            tally = self._write_lists(journal, not_done, made_with)
            orphans = tuple(journal.orphans({s.output for s in self._shards}))
            return Report(tally, before, before - len(todo), len(not_done), self._out / FAILURES, orphans)
        finally:
            journal.close()

    def _made_with(self, lexicon_sha256: str) -> dict[str, Any]:
        settings = asdict(self._settings)
        settings.pop("lexicons")
        settings["log"] = Path(self._settings.log).name if self._settings.log else None
        return {"version": __version__, "lexicon_sha256": lexicon_sha256, **settings}

    def _is_done(self, journal: Journal, shard: Shard) -> bool:
        return journal.is_done(shard.output, stamp(Path(shard.path)), self._origins(shard.path))

    def _finish(self, journal: Journal, done: Done, temporary: Path) -> None:
        target = self._out / done.shard.output
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            size = temporary.stat().st_size
            temporary.replace(target)
        except OSError as error:
            raise write_failed(target, error) from None
        sync_folder(target.parent)
        start = journal.failures_from()
        journal.note_failures(self._failure_line(done.shard, f) for f in self._pending)
        tally = done.outcome.tally
        journal.note(
            {
                "path": done.shard.path,
                "output": done.shard.output,
                "bytes": size,
                "sha256": done.outcome.sha256,
                "output_sha256": done.outcome.written_sha256,
                "changed": done.outcome.changed,
                "articles": tally.articles,
                "findings": dict(sorted(tally.findings.items())),
                "edits": tally.edits,
                "undecided": tally.undecided,
                "stale": tally.stale,
                "failures": len(self._pending),
                "stamp": done.stamp,
                "made_of": done.made_of,
                "listed": (start, journal.failures_from()),
            }
        )

    def _failure_line(self, shard: Shard, failure: Failure) -> str:
        record = {
            "path": shard.path,
            "output": shard.output,
            "line": failure.number or None,
            "error": failure.message.key.partition(".")[2],
            "message": say(failure.message, self._language),
        }
        return json.dumps(record, ensure_ascii=False)

    def _write_lists(
        self, journal: Journal, not_done: Mapping[str, list[Failure]], made_with: Mapping[str, Any]
    ) -> Tally:
        """The manifest and the failures in the order of the plan, however many sittings made them."""
        total = Tally()
        with _Lines(journal.temporary / MANIFEST) as manifest, _Lines(journal.temporary / FAILURES) as failures:
            for shard in self._shards:
                if shard.output in not_done:
                    failed = not_done[shard.output]
                    total.failures += len(failed)
                    failures.write(
                        "".join(f"{self._failure_line(shard, f)}\n" for f in failed).encode("utf-8", "backslashreplace")
                    )
                    continue
                entry = journal.entry(shard.output)
                if entry is None:
                    continue
                total.add(_tally(entry))
                failures.write(journal.failure_lines(*entry["listed"]))
                kept = {k: v for k, v in entry.items() if k not in ("stamp", "made_of", "listed")}
                manifest.write((json.dumps(kept, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace"))
        for name in (MANIFEST, FAILURES):
            (journal.temporary / name).replace(self._out / name)
        totals = asdict(total) | {"findings": dict(sorted(total.findings.items())), "not_done": len(not_done)}
        summary = {
            "schema_version": SCHEMA_VERSION,
            "made_with": made_with,
            "files": len(self._shards),
            "totals": totals,
        }
        data = json.dumps(summary, ensure_ascii=False, indent=1).encode("utf-8")
        write_atomically(self._out / SUMMARY, data + b"\n")
        return total


class _Lines:
    """A list being written; a full disk is one clear line here too."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> _Lines:
        self._file = self._path.open("wb")
        return self

    def write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            raise write_failed(self._path, error) from None

    def __exit__(self, *exc: object) -> None:
        try:
            self._file.close()
        except OSError as error:
            raise write_failed(self._path, error) from None


def _tally(entry: Mapping[str, Any]) -> Tally:
    tally = Tally(entry["articles"], entry["edits"], entry["undecided"], entry["stale"], entry["failures"])
    tally.findings.update(entry["findings"])
    return tally


def sizes(shards: Sequence[Shard]) -> Iterator[int]:
    """The size of each input, 0 where it cannot be told."""
    return (max(0, stamp(Path(s.path))[0]) for s in shards)
