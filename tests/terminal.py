"""A real pseudo-terminal with the review running in it, and the screen as a person sees it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import pyte

from ntm_repair import cli
from ntm_repair.pipeline import load_resources

ENTER, ESCAPE, SPACE, TAB, UNDO, INTERRUPT = "\r", "\x1b", " ", "\t", "\x1a", "\x03"
UP, DOWN, RIGHT, LEFT, HOME, END = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F"
PATIENCE = 15.0
"""Seconds until a screen that does not come is a failure; not a measure of speed."""


class Terminal:
    """`ntm-repair ARGUMENTS` in a process of its own on a pseudo-terminal.

    The process is forked with the tables already loaded, which is most of a start; `cold` starts it from nothing.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        columns: int = 100,
        rows: int = 32,
        environment: Mapping[str, str] | None = None,
        cold: bool = False,
    ) -> None:
        load_resources()
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.status: int | None = None
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "", "LINES": ""})
            for name in ("COLUMNS", "LINES", "NO_COLOR"):
                os.environ.pop(name, None)
            os.environ.update(environment or {})
            if cold:
                command = [sys.executable, "-c", "from ntm_repair.cli import main; main()", *arguments]
                os.execv(command[0], command)
            _run(arguments)
        self.resize(columns, rows)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait()
        with contextlib.suppress(OSError):
            os.close(self.master)

    def resize(self, columns: int, rows: int) -> None:
        """As when a person drags the window's corner."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, keys: str | bytes) -> None:
        """Keys in one write, as an input method fuses them."""
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def press(self, *keys: str) -> None:
        """One key after another, each after the screen has settled."""
        for key in keys:
            self.send(key)
            self.settle(0.15 if key == ESCAPE else 0.04)

    def text(self) -> str:
        """The screen without trailing spaces."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def expect(self, words: str) -> str:
        """Wait until `words` are on the screen (line breaks read as spaces, or as nothing where a line goes on)."""
        deadline = time.monotonic() + PATIENCE
        while not any(words in " ".join(seen.split()) for seen in (self.text(), "".join(self.screen.display))):
            if not self._read(0.05) and (self.status is not None or time.monotonic() > deadline):
                raise AssertionError(f"{words!r} did not come; the screen is:\n{self.text()}")
        return self.settle()

    def settle(self, quiet: float = 0.12) -> str:
        """Read until nothing has come for a while."""
        while self._read(quiet):
            pass
        return self.text()

    def wait(self) -> int:
        """The exit status, once the program has ended."""
        deadline = time.monotonic() + PATIENCE
        while self.status is None:
            self._read(0.02)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > deadline:
                raise AssertionError(f"still running; the screen is:\n{self.text()}")
        while self._read(0.02):
            pass
        return self.status

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self.master], [], [], patience)
        if not ready:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)


def _run(arguments: Sequence[str]) -> NoReturn:
    """The command line in a forked process: on the terminal's own streams, never back into the tests."""
    status = 70
    try:
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 - not pytest's
        sys.argv = ["ntm-repair", *arguments]
        cli._LANGUAGE = "en"
        for ending in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
            signal.signal(ending, signal.default_int_handler if ending == signal.SIGINT else signal.SIG_DFL)
        cli.main()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(status)


def review(article: Path, *options: str, **more: object) -> Terminal:
    """`review` of an article in English, so that tests read plainly."""
    return Terminal(["review", str(article), "--lang", "en", *options], **more)  # type: ignore[arg-type]
