"""The review prompt's screen: what stands where, for the page that is open and what is being asked."""

from __future__ import annotations

from typing import Literal

from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Window
from prompt_toolkit.styles import Style

from ntm_repair.messages import Language, phrase
from ntm_repair.review import group_screen, screen
from ntm_repair.review.asking import Asking, Menu
from ntm_repair.review.groups import Group
from ntm_repair.review.session import Session
from ntm_repair.review.wrap import Line, wrap

Page = Literal["finding", "groups", "help"]

STYLE = Style.from_dict(
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


class Drawing(Asking):
    """What is shown: a page of the session, and below it what is asked, said, and which keys there are."""

    def __init__(self, session: Session, language: Language, target: str, page: Page) -> None:
        super().__init__(session, language)
        self.target = target  # where the cleaned article would be written, as the closing page says it
        self.page: Page = page
        self.notice = ""
        self.scroll = self.level = self.group = 0

    def chosen_group(self) -> Group:
        """The group under the arrow."""
        return self.session.groups[self.group]

    def _layout(self) -> HSplit:
        editing = Condition(lambda: self.field is not None)
        self.main = Window(FormattedTextControl(self._main, focusable=True, show_cursor=False))
        label = Window(FormattedTextControl(self._label), height=1)
        return HSplit(
            [
                Window(FormattedTextControl(self._header), height=2),
                self.main,
                ConditionalContainer(HSplit([label, self.input]), filter=editing),
                Window(FormattedTextControl(lambda: [("bold", f" {self.notice}")]), height=1),
                Window(FormattedTextControl(lambda: _join(self._footer())), height=lambda: len(self._footer())),
            ],
            window_too_small=Window(FormattedTextControl(lambda: phrase("review.too_small", self.language))),
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


def _join(lines: list[Line]) -> StyleAndTextTuples:
    joined: StyleAndTextTuples = []
    for line in lines:
        joined.extend(line)
        joined.append(("", "\n"))
    return joined[:-1]
