"""The review prompt. Thin: `keys` in, `screen` out; every answer goes through the session.

Enter takes only what is highlighted, and the highlight starts on keeping unless the fix is safe; a question about the
scope of an answer is never answered by Enter.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document as BufferText
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.styles import Style

from ntm_repair.errors import RepairError
from ntm_repair.messages import Language, phrase, say
from ntm_repair.report.diff import visible
from ntm_repair.review import group_screen, screen
from ntm_repair.review.groups import Group
from ntm_repair.review.keys import Keyboard
from ntm_repair.review.session import Given, Session
from ntm_repair.review.words import answer_text, given_text, reach_text
from ntm_repair.review.wrap import Line, wrap
from ntm_repair.types import Scope

Outcome = Literal["write", "leave", "interrupted"]
Page = Literal["finding", "groups", "help"]

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
_SCOPES: tuple[Scope, ...] = ("this", "file", "everywhere")


@dataclass(frozen=True, slots=True)
class Field:
    """A line of text being asked for, and what to do with it (NFC)."""

    label: str
    done: Callable[[str], object]
    keys: str = "review.keys_field"


@dataclass(frozen=True, slots=True)
class Menu:
    """A question with numbered answers, from 1."""

    title: str
    options: Sequence[str]
    done: Callable[[int], object]


class Prompt:
    """The prompt for one session; `run` returns how the editor left it."""

    def __init__(self, session: Session, language: Language, target: str, *, groups_first: bool = False) -> None:
        self.session = session
        self.language = language
        self.target = target  # where the cleaned article would be written, as the closing page says it
        self.page: Page = "groups" if groups_first and session.undecided else "finding"
        self._home = self.page
        self.notice = ""
        self.scroll = self.level = self.group = 0
        self.field: Field | None = None
        self.menu: Menu | None = None
        self.buffer = Buffer(multiline=False)
        self.opened_by = self._letter = ""
        self._opened_text = ""

    def run(self) -> Outcome:
        """Go through the findings; answers are in the log whatever is returned."""
        self.app: Application[Outcome] = Application(
            layout=Layout(self._layout(), focused_element=self.main),
            key_bindings=Keyboard(self).bindings,
            full_screen=True,
            style=_STYLE,
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

    # What is shown

    def _layout(self) -> HSplit:
        editing = Condition(lambda: self.field is not None)
        self.main = Window(FormattedTextControl(self._main, focusable=True, show_cursor=False))
        self.input = Window(BufferControl(self.buffer), height=1)
        label = Window(FormattedTextControl(self._label), height=1)
        return HSplit(
            [
                Window(FormattedTextControl(self._header), height=2),
                self.main,
                ConditionalContainer(HSplit([label, self.input]), filter=editing),
                Window(FormattedTextControl(lambda: [("bold", f" {self.notice}")]), height=1),
                Window(FormattedTextControl(lambda: _join(self._footer())), height=lambda: len(self._footer())),
            ]
        )

    def _width(self) -> int:
        return max(20, self.app.output.get_size().columns - 1)

    def _label(self) -> StyleAndTextTuples:
        return [("bold", f" {self.field.label if self.field else ''}")]

    def _header(self) -> StyleAndTextTuples:
        face = group_screen if self.page == "groups" else screen
        return _join(face.header(self.session, self.language, self._width()))

    def _main(self) -> StyleAndTextTuples:
        width = self._width()
        room = self.app.output.get_size().rows - 3 - len(self._footer()) - 2 * (self.field is not None)
        room = max(1, room)
        if self.menu is not None:
            return _join(self._menu_lines(self.menu, width))
        if self.page == "groups":
            return _join(self._group_lines(room, width))
        if self.page == "help":
            lines = screen.help_page(self.language, width)
            lines += [[], *screen.evidence(self.session, self.language, width)]
        elif self.session.item is not None:
            return _join(screen.body(self.session, self.language, width, room, self.level, self.scroll))
        else:
            lines = screen.closing(self.session, self.language, width)
        self.scroll = max(0, min(self.scroll, len(lines) - room))
        return _join(lines[self.scroll : self.scroll + room])

    def _menu_lines(self, menu: Menu, width: int) -> list[Line]:
        lines = [*wrap([("class:rule", menu.title)], width, " "), []]
        for number, text in enumerate(menu.options, 1):
            lines += wrap([("", text)], width, " " * 7, first=f"   {number}   ")
        return lines

    def _group_lines(self, room: int, width: int) -> list[Line]:
        if not self.session.groups:
            return []
        detail = group_screen.detail(self.session, self.chosen_group(), self.language, width)
        rows = min(len(self.session.groups), max(3, room - len(detail)))
        lines = group_screen.listing(self.session, self.group, rows, self.language, width)
        return [*lines, *detail][:room]

    def _footer(self) -> list[Line]:
        values: dict[str, str] = {}
        if self.field is not None:
            key = self.field.keys
        elif self.menu is not None:
            key = "review.keys_menu"
        elif self.page == "help":
            key = "review.keys_help"
        elif self.page == "groups":
            key = "review.keys_groups"
        elif self.session.current is not None:
            key = "review.keys"
        elif self.session.opened is not None:
            key = "review.keys_group_done"
        else:
            key, values = "review.keys_closing", {"target": self.target}
        text = phrase(key, self.language, **values).replace(" ", "\u00a0").replace("\u00a0\u00a0", "  ")
        return [[(s, t.replace("\u00a0", " ")) for s, t in line] for line in wrap([("", text)], self._width(), " ")]

    # What keys do; `keys` calls these through `act`

    def act(self, what: Callable[[], object], letter: str = "") -> None:
        """Do what a key stands for; a failure the editor can mend becomes the notice."""
        self.notice = ""
        self._letter = letter
        index = self.session.index
        try:
            what()
        except RepairError as error:
            self.notice = say(error.message, self.language)
        if self.session.index != index:
            self.scroll = self.level = 0

    def say_notice(self, key: str, **values: str | int) -> None:
        """Show a sentence until the next key."""
        self.notice = phrase(key, self.language, **values)

    def answer(self, give: Callable[[], Given | None]) -> None:
        """Give an answer and say how far it reached."""
        self.notice = given_text(give(), self.language)

    def choose(self, number: int) -> None:
        """Take suggestion `number`, or keep."""
        if number > len(self.session.options):
            self.say_notice("review.no_such_option", number=number)
        else:
            self.answer(lambda: self.session.choose(number))

    def edit(self) -> None:
        """Ask for the replacement, beginning with what is highlighted."""
        current, chosen = self.session.current, self.session.highlight
        if current is None:
            return
        text = self.session.options[chosen - 1].replacement if chosen else ""
        answer = self.session.answer_of(self.session.item) if self.session.item else None
        if answer is not None and answer.action == "edit":
            text = answer.replacement
        self._ask("review.edit_label", text or current.anchor.text, self._write, "review.keys_edit")

    def _write(self, text: str) -> None:
        self.answer(lambda: self.session.write(text))

    def note(self) -> None:
        """Ask for a note."""
        if self.session.item is not None:
            old = self.session.item.case.note(self.session.item.finding)
            self._ask("review.note_label", old, lambda text: text == old or self.session.note(text))

    def ask_scope(self) -> None:
        """Ask how far the answer at hand reaches, then give it."""
        texts = [reach_text(self.session, scope, self.language) for scope in _SCOPES]
        title = phrase("review.scope_title", self.language, answer=self._answer_at_hand())
        self.menu = Menu(title, texts, lambda n: self.answer(lambda: self.session.repeat(_SCOPES[n - 1])))

    def _answer_at_hand(self) -> str:
        action, replacement, _ = self.session.at_hand() or ("keep", "", "")
        return phrase(f"review.answered.{action}", self.language, text=visible(replacement))

    def allow(self) -> None:
        """Ask for an allowed term, where it is allowed, beside which words, and why."""
        if self.session.current is None:
            return
        self._ask("review.allow_term", self.session.current.anchor.text, self._allow_where)

    def _allow_where(self, term: str) -> None:
        folder = str(self.session.settings.parent)
        options = [
            phrase("review.allow_file", self.language, path=self.session.path_pattern()),
            phrase("review.allow_everywhere", self.language, folder=folder),
        ]
        title = phrase("review.allow_title", self.language, term=term)
        self.menu = Menu(title, options, lambda n: self._allow_context(term, n == 1))

    def _allow_context(self, term: str, in_file: bool) -> None:
        path = self.session.path_pattern() if in_file else ""
        self._ask("review.allow_context", "", lambda context: self._allow_reason(term, path, context))

    def _allow_reason(self, term: str, path: str, context: str) -> None:
        def done(reason: str) -> None:
            self.answer(lambda: self.session.allow(term, path=path, context=context, reason=reason))
            self.notice = self.notice or phrase("review.allowed", self.language, term=term)

        self._ask("review.allow_reason", "", done)

    def jump(self) -> None:
        """Ask for a finding's number."""

        def done(text: str) -> None:
            if text.strip().isdecimal() and 1 <= int(text) <= len(self.session.shown):
                self.session.go_to(int(text) - 1)
            else:
                self.say_notice("review.no_such_number", most=len(self.session.shown))

        self._ask("review.jump_label", "", done)

    def search(self) -> None:
        """Ask for words, and show the next finding that has them."""

        def done(text: str) -> None:
            if not self.session.search(text):
                self.say_notice("review.not_found", text=text)

        self._ask("review.search_label", "", done)

    def undo(self) -> None:
        """Take back the latest line."""
        undone = self.session.undo()
        if undone is None:
            self.say_notice("review.nothing_to_undo")
        else:
            self.say_notice("review.undone", answer=answer_text(undone, self.language))
        self._groups_or_closing()

    def grow(self) -> None:
        """Show more of the article around the words; after the whole of it, the paragraph again."""
        self.level = (self.level + 1) % len(screen.CONTEXT)
        self.scroll = 0

    def scroll_by(self, lines: int) -> None:
        """Scroll a long page."""
        self.scroll += lines

    def toggle_help(self) -> None:
        """Show the keys and what the rule saw, or go back."""
        self._home, self.page = (self.page, "help") if self.page != "help" else (self._home, self._home)
        self.scroll = 0

    def leave(self, outcome: Outcome) -> None:
        """End the prompt."""
        self.app.exit(result=outcome)

    # Groups

    def chosen_group(self) -> Group:
        """The group under the arrow."""
        return self.session.groups[self.group]

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
        self._groups_or_closing()

    def _groups_or_closing(self) -> None:
        if self.page == "groups" and not self.session.undecided:
            self.page = "finding"
            self.session.go_to(len(self.session.shown))

    # Asking for text and numbers

    @property
    def fresh(self) -> bool:
        """Whether the text field is as it was opened."""
        return self.buffer.text == self._opened_text

    def _ask(self, label: str, text: str, done: Callable[[str], object], keys: str = "review.keys_field") -> None:
        label = phrase(label, self.language) if "." in label and " " not in label else label
        self._opened_text = unicodedata.normalize("NFC", " ".join(text.split("\n")))
        self.buffer.reset(BufferText(self._opened_text))
        self.opened_by = self._letter
        self.field = Field(label, done, keys)
        self.app.layout.focus(self.input)

    def finish_field(self) -> None:
        """Take the text."""
        field = self.field
        text = unicodedata.normalize("NFC", " ".join(self.buffer.text.splitlines()))
        self.cancel()
        if field is not None:
            field.done(text)

    def pick(self, number: int) -> None:
        """Answer the menu."""
        menu = self.menu
        if menu is not None and 1 <= number <= len(menu.options):
            self.menu = None
            menu.done(number)

    def cancel(self) -> None:
        """Leave a text field or menu without an answer."""
        self.field = self.menu = None
        self.app.layout.focus(self.main)


def _forget_typed_ahead() -> None:
    """Drop the keys pressed while the articles were read: they would answer a finding that nobody had seen yet."""
    try:
        import termios

        termios.tcflush(sys.stdin, termios.TCIFLUSH)
    except (ImportError, OSError, ValueError, termios.error):
        return  # no such terminal; there is nothing to drop


def _join(lines: list[Line]) -> StyleAndTextTuples:
    joined: StyleAndTextTuples = []
    for line in lines:
        joined.extend(line)
        joined.append(("", "\n"))
    return joined[:-1]
