"""`ntm-repair review`: the human step, one article after another."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ntm_repair import __version__, pipeline
from ntm_repair.article import Resources
from ntm_repair.commands.common import STDIN, Inputs, language, lexicon_paths, tell
from ntm_repair.decisions import DecisionLog, in_force, log_path
from ntm_repair.decoding import encode
from ntm_repair.errors import EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_OK, EXIT_STALE, UsageError
from ntm_repair.files import back_up, cleaned_path, write_atomically
from ntm_repair.messages import Language, phrase
from ntm_repair.replay import place, repaired, require_own
from ntm_repair.review.session import Author, Session
from ntm_repair.types import Document, Message


def run(
    paths: Sequence[str],
    decisions: str | None,
    output: str | None,
    in_place: bool,
    lexicons: Sequence[str],
    encoding: str | None,
    lang: str,
) -> int:
    """Review the articles; answers are saved as they are given, the cleaned article is written only when told to."""
    said_in = language(lang)
    if STDIN in paths:
        raise UsageError(Message("error.review_stdin"))
    inputs = Inputs(paths, encoding, said_in)
    files = inputs.files()
    if output is not None and in_place:
        raise UsageError(Message("error.outputs"))
    if len(files) > 1 and output is not None:
        raise UsageError(Message("error.one_output"))
    if len(files) > 1 and decisions is not None:
        raise UsageError(Message("error.one_log"))
    if output is not None and Path(output).resolve() == Path(files[0]).resolve():
        raise UsageError(Message("error.log_is_article", {"path": output}))
    resources = pipeline.load_resources(lexicon_paths(lexicons))
    worst = EXIT_OK
    for document in inputs.documents():
        log = Path(decisions) if decisions else log_path(Path(document.source.path))
        target = _target(document, output, in_place)
        code = _review(document, resources, log, target, said_in)
        if code == EXIT_INTERRUPTED:
            return code
        worst = max(worst, code)
    return inputs.exit_code(worst)


def _target(document: Document, output: str | None, in_place: bool) -> Path:
    """Where the cleaned article goes: the file named, the article itself, or `<name>.cleaned<ending>` beside it."""
    article = Path(document.source.path)
    if output is not None:
        return Path(output)
    return article if in_place else cleaned_path(article)


def _review(document: Document, resources: Resources, log_file: Path, target: Path, lang: Language) -> int:
    scanned = pipeline.scan(document, resources)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(Message("error.no_terminal"))
    if not scanned.findings and not log_file.exists():
        tell(phrase("review.nothing", lang, path=document.source.path))
        return EXIT_OK
    log = DecisionLog.open(log_file)
    try:
        (scanned,) = pipeline.experienced([scanned], [log.decisions])
        answers = tuple(in_force(log.decisions).values())
        require_own(answers, place(scanned.article, answers), str(log_file), document.source.path)
        session = Session(scanned, log, _author(resources))
        return _prompt(session, log_file, target, lang)
    finally:
        log.close()


def _prompt(session: Session, log_file: Path, target: Path, lang: Language) -> int:
    from ntm_repair.review.terminal import Prompt

    outcome = Prompt(session, lang, str(target)).run()
    done = len(session.answers)
    if outcome == "interrupted":
        tell(phrase("review.interrupted", lang, done=done, log=str(log_file)))
        return EXIT_INTERRUPTED
    if outcome == "write":
        _write(session, target, lang)
        tell(phrase("review.written", lang, target=str(target), log=str(log_file)))
    elif session.undecided:
        tell(phrase("review.left", lang, done=done, left=session.undecided, log=str(log_file)))
    else:
        tell(phrase("review.finished", lang, done=done, log=str(log_file)))
    if session.stale:
        return EXIT_STALE
    return EXIT_FINDINGS if session.undecided else EXIT_OK


def _write(session: Session, target: Path, lang: Language) -> None:
    document = session.scanned.document
    data = encode(repaired(session.scanned.article, session.edits()), document.source)
    original = Path(document.source.path)
    replaces = document.source.sha256 if target.resolve() == original.resolve() else None
    if target.exists() and target.read_bytes() != data:
        tell(phrase("clean.backup", lang, path=str(back_up(target, target.read_bytes()))))
    write_atomically(target, data, replaces_sha256=replaces)


def _author(resources: Resources) -> Author:
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = ""
    return Author(
        name,
        __version__,
        resources.lexicon.sha256,
        lambda: datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    )
