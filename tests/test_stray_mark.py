"""A deletion between two marks takes the comma before it along: offered so, shown so, recorded so, and nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import browser
from made_up import session
from ntm_repair import pipeline
from ntm_repair.accept import Accept
from ntm_repair.decisions import SHARED, from_json, read_log, to_json
from ntm_repair.decoding import decode
from ntm_repair.files import read_unit
from ntm_repair.ownlog import log_path
from ntm_repair.patch import apply_edits, stray_mark, with_margins
from ntm_repair.report import sarif
from ntm_repair.report.text import lines as report
from ntm_repair.types import Edit
from review_articles import road

if sys.platform != "win32":
    from terminal import review

COMMAS = """Xã Bình Hòa làm đường

Đầu năm 2023, xã vận động bà con hiến đất, to open the road, đến nay ba thôn đã có đường bê tông.

Mùa mưa vừa qua, hai cầu tạm bị cuốn trôi, because of the flood.

Bà con thôn Tây hiến đất to open the road, đến nay chưa xong.
"""
WITHOUT = COMMAS.replace("đất, to open the road,", "đất,").replace("trôi, because of the flood.", "trôi.")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("một, [x], hai", ", "),
        ("một,[x], hai", ","),
        ("một,  [x] . Hai", ",  "),
        ("một , [x]; hai", ", "),
        ("(một, [x]) hai", ", "),
        ("“một, [x]” hai", ", "),
        ("một; [x]; hai", "; "),
        ("một; [x].", "; "),
        ("một; [x], hai", ""),
        ("một [x], hai", ""),
        ("một, [x] hai", ""),
        ("một, [x], …", ", "),
        ("một, [x] …", ""),
        ("một, [x]", ""),
        ("một. [x], hai", ""),
        (", [x], hai", ""),
        ("một\n, [x], hai", ""),
        ("một,, [x], hai", ""),
        ("một,\n[x], hai", ""),
        ("(một), [x] (hai)", ""),
    ],
)
def test_which_mark_would_be_left_over(text: str, mark: str) -> None:
    start, end = text.index("["), text.index("]") - 1
    text = text.replace("[x]", "x")
    assert stray_mark(text, start, end) == mark
    if mark:
        gone = with_margins(text, [Edit(start - len(mark), end, "")])
        assert ",," not in apply_edits(text, gone).replace(" ", "")


@given(st.text(alphabet=st.sampled_from("ab, ;.)\n\u00a0"), max_size=20), st.data())
def test_what_goes_along_is_one_mark_and_the_space_after_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    mark = stray_mark(text, start, end)
    assert text.endswith(mark, 0, start)
    assert mark.strip() in ("", ",", ";")
    assert mark == "" or mark[0] in ",;"


def answered(folder: Path, *answers: tuple[int, str], scope: str = "this") -> str:
    """The article with a deletion or the first suggestion taken at the findings numbered."""
    article = road(folder, "phay.txt", COMMAS)
    found = pipeline.scan(read_unit(article), pipeline.load_resources())
    assert [(f.text, f.takes) for f in found.findings] == [
        ("to open the road", ", "),
        ("because of the flood", ", "),
        ("to open the road", ""),
    ]
    given = session([found], folder)
    for number, what in answers:
        given.go_to(number)
        if what == "-":
            given.delete(scope)  # type: ignore[arg-type]
        elif what == "1":
            given.choose(1)
    given.books.close()
    decisions, _ = pipeline.decisions_for(found.document)
    cleaned = pipeline.clean(found.document, pipeline.load_resources(), decisions, accept=Accept("none")).text
    assert cleaned == given.cases[0].text()
    return cleaned


def test_a_deletion_takes_the_comma_and_says_so_in_the_log(tmp_path: Path) -> None:
    assert answered(tmp_path, (0, "-"), (1, "-")) == WITHOUT
    assert [d.takes for d in read_log(log_path(tmp_path / "phay.txt"))] == [", ", ", "]


def test_any_other_answer_leaves_the_comma(tmp_path: Path) -> None:
    cleaned = answered(tmp_path, (0, "1"))
    assert cleaned.startswith(COMMAS[: COMMAS.index("to open")])
    assert cleaned.endswith(COMMAS[COMMAS.index(", đến nay") :])
    assert [d.takes for d in read_log(log_path(tmp_path / "phay.txt"))] == [""]


def test_a_wide_deletion_takes_the_comma_where_one_would_be_left(tmp_path: Path) -> None:
    for folder, number in (("a", 0), ("b", 2)):
        cleaned = answered(tmp_path / folder, (number, "-"), scope="file")
        expected = COMMAS.replace("đất, to open the road,", "đất,").replace("đất to open the road,", "đất,")
        assert cleaned == expected


def test_an_old_log_is_replayed_as_it_was_given(tmp_path: Path) -> None:
    answered(tmp_path, (0, "-"))
    log = log_path(tmp_path / "phay.txt")
    line = json.loads(log.read_text("utf-8"))
    del line["takes"]
    log.write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    document = read_unit(tmp_path / "phay.txt").document
    cleaned = pipeline.clean(document, pipeline.load_resources(), read_log(log), accept=Accept("none"))
    assert cleaned.text == COMMAS.replace(" to open the road", "", 1)


def test_a_comma_that_is_gone_meanwhile_is_not_looked_for(tmp_path: Path) -> None:
    answered(tmp_path, (0, "-"))
    changed = COMMAS.replace("đất, to", "đất: to", 1)
    decisions = [
        replace(d, anchor=replace(d.anchor, before=d.anchor.before.replace("đất,", "đất:")))
        for d in read_log(log_path(tmp_path / "phay.txt"))
    ]
    cleaned = pipeline.clean(
        decode(changed.encode(), "b.txt"), pipeline.load_resources(), decisions, accept=Accept("none")
    )
    assert cleaned.text == changed.replace(" to open the road", "", 1)


@pytest.mark.parametrize("value", [1, None, ["x"]])
def test_a_line_with_anything_else_for_it_is_refused(tmp_path: Path, value: object) -> None:
    answered(tmp_path, (0, "-"))
    (line,) = read_log(log_path(tmp_path / "phay.txt"))
    with pytest.raises(ValueError, match="wrong type"):
        from_json({**to_json(line), "takes": value})


def test_reports_offer_the_deletion_with_its_comma() -> None:
    found = pipeline.scan(decode(COMMAS.encode(), "a.txt"), pipeline.load_resources())
    first = found.findings[0]
    deletion = replace(first.suggestions[0], replacement="")
    found = replace(found, findings=(replace(first, suggestions=(deletion, first.suggestions[0])),))
    assert "→ (delete) with the “,”" in "\n".join(report(found, "en"))
    fixes = sarif.results(found, 0, "en")[0]["fixes"]
    regions = [f["artifactChanges"][0]["replacements"][0]["deletedRegion"] for f in fixes]
    assert regions[1]["startColumn"] - regions[0]["startColumn"] == len(", ")
    assert first.evidence["takes"] == ", "


def test_reports_show_marks_and_spaces_between_their_words_and_say_where_nothing_is_offered() -> None:
    text = "Đường thông khắp xã.Tuy vậy , cầu vẫn thiếu.\n\nLễ hội thu hút ??ng ??o ng??i d?n."
    found = pipeline.scan(decode(text.encode(), "a.txt"), pipeline.load_resources())
    shown = [line.split("  ")[3] for line in report(found, "en") if "→" in line]
    assert shown == ["→ xã. Tuy", "→ vậy,", "→ (no suggestion)"]


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal needs a Unix system")
def test_the_prompt_says_what_goes_before_and_after(tmp_path: Path) -> None:
    article = road(tmp_path, "phay.txt", COMMAS)
    with review(article, columns=120) as terminal:
        assert "the “,” before them goes too" in terminal.expect("[to open the road]")
        terminal.press("-")
        terminal.expect("[2/3]")
        terminal.press("\x1b[D")
        assert "to be deleted with the “,”" in terminal.expect("[1/3]")
        terminal.press(" ", "0", "0")
        assert "hiến đất[-, to open the road-], đến nay" in terminal.expect("Reviewed:")
        terminal.press("1")
        assert terminal.wait() == 0
    assert article.with_name("phay.cleaned.txt").read_text("utf-8") == COMMAS.replace("đất, to open the road,", "đất,")


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if browser.CHROMIUM is None or browser.DRIVER is None:
        pytest.skip("Chromium and its driver are not installed")
    made = browser.start(tmp_path_factory.mktemp("browser"))
    yield made
    made.quit()


@pytest.mark.parametrize("face", ["web", "html"])
def test_the_page_strikes_the_comma_too(tmp_path: Path, driver: Any, face: str) -> None:
    from ntm_repair.commands import review as command
    from ntm_repair.commands.review_options import Options

    article = road(tmp_path, "phay.txt", COMMAS)
    if face == "html":
        sent = tmp_path / "duyet.html"
        assert command.run([str(article)], Options({"lang": "en"}, html=str(sent))) == 0
        page = browser.Page(driver, sent.as_uri())
        _strike(page)
        lines = [json.loads(x) for x in driver.execute_script("return window.backend.text()").splitlines()]
        assert [(line["action"], line["takes"]) for line in lines] == GIVEN
        return
    with browser.served(str(article)) as (address, _):
        _strike(browser.Page(driver, address))
    assert [(d.action, d.takes) for d in read_log(log_path(article))] == GIVEN
    assert not (tmp_path / SHARED).exists()


GIVEN = [("delete", ", "), ("undo", ""), ("keep", "")]


def _strike(page: Any) -> None:
    page.expect("#text", "hiến đất, to open the road, đến nay")
    assert page.all("#text .place")[0] == "to open the road"  # the comma is no part of what was found
    page.expect("#card", "the “,” before them goes too")
    page.keys("-")
    page.expect("#saved", "done 1 · left 2")
    browser.wait(lambda: page.all("#text del") == [", to open the road"])
    page.expect("#list", "to be deleted with the “,”")
    page.expect("#text", "hiến đất, to open the road, đến nay")
    page.held("\ue009", "z")
    page.expect("#saved", "left 3")
    browser.wait(lambda: page.all("#text del") == [])
    assert page.all("#text .place")[0] == "to open the road"
    page.keys("0")
    page.expect("#saved", "left 2")
    page.expect("#text", "hiến đất, to open the road, đến nay")
