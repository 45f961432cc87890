"""Worker processes side by side, a thread for each; what a worker died on is tried again while the others rest."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Generic, TypeVar, cast

from ntm_repair.batch.process import Worker, WorkerDiedError
from ntm_repair.batch.tasks import Bundle

Task = TypeVar("Task")
Result = TypeVar("Result")

TRIES = 3
"""How often a task is tried: the first death may have been somebody's kill and the second too; a third costs little."""


class Crew(Generic[Task, Result]):
    """`workers` processes that run `work`, which must be picklable.

    `lost` makes the result of a task whose worker died every time it was tried.
    """

    def __init__(self, work: Callable[[Task], Result], workers: int, lost: Callable[[Task], Result]) -> None:
        self._lost = lost
        self._workers: list[Worker[Task, Result]] = [Worker(work) for _ in range(workers)]
        self._threads: list[threading.Thread] = []
        self._orders: queue.SimpleQueue[tuple[Task, Future[Result]] | None] = queue.SimpleQueue()
        self._turns = _Turns()
        self._stopped = False

    def order(self, task: Task) -> Future[Result]:
        """What will be the result; also what `work` raised."""
        future: Future[Result] = Future()
        self._orders.put((task, future))
        if len(self._threads) < len(self._workers):
            # Daemons: an interpreter that must end does not wait for them.
            thread = threading.Thread(target=self._run, args=(self._workers[len(self._threads)],), daemon=True)
            self._threads.append(thread)
            thread.start()
        return future

    def stop(self, at_once: bool) -> None:
        """Let the processes go; `at_once` in the middle of what they do, and what was ordered never comes."""
        self._stopped = at_once
        for worker in self._workers if at_once else ():
            worker.kill()
        for _ in self._threads:
            self._orders.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self, worker: Worker[Task, Result]) -> None:
        while (order := self._orders.get()) is not None and not self._stopped:
            task, future = order
            try:
                result = self._done(worker, task)
            except Exception as error:
                future.set_exception(error)
            else:
                future.set_result(result)
        worker.dismiss()

    def _done(self, worker: Worker[Task, Result], task: Task) -> Result:
        with contextlib.suppress(WorkerDiedError), self._turns.beside():
            return worker.ask(task)
        return self._again(worker, task, TRIES - 1)

    def _again(self, worker: Worker[Task, Result], task: Task, tries: int) -> Result:
        """Any of the tasks under way may have taken the memory: this one gets all of it, and no company."""
        for _ in range(tries):
            with contextlib.suppress(WorkerDiedError), self._turns.alone():
                for other in self._workers:
                    if other is not worker:
                        other.dismiss()
                return worker.ask(task)
            if self._stopped:
                raise WorkerDiedError
        if isinstance(task, Bundle):
            # One of its files is the cause: the others have done nothing.
            parts = [self._again(worker, cast(Task, part), TRIES) for part in task.tasks]
            return cast(Result, parts)
        return self._lost(task)


class _Turns:
    """Many beside each other, or one alone; who wants to be alone comes first."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._beside = 0
        self._alone = 0  # those who wait for it included
        self._taken = False

    @contextlib.contextmanager
    def beside(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._alone)
            self._beside += 1
        try:
            yield
        finally:
            with self._changed:
                self._beside -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        with self._changed:
            self._alone += 1
            self._changed.wait_for(lambda: not self._beside and not self._taken)
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._alone -= 1
                self._taken = False
                self._changed.notify_all()
