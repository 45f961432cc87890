"""The review prompt. Thin: `keys` in, `screen` out; every answer goes through the session.

Enter takes only what is highlighted, and the highlight starts on keeping unless the fix is safe; a question about the
scope of an answer is never answered by Enter.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.layout import Layout
from prompt_toolkit.output.color_depth import ColorDepth

from ntm_repair.messages import Language, phrase
from ntm_repair.review.acting import Acting
from ntm_repair.review.asking import Outcome
from ntm_repair.review.drawing import STYLE
from ntm_repair.review.keys import Keyboard
from ntm_repair.review.session import Given, Session


class Prompt(Acting):
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

    # Groups

    def switch(self) -> None:
        """From findings to groups and back; an opened group closes."""
        if self.page == "groups":
            self.page = "finding"
        elif self.session.groups:
            if self.session.opened is not None:
                self.group = self.session.groups.index(self.session.opened)
                self.session.close_group()
            elif self.session.item is not None:
                self.group = self.session.groups.index(self.session.group_of(self.session.item))
            self.page = "groups"
        self.scroll = 0

    def move_group(self, step: int) -> None:
        """Move the arrow over the groups."""
        self.group = max(0, min(self.group + step, len(self.session.groups) - 1))

    def open_group(self) -> None:
        """Show the findings of the group under the arrow one by one."""
        self.session.open_group(self.chosen_group())
        self.page = "finding"

    def choose_group(self, number: int) -> None:
        """Take suggestion `number`, or keep, for all findings of the group."""
        group = self.chosen_group()
        if number > len(self.session.first_of(group).finding.suggestions[:9]):
            self.say_notice("review.no_such_option", number=number)
        else:
            self._answer_group(lambda: self.session.choose_for(group, number))

    def delete_group(self) -> None:
        """Delete the words of all findings of the group."""
        self._answer_group(lambda: self.session.delete_all(self.chosen_group()))

    def edit_group(self) -> None:
        """Ask for the replacement of all findings of the group."""
        group = self.chosen_group()
        finding = self.session.first_of(group).finding
        first = finding.suggestions[0].replacement if finding.suggestions else ""
        label = phrase("review.edit_group_label", self.language, count=len(group.items))
        self._ask(
            label,
            first or finding.anchor.text,
            lambda text: self._answer_group(lambda: self.session.write_for(group, text)),
            "review.keys_edit",
        )

    def _answer_group(self, give: Callable[[], Given | None]) -> None:
        self.answer(give)
        groups = self.session.groups
        after = [*range(self.group + 1, len(groups)), *range(self.group + 1)]
        self.group = next((i for i in after if self.session.left_in(groups[i])), self.group)
        self.leave_done_groups()


def _forget_typed_ahead() -> None:
    """Drop the keys pressed while the articles were read: they would answer a finding that nobody had seen yet."""
    try:
        import termios

        termios.tcflush(sys.stdin, termios.TCIFLUSH)
    except (ImportError, OSError, ValueError, termios.error):
        return  # no such terminal; there is nothing to drop
