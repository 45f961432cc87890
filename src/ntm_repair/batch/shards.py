"""From files to tasks and from outcomes back to files, one result a file, in order."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ntm_repair.batch.bundles import apart, bundled
from ntm_repair.batch.doubled import doubled_in
from ntm_repair.batch.output import finished, hash_of, passed_on, stamp, write_failed
from ntm_repair.batch.plan import Shard
from ntm_repair.batch.pool import Marker, Pool
from ntm_repair.batch.tasks import ArticleTask, BlockTask, Bundle, Failure, Outcome, Settings, Tally
from ntm_repair.batch.worker import Cleaner, key_in, log_decisions
from ntm_repair.errors import RepairError, WriteError
from ntm_repair.formats import record_format, record_format_named
from ntm_repair.formats.base import Block, RecordSink, RecordSource
from ntm_repair.types import Decision, Message


@dataclass(frozen=True, slots=True)
class _Block(BlockTask):
    """A block on its way, with what stays here."""

    block: Block = field(default_factory=lambda: Block(()))

    def __reduce__(self) -> tuple[type[BlockTask], tuple[object, ...]]:
        return BlockTask, (self.shape, self.raws, self.decisions, self.size, self.doubled)


class _Before(NamedTuple):
    """What a file, and what decides on its result, was before the work."""

    stamp: tuple[int, int]
    made_of: str


@dataclass(frozen=True, slots=True)
class _Open(Marker):
    shard: Shard
    source: RecordSource


@dataclass(frozen=True, slots=True)
class _Close(Marker):
    shard: Shard
    before: _Before
    problem: Message | None = None
    decisions: tuple[Decision, ...] = ()
    doubled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Done:
    """A result that is written but for its name: rename `temporary`, unless there is none."""

    shard: Shard
    outcome: Outcome
    stamp: tuple[int, int]
    made_of: str
    """The digest of the decisions and allowed terms that reach the input; see `Origins`."""
    temporary: Path | None


class Shards:
    """Runs shards through a pool. `failed` gets failures as they come, `progress` the counts, `through` input bytes."""

    def __init__(
        self,
        settings: Settings,
        workers: int,
        temporary: Path,
        failed: Callable[[Iterable[Failure]], None],
        progress: Callable[[Tally], None],
        origins: Callable[[str], str] = lambda path: "",
        through: Callable[[float], None] = lambda size: None,
    ) -> None:
        self._settings = settings
        work = Cleaner(settings)
        self._pool: Pool[ArticleTask | BlockTask | Bundle, Outcome | list[Outcome]] = Pool(work, workers, self._lost)
        self._temporary = temporary
        self._failed = failed
        self._progress = progress
        self._origins = origins
        self._through = through
        self._shards: dict[str, tuple[Shard, _Before]] = {}

    def run(self, shards: Iterable[Shard]) -> Iterator[Done]:
        """The results in order. Raises WriteError where nothing more can be written."""
        current: _Result | None = None
        tasks = self._tasks(shards)
        try:
            for task, outcome in apart(self._pool.run(bundled(tasks))):
                if isinstance(task, _Open):
                    current = _Result(task.shard, task.source, self._name(task.shard), self._settings.columns)
                elif isinstance(task, _Close):
                    size = max(0, task.before.stamp[0])
                    self._through(current.passed(1.0) if current else size)
                    yield self._closed(current, task)
                    current = None
                elif isinstance(task, ArticleTask) and outcome is not None:
                    self._through(max(0, self._shards[task.path][1].stamp[0]))
                    yield self._article(task, outcome)
                elif isinstance(task, _Block) and outcome is not None and current is not None:
                    self._noted(outcome)
                    current.add(task.block, outcome)
                    self._through(current.passed(task.block.read))
        finally:
            tasks.close()
            if current is not None:
                current.drop()

    def _tasks(self, shards: Iterable[Shard]) -> Generator[ArticleTask | BlockTask | Marker, None, None]:
        for shard in shards:
            form = record_format(shard.path)
            before = _Before(stamp(Path(shard.path)), self._origins(shard.path))
            if form is None:
                task = ArticleTask(shard.path, str(self._name(shard)))
                self._shards[shard.path] = (shard, before)
                yield task
                continue
            try:
                source = form.source(Path(shard.path), self._settings.fields, self._settings.encoding)
            except RepairError as error:
                yield _Close(shard, before, error.message)
                continue
            except OSError as error:
                values = {"path": shard.path, "reason": error.strerror or str(error)}
                yield _Close(shard, before, Message("error.read", values))
                continue
            yield from self._record_tasks(shard, source, before)

    def _record_tasks(self, shard: Shard, source: RecordSource, before: _Before) -> Iterator[BlockTask | Marker]:
        problem = None
        decisions: tuple[Decision, ...] = ()
        doubled: frozenset[str] = frozenset()
        try:
            decisions = log_decisions(shard.path, self._settings.log)
            doubled = doubled_in(shard.path, self._settings, decisions)
            yield _Open(shard, source)
            for block in source.blocks():
                yield _Block(source.shape, block.raws, decisions, doubled=doubled, block=block)
        except RepairError as error:
            problem = error.message
        finally:
            source.close()
        if problem is None and stamp(Path(shard.path)) != before.stamp:
            problem = Message("error.changing", {"path": shard.path})
        yield _Close(shard, before, problem, decisions, doubled)

    def _article(self, task: ArticleTask, outcome: Outcome) -> Done:
        shard, before = self._shards.pop(task.path)
        self._noted(outcome)
        if outcome.retry or stamp(Path(task.path)) != before.stamp:
            if not outcome.failures:
                self._noted(_failure(task.path, Message("error.changing", {"path": task.path})))
            Path(task.temporary).unlink(missing_ok=True)
            return Done(shard, outcome, *before, None)
        return Done(shard, outcome, *before, Path(task.temporary))

    def _closed(self, current: _Result | None, task: _Close) -> Done:
        problem = task.problem or (current.problem if current else None)
        path = Path(task.shard.path)
        outcome = current.outcome if current else Outcome()
        if problem is None and current is not None:
            temporary = current.finish(path)
            self._noted(current.unreached(task.decisions, task.doubled))
            return Done(task.shard, outcome, *task.before, temporary)
        if current is not None:
            current.drop()
        outcome = _failure(task.shard.path, problem or Message("error.changing", {"path": task.shard.path}))
        self._noted(outcome)
        temporary = self._name(task.shard)
        passed_on(outcome, path, temporary)
        _raise_fatal(outcome)
        if outcome.retry or stamp(path) != task.before.stamp:
            temporary.unlink(missing_ok=True)
            return Done(task.shard, outcome, *task.before, None)
        return Done(task.shard, outcome, *task.before, temporary)

    def _noted(self, outcome: Outcome) -> None:
        _raise_fatal(outcome)
        self._failed(outcome.failures)
        self._progress(outcome.tally)

    def _name(self, shard: Shard) -> Path:
        return self._temporary / f"{abs(hash(shard.output)):x}-{os.getpid()}"

    def _lost(self, task: ArticleTask | BlockTask | Bundle) -> Outcome:
        """What stands for a task that no worker survived: its articles as they were, each listed."""
        outcome = Outcome()
        assert not isinstance(task, Bundle)  # its files are tried one by one
        if isinstance(task, ArticleTask):
            outcome.fail(task.path, 0, Message("error.worker_died", {"path": task.path}))
            return passed_on(outcome, Path(task.path), Path(task.temporary))
        form = record_format_named(task.shape.format)
        outcome.records = [form.copy(raw, task.shape, self._settings.columns) for raw in task.raws]
        for raw in task.raws:
            outcome.fail(task.shape.path, raw.number, Message("record.worker_died"))
        return outcome


class _Result:
    """The result of a record file while it is being written."""

    def __init__(self, shard: Shard, source: RecordSource, temporary: Path, columns: bool) -> None:
        self.shard = shard
        self.outcome = Outcome()
        self.problem: Message | None = None
        self.temporary = temporary
        self._columns = columns
        self._size = max(0, stamp(Path(shard.path))[0])
        self._read = 0.0
        self._sink: RecordSink | None = None
        form = record_format(shard.path)
        assert form is not None
        try:
            self._sink = form.sink(temporary, source, columns)
        except WriteError:
            raise
        except RepairError as error:
            self.problem = error.message
        except OSError as error:
            raise write_failed(temporary, error) from None

    def add(self, block: Block, outcome: Outcome) -> None:
        """Write a block's records."""
        self.outcome.tally.add(outcome.tally)
        self.outcome.changed = self.outcome.changed or outcome.changed
        self.outcome.reached |= outcome.reached
        if self._sink is None:
            return
        try:
            self._sink.write(block, outcome.records)
        except OSError as error:
            raise write_failed(self.temporary, error) from None

    def passed(self, share: float) -> float:
        """How many bytes of the input are through since last asked, `share` of it in all."""
        more = max(0.0, min(1.0, share) - self._read)
        self._read += more
        return more * self._size

    def unreached(self, decisions: Iterable[Decision], doubled: frozenset[str]) -> Outcome:
        """Count the decisions on records that are not in the file; a log may be that of a file beside it, too."""
        name = Path(self.shard.path).name
        own = (d for d in decisions if d.scope == "this" and d.action != "note" and d.source_name in ("", name))
        gone = sum(key_in(d, doubled) not in self.outcome.reached for d in own)
        self.outcome.tally.stale += gone
        return Outcome(Tally(stale=gone))

    def finish(self, path: Path) -> Path:
        """Close the file; one in which nothing changed becomes a copy of its source, byte for byte."""
        assert self._sink is not None
        try:
            self._sink.close()
            self._sink = None
            self.outcome.sha256 = hash_of(path)
            if self.outcome.changed:
                self.outcome.written_sha256 = finished(path, self.temporary)
            else:
                passed_on(self.outcome, path, self.temporary)
                _raise_fatal(self.outcome)
        except OSError as error:
            raise write_failed(self.temporary, error) from None
        return self.temporary

    def drop(self) -> None:
        """Leave nothing behind."""
        if self._sink is not None:
            with contextlib.suppress(Exception):
                self._sink.close()
        self.temporary.unlink(missing_ok=True)


def _failure(path: str, message: Message) -> Outcome:
    outcome = Outcome()
    outcome.fail(path, 0, message)
    return outcome


def _raise_fatal(outcome: Outcome) -> None:
    if outcome.fatal is not None:
        raise WriteError(outcome.fatal)
