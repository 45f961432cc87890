"""Unlikely suggestions are not shown; nothing else depends on that."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import ntm_repair
from ntm_repair.config import Config, load
from ntm_repair.likely import LEAST, likely
from ntm_repair.standing import key_of
from ntm_repair.types import Finding, Message, Suggestion

TEXT = "Toàn huyện có 12 xã to finish the plan of the year trước thời hạn."


def finding(*scores: float) -> Finding:
    (found,) = ntm_repair.scan(TEXT).findings
    options = tuple(Suggestion(f"chữ {i}", score, "glossary", Message("x")) for i, score in enumerate(scores))
    return replace(found, suggestions=options)


@pytest.mark.parametrize(
    ("scores", "left"),
    [((0.9, 0.1, 0.09), [0.9, 0.1]), ((0.09, 0.05), []), ((0.5,), [0.5]), ((), [])],
)
def test_those_below_the_limit_go(scores: tuple[float, ...], left: list[float]) -> None:
    whole = finding(*scores)
    (shown,) = likely([whole])
    assert [s.score for s in shown.suggestions] == left
    assert key_of(shown) == key_of(whole), "an answer to equal places must reach the same ones"
    assert replace(shown, suggestions=whole.suggestions, ranked_first=whole.ranked_first) == whole


def test_the_setting_is_heard(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    shown = {}
    for least in ("0", "1"):
        (tmp_path / "ntm-repair.toml").write_text(f"least_score = {least}\n", "utf-8")
        command = [sys.executable, "-m", "ntm_repair", "scan", "a.txt", "--format", "json"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        (found,) = json.loads(done.stdout)["documents"][0]["findings"]
        shown[least] = found["suggestions"]
    assert shown["0"]
    assert shown["1"] == []
    assert load(str(tmp_path))["least_score"] == 1
    assert Config()["least_score"] == LEAST


def test_what_clean_applies_does_not_depend_on_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    made = []
    for least in ("0", "1"):
        (tmp_path / "ntm-repair.toml").write_text(f"least_score = {least}\n", "utf-8")
        command = [sys.executable, "-m", "ntm_repair", "clean", "a.txt", "--accept", "review", "--min-confidence", "0"]
        made.append(subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout)
    assert made[0] == made[1] != TEXT.encode()
