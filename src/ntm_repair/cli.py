"""The command line: options in, exit code out. No logic of its own."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
import threading
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
config_app = typer.Typer(help=_t("cli.config"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(config_app, name="config")

decisions_app = typer.Typer(help=_t("cli.decisions_app"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(decisions_app, name="decisions")
allow_app = typer.Typer(help=_t("cli.allow"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(allow_app, name="allow")

Paths = Annotated[list[str], typer.Argument(help=_t("cli.inputs"), metavar="PATH")]
Lang = Annotated[str, typer.Option("--lang", help=_t("cli.lang"), metavar="vi|en", show_default=False)]
Lexicons = Annotated[list[str] | None, typer.Option("--lexicon", help=_t("cli.lexicon_file"), metavar="FILE")]
Encoding = Annotated[str | None, typer.Option("--encoding", help=_t("cli.encoding"), metavar="NAME")]
Decisions = Annotated[str | None, typer.Option("--decisions", help=_t("cli.decisions"), metavar="FILE")]
Inputs = Annotated[list[str] | None, typer.Argument(help=_t("cli.inputs"), metavar="PATH")]
LangAsked = Annotated[str | None, typer.Option("--lang", help=_t("cli.lang"), metavar="vi|en")]
Workers = Annotated[int | None, typer.Option("--workers", help=_t("cli.workers"), metavar="N")]
TextField = Annotated[str | None, typer.Option("--text-field", help=_t("cli.text_field"), metavar="NAME")]
IdField = Annotated[str | None, typer.Option("--id-field", help=_t("cli.id_field"), metavar="NAME")]
Exclude = Annotated[list[str] | None, typer.Option("--exclude", help=_t("cli.exclude"), metavar="PATTERN")]
FileList = Annotated[str | None, typer.Option("--file-list", help=_t("cli.file_list"), metavar="FILE")]
Neighbours = Annotated[bool | None, typer.Option("--neighbours/--no-neighbours", help=_t("cli.neighbours"))]
ConfigFile = Annotated[str | None, typer.Option("--config", help=_t("cli.config_file"), metavar="FILE")]


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
    paths: Inputs = None,
    format: Annotated[str | None, typer.Option("--format", help=_t("cli.format"), metavar="FORMAT")] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help=_t("cli.report"), metavar="FILE")] = None,
    workers: Workers = None,
    text_field: TextField = None,
    id_field: IdField = None,
    exclude: Exclude = None,
    file_list: FileList = None,
    stdin_name: Annotated[str | None, typer.Option("--stdin-name", help=_t("cli.stdin_name"), metavar="NAME")] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help=_t("cli.statistics"))] = False,
    baseline: Annotated[str | None, typer.Option("--baseline", help=_t("cli.baseline"), metavar="FILE")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help=_t("cli.exit_zero"))] = False,
    neighbours: Neighbours = None,
    config: ConfigFile = None,
    lexicon: Lexicons = None,
    encoding: Encoding = None,
    lang: LangAsked = None,
) -> None:
    from ntm_repair.commands import scan

    given = {
        "format": format,
        "workers": workers,
        "text_field": text_field,
        "id_field": id_field,
        "exclude": exclude,
        "exit_zero": exit_zero or None,
        "neighbours": neighbours,
        "lexicon": lexicon,
        "encoding": encoding,
        "lang": lang,
    }
    options = scan.Options(given, config, output, statistics, baseline, file_list, stdin_name)
    raise typer.Exit(scan.run(paths or [], options))


@app.command(help=_t("cli.review"))
def review(
    paths: Annotated[list[str], typer.Argument(help=_t("cli.paths_review"), metavar="PATH")],
    decisions: Decisions = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help=_t("cli.output"), metavar="FILE")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help=_t("cli.in_place"))] = False,
    only: Annotated[list[str] | None, typer.Option("--only", help=_t("cli.only"), metavar="RULE")] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", help=_t("cli.min_confidence"), min=0, max=1, metavar="0..1")
    ] = 0.0,
    restart: Annotated[bool, typer.Option("--restart", help=_t("cli.restart"))] = False,
    line: Annotated[bool, typer.Option("--line", help=_t("cli.line"))] = False,
    web: Annotated[bool, typer.Option("--web", help=_t("cli.web"))] = False,
    html: Annotated[str | None, typer.Option("--html", help=_t("cli.html"), metavar="FILE")] = None,
    neighbours: Neighbours = None,
    lexicon: Lexicons = None,
    encoding: Encoding = None,
    lang: LangAsked = None,
) -> None:
    from ntm_repair.commands import review

    settings = {"neighbours": neighbours, "lexicon": lexicon or [], "encoding": encoding, "lang": lang}
    options = review.Options(
        settings, decisions, output, in_place, tuple(only or ()), min_confidence, restart, line, web, html
    )
    raise typer.Exit(review.run(paths, options))


@app.command(help=_t("cli.clean"))
def clean(
    paths: Inputs = None,
    decisions: Decisions = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help=_t("cli.output"), metavar="FILE")] = None,
    out_dir: Annotated[str | None, typer.Option("--out-dir", help=_t("cli.out_dir"), metavar="FOLDER")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help=_t("cli.in_place"))] = False,
    diff: Annotated[bool, typer.Option("--diff", help=_t("cli.diff"))] = False,
    accept: Annotated[str | None, typer.Option("--accept", help=_t("cli.accept"), metavar="none|safe|review")] = None,
    min_confidence: Annotated[
        float | None, typer.Option("--min-confidence", help=_t("cli.accept_confidence"), metavar="0..1")
    ] = None,
    workers: Workers = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=_t("cli.overwrite"))] = False,
    columns: Annotated[bool | None, typer.Option("--columns/--no-columns", help=_t("cli.columns"))] = None,
    text_field: TextField = None,
    id_field: IdField = None,
    exclude: Exclude = None,
    file_list: FileList = None,
    config: ConfigFile = None,
    lexicon: Lexicons = None,
    encoding: Encoding = None,
    lang: LangAsked = None,
) -> None:
    from ntm_repair.commands import clean, clean_options

    given = {
        "accept": accept,
        "min_confidence": min_confidence,
        "workers": workers,
        "columns": columns,
        "text_field": text_field,
        "id_field": id_field,
        "exclude": exclude,
        "lexicon": lexicon,
        "encoding": encoding,
        "lang": lang,
    }
    options = clean_options.Options(given, config, decisions, output, out_dir, in_place, diff, overwrite, file_list)
    raise typer.Exit(clean.run(paths or [], options))


@app.command(help=_t("cli.rule"))
def rule(
    code: Annotated[str | None, typer.Argument(help=_t("cli.rule_code"), metavar="CODE")] = None,
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import rule

    raise typer.Exit(rule.run(code, lang))


@lexicon_app.command("check", help=_t("cli.lexicon_check"))
def lexicon_check(
    paths: Annotated[list[str] | None, typer.Argument(help=_t("cli.lexicon_paths"), metavar="FILE")] = None,
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


@lexicon_app.command("learn", help=_t("cli.learn"))
def lexicon_learn(
    paths: Annotated[list[str] | None, typer.Argument(help=_t("cli.learn_paths"), metavar="PATH")] = None,
    from_decisions: Annotated[bool, typer.Option("--from-decisions", help=_t("cli.learn_decisions"))] = False,
    output: Annotated[str, typer.Option("-o", "--output", help=_t("cli.learn_output"), metavar="FILE")] = "de-xuat.tsv",
    min_count: Annotated[
        int | None, typer.Option("--min-count", help=_t("cli.learn_count"), min=1, metavar="N")
    ] = None,
    lexicon: Lexicons = None,
    encoding: Encoding = None,
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import learn

    if from_decisions:
        raise typer.Exit(learn.from_decisions(paths or [], output, min_count, lexicon or [], lang))
    raise typer.Exit(learn.from_articles(paths or ["."], output, min_count, lexicon or [], encoding, lang))


@lexicon_app.command("add", help=_t("cli.add"))
def lexicon_add(
    term: Annotated[str, typer.Argument(help=_t("cli.add_term"), metavar="TERM")],
    kind: Annotated[str, typer.Option("--kind", help=_t("cli.add_kind"), metavar="KIND")] = "phrase",
    alias: Annotated[list[str] | None, typer.Option("--alias", help=_t("cli.add_alias"), metavar="FORM")] = None,
    english: Annotated[list[str] | None, typer.Option("--english", help=_t("cli.add_english"), metavar="WORDS")] = None,
    note: Annotated[str, typer.Option("--note", help=_t("cli.add_note"), metavar="TEXT")] = "",
    to: Annotated[str | None, typer.Option("--to", help=_t("cli.add_to"), metavar="FILE")] = None,
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import learn

    raise typer.Exit(learn.add(term, kind, alias or [], english or [], note, to, lang))


@config_app.command("show", help=_t("cli.config_show"))
def config_show(
    path: Annotated[str | None, typer.Argument(help=_t("cli.config_path"), metavar="PATH")] = None,
    config: ConfigFile = None,
    lang: LangAsked = None,
) -> None:
    from ntm_repair.commands import config as command

    raise typer.Exit(command.show(path, config, lang))


@app.command(help=_t("cli.doctor"))
def doctor(lang: LangAsked = None) -> None:
    from ntm_repair.commands import doctor

    raise typer.Exit(doctor.run(lang))


Log = Annotated[str, typer.Argument(help=_t("cli.log"), metavar="LOG|ARTICLE")]


@decisions_app.command("show", help=_t("cli.decisions_show"))
def decisions_show(log: Log, lang: Lang = _LANGUAGE) -> None:
    from ntm_repair.commands import decisions

    raise typer.Exit(decisions.show(log, lang))


@decisions_app.command("stats", help=_t("cli.decisions_stats"))
def decisions_stats(log: Log, lang: Lang = _LANGUAGE) -> None:
    from ntm_repair.commands import decisions

    raise typer.Exit(decisions.stats(log, lang))


@decisions_app.command("csv", help=_t("cli.decisions_csv"))
def decisions_csv(
    log: Log,
    output: Annotated[str | None, typer.Option("-o", "--output", help=_t("cli.csv_output"), metavar="FILE")] = None,
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import decisions

    raise typer.Exit(decisions.export(log, output, lang))


@decisions_app.command("merge", help=_t("cli.decisions_merge"))
def decisions_merge(
    logs: Annotated[list[str], typer.Argument(help=_t("cli.merge_logs"), metavar="LOG")],
    output: Annotated[str, typer.Option("-o", "--output", help=_t("cli.merge_output"), metavar="FILE")],
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import decisions
    from ntm_repair.commands.review import now, user

    raise typer.Exit(decisions.merge_logs(logs, output, user(), now(), lang))


Folder = Annotated[str, typer.Option("--folder", help=_t("cli.allow_folder"), metavar="FOLDER", show_default=False)]


@allow_app.command("list", help=_t("cli.allow_list"))
def allow_list(folder: Folder = ".", lang: Lang = _LANGUAGE) -> None:
    from ntm_repair.commands import allow

    raise typer.Exit(allow.list_entries(folder, lang))


@allow_app.command("remove", help=_t("cli.allow_remove"))
def allow_remove(
    terms: Annotated[list[str], typer.Argument(help=_t("cli.allow_terms"), metavar="TERM|NUMBER")],
    folder: Folder = ".",
    lang: Lang = _LANGUAGE,
) -> None:
    from ntm_repair.commands import allow

    raise typer.Exit(allow.remove(terms, folder, lang))


@allow_app.command("prune", help=_t("cli.allow_prune"))
def allow_prune(paths: Paths, lexicon: Lexicons = None, encoding: Encoding = None, lang: Lang = _LANGUAGE) -> None:
    from ntm_repair.commands import allow

    raise typer.Exit(allow.prune(paths, lexicon or [], encoding, lang))


def _run() -> None:
    """The command; then the end at once: taking tens of thousands of objects down one by one is a tenth of a scan."""
    try:
        app(standalone_mode=True)
    except SystemExit as done:
        if isinstance(done.code, int | None) and not _is_watched() and threading.active_count() == 1:
            atexit._run_exitfuncs()
            try:
                sys.stdout.flush()
                sys.stderr.flush()
            except BrokenPipeError:
                raise
            except OSError:
                raise done from None  # the interpreter says it as it always does
            os._exit(done.code or 0)
        raise


def _is_watched() -> bool:
    """Whether somebody wants to see the interpreter end in order: a test, a debugger, a measurement of coverage."""
    return bool(sys.gettrace() or sys.getprofile()) or not {"coverage", "pytest"}.isdisjoint(sys.modules)


def main() -> NoReturn:
    """Run the command line. A failure the user can mend is one line on stderr; a closed pipe is silent."""
    from ntm_repair.errors import EXIT_INTERRUPTED, EXIT_USAGE, RepairError

    # The tables are tens of thousands of objects that stay: looking through them for cycles took a fifth of a scan.
    gc.set_threshold(100_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        # A file name that is no text, or a letter the terminal lacks, must not end a run of hours.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        _run()
    except RepairError as error:
        from ntm_repair.messages import say

        print(say(error.message, _LANGUAGE), file=sys.stderr)
        sys.exit(error.exit_code)
    except PermissionError as error:
        # A folder on the way that may not be looked into; files that may not be read are said where they are read.
        print(
            phrase("error.read", _LANGUAGE, path=str(error.filename or ""), reason=error.strerror or ""),
            file=sys.stderr,
        )
        sys.exit(EXIT_USAGE)
    except BrokenPipeError:
        # The reader left, as `head` does; point stdout elsewhere so that closing it stays silent too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    sys.exit(0)
