"""The review prompt. Thin: `keys` in, `screen` out; every answer goes through the session.

Enter takes only what is highlighted, and the highlight starts on keeping unless the fix is safe; a question about the
scope of an answer is never answered by Enter.
"""

from __future__ import annotations

import os
import sys

from prompt_toolkit.application import Application
from prompt_toolkit.layout import Layout
from prompt_toolkit.output.color_depth import ColorDepth

from ntm_repair.messages import Language
from ntm_repair.review.asking import Outcome
from ntm_repair.review.drawing import STYLE
from ntm_repair.review.grouping import Grouping
from ntm_repair.review.keys import Keyboard
from ntm_repair.review.session import Session


class Prompt(Grouping):
    """The prompt for one session; `run` returns how the editor left it."""

    def __init__(self, session: Session, language: Language, target: str, *, groups_first: bool = False) -> None:
        super().__init__(session, language, target, "groups" if groups_first and session.undecided else "finding")

    def run(self) -> Outcome:
        """Go through the findings; answers are in the log whatever is returned."""
        self.app = Application(
            layout=Layout(self._layout(), focused_element=self.main),
            key_bindings=Keyboard(self).bindings,
            full_screen=True,
            style=STYLE,
            color_depth=ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None,
        )
        # An Escape that no further byte follows is the key itself; arrows arrive in one read.
        self.app.ttimeoutlen = 0.05
        self.app.timeoutlen = 0.05
        _forget_typed_ahead()
        try:
            return self.app.run()
        except EOFError:
            return "leave"


def _forget_typed_ahead() -> None:
    """Drop the keys pressed while the articles were read: they would answer a finding that nobody had seen yet."""
    try:
        import termios

        termios.tcflush(sys.stdin, termios.TCIFLUSH)
    except (ImportError, OSError, ValueError, termios.error):
        return  # no such terminal; there is nothing to drop
