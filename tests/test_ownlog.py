"""Articles that differ in their ending only: each has a log of its own, and logs from before keep what they hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from made_up import author, scanned, session
from ntm_repair import pipeline
from ntm_repair.batch.origins import Origins
from ntm_repair.commands import decisions as command
from ntm_repair.decisions import SHARED, DecisionLog, not_undone, read_log
from ntm_repair.errors import UsageError
from ntm_repair.files import read_unit
from ntm_repair.ownlog import existing_log, log_path, own_log
from ntm_repair.review.books import Books
from ntm_repair.review.case import Case
from ntm_repair.review.session import Session
from review_articles import BRIDGE, ROAD

TEXT = "Xã [[new]] và thôn [[old]], đường [[new]] rất dài.\n"
OTHER = "Bản [[new]] xa trung tâm, hai cầu [[old]] chưa sửa.\n"
PLAIN, OF_TXT, OF_MD = "bai.decisions.jsonl", "bai.txt.decisions.jsonl", "bai.md.decisions.jsonl"


def answer(path: Path, marked: str = TEXT, finding: int = 0, option: int = 1) -> Path:
    """Answer a finding of an article; the log the answer went to."""
    review = session([scanned(path, marked)], path.parent)
    review.go_to(finding)
    review.choose(option)
    review.books.close()
    return review.cases[0].log


def shared_log(folder: Path, *articles: tuple[str, str]) -> Path:
    """A log as it was written when articles with one stem shared it: an answer of each, in order."""
    log = DecisionLog.open(folder / PLAIN)
    for name, marked in articles:
        line = read_log(answer(folder / "apart" / name, marked))[0]
        log.append(line)
        (folder / name).write_bytes((folder / "apart" / name).read_bytes())
        log_path(folder / "apart" / name).unlink()
        (folder / "apart" / name).unlink()
    log.close()
    return log.path


def decided(article: Path) -> list[str]:
    return [d.source_name for d in pipeline.decisions_for(read_unit(article).document)[0]]


@pytest.mark.parametrize(
    ("names", "article", "log"),
    [
        (["bai.txt"], "bai.txt", PLAIN),
        (["bai.txt", "khac.md"], "bai.txt", PLAIN),
        (["bai.txt", "bai.md"], "bai.txt", OF_TXT),
        (["bai.txt", "bai.md"], "bai.md", OF_MD),
        (["bai.txt", "bai.MD"], "bai.txt", OF_TXT),
        (["bai.txt", "bai.cleaned.txt", "bai.txt.bak", "bai.json", "bai.png"], "bai.txt", PLAIN),
        (["kho.jsonl", "kho.parquet"], "kho.jsonl", "kho.jsonl.decisions.jsonl"),
        (["kho.jsonl", "kho.jsonl.gz"], "kho.jsonl.gz", "kho.jsonl.gz.decisions.jsonl"),
        (["kho.jsonl.gz"], "kho.jsonl.gz", "kho.jsonl.decisions.jsonl"),
        (["bai"], "bai", PLAIN),
    ],
)
def test_which_name_a_new_log_gets(tmp_path: Path, names: list[str], article: str, log: str) -> None:
    for name in names:
        (tmp_path / name).write_text("Xã Bình Hòa làm đường.\n", "utf-8")
    assert log_path(tmp_path / article).name == log
    assert existing_log(tmp_path / article) is None


def test_a_name_that_leaves_no_room_for_a_log_is_only_an_article_without_one(tmp_path: Path) -> None:
    article = tmp_path / ("b" * 247 + ".txt")
    article.write_text("Xã Bình Hòa làm đường.\n", "utf-8")
    assert existing_log(article) is None
    assert decided(article) == []


def test_what_the_program_wrote_itself_shares_nothing(tmp_path: Path) -> None:
    article = tmp_path / "bai.txt"
    article.write_text(ROAD, "utf-8")
    (tmp_path / "bai.html").write_text(
        '<html><head><meta name="generator" content="ntm-repair"></head></html>', "utf-8"
    )
    assert log_path(article).name == PLAIN
    (tmp_path / "bai.html").write_text(f"<html><body><p>{ROAD}</p></body></html>", "utf-8")
    assert log_path(article).name == OF_TXT


def test_siblings_answer_into_logs_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "bai.md").write_text("Hai thôn chờ cầu.\n", "utf-8")
    assert answer(tmp_path / "bai.txt").name == OF_TXT
    assert answer(tmp_path / "bai.md").name == OF_MD
    assert (decided(tmp_path / "bai.txt"), decided(tmp_path / "bai.md")) == (["bai.txt"], ["bai.md"])
    (tmp_path / "bai.md").unlink()
    assert decided(tmp_path / "bai.txt") == ["bai.txt"]
    assert answer(tmp_path / "bai.txt", finding=1).name == OF_TXT  # the log that is there is gone on with


def test_a_log_that_was_there_stays_with_its_article(tmp_path: Path) -> None:
    assert answer(tmp_path / "bai.txt").name == PLAIN
    assert answer(tmp_path / "bai.md").name == OF_MD  # though every word of it is the same
    assert answer(tmp_path / "bai.txt", finding=1).name == PLAIN
    assert decided(tmp_path / "bai.txt") == ["bai.txt", "bai.txt"]
    assert decided(tmp_path / "bai.md") == ["bai.md"]


def test_no_answer_reaches_the_sibling_undecided(tmp_path: Path) -> None:
    answer(tmp_path / "bai.txt")
    (tmp_path / "bai.html").write_text("<p>Xã new và thôn old, đường new rất dài.</p>", "utf-8")
    assert decided(tmp_path / "bai.html") == []


def test_a_log_goes_with_an_article_that_was_renamed(tmp_path: Path) -> None:
    answer(tmp_path / "bai.txt")
    (tmp_path / "bai.txt").rename(tmp_path / "bai.md")
    assert decided(tmp_path / "bai.md") == ["bai.txt"]
    (tmp_path / "bai.html").write_text("<p>Bài khác.</p>", "utf-8")
    assert decided(tmp_path / "bai.md") == ["bai.txt"]  # by its text
    assert decided(tmp_path / "bai.html") == []
    assert answer(tmp_path / "bai.md", finding=1).name == PLAIN


def test_lines_of_neither_are_asked_of_both(tmp_path: Path) -> None:
    answer(tmp_path / "bai.txt")
    (tmp_path / "bai.txt").unlink()
    for name in ("bai.md", "bai.html"):
        (tmp_path / name).write_text("Bài đã sửa thêm, xã new và thôn old.\n", "utf-8")
        assert decided(tmp_path / name) == ["bai.txt"]


def test_a_log_both_wrote_to_is_read_by_each_for_itself(tmp_path: Path) -> None:
    log = shared_log(tmp_path, ("bai.txt", TEXT), ("bai.md", TEXT), ("bai.html", OTHER))
    for name in ("bai.txt", "bai.md", "bai.html"):
        assert log_path(tmp_path / name) == log
        assert decided(tmp_path / name) == [name]
    assert answer(tmp_path / "bai.md", finding=1) == log
    assert decided(tmp_path / "bai.txt") == ["bai.txt"]
    assert decided(tmp_path / "bai.md") == ["bai.md", "bai.md"]


def test_undo_takes_back_no_siblings_answer(tmp_path: Path) -> None:
    log = shared_log(tmp_path, ("bai.txt", TEXT), ("bai.md", OTHER))
    review = session([scanned(tmp_path / "bai.txt", TEXT)], tmp_path)
    assert [review.undo() is not None for _ in range(3)] == [True, False, False]
    review.books.close()
    assert [d.source_name for d in not_undone(read_log(log))] == ["bai.md"]


def test_one_review_of_both_keeps_them_apart(tmp_path: Path) -> None:
    shared_log(tmp_path, ("bai.txt", TEXT), ("bai.md", TEXT))
    made = [scanned(tmp_path / name, TEXT) for name in ("bai.txt", "bai.md")]
    review = session(made, tmp_path)
    assert [len(case.edits()) for case in review.cases] == [1, 1]
    review.go_to(1)
    review.choose(1, "file")
    review.books.close()
    assert [len(case.edits()) for case in review.cases] == [2, 1]
    again = session(made, tmp_path)
    assert [len(case.edits()) for case in again.cases] == [2, 1]


def test_two_logs_of_one_article_are_refused_and_named(tmp_path: Path) -> None:
    first = answer(tmp_path / "bai.txt")
    first.with_name(OF_TXT).write_bytes(first.read_bytes())
    with pytest.raises(UsageError) as refused:
        decided(tmp_path / "bai.txt")
    assert refused.value.message.key == "error.two_logs"
    target = tmp_path / "gop.decisions.jsonl"
    assert command.merge_logs([str(first), str(first.with_name(OF_TXT))], str(target), "an", "", "en") == 0
    first.with_name(OF_TXT).unlink()
    target.replace(first)
    assert decided(tmp_path / "bai.txt") == ["bai.txt"]


def test_show_tests_each_line_on_its_own_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = shared_log(tmp_path, ("bai.txt", TEXT), ("bai.md", OTHER))
    for given in (log, tmp_path / "bai.txt", tmp_path / "bai.md"):
        assert command.show(str(given), "en") == 0
        assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_run_notices_a_log_under_either_name(tmp_path: Path) -> None:
    article = tmp_path / "bai.txt"
    article.write_text("Xã new.\n", "utf-8")
    seen = [Origins(None)(str(article))]
    log = answer(article)
    seen.append(Origins(None)(str(article)))
    (tmp_path / "bai.md").write_text("Bài khác.\n", "utf-8")
    seen.append(Origins(None)(str(article)))
    log.rename(tmp_path / OF_TXT)
    seen.append(Origins(None)(str(article)))
    assert len(set(seen)) == len(seen)


def test_restart_leaves_a_siblings_answers(tmp_path: Path) -> None:
    from ntm_repair.commands.review import _restart
    from ntm_repair.review.recorder import Recorder

    log = shared_log(tmp_path, ("bai.txt", TEXT), ("bai.md", OTHER))
    before = log.read_bytes()
    books = Books(tmp_path / SHARED)
    kept = _restart(own_log(tmp_path / "bai.txt"), Recorder(books, author()))
    books.close()
    assert kept.read_bytes() == before
    assert log.read_bytes().startswith(before)
    assert (decided(tmp_path / "bai.txt"), decided(tmp_path / "bai.md")) == ([], ["bai.md"])
    (tmp_path / "bai.md").unlink()


def test_a_folder_of_siblings_in_batch(tmp_path: Path) -> None:
    """Each result has its own article's decision, and nothing is listed as failed."""
    import subprocess
    import sys

    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "bai.txt").write_text(ROAD, "utf-8")
    (folder / "bai.md").write_text(ROAD, "utf-8")
    (folder / "bai.html").write_text(f"<html><body><p>{BRIDGE}</p></body></html>", "utf-8")
    resources = pipeline.load_resources()
    unit = read_unit(folder / "bai.txt")
    found = pipeline.scan(unit, resources)
    books = Books(folder / SHARED)
    review = Session([Case(found, own_log(folder / "bai.txt"), books)], books, author(), root=folder)
    review.delete()
    books.close()
    command_line = [sys.executable, "-m", "ntm_repair", "clean", "kho", "--out-dir", "ra", "--accept", "none"]
    done = subprocess.run(command_line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "to open the road" not in (tmp_path / "ra" / "bai.txt").read_text("utf-8")
    for name in ("bai.md", "bai.html"):
        assert (tmp_path / "ra" / name).read_bytes() == (folder / name).read_bytes()
    assert json.loads((tmp_path / "ra" / "summary.json").read_text("utf-8"))
