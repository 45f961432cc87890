"""Help and reports as a person reads them, in both languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_is_described_in_a_line_that_fits(language: str) -> None:
    environment = {**os.environ, "NTM_REPAIR_LANG": language, "COLUMNS": "80"}
    for group in ("", "lexicon", "decisions", "allow"):
        command = [sys.executable, "-m", "ntm_repair", *group.split(), "--help"]
        page = subprocess.run(command, capture_output=True, env=environment, check=True).stdout.decode()
        commands = page.partition("Commands:")[2].strip().splitlines()
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


def test_figures_are_written_as_the_language_writes_them(tmp_path: Path) -> None:
    (tmp_path / "bai.txt").write_text("Toàn huyện có 12 xã to finish the plan of the year trước hạn.\n", "utf-8")
    for language, pattern in (("vi", r"NTM101 english-fragment  cần xem  [01],\d\d$"), ("en", r"  [01]\.\d\d$")):
        command = [sys.executable, "-m", "ntm_repair", "scan", "bai.txt", "--lang", language]
        report = subprocess.run(command, capture_output=True, cwd=tmp_path, check=False).stdout.decode()
        assert re.search(pattern, report, re.MULTILINE), report


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
