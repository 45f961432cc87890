"""Searching for an anchor's places without a pattern finds what the pattern finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_repair.anchors import CONTEXT, _places, _places_by_pattern

texts = st.lists(
    st.sampled_from(["xã", "xa", "a", " ", "  ", "\n", "\r\n", "\u2028", "\u00a0", ".", "thôn mới"]), max_size=40
)


@settings(max_examples=400)
@given(texts.map("".join), st.data())
def test_places(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, min(len(text), first + 8)))
    before = data.draw(st.sampled_from([None, text[max(0, first - 3) : first], text[max(0, first - CONTEXT) : first]]))
    after = data.draw(st.sampled_from([None, text[last : last + 3], text[last : last + CONTEXT]]))
    middle = text[first:last]
    assert _places(text, middle, before, after) == _places_by_pattern(text, middle, before, after)
