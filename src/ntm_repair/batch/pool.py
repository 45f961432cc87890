"""A process pool that answers in order, holds a bounded number of tasks, and outlives the death of a worker."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from ntm_repair.batch.tasks import Bundle

Task = TypeVar("Task")
Result = TypeVar("Result")

COLLECT = (50_000, 10, 5)
"""How seldom Python looks for cycles of garbage: loaded tables are left out, and articles make none (a test)."""
AHEAD = 3
"""Tasks a worker may have waiting, done ones included: enough to keep it busy, few enough to keep memory flat."""

LARGE = 350 << 20
"""Bytes of memory from which workers are replaced by new ones: what they remember for speed adds up over a long run."""
RENEWED = 60.0
"""Seconds that new workers are kept in any case: starting them takes two."""

_work: Callable[[Any], Any] | None = None


class Marker:
    """A task that no worker sees: it comes back by itself when its turn is there."""


class Pool(Generic[Task, Result]):
    """Runs `work`, which must be picklable, on tasks. One worker means: here, in this process.

    `lost` makes the result of a task whose worker died on it twice (killed by the system for its memory, say).
    """

    def __init__(self, work: Callable[[Task], Result], workers: int, lost: Callable[[Task], Result]) -> None:
        self._work = work
        self._workers = workers
        self._lost = lost
        self._executor: ProcessPoolExecutor | None = None
        self._since = 0.0
        self._worn = False
        self._pending: deque[tuple[Task | Marker, Future[tuple[Result, int]] | None]] = deque()

    def run(self, tasks: Iterable[Task | Marker]) -> Iterator[tuple[Task | Marker, Result | None]]:
        """Every task with its result, in the order of `tasks`; markers with None."""
        if self._workers == 1:
            for task in tasks:
                yield task, None if isinstance(task, Marker) else self._work(task)
            return
        source = iter(tasks)
        try:
            while True:
                self._fill(source)
                if not self._pending:
                    return
                task, future = self._pending.popleft()
                if future is None or isinstance(task, Marker):
                    yield task, None
                    continue
                try:
                    result, size = future.result()
                except BrokenProcessPool:
                    result, size = self._recover(task)
                if size > LARGE and time.monotonic() - self._since > RENEWED:
                    self._worn = True
                yield task, result
        finally:
            self._stop()

    def _fill(self, source: Iterator[Task | Marker]) -> None:
        if self._worn:
            if self._pending:
                return  # what the workers have begun they finish
            self._stop()
            self._worn = False
        # Markers count too: a folder of empty files must not be opened all at once.
        while len(self._pending) < self._workers * AHEAD:
            task = next(source, None)
            if task is None:
                return
            self._pending.append((task, None if isinstance(task, Marker) else self._submit(task)))

    def _submit(self, task: Task) -> Future[tuple[Result, int]]:
        if self._executor is None:
            self._executor = self._started(self._workers)
        try:
            return self._executor.submit(_perform, task)
        except BrokenProcessPool:
            broken: Future[tuple[Result, int]] = Future()
            broken.set_exception(BrokenProcessPool())
            return broken

    def _recover(self, first: Task) -> tuple[Result, int]:
        """A worker died. Any of the unfinished tasks may be the cause: try them one by one, then go on as before."""
        self._stop()
        waiting, self._pending = self._pending, deque()
        result = self._alone(first)
        for task, future in waiting:
            if isinstance(task, Marker) or future is None or (future.done() and future.exception() is None):
                self._pending.append((task, future))
                continue
            done: Future[tuple[Result, int]] = Future()
            done.set_result(self._alone(task))
            self._pending.append((task, done))
        self._stop()
        return result

    def _alone(self, task: Task) -> tuple[Result, int]:
        if self._executor is None:
            self._executor = self._started(1)
        try:
            return cast(tuple[Result, int], self._executor.submit(_perform, task).result())
        except BrokenProcessPool:
            self._stop()
        # The first death may have been somebody's kill and this one too; a third try costs little.
        self._executor = self._started(1)
        try:
            return cast(tuple[Result, int], self._executor.submit(_perform, task).result())
        except BrokenProcessPool:
            self._stop()
        if isinstance(task, Bundle):
            # One of its files is the cause: the others have done nothing.
            return cast(Result, [self._alone(cast(Task, part))[0] for part in task.tasks]), 0
        return self._lost(task), 0

    def _started(self, workers: int) -> ProcessPoolExecutor:
        # Spawned, not forked: no inherited locks, threads or files, and the same on every system.
        context = multiprocessing.get_context("spawn")
        self._since = time.monotonic()
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(self._work,))

    def _stop(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = None


def _start(work: Callable[[Any], Any]) -> None:
    """In a new worker: leave Ctrl-C to the parent, and end when the parent does, however it ends."""
    global _work
    _work = work
    gc.set_threshold(*COLLECT)
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _perform(task: Any) -> tuple[Any, int]:
    """The result of a task, and how much memory the worker has in use by then."""
    assert _work is not None
    return _work(task), _resident()


def _resident() -> int:
    """Bytes of this process in memory; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
