"""Planted fragments whose original is known: English shadows put in place of Vietnamese phrases.

The phrases and their English are in `shadows.tsv`, which the program never reads. A sentence is searched for runs of
one to three neighbouring phrases; one of them, by the seed, is replaced by its English, word by word.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import regex

TABLE = Path(__file__).with_name("shadows.tsv")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
LONGEST = 6
"""Syllables of the longest phrase looked for."""
MOST_WORDS = 4
"""English words of the longest fragment planted."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """A sentence with a planted fragment. Offsets are code points."""

    text: str
    start: int
    end: int
    accept: tuple[str, ...]
    """The original, then what else an editor would take."""


def table() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Vietnamese phrase to its English and to the phrases that may stand for it."""
    rows = [r.split("\t") for r in TABLE.read_text("utf-8").splitlines() if r and not r.startswith("#")][1:]
    return {vi: (en, tuple(a for a in also.split("; ") if a)) for vi, en, also in rows}


def planted(sentences: Iterable[str], seed: int) -> list[Shadow]:
    """At most one planted fragment a sentence. The same sentences and seed give the same fragments."""
    chance = random.Random(seed)
    phrases = table()
    found = []
    for sentence in sentences:
        runs = list(_runs(sentence, phrases))
        if runs:
            # The lengths evenly: single words would crowd out the rest.
            length = chance.choice(sorted({len(r) for r in runs}))
            found.append(_plant(sentence, chance.choice([r for r in runs if len(r) == length]), phrases))
    return found


def _runs(sentence: str, phrases: dict[str, tuple[str, tuple[str, ...]]]) -> Iterator[tuple[tuple[int, int, str], ...]]:
    """Runs of one to three neighbouring phrases, longest match at each place."""
    words = [m.span() for m in _WORD.finditer(sentence)]
    pieces: list[tuple[int, int, str]] = []
    i = 0
    while i < len(words):
        for size in range(min(LONGEST, len(words) - i), 0, -1):
            start, end = words[i][0], words[i + size - 1][1]
            phrase = sentence[start:end]
            if phrase in phrases or (phrase[0].isupper() and phrase[0].lower() + phrase[1:] in phrases and start == 0):
                pieces.append((start, end, phrase[0].lower() + phrase[1:]))
                i += size - 1
                break
        i += 1
    for first in range(len(pieces)):
        for count in (1, 2, 3):
            run = pieces[first : first + count]
            joined = all(sentence[a[1] : b[0]] == " " for a, b in pairwise(run))
            if len(run) == count and joined and _english(run, phrases).count(" ") < MOST_WORDS:
                yield tuple(run)


def _english(run: Sequence[tuple[int, int, str]], phrases: dict[str, tuple[str, tuple[str, ...]]]) -> str:
    return " ".join(phrases[p][0] for _, _, p in run)


def _plant(
    sentence: str, run: Sequence[tuple[int, int, str]], phrases: dict[str, tuple[str, tuple[str, ...]]]
) -> Shadow:
    start, end = run[0][0], run[-1][1]
    english = _english(run, phrases)
    if sentence[start].isupper():
        english = english[0].upper() + english[1:]
    accept = [""]
    for _, _, phrase in run:
        accept = [f"{a} {p}".strip() for a in accept for p in (phrase, *phrases[phrase][1])]
    return Shadow(sentence[:start] + english + sentence[end:], start, start + len(english), tuple(accept))
