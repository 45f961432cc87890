"""What is found in texts that are right: `python benchmarks/alarms.py FOLDER... [--list]`.

A folder holds texts that people wrote and nobody damaged, one a file (.txt). Told are the findings in 1,000 words by
rule, for each folder and, where its files are named NAME-NUMBER.txt, for each name. With `--list` every finding is
listed, with some code points around it, to be read: not all that is found in such texts is a false alarm.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ntm_repair.article import Article
from ntm_repair.decoding import decode
from ntm_repair.detect import detect
from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES
from ntm_repair.types import Finding

AROUND = 40
"""Code points shown on either side of a finding."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--list", action="store_true", help="list the findings")
    options = parser.parse_args()
    resources = load_resources()
    for folder in options.folders:
        sets: dict[str, list[Path]] = {}
        for path in sorted(folder.glob("*.txt")):
            sets.setdefault(set_of(path), []).append(path)
        for name, files in sets.items():
            found, words = Counter[str](), 0
            for path in files:
                article = Article(decode(path.read_bytes(), path.name))
                words += article.words
                for finding in detect(article, resources, RULES):
                    found[finding.rule] += 1
                    if options.list:
                        print(*told(path, article, finding), sep="\t")
            rates = (f"{rule} {1000 * n / words:.2f}" for rule, n in sorted(found.items()))
            print(f"{name} ({words} words), findings in 1,000: {'  '.join(rates) or 'none'}", flush=True)


def set_of(path: Path) -> str:
    """The name that files of one kind share."""
    name, _, number = path.stem.rpartition("-")
    return name if name and number.isdigit() else path.parent.name


def told(path: Path, article: Article, finding: Finding) -> Iterator[str]:
    """A finding in a line: file, rule, confidence, the words with what is around them, the first suggestion."""
    text, anchor = article.document.text, finding.anchor
    before, after = text[max(0, anchor.start - AROUND) : anchor.start], text[anchor.end : anchor.end + AROUND]
    yield path.name
    yield finding.rule
    yield f"{finding.confidence:.2f}"
    yield f"{before}[{anchor.text}]{after}".replace("\n", " ")
    yield finding.suggestions[0].replacement if finding.suggestions else ""


if __name__ == "__main__":
    main()
