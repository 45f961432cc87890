"""`ntm-repair clean`: recorded decisions and safe fixes, applied; nothing else is changed and nothing else written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ntm_repair import pipeline
from ntm_repair.article import Resources
from ntm_repair.commands.common import STDIN, Inputs, language, lexicon_paths, tell, tell_error
from ntm_repair.errors import EXIT_FINDINGS, EXIT_OK, EXIT_STALE, RepairError, UsageError
from ntm_repair.files import back_up, write_atomically
from ntm_repair.messages import Language, phrase
from ntm_repair.pipeline import Cleaned
from ntm_repair.report.diff import hunks, render
from ntm_repair.types import Document, Message


def run(
    paths: Sequence[str],
    decisions: str | None,
    output: str | None,
    in_place: bool,
    diff: bool,
    lexicons: Sequence[str],
    encoding: str | None,
    lang: str,
) -> int:
    """Clean the articles; without -o, --in-place or --diff one article goes to standard output."""
    said_in = language(lang)
    inputs = Inputs(paths, encoding, said_in)
    files = inputs.files()
    _check(files, decisions, output, in_place, diff)
    resources = pipeline.load_resources(lexicon_paths(lexicons))
    worst = EXIT_OK
    for document in inputs.documents():
        try:
            cleaned = _cleaned(document, resources, decisions)
            code = _report(cleaned, said_in)
            _write(cleaned, output, in_place, diff, said_in)
        except RepairError as error:
            if len(files) == 1:
                raise
            tell_error(error, said_in)
            code = error.exit_code
        worst = max(worst, code)
    return inputs.exit_code(worst)


def _check(files: Sequence[str], decisions: str | None, output: str | None, in_place: bool, diff: bool) -> None:
    if sum((output is not None, in_place, diff)) > 1:
        raise UsageError(Message("error.outputs"))
    if in_place and STDIN in files:
        raise UsageError(Message("error.in_place_stdin"))
    if len(files) > 1:
        if output is not None:
            raise UsageError(Message("error.one_output"))
        if decisions is not None:
            raise UsageError(Message("error.one_log"))
        if not in_place and not diff:
            raise UsageError(Message("error.many_to_stdout"))
    if output is not None and any(f != STDIN and Path(f).resolve() == Path(output).resolve() for f in files):
        raise UsageError(Message("error.log_is_article", {"path": output}))


def _cleaned(document: Document, resources: Resources, decisions: str | None) -> Cleaned:
    if document.source.path == STDIN and decisions is None:
        return pipeline.clean(document, resources)
    recorded, log = pipeline.decisions_for(document, Path(decisions) if decisions else None)
    return pipeline.clean(document, resources, recorded, str(log))


def _report(cleaned: Cleaned, lang: Language) -> int:
    """Say what did not fit; the exit code of this article."""
    path = cleaned.scanned.document.source.path
    if cleaned.stale:
        tell(phrase("clean.stale", lang, path=path, count=len(cleaned.stale)))
        for d in cleaned.stale:
            tell(phrase("clean.stale_line", lang, line=d.number, rule=d.rule, text=d.anchor.text))
        return EXIT_STALE
    return EXIT_FINDINGS if cleaned.undecided else EXIT_OK


def _write(cleaned: Cleaned, output: str | None, in_place: bool, diff: bool, lang: Language) -> None:
    document = cleaned.scanned.document
    path = document.source.path
    if diff:
        for hunk in hunks(document, cleaned.edits):
            print(render(hunk, colour=_wants_colour()))
        return
    if cleaned.already:
        tell(phrase("clean.already", lang, path=path))
    if output is None and not in_place:
        sys.stdout.buffer.write(cleaned.data)
        sys.stdout.buffer.flush()
        return
    undecided = len(cleaned.undecided)
    if in_place and not cleaned.edits:
        if not cleaned.already:
            tell(phrase("clean.nothing", lang, path=path, undecided=undecided))
        return
    target = path if in_place else output or ""
    if in_place:
        original = Path(path).read_bytes()
        backup = back_up(Path(path), original)
        write_atomically(Path(path), cleaned.data, replaces_sha256=document.source.sha256)
    else:
        write_atomically(Path(target), cleaned.data)
    tell(phrase("clean.done", lang, path=path, edits=len(cleaned.edits), undecided=undecided, target=target))
    if in_place:
        tell(phrase("clean.backup", lang, path=str(backup)))


def _wants_colour() -> bool:
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
