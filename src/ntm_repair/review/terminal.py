"""The review prompt. Thin: keys in, `screen` out; every answer goes through the session.

Backspace and Delete are bound to nothing outside the text field: a Vietnamese input method left on sends them by
itself. Enter takes only what is highlighted, and the highlight starts on keeping unless the fix is safe.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document as BufferText
from prompt_toolkit.filters import Always, Condition, Filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.styles import Style

from ntm_repair.messages import Language, phrase
from ntm_repair.review import screen
from ntm_repair.review.session import Session

Outcome = Literal["write", "leave", "interrupted"]
Page = Literal["finding", "help"]

_STYLE = Style.from_dict(
    {
        "bar": "reverse",
        "rule": "bold",
        "found": "bold reverse",
        "old": "ansired",
        "new": "bold ansigreen",
        "chosen": "bold",
        "why": "ansibrightblack",
        "warning": "bold",
    }
)


@dataclass
class Prompt:
    """The prompt for one session; `run` returns how the editor left it."""

    session: Session
    language: Language
    target: str
    """Where the cleaned article would be written, as the closing page says it."""

    def __post_init__(self) -> None:
        self.page: Page = "finding"
        self.notice = ""
        self.scroll = 0
        self.editing = False
        self.field = Buffer(multiline=False)

    def run(self) -> Outcome:
        """Go through the findings; answers are in the log whatever is returned."""
        self.app: Application[Outcome] = Application(
            layout=Layout(self._layout(), focused_element=self.main),
            key_bindings=self._keys(),
            full_screen=True,
            style=_STYLE,
            color_depth=ColorDepth.DEPTH_1_BIT if _no_colour() else None,
        )
        # An Escape that no further byte follows is the key itself; arrows arrive in one read.
        self.app.ttimeoutlen = 0.05
        self.app.timeoutlen = 0.05
        try:
            return self.app.run()
        except EOFError:
            return "leave"

    # Layout

    def _layout(self) -> HSplit:
        editing = Condition(lambda: self.editing)
        self.main = Window(FormattedTextControl(self._main, focusable=True, show_cursor=False))
        self.input = Window(BufferControl(self.field), height=1)
        label = Window(FormattedTextControl(lambda: [("bold", f" {self._say('review.edit_label')}")]), height=1)
        return HSplit(
            [
                Window(FormattedTextControl(self._header), height=2),
                self.main,
                ConditionalContainer(HSplit([label, self.input]), filter=editing),
                Window(FormattedTextControl(self._footer), height=2),
            ]
        )

    def _width(self) -> int:
        return max(20, self.app.output.get_size().columns - 1)

    def _header(self) -> StyleAndTextTuples:
        return _join(screen.header(self.session, self.language, self._width()))

    def _main(self) -> StyleAndTextTuples:
        if self.page == "help":
            lines = screen.help_page(self.language, self._width())
            lines += [[], *screen.evidence(self.session, self.language, self._width())]
        else:
            lines = screen.body(self.session, self.language, self._width())
        room = max(1, self.app.output.get_size().rows - (6 if self.editing else 4))
        self.scroll = max(0, min(self.scroll, len(lines) - room))
        return _join(lines[self.scroll :])

    def _footer(self) -> StyleAndTextTuples:
        if self.editing:
            keys = self._say("review.keys_edit")
        elif self.page == "help":
            keys = self._say("review.keys_help")
        elif self.session.current is None:
            keys = self._say("review.keys_closing", target=self.target)
        else:
            keys = self._say("review.keys")
        return [("bold", f" {self.notice}\n"), ("", f" {keys}")]

    def _say(self, key: str, **values: str | int) -> str:
        return phrase(key, self.language, **values)

    # Keys

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        editing = Condition(lambda: self.editing)
        helping = Condition(lambda: self.page == "help" and not self.editing)
        finding = Condition(lambda: not self.editing and self.page == "finding" and self.session.current is not None)
        closing = Condition(lambda: not self.editing and self.page == "finding" and self.session.current is None)

        def bind(names: str, where: Filter, act: Callable[[], object]) -> None:
            for name in names.split():
                key = " " if name == "space" else Keys.Any if name == "any" else name
                keys.add(key, filter=where, eager=name == "escape")(self._handler(act))

        for number in range(10):
            bind(str(number), finding, partial(self._choose, number))
        bind("enter", finding, self.session.take_highlight)
        bind("up", finding, partial(self.session.move_highlight, -1))
        bind("down", finding, partial(self.session.move_highlight, +1))
        bind("-", finding, self.session.delete)
        bind("e", finding, self._start_edit)
        bind("space right", finding, self.session.later)
        bind("left", finding | closing, self.session.back)
        bind("c-z", finding | closing, self._undo)
        bind("?", finding | closing | helping, self._toggle_help)
        bind("pagedown", ~editing, partial(self._scroll, +10))
        bind("pageup", ~editing, partial(self._scroll, -10))
        bind("down", closing | helping, partial(self._scroll, +1))
        bind("up", closing | helping, partial(self._scroll, -1))
        bind("escape", helping, self._toggle_help)
        bind("1", closing, partial(self._leave, "write"))
        bind("0 enter escape", closing, partial(self._leave, "leave"))
        bind("escape", finding, partial(self._leave, "leave"))
        bind("c-d", ~editing, partial(self._leave, "leave"))
        bind("c-c", Always(), partial(self._leave, "interrupted"))
        bind("enter", editing, self._finish_edit)
        bind("escape", editing, self._stop_edit)
        bind("c-z", editing, self.field.undo)
        keys.add(Keys.Any, filter=~editing)(self._unknown)
        return keys

    def _handler(self, act: Callable[[], object]) -> Callable[[KeyPressEvent], None]:
        def handle(event: KeyPressEvent) -> None:
            self.notice = ""
            index = self.session.index
            act()
            if self.session.index != index:
                self.scroll = 0

        return handle

    def _unknown(self, event: KeyPressEvent) -> None:
        typed = event.key_sequence[-1]
        recomposed = typed.key in (Keys.Backspace, Keys.Delete) or not typed.data.isascii()
        self.notice = self._say("review.input_method" if recomposed else "review.no_such_key")

    def _choose(self, number: int) -> None:
        if not self.session.choose(number):
            self.notice = self._say("review.no_such_option", number=number)

    def _undo(self) -> None:
        self.notice = self._say("review.undone" if self.session.undo() else "review.nothing_to_undo")

    def _toggle_help(self) -> None:
        self.page = "finding" if self.page == "help" else "help"
        self.scroll = 0

    def _scroll(self, lines: int) -> None:
        self.scroll += lines

    def _leave(self, outcome: Outcome) -> None:
        self.app.exit(result=outcome)

    # Editing

    def _start_edit(self) -> None:
        current = self.session.current
        if current is None:
            return
        chosen = self.session.highlight
        text = self.session.options[chosen - 1].replacement if chosen else current.anchor.text
        self.field.reset(BufferText(unicodedata.normalize("NFC", text or current.anchor.text)))
        self.editing = True
        self.app.layout.focus(self.input)

    def _finish_edit(self) -> None:
        text = unicodedata.normalize("NFC", " ".join(self.field.text.splitlines()))
        self._stop_edit()
        self.session.write(text)

    def _stop_edit(self) -> None:
        self.editing = False
        self.app.layout.focus(self.main)


def _join(lines: list[screen.Line]) -> StyleAndTextTuples:
    joined: StyleAndTextTuples = []
    for line in lines:
        joined.extend(line)
        joined.append(("", "\n"))
    return joined[:-1]


def _no_colour() -> bool:
    return bool(os.environ.get("NO_COLOR"))
