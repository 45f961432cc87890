"""What a review comes to: the articles written, each where it belongs, and nothing that was not decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_repair.commands.common import tell, tell_error
from ntm_repair.commands.review_options import Options
from ntm_repair.errors import EXIT_OK, WriteError
from ntm_repair.files import back_up, changed, cleaned_path, write_atomically
from ntm_repair.formats import record_format
from ntm_repair.messages import Language, phrase
from ntm_repair.review.case import Case
from ntm_repair.types import Message


def write_all(files: Sequence[str], cases: Sequence[Case], options: Options, lang: Language) -> int:
    """Write what was decided, and nothing that was not: an article at a time, a file of records through `clean`.

    Of several articles, one that must not be written is said and left out. Raises WriteError for the only one.
    """
    from ntm_repair.commands import clean, clean_options

    code, count = EXIT_OK, 0
    for path in dict.fromkeys(case.path for case in cases):
        target = target_of(path, options)
        own = [case for case in cases if case.path == path]
        if not any(case.edits() for case in own) and len(files) > 1:
            continue
        if record_format(path) is None:
            try:
                _write(own[0], target, lang)
            except WriteError as error:
                if len(files) == 1:
                    raise
                tell_error(error, lang)
                code = max(code, error.exit_code)
                continue
            count += 1
            continue
        settings = {**options.settings, "accept": "none"}
        place = {"in_place": True} if options.in_place else {"output": str(target)}
        code = max(code, clean.run([path], clean_options.Options(settings, decisions=options.decisions, **place)))
        count += 1
    written = phrase("review.target_many", lang, count=count) if len(files) > 1 else str(target)
    log = phrase("review.logs_many", lang, folder=str(Path(files[0]).parent)) if len(files) > 1 else str(cases[0].log)
    tell(phrase("review.written", lang, target=written, log=log))
    return code


def target_of(path: str, options: Options) -> Path:
    """Where the cleaned article goes: the file named, the article itself, or `<name>.cleaned<ending>` beside it."""
    if options.output is not None:
        return Path(options.output)
    return Path(path) if options.in_place else cleaned_path(Path(path))


def _write(case: Case, target: Path, lang: Language) -> None:
    document = case.scanned.document
    # What was read is what would be written: an edit made elsewhere meanwhile would be missing from it.
    if Path(case.path).exists() and changed(Path(case.path), document.source.sha256):
        raise WriteError(Message("review.changed", {"path": case.path, "log": str(case.log)}))
    data = case.scanned.written(case.edits())
    replaces = document.source.sha256 if target.resolve() == Path(case.path).resolve() else None
    if target.exists() and target.read_bytes() != data:
        tell(phrase("clean.backup", lang, path=str(back_up(target, target.read_bytes()))))
    write_atomically(target, data, replaces_sha256=replaces)
