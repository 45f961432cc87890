"""Compile word, pair and triple counts, and a corpus of the domain, into the tables of `ntm_repair.context`.

    python tools/build_context.py COUNTS_FOLDER [--domain TEXTS] [--times 20] [--half 0 --out FOLDER]

The folder holds `unigrams.tsv.gz` (word, count, ...), `bigrams.tsv.gz` (word, word, count) and `trigrams.tsv.gz`,
NFC and lower-cased. News has little of how a committee reports on rural development: so the texts of the domain
(`corpus/` unless told otherwise; `--domain -` for none) are counted on top, each word for as many as `--times` says.
Writes `src/ntm_repair/data/context-{1,2,3}.bin` and `context-bound.bin`; the same texts give the same bytes. With
`--half` every other text of the domain is left out, so that what is measured on those is not what was counted.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path

from ntm_repair.context import BOUND, DATA, TOTAL, alone_level, level
from ntm_repair.packed import pack
from ntm_repair.vietnamese import fold_tone_placement

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "tools"))
from count_words import count, paths  # noqa: E402

LEAST_SEEN = 30
"""How often a word must be seen for its company to say anything."""
TIMES = 20
"""Words of news that a word of the domain counts for."""
NAMES = ("unigrams", "bigrams", "trigrams")
Counts = Counter[tuple[str, ...]]


def rows(path: Path, order: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Words and count of each row; further columns are passed over."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            yield tuple(fields[:order]), int(fields[order])


def counted(folder: Path, domain: Sequence[Path], times: int) -> tuple[Counts, Counts, Counts]:
    """How often one, two and three words were seen, in news and `times` over in the texts of the domain."""
    news = [Counter(dict(rows(folder / f"{name}.tsv.gz", order))) for order, name in enumerate(NAMES, 1)]
    for seen, more in zip(news, count(domain), strict=True):
        for words, n in more.items():
            # The counts of news hold no figures, and have the mark of "hoà" on the second letter: so they are asked.
            if "".join(words).isalpha():
                seen[tuple(fold_tone_placement(word) for word in words)] += times * n
    one, two, three = news
    return one, two, three


def bound(words: Counts, pairs: Counts) -> list[tuple[tuple[str], bytes]]:
    """For each word of some frequency, how much of it stands beside a word that it is bound to."""
    alone: Counter[str] = Counter()
    for (word,), n in words.items():
        alone[fold_tone_placement(word)] += n
    together: Counter[tuple[str, str]] = Counter()
    for (first, second), n in pairs.items():
        together[fold_tone_placement(first), fold_tone_placement(second)] += n
    held: Counter[str] = Counter()
    for (first, second), n in together.items():
        if log(n * TOTAL / (alone[first] * alone[second])) >= BOUND:
            held[first] += n
            held[second] += n
    most_used = sorted(alone.items(), key=lambda row: (-row[1], row[0]))
    return [((w,), alone_level(min(1.0, held[w] / n))) for w, n in most_used if n >= LEAST_SEEN]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--domain", default=str(REPOSITORY / "corpus"))
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    domain = [] if options.domain == "-" else paths(Path(options.domain))
    counts = counted(options.folder, domain if options.half is None else domain[options.half :: 2], options.times)
    tables = {"bound": pack(bound(counts[0], counts[1]), width=1)}
    for order, seen in enumerate(counts, 1):
        most_used = sorted(seen.items(), key=lambda row: (-row[1], row[0]))
        tables[str(order)] = pack(((words, level(n)) for words, n in most_used), width=1)
    for name, table in sorted(tables.items()):
        target = options.out / f"context-{name}.bin"
        target.write_bytes(table)
        print(f"{target.name}: {len(table):,} bytes")


if __name__ == "__main__":
    main()
