"""Edits of a text taken out of markup reach the right stretches of the source, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.formats.pieces import Pieces
from ntm_repair.types import Edit


def sample() -> Pieces:
    pieces = Pieces("<b>một</b> &amp; <i>hai</i><p>ba</p>")
    pieces.verbatim(3, 6)
    pieces.verbatim(10, 11)
    pieces.atomic("&", 11, 16)
    pieces.verbatim(16, 17)
    pieces.verbatim(20, 23)
    pieces.separator("\n\n")
    pieces.verbatim(30, 32)
    assert pieces.seal() == "một & hai\n\nba"
    return pieces


@pytest.mark.parametrize(
    ("start", "end", "replacement", "expected"),
    [
        (0, 3, "bốn", "<b>bốn</b> &amp; <i>hai</i><p>ba</p>"),
        (0, 9, "bốn", "<b>bốn</b><i></i><p>ba</p>"),
        (2, 5, "t và", "<b>một và</b> <i>hai</i><p>ba</p>"),
        (4, 5, "", "<b>một</b>  <i>hai</i><p>ba</p>"),
        (9, 13, "", "<b>một</b> &amp; <i>hai</i><p></p>"),
        (9, 11, "", "<b>một</b> &amp; <i>hai</i><p>ba</p>"),
        (3, 3, "!", "<b>một!</b> &amp; <i>hai</i><p>ba</p>"),
        (0, 0, "!", "<b>!một</b> &amp; <i>hai</i><p>ba</p>"),
        (9, 9, "!", "<b>một</b> &amp; <i>hai!</i><p>ba</p>"),
        (13, 13, "!", "<b>một</b> &amp; <i>hai</i><p>ba!</p>"),
        (10, 12, "x", "<b>một</b> &amp; <i>hai</i><p>xa</p>"),
    ],
)
def test_an_edit_keeps_the_markup(start: int, end: int, replacement: str, expected: str) -> None:
    assert sample().patched([Edit(start, end, replacement)], str) == expected


def test_two_edits_of_one_atomic_piece_meet_in_it() -> None:
    pieces = Pieces("[=>]")
    pieces.atomic("abcd", 0, 4)
    pieces.seal()
    assert pieces.patched([Edit(0, 1, "A"), Edit(2, 3, "")], str) == "Abd"


@given(st.integers(0, 13))
def test_offsets_rise_with_those_of_the_source(offset: int) -> None:
    pieces = sample()
    assert 3 <= pieces.to_source(offset) <= 32
    if offset:
        assert pieces.to_source(offset - 1) <= pieces.to_source(offset)
