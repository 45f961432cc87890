"""The commands on what editors answered: decision logs and allowed terms."""

from __future__ import annotations

from typing import Annotated

import typer

from ntm_repair.cli.options import LANGUAGE, Encoding, Lang, Lexicons, Paths, told
from ntm_repair.cli.program import Program, app

decisions_app = Program(help=told("cli.decisions_app"))
app.add_typer(decisions_app, name="decisions")
allow_app = Program(help=told("cli.allow"))
app.add_typer(allow_app, name="allow")


Log = Annotated[str, typer.Argument(help=told("cli.log"), metavar="LOG|ARTICLE")]


@decisions_app.command("show", help=told("cli.decisions_show"))
def decisions_show(log: Log, lang: Lang = LANGUAGE) -> None:
    from ntm_repair.commands import decisions

    raise typer.Exit(decisions.show(log, lang))


@decisions_app.command("stats", help=told("cli.decisions_stats"))
def decisions_stats(log: Log, lang: Lang = LANGUAGE) -> None:
    from ntm_repair.commands import decisions

    raise typer.Exit(decisions.stats(log, lang))


@decisions_app.command("csv", help=told("cli.decisions_csv"))
def decisions_csv(
    log: Log,
    output: Annotated[str | None, typer.Option("-o", "--output", help=told("cli.csv_output"), metavar="FILE")] = None,
    lang: Lang = LANGUAGE,
) -> None:
    from ntm_repair.commands import decisions

    raise typer.Exit(decisions.export(log, output, lang))


@decisions_app.command("merge", help=told("cli.decisions_merge"))
def decisions_merge(
    logs: Annotated[list[str], typer.Argument(help=told("cli.merge_logs"), metavar="LOG")],
    output: Annotated[str, typer.Option("-o", "--output", help=told("cli.merge_output"), metavar="FILE")],
    lang: Lang = LANGUAGE,
) -> None:
    from ntm_repair.commands import decisions
    from ntm_repair.commands.who import now, user

    raise typer.Exit(decisions.merge_logs(logs, output, user(), now(), lang))


Folder = Annotated[str, typer.Option("--folder", help=told("cli.allow_folder"), metavar="FOLDER", show_default=False)]


@allow_app.command("list", help=told("cli.allow_list"))
def allow_list(folder: Folder = ".", lang: Lang = LANGUAGE) -> None:
    from ntm_repair.commands import allow

    raise typer.Exit(allow.list_entries(folder, lang))


@allow_app.command("remove", help=told("cli.allow_remove"))
def allow_remove(
    terms: Annotated[list[str], typer.Argument(help=told("cli.allow_terms"), metavar="TERM|NUMBER")],
    folder: Folder = ".",
    lang: Lang = LANGUAGE,
) -> None:
    from ntm_repair.commands import allow

    raise typer.Exit(allow.remove(terms, folder, lang))


@allow_app.command("prune", help=told("cli.allow_prune"))
def allow_prune(paths: Paths, lexicon: Lexicons = None, encoding: Encoding = None, lang: Lang = LANGUAGE) -> None:
    from ntm_repair.commands import allow

    raise typer.Exit(allow.prune(paths, lexicon or [], encoding, lang))
