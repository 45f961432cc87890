"""Paragraphs and the parts they play."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.segment import is_caption_like, segment

ARTICLE = """14/3/2023, 08:30

Hương Khê sơ kết ba năm xây dựng nông thôn mới

Mạnh Hùng

Sáng 14/3, Ủy ban nhân dân huyện tổ chức hội nghị sơ kết. Dự hội nghị có đại diện 21 xã.

Toàn cảnh hội nghị

Đến nay, 15 xã đạt chuẩn.

- Xã Phú Gia: 18 tiêu chí

Thực hiện: Nhóm PV
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(s.kind, text[s.start : s.end]) for s in segment(text) if s.kind != "blank"]


def test_the_parts_of_an_article_are_told_apart() -> None:
    assert [kind for kind, _ in kinds(ARTICLE)] == [
        "date",
        "title",
        "byline",
        "body",
        "caption",
        "body",
        "body",
        "byline",
    ]


@given(st.text(alphabet=st.sampled_from("aă .\r\n\u2028:Ảnh-1")))
def test_segments_cover_all_but_line_breaks(text: str) -> None:
    at = 0
    for part in segment(text):
        assert part.start >= at
        assert not text[at : part.start].strip("\r\n\u2028\u2029")
        assert (part.kind == "blank") == (not text[part.start : part.end].strip())
        at = part.end
    assert not text[at:].strip("\r\n\u2028\u2029")


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    wrapped = (
        "Toàn xã hiện có bảy thôn, trong đó năm thôn đã được công\n"
        "nhận khu dân cư kiểu mẫu, hai thôn còn lại đang hoàn thiện\n"
        "các tiêu chí về giao thông, môi trường để được xét vào\n"
        "cuối năm."
    )
    assert [kind for kind, _ in kinds(wrapped)] == ["body"]
    assert len(kinds("Kết quả\nGiao thông: đạt 19 km\nThủy lợi: đạt\nĐiện: đạt")) == 4


def test_a_credit_makes_a_caption_of_a_sentence() -> None:
    assert is_caption_like("Bà con thu hoạch chè. Ảnh: Thu Trang")
    assert not is_caption_like("Bà con thu hoạch chè.")
    assert not is_caption_like("- Bà con thu hoạch chè")
    assert not is_caption_like("***")


def test_a_caption_on_top_is_no_title() -> None:
    text = "Cổng chào thôn Đông Sơn\n\nCổng chào thôn Đông Sơn\n\nThôn có 120 hộ."
    assert [kind for kind, _ in kinds(text)] == ["caption", "caption", "body"]
