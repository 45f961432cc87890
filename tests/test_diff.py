"""Changes as an editor reads them: a line of the text a line, removed paragraphs by themselves, nothing left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_up import session
from ntm_repair import pipeline
from ntm_repair.commands import clean, clean_options
from ntm_repair.decoding import decode
from ntm_repair.files import read_unit
from ntm_repair.patch import with_margins
from ntm_repair.report.diff import BREAKS, hunks, render
from ntm_repair.review import screen
from ntm_repair.types import Edit
from review_articles import ROAD, VISIT, road

LONG = (
    "Đầu năm nay xã vận động bà con hiến đất làm đường liên thôn, đến nay ba thôn đã có đường bê tông dài hai cây số."
)


def shown(text: str, *changes: tuple[str, str]) -> str:
    """The changes of the last place of each of these words, as `clean --diff` prints them."""
    edits = [Edit(text.rindex(old), text.rindex(old) + len(old), new, "NTM201") for old, new in changes]
    found = hunks(decode(text.encode(), "a.txt"), with_margins(text, edits))
    return "\n".join(render(hunk, "en") for hunk in found)


TABLE = {
    "a word": (("Xã of the vui.", ("of the", "rất")), "@@ 1 @@ NTM201\n  Xã [-of the-]{+rất+} vui."),
    "a paragraph": (
        (f"{LONG}\n\nMột\n\n{LONG}", ("Một", "")),
        "@@ 3 @@ NTM201 (1 paragraph removed)\n  [-Một-]",
    ),
    "the first": (("Một\n\nHai", ("Một", "")), "@@ 1 @@ NTM201 (1 paragraph removed)\n  [-Một-]"),
    "with spaces around": (("Một\r\n \r\n  Hai \r\n", ("Hai", "")), "@@ 3 @@ NTM201 (1 paragraph removed)\n  [-Hai-]"),
    "two at once": (
        ("Một\n\nHai\n\nBa\n\nBốn", ("Hai\n\nBa", "")),
        "@@ 3 @@ NTM201 (2 paragraphs removed)\n  [-Hai-]\n  [-Ba-]",
    ),
    "two, one by one": (
        ("Một\n\nHai\n\nBa\n\nBốn", ("Hai", ""), ("Ba", "")),
        "@@ 3 @@ NTM201 (1 paragraph removed)\n  [-Hai-]\n@@ 5 @@ NTM201 (1 paragraph removed)\n  [-Ba-]",
    ),
    "beside a change above": (
        ("Xã of the vui.\n\nHai\n\nBa", ("of the", ""), ("Hai", "")),
        "@@ 1 @@ NTM201\n  Xã[- of the-] vui.\n@@ 3 @@ NTM201 (1 paragraph removed)\n  [-Hai-]",
    ),
    "paragraphs that really are joined": (
        ("Một hai\n\nba bốn", ("hai\n\nba", "")),
        "@@ 1 @@ NTM201\n  Một[- hai⏎-]\n  [-⏎-]\n  [-ba-] bốn",
    ),
    "a break put in": (("Một hai", (" ", "\n")), "@@ 1 @@ NTM201\n  Một[- -]{+⏎+}\n  hai"),
    "a paragraph for another": (("Một\n\nHai", ("Hai", "Ba")), "@@ 3 @@ NTM201\n  [-Hai-]{+Ba+}"),
    "blank lines": (
        ("Một\n\n\nHai", ("\n\n\n", "\n\n")),
        "@@ 1 @@ NTM201\n  Một" + "[-⏎-]\n  " * 3 + "{+⏎+}\n  {+⏎+}\n  Hai",
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_change_is_shown_in_its_lines(name: str) -> None:
    (text, *changes), expected = TABLE[name]
    assert shown(text, *changes) == expected  # type: ignore[arg-type]


@given(st.text(alphabet=st.sampled_from("abcd \n\r"), max_size=40).map("a".__add__), st.data())
def test_all_that_changes_is_shown_and_no_line_holds_two(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [
        (a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b] != "\n" or text[a - 1 : a] != "\r"
    ]
    edits = with_margins(text, [Edit(a, b, data.draw(st.sampled_from(["", "x", "x\ny"]))) for a, b in spans])
    found = list(hunks(decode(text.encode(), "a.txt"), edits))
    for kind, expected in (("old", [text[e.start : e.end] for e in edits]), ("new", [e.replacement for e in edits])):
        seen = "".join(part for hunk in found for line in hunk.lines for k, part in line if k == kind)
        assert "".join(seen.split()) == "".join("".join(expected).split())
    for hunk in found:
        for line in hunk.lines:
            assert all(BREAKS.search(part.rstrip("\r\n")) is None for _, part in line)
            assert all(BREAKS.search(part) is None for _, part in line[:-1])


def test_the_closing_page_of_a_review_keeps_paragraphs_apart(tmp_path: Path) -> None:
    found = pipeline.scan(read_unit(road(tmp_path)), pipeline.load_resources())
    given_answers = session([found], tmp_path)
    given_answers.go_to(1)
    given_answers.choose(1)
    drawn = ["".join(t for _, t in line) for line in screen.closing(given_answers, "vi", 100)]
    at = next(i for i, line in enumerate(drawn) if "xóa 1 đoạn" in line)
    assert re.fullmatch(rf"\s*\[-{VISIT}-\]", drawn[at + 1])
    assert "dòng 7" in drawn[at]


def test_clean_shows_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = road(tmp_path, text=ROAD)
    clean.run([str(article)], clean_options.Options({"lang": "vi"}, diff=True))
    assert capsys.readouterr().out == f"@@ 7 @@ NTM201 (xóa 1 đoạn)\n  [-{VISIT}-]\n"
