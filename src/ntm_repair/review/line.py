"""`review --line`: the same session as questions and answers, a line each, for screen readers and odd terminals.

An empty line answers nothing. The line editor deletes with either backspace code, so input methods work.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Literal

from ntm_repair.errors import RepairError
from ntm_repair.messages import Language, figure, phrase, say
from ntm_repair.report.diff import visible
from ntm_repair.review import screen
from ntm_repair.review.evidence import notices
from ntm_repair.review.session import Given, Session
from ntm_repair.review.words import answer_text, case_name, given_text, reach_text, suggestion_text
from ntm_repair.review.wrap import Line
from ntm_repair.types import Scope

Outcome = Literal["write", "leave", "interrupted"]
_SCOPES: tuple[Scope, ...] = ("this", "file", "everywhere")
WIDTH = 100_000


def ask(question: str, text: str = "") -> str:
    """Ask for a line on the terminal, `text` already typed. Raises EOFError at the end of input."""
    with suppress(ImportError):
        import readline

        readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        return input(question)
    finally:
        with suppress(ImportError, UnboundLocalError):
            readline.set_startup_hook()


class LinePrompt:
    """The line-by-line prompt of a session; `run` returns how the editor left it."""

    def __init__(
        self,
        session: Session,
        language: Language,
        target: str,
        read: Callable[[str, str], str] = ask,
        write: Callable[[str], object] = lambda text: print(text, file=sys.stdout, flush=True),
    ) -> None:
        self.session, self.language, self.target = session, language, target
        self._read, self._write = read, write
        self._outcome: Outcome | None = None

    def run(self) -> Outcome:
        """Ask until the editor leaves; answers are in the log whatever is returned."""
        try:
            while self._outcome is None:
                self._show()
                self._take(self._ask(f"{self._say('line.question')} "))
        except EOFError:
            return "leave"
        except KeyboardInterrupt:
            return "interrupted"
        return self._outcome

    def _say(self, key: str, **values: str | int) -> str:
        return phrase(key, self.language, **values)

    def _ask(self, question: str, text: str = "") -> str:
        return unicodedata.normalize("NFC", self._read(question, unicodedata.normalize("NFC", text))).strip()

    def _show(self) -> None:
        for line in self._lines():
            self._write(line)

    def _lines(self) -> Iterator[str]:
        session, item = self.session, self.session.item
        yield ""
        at = min(session.index + 1, len(session.shown))
        yield f"[{at}/{len(session.shown)}] {case_name(session.case)} · {screen.progress(session, self.language)}"
        if item is None:
            yield from (_plain(line) for line in screen.closing(session, self.language, WIDTH))
            yield self._say("line.closing", target=self.target)
            return
        yield screen.headline(session, item, self.language)
        yield from (_plain(line) for line in screen.in_context(item, None, WIDTH))
        yield say(item.finding.message, self.language)
        yield from notices(item.case.scanned, item.finding, self.language)
        yield f"0. {self._say('review.keep')}"
        for number, s in enumerate(session.options, 1):
            source = f"{figure(s.score, self.language)} {self._say(f'source.{s.source}')}"
            words = suggestion_text(s, self.language, item.finding.takes)
            yield f"{number}. {words} ({source}: {say(s.why, self.language)})"

    def _take(self, typed: str) -> None:
        session = self.session
        simple: dict[str, Callable[[], object]] = {
            "s": session.later,
            "b": session.back,
            "u": self._undo,
            "e": self._edit,
            "-": lambda: self._given(session.delete()),
            "n": self._note,
            "*": self._scope,
            "!": self._allow,
            "?": self._help,
            "q": lambda: self._leave("leave"),
        }
        try:
            if session.item is None and typed in ("w", "q"):
                self._leave("write" if typed == "w" else "leave")
            elif typed in simple and (session.item is not None or typed in "bu?"):
                simple[typed]()
            elif typed.isdecimal() and session.item is not None and int(typed) <= len(session.options):
                self._given(session.choose(int(typed)))
            else:
                self._write(self._say("line.unknown", text=visible(typed)))
        except RepairError as error:
            self._write(say(error.message, self.language))

    def _given(self, given: Given | None) -> None:
        if given is not None:
            self._write(given_text(given, self.language) or answer_text(given.line, self.language))

    def _leave(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def _undo(self) -> None:
        undone = self.session.undo()
        if undone is None:
            self._write(self._say("review.nothing_to_undo"))
        else:
            self._write(self._say("review.undone", answer=answer_text(undone, self.language)))

    def _edit(self) -> None:
        current = self.session.current
        if current is not None:
            given = self.session.given
            first = given.replacement if given else self.session.options[0].replacement if self.session.options else ""
            text = self._ask(f"{self._say('review.edit_label')} ", first or current.anchor.text)
            if text:
                self._given(self.session.write(text))
            else:
                self._write(self._say("line.empty"))

    def _note(self) -> None:
        text = self._ask(f"{self._say('review.note_label')} ")
        if text:
            self.session.note(text)

    def _scope(self) -> None:
        for number, scope in enumerate(_SCOPES, 1):
            self._write(f"{number}. {reach_text(self.session, scope, self.language)}")
        answer = self._ask(f"{self._say('line.scope')} ")
        option, _, scope_number = answer.partition(" ")
        if scope_number not in ("1", "2", "3") or not option.isdecimal() or int(option) > len(self.session.options):
            self._write(self._say("line.unknown", text=visible(answer)))
            return
        self._given(self.session.choose(int(option), _SCOPES[int(scope_number) - 1]))

    def _allow(self) -> None:
        current = self.session.current
        if current is None:
            return
        term = self._ask(f"{self._say('review.allow_term')} ", current.anchor.text)
        reason = self._ask(f"{self._say('review.allow_reason')} ")
        if term and self.session.allow(term, reason=reason):
            self._write(self._say("review.allowed", term=term))

    def _help(self) -> None:
        self._write(self._say("line.help"))
        for line in screen.evidence(self.session, self.language, WIDTH):
            self._write(_plain(line))


def _plain(line: Line) -> str:
    return "".join(text for _, text in line).strip()
