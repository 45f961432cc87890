"""List the words of Vietnamese news in which no rule finds anything, for `src/ntm_repair/data/dull-words.txt.gz`.

    python tools/build_dull_words.py [COUNTS_FOLDER]

A run over many articles then need not judge each anew (`rules.ahead`). Words come from `unigrams.tsv.gz` of the folder;
without it from the file as it stands, which only ever gets shorter so. To be run when rules say otherwise what words
may be signs; a test fails when they do. A line is a word in lower case and the forms that are dull: 1 as it stands, 2
with a capital, 4 in capitals, added up. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator
from pathlib import Path

from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES
from ntm_repair.rules.dull import PATH, cased, read
from ntm_repair.rules.signs import Signs

LEAST = 10
"""Sightings a word needs: names and misprints seen less often cost more room than they save time."""


def words(folder: Path | None) -> Iterator[str]:
    """The words to judge, in lower case."""
    if folder is None:
        yield from (word for word, _ in read())
        return
    with gzip.open(folder / "unigrams.tsv.gz", "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            word, count, *_ = line.rstrip("\n").split("\t")
            if int(count) >= LEAST and word.isalnum() and not word.isdecimal():
                yield word


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    options = parser.parse_args()
    signs = Signs(RULES, load_resources())
    lines = []
    for word in sorted(set(words(options.folder))):
        forms = cased(word)
        dull = sum(bit for bit, form in forms.items() if form.isalnum() and not signs.judge(form)[0])
        if dull:
            lines.append(f"{word} {dull}\n")
    packed = gzip.compress("".join(lines).encode("utf-8"), 9, mtime=0)
    PATH.write_bytes(packed)
    print(f"{PATH.name}: {len(lines):,} words, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
