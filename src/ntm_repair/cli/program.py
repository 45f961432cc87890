"""The program itself: its options, and help pages that are in one language from the first word to the last.

The library's own words (its headings, the help of its own options) are English; they are exchanged where a page is
made. A word that another version of the library says differently stays English, and nothing else happens.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ntm_repair.cli.options import told

_PARTS = ("Options", "Arguments", "Commands")
"""Headings, as the library says them."""
_DEFAULT = "[default: "
_REQUIRED = "[required]"
_TYPE_OF_ARGUMENT = re.compile(r"^(  [A-Z|]+)( <\S+>)(?=  )", re.MULTILINE)
"""Python's name for what an argument is; no reader of a help page needs it."""
_BRACED = re.compile(r"\{([A-Z]+)\}")
"""A single argument in braces, as newer versions of the library show one that must be given."""
_OWN_HELP = {
    "Show this message and exit.": "help.help",
    "Install completion for the current shell.": "help.install_completion",
    "Show completion for the current shell, to copy it or customize the installation.": "help.show_completion",
}
"""Help of the library's own options."""
_USAGE = {
    "Usage:": "help.usage",
    "[OPTIONS]": "help.usage_options",
    "COMMAND": "help.usage_command",
    "[ARGS]": "help.usage_arguments",
}
"""Parts of the line that shows how a command is called."""


def in_our_words(usage: str) -> str:
    """A line of usage with the library's words exchanged."""
    for theirs, key in _USAGE.items():
        usage = usage.replace(theirs, told(key), 1)
    return _BRACED.sub(r"\1", usage)


def page(text: str) -> str:
    """A help page with the library's headings exchanged."""
    headings = {f"{part}:": f"{told(f'help.{part.lower()}')}:" for part in _PARTS}
    text = _TYPE_OF_ARGUMENT.sub(lambda found: found[1] + " " * len(found[2]), text)
    text = text.replace(_DEFAULT, told("help.default")).replace(_REQUIRED, told("help.required"))
    lines = [headings.get(line, line) for line in text.split("\n")]
    first = next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
    return "\n".join([*in_our_words("\n".join(lines[:first])).split("\n"), *lines[first:]])


def _name_own_options(parameters: list[Any]) -> None:
    for parameter in parameters:
        key = _OWN_HELP.get(getattr(parameter, "help", None) or "")
        if key is not None:
            parameter.help = told(key)


class _AsGiven:
    """The value of a parameter where it is what the parameter takes already; the library is asked for all others.

    From 0.29 on it validates every value by pydantic, whose import is 80 ms of processor time before a command begins;
    text is text without that.
    """

    def __init__(self, parameter: Any) -> None:
        self._parameter = parameter
        self._others = parameter.get_runtime_param
        self._annotation = parameter.type_descriptor.annotation

    def __call__(self) -> _AsGiven:
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        if self._annotation is str and not several and type(value) is str:
            return value
        if (
            self._annotation == list[str]
            and several
            and isinstance(value, (list, tuple))
            and all(type(item) is str for item in value)
        ):
            return list(value)
        return self._others().coerce(value, param=param, ctx=ctx)


def _take_as_given(parameters: list[Any]) -> None:
    for parameter in parameters:
        if callable(getattr(parameter, "get_runtime_param", None)) and hasattr(parameter, "type_descriptor"):
            parameter.get_runtime_param = _AsGiven(parameter)


class Command(TyperCommand):
    """A command whose help is in one language, and which says so when it is interrupted."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:  # the library would end in silence
            from ntm_repair.errors import EXIT_INTERRUPTED

            print(told("cli.interrupted"), file=sys.stderr)
            raise typer.Exit(EXIT_INTERRUPTED) from None

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _take_as_given(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        _name_own_options(self.get_params(ctx))
        return page(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        return in_our_words(super().get_usage(ctx))


class Group(TyperGroup):
    """A group of commands whose help is in one language."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _take_as_given(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        _name_own_options(self.get_params(ctx))
        return page(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        return in_our_words(super().get_usage(ctx))


class Program(typer.Typer):
    """The program or a part of it with commands of its own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=Group, no_args_is_help=True, rich_markup_mode=None, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """As `typer.Typer.command`."""
        return super().command(name, cls=Command, **options)


app = Program(name="ntm-repair", help=told("cli.app"), add_completion=True, pretty_exceptions_enable=False)


def _version(asked: bool) -> None:
    if asked:
        from ntm_repair import __version__

        typer.echo(f"ntm-repair {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help=told("cli.version"), callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass
