"""Which key does what, and what to make of a Vietnamese input method that was left on.

Such a method answers a key by sending backspaces and the recomposed syllable, all in one read: `a`, `a` reaches the
program as `a`, then BACKSPACE `â`. Backspace and Delete are therefore bound to nothing outside a text field, and what
arrives in one read with them is its recomposition: it is said, and none of it is executed.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from prompt_toolkit.filters import Always, Condition, Filter
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

if TYPE_CHECKING:
    from ntm_repair.review.grouping import Grouping

RECOMPOSING = 0.03
"""Seconds after a backspace in which keys still belong to its recomposition; nobody types that fast."""


class Keyboard:
    """The key bindings of a prompt."""

    def __init__(self, prompt: Grouping) -> None:
        self.prompt = prompt
        self.bindings = KeyBindings()
        self._recomposed = 0.0
        self._bind_all()

    def _bind_all(self) -> None:
        p, bind = self.prompt, self._bind
        editing = Condition(lambda: p.field is not None)
        free = ~editing
        menu = Condition(lambda: p.menu is not None) & free
        helping = Condition(lambda: p.page == "help") & free & ~menu
        groups = Condition(lambda: p.page == "groups") & free & ~menu
        reading = Condition(lambda: p.page == "finding") & free & ~menu
        finding = reading & Condition(lambda: p.session.current is not None)
        closing = reading & Condition(lambda: p.session.current is None)
        in_group = Condition(lambda: p.session.opened is not None)

        for number in range(10):
            bind(str(number), finding, partial(p.choose, number))
            bind(str(number), groups, partial(p.choose_group, number))
            bind(str(number), menu, partial(p.pick, number))
        bind("enter", finding, lambda: p.answer(p.session.take_highlight))
        bind("up", finding, partial(p.session.move_highlight, -1))
        bind("down", finding, partial(p.session.move_highlight, +1))
        bind("-", finding, lambda: p.answer(p.session.delete))
        bind("e", finding, p.edit)
        bind("n", finding, p.note)
        bind("*", finding, p.ask_scope)
        bind("!", finding, p.allow)
        bind("+", finding, p.grow)
        bind("space right", finding, p.session.later)
        bind("left", reading, p.session.back)
        bind("home", reading, lambda: p.session.go_to(0))
        bind("end", reading, lambda: p.session.go_to(len(p.session.shown)))
        bind("g", reading, p.jump)
        bind("/", reading, p.search)
        bind("up", groups, partial(p.move_group, -1))
        bind("down", groups, partial(p.move_group, +1))
        bind("pageup", groups, partial(p.move_group, -10))
        bind("pagedown", groups, partial(p.move_group, +10))
        bind("enter right", groups, p.open_group)
        bind("e", groups, p.edit_group)
        bind("-", groups, p.delete_group)
        bind("tab", reading | groups, p.switch)
        bind("c-z", reading | groups, p.undo)
        bind("?", reading | groups | helping, p.toggle_help)
        bind("pagedown", reading | helping, partial(p.scroll_by, +10))
        bind("pageup", reading | helping, partial(p.scroll_by, -10))
        bind("down", closing | helping, partial(p.scroll_by, +1))
        bind("up", closing | helping, partial(p.scroll_by, -1))
        bind("escape", helping, p.toggle_help)
        bind("escape", menu, p.cancel)
        bind("1", closing & ~in_group, partial(p.leave, "write"))
        bind("0 enter", closing & ~in_group, partial(p.leave, "leave"))
        bind("enter", closing & in_group, p.switch)
        bind("escape", (reading & ~in_group) | groups, partial(p.leave, "leave"))
        bind("escape", reading & in_group, p.switch)
        bind("c-d", free, partial(p.leave, "leave"))
        bind("c-c", Always(), partial(p.leave, "interrupted"))
        bind("enter", editing, p.finish_field)
        bind("escape", editing, p.cancel)
        bind("c-z", editing, p.buffer.undo)
        self.bindings.add("c-h", filter=editing)(self._backspace_in_field)
        self.bindings.add(Keys.Any, filter=free)(self._unknown)
        self.bindings.add(Keys.BracketedPaste, filter=free)(self._unknown)
        self.bindings.add(Keys.BracketedPaste, filter=editing)(self._paste)

    def _bind(self, names: str, where: Filter, act: Callable[[], object]) -> None:
        for name in names.split():
            key = " " if name == "space" else name
            handler = partial(self._run, act)
            self.bindings.add(key, filter=where, eager=name == "escape")(handler)

    def _run(self, act: Callable[[], object], event: KeyPressEvent) -> None:
        typed = event.key_sequence[-1].data
        letter = typed if len(typed) == 1 and typed.isprintable() else ""
        if letter and (self._recomposing() or (self.prompt.field is None and self._backspace_follows(event))):
            self._input_method(event)
            return
        self.prompt.act(act, letter)

    def _backspace_follows(self, event: KeyPressEvent) -> bool:
        return any(k.key == Keys.Backspace for k in event.app.key_processor.input_queue)

    def _recomposing(self) -> bool:
        return self.prompt.field is None and time.monotonic() - self._recomposed < RECOMPOSING

    def _input_method(self, event: KeyPressEvent) -> None:
        """Drop the rest of what came in one read, and say why."""
        queue = event.app.key_processor.input_queue
        kept = [k for k in queue if k.key in (Keys.CPRResponse, Keys.ControlC)]
        queue.clear()
        queue.extend(kept)
        self._recomposed = time.monotonic()
        self.prompt.say_notice("review.input_method")

    def _unknown(self, event: KeyPressEvent) -> None:
        typed = event.key_sequence[-1]
        composed = typed.key in (Keys.Backspace, Keys.Delete) or not typed.data.isascii()
        if composed or self._recomposing() or self._backspace_follows(event):
            self._input_method(event)
        else:
            self.prompt.say_notice("review.no_such_key")

    def _paste(self, event: KeyPressEvent) -> None:
        """Put in what was copied, as one line: after a line break the row of the field would show what follows it."""
        self.prompt.buffer.insert_text(" ".join(event.data.strip("\r\n").splitlines()))

    def _backspace_in_field(self, event: KeyPressEvent) -> None:
        """Delete a character, unless the input method is recomposing the very letter that opened the field."""
        prompt, queue = self.prompt, event.app.key_processor.input_queue
        follows = queue[0].data if queue else ""
        if prompt.fresh and prompt.opened_by and _base(follows) == prompt.opened_by and follows != prompt.opened_by:
            queue.clear()
            prompt.say_notice("review.input_method")
            return
        prompt.buffer.delete_before_cursor(event.arg)


def _base(text: str) -> str:
    """The letter a Vietnamese letter is made of: e for ệ, d for đ."""
    return "d" if text in ("đ", "Đ") else unicodedata.normalize("NFD", text)[:1].lower()
