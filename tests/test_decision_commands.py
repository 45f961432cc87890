"""Logs of two editors, logs as tables, and what `clean` makes of wide answers."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from made_up import author, scanned, session
from ntm_repair import pipeline
from ntm_repair.commands import decisions as command
from ntm_repair.decisions import SHARED, not_undone, read_log
from ntm_repair.files import read_document
from ntm_repair.merge import merge
from ntm_repair.ownlog import log_path
from ntm_repair.replay import place
from ntm_repair.standing import standing
from ntm_repair.types import Decision
from review_articles import BRIDGE, ROAD, road

TEXT = "Xã [[new]] và thôn [[old]], đường [[new]] rất dài.\n\nTrạm [[twice]] đã xong.\n"


def log_of(folder: Path, name: str, *answers: tuple[int, int], copied: Path | None = None) -> Path:
    """An editor's log: (finding, option) answers, after those of a log that was copied."""
    article = folder / name / "bai.txt"
    made = scanned(article, TEXT)
    if copied is not None:
        log_path(article).write_bytes(copied.read_bytes())
    writer = author(name)
    review = session([made], folder / name, replace(writer, now=lambda: f"2024-02-0{len(name)}T00:00:00.000Z"))
    for finding, option in answers:
        review.go_to(finding)
        review.choose(option)
    review.books.close()
    return log_path(article)


def merged(first: Path, second: Path) -> tuple[list[Decision], int]:
    result = merge(read_log(first), read_log(second), "ban", "2024-03-01T00:00:00.000Z")
    assert [d.number for d in result.lines] == list(range(1, len(result.lines) + 1))
    return not_undone(result.lines), len(result.conflicts)


def test_answers_to_other_places_come_together(tmp_path: Path) -> None:
    lines, conflicts = merged(log_of(tmp_path, "an", (0, 1)), log_of(tmp_path, "binh", (1, 2)))
    assert [(d.by, d.replacement) for d in lines] == [("an", "mới"), ("binh", "xưa")]
    assert conflicts == 0


def test_the_same_answer_twice_is_no_conflict(tmp_path: Path) -> None:
    assert merged(log_of(tmp_path, "an", (0, 1)), log_of(tmp_path, "binh", (0, 1)))[1] == 0


def test_different_answers_are_reported_and_left_open(tmp_path: Path) -> None:
    first, second = log_of(tmp_path, "an", (1, 1), (0, 0)), log_of(tmp_path, "binh", (1, 2))
    for one, other in ((first, second), (second, first)):
        lines, conflicts = merged(one, other)
        assert conflicts == 1
        assert [(d.by, d.action) for d in lines] == [("an", "keep")]


def test_an_answer_given_over_a_copied_log_overrules_it(tmp_path: Path) -> None:
    first = log_of(tmp_path, "an", (1, 1))
    second = log_of(tmp_path, "binh", (1, 2), copied=first)
    for one, other in ((first, second), (second, first)):
        lines, conflicts = merged(one, other)
        assert conflicts == 0
        assert next(iter(standing(lines).own.values())).replacement == "xưa"


def test_an_undo_stays_with_its_line(tmp_path: Path) -> None:
    first = log_of(tmp_path, "an", (0, 1), (1, 1))
    review = session([scanned(tmp_path / "an/bai.txt", TEXT)], tmp_path / "an", author("an"))
    review.undo()
    review.books.close()
    lines, _ = merged(log_of(tmp_path, "binh", (3, 1)), first)
    assert [(d.by, d.replacement) for d in lines] == [("an", "mới"), ("binh", "")]


def test_the_command_writes_the_merge_and_names_both_editors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs = [str(log_of(tmp_path, "an", (1, 1))), str(log_of(tmp_path, "binh", (1, 2)))]
    target = tmp_path / "gop.decisions.jsonl"
    assert command.merge_logs(logs, str(target), "ban", "2024-03-01T00:00:00.000Z", "en") == 1
    said = capsys.readouterr().err
    assert "an (2024-02-02" in said
    assert "binh (2024-02-04" in said
    assert not_undone(read_log(target)) == []


def test_a_log_as_a_table_runs_no_formula(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    review = session([scanned(tmp_path / "bai.txt", TEXT)], tmp_path)
    review.write('=HYPERLINK("x")')
    review.write('cũ, "rất" cũ')
    review.undo()
    review.books.close()
    target = tmp_path / "bang.csv"
    assert command.export(str(tmp_path / "bai.txt"), str(target), "vi") == 0
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [r["replacement"] for r in rows] == ['\'=HYPERLINK("x")', 'cũ, "rất" cũ', ""]
    assert [r["state"] for r in rows] == ["standing", "undone", "undo"]


def test_show_and_stats_say_what_is_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "bai.txt"
    review = session([scanned(article, TEXT)], tmp_path)
    review.go_to(3)
    review.choose(1)
    review.go_to(1)
    review.choose(2)
    review.books.close()
    assert command.show(str(article), "en") == 0
    article.write_text("Xã new và thôn cổ, đường new rất dài.\n\nTrạm twice đã xong.\n", encoding="utf-8")
    assert command.show(str(log_path(article)), "en") == 4
    assert "1 decision no longer fits" in capsys.readouterr().err
    assert command.stats(str(article), "en") == 4
    assert "2 lines, 2 decisions in force, 1 no longer fits" in capsys.readouterr().out


def test_clean_follows_wide_answers_in_every_article_below(tmp_path: Path) -> None:
    paths = [road(tmp_path, "duong.txt"), road(tmp_path, "b/cau.txt", BRIDGE)]
    resources = pipeline.load_resources()
    scans = [pipeline.scan(read_document(p), resources) for p in paths]
    review = session(scans, tmp_path)
    for group in review.groups:
        for words, repair in (("because of the flood", "vì lũ"), ("to open the road", "để mở đường")):
            if group.key[1] == words:
                review.write_for(group, repair)
    review.go_to(0)
    review.write("làm đường")
    review.books.close()
    later = road(tmp_path, "c/d/sau.txt", BRIDGE.replace("chờ cầu", "mong cầu"))
    texts = {}
    for path in (*paths, later):
        document = read_document(path)
        recorded, log = pipeline.decisions_for(document)
        cleaned = pipeline.clean(document, resources, recorded, str(log))
        assert cleaned.undecided == ()
        assert cleaned.stale == ()
        texts[path.name] = cleaned.text
    caption = "Lãnh đạo xã thăm công trường thôn Đông\n\n"
    by_hand = ROAD.replace("to open the road", "làm đường").replace("because of the flood", "vì lũ")
    assert texts["duong.txt"] == by_hand.replace(caption * 2, caption)
    for name in ("cau.txt", "sau.txt"):
        assert "vì lũ" in texts[name]
        assert "để mở đường" in texts[name]


def test_the_nearer_folder_outranks_the_farther(tmp_path: Path) -> None:
    article = tmp_path / "gan/bai.txt"
    for folder, number in ((tmp_path, 1), (tmp_path / "gan", 2)):
        review = session([scanned(article, TEXT)], folder)
        review.go_to(1)
        review.choose(number, "everywhere")
        review.books.close()
        assert (folder / SHARED).exists()
    made = scanned(article, TEXT)
    recorded, _ = pipeline.decisions_for(made.document)
    placed = place(made.article, recorded, made.findings)
    assert [d.replacement for d, _, _ in placed.found] == ["xưa"]


def test_a_record_is_answered_by_its_own_lines_and_by_those_for_the_file(tmp_path: Path) -> None:
    made = scanned(tmp_path / "kho.jsonl.txt", TEXT)
    source = replace(made.document.source, id="bai-7")
    other = replace(made.document.source, id="bai-8")
    review = session([made], tmp_path)
    review.choose(1)
    review.go_to(1)
    review.choose(1, "file")
    review.books.close()
    lines = [replace(d, record="bai-7") for d in read_log(review.case.log)]
    for record, words in ((source, ["mới", "cũ"]), (other, ["cũ"])):
        article = type(made.article)(replace(made.document, source=record))
        placed = place(article, lines, made.findings)
        assert sorted(d.replacement for d, _, _ in placed.found) == sorted(words)
