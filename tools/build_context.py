"""Compile word, pair and triple counts into the tables of `ntm_repair.context`.

    python tools/build_context.py COUNTS_FOLDER

The folder holds `unigrams.tsv.gz` (word, count, ...), `bigrams.tsv.gz` (word, word, count) and `trigrams.tsv.gz`,
NFC and lower-cased. Writes `src/ntm_repair/data/context-{1,2,3}.bin`; the same counts give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path

from ntm_repair.context import BOUND, DATA, TOTAL, alone_level, level
from ntm_repair.packed import pack
from ntm_repair.vietnamese import fold_tone_placement

LEAST_SEEN = 30
"""How often a word must be seen for its company to say anything."""
NAMES = {1: "unigrams", 2: "bigrams", 3: "trigrams"}


def rows(path: Path, order: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Words and count of each row; further columns are passed over."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            yield tuple(fields[:order]), int(fields[order])


def bound(folder: Path) -> list[tuple[tuple[str], bytes]]:
    """For each word of some frequency, how much of it stands beside a word that it is bound to."""
    words: Counter[str] = Counter()
    for (word,), count in rows(folder / "unigrams.tsv.gz", 1):
        words[fold_tone_placement(word)] += count
    pairs: Counter[tuple[str, str]] = Counter()
    for (first, second), count in rows(folder / "bigrams.tsv.gz", 2):
        pairs[fold_tone_placement(first), fold_tone_placement(second)] += count
    held: Counter[str] = Counter()
    for (first, second), count in pairs.items():
        if log(count * TOTAL / (words[first] * words[second])) >= BOUND:
            held[first] += count
            held[second] += count
    most_used = sorted(words.items(), key=lambda row: (-row[1], row[0]))
    return [((w,), alone_level(min(1.0, held[w] / n))) for w, n in most_used if n >= LEAST_SEEN]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    for order, name in NAMES.items():
        counts = rows(options.folder / f"{name}.tsv.gz", order)
        most_used = sorted(counts, key=lambda row: (-row[1], row[0]))
        table = pack(((words, level(count)) for words, count in most_used), width=1)
        target = options.out / f"context-{order}.bin"
        target.write_bytes(table)
        print(f"{target.name}: {len(table):,} bytes")
    table = pack(bound(options.folder), width=1)
    target = options.out / "context-bound.bin"
    target.write_bytes(table)
    print(f"{target.name}: {len(table):,} bytes")


if __name__ == "__main__":
    main()
