"""The review prompt asking for a line of text or for one of some numbered answers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document as BufferText
from prompt_toolkit.layout import BufferControl, Window

from ntm_repair.messages import Language, phrase
from ntm_repair.review.session import Session

Outcome = Literal["write", "leave", "interrupted"]


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


class Asking:
    """What is being asked, over the session's page."""

    app: Application[Outcome]
    main: Window

    def __init__(self, session: Session, language: Language) -> None:
        self.session = session
        self.language = language
        self.field: Field | None = None
        self.menu: Menu | None = None
        self.buffer = Buffer(multiline=False)
        self.input = Window(BufferControl(self.buffer), height=1)
        self.opened_by = self._letter = ""
        self._opened_text = ""

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
