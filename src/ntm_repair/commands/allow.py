"""`ntm-repair allow`: the allowed terms: list them, take them out, clear away those that hide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ntm_repair import allow, pipeline
from ntm_repair.allow import Entry
from ntm_repair.commands.common import Inputs, language, lexicon_paths, tell
from ntm_repair.configfile import NAME, find_upwards
from ntm_repair.errors import EXIT_OK, UsageError
from ntm_repair.messages import Language, phrase
from ntm_repair.report.diff import visible
from ntm_repair.types import Message


def list_entries(folder: str, lang: str) -> int:
    """Print the entries that hold in a folder, numbered."""
    said_in = language(lang)
    file = _file(folder)
    entries = allow.read(file).entries
    print(phrase("allow.count", said_in, path=str(file), count=len(entries)))
    for number, entry in enumerate(entries, 1):
        print(f"{number:>4}  {describe(entry, said_in)}")
    return EXIT_OK


def remove(terms: Sequence[str], folder: str, lang: str) -> int:
    """Take entries out, by number or term. Raises UsageError for one that is not there."""
    said_in = language(lang)
    file = _file(folder)
    entries = allow.read(file).entries
    gone: list[Entry] = []
    for wanted in terms:
        if wanted.isdecimal() and 1 <= int(wanted) <= len(entries):
            gone.append(entries[int(wanted) - 1])
            continue
        found = [e for e in entries if allow.plain(e.term) == allow.plain(wanted)]
        if not found:
            raise UsageError(Message("error.allow_missing", {"term": wanted, "path": str(file)}))
        gone += found
    tell(phrase("allow.removed", said_in, count=allow.remove(file, gone), path=str(file)))
    return EXIT_OK


def prune(paths: Sequence[str], lexicons: Sequence[str], encoding: str | None, lang: str) -> int:
    """Take out the entries that hide nothing in the articles named; each is said."""
    said_in = language(lang)
    inputs = Inputs(paths, encoding, said_in)
    inputs.files()
    resources = pipeline.load_resources(lexicon_paths(lexicons))
    file = _file(paths[0])
    used: set[Entry] = set()
    for document in inputs.documents():
        used.update(entry for _, entry in pipeline.scan(document, resources).allowed)
    if inputs.unreadable:  # what could not be read may be what an entry is for
        return inputs.exit_code(EXIT_OK)
    unused = [e for e in allow.read(file).entries if e not in used]
    for entry in unused:
        tell(f"  {describe(entry, said_in)}")
    count = allow.remove(file, unused) if unused else 0
    tell(phrase("allow.removed", said_in, count=count, path=str(file)))
    return EXIT_OK


def report_unused(paths: Sequence[str], used: Iterable[Entry], lang: Language) -> None:
    """Say which entries of the settings above a scanned folder hid nothing in it."""
    hit = set(used)
    for path in paths:
        file = find_upwards(Path(path)) if Path(path).is_dir() else None
        if file is None or file.parent != Path(path).resolve():
            continue  # only a scan of all that the settings are for can say that an entry is unused
        for entry in allow.read(file).entries:
            if entry not in hit:
                tell(phrase("allow.unused", lang, path=str(file), entry=describe(entry, lang)))


def describe(entry: Entry, lang: Language) -> str:
    """An entry in one line."""
    parts = [f"“{visible(entry.term)}”"]
    for name in ("rule", "path", "context", "reason", "by", "at"):
        value = getattr(entry, name)
        if value:
            parts.append(phrase(f"allow.{name}", lang, value=visible(value)))
    return " · ".join(parts)


def _file(folder: str) -> Path:
    file = find_upwards(Path(folder))
    if file is None:
        raise UsageError(Message("error.no_settings", {"path": folder, "name": NAME}))
    return file
