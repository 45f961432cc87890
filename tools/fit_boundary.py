"""Fit the weights that draw the ends of a run of English: `src/ntm_repair/data/boundary.json`.

    python tools/fit_boundary.py EVAL_FOLDER

The folder is one of evaluation texts as `benchmarks/planted.py` reads it; every other paragraph and sentence is used,
the rest stays unseen. The runs that the detector finds with its ends where the rules of `edges` leave them are taken
with all the ways to draw their ends, and the weights raise the likelihood of those with the fewest words wrong, less a
penalty on their squares. Those that no text has reason to give a weight of .05 are left out. Same folder, same result.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ntm_repair.context import Context
from ntm_repair.language.boundary import candidates, features, weighed
from ntm_repair.language.evidence import DATA, Evidence
from ntm_repair.language.reading import read
from ntm_repair.language.residue import residue
from ntm_repair.language.words import words_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from planted import Planted, beside_words, in_articles

SEEDS = range(1000, 1032)
BESIDE_SEEDS = range(1000, 1008)
PENALTY = 2.0
"""Half the square of each weight costs so many nats."""
STEPS = 300
RATE = 0.1
LEAST = 0.05
Choice = tuple[list[dict[str, float]], list[int]]
"""The features of each way to draw a run's ends, and the words it has wrong; the first is the way it was found."""


def choices(texts: Sequence[tuple[Planted, str]], evidence: Evidence) -> Iterator[Choice]:
    """The runs of planted texts with more than one way to draw their ends, where one run touches what was planted.

    Each text goes with the article that it stands in.
    """
    for p, article in texts:
        touching = [r for r in residue(p.text, evidence, article=article) if r.start < p.end and p.start < r.end]
        if len(touching) != 1:
            continue
        reading = read(p.text, words_of(p.text), evidence, article)
        index = {w.start: i for i, w in enumerate(reading.words)}
        inside = [i for i, w in enumerate(reading.words) if w.start < p.end and p.start < w.end]
        first, last = index[touching[0].words[0].start], index[touching[0].words[-1].start]
        spans = candidates(reading, first, last, evidence)
        if len(spans) > 1:
            wrong = [abs(i - inside[0]) + abs(j - inside[-1]) for i, j in spans]
            yield [features(reading, span, first, last, evidence) for span in spans], wrong


def fitted(made: Sequence[Choice]) -> dict[str, float]:
    """The weights of greatest penalised likelihood, by gradient steps of adapted size (Kingma and Ba 2015)."""
    names = sorted({name for ways, _ in made for way in ways for name in way})
    index = {name: i for i, name in enumerate(names)}
    rows: list[NDArray[np.float64]] = []
    right: list[NDArray[np.bool_]] = []
    for ways, wrong in made:
        table = np.zeros((len(ways), len(names)))
        for k, way in enumerate(ways):
            for name, value in way.items():
                table[k, index[name]] = value
        rows.append(table)
        right.append(np.array(wrong) == min(wrong))
    ends = np.cumsum([len(r) for r in rows])
    starts = np.concatenate(([0], ends[:-1]))
    group = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    table, good = np.concatenate(rows), np.concatenate(right)
    weights, mean, square = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = table @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        chosen = odds / np.add.reduceat(odds, starts)[group]
        wanted = np.where(good, odds, 0.0)
        wanted /= np.add.reduceat(wanted, starts)[group]
        slope = PENALTY * weights - table.T @ (wanted - chosen)
        mean += 0.1 * (slope - mean)
        square += 0.01 * (slope * slope - square)
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weights[i]), 3) for name, i in index.items() if abs(weights[i]) >= LEAST}


def words_wrong(made: Sequence[Choice], weights: dict[str, float]) -> tuple[int, int]:
    """Words wrong at the ends of the runs as they were found, and as the weights draw them."""
    before = after = 0
    for ways, wrong in made:
        scores = [weighed(way, weights) for way in ways]
        before += wrong[0]
        after += wrong[scores.index(max(scores))]
    return before, after


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=DATA / "boundary.json")
    options = parser.parse_args()
    evidence = Evidence(Context.load(), boundary={})
    texts = [(p, article) for seed in SEEDS for p, article in in_articles(options.folder, seed, half=0) if p.words]
    texts += [(p, p.text) for seed in BESIDE_SEEDS for p in beside_words(options.folder, seed, half=0)]
    made = list(choices(texts, evidence))
    weights = fitted(made)
    before, after = words_wrong(made, weights)
    print(f"{len(made)} runs, {len(weights)} weights; words wrong at their ends {before}, with the weights {after}")
    record = {"weights": weights, "fitted": {"runs": len(made), "before": before, "after": after}}
    options.out.write_text(json.dumps(record) + "\n", "utf-8")


if __name__ == "__main__":
    main()
