"""The lexicon as the matcher sees it: every written form of every term, found by what words it is made of.

A form is filed under the sum of a number for each of its words, and under the same sum with one word taken away
(two for long forms). A window of text finds the forms it is an anagram of, or nearly, with as many look-ups as it
has words, whatever the size of the lexicon: symmetric deletion (Garbe 2012) over words instead of letters, with sums
for keys, so that building the index sorts and joins nothing. A sum may collide, so what is found is verified.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, chain, combinations, pairwise, product
from typing import Literal

import regex

from ntm_repair.compiled import compiled
from ntm_repair.lexicon import Lexicon, Term
from ntm_repair.matching.units import normal_form, normal_word
from ntm_repair.packed import stirred, word_hash

LONGEST = 10
"""Words of the longest form indexed."""
LONG = 6
"""Words from which a form may lack two, or have two strange ones."""
NEARBY = 5
"""Words of a form within which three stand close together: a block of a form that was taken apart."""
WHOLE, SHORT, HOLE = 0, 1, 2
"""How a form is filed under a sum: of all its words; without one word, or two of a long form; without two neighbours,
which one word of English may stand for."""
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
        return _commas(self.joints)


class TermIndex:
    """All forms of a lexicon. Building takes about 20 µs a term the first time; then the tables are kept."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.acronyms: dict[str, tuple[str, ...]]
        self.digest = f"{lexicon.sha256} {len(lexicon.terms)}"
        self.acronyms, forms, self._numbers, sums = compiled("terms", self.digest, partial(_tables, lexicon))
        totals, starts, filed, trios = (array(code, kept) for code, kept in zip("QIIQ", sums, strict=True))
        self.near: dict[int, int] = dict(zip(totals, range(len(totals)), strict=True))
        """Every sum that something is filed under, and which it is; `filed` says what."""
        self._starts, self._filed = starts, filed
        self.trios = frozenset(trios)
        """The sums of any three words that stand within NEARBY words of one form."""
        self.forms = [Form(lexicon.terms[at], *written) for at, *written in forms]
        # For each form: what a window is asked before it is compared.
        self.commas = [form.commas for form in self.forms]
        self.places = [form.term.kind == "place" for form in self.forms]

    def anagrams(self, total: int) -> list[int]:
        """The numbers of the forms whose words have a sum."""
        return [filed >> 2 for filed in self.filed(total) if filed & 3 == WHOLE]

    def filed(self, total: int) -> Sequence[int]:
        """What is filed under a sum: four times the number of a form and WHOLE, SHORT or HOLE, of each."""
        at = self.near.get(total)
        return () if at is None else self._filed[self._starts[at] : self._starts[at + 1]]

    def number(self, key: str) -> int:
        """The number of a word: 60 bits that look random and are the same on every machine."""
        return _number(self._numbers, key)

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


_Row = tuple[int, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""The place of a term in its lexicon; keys, surface and joints of a form."""
_Sums = tuple[bytes, bytes, bytes, bytes]
"""As arrays, for a start reads tens of thousands: sums, where what is filed under each begins, what is filed, trios."""


def _tables(lexicon: Lexicon) -> tuple[dict[str, tuple[str, ...]], list[_Row], dict[str, int], _Sums]:
    """What an index holds, as plain data: acronyms, forms, numbers of words, forms by sums."""
    acronyms = acronyms_of(lexicon)
    folds = {full: short for short, full in acronyms.items()}
    firsts = frozenset(full[0] for full in folds)
    forms: list[_Row] = []
    numbers: dict[str, int] = {}
    near: dict[int, list[int]] = {}
    seen: set[tuple[tuple[str, ...], int]] = set()
    for at, term in enumerate(lexicon.terms):
        if term.kind in _UNINDEXED:
            continue
        for keys, surface, joints in _writings(term, acronyms, folds, firsts):
            commas = _commas(joints)
            if 2 <= len(keys) <= LONGEST and (keys, commas) not in seen:
                seen.add((keys, commas))
                _file(near, 4 * len(forms), [_number(numbers, key) for key in keys])
                forms.append((at, keys, surface, joints))
    starts = array("I", accumulate(map(len, near.values()), initial=0))
    filed = array("I", chain.from_iterable(near.values()))
    trios = array("Q", sorted(_trios([numbers[key] for key in keys] for _, keys, _, _ in forms)))
    sums = array("Q", near).tobytes(), starts.tobytes(), filed.tobytes(), trios.tobytes()
    return acronyms, forms, numbers, sums


def _trios(forms: Iterable[Sequence[int]]) -> set[int]:
    """The sums of any three words of a form, by their numbers, that stand within NEARBY words."""
    found = set()
    for numbers in forms:
        for first, number in enumerate(numbers):
            for second, third in combinations(numbers[first + 1 : first + NEARBY], 2):
                found.add(number + second + third)
    return found


def _file(near: dict[int, list[int]], form: int, numbers: Sequence[int]) -> None:
    total = sum(numbers)
    near.setdefault(total, []).append(form + WHOLE)
    if len(numbers) < 3:
        return
    for lacking in set(numbers):
        near.setdefault(total - lacking, []).append(form + SHORT)
    if len(numbers) >= 4:
        for lacking in {a + b for a, b in pairwise(numbers)}:
            near.setdefault(total - lacking, []).append(form + HOLE)
    if len(numbers) >= LONG:
        pairs = {a + b for i, a in enumerate(numbers) for b in numbers[i + 1 :]}
        for lacking in pairs:
            near.setdefault(total - lacking, []).append(form + SHORT)


def _number(numbers: dict[str, int], key: str) -> int:
    known = numbers.get(key)
    if known is None:
        known = stirred(word_hash(key)) >> 4
        numbers[key] = known
    return known


def _commas(joints: Sequence[str]) -> int:
    return sum("," in joint for joint in joints)


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
        joints = [" "] * (len(surface) - 1) if " ".join(surface) == written else _joints(written)
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
