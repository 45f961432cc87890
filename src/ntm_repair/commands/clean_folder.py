"""`clean --out-dir`: a run over folders and corpora, with progress, a summary and the right exit code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_repair.batch.machine import workers_for
from ntm_repair.batch.plan import plan
from ntm_repair.batch.run import Report, Run, sizes
from ntm_repair.batch.tasks import Settings
from ntm_repair.commands.common import NAMED, STDIN, language, tell, tell_ours
from ntm_repair.commands.progress import progress
from ntm_repair.config import Config
from ntm_repair.errors import EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_OK, EXIT_STALE, EXIT_UNREADABLE, UsageError
from ntm_repair.messages import Language, phrase
from ntm_repair.rules import names
from ntm_repair.types import Message

if TYPE_CHECKING:
    from ntm_repair.commands.clean_options import Options

TOLD = 5
"""Failures shown in the summary; all of them are in the list."""


def clean_folder(paths: Sequence[str], out: Path, settings: Settings, config: Config, options: Options) -> int:
    """Clean everything below `paths` into `out`; a run that was stopped goes on where it was."""
    lang = language(config["lang"])
    if STDIN in paths:
        raise UsageError(Message("error.out_dir_stdin"))
    ours: list[Path] = []
    shards = plan(paths, out, config["exclude"], ours)
    tell_ours(ours, [s.path for s in shards], lang)
    size = sum(sizes(shards))
    try:
        with progress(size, lang) as through:
            workers = workers_for(config["workers"], size)
            report = Run(shards, out, settings, lang, through).clean(workers, options.overwrite)
    except KeyboardInterrupt:
        tell(phrase("batch.interrupted", lang, out=str(out)))
        return EXIT_INTERRUPTED
    for line in _summary(report, out, lang):
        tell(line)
    if report.tally.stale:
        return EXIT_STALE
    if report.tally.failures:
        return EXIT_UNREADABLE
    return EXIT_FINDINGS if report.tally.undecided else EXIT_OK


def _summary(report: Report, out: Path, lang: Language) -> Iterator[str]:
    tally = report.tally
    yield phrase("batch.done", lang, files=report.shards, articles=tally.articles, out=str(out))
    if report.resumed:
        yield phrase("batch.resumed", lang, count=report.resumed)
    for rule, count in sorted(tally.findings.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>8}  {rule} {names().get(rule, '')}"
    yield phrase("batch.edits", lang, edits=tally.edits, undecided=tally.undecided)
    if tally.stale:
        yield phrase("batch.stale", lang, count=tally.stale)
    if tally.failures:
        yield from _first_failures(report.failures)
        yield phrase("batch.failures", lang, count=tally.failures, path=str(report.failures))
    if report.orphans:
        some = ", ".join(report.orphans[:NAMED]) + (" …" if len(report.orphans) > NAMED else "")
        yield phrase("batch.orphans", lang, count=len(report.orphans), names=some)
    if report.not_done:
        yield phrase("batch.not_done", lang, count=report.not_done)


def _first_failures(path: Path) -> Iterator[str]:
    import json

    with path.open(encoding="utf-8") as file:
        for _, line in zip(range(TOLD), file, strict=False):
            failure = json.loads(line)
            message, where = failure["message"], failure["path"]
            if failure["line"]:
                where = f"{where}:{failure['line']}"
            yield f"  {message}" if message.startswith(failure["path"]) else f"  {where}: {message}"
