"""A run taken up again: everything that changes a result is noticed, nothing else is made again."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from decided import decisions, write_log

from ntm_repair.files import STATE
from ntm_repair.types import Finding

ENGLISH = "to finish the plan of the year"
ARTICLE = f"Làm đường ở Khe Sơn\n\nSáng 12/5, xã Khe Sơn khởi công tuyến đường liên thôn dài hai cây số, {ENGLISH}.\n"
OTHER = f"Họp dân\n\nHôm qua, thôn họp bàn việc làm đường, {ENGLISH}, ai cũng đồng tình.\n"
CLEAN = "Họp dân\n\nHôm qua, thôn họp bàn việc làm đường, ai cũng đồng tình góp công.\n"


def run(folder: Path, out: str = "ra", expect: int | None = None, *more: str) -> str:
    command = [sys.executable, "-m", "ntm_repair", "clean", "kho", "--out-dir", out, "--lang", "en", *more]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode in ((0, 1) if expect is None else (expect,)), done.stderr
    return done.stderr


def tree(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and STATE not in p.parts
    }


def made(folder: Path) -> set[str]:
    """The results by name and the file that holds each: one that is made again is another file."""
    out = folder / "ra"
    return {f"{p.relative_to(out)} {p.stat().st_ino} {p.stat().st_mtime_ns}" for p in out.rglob("*.txt")}


def remade(before: set[str], after: set[str]) -> list[str]:
    return sorted(entry.split()[0] for entry in after - before)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "kho" / "con").mkdir(parents=True)
    (tmp_path / "kho" / "bai.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "kho" / "sach.txt").write_text(CLEAN, "utf-8")
    (tmp_path / "kho" / "con" / "khac.txt").write_text(OTHER, "utf-8")
    run(tmp_path)
    return tmp_path


def again(place: Path) -> list[str]:
    """What another run makes again; the results must be those of a run without a past."""
    before = made(place)
    run(place)
    after = made(place)
    fresh = f"moi{len(list(place.iterdir()))}"
    run(place, fresh)
    assert tree(place / "ra") == tree(place / fresh)
    return remade(before, after)


def deletes(finding: Finding) -> tuple[str, str] | None:
    return ("delete", "") if finding.text == ENGLISH else None


def test_nothing_changed_nothing_made(place: Path) -> None:
    assert again(place) == []


def test_a_log_beside_an_article(place: Path) -> None:
    write_log(place / "kho" / "bai.decisions.jsonl", decisions(ARTICLE, "", deletes))  # type: ignore[arg-type]
    assert again(place) == ["bai.txt"]
    assert ENGLISH not in (place / "ra" / "bai.txt").read_text("utf-8")
    assert again(place) == []
    (place / "kho" / "bai.decisions.jsonl").unlink()
    assert again(place) == ["bai.txt"]
    assert ENGLISH in (place / "ra" / "bai.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("folder", "reached"), [("kho", ["bai.txt", "con/khac.txt", "sach.txt"]), ("kho/con", ["con/khac.txt"])]
)
def test_a_log_for_every_article_below_a_folder(place: Path, folder: str, reached: list[str]) -> None:
    log = place / folder / "ntm-repair.decisions.jsonl"
    write_log(log, decisions(OTHER, "", deletes, scope="everywhere"))  # type: ignore[arg-type]
    assert again(place) == reached
    assert ENGLISH not in (place / "ra" / "con" / "khac.txt").read_text("utf-8")
    log.touch()  # the same answers
    assert again(place) == []
    log.unlink()
    assert again(place) == reached


def test_allowed_terms(place: Path) -> None:
    settings = place / "kho" / "ntm-repair.toml"
    settings.write_text(f'[[allow]]\nterm = "{ENGLISH}"\n', "utf-8")
    assert again(place) == ["bai.txt", "con/khac.txt", "sach.txt"]
    assert '"undecided": 0' in (place / "ra" / "summary.json").read_text("utf-8")
    settings.write_text(f'# vì sao\n[[allow]]\nterm = "{ENGLISH}"\nreason = "tên dự án"\n', "utf-8")
    assert again(place) == []
    settings.write_text(f'[[allow]]\nterm = "{ENGLISH}"\npath = "con/*"\n', "utf-8")
    assert again(place) == ["bai.txt", "con/khac.txt", "sach.txt"]
    settings.unlink()
    assert again(place) == ["bai.txt", "con/khac.txt", "sach.txt"]
    assert '"undecided": 2' in (place / "ra" / "summary.json").read_text("utf-8")


def test_an_input_that_is_gone(place: Path) -> None:
    result = (place / "ra" / "bai.txt").read_bytes()
    (place / "kho" / "bai.txt").unlink()
    assert "1 result has no input any more and was left alone: bai.txt" in run(place)
    assert (place / "ra" / "bai.txt").read_bytes() == result
    assert "bai.txt" not in (place / "ra" / "manifest.jsonl").read_text("utf-8")
    (place / "ra" / "bai.txt").unlink()
    assert "no input any more" not in run(place)


def test_a_lexicon_of_ones_own_is_another_setting(place: Path) -> None:
    lexicon = place / "tu-dien.tsv"
    lexicon.write_text("term\tkind\taliases\tenglish\tnote\nđường liên thôn Khe Sơn\tconcept\t\t\t\n", "utf-8")
    assert "(lexicon)" in run(place, "ra", 2, "--lexicon", "tu-dien.tsv")
    run(place, "ra", 1, "--lexicon", "tu-dien.tsv", "--overwrite")
    lexicon.write_text("term\tkind\taliases\tenglish\tnote\nđường liên xã Khe Sơn\tconcept\t\t\t\n", "utf-8")
    assert "(lexicon)" in run(place, "ra", 2, "--lexicon", "tu-dien.tsv")
