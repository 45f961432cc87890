"""`clean` on single files of every format, and the promise that nothing undecided changes a byte."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import ntm_repair

CAPTION = "Bà con thôn Khe Sơn góp công làm đường"
ARTICLE = f"Sáng nay xã làm đường mới.\n\n{CAPTION}\n\n{CAPTION}\n\nCó 12 xã to finish the plan of the year.\n"
CLEANED = ARTICLE.replace(f"{CAPTION}\n\n", "", 1)
LINES = "".join(json.dumps({"id": i, "text": t}, ensure_ascii=i % 2 == 0) + "\n" for i, t in enumerate([ARTICLE] * 3))


def clean(*arguments: str, cwd: Path, expect: int = 1) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ntm_repair", "clean", *arguments, "--lang", "en"]
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False)
    assert done.returncode == expect, done.stderr.decode()
    return done


def hashes(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir()) if p.is_file()}


def test_without_decisions_and_with_nothing_accepted_every_byte_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    page = "".join(f"<p>{p}</p>" for p in ARTICLE.split("\n\n"))
    files = {
        "a.txt": ARTICLE.encode(),
        "bom.txt": b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode(),
        "wide.txt": ARTICLE.encode("utf-16"),
        "old.md": ARTICLE.replace("\n", "\r").encode(),
        "page.html": page.encode(),
        "wide.html": page.encode("utf-16"),
        "rows.jsonl": LINES.encode(),
        "wide.jsonl": LINES.encode("utf-16"),
        "rows.jsonl.gz": gzip.compress(LINES.encode(), mtime=7),
        "rows.csv": f'text;n\r\n"{ARTICLE}";1\r\n'.encode(),
        "wide.tsv": f'text\tn\r\n"{ARTICLE}"\t1\r\n'.encode("utf-16"),
        "table.parquet": b"",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table({"text": [ARTICLE, None], "n": [1, 2]}), folder / "table.parquet")
        expect = 3  # the row without a text is listed
    except ImportError:
        (folder / "table.parquet").unlink()
        expect = 1
    clean("kho", "--out-dir", "ra", "--accept", "none", "--no-columns", cwd=tmp_path, expect=expect)
    out = hashes(tmp_path / "ra")
    assert {name: out[name] for name in hashes(folder)} == hashes(folder)


def test_records_go_to_a_file_in_place_or_to_standard_output(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(LINES, "utf-8")
    done = clean("a.jsonl", cwd=tmp_path)
    want = [json.loads(line) | {"text": CLEANED} for line in LINES.splitlines()]
    assert [json.loads(line) for line in done.stdout.splitlines()] == want
    clean("a.jsonl", "-o", "b.jsonl", cwd=tmp_path)
    assert (tmp_path / "b.jsonl").read_bytes() == done.stdout
    clean("a.jsonl", "-o", "b.csv", cwd=tmp_path, expect=2)
    clean("a.jsonl", "--in-place", cwd=tmp_path)
    assert path.read_bytes() == done.stdout
    assert (tmp_path / "a.jsonl.bak").read_text("utf-8") == LINES
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "a.jsonl.bak", "b.jsonl"]


def test_a_diff_of_records_names_them_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(LINES, "utf-8")
    said = clean("a.jsonl", "--diff", cwd=tmp_path).stdout.decode()
    assert said.count(f"[-{CAPTION}-]") == 3
    assert "== 2" in said
    assert (tmp_path / "a.jsonl").read_text("utf-8") == LINES


def test_pages_are_repaired_in_place(tmp_path: Path) -> None:
    page = "<h1>Làm đường</h1>\r\n" + "\r\n".join(f"<p class=a>{p}&nbsp;</p>" for p in ARTICLE.strip().split("\n\n"))
    path = tmp_path / "a.html"
    path.write_bytes(page.encode())
    clean("a.html", "--in-place", cwd=tmp_path)
    element = f"\r\n<p class=a>{CAPTION}&nbsp;</p>"
    second = page.rindex(element)
    assert page.index(element) < second
    assert path.read_bytes().decode() == page[:second] + page[second + len(element) :]
    assert (tmp_path / "a.html.bak").read_bytes().decode() == page


def test_sure_suggestions_are_taken_only_when_asked(tmp_path: Path) -> None:
    rows = [
        {"text": f"Sáng nay xã họp.\n\n{CAPTION}\n\nDân bàn.\n\n{CAPTION}\n\nMọi người đồng tình với cách làm đó.\n"}
    ]
    text = rows[0]["text"]
    assert ntm_repair.repair(text).text == text
    asked = ntm_repair.repair_text(text, "review", 0.5)
    found = ntm_repair.scan(text).findings
    assert [f.applicability for f in found if f.text == CAPTION] == ["review"]
    assert asked["text_clean"].count(CAPTION) == 1
    assert ntm_repair.repair_text(text, "review", 0.999)["text_clean"] == text


def test_threads_may_share_a_repairer() -> None:
    repairer = ntm_repair.Repairer(ntm_repair.Config())
    texts = [ARTICLE.replace("12", str(n)) for n in range(24)]
    alone = [repairer.repair(t) for t in texts]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(repairer.repair, texts))
    assert [(r.text, r.score, r.undecided) for r in together] == [(r.text, r.score, r.undecided) for r in alone]


def test_a_log_without_lines_decides_nothing_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trong.jsonl").touch()
    made = ntm_repair.repair(ARTICLE, decisions=tmp_path / "trong.jsonl")
    assert made.text == CLEANED
    (tmp_path / "hong.jsonl").write_text("khong phai\n")
    with pytest.raises(ntm_repair.UsageError):
        ntm_repair.repair(ARTICLE, decisions=tmp_path / "hong.jsonl")
