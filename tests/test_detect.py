"""Overlaps are settled in one place: by the order of the rules, then by confidence, then by length."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.article import Article
from ntm_repair.detect import detect, settle
from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES
from ntm_repair.rules.base import Rule
from ntm_repair.types import Document, Hit, Message, Source


def hit(start: int, end: int, confidence: float = 0.9) -> Hit:
    return Hit(start, end, Message("ntm203.word"), confidence, {})


@st.composite
def claims(draw: st.DrawFn) -> list[tuple[Rule, Hit]]:
    found = []
    for _ in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, 30))
        end = start + draw(st.integers(1, 8))
        found.append((draw(st.sampled_from(RULES)), hit(start, end, draw(st.sampled_from([0.5, 0.9])))))
    return found


def overlap(a: Hit, b: Hit) -> bool:
    return a.start < b.end and b.start < a.end


@given(claims())
def test_what_stays_does_not_overlap_and_what_goes_lost_to_something_that_stays(
    found: list[tuple[Rule, Hit]],
) -> None:
    kept = settle(found)
    assert all(not overlap(a, b) for (_, a), (_, b) in pairwise(kept))
    order = {rule.code: place for place, rule in enumerate(RULES)}
    for rule, lost in found:
        if (rule, lost) not in kept:
            assert any(
                overlap(lost, winner) and (order[by.code], -winner.confidence) <= (order[rule.code], -lost.confidence)
                for by, winner in kept
            )


@given(claims(), st.randoms())
def test_the_order_hits_come_in_does_not_matter(found: list[tuple[Rule, Hit]], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [(r.code, h.start, h.end) for r, h in settle(shuffled)] == [
        (r.code, h.start, h.end) for r, h in settle(found)
    ]


def test_the_surer_then_the_longer_of_one_rule_stays() -> None:
    rule = RULES[0]
    assert [h for _, h in settle([(rule, hit(0, 5, 0.5)), (rule, hit(3, 6, 0.9))])] == [hit(3, 6, 0.9)]
    assert [h for _, h in settle([(rule, hit(0, 2)), (rule, hit(1, 6))])] == [hit(1, 6)]


def test_touching_hits_both_stay() -> None:
    rule = RULES[0]
    assert len(settle([(rule, hit(0, 5)), (rule, hit(5, 6))])) == 2


def rules_at(text: str) -> list[tuple[str, str]]:
    document = Document(text, Source(path="bai.txt", sha256="0" * 64, encoding="utf-8"))
    return [(f.rule, f.text) for f in detect(Article(document), load_resources())]


def test_a_repeated_caption_outranks_what_is_wrong_inside_it() -> None:
    caption = "Đoàn công công tác thăm xã ,  nghe báo cáo “” tại nhà văn hóa"
    found = rules_at(f"Sáng nay có lễ.\n\n{caption}\n\n{caption}\n\nMọi người ra về.")
    assert found[-1] == ("NTM201", caption)
    assert {code for code, _ in found[:-1]} == {"NTM203", "NTM402", "NTM403"}


def test_garbled_letters_are_one_finding_a_paragraph() -> None:
    good = "Bà con thôn Đông phấn khởi hiến đất làm đường , ai ai cũng vui ."
    garbled = good.encode().decode("latin-1")
    assert {code for code, _ in rules_at(f"{garbled}\n\n{good}")} == {"NTM601", "NTM402"}
    assert len([1 for code, _ in rules_at(garbled) if code == "NTM601"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Mọi người the\u200bo ông trưởng thôn ra đồng gặt lúa từ sáng sớm.",
        "Nhà trường tặng gạo cho bí thư chi đ\u043eàn thôn Đông.",
        "Thu ngân sách địa phư\u00adơng năm nay tăng gấp rưỡi năm trước.",
        "Hàng xóm lại thêm những chú c\u2060him bồ câu về ở.",
    ],
)
def test_a_word_cut_by_a_character_nobody_sees_is_reported_by_that_character(text: str) -> None:
    assert [code for code, _ in rules_at(text)] == ["NTM604"]


def test_english_stays_a_finding_with_an_invisible_character_in_it() -> None:
    text = "Hai xã hoàn to plan to\u200b the top of the li\u200bst ban đầu, bà con rất vui mừng."
    assert "NTM101" in [code for code, _ in rules_at(text)]
