"""What the program wrote is not read as an article when it lies among them: every kind, really made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ntm_repair.layers import HEADERS
from ntm_repair.ours import is_ours

ARTICLE = "Sáng nay xã làm đường mới.\n\nCó 12 xã to finish the plan of the year đã về đích.\n"
REPORTS = ["text b.txt", "github c.txt", "html d.html", "html e.htm", "jsonl f.jsonl"]


def ntm(*arguments: str, cwd: Path, expect: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ntm_repair", *arguments, "--lang", "en"]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == expect, done.stderr
    return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article among everything that commands write beside it."""
    place = tmp_path_factory.mktemp("kho")
    (place / "a.txt").write_text(ARTICLE, "utf-8")
    made = ["a.txt"]
    for report in REPORTS:
        form, name = report.split()
        ntm("scan", "a.txt", "--format", form, "-o", name, cwd=place, expect=1)
        made.append(name)
    ntm("review", "a.txt", "--html", "g.html", cwd=place, expect=0)
    log = place / "h.jsonl"
    log.write_bytes((Path(__file__).parents[1] / "samples" / "hoi-nghi-so-ket.decisions.jsonl").read_bytes())
    ntm("decisions", "csv", "h.jsonl", "-o", "i.csv", cwd=place, expect=0)
    ntm("lexicon", "add", "chợ phiên Bến Đá", "--to", "k.tsv", cwd=place, expect=0)
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return place
    ntm("scan", "a.txt", "--format", "parquet", "-o", "l.parquet", cwd=place, expect=1)
    return place


def test_each_is_known_by_what_it_holds(folder: Path) -> None:
    known = {p.name for p in folder.iterdir() if is_ours(p)}
    assert known == {p.name for p in folder.iterdir()} - {"a.txt"}
    assert len(known) >= 9


def test_a_search_passes_them_over_and_says_so_once(folder: Path) -> None:
    done = ntm("scan", ".", cwd=folder, expect=1)
    count = len(list(folder.iterdir())) - 1
    assert done.stderr.count("written by ntm-repair itself") == 1
    assert f"{count} files were written by ntm-repair itself, passed over: b.txt, c.txt, d.html …" in done.stderr
    assert done.stdout.count("a.txt") == 1
    assert "b.txt" not in done.stdout


def test_a_run_does_not_take_them_along(folder: Path, tmp_path: Path) -> None:
    done = ntm("clean", str(folder), "--out-dir", str(tmp_path / "ra"), cwd=tmp_path, expect=1)
    assert "1 file, 1 article, written" in done.stderr
    assert done.stderr.count("passed over") == 1
    assert {p.name for p in (tmp_path / "ra").iterdir() if not p.name.startswith(".")} == {
        "a.txt",
        "manifest.jsonl",
        "failures.jsonl",
        "summary.json",
    }


def test_one_that_is_named_alone_is_refused(folder: Path) -> None:
    for name in ("d.html", "f.jsonl"):
        assert name in ntm("scan", name, cwd=folder, expect=2).stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", ARTICLE),
        ("a.txt", "Quy tắc NTM101 english-fragment chỉ ra chữ Anh còn sót ở dòng 12:3.\n"),
        ("a.html", "<p>Trang này nói về ntm-repair.</p>"),
        ("a.jsonl", '{"id": "1", "text": "Sáng nay xã làm đường mới."}\n'),
        ("a.jsonl", '{"path": "a", "id": "1", "text": "Sáng nay xã làm đường mới."}\n'),
        ("a.tsv", "id\ttext\n1\tSáng nay xã làm đường mới.\n"),
        ("a.csv", "number,text\n1,Sáng nay xã làm đường mới.\n"),
        ("a.parquet", "PAR1"),
        ("a.md", "\t".join(HEADERS["terms"])),
    ],
)
def test_what_others_wrote_is_an_article(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert not is_ours(tmp_path / name)


def test_neither_a_folder_nor_nothing_is_ours(tmp_path: Path) -> None:
    (tmp_path / "b.txt").mkdir()
    assert not is_ours(tmp_path / "b.txt")
    assert not is_ours(tmp_path / "c.txt")
