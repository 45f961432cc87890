"""The work of one process of a scan: articles and records in, their part of the report out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntm_repair import pipeline
from ntm_repair.allow import Entry
from ntm_repair.article import Article
from ntm_repair.batch.ahead import read_ahead
from ntm_repair.batch.neighbours import asked, block_neighbours, read_neighbours
from ntm_repair.batch.opened import Opened, opened
from ntm_repair.batch.tasks import ArticleTask, BlockTask, Bundle, Failure, Settings, Tally
from ntm_repair.batch.worker import failure_message
from ntm_repair.formats import Unit
from ntm_repair.likely import likely
from ntm_repair.pipeline import Scanned
from ntm_repair.resources import Resources
from ntm_repair.types import Document

if TYPE_CHECKING:
    from ntm_repair.suggest.neighbours import Neighbour

Render = Callable[[Scanned, int], Any]
"""A scanned article, and the line of its record or 0, as a report has it. Must be picklable."""
Known = tuple[str, str, str]
"""What a baseline knows a finding by: file name, record, fingerprint."""


@dataclass(slots=True)
class ScanOutcome:
    """What came of a task of a scan."""

    reports: list[Any] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    failures: list[Failure] = field(default_factory=list)
    damaged: int = 0
    """Articles with a finding."""
    words: int = 0
    weight: float = 0.0
    """Words in findings, weighted by confidence: the garble score of everything is `weight / words`."""
    allowed: set[Entry] = field(default_factory=set)
    """The entries for allowed terms that hid something."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Scans tasks. Picklable."""

    settings: Settings
    render: Render
    baseline: Collection[Known] = frozenset()
    neighbours: bool = False
    """Whether the other articles of a neighbourhood are asked for repairs."""

    def __call__(self, task: ArticleTask | BlockTask | Bundle) -> ScanOutcome | list[ScanOutcome]:
        resources = pipeline.load_resources(tuple(Path(p) for p in self.settings.lexicons))
        if isinstance(task, BlockTask):
            outcome = ScanOutcome()
            self._block(task, resources, outcome)
            return outcome
        done = [self._article(file, resources) for file in opened(task, self.settings.encoding, resources)]
        return done if isinstance(task, Bundle) else done[0]

    def _article(self, file: Opened, resources: Resources) -> ScanOutcome:
        outcome = ScanOutcome()
        task = file.task
        try:
            near = partial(read_neighbours, task.neighbours, self.settings.encoding)
            self._scan(file.taken(), 0, near, resources, outcome, file.article)
        except Exception as error:
            outcome.failures.append(Failure(task.path, 0, failure_message(error, task.path)))
        return outcome

    def _block(self, task: BlockTask, resources: Resources, outcome: ScanOutcome) -> None:
        near = cache(partial(block_neighbours, task.raws, task.shape))
        for ahead in read_ahead(task, resources):
            raw = ahead.raw
            problem = raw.problem
            if raw.readable:
                try:
                    self._scan(ahead.taken().document, raw.number, near, resources, outcome, ahead.article)
                except Exception as error:
                    problem = failure_message(error, task.shape.path)
            if problem is not None:
                outcome.failures.append(Failure(task.shape.path, raw.number, problem))

    def _scan(
        self,
        source: Document | Unit,
        line: int,
        near: Callable[[], Sequence[Neighbour]],
        resources: Resources,
        outcome: ScanOutcome,
        article: Article | None = None,
    ) -> None:
        scanned = pipeline.scan(source, resources, article=article)
        if self.neighbours:
            scanned = asked(scanned, near, resources)
        scanned = replace(scanned, findings=likely(scanned.findings, self.settings.least_score))
        outcome.allowed.update(entry for _, entry in scanned.allowed)
        if self.baseline:
            scanned = self._unknown(scanned)
        outcome.reports.append(self.render(scanned, line))
        outcome.tally.add(Tally(1, findings=Counter(f.rule for f in scanned.findings)))
        outcome.damaged += bool(scanned.findings)
        size = scanned.article.words
        outcome.words += size
        outcome.weight += size * scanned.score

    def _unknown(self, scanned: Scanned) -> Scanned:
        source = scanned.document.source
        name = Path(source.path).name
        new = tuple(f for f in scanned.findings if (name, source.id, f.fingerprint) not in self.baseline)
        return replace(scanned, findings=new)
