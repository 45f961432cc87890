"""What commands share: the language of their help, and the options and arguments that several take."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ntm_repair.messages import Language, phrase, preferred_language


def language_asked() -> Language:
    """The language of help texts, which are made before options are read."""
    arguments = sys.argv[1:]
    for i, argument in enumerate(arguments):
        value = argument[7:] if argument.startswith("--lang=") else ""
        if argument == "--lang" and i + 1 < len(arguments):
            value = arguments[i + 1]
        if value in ("vi", "en"):
            return "en" if value == "en" else "vi"
    return preferred_language()


LANGUAGE = language_asked()


def with_language_last(arguments: list[str]) -> list[str]:
    """The arguments, a `--lang` that stands before the command moved behind what belongs to the command."""
    asked: list[str] = []
    while arguments and arguments[0].partition("=")[0] == "--lang":
        size = 1 if "=" in arguments[0] else 2
        asked, arguments = arguments[:size], arguments[size:]
    if "--help" in arguments or all(argument.startswith("-") for argument in arguments):
        return arguments  # a page, which is in that language already
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return [*arguments[:end], *asked, *arguments[end:]]


def told(key: str) -> str:
    return phrase(key, LANGUAGE)


Paths = Annotated[list[str], typer.Argument(help=told("cli.inputs"), metavar="PATH")]
Lang = Annotated[str, typer.Option("--lang", help=told("cli.lang"), metavar="vi|en", show_default=False)]
Lexicons = Annotated[list[str] | None, typer.Option("--lexicon", help=told("cli.lexicon_file"), metavar="FILE")]
Encoding = Annotated[str | None, typer.Option("--encoding", help=told("cli.encoding"), metavar="NAME")]
Decisions = Annotated[str | None, typer.Option("--decisions", help=told("cli.decisions"), metavar="FILE")]
Inputs = Annotated[list[str] | None, typer.Argument(help=told("cli.inputs"), metavar="PATH")]
LangAsked = Annotated[str | None, typer.Option("--lang", help=told("cli.lang"), metavar="vi|en")]
Workers = Annotated[int | None, typer.Option("--workers", help=told("cli.workers"), metavar="N")]
TextField = Annotated[str | None, typer.Option("--text-field", help=told("cli.text_field"), metavar="NAME")]
IdField = Annotated[str | None, typer.Option("--id-field", help=told("cli.id_field"), metavar="NAME")]
Exclude = Annotated[list[str] | None, typer.Option("--exclude", help=told("cli.exclude"), metavar="PATTERN")]
FileList = Annotated[str | None, typer.Option("--file-list", help=told("cli.file_list"), metavar="FILE")]
Neighbours = Annotated[bool | None, typer.Option("--neighbours/--no-neighbours", help=told("cli.neighbours"))]
ConfigFile = Annotated[str | None, typer.Option("--config", help=told("cli.config_file"), metavar="FILE")]
