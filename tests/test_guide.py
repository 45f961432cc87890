"""What the guide for editors shows is what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import ntm_repair
from ntm_repair.commands import scan
from ntm_repair.messages import phrase
from ntm_repair.rules import RULES
from test_docs import commands

GUIDE = (Path(__file__).parents[1] / "docs" / "huong-dan.md").read_text("utf-8")
OLD = re.findall(r"“([^”]+)”", GUIDE[GUIDE.index("**Bảng mã cũ.**") :].replace("\n", " "))[:3]


def said_in_guide() -> list[list[str]]:
    """The words of every command line that the guide shows, without the name of the program."""
    lines = re.findall(r"^\$ (?:\.venv/bin/)?ntm-repair (.+)$|`ntm-repair ([^`]+)`", GUIDE, re.MULTILINE)
    return [shlex.split(shown or inline) for shown, inline in lines]


@pytest.mark.parametrize("words", said_in_guide(), ids=" ".join)
def test_a_command_of_the_guide_is_one_that_the_program_has(words: list[str]) -> None:
    known = dict(commands())
    name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
    options = {option for p in known[name].params for option in (*p.opts, *p.secondary_opts)}
    assert {word for word in words if word.startswith("-")} <= options


def test_the_guide_names_every_rule() -> None:
    assert re.findall(r"^\| (NTM\d+) ", GUIDE, re.MULTILINE) == sorted(rule.code for rule in RULES)


def test_the_first_article_of_the_guide_is_found_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    article, shown = (re.search(p, GUIDE, re.DOTALL) for p in (r"```text\n(.*?)```", r"scan bai-viet.txt\n(.*?)```"))
    assert article
    assert shown
    (tmp_path / "bai-viet.txt").write_text(article[1], "utf-8")
    monkeypatch.chdir(tmp_path)
    assert scan.run(["bai-viet.txt"], scan.Options({"lang": "vi"})) == 1
    figures = re.compile(r"\d[.,]\d\d")  # how sure it is may change
    found = figures.sub("#", capsys.readouterr().out).splitlines()
    assert [line for line in figures.sub("#", shown[1]).splitlines() if line not in (*found, "…")] == []


def test_the_guide_calls_levels_and_sources_as_the_program_does() -> None:
    table = GUIDE[GUIDE.index("## 10.") : GUIDE.index("## 11.")]
    levels = {row.rsplit("|", 2)[1] for row in re.findall(r"^\| NTM.*", table, re.MULTILINE)}
    said = [phrase(f"applicability.{level}", "vi") for level in ("safe", "review", "none")]
    assert all(level.rpartition(": ")[2].strip() in said for level in levels), levels
    first = GUIDE[GUIDE.index("## 3.") : GUIDE.index("## 4.")]
    sources = ("lexicon", "article", "glossary", "context", "rule", "deletion")
    for word in (*said, *(phrase(f"source.{source}", "vi") for source in sources)):
        assert f"*{word}*" in first, word


def test_the_guide_writes_figures_as_the_program_does() -> None:
    shown = "".join(re.findall(r"```console\n(.*?)```", GUIDE, re.DOTALL))
    assert re.findall(r"\d\.\d\d", shown) == []


@pytest.mark.parametrize("old", OLD[:2])
def test_the_old_encodings_of_the_guide_are_read(old: str) -> None:
    assert ntm_repair.repair(f"{old}.").text == f"{OLD[2]}."
