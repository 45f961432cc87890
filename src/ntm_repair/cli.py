"""The command line: options in, exit code out. No logic of its own."""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer

from ntm_repair.messages import Language, phrase, preferred_language


def _language_asked() -> Language:
    """The language of help texts, which are made before options are read."""
    arguments = sys.argv[1:]
    for i, argument in enumerate(arguments):
        value = argument[7:] if argument.startswith("--lang=") else ""
        if argument == "--lang" and i + 1 < len(arguments):
            value = arguments[i + 1]
        if value in ("vi", "en"):
            return "en" if value == "en" else "vi"
    return preferred_language()


_LANGUAGE = _language_asked()


def _t(key: str) -> str:
    return phrase(key, _LANGUAGE)


app = typer.Typer(
    name="ntm-repair",
    help=_t("cli.app"),
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
lexicon_app = typer.Typer(help=_t("cli.lexicon"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(lexicon_app, name="lexicon")

Paths = Annotated[list[str], typer.Argument(help=_t("cli.paths"), metavar="PATH...")]
Lang = Annotated[str, typer.Option("--lang", help=_t("cli.lang"), metavar="vi|en")]
Lexicons = Annotated[list[str] | None, typer.Option("--lexicon", help=_t("cli.lexicon_file"), metavar="FILE")]
Encoding = Annotated[str | None, typer.Option("--encoding", help=_t("cli.encoding"), metavar="NAME")]
Decisions = Annotated[str | None, typer.Option("--decisions", help=_t("cli.decisions"), metavar="FILE")]


def _version(asked: bool) -> None:
    if asked:
        from ntm_repair import __version__

        typer.echo(f"ntm-repair {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help=_t("cli.version"), callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command(help=_t("cli.scan"))
def scan(
    paths: Paths,
    format: Annotated[str, typer.Option("--format", help=_t("cli.format"), metavar="text|json")] = "text",
    lexicon: Lexicons = None,
    encoding: Encoding = None,
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import scan

    raise typer.Exit(scan.run(paths, format, lexicon or [], encoding, lang))


@app.command(help=_t("cli.review"))
def review(
    paths: Annotated[list[str], typer.Argument(help=_t("cli.paths_review"), metavar="PATH...")],
    decisions: Decisions = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help=_t("cli.output"), metavar="FILE")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help=_t("cli.in_place"))] = False,
    lexicon: Lexicons = None,
    encoding: Encoding = None,
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import review

    raise typer.Exit(review.run(paths, decisions, output, in_place, lexicon or [], encoding, lang))


@app.command(help=_t("cli.clean"))
def clean(
    paths: Paths,
    decisions: Decisions = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help=_t("cli.output"), metavar="FILE")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help=_t("cli.in_place"))] = False,
    diff: Annotated[bool, typer.Option("--diff", help=_t("cli.diff"))] = False,
    lexicon: Lexicons = None,
    encoding: Encoding = None,
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import clean

    raise typer.Exit(clean.run(paths, decisions, output, in_place, diff, lexicon or [], encoding, lang))


@app.command(help=_t("cli.rule"))
def rule(
    code: Annotated[str | None, typer.Argument(help=_t("cli.rule_code"), metavar="[CODE]")] = None,
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import rule

    raise typer.Exit(rule.run(code, lang))


@lexicon_app.command("check", help=_t("cli.lexicon_check"))
def lexicon_check(
    paths: Annotated[list[str] | None, typer.Argument(help=_t("cli.lexicon_paths"), metavar="[FILE...]")] = None,
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import lexicon

    raise typer.Exit(lexicon.check(paths or [], lang))


@lexicon_app.command("list", help=_t("cli.lexicon_list"))
def lexicon_list(
    kind: Annotated[str | None, typer.Option("--kind", help=_t("cli.kind"), metavar="KIND")] = None,
    lexicon: Lexicons = None,
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import lexicon as command

    raise typer.Exit(command.list_terms(kind, lexicon or [], lang))


def main() -> NoReturn:
    """Run the command line. A failure the user can mend is one line on stderr; a closed pipe is silent."""
    from ntm_repair.errors import EXIT_INTERRUPTED, RepairError

    try:
        app(standalone_mode=True)
    except RepairError as error:
        from ntm_repair.messages import say

        print(say(error.message, _LANGUAGE), file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader left, as `head` does; point stdout elsewhere so that closing it stays silent too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    sys.exit(0)
