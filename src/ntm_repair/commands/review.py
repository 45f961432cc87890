"""`ntm-repair review`: the human step, over one article or many."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ntm_repair import pipeline
from ntm_repair.batch.bundles import scan_together
from ntm_repair.batch.doubled import doubled_names
from ntm_repair.batch.neighbours import asked_around
from ntm_repair.commands.common import NAMED, STDIN, article_files, language, lexicon_paths, tell, tell_error
from ntm_repair.commands.review_options import Options
from ntm_repair.commands.review_result import target_of, write_all
from ntm_repair.commands.sources import Sources
from ntm_repair.commands.who import author
from ntm_repair.config import load
from ntm_repair.decisions import SHARED, not_undone, read_log, shared_logs
from ntm_repair.errors import (
    EXIT_FINDINGS,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_STALE,
    EXIT_UNREADABLE,
    StaleError,
    UsageError,
)
from ntm_repair.files import back_up
from ntm_repair.likely import likely
from ntm_repair.messages import Language, phrase
from ntm_repair.ownlog import OwnLog, existing_log, own_log
from ntm_repair.pipeline import Scanned
from ntm_repair.replay import place, require_own
from ntm_repair.report.diff import visible
from ntm_repair.resources import Resources
from ntm_repair.review.books import Books
from ntm_repair.review.case import Case
from ntm_repair.review.recorder import Author, Recorder
from ntm_repair.review.session import Session
from ntm_repair.rules import names
from ntm_repair.types import Decision, Document, Message

WRITE = -1
"""What `_session` returns where the editor said to write; no exit code."""


def run(paths: Sequence[str], options: Options) -> int:
    """Review the articles; answers are saved as they are given, cleaned articles are written only when told to."""
    if STDIN in paths:
        raise UsageError(Message("error.review_stdin"))
    config = load(paths[0], options.settings)
    lang = language(config["lang"])
    files = article_files(paths, config["exclude"], lang)
    _check(files, options)
    rules = _rules(options.only)
    resources = pipeline.with_models(pipeline.load_resources(lexicon_paths(config.lexicons)), config.values)
    sources = Sources(files, config, lang)
    scans: Sequence[Scanned] = list(scan_together(sources, resources))
    if config["neighbours"]:
        scans = asked_around(scans, sources.near, resources)
    scans = pipeline.experienced(scans, _logs(files, options, _root(paths)))
    scans = [replace(scanned, findings=likely(scanned.findings, config["least_score"])) for scanned in scans]
    if options.html is not None:
        from ntm_repair.review.htmlfile import write_page

        who = author(resources)
        write_page(Path(options.html), scans, _log_of(files[0], options), who, rules, options.min_confidence, lang)
        tell(phrase("review.html_written", lang, path=options.html))
        return EXIT_UNREADABLE if sources.failed else EXIT_OK
    root = _root(paths)
    books = Books(Path(options.decisions) if options.decisions else root / SHARED)
    try:
        cases, stale = _cases(scans, books, author(resources), options, lang)
        code = _session(files, cases, books, root, rules, resources, options, lang)
    finally:
        books.close()
    if code == WRITE:
        code = write_all(files, cases, options, lang)
    return max(code, EXIT_STALE if stale else EXIT_OK, EXIT_UNREADABLE if sources.failed else EXIT_OK)


def _logs(files: Sequence[str], options: Options, root: Path) -> list[list[Decision]]:
    """What the logs of these articles say so far, for suggestions to learn from."""
    own = [Path(options.decisions)] if options.decisions else [o.path for f in files if (o := existing_log(Path(f)))]
    return [read_log(path) for path in sorted({*own, root / SHARED}) if path.exists()]


def _session(
    files: Sequence[str],
    cases: Sequence[Case],
    books: Books,
    root: Path,
    rules: Sequence[str],
    resources: Resources,
    options: Options,
    lang: Language,
) -> int:
    session = Session(cases, books, author(resources), root=root, rules=rules, min_confidence=options.min_confidence)
    if not session.items and not any(case.edits() for case in cases):
        only = {"path": files[0]} if len(files) == 1 else {"count": len(files)}
        tell(phrase("review.nothing" if len(files) == 1 else "review.nothing_in", lang, **only))
        return EXIT_OK
    logs = {case.log for case in cases}
    books.hold(cases[0].log if len(logs) == 1 else books.shared)
    return _face(session, options, lang)


def _check(files: Sequence[str], options: Options) -> None:
    if options.output is not None and options.in_place:
        raise UsageError(Message("error.outputs"))
    if len(files) > 1 and options.output is not None:
        raise UsageError(Message("error.one_output"))
    if len(files) > 1 and options.decisions is not None:
        raise UsageError(Message("error.one_log"))
    if options.output is not None and Path(options.output).resolve() == Path(files[0]).resolve():
        raise UsageError(Message("error.log_is_article", {"path": options.output}))
    if sum((options.line, options.web, options.html is not None)) > 1:
        raise UsageError(Message("error.faces"))
    if options.html is not None and len(files) > 1:
        raise UsageError(Message("error.html_one"))
    if options.html is None and not options.web and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(Message("error.no_terminal"))


def _rules(only: Sequence[str]) -> tuple[str, ...]:
    """Rule codes for codes or names. Raises UsageError for one that is not there."""
    codes = []
    for wanted in only:
        code = next((c for c, name in names().items() if wanted.lower() in (c.lower(), name)), None)
        if code is None:
            raise UsageError(Message("error.rule", {"code": wanted, "codes": ", ".join(names())}))
        codes.append(code)
    return tuple(codes)


def _root(paths: Sequence[str]) -> Path:
    """The folder that "everywhere" means: that of a folder log above what is reviewed, else what holds all of it."""
    folders = [p if p.is_dir() else p.parent for p in (Path(path).resolve() for path in paths)]
    common = Path(os.path.commonpath(folders))
    above = shared_logs(common / SHARED)
    return above[0].parent if above else common


def _log_of(path: str, options: Options) -> OwnLog:
    return OwnLog(Path(options.decisions)) if options.decisions else own_log(Path(path))


def _restart(own: OwnLog, recorder: Recorder) -> Path:
    """Start an article's log anew; where others have lines in it, take its own back. Gives the old log's copy."""
    backup = back_up(own.path, own.path.read_bytes())
    lines = read_log(own.path)
    answers = own.of(lines)
    if len(answers) == len(lines):
        own.path.unlink()
    else:
        for line in reversed(not_undone(answers)):
            recorder.take_back(own.path, line)
    return backup


def _cases(
    scans: Sequence[Scanned], books: Books, writer: Author, options: Options, lang: Language
) -> tuple[list[Case], bool]:
    """The articles with their logs; one whose log was made on another article is said and left out."""
    cases: list[Case] = []
    restarted: set[str] = set()
    stale = False
    doubled = _doubled(scans, lang)
    for scanned in scans:
        source = scanned.document.source
        own = _log_of(source.path, options)
        if (source.path, source.id) in doubled:
            own = replace(own, only=(source.id, source.sha256))
        log = own.path
        if options.restart and log.exists() and scanned.document.source.path not in restarted:
            tell(phrase("review.restarted", lang, path=str(_restart(own, Recorder(books, writer)))))
        restarted.add(scanned.document.source.path)
        answers = not_undone(own.of(books.lines(log)))
        try:
            if not scanned.document.source.id:
                require_own(answers, place(scanned.article, answers), str(log), scanned.document.source.path)
        except StaleError as error:
            if len(scans) == 1:
                raise
            tell_error(error, lang)
            stale = True
            continue
        wide = () if options.decisions else tuple(pipeline.decided_everywhere(log, apart_from=books.shared))
        case = Case(scanned, own, books, wide)
        if case.findings or answers:
            cases.append(case)
    return cases, stale


def _doubled(scans: Sequence[Scanned], lang: Language) -> set[tuple[str, str]]:
    """File and name of records whose name other texts of the file have too; each file of such is said."""
    by_file: dict[str, list[Document]] = {}
    for scanned in scans:
        by_file.setdefault(scanned.document.source.path, []).append(scanned.document)
    found: set[tuple[str, str]] = set()
    for path, documents in by_file.items():
        doubled = doubled_names(documents)
        found |= {(path, name) for name in doubled}
        if doubled:
            shown = ", ".join(f"“{visible(n)}”" for n in list(doubled)[:NAMED]) + (" …" if len(doubled) > NAMED else "")
            tell(phrase("review.doubled", lang, path=path, names=shown, count=len(doubled)))
    return found


def _face(session: Session, options: Options, lang: Language) -> int:
    """Let the editor answer, and say where things are; WRITE where the articles are to be written."""
    files = list(dict.fromkeys(case.path for case in session.cases))
    target = (
        phrase("review.target_many", lang, count=len(files)) if len(files) > 1 else str(target_of(files[0], options))
    )
    if options.web:
        from ntm_repair.review.web import serve

        outcome = serve(session, lang, target, tell)
    elif options.line:
        from ntm_repair.review.line import LinePrompt

        outcome = LinePrompt(session, lang, target).run()
    else:
        from ntm_repair.review.terminal import Prompt

        outcome = Prompt(session, lang, target, groups_first=len(session.cases) > 1).run()
    many = len(files) > 1
    logs = phrase("review.logs_many", lang, folder=str(session.root)) if many else str(session.cases[0].log)
    done, left = len(session.items) - session.undecided, session.undecided
    for decision in session.stale:
        tell(phrase("review.stale_line", lang, rule=decision.rule, text=decision.anchor.text, line=decision.number))
    if outcome == "interrupted":
        tell(phrase("review.interrupted", lang, done=done, log=logs))
        return EXIT_INTERRUPTED
    if outcome == "write":
        return WRITE
    if left:
        tell(phrase("review.left", lang, done=done, left=left, log=logs))
    else:
        tell(phrase("review.finished", lang, done=done, log=logs))
    return EXIT_STALE if session.stale else EXIT_FINDINGS if left else EXIT_OK
