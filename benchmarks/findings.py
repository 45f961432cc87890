"""Every finding on every text at hand, one JSON line each: `python benchmarks/findings.py [FOLDER] > before.jsonl`.

Run it before and after a change that is to make things faster, and compare the two files: they must be the same. The
texts are those of FOLDER, the project's own samples and cases, and damaged and mixed versions of the clean ones.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import texts
from ntm_repair.pipeline import load_resources, scan
from ntm_repair.types import Document, Source


def all_texts(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Name and text of each."""
    own = [*texts.REPOSITORY.glob("samples/*.txt"), *texts.REPOSITORY.glob("tests/cases/**/*.txt")]
    for path in sorted(own):
        yield path.name, path.read_text("utf-8")
    clean = texts.clean_articles(folder)
    runs = texts.english_runs(folder)
    for name, made in (("clean", clean), ("damaged", texts.damaged(clean, runs))):
        for i, text in enumerate(made):
            yield f"{name} {i}", text
    if folder is not None:
        for path in sorted(folder.glob("*/*.jsonl")):
            for i, line in enumerate(path.read_text("utf-8").splitlines()):
                yield f"{path.parent.name}/{path.name} {i}", json.loads(line)["text"]
        for path in sorted(folder.glob("*/*.txt")):
            yield path.name, path.read_text("utf-8")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    resources = load_resources()
    for name, text in all_texts(folder):
        for finding in scan(Document(text, Source("", "0" * 64, "utf-8")), resources).findings:
            print(json.dumps([name, asdict(finding)], ensure_ascii=False, default=str))


if __name__ == "__main__":
    main()
