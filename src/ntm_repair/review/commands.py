"""The page's commands as calls of the session: what a POST body means, and what the page is told back."""

from __future__ import annotations

import unicodedata
from typing import Any

from ntm_repair.errors import RepairError
from ntm_repair.messages import Language, phrase, say
from ntm_repair.review import payload
from ntm_repair.review.session import Given, Session
from ntm_repair.review.words import answer_text, given_text
from ntm_repair.types import Scope


class Commands:
    """A session driven by the page's commands. Raises ValueError, KeyError or TypeError for one that makes no sense."""

    def __init__(self, session: Session, language: Language, target: str) -> None:
        self.session, self.language, self.target = session, language, target

    def start(self) -> dict[str, Any]:
        """All the page needs to open."""
        where = self._next()
        number = where["article"] if where else 0
        return {"strings": payload.strings(self.language), "next": where, **self.article(number)}

    def article(self, number: int) -> dict[str, Any]:
        """An article by number."""
        if not 0 <= number < len(self.session.cases):
            raise ValueError("no such article")
        return {"overview": self._overview(), "article": payload.article(self.session, number, self.language)}

    def act(self, command: dict[str, Any]) -> dict[str, Any]:
        """Do one thing; answers are on disk when this returns."""
        session, number = self.session, _number(command["article"], len(self.session.cases))
        notice, stay = "", False
        try:
            notice, stay = self._do(command)
        except RepairError as error:
            notice, stay = say(error.message, self.language), True
        case = session.cases[number]
        return {
            "overview": self._overview(),
            "items": payload.items(session, case, self.language),
            "next": self._next(),
            "notice": notice,
            "stay": stay,
        }

    def _do(self, command: dict[str, Any]) -> tuple[str, bool]:
        session, what = self.session, command["do"]
        if what == "undo":
            undone = session.undo()
            if undone is None:
                return phrase("review.nothing_to_undo", self.language), True
            return phrase("review.undone", self.language, answer=answer_text(undone, self.language)), False
        if "group" in command:
            group = session.groups[_number(command["group"], len(session.groups))]
            if what == "open":
                first = session.first_of(group)
                session.go_to(next(i for i in group.items if session.items[i] is first))
                return "", False
            if what == "choose":
                given = session.choose_for(group, _number(command["number"], 10))
            elif what == "delete":
                given = session.delete_all(group)
            else:
                given = session.write_for(group, _text(command["text"]))
            return given_text(given, self.language), False
        session.go_to(_number(command["item"], len(session.items)))
        return self._answer(what, command)

    def _answer(self, what: str, command: dict[str, Any]) -> tuple[str, bool]:
        session, scope = self.session, _scope(command.get("scope", "this"))
        given: Given | None
        if what == "choose":
            given = session.choose(_number(command["number"], 10), scope)
        elif what == "delete":
            given = session.delete(scope)
        elif what == "write":
            given = session.write(_text(command["text"]), scope)
        elif what == "note":
            session.note(_text(command["text"]))
            return "", False
        elif what == "allow":
            term, path = _text(command["term"]), session.path_pattern() if command["file"] else ""
            session.allow(term, path=path, context=_text(command["context"]), reason=_text(command["reason"]))
            return phrase("review.allowed", self.language, term=term), False
        else:
            raise ValueError("no such command")
        return given_text(given, self.language), given is None

    def _overview(self) -> dict[str, Any]:
        return payload.overview(self.session, self.language, self.target)

    def _next(self) -> dict[str, int] | None:
        item = self.session.item
        if item is None:
            return None
        return {"article": self.session.cases.index(item.case), "item": self.session.shown[self.session.index]}


def _number(value: Any, end: int) -> int:
    if type(value) is not int or not 0 <= value < end:
        raise ValueError("no such number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return unicodedata.normalize("NFC", " ".join(value.splitlines()))


def _scope(value: Any) -> Scope:
    for scope in payload.SCOPES:
        if value == scope:
            return scope
    raise ValueError("no such scope")
