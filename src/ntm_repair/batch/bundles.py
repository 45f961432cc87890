"""Small files taken together, so that what can be asked of many articles at once is asked once.

To whoever hands out tasks and takes results nothing changes: `bundled` groups tasks on their way to the pool, `apart`
takes the results of a bundle for those of its tasks.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from ntm_repair.article import Article
from ntm_repair.batch.tasks import ArticleTask, Bundle
from ntm_repair.detect import look_ahead
from ntm_repair.formats import Unit
from ntm_repair.pipeline import Scanned, scan
from ntm_repair.resources import Resources
from ntm_repair.types import Document

MOST_FILES, MOST_BYTES = 16, 1 << 16
"""Of a bundle: enough for most of what is saved, few enough for all workers to have some."""
FEWEST = 16
"""Articles that a process takes one by one first: for fewer, loading what looks at many costs more than it saves."""

T = TypeVar("T")
R = TypeVar("R")

_taken = 0
"""Articles that this process has had in bundles."""


def bundled(tasks: Iterable[T]) -> Iterator[T | Bundle]:
    """The tasks in order, neighbouring small files as one."""
    waiting: list[ArticleTask] = []
    size = 0
    for task in tasks:
        more = _size(task) if isinstance(task, ArticleTask) and task.data is None else MOST_BYTES
        if waiting and (size + more > MOST_BYTES or len(waiting) == MOST_FILES):
            yield Bundle(tuple(waiting))
            waiting, size = [], 0
        if isinstance(task, ArticleTask) and more < MOST_BYTES:
            waiting.append(task)
            size += more
        else:
            yield task
    if waiting:
        yield Bundle(tuple(waiting))


def _size(task: ArticleTask) -> int:
    try:
        return Path(task.path).stat().st_size
    except OSError:
        return 0  # to be said when it is read


def apart(done: Iterable[tuple[T | Bundle, R | Sequence[R] | None]]) -> Iterator[tuple[T | ArticleTask, R | None]]:
    """The tasks with their results in order, those of a bundle one by one."""
    for task, result in done:
        if isinstance(task, Bundle):
            assert isinstance(result, Sequence)
            yield from zip(task.tasks, result, strict=True)
        else:
            yield task, result  # type: ignore[misc]


def look_at(articles: Sequence[Article], resources: Resources) -> None:
    """Look at the articles of a bundle together, once this process has had so many that it pays."""
    global _taken
    if _taken >= FEWEST:
        look_together(articles, resources)
    _taken += len(articles)


def look_together(articles: Sequence[Article], resources: Resources) -> None:
    """Look at articles together. Where that fails, one of them is the cause: each is then asked by itself, and says."""
    if articles:
        with contextlib.suppress(Exception):
            look_ahead(articles, resources)


def scan_together(sources: Iterable[Unit | Document], resources: Resources) -> Iterator[Scanned]:
    """The articles scanned in order, some of them read before the first is."""
    group: list[tuple[Unit | Document, Article]] = []
    size = 0
    for source in sources:
        article = Article(source.document if isinstance(source, Unit) else source)
        group.append((source, article))
        size += len(article.text)
        if size >= MOST_BYTES or len(group) == MOST_FILES:
            yield from _scanned(group, resources)
            group, size = [], 0
    yield from _scanned(group, resources)


def _scanned(group: Sequence[tuple[Unit | Document, Article]], resources: Resources) -> Iterator[Scanned]:
    look_at([article for _, article in group], resources)
    for source, article in group:
        yield scan(source, resources, article=article)
