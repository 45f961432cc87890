"""The NFC view: same text, exact way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.text import View, form_of, to_form, written_like

VIETNAMESE = "Quảng Trị đã hoàn thành kế hoạch xây dựng nông thôn mới; ưu tiên nguồn lực"
MIXED = st.text(
    alphabet=st.sampled_from(
        [*"aeiouyđ \n.", *"ếốựạĂ", "\u0300", "\u0301", "\u0323", "\u0302", "가", "ᄀ", "ᅡ", "👩", "\u200d"]
    )
)


@given(st.one_of(MIXED, st.text()))
def test_view_is_nfc_and_spans_cover_what_they_name(source: str) -> None:
    view = View(source)
    assert view.text == unicodedata.normalize("NFC", source)
    assert view.to_source(0, len(view.text)) == (0, len(source))
    for start in range(len(view.text)):
        first, last = view.to_source(start, start + 1)
        assert view.text[start] in unicodedata.normalize("NFC", source[first:last])


@given(MIXED, st.data())
def test_cuts_on_cluster_boundaries_go_there_and_back(source: str, data: st.DataObject) -> None:
    view = View(source)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    first, last = view.to_source(start, end)
    assert view.from_source(first) <= start
    assert (
        unicodedata.normalize("NFC", source[first:last]) == view.text[view.from_source(first) : view.from_source(last)]
    )


@pytest.mark.parametrize("form", ["NFC", "NFD", "tone"])
def test_a_text_is_recognised_in_the_form_it_is_written_in(form: str) -> None:
    text = to_form(VIETNAMESE, form)
    assert form_of(text) == form
    assert unicodedata.normalize("NFC", text) == VIETNAMESE


def test_a_mixed_text_counts_as_what_most_of_it_is() -> None:
    assert form_of(to_form(VIETNAMESE, "NFD") + " xã") == "NFD"


def test_a_replacement_is_written_like_its_surroundings() -> None:
    assert written_like("văn phòng điều phối", "NFD", "utf-8") == unicodedata.normalize("NFD", "văn phòng điều phối")
    in_cp1258 = written_like("kiểu mẫu", "tone", "cp1258").encode("cp1258")
    assert unicodedata.normalize("NFC", in_cp1258.decode("cp1258")) == "kiểu mẫu"
    with pytest.raises(UnicodeEncodeError):
        written_like("nông thôn “mới” 日", "NFC", "cp1258")
