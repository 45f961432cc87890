"""The command line: options in, exit code out. No logic of its own."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from typing import Any, NoReturn

from ntm_repair.cli import answers, articles, upkeep  # noqa: F401 - commands join the program when imported
from ntm_repair.cli.leaving import leave
from ntm_repair.cli.options import LANGUAGE, with_language_last
from ntm_repair.cli.program import app
from ntm_repair.messages import phrase

_LANGUAGE = LANGUAGE
FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO))
"""What is wrong with an output that takes no more."""


def main() -> NoReturn:
    """Run the command line. A failure the user can mend is one line on stderr; a closed pipe is silent."""
    from ntm_repair.errors import EXIT_INTERRUPTED, EXIT_USAGE, RepairError

    # The tables are tens of thousands of objects that stay: looking through them for cycles took a fifth of a scan.
    gc.set_threshold(50_000, 10, 5)
    for stream in (sys.stdout, sys.stderr):
        # A file name that is no text, or a letter the terminal lacks, must not end a run of hours.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(with_language_last(sys.argv[1:]), prog_name="ntm-repair", standalone_mode=False)
        leave(code if isinstance(code, int) else 0)
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
    except OSError as error:
        # Files are said where they are written; what has no name is the standard output. Half a report must not pass
        # for a whole one.
        if error.filename is not None or error.errno not in FULL:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        print(phrase("error.output", _LANGUAGE, reason=error.strerror or ""), file=sys.stderr)
        sys.exit(EXIT_USAGE)
    except KeyboardInterrupt:
        print(phrase("cli.interrupted", _LANGUAGE), file=sys.stderr)
        sys.exit(EXIT_INTERRUPTED)
    except Exception as error:
        # What the library makes of a misspelt option; it has no public name for the class of them all.
        if not callable(getattr(error, "format_message", None)):
            raise
        sys.exit(_misused(error))


def _misused(error: Any) -> int:
    """Say how a command is called, and what was wrong; the exit code."""
    from ntm_repair.cli.misuse import said

    for line in said(error, _LANGUAGE):
        print(line, file=sys.stderr)
    return int(getattr(error, "exit_code", 2))
