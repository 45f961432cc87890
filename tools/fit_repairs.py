"""Fit the confidence of repairs on planted fragments: `fit_repairs.py FOLDER`.

The folder holds evaluation texts with `clean/*.jsonl` (field "text"). Every other sentence is planted with English
shadows (benchmarks/shadows.py) and the readings of each fragment are labelled by whether an editor would take them; so
is every other fragment of plain English (benchmarks/english_fragments.json): these are longer and count PLAIN times.
Prints the weights for `ntm_repair.suggest.confidence` and how they hold on the sentences left out. Logistic
regression by gradient steps (Newton); the same folder gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from math import exp
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from ntm_repair.article import Article
from ntm_repair.pipeline import load_resources
from ntm_repair.suggest.candidates import judged_readings
from ntm_repair.suggest.place import place_of
from ntm_repair.suggest.senses import senses_of
from ntm_repair.types import Document, Source
from shadows import TABLE, planted

MOST = 5
"""Readings of a fragment that count: as many as are shown."""
PLAIN = 5
"""How often a fragment of plain English counts: there are seventy, and some thousands of shadows."""
RIDGE = 1e-3

Example = tuple[tuple[float, ...], bool]


def examples(sentences: Sequence[str], seed: int) -> list[Example]:
    """The figures of the readings shown for each planted fragment, and whether each is right."""
    return [e for s in planted(sentences, seed) for e in _of(s.text, s.start, s.end, s.accept)]


def plain(half: int) -> list[Example]:
    """The same for every other fragment of plain English, from the first or the second on."""
    found: list[Example] = []
    for row in json.loads(TABLE.with_name("english_fragments.json").read_text("utf-8"))[half::2]:
        before, inside = row["text"].split("[[")
        english, after = inside.split("]]")
        found += _of(before + english + after, len(before), len(before) + len(english), row["accept"])
    return found


def _of(text: str, start: int, end: int, accept: Sequence[str]) -> Iterator[Example]:
    senses = senses_of(load_resources())
    article = Article(Document(text, Source("", "0" * 64, "utf-8")))
    place = place_of(article, start, end, senses.spelt_out)
    wanted = {a.casefold() for a in accept}
    for judged in judged_readings(article, place, senses)[:MOST]:
        if judged.text:
            yield judged.figures.values(), judged.text.strip().casefold() in wanted


def fit(found: Sequence[Example], steps: int = 30) -> tuple[float, ...]:
    """Weights that make the labels likeliest."""
    size = len(found[0][0])
    weights = [0.0] * size
    for _ in range(steps):
        gradient = [-RIDGE * w for w in weights]
        hessian = [[RIDGE * (i == j) for j in range(size)] for i in range(size)]
        for values, right in found:
            p = 1 / (1 + exp(-sum(w * v for w, v in zip(weights, values, strict=True))))
            for i in range(size):
                gradient[i] += (right - p) * values[i]
                for j in range(size):
                    hessian[i][j] += p * (1 - p) * values[i] * values[j]
        weights = [w + d for w, d in zip(weights, _solved(hessian, gradient), strict=True)]
    return tuple(round(w, 3) for w in weights)


def _solved(matrix: list[list[float]], wanted: list[float]) -> list[float]:
    """The solution of a positive definite system, by elimination."""
    size = len(wanted)
    rows = [[*matrix[i], wanted[i]] for i in range(size)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(size):
            if r != i:
                factor = rows[r][i] / rows[i][i]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    sentences = [
        paragraph
        for path in sorted(options.folder.glob("clean/ud*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        for paragraph in json.loads(line)["text"].split("\n")
    ]
    weights = fit([e for seed in (1, 2) for e in examples(sentences[::2], seed)] + PLAIN * plain(0))
    print("WEIGHTS =", weights)
    for name, held in (("shadows", examples(sentences[1::2], 3)), ("plain English", plain(1))):
        print(name)
        for low, high in ((0.0, 0.1), (0.1, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
            here = [right for values, right in held if low <= 1 / (1 + exp(-_dot(weights, values))) < high]
            print(f"  {low:.1f}-{high:.1f}: {len(here):5} shown, {sum(here) / max(1, len(here)):.3f} right")


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(w * v for w, v in zip(weights, values, strict=True))


if __name__ == "__main__":
    main()
