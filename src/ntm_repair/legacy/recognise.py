"""Telling which old encoding a text is in, by what it reads as: Vietnamese syllables, beside each other as in news.

A charset explains a paragraph when nearly all words that it changes become good syllables and few were good before.
English and French words do not become Vietnamese syllables; Vietnamese that is already Unicode holds letters that no
code page of the West has, and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import regex

from ntm_repair.context import Context
from ntm_repair.legacy import viqr
from ntm_repair.legacy.tables import CHARSETS, CP1252_BYTES, Charset
from ntm_repair.vietnamese import fold_tone_placement, is_marked, is_syllable

GOOD = 0.85
"""Share of the changed words that must become marked syllables."""
GOOD_BEFORE = 0.5
"""Share of them that may have been syllables as they stood."""
FEWEST = 3
"""Changed words a paragraph needs to be recognised by itself."""
CERTAIN = 8
"""Changed words from which the reading is sure enough to be made unasked."""
SPOKEN = 16.0
"""Nats from which fewer words will do, if they are what news says and nothing odd is left: the shortest of the formulas
at the head of official papers has 26."""
ENOUGH = 4
"""The fewest of them."""
_CHUNK = regex.compile(r"[^ \t\r\n\u2028\u2029]+")
_CORE = regex.compile(r"^[\P{L}]*(.*?)[\P{L}]*$", regex.DOTALL)
_PARTS = regex.compile(r"[-–/.,;:()“”\"']")
_TYPOGRAPHY = frozenset("“”‘’–—…•″′") | frozenset(CP1252_BYTES)
_BEYOND = re.compile(f"[^\\x00-\\xff{re.escape(''.join(sorted(_TYPOGRAPHY)))}]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a charset reads a text.

    `changed` words of it differ, `good` of those are marked Vietnamese syllables, `good_before` were so before; `bad`
    words with letters beyond ASCII are none in the end. `nats`: how well the words go together, less the odd capitals.
    """

    name: str
    text: str
    exact: bool
    changed: int
    good: int
    good_before: int
    bad: int
    nats: float

    @property
    def explains(self) -> bool:
        """Whether the words that change become Vietnamese and were not so before."""
        return (
            bool(self.changed) and self.good >= GOOD * self.changed and self.good_before <= GOOD_BEFORE * self.changed
        )

    @property
    def convinces(self) -> bool:
        """Whether the reading needs no others beside it: many words, or fewer that go together."""
        if self.good < self.changed or self.nats < 0:
            return False
        return self.changed >= CERTAIN or (self.changed >= ENOUGH and self.nats >= SPOKEN and not self.bad)


def readings(text: str, context: Context) -> list[Reading]:
    """The readings of a paragraph that explain it, best first."""
    found: list[Reading] = []
    if _may_be_bytes(text):
        found += [_read(text, c.name, c.decode, c.round_trips(text), context) for c in CHARSETS]
    elif text.isascii() and len(viqr.TYPED.findall(text)) >= FEWEST:
        decoded, certain = viqr.decode(text)
        exact = certain and viqr.encode(decoded) == text
        found.append(_read(text, "VIQR", lambda t: viqr.decode(t)[0], exact, context))
    explaining = [r for r in found if r.explains]
    return sorted(explaining, key=lambda r: (r.bad, -r.nats, r.name))


def _may_be_bytes(text: str) -> bool:
    """Whether a text could be bytes read one by one: nothing in it beyond Latin-1 and Windows-1252, and not ASCII."""
    return not text.isascii() and not _BEYOND.search(text)


def may_be_old(word: str) -> bool:
    """Whether a charset makes a good syllable of a raw word that is none as it stands."""
    if word.isascii() and word.isprintable():
        return False
    if _BEYOND.search(word) or _is_good(word):
        return False
    return any((decoded := c.decode(word)) != word and _is_good(decoded) for c in CHARSETS)


def _read(text: str, name: str, decode: Callable[[str], str], exact: bool, context: Context) -> Reading:
    decoded = decode(text)
    before, after = _CHUNK.findall(text), _CHUNK.findall(decoded)
    if len(before) != len(after):
        return Reading(name, decoded, False, 0, 0, 0, 0, 0.0)
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b and any(c.isalpha() for c in b)]
    good = sum(_is_good(b) for _, b in changed)
    # "§éc" is none, though "éc" is: the sign before it is a letter of the charset.
    good_before = sum(_is_good(a) for a, b in changed if len(_core(a)) >= len(_core(b)))
    words = [fold_tone_placement(_core(w).lower()) for w in after]
    nats = sum(log(1 + context.pair(a, b)) for a, b in pairwise(words) if a and b)
    # The wrong table mixes capitals among small letters.
    cores = [c for c in map(_core, after) if c]
    nats -= sum(a.isupper() != b.isupper() for a, b in pairwise(cores)) + sum(_mixed_case(c) for c in cores)
    bad = sum(not c.isascii() and not _is_good(c) for c in after if any(x.isalpha() for x in c))
    return Reading(name, decoded, exact, len(changed), good, good_before, bad, nats)


def _mixed_case(word: str) -> bool:
    return not (word.islower() or word.isupper() or word[1:].islower())


def _core(chunk: str) -> str:
    match = _CORE.match(chunk)
    return match[1] if match else ""


def _is_good(chunk: str) -> bool:
    """A marked syllable, or words of such joined by hyphens and slashes."""
    parts = [p for p in _PARTS.split(_core(chunk)) if any(c.isalpha() for c in p)]
    syllables = all(is_syllable(p.lower()) for p in parts) and any(is_marked(p) for p in parts)
    return bool(parts) and syllables and not any(c.isdigit() for c in _core(chunk))


def charset_of(lines: Sequence[str], context: Context) -> str:
    """The name of the charset that explains most of a text's paragraphs, "" where none explains enough words."""
    votes: dict[str, int] = {}
    for line in lines:
        best = readings(line, context)
        if best and best[0].changed >= FEWEST:
            votes[best[0].name] = votes.get(best[0].name, 0) + best[0].good
    name = max(sorted(votes), key=lambda n: votes[n], default="")
    return name if name and votes[name] >= CERTAIN else ""


def charset_named(name: str) -> Charset | None:
    """The charset of that name; None for VIQR, which is no charset of bytes."""
    return next((c for c in CHARSETS if c.name == name), None)
