"""`ntm-repair decisions`: what was decided, in what state it is, as a spreadsheet, and two editors' logs made one."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ntm_repair import pipeline
from ntm_repair.article import Article
from ntm_repair.commands.common import language, tell
from ntm_repair.decisions import LOG_ENDING, SHARED, not_undone, read_log, to_json
from ntm_repair.errors import EXIT_FINDINGS, EXIT_OK, EXIT_STALE, UsageError
from ntm_repair.files import read_document, write_atomically
from ntm_repair.merge import merge
from ntm_repair.messages import Language, phrase
from ntm_repair.ours import DECISION_COLUMNS
from ntm_repair.ownlog import by_article, existing_log, log_path
from ntm_repair.replay import place
from ntm_repair.report.diff import visible
from ntm_repair.types import Decision, Message


def show(path: str, lang: str) -> int:
    """Print every line of a log with its state; exit 4 where answers no longer fit the article beside it."""
    said_in = language(lang)
    log, lines, stale = _log(path)
    standing = {d.number for d in not_undone(lines)}
    for d in lines:
        print(_line(d, d.number in standing, d in stale, said_in))
    if stale:
        tell(phrase("clean.stale", said_in, path=str(log), count=len(stale)))
        return EXIT_STALE
    return EXIT_OK


def stats(path: str, lang: str) -> int:
    """Print how many answers there are, of which kind, by whom, and which suggestions were taken."""
    said_in = language(lang)
    _, lines, stale = _log(path)
    standing = [d for d in not_undone(lines) if d.action != "note"]
    print(phrase("decisions.total", said_in, lines=len(lines), standing=len(standing), stale=len(stale)))
    for key, counts in (
        ("decisions.by_action", Counter(phrase(f"action.{d.action}", said_in) for d in standing)),
        ("decisions.by_rule", Counter(d.rule for d in standing)),
        ("decisions.by_editor", Counter(d.by for d in standing)),
        ("decisions.by_scope", Counter(phrase(f"scope.{d.scope}", said_in) for d in standing)),
        (
            "decisions.by_source",
            Counter(phrase(f"source.{d.suggested_by}", said_in) for d in standing if d.suggested_by),
        ),
    ):
        if counts:
            print(f"\n{phrase(key, said_in)}")
            for name, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
                print(f"  {count:>6}  {visible(name)}")
    return EXIT_STALE if stale else EXIT_OK


def export(path: str, output: str | None, lang: str) -> int:
    """Write a log as CSV that a spreadsheet opens: UTF-8 with a mark, no cell read as a formula."""
    language(lang)
    _, lines, stale = _log(path)
    standing = {d.number for d in not_undone(lines)}
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(DECISION_COLUMNS)
    for d in lines:
        state = "undo" if d.action == "undo" else "standing" if d.number in standing else "undone"
        state = "stale" if d in stale else state
        row = {**to_json(d), "state": state, "text": d.anchor.text, "before": d.anchor.before, "after": d.anchor.after}
        writer.writerow([_cell(row[name]) for name in DECISION_COLUMNS])
    data = table.getvalue().encode("utf-8-sig", "surrogatepass")
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        write_atomically(Path(output), data)
    return EXIT_OK


def _cell(value: object) -> object:
    """A spreadsheet runs a cell that begins like a formula; an apostrophe before it makes it text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def merge_logs(paths: Sequence[str], output: str, by: str, at: str, lang: str) -> int:
    """Merge two logs into a third file; conflicting answers are listed and left open, exit 1."""
    said_in = language(lang)
    if len(paths) != 2:
        raise UsageError(Message("error.merge_two"))
    target = Path(output)
    if target.exists():
        raise UsageError(Message("error.merge_exists", {"path": output}))
    for path in paths:
        if not Path(path).is_file():
            raise UsageError(Message("error.missing", {"path": path}))
    first, second = (read_log(Path(path)) for path in paths)
    merged = merge(first, second, by, at)
    data = "".join(json.dumps(to_json(d), ensure_ascii=False) + "\n" for d in merged.lines)
    write_atomically(target, data.encode("utf-8", "surrogatepass"))
    tell(phrase("decisions.merged", said_in, path=output, lines=len(merged.lines)))
    if not merged.conflicts:
        return EXIT_OK
    tell(phrase("decisions.conflicts", said_in, count=len(merged.conflicts)))
    for c in merged.conflicts:
        for d in (c.first, c.second):
            answer = phrase(f"review.answered.{d.action}", said_in, text=visible(d.replacement))
            where = f"{d.source_name} {d.rule} “{visible(d.anchor.text)}”"
            tell(f"  {where}: {d.by} ({d.at}): {answer}")
    return EXIT_FINDINGS


def _log(path: str) -> tuple[Path, list[Decision], tuple[Decision, ...]]:
    """A log, named itself or by its article; its lines; those that no longer fit the article, where that is there."""
    given = Path(path)
    if given.is_dir():
        given = given / SHARED
    # A log may have any name (`--decisions FILE`); that of an article of records lies beside it.
    is_log = given.name.endswith(LOG_ENDING)
    is_log = is_log or (given.suffix == ".jsonl" and given.is_file() and existing_log(given) is None)
    log = given if is_log else log_path(given)
    if not log.is_file():
        raise UsageError(Message("error.no_log", {"path": str(log)}))
    lines = read_log(log)
    return log, lines, tuple(_stale(log, None if is_log else given, lines))


def _stale(log: Path, article: Path | None, lines: Sequence[Decision]) -> Iterator[Decision]:
    single = [d for d in not_undone(lines) if not d.record and d.scope == "this"]
    for path, own in by_article(log, single, article):
        if path.is_file():
            document = read_document(path)
            if not pipeline.already_cleaned(document, own):
                yield from place(Article(document), own).stale


def _line(d: Decision, standing: bool, stale: bool, lang: Language) -> str:
    answer = phrase(f"review.answered.{d.action}", lang, text=visible(d.replacement or d.note))
    if d.action == "undo":
        answer = phrase("decisions.undoes", lang, number=d.undoes)
    scope = "" if d.scope == "this" else f" ({phrase(f'scope.{d.scope}', lang)})"
    state = phrase("decisions.stale", lang) if stale else "" if standing or d.action == "undo" else "×"
    where = f"{d.source_name} · {d.record}" if d.record else d.source_name
    text = visible(d.anchor.text)
    return f"{d.number:>4} {state:<2}{d.at}  {d.by}  {visible(where)}  {d.rule}  [{text}]  {answer}{scope}"
