"""How good the repairs for English residue are, apart from finding it: called by `quality.py`.

Two kinds of fragments. Planted ones, whose original is known: English shadows of Vietnamese phrases, made by a
glossary of their own (shadows.py). And marked ones of real texts, with one reader's repair each ("" where the
Vietnamese beside the fragment says it already).
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_repair.article import Article
from ntm_repair.likely import LEAST
from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES
from ntm_repair.suggest import suggestions_for
from ntm_repair.types import Document, Hit, Message, Source, Suggestion
from shadows import Shadow, planted

RULE = next(rule for rule in RULES if rule.code == "NTM101")
SURE = 0.8
ORDER = 6
"""Longest character n-grams of chrF."""


def chrf(candidate: str, reference: str, beta: float = 2.0) -> float:
    """chrF (Popović 2015), 0 to 1: F score of character n-grams up to `ORDER`, without spaces, recall counting more."""
    candidate, reference = "".join(candidate.split()), "".join(reference.split())
    precisions, recalls = [], []
    for n in range(1, ORDER + 1):
        ours, theirs = (Counter(text[i : i + n] for i in range(len(text) - n + 1)) for text in (candidate, reference))
        both = sum((ours & theirs).values())
        if ours:
            precisions.append(both / sum(ours.values()))
        if theirs:
            recalls.append(both / sum(theirs.values()))
    p = sum(precisions) / len(precisions) if precisions else 0.0
    r = sum(recalls) / len(recalls) if recalls else 0.0
    return (1 + beta**2) * p * r / (beta**2 * p + r) if p + r else 0.0


@dataclass
class Tally:
    """Counts over a set of fragments."""

    fragments: int = 0
    first: int = 0
    third: int = 0
    none: int = 0
    chrf: float = 0.0
    sure: int = 0
    sure_right: int = 0
    low: int = 0
    low_right: int = 0
    offered_right: int = 0
    hidden_right: int = 0
    seconds: float = 0.0

    def add(self, found: Sequence[Suggestion], accept: Sequence[str]) -> None:
        wanted = {_plain(a) for a in accept}
        self.fragments += 1
        self.none += not found
        self.first += bool(found) and _plain(found[0].replacement) in wanted
        self.third += any(_plain(s.replacement) in wanted for s in found[:3])
        self.chrf += chrf(_plain(found[0].replacement), _plain(accept[0])) if found else 0.0
        shown = [s for s in found if s.score >= SURE]
        self.sure += len(shown)
        self.sure_right += sum(_plain(s.replacement) in wanted for s in shown)
        right = [s.score for s in found if _plain(s.replacement) in wanted]
        self.low += sum(s.score < LEAST for s in found)
        self.low_right += sum(score < LEAST for score in right)
        self.offered_right += bool(right)
        self.hidden_right += bool(right) and max(right) < LEAST

    def line(self, name: str) -> str:
        n = max(1, self.fragments)
        return (
            f"  {name:<28} {self.fragments:>5} fragments: acceptable @1 {self.first / n:.3f} @3 {self.third / n:.3f}"
            f" | chrF {self.chrf / n:.3f} | no offer {self.none / n:.3f}"
            f" | of {self.sure} shown at {SURE} and more {self.sure_right / max(1, self.sure):.3f} acceptable"
            f" | of {self.low} below {LEAST} {self.low_right} acceptable, the only one in"
            f" {self.hidden_right} of {self.offered_right} fragments"
            f" | {1000 * self.seconds / n:.2f} ms"
        )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def offered(text: str, start: int, end: int, into: Tally) -> tuple[Suggestion, ...]:
    """The suggestions for a span, with the processor time they took."""
    article = Article(Document(text, Source("", "0" * 64, "utf-8")))
    hit = Hit(start, end, Message("ntm101.fragment", {"count": 1}), 1.0, {})
    began = time.process_time()
    found = suggestions_for(article, load_resources(), RULE, hit)
    into.seconds += time.process_time() - began
    return found


def report_planted(title: str, sentences: Iterable[str], seed: int = 11, verbose: bool = False) -> None:
    """Planted fragments by the number of their English words."""
    shadows = planted(sentences, seed)
    for shadow in shadows[:1]:
        offered(shadow.text, shadow.start, shadow.end, Tally())  # loading is not what is measured
    whole = Tally()
    lengths: dict[int, Tally] = {}
    wrong: list[str] = []
    for shadow in shadows:
        _add(shadow, whole, lengths, wrong)
    print(f"\nrepairs, {title}")
    for words, tally in sorted(lengths.items()):
        print(tally.line(f"{words} words" if words > 1 else "1 word"))
    print(whole.line("all"))
    if verbose:
        print(*(f"      {w}" for w in wrong), sep="\n")


def _add(shadow: Shadow, whole: Tally, lengths: dict[int, Tally], wrong: list[str]) -> None:
    english = shadow.text[shadow.start : shadow.end]
    tally = lengths.setdefault(len(english.split()), Tally())
    before = whole.seconds
    found = offered(shadow.text, shadow.start, shadow.end, whole)
    tally.seconds += whole.seconds - before
    whole.add(found, shadow.accept)
    tally.add(found, shadow.accept)
    if not any(_plain(s.replacement) in {_plain(a) for a in shadow.accept} for s in found[:3]):
        shown = " | ".join(f"{s.replacement} {s.score:.2f}" for s in found[:3])
        wrong.append(f"[{english}] {shadow.accept[0]} -> {shown}")


def report_marked(title: str, records: Iterable[dict[str, object]], verbose: bool = False) -> None:
    """Marked fragments of real texts: whether deletion comes first where a reader would delete, and only there."""
    tally = Tally()
    right = deleted = gone = kept = 0
    for record in records:
        text = str(record["text"])
        for span in record["spans"]:  # type: ignore[attr-defined]
            start, end, wanted = span["start"], span["end"], span["suggested"]
            found = offered(text, start, end, tally)
            tally.add(found, [wanted])
            first = bool(found) and found[0].replacement == ""
            gone += wanted == ""
            kept += wanted != ""
            right += first and wanted == ""
            deleted += first and wanted != ""
            if verbose:
                shown = " | ".join(f"{s.replacement or '(delete)'} {s.score:.2f}" for s in found[:2])
                print(f"      [{text[start:end]}] {wanted or '(delete)'} -> {shown}")
    print(f"\nrepairs, {title}")
    print(f"  deletion first for {right}/{gone} that a reader deletes {deleted}/{kept} that are translated")
    print(tally.line("all"))


def report_plain(verbose: bool = False) -> None:
    """Plain English and what an editor would take for it; what was looked at in choosing senses and costs apart."""
    rows = json.loads(Path(__file__).with_name("english_fragments.json").read_text("utf-8"))
    print("\nrepairs, plain English (benchmarks/english_fragments.json)")
    for half, name in enumerate(("looked at", "never seen")):
        tally = Tally()
        for row in rows[half::2]:
            before, inside = row["text"].split("[[")
            english, after = inside.split("]]")
            found = offered(before + english + after, len(before), len(before) + len(english), tally)
            tally.add(found, row["accept"])
            if (
                verbose
                and half == 0
                and not any(_plain(s.replacement) in map(_plain, row["accept"]) for s in found[:3])
            ):
                print(f"      [{english}] {row['accept'][0]} -> {' | '.join(s.replacement for s in found[:3])}")
        print(tally.line(name))
