"""The end of a command: at once, since taking tens of thousands of objects down one by one is a tenth of a scan."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """End the process with an exit code, everything written out and what waits for the exit done.

    Raises BrokenPipeError where nobody reads any more, and SystemExit where somebody wants to see an end in order.
    """
    if _is_watched() or threading.active_count() > 1:
        sys.exit(code)
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        raise
    except OSError:
        sys.exit(code)  # the interpreter says it as it always does
    os._exit(code)


def _is_watched() -> bool:
    """Whether the interpreter has to end in order: for a test, a debugger, a measurement of coverage."""
    return bool(sys.gettrace() or sys.getprofile()) or not {"coverage", "pytest"}.isdisjoint(sys.modules)
