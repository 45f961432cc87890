"""`scan` for those who filter or automate: formats, statistics, baseline, exclusion, lists, standard input."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from ntm_repair.report.baseline import known_findings
from ntm_repair.rules import RULES

CAPTION = "Bà con thôn Khe Sơn góp công làm đường"
ARTICLE = f"""Sáng nay xã khởi công đường mới.

Toàn huyện có 12 xã to finish the plan of the year trước thời hạn.

{CAPTION}

{CAPTION}

Đường dài hai cây số.
"""
PAGE = f"<p>Tỉnh &amp; huyện.</p>\n<p>Có 12 xã <b>to finish the plan</b> of the year trước hạn.</p><p>{CAPTION}</p>"
DOCS = Path(__file__).parents[1] / "docs"


def scan(*arguments: str, cwd: Path, expect: int = 1, stdin: bytes = b"") -> tuple[str, str]:
    command = [sys.executable, "-m", "ntm_repair", "scan", *arguments, "--lang", "en"]
    done = subprocess.run(command, cwd=cwd, capture_output=True, input=stdin, check=False)
    assert done.returncode == expect, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "kho" / "nháp, cũ").mkdir(parents=True)
    (tmp_path / "kho" / "bai.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "kho" / "trang.html").write_text(PAGE, "utf-8")
    (tmp_path / "kho" / "nháp, cũ" / "bai 2.md").write_text(ARTICLE, "utf-8")
    rows = [{"id": "tốt", "text": "Đường dài hai cây số."}, {"id": "hỏng", "text": ARTICLE}]
    (tmp_path / "kho" / "nhieu.jsonl").write_text("\n".join(json.dumps(r) for r in rows) + "\n", "utf-8")
    return tmp_path


def test_rows_carry_score_and_findings(corpus: Path) -> None:
    out, _ = scan("kho", "--format", "jsonl", cwd=corpus)
    rows = {(r["path"], r["id"]): r for r in map(json.loads, out.splitlines())}
    assert len(rows) == 5
    good, bad = rows["kho/nhieu.jsonl", "tốt"], rows["kho/nhieu.jsonl", "hỏng"]
    assert (good["score"], good["findings"], good["line"]) == (0.0, [], 1)
    assert bad["line"] == 2
    assert bad["findings"] == rows["kho/bai.txt", ""]["findings"]
    weighted = sum(len(re.findall(r"\w+", f["text"])) * f["confidence"] for f in bad["findings"])
    assert bad["score"] == pytest.approx(weighted / bad["words"], abs=1e-3)


def test_parquet_holds_the_same_rows(corpus: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    scan("kho", "--format", "parquet", cwd=corpus, expect=2)
    scan("kho", "--format", "parquet", "-o", "bao-cao.parquet", "--workers", "2", cwd=corpus)
    out, _ = scan("kho", "--format", "jsonl", cwd=corpus)
    want = [json.loads(line) for line in out.splitlines()]
    got = pq.read_table(corpus / "bao-cao.parquet").to_pylist()
    for name in ("path", "id", "line", "sha256", "words", "score"):
        assert [row[name] for row in got] == [row[name] for row in want]
    for row, wanted in zip(got, want, strict=True):
        assert [f["fingerprint"] for f in row["findings"]] == [f["fingerprint"] for f in wanted["findings"]]


def test_json_keeps_to_its_schema(corpus: Path) -> None:
    out, _ = scan("kho", "--format", "json", cwd=corpus)
    jsonschema.validate(json.loads(out), json.loads((DOCS / "findings.schema.json").read_text("utf-8")))


TEXT = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {"text": {"type": "string"}},
}
LINE = {"type": "integer", "minimum": 1}
REGION = {
    "type": "object",
    "required": ["startLine"],
    "additionalProperties": False,
    "properties": {"startLine": LINE, "startColumn": LINE, "endLine": LINE, "endColumn": LINE, "snippet": TEXT},
}
# What SARIF 2.1.0 asks of the properties used here; whole reports were checked against the published schema by hand.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {"type": "object", "required": ["driver"]},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": TEXT,
                                "rank": {"type": "number", "minimum": 0, "maximum": 100},
                                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                                "locations": {
                                    "items": {
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation"],
                                                "properties": {"region": REGION},
                                            },
                                            "logicalLocations": {"type": "array"},
                                        },
                                        "additionalProperties": False,
                                    }
                                },
                                "fixes": {
                                    "items": {
                                        "required": ["artifactChanges"],
                                        "additionalProperties": False,
                                        "properties": {
                                            "description": TEXT,
                                            "artifactChanges": {
                                                "minItems": 1,
                                                "items": {
                                                    "required": ["artifactLocation", "replacements"],
                                                    "properties": {
                                                        "replacements": {
                                                            "minItems": 1,
                                                            "items": {"required": ["deletedRegion"]},
                                                        }
                                                    },
                                                },
                                            },
                                        },
                                    }
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_sarif_keeps_to_the_standard_and_names_the_places(corpus: Path) -> None:
    out, _ = scan("kho", "--format", "sarif", cwd=corpus)
    report = json.loads(out)
    jsonschema.validate(report, SARIF)
    (run,) = report["runs"]
    assert [r["id"] for r in run["tool"]["driver"]["rules"]] == [r.code for r in RULES]
    places: dict[str, list[Any]] = {}
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        places.setdefault(unquote(place["artifactLocation"]["uri"]), []).append(place["region"])
    assert set(places) == {"kho/bai.txt", "kho/trang.html", "kho/nháp, cũ/bai 2.md", "kho/nhieu.jsonl"}
    lines = ARTICLE.splitlines()
    for region in places["kho/bai.txt"]:
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
    (region,) = places["kho/trang.html"]
    line = PAGE.splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "to finish the plan</b> of the year"
    assert {r["startLine"] for r in places["kho/nhieu.jsonl"]} == {2}


def test_github_annotations_are_escaped(corpus: Path) -> None:
    out, _ = scan("kho/nháp, cũ", "kho/nhieu.jsonl", "--format", "github", cwd=corpus)
    first, *_, last = out.splitlines()
    assert first.startswith("::warning file=kho/nháp%2C cũ/bai 2.md,line=3,endLine=3,col=21,endColumn=51,title=NTM101 ")
    assert last.startswith("::warning file=kho/nhieu.jsonl,line=2,title=NTM201 ")


@pytest.mark.parametrize("format", ["json", "jsonl", "sarif"])
def test_a_baseline_hides_what_it_names_and_nothing_else(corpus: Path, format: str) -> None:
    scan("kho", "--format", format, "-o", "cu", cwd=corpus)
    assert len(known_findings(str(corpus / "cu"))) >= 7
    scan("kho", "--baseline", "cu", cwd=corpus, expect=0)
    (corpus / "kho" / "bai.txt").write_text(ARTICLE + "\nTrong when một số xã còn khó khăn, huyện hỗ trợ.\n", "utf-8")
    out, _ = scan("kho", "--baseline", "cu", "--format", "jsonl", cwd=corpus)
    assert [f["text"] for line in out.splitlines() for f in json.loads(line)["findings"]] == ["when"]


def test_a_baseline_that_is_none_is_refused(corpus: Path) -> None:
    _, said = scan("kho", "--baseline", "kho/bai.txt", cwd=corpus, expect=2)
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(("lang", "mark"), [("vi", ","), ("en", r"\.")])
def test_figures_are_written_as_the_language_does(corpus: Path, lang: str, mark: str) -> None:
    command = [sys.executable, "-m", "ntm_repair", "scan", "kho", "--statistics", "--lang", lang]
    out = subprocess.run(command, cwd=corpus, capture_output=True, text=True, check=False).stdout
    assert re.search(rf": 0{mark}\d{{4}}$", out, re.MULTILINE), out


def test_statistics_count_and_exit_zero_is_zero(corpus: Path) -> None:
    out, _ = scan("kho", "--statistics", "--exit-zero", cwd=corpus, expect=0)
    counts = dict(re.findall(r"^ +(\d+)  (NTM\d+)", out, re.MULTILINE))
    assert counts == {"4": "NTM101", "3": "NTM201"}
    assert "5 articles, 4 with damage" in out


def test_files_are_chosen_by_pattern_list_and_standard_input(corpus: Path) -> None:
    out, _ = scan("kho", "--exclude", "nháp*", "--exclude", "*.jsonl", "--format", "jsonl", cwd=corpus)
    assert [json.loads(line)["path"] for line in out.splitlines()] == ["kho/bai.txt", "kho/trang.html"]
    out, _ = scan("--file-list", "-", "--format", "jsonl", cwd=corpus, stdin=b"kho/bai.txt\n\nkho/trang.html\n")
    assert [json.loads(line)["path"] for line in out.splitlines()] == ["kho/bai.txt", "kho/trang.html"]
    out, _ = scan("-", "--format", "jsonl", cwd=corpus, stdin=ARTICLE.encode())
    assert json.loads(out)["path"] == "-"
    data = (corpus / "kho" / "nhieu.jsonl").read_bytes()
    out, _ = scan("-", "--stdin-name", "x.jsonl", "--format", "jsonl", cwd=corpus, stdin=data)
    assert [(r["path"], r["id"]) for r in map(json.loads, out.splitlines())] == [
        ("x.jsonl", "tốt"),
        ("x.jsonl", "hỏng"),
    ]
    scan(cwd=corpus, expect=2)


def test_what_cannot_be_read_is_told_and_the_rest_is_scanned(corpus: Path) -> None:
    (corpus / "kho" / "hong.docx").write_bytes(b"PK\x03\x04")
    with (corpus / "kho" / "nhieu.jsonl").open("ab") as file:
        file.write(b'{"text": 1}\n\x00\n')
    out, said = scan("kho", "--format", "jsonl", cwd=corpus, expect=3)
    assert len(out.splitlines()) == 5
    assert "kho/nhieu.jsonl:3: field “text” holds no text" in said
    assert "kho/hong.docx: not a sound Word file" in said


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_progress_goes_to_the_terminal_and_never_into_the_report(tmp_path: Path) -> None:
    import pty

    (tmp_path / "bai.txt").write_text("Toàn huyện có 12 xã to finish the plan of the year trước hạn.\n", "utf-8")
    (tmp_path / "nhieu.jsonl").write_text('{"text": "Sáng nay xã làm đường mới."}\n' * 3, "utf-8")
    command = [sys.executable, "-m", "ntm_repair", "scan", ".", "--lang", "en"]
    alone = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert b"%" not in alone.stderr
    with (tmp_path / "bao-cao").open("wb") as report:
        master, terminal = pty.openpty()
        running = subprocess.Popen(command, cwd=tmp_path, stdout=report, stderr=terminal)
        os.close(terminal)
        said = b""
        with contextlib.suppress(OSError):  # how Linux says that the other side has closed
            while part := os.read(master, 4096):
                said += part
        running.wait()
    os.close(master)
    assert (tmp_path / "bao-cao").read_bytes() == alone.stdout
    assert b"100%" in said
    assert b"4 articles, 0 failures" in said


def test_text_is_taken_as_it_is_given_without_loading_what_validates(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    options = ["--exclude", "b*", "--exclude", "c*", "--format", "github", "--lang", "en"]
    command = [sys.executable, "-X", "importtime", "-m", "ntm_repair", "scan", "a.txt", *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True, encoding="utf-8")
    assert done.returncode == 1
    assert "NTM201" in done.stdout
    assert "typer" in done.stderr, "no list of what was imported"
    assert "pydantic" not in done.stderr
