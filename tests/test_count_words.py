"""The counting script and the tables built from what it counts."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

from ntm_repair.context import Context

TOOLS = Path(__file__).parents[1] / "tools"


def run(tool: str, *arguments: str) -> None:
    subprocess.run([sys.executable, str(TOOLS / tool), *arguments], check=True, capture_output=True)


def test_a_folder_of_text_becomes_tables(tmp_path: Path) -> None:
    texts, counts, out = tmp_path / "texts", tmp_path / "counts", tmp_path / "out"
    texts.mkdir()
    out.mkdir()
    (texts / "a.txt").write_text("Bà con trồng cam. Bà con nuôi cá.\n" * 20, "utf-8")
    (texts / "b.jsonl").write_text('{"text": "Bà con trồng cam"}\n' * 20, "utf-8")
    run("count_words.py", str(texts), str(counts))
    with gzip.open(counts / "bigrams.tsv.gz", "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    assert rows[0] == ["bà", "con", "60"]
    assert ["cam", "bà", "20"] not in rows
    run("build_context.py", str(counts), "--domain", "-", "--out", str(out))
    context = Context(out)
    assert round(context.pair("bà", "con")) in range(58, 63)
    assert context.pair("con", "bà") == 0
    assert context.alone("con") > 0
