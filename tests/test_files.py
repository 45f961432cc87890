"""Files: whole or not at all, never over somebody else's change, permissions kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ntm_repair.decoding import sha256
from ntm_repair.errors import UnreadableError, UsageError, WriteError
from ntm_repair.files import back_up, find_articles, read_document, write_atomically


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "bai.txt"
    path.write_bytes(b"cu")
    path.chmod(0o640)
    write_atomically(path, b"moi", replaces_sha256=sha256(b"cu"))
    assert path.read_bytes() == b"moi"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_an_article_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "bai.txt"
    path.write_bytes("người khác vừa sửa".encode())
    with pytest.raises(WriteError):
        write_atomically(path, b"moi", replaces_sha256=sha256(b"cu"))
    assert path.read_bytes() == "người khác vừa sửa".encode()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "that.txt", tmp_path / "bai.txt"
    real.write_bytes(b"cu")
    link.symlink_to(real)
    write_atomically(link, b"moi")
    assert link.is_symlink()
    assert real.read_bytes() == b"moi"


def test_a_folder_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(WriteError):
        write_atomically(tmp_path / "khong-co" / "bai.txt", b"x")


def test_backups_never_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "bai.txt"
    path.write_bytes(b"3")
    assert back_up(path, b"1").name == "bai.txt.bak"
    assert back_up(path, b"1").name == "bai.txt.bak"
    assert back_up(path, b"2").name == "bai.txt.bak1"
    assert (tmp_path / "bai.txt.bak").read_bytes() == b"1"


def test_articles_are_found_below_a_folder_by_name(tmp_path: Path) -> None:
    for name in (
        "b/2.txt",
        "a/1.md",
        "a/0.TXT",
        "a/anh.jpg",
        ".git/x.txt",
        "a/1.decisions.jsonl",
        "a/0.txt.bak",
        "a/1.cleaned.md",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [str(p.relative_to(tmp_path)) for p in find_articles(tmp_path)] == ["a/0.TXT", "a/1.md", "b/2.txt"]


def test_nothing_there_is_a_usage_error(tmp_path: Path) -> None:
    for path in (tmp_path / "khong-co.txt", tmp_path):
        with pytest.raises(UsageError):
            find_articles(path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "bai.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UnreadableError):
        read_document(path)


WRITER = """
import sys
from pathlib import Path
from ntm_repair.files import write_atomically
big = [b"a" * 3_000_000, b"b" * 3_000_000]
print("ready", flush=True)
while True:
    for data in big:
        write_atomically(Path(sys.argv[1]), data)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "bai.txt"
    path.write_bytes(b"a" * 3_000_000)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    for attempt in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, env=environment)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.007 * attempt)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        assert path.read_bytes() in (b"a" * 3_000_000, b"b" * 3_000_000)
