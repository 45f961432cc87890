"""The work of one process: articles and records in, repaired ones out. No failure of one touches the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntm_repair import pipeline
from ntm_repair.batch.ahead import Ahead, read_ahead
from ntm_repair.batch.opened import Opened, opened
from ntm_repair.batch.output import passed_on, put
from ntm_repair.batch.tasks import ArticleTask, BlockTask, Bundle, Outcome, Settings, Tally
from ntm_repair.decoding import sha256
from ntm_repair.errors import RepairError, StaleError
from ntm_repair.formats import record_format_named
from ntm_repair.formats.base import BadRecord, Columns
from ntm_repair.likely import likely
from ntm_repair.pipeline import Cleaned
from ntm_repair.resources import Resources
from ntm_repair.types import Decision, Document, Message, Source


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Repairs tasks. Picklable; the lexicon and the tables are loaded in the process that works."""

    settings: Settings

    def __call__(self, task: ArticleTask | BlockTask | Bundle) -> Outcome | list[Outcome]:
        resources = pipeline.load_resources(tuple(Path(p) for p in self.settings.lexicons))
        if isinstance(task, BlockTask):
            return self._block(task, resources)
        done = [self._article(file, resources) for file in opened(task, self.settings.encoding, resources)]
        return done if isinstance(task, Bundle) else done[0]

    def _article(self, file: Opened, resources: Resources) -> Outcome:
        outcome = Outcome()
        task = file.task
        path = Path(task.path)
        temporary = Path(task.temporary)
        data = file.data
        if data is None:
            assert file.error is not None
            outcome.fail(task.path, 0, failure_message(file.error, task.path))
            return passed_on(outcome, path, temporary)
        written = data
        outcome.sha256 = sha256(data)
        try:
            unit = file.taken()
            log = Path(self.settings.log) if self.settings.log else None
            decisions, log = pipeline.decisions_for(unit.document, log)
            cleaned = pipeline.clean(unit, resources, decisions, str(log), self.settings.accept, file.article)
            written = cleaned.data
            outcome.tally = tally(cleaned)
        except Exception as error:
            if isinstance(error, StaleError):
                stale(error, outcome)
            outcome.fail(task.path, 0, failure_message(error, task.path))
        outcome.changed = written != data
        return put(outcome, path, temporary, written)

    def _block(self, task: BlockTask, resources: Resources) -> Outcome:
        outcome = Outcome()
        form = record_format_named(task.shape.format)
        decided = Decided(task.decisions, task.doubled)
        records: list[Any] = []
        for ahead in read_ahead(task, resources):
            raw, made = ahead.raw, None
            problem = raw.problem
            if raw.readable:
                try:
                    made = self._record(task, ahead, decided, resources, outcome)
                except StaleError as error:
                    problem = stale(error, outcome)
                except Exception as error:
                    problem = failure_message(error, task.shape.path)
            if problem is not None:
                outcome.fail(task.shape.path, raw.number, problem)
            records.append(form.copy(raw, task.shape, self.settings.columns) if made is None else made)
        outcome.records = records
        return outcome

    def _record(self, task: BlockTask, ahead: Ahead, decided: Decided, resources: Resources, outcome: Outcome) -> Any:
        shape = task.shape
        form = record_format_named(shape.format)
        record = ahead.taken()
        decisions = decided.for_record(record.document)
        outcome.reached |= decided.reached_in(record.document)
        cleaned = pipeline.clean(record.document, resources, decisions, shape.path, self.settings.accept, ahead.article)
        columns = columns_of(cleaned, self.settings.least_score) if self.settings.columns else None
        made = form.write(record, shape, cleaned.edits, columns)
        outcome.tally.add(tally(cleaned))
        outcome.changed = outcome.changed or columns is not None or bool(cleaned.edits)
        return made


class Decided:
    """The decisions of a log by record: one log may decide on thousands.

    Where records with different texts have a name of `doubled` in common, each has those made on its very text.
    """

    def __init__(self, decisions: Sequence[Decision], doubled: frozenset[str] = frozenset()) -> None:
        self._doubled = doubled
        self._wide = [d for d in decisions if d.scope != "this"]
        self._own: dict[str, list[Decision]] = {}
        for decision in decisions:
            if decision.scope == "this":
                self._own.setdefault(decision.record, []).append(decision)

    def for_record(self, document: Document) -> list[Decision]:
        """Those that speak of one record, after those of all of its file, or of every article, each in their order."""
        return [*self._wide, *self._of(document)]

    def reached_in(self, document: Document) -> set[tuple[str, str]]:
        """What `Outcome.reached` says of a record; nothing where no decision speaks of it."""
        return {key_in(d, self._doubled) for d in self._of(document)}

    def _of(self, document: Document) -> list[Decision]:
        own = self._own.get(document.source.id, [])
        if document.source.id not in self._doubled:
            return own
        return [d for d in own if d.source_sha256 == document.source.sha256]


def key_in(decision: Decision, doubled: frozenset[str]) -> tuple[str, str]:
    """The record a decision speaks of, as `Outcome.reached` names it."""
    return decision.record, decision.source_sha256 if decision.record in doubled else ""


def stale(error: StaleError, outcome: Outcome) -> Message:
    """What is said of a record whose text is no longer the one that was decided on; its decisions are counted."""
    count = error.message.values["count"]
    outcome.tally.stale += int(count or 0)
    return Message("record.other_text", {"count": count})


def log_decisions(path: str, log: str | None) -> tuple[Decision, ...]:
    """The decisions made on the records of a file. Raises as `pipeline.decisions_for` does."""
    document = Document("", Source(path, "", "utf-8"))
    return tuple(pipeline.decisions_for(document, Path(log) if log else None)[0])


def tally(cleaned: Cleaned) -> Tally:
    """The counts of one article."""
    findings = Counter(f.rule for f in cleaned.scanned.findings)
    return Tally(1, len(cleaned.edits), len(cleaned.undecided), len(cleaned.stale), 0, findings)


def columns_of(cleaned: Cleaned, least_score: float) -> Columns:
    """What is added to the record of an article."""
    scanned = cleaned.scanned
    findings = [
        {
            "rule": f.rule,
            "start": f.start,
            "end": f.end,
            "text": f.text,
            "confidence": round(f.confidence, 4),
            "applicability": f.applicability,
            "suggestion": f.suggestions[0].replacement if f.suggestions else None,
            "fingerprint": f.fingerprint,
        }
        for f in likely(scanned.findings, least_score)
    ]
    return Columns(cleaned.text, findings, scanned.score)


def failure_message(error: Exception, path: str) -> Message:
    """The one line of a failure; of a defect of ours too, so that one article never stops the rest."""
    if isinstance(error, RepairError | BadRecord):
        return error.message
    return Message("record.internal", {"error": f"{type(error).__name__}: {error}"[:300]})
