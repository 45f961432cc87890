"""Workers that have grown large are replaced, and nobody notices."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ntm_repair.batch import pool
from ntm_repair.batch.pool import Marker, Pool


def square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def lost(number: int) -> tuple[int, int]:
    raise AssertionError(number)


@pytest.mark.parametrize("large", [1, 1 << 60])
def test_large_workers_are_replaced(large: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LARGE", large)
    monkeypatch.setattr(pool, "RENEWED", 0.0)
    tasks: list[int | Marker] = [*range(9), Marker(), *range(9, 14)]
    done = list(Pool(square, 2, lost).run(tasks))
    assert [task for task, _ in done] == tasks
    results = [result for _, result in done if result is not None]
    assert [number for number, _ in results] == [n * n for n in range(14)]
    workers = {process for _, process in results}
    assert os.getpid() not in workers
    if Path("/proc/self/statm").exists():
        assert (len(workers) > 2) == (large == 1)
