"""The lexicon as the matcher sees it: every written form of every term, found by what words it is made of.

A form is filed under the sum of a number for each of its words, and under the same sum with one word taken away
(two for long forms). A window of text finds the forms it is an anagram of, or nearly, with as many look-ups as it
has words, whatever the size of the lexicon: symmetric deletion (Garbe 2012) over words instead of letters, with sums
for keys, so that building the index sorts and joins nothing. A sum may collide, so what is found is verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import pairwise, product
from typing import Literal

import regex

from ntm_repair.lexicon import Lexicon, Term
from ntm_repair.matching.units import normal_form, normal_word

LONGEST = 10
"""Words of the longest form indexed."""
LONG = 6
"""Words from which a form may lack two, or have two strange ones."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[.,]\p{N}+)*")
_ACRONYM = regex.compile(r"\p{Lu}{2,9}")
_UNINDEXED = frozenset({"ethnic", "abbreviation"})
_LINKING = frozenset({"và", "của"})
_WIDESPREAD = {"nn": ("nông", "nghiệp"), "tw": ("trung", "ương"), "tp": ("thành", "phố"), "gd": ("giáo", "dục")}
"""Short forms that no term of the lexicon has for its alias."""

_Piece = tuple[str, list[str], list[str], list[str]]
"""Joint before, keys, words, joints inside."""

EditClass = Literal["exact", "reordered", "missing", "extra", "substituted", "mixed"]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One way to write a term: as the lexicon has it, or with acronyms folded or written out."""

    term: Term
    keys: tuple[str, ...]
    surface: tuple[str, ...]
    joints: tuple[str, ...]
    """What stands between the words: one shorter than `keys`."""

    @property
    def commas(self) -> int:
        """How many of the joints have a comma."""
        return sum("," in joint for joint in self.joints)


class TermIndex:
    """All forms of a lexicon. Building takes about 10 µs a term."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.acronyms = acronyms_of(lexicon)
        self.forms: list[Form] = []
        self._numbers: dict[str, int] = {}
        self.whole: dict[int, list[Form]] = {}
        """By the sum over all words."""
        self.short: dict[int, list[Form]] = {}
        """By the sum without one word, or without two of a long form."""
        self.holes: dict[int, list[Form]] = {}
        """By the sum without two neighbouring words, which one word of English may stand for."""
        folds = {full: short for short, full in self.acronyms.items()}
        firsts = frozenset(full[0] for full in folds)
        seen: set[tuple[tuple[str, ...], int]] = set()
        for term in lexicon.terms:
            if term.kind in _UNINDEXED:
                continue
            for keys, surface, joints in _writings(term, self.acronyms, folds, firsts):
                form = Form(term, keys, surface, joints)
                if 2 <= len(keys) <= LONGEST and (keys, form.commas) not in seen:
                    seen.add((keys, form.commas))
                    self._file(form)

    def _file(self, form: Form) -> None:
        self.forms.append(form)
        numbers = [self.number(key) for key in form.keys]
        total = sum(numbers)
        self.whole.setdefault(total, []).append(form)
        if len(numbers) < 3:
            return
        for lacking in set(numbers):
            self.short.setdefault(total - lacking, []).append(form)
        if len(numbers) >= 4:
            for lacking in {a + b for a, b in pairwise(numbers)}:
                self.holes.setdefault(total - lacking, []).append(form)
        if len(numbers) >= LONG:
            pairs = {a + b for i, a in enumerate(numbers) for b in numbers[i + 1 :]}
            for lacking in pairs:
                self.short.setdefault(total - lacking, []).append(form)

    def number(self, key: str) -> int:
        """The number of a word: 60 bits that look random and are the same on every machine."""
        known = self._numbers.get(key)
        if known is None:
            known = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 4
            self._numbers[key] = known
        return known

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every form."""
        return frozenset(key for form in self.forms for key in form.keys)

    @cached_property
    def openings(self) -> Mapping[tuple[str, ...], Sequence[tuple[str, ...]]]:
        """The keys of the forms of three words and more, by their first three."""
        found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for form in self.forms:
            if len(form.keys) > 2:
                found.setdefault(form.keys[:3], []).append(form.keys)
        return found


def acronyms_of(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Acronyms in the normal form and the words they stand for: aliases that are the initials of their term."""
    found: dict[str, tuple[str, ...]] = dict(_WIDESPREAD)
    for term in lexicon.terms:
        for alias in term.aliases:
            if _ACRONYM.fullmatch(alias):
                words = tuple(_WORD.findall(normal_form(term.term)))
                initials = "".join(w[0] for w in words if w not in _LINKING)
                if normal_form(alias) in (initials, "".join(w[0] for w in words)):
                    found.setdefault(normal_form(alias), words)
    return found


def _writings(
    term: Term,
    acronyms: Mapping[str, tuple[str, ...]],
    folds: Mapping[tuple[str, ...], str],
    firsts: frozenset[str],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Keys, words and joints of every way to write a term."""
    for written in (term.term, *term.aliases):
        surface = _WORD.findall(written)
        keys = [normal_word(word) for word in surface]
        plain = len(written) == sum(map(len, surface)) + len(surface) - 1
        joints = [" "] * (len(surface) - 1) if plain and "," not in written else _joints(written)
        yield tuple(keys), tuple(surface), tuple(joints)
        if any(key in acronyms or key in firsts for key in keys):
            yield from _refolded(keys, surface, joints, acronyms, folds)


def _joints(written: str) -> list[str]:
    """What stands between the words."""
    return _WORD.split(written)[1:-1]


def _refolded(
    keys: Sequence[str],
    surface: Sequence[str],
    joints: Sequence[str],
    acronyms: Mapping[str, tuple[str, ...]],
    folds: Mapping[tuple[str, ...], str],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """The same with each acronym, or what has one, both ways."""
    pieces: list[list[_Piece]] = []
    i, ways = 0, 1
    while i < len(keys):
        lead = joints[i - 1] if i else ""
        n = 1
        choices: list[_Piece] = [(lead, [keys[i]], [surface[i]], [])]
        for length in range(min(6, len(keys) - i), 1, -1):
            short = folds.get(tuple(keys[i : i + length]))
            if short is not None and length < len(keys):
                n = length
                written = (lead, list(keys[i : i + n]), list(surface[i : i + n]), list(joints[i : i + n - 1]))
                choices = [(lead, [short], [short.upper()], []), written]
                break
        else:
            full = acronyms.get(keys[i])
            if full is not None and surface[i].isupper():
                choices.append((lead, list(full), list(full), [" "] * (len(full) - 1)))
        ways *= len(choices)
        pieces.append(choices)
        i += n
    if not 1 < ways <= 8:
        return
    for parts in product(*pieces):
        all_joints = [joint for lead, _, _, inner in parts for joint in (lead, *inner)]
        yield (
            tuple(key for _, some, _, _ in parts for key in some),
            tuple(word for _, _, some, _ in parts for word in some),
            tuple(all_joints[1:]),
        )


def difference(window: Sequence[str], form: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of a window that a form does not have, and those of the form that the window does not have."""
    added, removed = list(form), []
    for word in window:
        if word in added:
            added.remove(word)
        else:
            removed.append(word)
    return removed, added


def edit_class(window: Sequence[str], form: Sequence[str], removed: Sequence[str], added: Sequence[str]) -> EditClass:
    """How a window of words differs from a form; `removed` and `added` are their difference."""
    if not removed and not added:
        return "exact" if tuple(window) == tuple(form) else "reordered"
    if _without(window, removed) != _without(form, added):
        return "mixed"
    if removed and added:
        return "substituted" if len(window) == len(form) else "mixed"
    return "extra" if removed else "missing"


def _without(words: Sequence[str], gone: Sequence[str]) -> list[str]:
    left, kept = list(gone), []
    for word in words:
        if word in left:
            left.remove(word)
        else:
            kept.append(word)
    return kept
