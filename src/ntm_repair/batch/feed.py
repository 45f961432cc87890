"""Inputs as tasks for a scan: nothing is written, so files need no opening and closing in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ntm_repair.batch.tasks import ArticleTask, BlockTask, Failure, Settings
from ntm_repair.errors import RepairError
from ntm_repair.formats import record_format
from ntm_repair.types import Message


def tasks(
    paths: Iterable[str], settings: Settings, failed: Callable[[Failure], None], shown: str = ""
) -> Iterator[ArticleTask | BlockTask]:
    """The tasks of some files in order; what cannot be opened or read on is told to `failed`.

    `shown` is the name to report for files that stand in for another.
    """
    for path in paths:
        form = record_format(path)
        if form is None:
            yield ArticleTask(path)
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
            for block in source.blocks():
                yield BlockTask(shape, block.raws)
        except RepairError as error:
            failed(Failure(path, 0, error.message))
        finally:
            source.close()
