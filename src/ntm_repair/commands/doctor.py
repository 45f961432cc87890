"""`ntm-repair doctor`: is everything there that the program needs, and what is worth knowing where it is not."""

from __future__ import annotations

import locale
import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from ntm_repair import __version__
from ntm_repair.batch.machine import processors
from ntm_repair.commands.common import check_settings, language
from ntm_repair.config import load
from ntm_repair.errors import EXIT_OK, EXIT_USAGE, RepairError
from ntm_repair.messages import Language, phrase, say

Verdict = Literal["ok", "note", "bad"]
Check = Callable[[Language], Iterator[tuple[Verdict, str]]]

_NEEDED = ("charset-normalizer", "langdetect", "prompt_toolkit", "rapidfuzz", "regex", "rich", "typer", "zstandard")
_EXTRA = {"pyarrow": "parquet", "datatrove": "datatrove"}
_MARKS = {"ok": "✓", "note": "·", "bad": "✗"}


def run(lang: str | None) -> int:
    """Print every check; EXIT_USAGE where one says that something is broken."""
    said_in = language(lang)
    worst = EXIT_OK
    plain = not _can_show("✓")
    for check in (_program, _packages, _resources, _terminal, _settings):
        for verdict, text in check(said_in):
            mark = verdict if plain else _MARKS[verdict]
            print(
                f"{mark} {text}".encode(sys.stdout.encoding or "utf-8", "replace").decode(
                    sys.stdout.encoding or "utf-8"
                )
            )
            if verdict == "bad":
                worst = EXIT_USAGE
    return worst


def _program(lang: Language) -> Iterator[tuple[Verdict, str]]:
    yield "ok", f"ntm-repair {__version__}, Python {platform.python_version()}, {platform.platform()}"


def _packages(lang: Language) -> Iterator[tuple[Verdict, str]]:
    missing = [name for name in _NEEDED if _version(name) is None]
    if missing:
        yield "bad", phrase("doctor.missing", lang, names=", ".join(missing))
    else:
        yield "ok", ", ".join(f"{name} {_version(name)}" for name in _NEEDED)
    for name, extra in _EXTRA.items():
        found = _version(name)
        if found:
            yield "ok", f"{name} {found}"
        else:
            yield "note", phrase("doctor.extra", lang, name=name, extra=extra)


def _resources(lang: Language) -> Iterator[tuple[Verdict, str]]:
    from ntm_repair.allow import Allowances
    from ntm_repair.pipeline import load_resources, scan
    from ntm_repair.rules import RULES
    from ntm_repair.types import Document, Source

    try:
        resources = load_resources()
    except RepairError as error:
        yield "bad", say(error.message, lang)
        return
    except (OSError, ValueError) as error:
        yield "bad", phrase("doctor.tables", lang, reason=str(error))
        return
    yield "ok", phrase("doctor.lexicon", lang, terms=len(resources.lexicon.terms))
    silent = []
    for rule in RULES:
        text = rule.bad[0].replace("[[", "").replace("]]", "")
        # What is allowed here is no fault of a rule.
        found = scan(Document(text, Source("", "0" * 64, "utf-8")), resources, Allowances()).findings
        if not any(f.rule == rule.code for f in found):
            silent.append(rule.code)
    if silent:
        yield "bad", phrase("doctor.rules_bad", lang, rules=", ".join(silent))
    else:
        yield "ok", phrase("doctor.rules", lang, count=len(RULES))


def _terminal(lang: Language) -> Iterator[tuple[Verdict, str]]:
    encoding = sys.stdout.encoding or "?"
    if _can_show("ế ữ ợ"):
        yield "ok", phrase("doctor.encoding", lang, encoding=encoding)
    else:
        yield "note", phrase("doctor.encoding_bad", lang, encoding=encoding)
    if sys.stdin.isatty() and sys.stdout.isatty():
        yield "ok", phrase("doctor.terminal", lang, name=os.environ.get("TERM", ""))
    else:
        yield "note", phrase("doctor.no_terminal", lang)
    yield "ok", phrase("doctor.locale", lang, locale=".".join(filter(None, locale.getlocale())) or "C")
    yield (
        "ok",
        phrase(
            "doctor.processors",
            lang,
            count=processors(),
        ),
    )


def _settings(lang: Language) -> Iterator[tuple[Verdict, str]]:
    try:
        config = load()
        check_settings(config)
    except RepairError as error:
        yield "bad", say(error.message, lang)
        return
    if config.file is None:
        yield "note", phrase("doctor.no_config", lang)
    else:
        yield "ok", phrase("doctor.config", lang, path=str(config.file))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _can_show(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
