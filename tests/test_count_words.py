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


def test_texts_of_a_domain_count_on_top_and_half_of_them_may_be_left_out(tmp_path: Path) -> None:
    texts, domain, counts, out = (tmp_path / name for name in ("texts", "domain", "counts", "out"))
    for folder in (texts, domain, out):
        folder.mkdir()
    (texts / "a.txt").write_text("Bà con trồng cam. Bà con nuôi cá.\n" * 20, "utf-8")
    (domain / "README.md").write_text("Đọc trước: bà con nghe.\n", "utf-8")
    (domain / "1.txt").write_text("Bà con hiến đất, hoà giải 3 vụ.\n", "utf-8")
    (domain / "2.txt").write_text("Bà con góp công.\n", "utf-8")
    run("count_words.py", str(texts), str(counts))
    run("build_context.py", str(counts), "--domain", str(domain), "--times", "10", "--out", str(out))
    context = Context(out)
    assert round(context.pair("bà", "con")) in range(58, 63)  # 40 of news, 10 for each text
    assert round(context.pair("hiến", "đất")) == round(context.pair("góp", "công")) == 10
    assert context.pair("hoà", "giải") > 0 < context.pair("hòa", "giải")
    assert context.pair("con", "nghe") == context.pair("đất", "hoà") == context.pair("giải", "3") == 0
    run("build_context.py", str(counts), "--domain", str(domain), "--times", "10", "--half", "0", "--out", str(out))
    half = Context(out)
    assert half.pair("hiến", "đất") > 0
    assert half.pair("góp", "công") == 0
