"""What the detector of English residue loses on planted text, by kind: `python benchmarks/losses.py FOLDER SEED ...`.

Of the half of the texts that no fitting reads, both registers, over all the seeds given: F1 of words, a paragraph taken
as an article of its own and with its article around it, and the words that are missed or found too much.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import regex

from language import CLEAN, ours
from planted import Planted, Score, in_articles, paragraphs

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
SHORT = 2
Spans = Sequence[tuple[int, int]]


def kinds(p: Planted, found: Spans, own: Spans) -> Counter[str]:
    """The words lost in one text; `own` is what is found in it without what was planted."""
    lost: Counter[str] = Counter()
    touching = [(a, b) for a, b in found if a < p.end and p.start < b]
    length = p.end - p.start + 1 if p.words else 0  # with its space; what was glued to a stop has none
    shifted = [(a if a < p.start else a + length, b if b <= p.start else b + length) for a, b in own]
    for m in _WORD.finditer(p.text):
        wanted = m.start() < p.end and p.start < m.end()
        shown = _in(m.span(), found)
        if wanted and not shown:
            missed = "short" if p.words <= SHORT else "long"
            lost["missed at an edge" if touching else f"missed, {missed}"] += 1
        elif shown and not wanted:
            edge = _in(m.span(), touching) and not _in(m.span(), shifted)
            lost["too much at an edge" if edge else "too much elsewhere or in the clean text"] += 1
    return lost


def _in(word: tuple[int, int], spans: Spans) -> bool:
    return any(word[0] < b and a < word[1] for a, b in spans)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("seeds", type=int, nargs="+")
    options = parser.parse_args()
    detect = ours(("NTM101", "NTM102"))
    for name, sets in CLEAN.items():
        own = [detect(clean) for clean in paragraphs(options.folder, 1, sets)]
        whole, around, lost, each = Score(), Score(), Counter[str](), []
        for seed in options.seeds:
            one = Score()
            for (p, article), clean in zip(in_articles(options.folder, seed, 1, sets), own, strict=True):
                found = detect(p.text)
                for score in (whole, one):
                    score.add(p, found)
                lost += kinds(p, found, clean)
                at = article.index(p.text)
                inside = [(a - at, b - at) for a, b in detect(article) if at <= a and b <= at + len(p.text)]
                around.add(p, inside)
            each.append(one.f1)
        print(f"{name}: F1 {whole.f1:.4f} ({min(each):.4f} to {max(each):.4f}), with the article {around.f1:.4f}")
        print("  touched:", ", ".join(f"{n} {a}/{b}" for n, (a, b) in whole.by_length.items()))
        print(f"  of {whole.wanted} words:", ", ".join(f"{kind} {n}" for kind, n in sorted(lost.items())))


if __name__ == "__main__":
    main()
