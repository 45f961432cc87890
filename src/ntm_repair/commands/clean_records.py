"""`clean` on one file of records without an output folder: to a file, in place, to standard output, or as a diff."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_repair import pipeline
from ntm_repair.batch.doubled import doubled_in
from ntm_repair.batch.machine import workers_for
from ntm_repair.batch.output import stamp, write_failed
from ntm_repair.batch.plan import Shard
from ntm_repair.batch.run import sizes
from ntm_repair.batch.shards import Done, Shards
from ntm_repair.batch.tasks import Failure, Settings, Tally
from ntm_repair.batch.worker import Decided, log_decisions
from ntm_repair.commands.common import lexicon_paths, tell
from ntm_repair.config import Config
from ntm_repair.errors import EXIT_FINDINGS, EXIT_OK, EXIT_STALE, EXIT_UNREADABLE, StaleError, WriteError
from ntm_repair.files import back_up_file, sync_folder
from ntm_repair.formats import record_format
from ntm_repair.formats.base import BadRecord
from ntm_repair.messages import Language, phrase, say
from ntm_repair.report.diff import hunks, render
from ntm_repair.types import Message

if TYPE_CHECKING:
    from ntm_repair.commands.clean_options import Options

TOLD = 10


def run(path: str, settings: Settings, config: Config, options: Options, lang: Language) -> int:
    """Clean the records of a file; the exit code."""
    if options.diff:
        return _diff(path, settings, config, lang)
    told = _Told(lang)
    named = path if options.in_place else options.output
    target = Path(named) if named is not None else None
    folder = target.resolve().parent if target is not None else None
    with _folder(folder) as temporary:
        workers = workers_for(config["workers"], *sizes([Shard(path, path)]))
        (done,) = Shards(settings, workers, temporary, told.failures, told.counts).run([Shard(path, path)])
        if done.temporary is None:
            return EXIT_UNREADABLE
        _deliver(done, done.temporary, target, options.in_place)
    tally = told.tally
    if target is not None:
        edits, undecided = tally.edits, tally.undecided
        tell(phrase("clean.done", lang, path=path, edits=edits, undecided=undecided, target=str(target)))
    if tally.stale:
        tell(phrase("clean.stale_records", lang, path=path, count=tally.stale))
        return EXIT_STALE
    if told.failed:
        return EXIT_UNREADABLE
    return EXIT_FINDINGS if tally.undecided else EXIT_OK


@contextmanager
def _folder(parent: Path | None) -> Iterator[Path]:
    """A temporary folder beside the target, so that the result can take its name in one step."""
    try:
        folder = tempfile.TemporaryDirectory(prefix=".ntm-repair-", dir=parent)
    except OSError as error:
        raise write_failed(parent or Path(), error) from None
    with folder as name:
        yield Path(name)


def _deliver(done: Done, temporary: Path, target: Path | None, in_place: bool) -> None:
    if target is None:
        with temporary.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer, 2**20)
        sys.stdout.buffer.flush()
        return
    if in_place:
        if not done.outcome.changed:
            return
        back_up_file(target)
        if stamp(target) != done.stamp:
            raise WriteError(Message("error.changed", {"path": str(target)}))
    temporary.replace(target.resolve())
    sync_folder(target.resolve().parent)


class _Told:
    """Counts, and the first failures said as they come."""

    def __init__(self, lang: Language) -> None:
        self.tally = Tally()
        self.failed = 0
        self._lang = lang

    def failures(self, failures: Iterable[Failure]) -> None:
        for failure in failures:
            self.failed += 1
            if self.failed <= TOLD:
                said = say(failure.message, self._lang)
                number = failure.number
                tell(phrase("record.line", self._lang, path=failure.path, line=number, what=said) if number else said)

    def counts(self, tally: Tally) -> None:
        self.tally.add(tally)


def _diff(path: str, settings: Settings, config: Config, lang: Language) -> int:
    """Print what would change, record by record."""
    from ntm_repair.commands.clean_options import wants_colour

    resources = pipeline.load_resources(lexicon_paths(config.lexicons))
    form = record_format(path)
    assert form is not None
    source = form.source(Path(path), settings.fields, settings.encoding)
    decisions = log_decisions(path, settings.log)
    decided = Decided(decisions, doubled_in(path, settings, decisions))
    worst = EXIT_OK
    for block in source.blocks():
        for raw in block.raws:
            if raw.problem is not None:
                what = say(raw.problem, lang)
                tell(phrase("record.line", lang, path=path, line=raw.number, what=what))
                worst = max(worst, EXIT_UNREADABLE)
            if not raw.readable:
                continue
            try:
                document = form.parse(raw, source.shape).document
            except BadRecord as error:
                tell(phrase("record.line", lang, path=path, line=raw.number, what=say(error.message, lang)))
                worst = max(worst, EXIT_UNREADABLE)
                continue
            own = decided.for_record(document)
            try:
                cleaned = pipeline.clean(document, resources, own, path, settings.accept)
            except StaleError as error:
                what = phrase("record.other_text", lang, count=error.message.values["count"])
                tell(phrase("record.line", lang, path=path, line=raw.number, what=what))
                worst = EXIT_STALE
                continue
            worst = max(worst, EXIT_STALE if cleaned.stale else EXIT_FINDINGS if cleaned.undecided else EXIT_OK)
            if cleaned.edits:
                print(f"== {document.source.id}")
                for hunk in hunks(document, cleaned.edits):
                    print(render(hunk, lang, colour=wants_colour()))
    source.close()
    return worst
