"""Decisions recorded for the records of a corpus, by their ids, replayed: the same bytes on any number of workers."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from decided import decisions, write_log

from ntm_repair.types import Decision, Finding

ENGLISH = "to finish the plan of the year"
FIRST = f"Sáng 12/5, xã Khe Sơn khởi công tuyến đường liên thôn dài hai cây số, {ENGLISH}."
SECOND = f"Hôm qua, thôn Bến Đá họp bàn việc làm đường {ENGLISH} và ai cũng đồng tình góp công."
CLEAN = "Sáng nay, thôn họp bàn việc làm đường, ai cũng đồng tình góp công."
ROWS = [{"id": f"r{i:03}", "text": (FIRST, SECOND, CLEAN)[i % 3], "n": [i]} for i in range(60)]
MEANT = "về đích sớm kế hoạch năm"
WANTED = {
    "r000": FIRST.replace(ENGLISH, MEANT),
    "r001": SECOND.replace(f" {ENGLISH}", ""),
    "r003": FIRST,  # kept
}


def log() -> list[Decision]:
    """Two records decided one by one, one kept, and the equal places of the other records left open."""

    def meant(finding: Finding) -> tuple[str, str] | None:
        return ("edit", MEANT) if finding.text == ENGLISH else None

    def deleted(finding: Finding) -> tuple[str, str] | None:
        return ("edit", "") if finding.text.startswith(ENGLISH) else None

    def kept(finding: Finding) -> tuple[str, str] | None:
        return "keep", ""

    lines: list[Decision] = []
    for record, text, answer in (("r000", FIRST, meant), ("r001", SECOND, deleted), ("r003", FIRST, kept)):
        lines += decisions(text, record, answer, first=len(lines) + 1)  # type: ignore[arg-type]
    return lines


def clean(folder: Path, *arguments: str, expect: Sequence[int] = (1,)) -> str:
    command = [sys.executable, "-m", "ntm_repair", "clean", *arguments, "--lang", "en"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in expect, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture(params=["nhieu.jsonl", "nhieu.jsonl.gz", "nhieu.csv", "nhieu.parquet"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    path = folder / request.param
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()
    if path.suffix == ".parquet":
        pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        pq = pytest.importorskip("pyarrow.parquet")
        pq.write_table(pa.Table.from_pylist(ROWS), path, row_group_size=7)
    elif path.suffix == ".csv":
        path.write_text("id,text,n\n" + "".join(f'{r["id"]},"{r["text"]}","{r["n"]}"\n' for r in ROWS), "utf-8")
    else:
        path.write_bytes(gzip.compress(lines, mtime=1) if path.suffix == ".gz" else lines)
    return path


def rows(path: Path, column: str) -> dict[str, str]:
    """The text of each record by its id."""
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        table = pq.read_table(path)
        return dict(zip(table["id"].to_pylist(), table[column].to_pylist(), strict=True))
    if path.suffix == ".csv":
        import csv

        with path.open(encoding="utf-8", newline="") as file:
            return {row["id"]: row[column] for row in csv.DictReader(file)}
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return {row["id"]: row[column] for row in map(json.loads, data.splitlines())}


def log_of(corpus: Path) -> Path:
    return corpus.with_name(f"{corpus.stem}.decisions.jsonl")


@pytest.mark.parametrize(("added", "column"), [("--columns", "text_clean"), ("--no-columns", "text")])
def test_the_log_beside_a_corpus_is_replayed(corpus: Path, added: str, column: str) -> None:
    place = corpus.parent.parent
    write_log(log_of(corpus), log())
    for out, workers in (("mot", "1"), ("hai", "2")):
        clean(place, "kho", "--out-dir", out, "--workers", workers, added)
    one, two = (place / out / corpus.name for out in ("mot", "hai"))
    assert one.read_bytes() == two.read_bytes()
    before = {row["id"]: row["text"] for row in ROWS}
    assert rows(one, column) == before | WANTED
    assert (place / "mot" / "manifest.jsonl").read_bytes() == (place / "hai" / "manifest.jsonl").read_bytes()
    again = place / "lai"
    clean(place, f"kho/{corpus.name}", "-o", f"lai{''.join(corpus.suffixes)}", added)
    assert again.with_suffix("".join(corpus.suffixes)).read_bytes() == one.read_bytes()


def test_an_answer_for_the_whole_file_reaches_every_record(corpus: Path) -> None:
    place = corpus.parent.parent

    def deleted(finding: Finding) -> tuple[str, str] | None:
        return ("delete", "") if finding.text == ENGLISH else None

    wide = decisions(FIRST, "r000", deleted, scope="file")  # type: ignore[arg-type]
    write_log(log_of(corpus), wide)
    clean(place, "kho", "--out-dir", "ra", "--no-columns", expect=(0, 1))
    texts = rows(place / "ra" / corpus.name, "text")
    assert all(ENGLISH not in texts[row["id"]] for row in ROWS if row["text"] == FIRST)


def test_a_decision_on_a_text_that_changed_is_told(corpus: Path) -> None:
    place = corpus.parent.parent
    lines = log()
    other = "Một bài khác hẳn, xã làm đường to finish the plan of the year."

    def deleted(finding: Finding) -> tuple[str, str] | None:
        return "delete", ""

    lines += decisions(other, "r002", deleted, first=len(lines) + 1)  # type: ignore[arg-type]
    write_log(log_of(corpus), lines)
    said = clean(place, "kho", "--out-dir", "ra", "--no-columns", expect=(4,))
    assert "1 decision no longer fits" in said
    assert rows(place / "ra" / corpus.name, "text") == {row["id"]: row["text"] for row in ROWS} | WANTED
    (failure,) = map(json.loads, (place / "ra" / "failures.jsonl").read_text("utf-8").splitlines())
    assert (failure["error"], failure["line"]) == ("other_text", 4 if corpus.suffix == ".csv" else 3)


def test_a_decision_on_a_record_that_is_gone_is_told(corpus: Path) -> None:
    place = corpus.parent.parent
    first = len(log()) + 1
    gone = [replace(log()[0], record="r999", number=first, source_name=corpus.name)]
    gone += [replace(log()[0], record="r998", number=first + 1, source_name="khac.jsonl")]  # of a file beside it
    write_log(log_of(corpus), [*log(), *gone])
    said = clean(place, "kho", "--out-dir", "ra", "--no-columns", expect=(4,))
    assert "1 decision no longer fits" in said
    assert rows(place / "ra" / corpus.name, "text") == {row["id"]: row["text"] for row in ROWS} | WANTED
    clean(place, f"kho/{corpus.name}", "-o", f"lai{''.join(corpus.suffixes)}", expect=(4,))
