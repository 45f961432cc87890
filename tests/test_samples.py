"""The samples: their recorded decisions give the expected text, by the command a user would run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_repair.decisions import read_log
from ntm_repair.decoding import decode
from ntm_repair.pipeline import load_resources, scan
from ntm_repair.replay import place

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
NAMES = sorted(p.stem for p in SAMPLES.glob("*.txt") if "." not in p.stem)
pytestmark = pytest.mark.skipif(not NAMES, reason="the samples are not here")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "ntm_repair", *map(str, arguments)], capture_output=True, check=False)


def test_there_are_three() -> None:
    assert len(NAMES) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_the_recorded_decisions_give_the_expected_text(name: str, tmp_path: Path) -> None:
    for ending in (".txt", ".decisions.jsonl"):
        shutil.copy(SAMPLES / f"{name}{ending}", tmp_path)
    out = tmp_path / "sach.txt"
    done = run("clean", tmp_path / f"{name}.txt", "-o", out)
    assert done.returncode == 0, done.stderr.decode()
    assert out.read_bytes() == (SAMPLES / f"{name}.expected.txt").read_bytes()
    assert (tmp_path / f"{name}.txt").read_bytes() == (SAMPLES / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_log_tells_of_every_kind_of_answer_and_fits_the_article(name: str) -> None:
    decisions = read_log(SAMPLES / f"{name}.decisions.jsonl")
    path = SAMPLES / f"{name}.txt"
    article = scan(decode(path.read_bytes(), str(path)), load_resources()).article
    placed = place(article, decisions)
    assert not placed.stale
    assert {d.action for d in decisions} >= {"accept", "delete", "edit"}
    assert len({d.fingerprint for d in decisions}) == len(decisions)


@pytest.mark.parametrize("name", NAMES)
def test_the_expected_text_has_little_left_to_find(name: str) -> None:
    done = run("scan", SAMPLES / f"{name}.expected.txt", "--format", "json", "--exit-zero")
    findings = json.loads(done.stdout)["documents"][0]["findings"]
    assert [f["text"] for f in findings if f["rule"] in ("NTM201", "NTM401", "NTM402", "NTM403")] == []


def test_articles_are_of_some_length() -> None:
    for name in NAMES:
        assert len((SAMPLES / f"{name}.txt").read_text("utf-8-sig").split()) >= 250, name
