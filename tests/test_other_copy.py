"""A caption printed twice is shown with the place of its other copy: in the prompt, line by line, the page, reports."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

from made_up import session
from ntm_repair import pipeline
from ntm_repair.formats import read_article
from ntm_repair.report import html
from ntm_repair.report.positions import Positions
from ntm_repair.report.text import lines as report
from ntm_repair.review import group_screen, payload, screen
from ntm_repair.review.evidence import notices
from review_articles import ROAD, VISIT, road

if sys.platform != "win32":
    from terminal import review

NEAR = ROAD.replace(f"{VISIT}\n\n{VISIT}", f"{VISIT}\n\n{VISIT}. Ảnh: Lê Na")
"""The second copy has a photo credit: the first is the one to go."""
ARTICLES = {
    "the one above": (ROAD.encode(), "a.txt", 7, 5),
    "the one below": (NEAR.encode(), "a.txt", 5, 7),
    "decomposed": (unicodedata.normalize("NFD", ROAD).encode(), "a.txt", 7, 5),
    "lines that end as on Windows": (ROAD.replace("\n", "\r\n").encode(), "a.txt", 7, 5),
    "a page": ("".join(f"<p>{p}</p>\n" for p in ROAD.strip().split("\n\n")).encode(), "a.html", 4, 3),
}


def said(found: pipeline.Scanned, language: str) -> list[str]:
    (finding,) = [f for f in found.findings if "repeats_start" in f.evidence]
    return notices(found, finding, language)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ARTICLES)
def test_reports_name_the_line_and_the_words(name: str) -> None:
    data, path, here, there = ARTICLES[name]
    found = pipeline.scan(read_article(data, path), pipeline.load_resources())
    (finding,) = [f for f in found.findings if "repeats_start" in f.evidence]
    assert Positions.in_file(found).line_column(finding.start)[0] == here
    shown = f"The other copy is in line {there}: “{VISIT}"
    assert shown in "\n".join(report(found, "en"))
    if path.endswith(".txt"):
        assert shown in html.article(found, 0, "en")
        assert said(found, "en")[0].startswith(shown)
        assert said(found, "vi")[0].startswith(f"Bản kia ở dòng {there}: “{VISIT}")


def test_nothing_is_said_of_what_is_no_repeat() -> None:
    found = pipeline.scan(read_article("Ở đây to open the road rất khó.".encode(), "a.txt"), pipeline.load_resources())
    assert found.findings
    assert "other copy" not in "\n".join(report(found, "en"))


def test_a_copy_that_means_harm_is_text() -> None:
    bad = "Lãnh đạo <b>xã</b> thăm \u202eđường\x1b[31m thôn Đông hôm nay"
    found = pipeline.scan(read_article(ROAD.replace(VISIT, bad).encode(), "a.txt"), pipeline.load_resources())
    (line,) = [line for line in report(found, "en") if "other copy" in line]
    assert "\x1b" not in line
    assert "\u202e" not in line
    assert "<b>xã" not in html.article(found, 0, "en")


def test_every_face_of_a_review_shows_it(tmp_path: Path) -> None:
    found = pipeline.scan(read_article(ROAD.encode(), str(road(tmp_path))), pipeline.load_resources())
    given = session([found], tmp_path)
    given.go_to(1)
    shown = f"The other copy is in line 5: “{VISIT}”"
    drawn = screen.body(given, "en", 100, 30)
    assert shown in "\n".join("".join(t for _, t in line) for line in drawn)
    (group,) = [g for g in given.groups if given.items[g.items[0]].finding.rule == "NTM201"]
    drawn = group_screen.detail(given, group, "en", 100)
    assert shown in "\n".join("".join(t for _, t in line) for line in drawn)
    assert payload.article(given, 0, "en")["items"][1]["notices"] == [shown]
    assert any(shown in g["message"] for g in payload.overview(given, "en", "")["groups"])


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal needs a Unix system")
@pytest.mark.parametrize("options", [[], ["--line"]])
def test_the_prompt_shows_it(tmp_path: Path, options: list[str]) -> None:
    with review(road(tmp_path), *options, "--only", "NTM201") as terminal:
        terminal.expect(f"The other copy is in line 5: “{VISIT}”")
