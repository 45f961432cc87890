"""Workers that have grown large are replaced, and workers may die at any moment; nobody notices."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from ntm_repair.batch import process
from ntm_repair.batch.pool import Marker, Pool
from ntm_repair.batch.tasks import ArticleTask, Bundle


def square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def lost(number: int) -> tuple[int, int]:
    raise AssertionError(number)


@pytest.mark.parametrize("large", [1, 1 << 60])
def test_large_workers_are_replaced(large: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "LARGE", large)
    monkeypatch.setattr(process, "RENEWED", 0.0)
    tasks: list[int | Marker] = [*range(9), Marker(), *range(9, 14)]
    done = list(Pool(square, 2, lost).run(tasks))
    assert [task for task, _ in done] == tasks
    results = [result for _, result in done if result is not None]
    assert [number for number, _ in results] == [n * n for n in range(14)]
    workers = {process for _, process in results}
    assert os.getpid() not in workers
    if Path("/proc/self/statm").exists():
        assert (len(workers) > 2) == (large == 1)


def _half(pipe: int, data: bytes) -> int:
    os.write(pipe, data[: len(data) // 2])
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


class Unlucky:
    """Work whose first `deaths` processes die: as they begin, or half way through writing an answer."""

    def __init__(self, folder: Path, when: str, deaths: int) -> None:
        self.folder, self.when, self.deaths = folder, when, deaths

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        if self.when == "start" and self._mine():
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(self, number: int) -> tuple[int, bytes]:
        if self.when == "answer" and self._mine():
            Connection._send.__defaults__ = (_half,)  # type: ignore[attr-defined]
        return number, b""

    def _mine(self) -> bool:
        """Whether this is one of the deaths to be died; each is died once, whoever comes first."""
        for death in range(self.deaths):
            try:
                (self.folder / str(death)).touch(exist_ok=False)
            except FileExistsError:
                continue
            return True
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("when", ["start", "answer"])
@pytest.mark.parametrize("deaths", [1, 2, 5])
def test_a_death_at_a_bad_moment_costs_nothing(tmp_path: Path, when: str, deaths: int) -> None:
    work = Unlucky(tmp_path, when, deaths)
    done = list(Pool(work, 3, gone).run(range(40)))
    assert [result and result[0] for _, result in done] == list(range(40))
    assert len(list(tmp_path.iterdir())) == deaths


def slowly(number: int) -> tuple[int, bytes]:
    time.sleep(0.002)
    return number, bytes(100_000)


def gone(number: int) -> tuple[int, bytes]:
    return number, b"lost"


def children() -> list[int]:
    """The workers of this process, whichever thread started them."""
    here = Path("/proc/self/task")
    found = [int(pid) for task in here.glob("*/children") for pid in task.read_text().split()]
    return [pid for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for its children in /proc")
def test_workers_may_be_killed_at_any_moment() -> None:
    moments = random.Random(11)
    over = threading.Event()
    killed = 0

    def kill() -> None:
        nonlocal killed
        while not over.wait(moments.uniform(0.02, 0.5)):
            try:
                os.kill(moments.choice(children()), signal.SIGKILL)
            except (IndexError, OSError):
                continue  # none there, or ended by itself meanwhile
            killed += 1

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        done = list(Pool(slowly, 3, gone).run(range(300)))
    finally:
        over.set()
        killer.join()
    assert [(task, result and result[0]) for task, result in done] == [(n, n) for n in range(300)]
    assert killed >= 3
    assert not children()


def deadly(task: ArticleTask | Bundle) -> list[str] | str:
    """Dies of the article that is too large, by itself or among others."""
    if isinstance(task, Bundle):
        return [str(deadly(one)) for one in task.tasks]
    if task.path == "lớn":
        os.kill(os.getpid(), signal.SIGKILL)
    return task.path


def given_up(task: ArticleTask | Bundle) -> list[str] | str:
    return f"mất {task.path}" if isinstance(task, ArticleTask) else []


def test_what_kills_every_worker_is_passed_on_alone() -> None:
    names = ["một", "lớn", "hai"]
    bundle = Bundle(tuple(map(ArticleTask, names)))
    tasks: list[ArticleTask | Bundle | Marker] = [ArticleTask("ba"), bundle, ArticleTask("lớn"), ArticleTask("bốn")]
    done = [result for _, result in Pool(deadly, 2, given_up).run(tasks)]
    assert done == ["ba", ["một", "mất lớn", "hai"], "mất lớn", "bốn"]


def faulty(number: int) -> object:
    if number == 2:
        raise LookupError("không có")
    return (lambda: None) if number == 3 else number


@pytest.mark.parametrize(("number", "error", "said"), [(2, LookupError, "không có"), (3, TypeError, "cannot be sent")])
def test_a_fault_in_a_worker_is_raised_and_ends_the_run(number: int, error: type[Exception], said: str) -> None:
    run = Pool(faulty, 2, lost).run([0, number, *range(4, 400)])
    assert next(run) == (0, 0)
    with pytest.raises(error, match=said):
        list(run)


def long(number: int) -> int:
    time.sleep(60 * number)
    return number


def test_who_goes_before_the_end_waits_for_nobody() -> None:
    run = Pool(long, 2, lost).run([0, 1, 1, 1])
    assert next(run) == (0, 0)
    began = time.monotonic()
    run.close()
    assert time.monotonic() - began < 30
