"""The commands around the articles: rules, the lexicon, settings, the installation."""

from __future__ import annotations

from typing import Annotated

import typer

from ntm_repair.cli.options import LANGUAGE, ConfigFile, Encoding, Lang, LangAsked, Lexicons, told
from ntm_repair.cli.program import Program, app

lexicon_app = Program(help=told("cli.lexicon"))
app.add_typer(lexicon_app, name="lexicon")
config_app = Program(help=told("cli.config"))
app.add_typer(config_app, name="config")


@app.command(help=told("cli.rule"))
def rule(
    code: Annotated[str | None, typer.Argument(help=told("cli.rule_code"), metavar="CODE")] = None,
    lang: Lang = LANGUAGE,
) -> None:
    from ntm_repair.commands import rule

    raise typer.Exit(rule.run(code, lang))


@lexicon_app.command("check", help=told("cli.lexicon_check"))
def lexicon_check(
    paths: Annotated[list[str] | None, typer.Argument(help=told("cli.lexicon_paths"), metavar="FILE")] = None,
    lang: Lang = LANGUAGE,
) -> None:
    from ntm_repair.commands import lexicon

    raise typer.Exit(lexicon.check(paths or [], lang))


@lexicon_app.command("list", help=told("cli.lexicon_list"))
def lexicon_list(
    kind: Annotated[str | None, typer.Option("--kind", help=told("cli.kind"), metavar="KIND")] = None,
    lexicon: Lexicons = None,
    lang: Lang = LANGUAGE,
) -> None:
    from ntm_repair.commands import lexicon as command

    raise typer.Exit(command.list_terms(kind, lexicon or [], lang))


@lexicon_app.command("learn", help=told("cli.learn"))
def lexicon_learn(
    paths: Annotated[list[str] | None, typer.Argument(help=told("cli.learn_paths"), metavar="PATH")] = None,
    from_decisions: Annotated[bool, typer.Option("--from-decisions", help=told("cli.learn_decisions"))] = False,
    output: Annotated[
        str, typer.Option("-o", "--output", help=told("cli.learn_output"), metavar="FILE")
    ] = "de-xuat.tsv",
    min_count: Annotated[
        int | None, typer.Option("--min-count", help=told("cli.learn_count"), min=1, metavar="N")
    ] = None,
    lexicon: Lexicons = None,
    encoding: Encoding = None,
    lang: Lang = LANGUAGE,
) -> None:
    from ntm_repair.commands import learn

    if from_decisions:
        raise typer.Exit(learn.from_decisions(paths or [], output, min_count, lexicon or [], lang))
    raise typer.Exit(learn.from_articles(paths or ["."], output, min_count, lexicon or [], encoding, lang))


@lexicon_app.command("add", help=told("cli.add"))
def lexicon_add(
    term: Annotated[str, typer.Argument(help=told("cli.add_term"), metavar="TERM")],
    kind: Annotated[str, typer.Option("--kind", help=told("cli.add_kind"), metavar="KIND")] = "phrase",
    alias: Annotated[list[str] | None, typer.Option("--alias", help=told("cli.add_alias"), metavar="FORM")] = None,
    english: Annotated[
        list[str] | None, typer.Option("--english", help=told("cli.add_english"), metavar="WORDS")
    ] = None,
    garbled: Annotated[
        list[str] | None, typer.Option("--garbled", help=told("cli.add_garbled"), metavar="FORM")
    ] = None,
    note: Annotated[str, typer.Option("--note", help=told("cli.add_note"), metavar="TEXT")] = "",
    to: Annotated[str | None, typer.Option("--to", help=told("cli.add_to"), metavar="FILE")] = None,
    lang: Lang = LANGUAGE,
) -> None:
    from ntm_repair.commands import learn

    if garbled:
        raise typer.Exit(learn.add_garbled(term, garbled, note, to, lang))
    raise typer.Exit(learn.add(term, kind, alias or [], english or [], note, to, lang))


@config_app.command("show", help=told("cli.config_show"))
def config_show(
    path: Annotated[str | None, typer.Argument(help=told("cli.config_path"), metavar="PATH")] = None,
    config: ConfigFile = None,
    lang: LangAsked = None,
) -> None:
    from ntm_repair.commands import config as command

    raise typer.Exit(command.show(path, config, lang))


@app.command(help=told("cli.doctor"))
def doctor(lang: LangAsked = None) -> None:
    from ntm_repair.commands import doctor

    raise typer.Exit(doctor.run(lang))
