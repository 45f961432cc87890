"""`ntm-repair lexicon`: check the files, list the terms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_repair.commands.common import language, lexicon_paths, tell
from ntm_repair.errors import EXIT_OK, EXIT_USAGE, UsageError
from ntm_repair.lexicon import KINDS, Lexicon, builtin_files
from ntm_repair.lexicon import check as check_files
from ntm_repair.messages import phrase, say
from ntm_repair.types import Message


def check(paths: Sequence[str], lang: str) -> int:
    """Name every problem of the files on stderr, one a line; the built-in lexicon's without files."""
    said_in = language(lang)
    files = [path for path in map(Path, paths) if path.is_file()]
    missing = [Message("error.missing", {"path": path}) for path in paths if not Path(path).is_file()]
    count, problems = check_files(files) if files or not missing else (0, [])
    for message in (*(problem.message for problem in problems), *missing):
        tell(say(message, said_in))
    if problems:
        tell(phrase("lexicon.problems", said_in, count=len(problems)))
    if problems or missing:
        return EXIT_USAGE
    print(phrase("lexicon.ok", said_in, terms=count, files=len(files or builtin_files())))
    return EXIT_OK


def list_terms(kind: str | None, lexicons: Sequence[str], lang: str) -> int:
    """Print the terms as tab-separated columns: term, kind, aliases, English, note, layer."""
    said_in = language(lang)
    if kind is not None and kind not in KINDS:
        raise UsageError(Message("lexicon.no_kind", {"kind": kind, "kinds": " ".join(sorted(KINDS))}))
    terms = [t for t in Lexicon.load(lexicon_paths(lexicons)).terms if kind in (None, t.kind)]
    for t in terms:
        print("\t".join((t.term, t.kind, "; ".join(t.aliases), "; ".join(t.english), t.note, t.layer)))
    tell(phrase("lexicon.count", said_in, count=len(terms)))
    return EXIT_OK
