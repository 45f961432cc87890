"""Fit the weights of the residue detector on planted text: `src/ntm_repair/data/residue.json`.

    python tools/fit_residue.py EVAL_FOLDER [--rounds 3]

The folder is one of evaluation texts as `benchmarks/planted.py` reads it; every other paragraph and sentence is used,
the rest stays unseen. Coordinate search: each weight in turn is moved by a quarter of its range, then by less, and a
move is kept where it raises the score. The score is the F1 of words, less a tenth for every false fragment and a
two-hundredth for every false lone word, which only a review shows, in a thousand words of clean text. Same folder,
same result.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import regex

from ntm_repair.context import Context
from ntm_repair.language import residue as detector
from ntm_repair.language.evidence import DATA, Evidence, Parameters
from ntm_repair.language.runs import kind_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from planted import Planted, beside_words, planted

RANGES = {
    "enter": (-12.0, -4.0),
    "leave": (-3.5, -0.5),
    "marked": (-14.0, -4.0),
    "odd": (-8.0, 0.0),
    "bare": (1.0, 8.0),
    "capital": (-5.0, 0.0),
    "gram": (1.0, 8.0),
    "bond": (0.2, 2.0),
    "strange": (0.0, 4.0),
    "familiar": (1.0, 9.0),
    "closed": (0.0, 4.0),
    "english": (0.0, 1.5),
    "apart": (0.0, 4.0),
    "together": (0.0, 4.0),
    "across": (0.0, 3.0),
    "inserted": (0.0, 6.0),
}
"""What is fitted; `doubtful`, the least posterior shown, is chosen: a lone word by planted text counts as much as three
false ones, but what is shown with less than .2 is nearly always a Vietnamese word in its place."""
SEEDS = ((1, "ud_vtb"), (2, "ud_vtb"), (3, "ud_vtb"), (4, "viwiki"))
BESIDE_SEEDS = (5, 6)
"""Runs beside Vietnamese words that are English ones too: what the edges are learnt from."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def score(parameters: Parameters, context: Context, sets: Sequence[Planted]) -> tuple[float, str]:
    """How good the weights are, and the figures behind it."""
    evidence = Evidence(context, parameters)
    both = found = wanted = words = fragments = lone = 0
    for p in sets:
        runs = [r for r in detector.residue(p.text, evidence) if kind_of(r)]
        for r in runs:
            if not (r.start < p.end and p.start < r.end):
                fragments += kind_of(r) == "fragment"
                lone += kind_of(r) == "word"
        for m in _WORD.finditer(p.text):
            planted_word = m.start() < p.end and p.start < m.end()
            found_word = any(m.start() < r.end and r.start < m.end() for r in runs)
            words += not planted_word
            both += planted_word and found_word
            found += found_word
            wanted += planted_word
    f1 = 2 * both / (found + wanted)
    rates = 1000 * fragments / words, 1000 * lone / words
    return f1 - 0.1 * rates[0] - 0.005 * rates[1], f"F1 {f1:.4f}, false per 1,000: {rates[0]:.3f} {rates[1]:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    context = Context.load()
    sets = [p for seed, name in SEEDS for p in planted(options.folder, seed, half=0, sets=name)]
    sets += [p for seed in BESIDE_SEEDS for p in beside_words(options.folder, seed, half=0)]
    best = Parameters.load()
    top, shown = score(best, context, sets)
    print(f"start {top:.5f} ({shown})")
    for step in range(options.rounds):
        for name, (low, high) in RANGES.items():
            for direction in (-1, 1):
                moved = getattr(best, name) + direction * (high - low) / 2 ** (step + 3)
                candidate = replace(best, **{name: round(max(low, min(high, moved)), 3)})
                value, figures = score(candidate, context, sets)
                if value > top + 1e-5:
                    best, top, shown = candidate, value, figures
                    print(f"{name} = {getattr(best, name)}: {top:.5f} ({shown})", flush=True)
    record = {"parameters": asdict(best), "fitted": {"score": round(top, 5), "figures": shown, "texts": len(sets)}}
    (DATA / "residue.json").write_text(json.dumps(record) + "\n", "utf-8")


if __name__ == "__main__":
    main()
