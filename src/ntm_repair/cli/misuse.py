"""A command line that cannot be meant: what is wrong with it, in the language of the help.

The library says it in English. Its sentences are known by their form; one that is not known is told as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ntm_repair.messages import Language, phrase

_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"No such option: (?P<name>\S+?)\.?(?: \(Possible options: .*\)| Did you mean .*)?", "help.no_option"),
    (r"No such command '(?P<name>.+?)'\.(?: .*)?", "help.no_command"),
    (r"Missing (?:argument|option|parameter) '(?P<name>.+?)'.*", "help.missing"),
    (r"Option '(?P<name>.+?)' requires an argument\.", "help.no_value"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.+)\)", "help.extra"),
    (r"Invalid value for '?(?P<name>[^':]+)'?: .*less than or equal to (?P<bound>\S+)", "help.at_most"),
    (r"Invalid value for '?(?P<name>[^':]+)'?: .*greater than or equal to (?P<bound>\S+)", "help.at_least"),
    (r"Invalid value for '?(?P<name>[^':]+)'?: .*integer.*", "help.integer"),
    (r"Invalid value for '?(?P<name>[^':]+)'?: .*(?:number|float).*", "help.number"),
    (r"Invalid value for '?(?P<name>[^':]+)'?: (?P<what>.+)", "help.invalid"),
)
_NEAR = re.compile(r"\(Possible options: (.+)\)|Did you mean (?:one of: )?(.+?)\?")


def said(error: Any, language: Language) -> Iterator[str]:
    """How the command is called, where that is known, and what was wrong."""
    what = str(error.format_message())
    if "\n" in what:  # a group without a command: its help page
        yield what
        return
    context = getattr(error, "ctx", None)
    if context is not None:
        yield context.get_usage()
        yield phrase("help.try", language, command=context.command_path)
        yield ""
    yield phrase("help.error", language, what=in_language(what, language))


def in_language(what: str, language: Language) -> str:
    """The library's sentence in `language`."""
    if language == "en":
        return what
    for form, key in _SENTENCES:
        match = re.fullmatch(form, what, re.DOTALL)
        if match:
            near = _NEAR.search(what)
            meant = phrase("help.near", language, names=near[1] or near[2]) if near else ""
            return phrase(key, language, **match.groupdict()) + meant
    return what
