"""Files read for the work to be done on them, or why they could not be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ntm_repair.article import Article
from ntm_repair.batch.bundles import look_at
from ntm_repair.batch.tasks import ArticleTask, Bundle
from ntm_repair.files import read_whole
from ntm_repair.formats import Unit, read_article
from ntm_repair.resources import Resources


@dataclass(frozen=True, slots=True)
class Opened:
    """The file of a task: its bytes, if they could be read, and its article, if they hold one; else the error."""

    task: ArticleTask
    data: bytes | None = None
    unit: Unit | None = None
    article: Article | None = None
    error: Exception | None = None

    @classmethod
    def of(cls, task: ArticleTask, encoding: str | None) -> Opened:
        """Read the file of a task. Raises nothing: the error is kept for when its turn is there."""
        data: bytes | None = None
        try:
            data = read_whole(Path(task.path)) if task.data is None else task.data
            unit = read_article(data, task.path, encoding)
            return cls(task, data, unit, Article(unit.document))
        except Exception as error:
            return cls(task, data, error=error)

    def taken(self) -> Unit:
        """The article as its format sees it. Raises what reading it raised."""
        if self.unit is None:
            assert self.error is not None
            raise self.error
        return self.unit


def opened(task: ArticleTask | Bundle, encoding: str | None, resources: Resources) -> list[Opened]:
    """The files of a task in order; those of a bundle looked at together."""
    if isinstance(task, ArticleTask):
        return [Opened.of(task, encoding)]
    files = [Opened.of(one, encoding) for one in task.tasks]
    look_at([file.article for file in files if file.article is not None], resources)
    return files
