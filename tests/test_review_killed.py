"""kill -9 at fifty moments of a scripted review: nothing answered is lost or asked twice, the article untouched."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs fork and SIGKILL", allow_module_level=True)

from made_up import scanned, session
from ntm_repair.decisions import read_log
from ntm_repair.ownlog import log_path
from ntm_repair.pipeline import Scanned

FINDINGS = 600
KILLS = 50


def sitting(made: Scanned, acknowledged: int) -> None:
    """Answer everything, and say so after each answer: one byte is one answer the editor has seen as saved."""
    review = session([made], Path(made.document.source.path).parent)
    review.books.hold(review.case.log)
    while review.item is not None:
        if review.index % 3:
            review.choose(0)
        else:
            review.write(f"mới {review.index}")
        os.write(acknowledged, b".")


def killed_sitting(made: Scanned, moment: float) -> int:
    """A sitting in a process of its own, killed `moment` seconds after its first answer; how many were acknowledged."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        try:
            sitting(made, writer)
        finally:
            os._exit(0)
    os.close(writer)
    seen = len(os.read(reader, 1))
    time.sleep(moment)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while data := os.read(reader, 1 << 16):
        seen += len(data)
    os.close(reader)
    return seen


def test_fifty_kills(tmp_path: Path) -> None:
    article = tmp_path / "dai.txt"
    made = scanned(article, "".join(f"Xã số {i} [[new{i}]] đã về đích.\n" for i in range(FINDINGS)))
    original = article.read_bytes()
    moments = random.Random(7)
    answered = 0
    for _ in range(KILLS):
        acknowledged = killed_sitting(made, moments.uniform(0, 0.012))
        lines = read_log(log_path(article))
        assert len(lines) >= answered + acknowledged
        answered = len(lines)
        assert [d.fingerprint for d in lines] == [f.fingerprint for f in made.findings[:answered]]
        assert article.read_bytes() == original
    assert KILLS <= answered <= FINDINGS
    reader, writer = os.pipe()
    sitting(made, writer)
    os.close(reader)
    os.close(writer)
    lines = read_log(log_path(article))
    assert [d.fingerprint for d in lines] == [f.fingerprint for f in made.findings]
    assert [d.number for d in lines] == list(range(1, FINDINGS + 1))
    assert article.read_bytes() == original
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dai.decisions.jsonl", "dai.txt"]
