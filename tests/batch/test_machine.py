"""How many workers a run has where nobody says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_repair.batch import machine
from ntm_repair.batch.machine import AUTO, MEMORY, PIECE, workers_for


@pytest.mark.parametrize(
    ("asked", "size", "free", "wanted"),
    [
        (3, 0, MEMORY, 3),
        (AUTO, 0, 64 * MEMORY, 1),
        (AUTO, 3 * PIECE, 64 * MEMORY, 3),
        (AUTO, 64 * PIECE, 64 * MEMORY, 8),
        (AUTO, 64 * PIECE, 2 * MEMORY, 2),
        (AUTO, 64 * PIECE, 0, 1),
    ],
)
def test_as_many_as_processors_memory_and_input_are_good_for(
    asked: int | str, size: int, free: int, wanted: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "meminfo"
    told.write_text(f"MemTotal: 99999999 kB\nMemAvailable:   {free >> 10} kB\n")
    monkeypatch.setattr(machine, "_MEMINFO", told)
    monkeypatch.setattr(machine, "processors", lambda: 8)
    assert workers_for(asked, size) == wanted


def test_a_system_that_does_not_tell_its_memory_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_MEMINFO", tmp_path / "none")
    monkeypatch.setattr(machine, "processors", lambda: 4)
    assert workers_for(AUTO, 64 * PIECE) == 4
