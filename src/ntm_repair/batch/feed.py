"""Inputs as tasks for a scan: nothing is written, so files need no opening and closing in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ntm_repair.batch.neighbours import joined
from ntm_repair.batch.tasks import ArticleTask, BlockTask, Failure, Settings
from ntm_repair.errors import RepairError
from ntm_repair.formats import record_format
from ntm_repair.types import Message


def tasks(
    paths: Iterable[str],
    settings: Settings,
    failed: Callable[[Failure], None],
    shown: str = "",
    near: Mapping[str, tuple[str, ...]] | None = None,
) -> Iterator[ArticleTask | BlockTask]:
    """The tasks of some files in order; what cannot be opened or read on is told to `failed`.

    `shown` is the name to report for files that stand in for another. `near` gives the neighbours of files, where they
    are to be asked; neighbouring records are then kept in one task.
    """
    for path in paths:
        form = record_format(path)
        if form is None:
            yield ArticleTask(path, neighbours=near.get(path, ()) if near is not None else ())
            continue
        try:
            source = form.source(Path(path), settings.fields, settings.encoding)
        except RepairError as error:
            failed(Failure(path, 0, error.message))
            continue
        except OSError as error:
            values = {"path": path, "reason": error.strerror or str(error)}
            failed(Failure(path, 0, Message("error.read", values)))
            continue
        shape = replace(source.shape, path=shown) if shown else source.shape
        try:
            size, read = Path(path).stat().st_size, 0.0
            for block in source.blocks() if near is None else joined(source.blocks()):
                yield BlockTask(shape, block.raws, size=size * max(0.0, block.read - read))
                read = max(read, block.read)
        except RepairError as error:
            failed(Failure(path, 0, error.message))
        finally:
            source.close()
