"""Where a text has a wrong form of the lists (`wrongforms`), and how what stood there is written in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ntm_repair.matching.terms import TermIndex
from ntm_repair.matching.units import COMMA, SPACE, Units, normal_form
from ntm_repair.wrongforms import WrongForm

_MARKS = ",-–"
"""What may stand beside the words of a form."""


class KnownGarbles:
    """The wrong forms by their first two words."""

    def __init__(self, rows: Iterable[WrongForm], index: TermIndex) -> None:
        self._index = index
        self._rows: dict[tuple[str, str], tuple[tuple[tuple[str, ...], WrongForm], ...]] = {}
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
                if tuple(keys[first:last]) == form and self._holds(units, first, last):
                    free_from = last
                    yield first, last, row
                    break

    def _holds(self, units: Units, first: int, last: int) -> bool:
        """Whether the words belong together, and are no part of a term that stands."""
        if any(units.breaks[i] not in (SPACE, COMMA) for i in range(first + 1, last)):
            return False
        keys = units.keys
        for begin in range(max(0, first - self._longest_term), first + 1):
            for words in self._index.openings.get(tuple(keys[begin : begin + 3]), ()):
                end = begin + len(words)
                if last <= end and last - first < end - begin and tuple(keys[begin:end]) == words:
                    return False
        return True


def keys_of(form: str) -> tuple[str, ...]:
    """The words of a form in the normal form, without the marks between them."""
    return tuple(word for word in (normal_form(w.strip(_MARKS)) for w in form.split()) if word)


def in_place_of(units: Units, first: int, last: int, form: str) -> str:
    """`form` as it is written where units [first, last) stand: in capitals, in small letters, or as the list has it.

    Which of its words begin with a capital a name does not say where all of it is written small.
    """
    surface = units.surface[first:last]
    if len("".join(surface)) > 1 and all(word.isupper() for word in surface):
        return form.upper()
    if not any(word[0].isupper() and not _is_acronym(word) for word in surface[1:]):
        form = " ".join(word if _is_acronym(word) else word.lower() for word in form.split(" "))
    return form[0].upper() + form[1:] if surface[0][0].isupper() else form


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()
