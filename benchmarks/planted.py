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
from dataclasses import dataclass, field
from pathlib import Path

import regex

BINS = ((1, 1), (2, 2), (3, 4), (5, 8), (9, 15))
"""Lengths of planted runs in words, each bin as likely as the others."""
_GAP = regex.compile(r"(?<=\p{L}) (?=\p{Ll})")
_GLUE = regex.compile(r"(?<=\p{Ll})\. (?=\p{Lu})")
_BOTH = regex.compile(r"(?<=\p{L} )(?:an|can|do|in|may|me|no|on|so|say|than|the|to)(?= \p{Ll})")
"""Words of both languages, inside a sentence."""
_WORD = regex.compile(r"[\p{L}][\p{L}'’-]*")
_COUNTED = regex.compile(r"[\p{L}\p{M}\p{N}]+")


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


def in_articles(folder: Path, seed: int, half: int | None = None, sets: str = "*") -> list[tuple[Planted, str]]:
    """The planted set of a seed, each paragraph with the article that it stands in instead of the clean one."""
    article_of: dict[str, str] = {}
    for path in sorted(folder.glob(f"clean/{sets}.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line)["text"]
            for paragraph in text.split("\n"):
                article_of.setdefault(paragraph, text)
    pairs = zip(planted(folder, seed, half, sets), paragraphs(folder, half, sets), strict=True)
    return [(p, article_of[clean].replace(clean, p.text, 1)) for p, clean in pairs]


def beside_words(folder: Path, seed: int, half: int | None = None, sets: str = "*") -> list[Planted]:
    """Runs put directly before and after Vietnamese words that are English ones too: "a green village | do huyện"."""
    chance = random.Random(seed)
    sentences = runs(folder, half)
    made = []
    for p in paragraphs(folder, half, sets):
        for m in _BOTH.finditer(p):
            around = p[: m.start()].split()[-1:] + p[m.end() :].split()[:1]
            if any(map(str.isascii, around)):
                continue  # inside English, or a name
            run = _run(sentences, chance)
            at, text = chance.choice((m.start(), m.end() + 1)), " ".join(run)
            made.append(Planted(f"{p[:at]}{text} {p[at:]}", at, at + len(text), len(run)))
    return made


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


@dataclass
class Score:
    """How well planted English is found: words and fragments, over all texts added."""

    both: int = 0
    found: int = 0
    wanted: int = 0
    other_words: int = 0
    """Words that were not planted."""
    false: int = 0
    """Findings that touch nothing planted."""
    fragments: dict[tuple[int, int], list[int]] = field(default_factory=lambda: {b: [0, 0] for b in BINS})
    """Touched and planted, by length in words."""
    missed: list[str] = field(default_factory=list)

    def add(self, text: Planted, spans: Sequence[tuple[int, int]]) -> None:
        """Count one text with the code-point spans found in it."""
        touching = [(a, b) for a, b in spans if a < text.end and text.start < b]
        self.false += len(spans) - len(touching)
        for m in _COUNTED.finditer(text.text):
            planted_word = m.start() < text.end and text.start < m.end()
            found_word = any(m.start() < b and a < m.end() for a, b in spans)
            self.both += planted_word and found_word
            self.found += found_word
            self.wanted += planted_word
            self.other_words += not planted_word
        if text.words:
            counts = next(c for (low, high), c in self.fragments.items() if low <= text.words <= high)
            counts[0] += bool(touching)
            counts[1] += 1
            if not touching:
                self.missed.append(text.text[text.start : text.end])

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.both / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.both / (self.found + self.wanted) if self.wanted else 0.0

    @property
    def by_length(self) -> dict[str, tuple[int, int]]:
        """Fragments touched and planted, by a name for their length: "1", "3-4", "9+"."""
        names = [str(low) if low == high else f"{low}-{high}" for low, high in BINS[:-1]] + [f"{BINS[-1][0]}+"]
        return {name: (c[0], c[1]) for name, c in zip(names, self.fragments.values(), strict=True)}

    @property
    def false_rate(self) -> float:
        """False findings in 1,000 words that were not planted."""
        return 1000 * self.false / self.other_words if self.other_words else 0.0
