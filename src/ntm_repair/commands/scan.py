"""`ntm-repair scan`: find and explain, over one article or a corpus."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from ntm_repair.batch.bundles import apart, bundled
from ntm_repair.batch.feed import tasks
from ntm_repair.batch.machine import workers_for
from ntm_repair.batch.neighbours import neighbourhoods
from ntm_repair.batch.pool import Pool
from ntm_repair.batch.scanner import Known, Scanner, ScanOutcome
from ntm_repair.batch.tasks import ArticleTask, BlockTask, Bundle, Failure, Settings, Tally
from ntm_repair.commands.allow import report_unused
from ntm_repair.commands.common import STDIN, article_files, language, lexicon_paths, listed_paths, read_stdin, tell
from ntm_repair.commands.progress import progress
from ntm_repair.config import Config, load
from ntm_repair.errors import EXIT_FINDINGS, EXIT_OK, EXIT_UNREADABLE, UsageError
from ntm_repair.files import write_atomically
from ntm_repair.formats import record_format
from ntm_repair.messages import Language, figure, phrase, say
from ntm_repair.pipeline import Scanned, load_resources
from ntm_repair.report.baseline import known_findings
from ntm_repair.rules import names
from ntm_repair.types import Message

TOLD = 10
"""Failures told one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; None is for what it does not say."""

    settings: dict[str, Any] = field(default_factory=dict)
    config: str | None = None
    output: str | None = None
    statistics: bool = False
    baseline: str | None = None
    file_list: str | None = None
    stdin_name: str | None = None


@dataclass(frozen=True, slots=True)
class Render:
    """A scanned article as its part of the report, made where it was scanned."""

    format: str
    language: Language

    def __call__(self, scanned: Scanned, line: int) -> Any:
        if self.format == "text":
            from ntm_repair.report import text

            return list(text.lines(scanned, self.language))
        if self.format == "json":
            from ntm_repair.report import json as report

            return report.document(scanned, self.language)
        if self.format == "sarif":
            from ntm_repair.report import sarif

            return sarif.results(scanned, line, self.language)
        if self.format == "github":
            from ntm_repair.report import github

            return list(github.lines(scanned, line, self.language))
        if self.format == "html":
            from ntm_repair.report import html

            return html.article(scanned, line, self.language)
        from ntm_repair.report import rows

        return rows.row(scanned, line, self.language)


def run(paths: Sequence[str], options: Options) -> int:
    """Scan the articles and print the findings."""
    paths = listed_paths(paths, options.file_list)
    config = load(paths[0], options.settings, options.config)
    said_in = language(config["lang"])
    if config["format"] == "parquet" and options.output is None:
        raise UsageError(Message("error.parquet_output"))
    lexicon_paths(config.lexicons)
    settings = Settings(config.lexicons, config["encoding"], config.fields, least_score=float(config["least_score"]))
    known = known_findings(options.baseline) if options.baseline is not None else frozenset()
    total = Scan(config, said_in, settings, known).run(article_files(paths, config["exclude"], said_in), options)
    report_unused([path for path in paths if path != STDIN], total.allowed, said_in)
    if total.tally.failures:
        return EXIT_UNREADABLE
    return EXIT_FINDINGS if total.damaged and not config["exit_zero"] else EXIT_OK


@dataclass
class Scan:
    """A scan under way: the counts so far and what could not be read."""

    config: Config
    lang: Language
    settings: Settings
    known: frozenset[Known]
    total: ScanOutcome = field(default_factory=ScanOutcome)

    def run(self, files: Sequence[str], options: Options) -> ScanOutcome:
        """Scan, print or write the report, and say the counts."""
        format = self.config["format"]
        counted_only = options.statistics and format == "text"
        with contextlib.ExitStack() as stack:
            reports = self._reports(files, options, stack)
            if format == "parquet" and options.output is not None:
                self._parquet(reports, Path(options.output))
            elif options.output is not None:
                with _report_file(Path(options.output)) as out:
                    self._print(reports, out, counted_only, len(files))
            else:
                self._print(reports, sys.stdout, counted_only, len(files))
        if options.statistics:
            for line in statistics(self.total, self.lang):
                print(line) if counted_only and options.output is None else tell(line)
        elif format == "text" and self.total.tally.articles > 1:
            found = self.total.tally.findings.total()
            tell(phrase("scan.total", self.lang, findings=found, documents=self.total.tally.articles))
        failures = self.total.tally.failures
        if failures > TOLD:
            tell(phrase("scan.more_failures", self.lang, count=failures - TOLD))
        if failures and self.total.tally.articles:
            tell(phrase("scan.unreadable", self.lang, count=failures))
        return self.total

    def _reports(self, files: Sequence[str], options: Options, stack: contextlib.ExitStack) -> Iterator[Any]:
        shown = options.output is not None or not sys.stdout.isatty()
        whole = sum(map(_size, files))
        through = stack.enter_context(progress(whole, self.lang, shown))
        work = Scanner(self.settings, Render(self.config["format"], self.lang), self.known, self.config["neighbours"])
        several = len(files) > 1 or record_format(files[0])
        workers = workers_for(self.config["workers"], whole) if several else 1
        pool: Pool[ArticleTask | BlockTask | Bundle, ScanOutcome | list[ScanOutcome]] = Pool(work, workers, _lost)
        for task, outcome in apart(pool.run(bundled(self._tasks(files, options, stack)))):
            if outcome is None:
                continue
            size = task.size if isinstance(task, BlockTask) else _size(getattr(task, "path", ""))
            through(size, Tally(outcome.tally.articles, failures=len(outcome.failures)))
            for failure in outcome.failures:
                self._failed(failure)
            self.total.tally.add(outcome.tally)
            self.total.damaged += outcome.damaged
            self.total.words += outcome.words
            self.total.weight += outcome.weight
            self.total.allowed |= outcome.allowed
            yield from outcome.reports

    def _tasks(
        self, files: Sequence[str], options: Options, stack: contextlib.ExitStack
    ) -> Iterator[ArticleTask | BlockTask]:
        near = neighbourhoods(path for path in files if path != STDIN) if self.config["neighbours"] else None
        for path in files:
            if path != STDIN:
                yield from tasks([path], self.settings, self._failed, near=near)
            elif options.stdin_name is not None and record_format(options.stdin_name):
                # Readers of records need a file they can measure; its name tells the format.
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ntm-repair-")))
                copy = folder / Path(options.stdin_name).name
                with copy.open("wb") as file:
                    shutil.copyfileobj(sys.stdin.buffer, file, 2**20)
                yield from tasks([str(copy)], self.settings, self._failed, options.stdin_name, near)
            else:
                yield ArticleTask(options.stdin_name or STDIN, data=read_stdin())

    def _failed(self, failure: Failure) -> None:
        if self.total.tally.failures < TOLD:
            tell(failure_line(failure, self.lang))
        self.total.tally.failures += 1

    def _print(self, reports: Iterator[Any], out: TextIO, counted_only: bool, files: int) -> None:
        format = self.config["format"]
        if format in ("json", "sarif"):
            self._print_object(reports, out)
            return
        if format == "html":
            from ntm_repair.report import html

            out.write(html.head(self.lang))
            out.writelines(reports)
            out.write(html.tail(self.total.tally.findings, self.total.tally.articles, self.lang))
            return
        for i, report in enumerate(reports):
            if counted_only:
                continue
            if format == "jsonl":
                from ntm_repair.report import rows

                out.write(rows.text(report) + "\n")
                continue
            if i and format == "text":
                out.write("\n")
            out.writelines(f"{line}\n" for line in report)

    def _print_object(self, reports: Iterator[Any], out: TextIO) -> None:
        """One object, its list printed as it grows, so that memory does not grow with the number of articles."""
        from ntm_repair.report import json as report
        from ntm_repair.report import rows, sarif

        if self.config["format"] == "json":
            sha256 = load_resources(tuple(Path(p) for p in self.config.lexicons)).lexicon.sha256
            opening, closing = f'{json.dumps(report.header(sha256), ensure_ascii=False)[:-1]}, "documents": [', "]}"
            items = reports
        else:
            head = json.dumps(sarif.head(self.lang), ensure_ascii=False)
            opening, closing = head[: -len("]}]}")], "]}]}"
            items = (result for results in reports for result in results)
        out.write(opening)
        for i, item in enumerate(items):
            out.write((",\n" if i else "\n") + rows.text(item))
        out.write(f"\n{closing}\n")

    def _parquet(self, reports: Iterator[Any], path: Path) -> None:
        from ntm_repair.report.rows import ParquetRows

        with tempfile.TemporaryDirectory(prefix="ntm-repair-") as folder:
            made = Path(folder) / "report.parquet"
            rows = ParquetRows(made)
            for report in reports:
                rows.add(report)
            rows.close()
            write_atomically(path, made.read_bytes())


@contextlib.contextmanager
def _report_file(path: Path) -> Iterator[TextIO]:
    """A report that appears under its name when it is whole."""
    with tempfile.TemporaryDirectory(prefix="ntm-repair-") as folder:
        made = Path(folder) / "report"
        with made.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            yield out
        write_atomically(path, made.read_bytes())


def statistics(total: ScanOutcome, lang: Language) -> Iterator[str]:
    """Counts by rule, and how damaged everything is taken together."""
    tally = total.tally
    for rule, count in sorted(tally.findings.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>8}  {rule} {names().get(rule, '')}"
    score = total.weight / total.words if total.words else 0.0
    counts = phrase("scan.statistics", lang, articles=tally.articles, damaged=total.damaged, words=total.words)
    yield f"{counts} {phrase('scan.score', lang, score=figure(score, lang, 4))}"


def _size(path: str) -> int:
    """A file's bytes; 0 for what is none, or cannot be asked."""
    try:
        return Path(path).stat().st_size if path != STDIN else 0
    except OSError:
        return 0


def failure_line(failure: Failure, lang: Language) -> str:
    """What could not be read, where, and what to do."""
    said = say(failure.message, lang)
    return phrase("record.line", lang, path=failure.path, line=failure.number, what=said) if failure.number else said


def _lost(task: ArticleTask | BlockTask | Bundle) -> ScanOutcome:
    outcome = ScanOutcome()
    assert not isinstance(task, Bundle)  # its files are tried one by one
    if isinstance(task, ArticleTask):
        outcome.failures.append(Failure(task.path, 0, Message("error.worker_died", {"path": task.path})))
    else:
        died = Message("record.worker_died")
        outcome.failures += (Failure(task.shape.path, raw.number, died) for raw in task.raws if raw.readable)
    return outcome
