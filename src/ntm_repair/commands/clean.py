"""`ntm-repair clean`: recorded decisions and safe fixes, applied; nothing else is changed and nothing else written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ntm_repair import pipeline
from ntm_repair.accept import SAFE, Accept
from ntm_repair.batch.tasks import Settings
from ntm_repair.commands import clean_records
from ntm_repair.commands.clean_folder import clean_folder
from ntm_repair.commands.clean_options import Options, wants_colour
from ntm_repair.commands.common import (
    STDIN,
    Inputs,
    article_files,
    language,
    lexicon_paths,
    listed_paths,
    tell,
    tell_error,
)
from ntm_repair.config import Config, load
from ntm_repair.errors import EXIT_FINDINGS, EXIT_OK, EXIT_STALE, RepairError, UsageError
from ntm_repair.files import back_up, write_atomically
from ntm_repair.formats import Unit, record_format
from ntm_repair.messages import Language, phrase
from ntm_repair.pipeline import Cleaned
from ntm_repair.report.diff import hunks, render
from ntm_repair.resources import Resources
from ntm_repair.types import Message


def run(paths: Sequence[str], options: Options) -> int:
    """Clean the articles; without -o, --out-dir, --in-place or --diff one article goes to standard output."""
    paths = listed_paths(paths, options.file_list)
    config = load(paths[0], options.settings, options.config)
    said_in = language(config["lang"])
    lexicon_paths(config.lexicons)
    if sum((options.output is not None, options.out_dir is not None, options.in_place, options.diff)) > 1:
        raise UsageError(Message("error.outputs"))
    if options.out_dir is not None:
        return clean_folder(paths, Path(options.out_dir), _settings(config, options, columns=True), config, options)
    files = article_files(paths, config["exclude"], said_in)
    _check(files, options)
    records = [f for f in files if record_format(f) is not None]
    articles = [f for f in files if record_format(f) is None]
    settings = _settings(config, options, columns=False)
    worst = EXIT_OK
    for path in records:
        worst = max(worst, clean_records.run(path, settings, config, options, said_in))
    return max(worst, _articles(articles, options, config, said_in)) if articles else worst


def _settings(config: Config, options: Options, columns: bool) -> Settings:
    added = columns if config["columns"] is None else config["columns"]
    least = float(config["least_score"])
    return Settings(config.lexicons, config["encoding"], config.fields, config.accept, added, least, options.decisions)


def _check(files: Sequence[str], options: Options) -> None:
    if options.in_place and STDIN in files:
        raise UsageError(Message("error.in_place_stdin"))
    if len(files) > 1:
        if options.output is not None:
            raise UsageError(Message("error.one_output"))
        if options.decisions is not None:
            raise UsageError(Message("error.one_log"))
        if not options.in_place and not options.diff:
            raise UsageError(Message("error.many_to_stdout"))
    output = options.output
    if output is not None and files and record_format(files[0]) not in (None, record_format(output)):
        raise UsageError(Message("error.output_format", {"path": files[0], "output": output}))
    if output is not None and any(f != STDIN and Path(f).resolve() == Path(output).resolve() for f in files):
        raise UsageError(Message("error.log_is_article", {"path": output}))


def _articles(files: Sequence[str], options: Options, config: Config, lang: Language) -> int:
    inputs = Inputs(files, config["encoding"], lang, found=list(files))
    resources = pipeline.load_resources(lexicon_paths(config.lexicons))
    worst = EXIT_OK
    for unit in inputs.units():
        try:
            cleaned = _cleaned(unit, resources, options.decisions, config.accept)
            code = _report(cleaned, lang)
            _write(cleaned, options.output, options.in_place, options.diff, lang)
        except RepairError as error:
            if len(files) == 1:
                raise
            tell_error(error, lang)
            code = error.exit_code
        worst = max(worst, code)
    return inputs.exit_code(worst)


def _cleaned(unit: Unit, resources: Resources, decisions: str | None, accept: Accept = SAFE) -> Cleaned:
    if unit.document.source.path == STDIN and decisions is None:
        return pipeline.clean(unit, resources, accept=accept)
    recorded, log = pipeline.decisions_for(unit.document, Path(decisions) if decisions else None)
    return pipeline.clean(unit, resources, recorded, str(log), accept)


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
            print(render(hunk, lang, colour=wants_colour()))
        key = "clean.would" if cleaned.edits else "clean.nothing"
        tell(phrase(key, lang, path=path, edits=len(cleaned.edits), undecided=len(cleaned.undecided)))
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
