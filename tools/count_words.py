"""Count words, pairs and triples of a folder of text, for `tools/build_context.py`.

    python tools/count_words.py TEXTS COUNTS [--least 3 6 12]

TEXTS holds UTF-8 files, plain text (.txt, .md) or records (.jsonl with a field "text"), in folders of any depth.
Writes `unigrams.tsv.gz`, `bigrams.tsv.gz` and `trigrams.tsv.gz` into COUNTS: lower-cased NFC words and their count,
most frequent first. No sequence crosses punctuation or a line break. Words seen less often than the first figure of
`--least`, pairs less than the second and triples less than the third are left out. Everything is counted in memory:
some 10 million different triples need 2 GB.
"""

from __future__ import annotations

import argparse
import gzip
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex

NAMES = ("unigrams", "bigrams", "trigrams")
_RUN = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[ \t\u00a0]+[\p{L}\p{M}\p{N}]+)*")


def paths(folder: Path) -> list[Path]:
    """Every file of text under a folder, in order; what describes the folder is none."""
    return sorted(p for p in folder.rglob("*") if p.suffix in (".txt", ".md", ".jsonl") and p.stem != "README")


def texts(files: Iterable[Path]) -> Iterator[str]:
    """Every text of some files."""
    for path in files:
        content = path.read_text("utf-8-sig")
        if path.suffix == ".jsonl":
            yield from (str(json.loads(line).get("text", "")) for line in content.splitlines() if line.strip())
        else:
            yield content


def count(files: Iterable[Path]) -> tuple[Counter[tuple[str, ...]], ...]:
    """Sequences of one, two and three words with how often they occur."""
    counters: tuple[Counter[tuple[str, ...]], ...] = (Counter(), Counter(), Counter())
    for text in texts(files):
        for run in _RUN.finditer(unicodedata.normalize("NFC", text).lower()):
            words = run.group().split()
            for size, counter in enumerate(counters, 1):
                counter.update(zip(*(words[i:] for i in range(size)), strict=False))
    return counters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("counts", type=Path)
    parser.add_argument("--least", type=int, nargs=3, default=(3, 6, 12))
    options = parser.parse_args()
    options.counts.mkdir(parents=True, exist_ok=True)
    for name, counter, least in zip(NAMES, count(paths(options.texts)), options.least, strict=True):
        path = options.counts / f"{name}.tsv.gz"
        rows = sorted(((c, s) for s, c in counter.items() if c >= least), key=lambda row: (-row[0], row[1]))
        # No time stamp, so that the same texts give the same bytes.
        with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
            for seen, sequence in rows:
                file.write(("\t".join((*sequence, str(seen))) + "\n").encode("utf-8"))
        print(f"{path.name}: {len(rows):,} rows")


if __name__ == "__main__":
    main()
