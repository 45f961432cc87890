"""How many worker processes a run is worth, on this machine and for this much text."""

from __future__ import annotations

import os
from pathlib import Path

AUTO = "auto"
"""Workers as the machine has processors and memory for, and the input work."""
PIECE = 1 << 19
"""Bytes of input that are worth a worker: a second of work, twice what it takes to start one."""
MEMORY = 400 << 20
"""Bytes of memory that a worker may come to need (`docs/performance.md`: 341 MB after a gigabyte)."""
_MEMINFO = Path("/proc/meminfo")


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers_for(asked: int | str, size: int) -> int:
    """The number asked for; for AUTO what `size` bytes of input and this machine are good for, 1 at least."""
    if isinstance(asked, int):
        return asked
    return max(1, min(processors(), size // PIECE, _free_memory() // MEMORY))


def _free_memory() -> int:
    """Bytes of memory that can be had; where the system does not say, as much as any number of workers needs."""
    try:
        for line in _MEMINFO.read_text("utf-8").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) << 10
    except (OSError, ValueError):
        pass
    return MEMORY << 10
