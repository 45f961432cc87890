"""The end of a command: at once, since taking tens of thousands of objects down one by one is a tenth of a scan."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """End the process with an exit code, everything written out and what waits for the exit done.

    Raises BrokenPipeError where nobody reads any more, OSError where the output takes no more, and SystemExit where
    somebody wants to see an end in order.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    if _is_watched() or threading.active_count() > 1:
        sys.exit(code)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    os._exit(code)


def _is_watched() -> bool:
    """Whether the interpreter has to end in order: for a test, a debugger, a measurement of coverage."""
    return bool(sys.gettrace() or sys.getprofile()) or not {"coverage", "pytest"}.isdisjoint(sys.modules)
