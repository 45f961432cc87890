"""Help and reports as a person reads them, in both languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_repair.cli.misuse import in_language


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_is_described_in_a_line_that_fits(language: str) -> None:
    environment = {**os.environ, "NTM_REPAIR_LANG": language, "COLUMNS": "80"}
    for group in ("", "lexicon", "decisions", "allow"):
        command = [sys.executable, "-m", "ntm_repair", *group.split(), "--help"]
        page = subprocess.run(command, capture_output=True, env=environment, check=True).stdout.decode()
        commands = page.partition("\nCommands:\n" if language == "en" else "\nLệnh:\n")[2].strip().splitlines()
        assert len(commands) > 2, page
        for line in commands:
            assert not line.endswith("..."), line
            assert len(line.split()) > 2, line


def test_arguments_are_named_without_doubled_brackets() -> None:
    for command in ("rule", "scan", "config show", "lexicon learn", "lexicon check"):
        arguments = [sys.executable, "-m", "ntm_repair", *command.split(), "--help"]
        page = subprocess.run(arguments, capture_output=True, check=True).stdout.decode()
        assert "[[" not in page, page
        assert "...]" not in page, page


@pytest.mark.parametrize("command", ["scan", "review", "lexicon add", "decisions merge"])
def test_arguments_are_shown_without_the_words_of_programmers(command: str) -> None:
    arguments = [sys.executable, "-m", "ntm_repair", *command.split(), "--help"]
    environment = {**os.environ, "NTM_REPAIR_LANG": "vi"}
    page = subprocess.run(arguments, capture_output=True, env=environment, check=True).stdout.decode()
    assert re.search(r"^  (PATH|TERM|LOG) {2,}\w", page, re.MULTILINE), page
    assert not re.search(r"str\]|<str>|\{[A-Z]+\}|required", page), page


def test_figures_are_written_as_the_language_writes_them(tmp_path: Path) -> None:
    (tmp_path / "bai.txt").write_text("Toàn huyện có 12 xã to finish the plan of the year trước hạn.\n", "utf-8")
    for language, pattern in (("vi", r"NTM101 english-fragment  cần xem  [01],\d\d$"), ("en", r"  [01]\.\d\d$")):
        command = [sys.executable, "-m", "ntm_repair", "scan", "bai.txt", "--lang", language]
        report = subprocess.run(command, capture_output=True, cwd=tmp_path, check=False).stdout.decode()
        assert re.search(pattern, report, re.MULTILINE), report


THEIRS = re.compile(
    r"Usage|OPTIONS|COMMAND|ARGS|Options|Arguments|Commands|Show this|Install completion|Show completion|default:"
)
"""What the library says of its own."""
MISUSES = {
    "scan --nope": "Lỗi: không có tùy chọn --nope",
    "scan --work 3": "Lỗi: không có tùy chọn --work; có phải --workers?",
    "scna": "Lỗi: không có lệnh “scna”; có phải 'scan'?",
    "review": "Lỗi: còn thiếu PATH",
    "scan --format": "Lỗi: --format cần một giá trị đi kèm",
    "rule a b": "Lỗi: thừa tham số: b",
    "lexicon learn --min-count x": "Lỗi: --min-count phải là số nguyên",
    "lexicon learn --min-count 0": "Lỗi: --min-count ít nhất phải là 1",
    "review a.txt --min-confidence x": "Lỗi: --min-confidence phải là một số",
    "review a.txt --min-confidence 3": "Lỗi: --min-confidence nhiều nhất là 1",
}


def ntm(line: str, language: str, width: int = 80) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NTM_REPAIR_LANG": language, "COLUMNS": str(width)}
    command = [sys.executable, "-m", "ntm_repair", *line.split()]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("width", [40, 80])
def test_a_page_is_in_one_language(width: int) -> None:
    for group in ("", "scan", "lexicon", "lexicon learn", "review", "decisions merge"):
        page = ntm(f"{group} --help", "vi", width)
        assert page.returncode == 0
        assert THEIRS.findall(page.stdout) == [], page.stdout
        assert page.stdout.startswith("Cách dùng: ")
        assert "\nTùy chọn:\n" in page.stdout
    assert ntm("--help", "en", width).stdout.startswith("Usage: ntm-repair [OPTIONS] COMMAND")


@pytest.mark.parametrize("line", MISUSES)
def test_a_slip_is_told_in_vietnamese(line: str) -> None:
    done = ntm(line, "vi")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == MISUSES[line]
    assert THEIRS.findall(done.stderr) == []


def test_a_group_without_a_command_shows_its_page() -> None:
    for language, usage in (("vi", "Cách dùng: ntm-repair lexicon"), ("en", "Usage: ntm-repair lexicon")):
        done = ntm("lexicon", language)
        assert done.returncode == 2
        assert (done.stdout + done.stderr).startswith(usage)


def test_a_slip_in_english_is_told_in_the_words_of_the_library() -> None:
    said = ntm("scan --nope", "en").stderr.splitlines()
    assert said[0].startswith("Usage: ntm-repair scan [OPTIONS]")
    assert said[-1] == "Error: No such option: --nope"


def test_the_language_may_stand_before_the_command(tmp_path: Path) -> None:
    article = tmp_path / "bai.txt"
    article.write_text("Đường làng đã rải nhựa.\n", "utf-8")
    for line in (f"--lang en scan {article}", f"--lang=en scan {article}", f"scan {article} --lang en"):
        assert ntm(line, "vi").stdout == f"{article}: no damage found\n"
    assert ntm("--lang en decisions --help", "vi").stdout.startswith("Usage: ntm-repair decisions")


def test_a_sentence_that_is_not_known_is_told_as_it_is() -> None:
    assert in_language("Something new went wrong.", "vi") == "Something new went wrong."


def test_the_end_loses_nothing(tmp_path: Path) -> None:
    """What was printed and what waits for the exit comes out, in pipes too, with the exit code of the command."""
    article = tmp_path / "bai.txt"
    article.write_text("Bà con phấn khởi to finish the plan of the year trước hạn.\n", "utf-8")
    program = (
        "import atexit, sys; atexit.register(print, 'tạm biệt'); from ntm_repair.cli import main;"
        f"sys.argv = ['ntm-repair', 'scan', {str(article)!r}]; main()"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")} | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    assert "to finish the plan of the year" in done.stdout.decode("utf-8")
    assert done.stdout.decode("utf-8").endswith("tạm biệt\n")
