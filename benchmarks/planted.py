"""Clean Vietnamese text with English planted into it, by a seed: `planted(folder, seed)`.

The folder is one of evaluation texts: `clean/*.jsonl` (field "text") and `english/*.txt` (a sentence a line). Every
paragraph of some length is taken once; into most of them one run of 1 to 15 neighbouring English words is put at a
gap between words. A fifth begin with a capital in the middle of the sentence, as residue of headings and of glued
sentences does, and a tenth are glued to a sentence's stop ("nước.Do that"). The rest stay clean, so that the false
alarms are measured in the same run.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

BINS = ((1, 1), (2, 2), (3, 4), (5, 8), (9, 15))
"""Lengths of planted runs in words, each bin as likely as the others."""
_GAP = regex.compile(r"(?<=\p{L}) (?=\p{Ll})")
_GLUE = regex.compile(r"(?<=\p{Ll})\. (?=\p{Lu})")
_WORD = regex.compile(r"[\p{L}][\p{L}'’-]*")


@dataclass(frozen=True, slots=True)
class Planted:
    """A paragraph and the code-point span of what was planted; (0, 0) where it was left clean."""

    text: str
    start: int
    end: int
    words: int


def paragraphs(folder: Path, half: int | None = None, sets: str = "*") -> list[str]:
    """Clean paragraphs of eight words and more of the `sets` named; `half` 0 or 1 takes every other one."""
    found = []
    for path in sorted(folder.glob(f"clean/{sets}.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            found += [p for p in json.loads(line)["text"].split("\n") if len(p.split()) >= 8 and len(p) < 2000]
    return found if half is None else found[half::2]


def runs(folder: Path, half: int | None = None) -> list[list[str]]:
    """English sentences as words with their punctuation."""
    lines = [s.split() for p in sorted(folder.glob("english/*.txt")) for s in p.read_text("utf-8").splitlines()]
    lines = [words for words in lines if len(words) >= 4]
    return lines if half is None else lines[half::2]


def planted(folder: Path, seed: int, half: int | None = None, sets: str = "*") -> list[Planted]:
    """The planted set of a seed. The same folder and seed give the same set."""
    chance = random.Random(seed)
    sentences = runs(folder, half)
    return [_plant(p, sentences, chance) for p in paragraphs(folder, half, sets)]


def _plant(paragraph: str, sentences: Sequence[Sequence[str]], chance: random.Random) -> Planted:
    gaps = [m.start() for m in _GAP.finditer(paragraph)]
    if not gaps or chance.random() < 0.3:
        return Planted(paragraph, 0, 0, 0)
    run = _run(sentences, chance)
    glued = [m.start() for m in _GLUE.finditer(paragraph)]
    if glued and chance.random() < 0.1:
        at = chance.choice(glued) + 1
        text = " ".join(run)
        text = text[0].upper() + text[1:]
        return Planted(paragraph[:at] + text + paragraph[at:], at, at + len(text), len(run))
    at = chance.choice(gaps)
    text = " ".join(run)
    text = text[0].upper() + text[1:] if chance.random() < 0.2 else text
    return Planted(f"{paragraph[:at]} {text}{paragraph[at:]}", at + 1, at + 1 + len(text), len(run))


def _run(sentences: Sequence[Sequence[str]], chance: random.Random) -> list[str]:
    """Neighbouring words of one sentence that begin and end with a word and are not chiefly names."""
    while True:
        low, high = chance.choice(BINS)
        sentence = chance.choice(sentences)
        length = chance.randint(low, high)
        if length > len(sentence):
            continue
        first = chance.randrange(len(sentence) - length + 1)
        run = [*sentence[first : first + length]]
        run[-1] = run[-1].rstrip(".,;:!?)\"'")
        run[0] = run[0].lstrip("(\"'")
        capitals = sum(w[:1].isupper() for w in sentence[max(first, 1) : first + length])
        names = capitals * 2 > length or (length <= 2 and capitals)
        if all(_WORD.fullmatch(w) for w in (run[0], run[-1])) and not names:
            return run if first else [run[0].lower() if run[0] != "I" else "I", *run[1:]]
