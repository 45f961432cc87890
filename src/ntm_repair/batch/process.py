"""A worker process on a pipe of its own: whatever becomes of it, nobody else waits for what it held.

The executors of the standard library share two queues and their locks between all workers. A worker killed while
another is being started, or half way through writing, can leave such a pool waiting for ever (seen with Python 3.11).
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

Task = TypeVar("Task")
Result = TypeVar("Result")

COLLECT = (50_000, 10, 5)
"""How seldom Python looks for cycles of garbage: loaded tables are left out, and articles make none (a test)."""
LARGE = 350 << 20
"""Bytes of memory from which a worker is replaced by a new one: what it remembers for speed adds up over a long run."""
RENEWED = 60.0
"""Seconds that a new worker is kept in any case: starting it takes two."""


class WorkerDiedError(Exception):
    """The process ended before it answered: killed by the system for its memory, say."""


class Worker(Generic[Task, Result]):
    """Runs `work`, which must be picklable, on one task after another, in a process started when first needed.

    One thread asks; `dismiss` may come from another while nothing is asked, and `kill` at any time.
    """

    def __init__(self, work: Callable[[Task], Result]) -> None:
        self._work = work
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._since = 0.0
        self._guard = threading.Lock()
        self._closed = False

    def ask(self, task: Task) -> Result:
        """The result of a task. Raises WorkerDiedError, and what `work` raised; the next task starts a new process."""
        connection = self._started()
        try:
            connection.send(task)
            good, answer, size = connection.recv()
        except (EOFError, OSError):
            self.dismiss()
            raise WorkerDiedError from None
        if size > LARGE and time.monotonic() - self._since > RENEWED:
            self.dismiss()
        if not good:
            raise cast(BaseException, answer)
        return cast(Result, answer)

    def dismiss(self) -> None:
        """Let the process end, and see that it has."""
        with self._guard:
            process, connection = self._process, self._connection
            self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.join()
            process.close()

    def kill(self) -> None:
        """End the process at once, in the middle of whatever it does; none is started any more."""
        with self._guard:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def _started(self) -> Connection:
        with self._guard:
            if self._closed:
                raise WorkerDiedError
            if self._connection is None:
                # Spawned, not forked: no inherited locks, threads or files, and the same on every system.
                context = multiprocessing.get_context("spawn")
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs, self._work), daemon=True)
                with _without_interrupts():
                    process.start()
                theirs.close()  # the process has the only other end: when it dies, reading tells
                self._process, self._connection, self._since = process, ours, time.monotonic()
            return self._connection


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C is left to the parent from the first instruction of a process: it inherits what is blocked here."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, work: Callable[[Any], Any]) -> None:
    """In the process: answer until there is nobody to ask."""
    gc.set_threshold(*COLLECT)
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            _answer(connection, work)


def _answer(connection: Connection, work: Callable[[Any], Any]) -> None:
    task = connection.recv()
    try:
        answer = (True, work(task), _resident())
    except Exception as error:
        error.add_note(f"In a worker:\n{traceback.format_exc()}")
        answer = (False, error, 0)
    try:
        connection.send(answer)
    except ConnectionError:
        raise
    except Exception as error:  # what cannot be sent is told, not lost
        connection.send((False, TypeError(f"{type(answer[1]).__name__} cannot be sent: {error}"), 0))


def _follow_parent() -> None:
    """End when the parent does, however it ends, in the middle of a task too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _resident() -> int:
    """Bytes of this process in memory; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
