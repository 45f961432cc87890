"""Where a text has a wrong form of the lists (`wrongforms`), and how what stood there is written in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ntm_repair.context import Context
from ntm_repair.matching.terms import TermIndex
from ntm_repair.matching.units import COMMA, SPACE, Units, normal_form
from ntm_repair.wrongforms import WrongForm

BOUND_OUTSIDE = 4.0
"""Nats from which two words are one, whatever else the first or second of them may begin or end."""
SEEN_OUTSIDE = 100
"""How often they must have been counted side by side for that."""
_MARKS = ",-–"
"""What may stand beside the words of a form."""


class KnownGarbles:
    """The wrong forms by their first two words."""

    def __init__(self, rows: Iterable[WrongForm], index: TermIndex, context: Context) -> None:
        self._index = index
        self._rows: dict[tuple[str, str], tuple[tuple[tuple[str, ...], WrongForm], ...]] = {}
        self._context = context
        for row in rows:
            keys = keys_of(row.garbled)
            same = (*self._rows.get((keys[0], keys[1]), ()), (keys, row))
            self._rows[keys[0], keys[1]] = tuple(sorted(same, key=lambda found: -len(found[0])))
        self._firsts = frozenset(first for first, _ in self._rows)
        self._longest_term = max(map(len, (form.keys for form in index.forms)), default=0)

    @property
    def forms(self) -> Mapping[tuple[str, ...], WrongForm]:
        """The wrong forms by their words in the normal form."""
        return {keys: row for rows in self._rows.values() for keys, row in rows}

    def places(self, units: Units) -> Iterator[tuple[int, int, WrongForm]]:
        """Units [first, last) that are a wrong form, in order, the longest where several begin; none overlap."""
        keys, free_from = units.keys, 0
        for first in range(len(keys) - 1):
            if first < free_from or keys[first] not in self._firsts:
                continue
            for form, row in self._rows.get((keys[first], keys[first + 1]), ()):
                last = first + len(form)
                if tuple(keys[first:last]) == form and self._holds(units, first, last, row):
                    free_from = last
                    yield first, last, row
                    break

    def _holds(self, units: Units, first: int, last: int, row: WrongForm) -> bool:
        """Whether the words belong together as the list has them, and are no part of what stands.

        "Tỉnh ủy, Ban Thường vụ" is no "ủy ban thường vụ", "xã | hội khuyến khích học tập" no "hội khuyến khích ...".
        """
        breaks, keys = units.breaks, units.keys
        if any(breaks[i] not in (SPACE, COMMA) for i in range(first + 1, last)):
            return False
        if sum(breaks[i] == COMMA for i in range(first + 1, last)) > row.garbled.count(","):
            return False
        if first and breaks[first] == SPACE and self._taken(keys[first - 1], keys[first], keys[first + 1]):
            return False
        if last < len(keys) and breaks[last] == SPACE and self._taken(keys[last], keys[last - 1], keys[last - 2]):
            return False
        for begin in range(max(0, first - self._longest_term), first + 1):
            for words in self._index.openings.get(tuple(keys[begin : begin + 3]), ()):
                end = begin + len(words)
                if last <= end and last - first < end - begin and tuple(keys[begin:end]) == words:
                    return False
        return True

    def _taken(self, beside: str, edge: str, inside: str) -> bool:
        """Whether the word at an edge of a form belongs to the one beside it rather than to the form."""
        if not (beside[0].isalpha() and edge[0].isalpha() and inside[0].isalpha()):
            return False
        outside = max(self._bound(beside, edge), self._bound(edge, beside))
        return outside >= BOUND_OUTSIDE and outside > max(self._bound(edge, inside), self._bound(inside, edge))

    def _bound(self, first: str, second: str) -> float:
        """How two words are associated, in nats; nothing is said by few that were counted."""
        seen = self._context.pair(first, second) >= SEEN_OUTSIDE
        return self._context.association(first, second) if seen else 0.0


def keys_of(form: str) -> tuple[str, ...]:
    """The words of a form in the normal form, without the marks between them."""
    return tuple(word for word in (normal_form(w.strip(_MARKS)) for w in form.split()) if word)


def in_place_of(units: Units, first: int, last: int, form: str, garbled: str) -> str:
    """`form` as it is written where units [first, last) stand for `garbled`: in capitals, in small letters, or as the
    list has it, where the text has the wrong form as the list does or with capitals inside."""
    surface = units.surface[first:last]
    if len("".join(surface)) > 1 and all(word.isupper() for word in surface):
        return form.upper()
    as_listed = surface[1:] == [word.strip(_MARKS) for word in garbled.split() if word.strip(_MARKS)][1:]
    if not as_listed and not any(word[0].isupper() and not _is_acronym(word) for word in surface[1:]):
        form = " ".join(word if _is_acronym(word) else word.lower() for word in form.split(" "))
    return form[0].upper() + form[1:] if surface[0][0].isupper() else form


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()
