"""Wrong forms of the lists: what is found, what is left alone, and rows that a user adds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ntm_repair import wrongforms
from ntm_repair.errors import UsageError
from ntm_repair.lexicon import Lexicon
from ntm_repair.matching.known import in_place_of, keys_of
from ntm_repair.matching.units import Units
from ntm_repair.pipeline import load_resources, scan
from ntm_repair.types import Document, Finding, Source

HEADER = "\t".join(wrongforms.HEADER)


def found(text: str, *lexicons: Path) -> list[Finding]:
    document = Document(text, Source(path="", sha256="0" * 64, encoding="utf-8"))
    return [f for f in scan(document, load_resources(lexicons)).findings if f.rule == "NTM305"]


def test_the_list_is_in_order_and_says_nothing_against_the_lexicon() -> None:
    rows = wrongforms.load()
    forms = {keys_of(form) for t in Lexicon.load().terms for form in (t.term, *t.aliases)}
    wrong = {keys_of(row.garbled) for row in rows}
    assert len(wrong) == len(rows) >= 200
    assert not wrong & forms
    assert not [row for row in rows for form in row.right if keys_of(form) in wrong]


def test_every_listed_form_is_found_and_its_repair_holds_no_other() -> None:
    known = load_resources().matcher.known
    for row in wrongforms.load():
        units = Units.of(f"Theo báo cáo, {row.garbled}.")
        [(first, last, found_row)] = known.places(units)
        assert (units.text[slice(*units.span(first, last))], found_row) == (row.garbled, row)
        for form in row.right:
            assert in_place_of(units, first, last, form, row.garbled) == form
            assert not list(known.places(Units.of(f"Theo báo cáo, {form}.")))


@pytest.mark.parametrize(
    ("text", "repairs"),
    [
        ("Ủy ban Thường vụ Tỉnh ủy họp thường kỳ.", ["Ban Thường vụ Tỉnh ủy"]),
        ("Sáng nay, ủy ban thường vụ tỉnh ủy họp thường kỳ.", ["ban thường vụ tỉnh ủy"]),
        ("UỶ BAN THƯỜNG VỤ TỈNH ỦY HỌP", ["BAN THƯỜNG VỤ TỈNH ỦY"]),
        ("Ủy ban Thường vụ Quốc hội họp phiên thứ ba.", []),
        ("Nghị quyết của Tỉnh ủy, Ban Thường vụ Tỉnh ủy được quán triệt.", []),
        ("Cả xã hội khuyến khích học tập suốt đời.", []),
        ("Phong trào mô phỏng lan rộng.", ["Phong trào thi đua"]),
        ("Phong trào. Mô phỏng yêu nước.", ["Thi đua yêu nước"]),
        ("Toàn ủy ban đảng huyện có 56 chi bộ.", ["huyện ủy", "đảng bộ huyện"]),
    ],
)
def test_repairs_are_written_as_the_article_writes(text: str, repairs: list[str]) -> None:
    assert [s.replacement for f in found(text) for s in f.suggestions] == repairs


def test_a_form_inside_a_term_that_stands_is_part_of_it(tmp_path: Path) -> None:
    own = tmp_path / "loi.tsv"
    own.write_text(f"{HEADER}\nphát triển nông\tkhuyến nông\t\n", encoding="utf-8")
    assert found("Cán bộ phát triển nông ở xã rất nhiệt tình.", own)
    assert not found("Sở Nông nghiệp và Phát triển nông thôn tỉnh hướng dẫn.", own)


@pytest.mark.parametrize(
    "row",
    ["một\thai\t", "hai chữ\t\t", "hai chữ\thai chữ\t", "hai  chữ\tba chữ\t", "hai chữ\tba chữ", "a b\tc\t\nA b\td\t"],
)
def test_a_broken_row_is_named(tmp_path: Path, row: str) -> None:
    own = tmp_path / "loi.tsv"
    own.write_text(f"# của tôi\n{HEADER}\n{row}\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        wrongforms.load([(own, "project")])
    assert caught.value.message.values["line"] == 2 + row.count("\n") + 1


def test_a_user_adds_what_the_archive_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_REPAIR_HOME", str(tmp_path))
    (tmp_path / "bai.txt").write_text("Hội thi diễn ra ở đình của làng lớn Phú Lễ.\n", encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ntm_repair", *arguments, "--lang", "en"]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)

    assert run("scan", "bai.txt", "--format", "json").returncode == 0
    added = run("lexicon", "add", "đình làng Phú Lễ", "--garbled", "đình của làng lớn Phú Lễ")
    assert added.returncode == 0, added.stderr
    assert "loi-dich-cua-toi.tsv" in added.stdout
    told = run("scan", "bai.txt")
    assert (told.returncode, told.stdout.count("NTM305")) == (1, 1), told.stdout
    assert "đình làng Phú Lễ" in told.stdout
    assert run("lexicon", "check", "lexicon/loi-dich-cua-toi.tsv").returncode == 0
    refused = run("lexicon", "add", "xây dựng nông thôn", "--garbled", "nông thôn mới")
    assert refused.returncode == 2
    assert "nông thôn mới" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
