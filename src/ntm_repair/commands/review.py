"""`ntm-repair review`: the human step, over one article or many."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ntm_repair import __version__, pipeline
from ntm_repair.article import Resources
from ntm_repair.commands.common import STDIN, Inputs, language, lexicon_paths, tell, tell_error
from ntm_repair.decisions import SHARED, log_path, not_undone, shared_logs
from ntm_repair.decoding import encode
from ntm_repair.errors import EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_OK, EXIT_STALE, StaleError, UsageError
from ntm_repair.files import back_up, cleaned_path, write_atomically
from ntm_repair.messages import Language, phrase
from ntm_repair.pipeline import Scanned
from ntm_repair.replay import place, require_own
from ntm_repair.review.books import Books
from ntm_repair.review.case import Case
from ntm_repair.review.recorder import Author
from ntm_repair.review.session import Session
from ntm_repair.rules import names
from ntm_repair.types import Message


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says about a review."""

    decisions: str | None = None
    output: str | None = None
    in_place: bool = False
    only: tuple[str, ...] = ()
    min_confidence: float = 0.0
    restart: bool = False
    line: bool = False
    web: bool = False
    html: str | None = None


def run(paths: Sequence[str], options: Options, lexicons: Sequence[str], encoding: str | None, lang: str) -> int:
    """Review the articles; answers are saved as they are given, cleaned articles are written only when told to."""
    said_in = language(lang)
    if STDIN in paths:
        raise UsageError(Message("error.review_stdin"))
    inputs = Inputs(paths, encoding, said_in)
    files = inputs.files()
    _check(files, options)
    rules = _rules(options.only)
    resources = pipeline.load_resources(lexicon_paths(lexicons))
    scans = _scans(inputs, len(files), resources, said_in)
    if options.html is not None:
        from ntm_repair.review.htmlfile import write_page

        write_page(Path(options.html), scans, _log_of(files[0], options), rules, options.min_confidence, said_in)
        tell(phrase("review.html_written", said_in, path=options.html))
        return inputs.exit_code(EXIT_OK)
    root = _root(paths)
    shared = Path(options.decisions) if options.decisions else root / SHARED
    books = Books(shared)
    try:
        cases, stale = _cases(scans, books, options, said_in)
        if not scans:
            return inputs.exit_code(EXIT_STALE if stale else EXIT_OK)
        session = Session(
            cases, books, author(resources), root=root, rules=rules, min_confidence=options.min_confidence
        )
        if not session.items and not any(case.edits() for case in cases):
            only = {"path": files[0]} if len(files) == 1 else {"count": len(files)}
            tell(phrase("review.nothing" if len(files) == 1 else "review.nothing_in", said_in, **only))
            return inputs.exit_code(EXIT_STALE if stale else EXIT_OK)
        books.hold(cases[0].log if len(cases) == 1 else shared)
        code = _face(session, options, len(files) > 1 or len(cases) > 1, said_in)
    finally:
        books.close()
    return code if code == EXIT_INTERRUPTED else inputs.exit_code(max(code, EXIT_STALE if stale else EXIT_OK))


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


def _log_of(path: str, options: Options) -> Path:
    return Path(options.decisions) if options.decisions else log_path(Path(path))


def _scans(inputs: Inputs, count: int, resources: Resources, lang: Language) -> list[Scanned]:
    scans = []
    for number, document in enumerate(inputs.documents(), 1):
        if count > 1 and sys.stderr.isatty():
            print(
                f"\r{phrase('review.reading', lang, number=number, count=count)}", end="", file=sys.stderr, flush=True
            )
        scans.append(pipeline.scan(document, resources))
    if count > 1 and sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return scans


def _cases(scans: Sequence[Scanned], books: Books, options: Options, lang: Language) -> tuple[list[Case], bool]:
    """The articles with their logs; one whose log was made on another article is said and left out."""
    cases: list[Case] = []
    stale = False
    for scanned in scans:
        log = _log_of(scanned.document.source.path, options)
        if options.restart and log.exists() and not any(c.log == log for c in cases):
            backup = back_up(log, log.read_bytes())
            log.unlink()
            tell(phrase("review.restarted", lang, path=str(backup)))
        answers = not_undone(books.lines(log))
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
        case = Case(scanned, log, books, wide)
        if case.findings or answers:
            cases.append(case)
    return cases, stale


def _face(session: Session, options: Options, many: bool, lang: Language) -> int:
    """Let the editor answer, then write or not, and say where things are."""
    targets = [_target(case, options) for case in session.cases]
    target = phrase("review.target_many", lang, count=len(targets)) if many else str(targets[0])
    if options.web:
        from ntm_repair.review.web import serve

        outcome = serve(session, lang, target, tell)
    elif options.line:
        from ntm_repair.review.line import LinePrompt

        outcome = LinePrompt(session, lang, target).run()
    else:
        from ntm_repair.review.terminal import Prompt

        outcome = Prompt(session, lang, target, groups_first=many).run()
    logs = str(session.cases[0].log) if not many else phrase("review.logs_many", lang, folder=str(session.root))
    done, left = len(session.items) - session.undecided, session.undecided
    if outcome == "interrupted":
        tell(phrase("review.interrupted", lang, done=done, log=logs))
        return EXIT_INTERRUPTED
    if outcome == "write":
        for case, path in zip(session.cases, targets, strict=True):
            if not many or case.edits():
                _write(case, path, lang)
        tell(phrase("review.written", lang, target=target, log=logs))
    elif left:
        tell(phrase("review.left", lang, done=done, left=left, log=logs))
    else:
        tell(phrase("review.finished", lang, done=done, log=logs))
    for decision in session.stale:
        tell(phrase("review.stale_line", lang, rule=decision.rule, text=decision.anchor.text, line=decision.number))
    if session.stale:
        return EXIT_STALE
    return EXIT_FINDINGS if left else EXIT_OK


def _target(case: Case, options: Options) -> Path:
    """Where the cleaned article goes: the file named, the article itself, or `<name>.cleaned<ending>` beside it."""
    if options.output is not None:
        return Path(options.output)
    article = Path(case.path)
    return article if options.in_place else cleaned_path(article)


def _write(case: Case, target: Path, lang: Language) -> None:
    document = case.scanned.document
    data = encode(case.text(), document.source)
    replaces = document.source.sha256 if target.resolve() == Path(case.path).resolve() else None
    if target.exists() and target.read_bytes() != data:
        tell(phrase("clean.backup", lang, path=str(back_up(target, target.read_bytes()))))
    write_atomically(target, data, replaces_sha256=replaces)


def author(resources: Resources) -> Author:
    """Who answers, with what, and the time now."""
    return Author(user(), __version__, resources.lexicon.sha256, now)


def user() -> str:
    """The name the editor is logged in under; empty where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def now() -> str:
    """UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
