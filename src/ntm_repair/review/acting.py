"""What keys do to the finding that is shown: answers, questions about them, and moving the page."""

from __future__ import annotations

from collections.abc import Callable

from ntm_repair.errors import RepairError
from ntm_repair.messages import Language, phrase, say
from ntm_repair.report.diff import visible
from ntm_repair.review import screen
from ntm_repair.review.asking import Menu, Outcome
from ntm_repair.review.drawing import Drawing, Page
from ntm_repair.review.session import Given, Session
from ntm_repair.review.words import answer_text, given_text, reach_text
from ntm_repair.types import Scope

_SCOPES: tuple[Scope, ...] = ("this", "file", "everywhere")


class Acting(Drawing):
    """The screen with what is done on it. `keys` calls these through `act`."""

    def __init__(self, session: Session, language: Language, target: str, page: Page) -> None:
        super().__init__(session, language, target, page)
        self._home = page

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
        current = self.session.current
        if current is not None:
            text = self.session.replacement or current.anchor.text
            self._ask("review.edit_label", text, self._write, "review.keys_edit")

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
        answer = self._answer_at_hand()
        title = phrase("review.scope_title", self.language, answer=answer[:1].upper() + answer[1:])
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
        self.leave_done_groups()

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

    def leave_done_groups(self) -> None:
        """From the groups to the closing page, where no finding is left."""
        if self.page == "groups" and not self.session.undecided:
            self.page = "finding"
            self.session.go_to(len(self.session.shown))
