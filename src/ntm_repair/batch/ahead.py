"""Records read some articles ahead, so that what can be asked of many at once is asked once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntm_repair.article import Article
from ntm_repair.batch.bundles import look_together
from ntm_repair.batch.tasks import BlockTask
from ntm_repair.formats import record_format_named
from ntm_repair.formats.base import Raw, Record
from ntm_repair.resources import Resources

AT_ONCE = 1 << 16
"""About how many code points are looked at together: fewer cost more calls, with more the arrays leave the caches."""


@dataclass(slots=True)
class Ahead:
    """A record of a block: read, or why it could not be; neither for one that is passed over."""

    raw: Raw
    record: Record | None = None
    article: Article | None = None
    error: Exception | None = None

    def taken(self) -> Record:
        """The record. Raises what reading it raised."""
        if self.error is not None:
            raise self.error
        assert self.record is not None
        return self.record


def read_ahead(task: BlockTask, resources: Resources) -> Iterator[Ahead]:
    """The records of a block in order, their articles looked at."""
    form = record_format_named(task.shape.format)
    group: list[Ahead] = []
    size = 0
    for raw in task.raws:
        item = Ahead(raw)
        if raw.readable:
            try:
                item.record = form.parse(raw, task.shape)
                item.article = Article(item.record.document)
                size += len(item.article.text)
            except Exception as error:
                item.error = error
        group.append(item)
        if size >= AT_ONCE:
            yield from _looked_at(group, resources)
            group, size = [], 0
    yield from _looked_at(group, resources)


def _looked_at(group: list[Ahead], resources: Resources) -> list[Ahead]:
    articles = [item.article for item in group if item.article is not None]
    look_together(articles, resources)
    return group
