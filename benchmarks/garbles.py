"""Garbled terms and phrases planted into clean text, by a seed: `garbles.py FOLDER --seed N`.

What is garbled: terms of the lexicon, and everyday phrases (`phrases.txt`) that are in no list. Where: in place, where
clean text already holds the term, or put into a clean sentence at a gap between words. How: reordered, a word missing,
a word too many, a wrong word, or a word confused through its English headword ("pivot"). Reports how many are found
and how many of those have the original as their first suggestion. Nothing is fitted here.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

import regex

from ntm_repair.context import Context
from ntm_repair.glossary import Glossary
from ntm_repair.lexicon import Lexicon
from ntm_repair.matching.confusion import Confusions
from ntm_repair.matching.engine import Matcher
from ntm_repair.matching.places import Garble as Found
from ntm_repair.matching.units import Units, normal_form

KINDS = ("reordered", "missing", "extra", "wrong", "pivot")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_GAP = regex.compile(r"(?<=\p{Ll}),? (?=\p{Ll})")
_SKIPPED = frozenset({"place", "ethnic", "abbreviation"})


@dataclass(frozen=True, slots=True)
class Garble:
    """A paragraph with a garbled span [start, end), what stood there, and how it was garbled."""

    text: str
    start: int
    end: int
    original: str
    kind: str
    in_place: bool
    source: str
    """ "term", "phrase" or "word"."""


def paragraphs(folder: Path, half: int | None = None) -> list[str]:
    """Clean paragraphs of eight words and more; `half` 0 or 1 takes every other one."""
    found: list[str] = []
    for path in sorted(folder.glob("clean/*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            found += fit_to_plant(json.loads(line)["text"])
    return found if half is None else found[half::2]


def fit_to_plant(text: str) -> list[str]:
    """The paragraphs of a text that are long enough to plant something in, and not too long."""
    return [p for p in text.split("\n") if len(p.split()) >= 8 and len(p) < 2000]


class Planter:
    """Garbles by chance, the same for the same seed."""

    def __init__(self, texts: Sequence[str], lexicon: Lexicon, confusions: Confusions, seed: int) -> None:
        self.chance = random.Random(seed)
        self.texts = texts
        self.confusions = confusions
        self.terms = [t for t in lexicon.terms if t.kind not in _SKIPPED and len(_WORD.findall(t.term)) >= 3]
        self.known = {_key(w) for t in lexicon.terms for w in (t.term, *t.aliases)}
        words = Counter(w.lower() for text in texts for w in _WORD.findall(text))
        self.words = sorted(w for w, n in words.items() if n >= 3 and w.isalpha())
        self.context = Context.load()
        self.places = self._places()

    def _places(self) -> list[tuple[int, int, int]]:
        """Text number and span of every term that the texts hold."""
        found = []
        keys = {_key(t.term) for t in self.terms}
        longest = 8
        for number, text in enumerate(self.texts):
            spans = [m.span() for m in _WORD.finditer(text)]
            i = 0
            while i < len(spans):
                for n in range(min(longest, len(spans) - i), 2, -1):
                    start, end = spans[i][0], spans[i + n - 1][1]
                    if _key(text[start:end]) in keys and "\n" not in text[start:end]:
                        found.append((number, start, end))
                        i += n - 1
                        break
                i += 1
        return found

    def terms_garbled(self, count: int) -> Iterator[Garble]:
        """`count` garbled terms, every other one in place."""
        while count:
            kind = KINDS[count % len(KINDS)] if self.chance.random() < 0.8 else self.chance.choice(KINDS)
            garble = self._in_place(kind) if self.chance.random() < 0.5 and self.places else self._carried(kind)
            if garble is not None:
                count -= 1
                yield garble

    def phrases_garbled(self, phrases: Sequence[str], count: int) -> Iterator[Garble]:
        """`count` reordered everyday phrases, each in a sentence."""
        phrases = [p for p in phrases if _key(p) not in self.known]
        while count:
            original = self.chance.choice(phrases)
            garbled = self.garble(original, "reordered")
            if garbled is not None:
                count -= 1
                yield self._put(garbled, original, "reordered", "phrase")

    def words_confused(self, count: int) -> Iterator[Garble]:
        """`count` words of clean text, each replaced by one that shares an English headword with it, in no term."""
        while count:
            text = self.chance.choice(self.texts)
            spans = [m.span() for m in _WORD.finditer(text)]
            first = self.chance.randrange(len(spans))
            n = self.chance.choice((1, 2, 2, 2, 3))
            if first + n > len(spans):
                continue
            start, end = spans[first][0], spans[first + n - 1][1]
            original = text[start:end]
            if not original.islower() or not all(c.isalpha() or c == " " for c in original):
                continue
            others = self.confusions.alternatives(tuple(normal_form(original).split(" ")))
            if not others:
                continue
            [other] = self.chance.choices(list(others), [exp(road.nats) for road in others.values()])
            garbled = " ".join(self.confusions.written.get(other, other))
            count -= 1
            yield Garble(
                text[:start] + garbled + text[end:], start, start + len(garbled), original, "pivot", True, "word"
            )

    def _in_place(self, kind: str) -> Garble | None:
        number, start, end = self.chance.choice(self.places)
        text = self.texts[number]
        garbled = self.garble(text[start:end], kind)
        if garbled is None:
            return None
        return Garble(
            text[:start] + garbled + text[end:], start, start + len(garbled), text[start:end], kind, True, "term"
        )

    def _carried(self, kind: str) -> Garble | None:
        original = self.chance.choice(self.terms).term
        garbled = self.garble(original, kind)
        return None if garbled is None else self._put(garbled, original, kind, "term")

    def _put(self, garbled: str, original: str, kind: str, source: str) -> Garble:
        while True:
            text = self.chance.choice(self.texts)
            gaps = [m.end() for m in _GAP.finditer(text) if not self._bound(text, *m.span())]
            if gaps:
                at = self.chance.choice(gaps)
                return Garble(f"{text[:at]}{garbled} {text[at:]}", at, at + len(garbled), original, kind, False, source)

    def _bound(self, text: str, start: int, end: int) -> bool:
        """Whether the words on either side of a gap are the parts of a compound."""
        left, right = _WORD.findall(text[:start][-12:]), _WORD.findall(text[end : end + 12])
        return bool(left and right) and self.context.association(normal_form(left[-1]), normal_form(right[0])) > 1

    def garble(self, phrase: str, kind: str) -> str | None:
        """The phrase damaged in one way; None where that cannot be, or makes a right phrase."""
        words = phrase.split(" ")
        damaged = getattr(self, f"_{kind}")(words)
        if damaged is None:
            return None
        text = " ".join(damaged)
        return None if _key(text) in self.known or _key(text) == _key(phrase) else text

    def _reordered(self, words: list[str]) -> list[str] | None:
        """Two neighbouring blocks change places: modifier and head; a fifth of the time any order."""
        if len(words) < 3:
            return None
        if self.chance.random() < 0.2 and len(words) <= 5:
            mixed = words[:]
            self.chance.shuffle(mixed)
            return _commas(words, mixed)
        i, j, k = sorted(self.chance.sample(range(len(words) + 1), 3))
        return _commas(words, [*words[:i], *words[j:k], *words[i:j], *words[k:]])

    def _missing(self, words: list[str]) -> list[str] | None:
        if len(words) < 4:
            return None
        gone = self.chance.randrange(len(words))
        return [*words[:gone], *words[gone + 1 :]]

    def _extra(self, words: list[str]) -> list[str] | None:
        at = self.chance.randint(1, len(words) - 1) if len(words) > 1 else 0
        return [*words[:at], self.chance.choice(self.words), *words[at:]]

    def _wrong(self, words: list[str]) -> list[str] | None:
        if len(words) < 4:
            return None
        at = self.chance.randrange(len(words))
        return [*words[:at], self.chance.choice(self.words), *words[at + 1 :]]

    def _pivot(self, words: list[str]) -> list[str] | None:
        keys = normal_form(" ".join(w.strip(",") for w in words)).split(" ")
        choices = [
            (
                i,
                n,
                self.confusions.written.get(other, other),
                exp(self.confusions.alternatives(other)[tuple(keys[i : i + n])].nats) * n,
            )
            for n in (3, 2, 1)
            for i in range(len(keys) - n + 1)
            for other in self.confusions.alternatives(tuple(keys[i : i + n]))
        ]
        if not choices or len(words) < 3:
            return None
        [(i, n, other, _)] = self.chance.choices(choices, [weight for *_, weight in choices])
        return [*words[:i], *other, *words[i + n :]]


def _commas(words: Sequence[str], mixed: Sequence[str]) -> list[str] | None:
    """The same words in another order, commas where they stood."""
    bare = [w.rstrip(",") for w in mixed]
    return [w + "," * words[i].endswith(",") for i, w in enumerate(bare)]


def _key(text: str) -> str:
    return " ".join(_WORD.findall(normal_form(text)))


def phrases() -> list[str]:
    lines = (Path(__file__).with_name("phrases.txt")).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def planter(folder: Path, seed: int, half: int | None = None) -> Planter:
    return Planter(paragraphs(folder, half), Lexicon.load(), Confusions(Glossary.load()), seed)


def right(garble: Garble, place: Found) -> bool:
    """Whether the first repair gives the original text back; case and white space do not count."""
    text = garble.text[: place.start] + place.repairs[0].text + garble.text[place.end :]
    wanted = garble.text[: garble.start] + garble.original + garble.text[garble.end :]
    return _key(text) == _key(wanted)


def report(planted: Sequence[Garble], matcher: Matcher, verbose: bool) -> None:
    """Found and right @1 by kind, and how confidence and truth agree."""
    counts: dict[str, list[int]] = {}
    bins: dict[int, list[int]] = {}
    for garble in planted:
        places = [p for p in matcher.garbles(Units.of(garble.text)) if p.start < garble.end and garble.start < p.end]
        hit = any(right(garble, p) for p in places)
        for name in (f"{garble.source} {garble.kind}", f"{garble.source}s"):
            row = counts.setdefault(name, [0, 0, 0])
            row[0] += 1
            row[1] += bool(places)
            row[2] += hit
        for p in places:
            cell = bins.setdefault(min(9, int(p.repairs[0].probability * 10)), [0, 0])
            cell[0] += 1
            cell[1] += right(garble, p)
        if verbose and not hit:
            best = places[0].repairs[0].text if places else "-"
            print(f"  {garble.kind}: {garble.original} | {garble.text[garble.start : garble.end]} | {best}")
    for name, (n, found, first) in sorted(counts.items()):
        print(
            f"{name:<18} {found}/{n} found ({found / n:.2f}), {first} right @1 ({first / max(1, found):.2f} of found)"
        )
    shown = ", ".join(f"{k / 10:.1f}: {r}/{n}" for k, (n, r) in sorted(bins.items()))
    print(f"right by score of the first repair: {shown}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--half", type=int, help="0 or 1: only every other paragraph")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what was not repaired")
    options = parser.parse_args()
    planted = planter(options.folder, options.seed, options.half)
    matcher = Matcher(Lexicon.load(), Context.load())
    report(list(planted.terms_garbled(options.count)), matcher, options.verbose)
    report(list(planted.phrases_garbled(phrases(), options.count // 2)), matcher, options.verbose)
    report(list(planted.words_confused(options.count)), matcher, options.verbose)


if __name__ == "__main__":
    main()
