"""Tasks done by worker processes and given back in order, a bounded number of them at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Generic, TypeVar

from ntm_repair.batch.crew import Crew

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 3
"""Tasks a worker may have waiting, done ones included: enough to keep it busy, few enough to keep memory flat."""


class Marker:
    """A task that no worker sees: it comes back by itself when its turn is there."""


class Pool(Generic[Task, Result]):
    """Runs `work`, which must be picklable, on tasks. One worker means: here, in this process.

    `lost` makes the result of a task whose worker died every time it was tried (killed by the system for its memory).
    """

    def __init__(self, work: Callable[[Task], Result], workers: int, lost: Callable[[Task], Result]) -> None:
        self._work = work
        self._workers = workers
        self._lost = lost

    def run(self, tasks: Iterable[Task | Marker]) -> Iterator[tuple[Task | Marker, Result | None]]:
        """Every task with its result, in the order of `tasks`; markers with None. Raises what `work` raised."""
        if self._workers == 1:
            for task in tasks:
                yield task, None if isinstance(task, Marker) else self._work(task)
            return
        crew = Crew(self._work, self._workers, self._lost)
        complete = False
        try:
            for task, future in self._ordered(iter(tasks), crew):
                yield task, None if future is None else future.result()
            complete = True
        finally:
            crew.stop(at_once=not complete)

    def _ordered(
        self, source: Iterator[Task | Marker], crew: Crew[Task, Result]
    ) -> Iterator[tuple[Task | Marker, Future[Result] | None]]:
        waiting: deque[tuple[Task | Marker, Future[Result] | None]] = deque()
        for task in source:
            waiting.append((task, None if isinstance(task, Marker) else crew.order(task)))
            # Markers count too: a folder of empty files must not be opened all at once.
            if len(waiting) == self._workers * AHEAD:
                yield waiting.popleft()
        yield from waiting
