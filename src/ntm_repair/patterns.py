"""Large patterns, kept compiled from one start to the next: taking them apart was an eighth of a scan of one article.

What is kept is what a pattern gives of itself when it is pickled: its code and tables, plain data that the same version
of the library makes the pattern of in ten microseconds instead of a millisecond. As with all that is kept (`compiled`),
a file that is missing, cut short, of another version or not to be understood only costs the time.
"""

from __future__ import annotations

import atexit
import contextlib
import copyreg
import marshal
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import regex

from ntm_repair.compiled import keep, kept

_Key = tuple[str, int]
_new: dict[_Key, tuple[Any, ...]] = {}


def pattern(source: str, flags: int = 0) -> regex.Pattern[str]:
    """As `regex.compile`, for what a module compiles when it is imported."""
    key = source, int(flags)
    found = _known().get(key)
    if found is not None:
        with contextlib.suppress(TypeError, ValueError, RuntimeError, regex.error):
            made: regex.Pattern[str] = _apart()[0](*found)
            return made
    made = regex.compile(source, flags)
    if not _new:
        atexit.register(_keep_new)
    _new[key] = _apart()[1](made)[1]
    return made


@lru_cache(maxsize=1)
def _apart() -> tuple[Callable[..., Any], Callable[[Any], Any]]:
    """What makes a pattern of its data, and what gives the data of a pattern together with what makes it."""
    reduce: Callable[[Any], Any] = copyreg.dispatch_table[regex.Pattern]
    return reduce(regex.compile(""))[0], reduce


def _version() -> str:
    return f"{regex.__version__} {sys.version}"


@lru_cache(maxsize=1)
def _known() -> dict[_Key, tuple[Any, ...]]:
    content = kept("patterns", _version())
    try:
        found = marshal.loads(content) if content is not None else {}
    except (ValueError, TypeError, EOFError):
        found = {}
    return found if isinstance(found, dict) else {}


def _keep_new() -> None:
    keep("patterns", _version(), marshal.dumps({**_known(), **_new}))
