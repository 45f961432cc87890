"""Proposals as files that an editor reads, edits and then names with `--lexicon`; and a term added to a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ntm_repair.answers import NOTHING, Answer
from ntm_repair.errors import UsageError, WriteError
from ntm_repair.files import write_atomically
from ntm_repair.layers import HEADERS, Kind
from ntm_repair.lexicon import check
from ntm_repair.types import Message


def term_row(term: str, note: str = "", kind: str = "phrase", aliases: str = "", english: str = "") -> tuple[str, ...]:
    """A row of a term file."""
    return term, kind, aliases, english, note


def answer_row(answer: Answer) -> tuple[str, ...]:
    """A row of an answers file."""
    return answer.seen, answer.meant or NOTHING, answer.rule, str(answer.count)


def gloss_row(english: str, vietnamese: str) -> tuple[str, ...]:
    """A row of a glossary file."""
    return english, "phrase", vietnamese, ""


def write_proposals(path: Path, kind: Kind, comment: str, rows: Iterable[Sequence[str]]) -> None:
    """Write a file of proposals. Raises WriteError where one of the name is there: an editor may have worked on it."""
    if path.exists():
        raise WriteError(Message("error.exists", {"path": str(path)}))
    lines = [f"# {line}" for line in comment.splitlines()]
    lines.append("\t".join(HEADERS[kind]))
    lines += ("\t".join(row) for row in rows)
    write_atomically(path, ("\n".join(lines) + "\n").encode("utf-8"))


def add_row(path: Path, kind: Kind, row: Sequence[str]) -> None:
    """Append a row to a lexicon file, begun where there is none; nothing is written unless the result is valid.

    Raises UsageError with what is wrong, WriteError where the file cannot be written.
    """
    try:
        data = path.read_bytes() if path.exists() else ("\t".join(HEADERS[kind]) + "\n").encode("utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(Message("error.write", {"path": str(path), "reason": error.strerror or ""})) from None
    if data and not data.endswith(b"\n"):
        data += b"\n"
    newline = b"\r\n" if data.endswith(b"\r\n") else b"\n"
    draft = path.with_name(f".{path.name}.draft.tsv")
    try:
        write_atomically(draft, data + "\t".join(row).encode("utf-8") + newline)
        _, problems = check([draft])
        if problems:
            raise UsageError(_on(problems[0].message, draft, path))
        write_atomically(path, draft.read_bytes())
    finally:
        draft.unlink(missing_ok=True)


def _on(message: Message, draft: Path, path: Path) -> Message:
    """The message about the file itself, not about the draft of it."""
    values = {k: str(path) if v == str(draft) else v for k, v in message.values.items()}
    place = values.get("place")
    if isinstance(place, str):
        values["place"] = place.replace(draft.name, path.name)
    return Message(message.key, values)
