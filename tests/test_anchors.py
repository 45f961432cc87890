"""Anchors find a place again in a text that changed elsewhere, and say so when they cannot."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.anchors import anchor_of, fingerprint, locate
from ntm_repair.text import View

ARTICLE = (
    "Hội nghị sơ kết ba năm\n\n"
    "Trong ba năm, huyện đã hoàn thành to plan ahead trước một năm; các xã in the mountain đều có đường bê tông.\n\n"
    "Toàn cảnh hội nghị\n\nToàn cảnh hội nghị\n\n"
    "Các xã in the mountain vẫn còn khó khăn về nước sạch.\n"
)
PLACES = ["to plan ahead", "in the mountain", "Toàn cảnh hội nghị", "nước sạch"]


def spans(text: str) -> list[tuple[int, int]]:
    found = []
    for words in PLACES:
        at = text.find(words)
        while at >= 0:
            found.append((at, at + len(words)))
            at = text.find(words, at + 1)
    return sorted(found)


CHANGES = {
    "an inserted paragraph": lambda t: t.replace(
        "Toàn cảnh", "Một đoạn văn mới được thêm vào giữa bài.\n\nToàn cảnh", 1
    ),
    "other line breaks": lambda t: t.replace("\n", "\r\n"),
    "a decomposed copy": lambda t: unicodedata.normalize("NFD", t),
    "a new headline": lambda t: "Tin nóng trong ngày\n\n" + t,
    "an edit far away in the same line": lambda t: t.replace("đều có đường bê tông", "đều đã làm xong đường bê tông"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_place_is_found_again_after(change: str) -> None:
    changed = CHANGES[change](ARTICLE)
    before, after = View(ARTICLE), View(changed)
    expected = spans(unicodedata.normalize("NFC", changed))
    for (start, end), target in zip(spans(ARTICLE), expected, strict=True):
        anchor = anchor_of(before, start, end)
        place = locate(after, anchor)
        assert place == after.to_source(*target)
        if change != "an edit far away in the same line":
            assert fingerprint("X", anchor) == fingerprint("X", anchor_of(after, *place))


def test_places_that_look_alike_have_identities_of_their_own() -> None:
    view = View(ARTICLE)
    prints = {fingerprint("X", anchor_of(view, *span)) for span in spans(ARTICLE)}
    assert len(prints) == len(spans(ARTICLE))
    assert fingerprint("X", anchor_of(view, 0, 8)) != fingerprint("Y", anchor_of(view, 0, 8))


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("to plan ahead", ARTICLE.replace("to plan ahead", "vượt kế hoạch")),
        ("to plan ahead", "Một bài khác hẳn, không có gì giống.\n"),
        ("Toàn cảnh hội nghị", ARTICLE.replace("Toàn cảnh hội nghị\n\n", "", 1)),
        ("nước sạch", ARTICLE + "\n" + "Các xã in the mountain vẫn còn khó khăn về nước sạch.\n"),
    ],
)
def test_what_fits_no_single_place_is_not_guessed(words: str, changed: str) -> None:
    start = ARTICLE.rindex(words)
    anchor = anchor_of(View(ARTICLE), start, start + len(words))
    assert locate(View(changed), anchor) is None


def test_one_side_is_enough_when_it_is_long_and_single() -> None:
    start = ARTICLE.index("to plan ahead")
    anchor = anchor_of(View(ARTICLE), start, start + 13)
    changed = ARTICLE.replace("trước một năm", "sớm hơn dự kiến")
    assert locate(View(changed), anchor) == (start, start + 13)


@given(st.text(alphabet=st.sampled_from("ab ế\n"), max_size=60), st.data())
def test_an_anchor_finds_its_own_place(text: str, data: st.DataObject) -> None:
    view = View(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start == end or not text[start:end].strip() or "\n" in text[start:end]:
        return
    assert locate(view, anchor_of(view, start, end)) == (start, end)
