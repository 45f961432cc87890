"""Compile how English words follow each other into `src/ntm_repair/data/english-2.bin`.

    python tools/build_english_pairs.py

Needs the `tables` extra (symspellpy). Source: the frequency dictionaries of English words and word pairs that
symspellpy ships, 83 thousand words and 242 thousand pairs. Kept are pairs of which a word is a Vietnamese syllable too
("to do", "the first", "in a"): there the languages can be mistaken for each other. Each such word has an entry more on
either side: how it stands beside words that it is not listed with, by the share of its sightings that the listed pairs
leave (Katz 1987). The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from math import log
from pathlib import Path

import symspellpy

from ntm_repair.language.evidence import DATA, pair_level
from ntm_repair.packed import pack
from ntm_repair.vietnamese import is_syllable

FOLDER = Path(symspellpy.__file__).parent
TOTAL = 1_024_908_267_229
"""Words of the corpus behind the counts, as published with them."""
SCALE = 64
"""What the counts of pairs are multiplied by in that dictionary; those of words are not."""

LEAST_LEFT = 0.01
"""The least share of a word's sightings that the listed pairs are taken to leave."""


def rows(name: str) -> Iterator[list[str]]:
    """The lines of a dictionary in columns."""
    return (line.split() for line in (FOLDER / name).read_text("utf-8-sig").splitlines())


def unlisted(words: Mapping[str, int], pairs: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """Each ambiguous word's association with the words it is not listed with, after ("", w) and before (w, "") them."""
    sightings: Counter[tuple[str, str]] = Counter()
    others: Counter[tuple[str, str]] = Counter()
    for (first, second), count in pairs.items():
        for side, other in ((("", second), first), ((first, ""), second)):
            sightings[side] += count
            others[side] += words[other]
    found = {}
    for side, count in sightings.items():
        word = side[0] or side[1]
        if is_syllable(word):
            left, beside = 1 - count / words[word], 1 - others[side] / TOTAL
            found[side] = log(max(LEAST_LEFT, left) / beside)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=DATA / "english-2.bin")
    options = parser.parse_args()
    words = {word: int(count) for word, count in rows("frequency_dictionary_en_82_765.txt")}
    pairs: dict[tuple[str, str], float] = {}
    for first, second, count in rows("frequency_bigramdictionary_en_243_342.txt"):
        if first in words and second in words:
            pairs[first, second] = int(count) / SCALE
    entries = {
        (first, second): log(count * TOTAL / (words[first] * words[second]))
        for (first, second), count in pairs.items()
        if is_syllable(first) or is_syllable(second)
    }
    entries |= unlisted(words, pairs)
    ranked = sorted(entries.items(), key=lambda entry: (-pairs.get(entry[0], 0), entry[0]))
    values = ((pair, bytes([pair_level(association)])) for pair, association in ranked)
    table = pack(values, width=1)
    options.out.write_bytes(table)
    print(f"{options.out.name}: {len(entries):,} pairs, {len(table):,} bytes")


if __name__ == "__main__":
    main()
