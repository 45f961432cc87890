"""The commands that work on articles: `scan`, `review`, `clean`."""

from __future__ import annotations

from typing import Annotated

import typer

from ntm_repair.cli.options import (
    ConfigFile,
    Decisions,
    Encoding,
    Exclude,
    FileList,
    IdField,
    Inputs,
    LangAsked,
    Lexicons,
    Neighbours,
    TextField,
    Workers,
    told,
)
from ntm_repair.cli.program import app


@app.command(help=told("cli.scan"))
def scan(
    paths: Inputs = None,
    format: Annotated[str | None, typer.Option("--format", help=told("cli.format"), metavar="FORMAT")] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help=told("cli.report"), metavar="FILE")] = None,
    workers: Workers = None,
    text_field: TextField = None,
    id_field: IdField = None,
    exclude: Exclude = None,
    file_list: FileList = None,
    stdin_name: Annotated[str | None, typer.Option("--stdin-name", help=told("cli.stdin_name"), metavar="NAME")] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help=told("cli.statistics"))] = False,
    baseline: Annotated[str | None, typer.Option("--baseline", help=told("cli.baseline"), metavar="FILE")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help=told("cli.exit_zero"))] = False,
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


@app.command(help=told("cli.review"))
def review(
    paths: Annotated[list[str], typer.Argument(help=told("cli.paths_review"), metavar="PATH")],
    decisions: Decisions = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help=told("cli.output"), metavar="FILE")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help=told("cli.in_place"))] = False,
    only: Annotated[list[str] | None, typer.Option("--only", help=told("cli.only"), metavar="RULE")] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", help=told("cli.min_confidence"), min=0, max=1, metavar="0..1")
    ] = 0.0,
    restart: Annotated[bool, typer.Option("--restart", help=told("cli.restart"))] = False,
    line: Annotated[bool, typer.Option("--line", help=told("cli.line"))] = False,
    web: Annotated[bool, typer.Option("--web", help=told("cli.web"))] = False,
    html: Annotated[str | None, typer.Option("--html", help=told("cli.html"), metavar="FILE")] = None,
    neighbours: Neighbours = None,
    lexicon: Lexicons = None,
    encoding: Encoding = None,
    lang: LangAsked = None,
) -> None:
    from ntm_repair.commands import review, review_options

    settings = {"neighbours": neighbours, "lexicon": lexicon or [], "encoding": encoding, "lang": lang}
    options = review_options.Options(
        settings, decisions, output, in_place, tuple(only or ()), min_confidence, restart, line, web, html
    )
    raise typer.Exit(review.run(paths, options))


@app.command(help=told("cli.clean"))
def clean(
    paths: Inputs = None,
    decisions: Decisions = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help=told("cli.output"), metavar="FILE")] = None,
    out_dir: Annotated[str | None, typer.Option("--out-dir", help=told("cli.out_dir"), metavar="FOLDER")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help=told("cli.in_place"))] = False,
    diff: Annotated[bool, typer.Option("--diff", help=told("cli.diff"))] = False,
    accept: Annotated[str | None, typer.Option("--accept", help=told("cli.accept"), metavar="none|safe|review")] = None,
    min_confidence: Annotated[
        float | None, typer.Option("--min-confidence", help=told("cli.accept_confidence"), metavar="0..1")
    ] = None,
    workers: Workers = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=told("cli.overwrite"))] = False,
    columns: Annotated[bool | None, typer.Option("--columns/--no-columns", help=told("cli.columns"))] = None,
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
