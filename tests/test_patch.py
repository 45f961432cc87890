"""Edits: what they leave alone, what they refuse, and the white space a deletion takes along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.patch import OverlapError, apply_edits, with_margins
from ntm_repair.types import Edit


@st.composite
def texts_and_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(alphabet=st.sampled_from("abế ,.\n"), max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Edit(a, b, draw(st.sampled_from(["", "x", "một hai"]))) for a, b in pairs]


@given(texts_and_edits())
def test_what_no_edit_covers_stays(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    result = apply_edits(text, edits)
    at = 0
    for i, edit in enumerate(edits):
        untouched = text[edits[i - 1].end if i else 0 : edit.start]
        assert result[at : at + len(untouched)] == untouched
        at += len(untouched) + len(edit.replacement)
    assert result[at:] == text[edits[-1].end if edits else 0 :]


@given(texts_and_edits(), st.randoms())
def test_the_order_edits_are_given_in_does_not_matter(case: tuple[str, list[Edit]], random: object) -> None:
    text, edits = case
    shuffled = list(edits)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert apply_edits(text, shuffled) == apply_edits(text, edits)


@given(texts_and_edits())
def test_margins_add_nothing_but_white_space(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    result, plain = apply_edits(text, with_margins(text, edits)), apply_edits(text, edits)
    assert "".join(result.split()) == "".join(plain.split())


@pytest.mark.parametrize("other", [Edit(2, 5, ""), Edit(3, 4, "x"), Edit(0, 3, ""), Edit(2, 2, "x")])
def test_overlapping_edits_are_refused(other: Edit) -> None:
    with pytest.raises(OverlapError):
        apply_edits("abcdefgh", [Edit(2, 4, "y"), other])


def test_offsets_outside_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        apply_edits("abc", [Edit(2, 9, "")])


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        ("trong when một số", "when", "trong một số"),
        ("xong rồi and then, xã", "and then", "xong rồi, xã"),
        ("Show vẫn còn", "Show", "vẫn còn"),
        ("đã đạt of the", "of the", "đã đạt"),
        ("(so that) được", "so that", "() được"),
        ("A\n\nlặp\n\nlặp\n\nB", "lặp\n\nB", "A\n\nlặp"),
        ("lặp\n\nB", "lặp", "B"),
        ("A\r\n\r\nlặp\r\n\r\nB\r\n", "lặp", "A\r\n\r\nB\r\n"),
        ("A\nlặp\nB\n", "lặp", "A\nB\n"),
        ("lặp", "lặp", ""),
        ("một  and  hai", "and", "một  hai"),
    ],
)
def test_a_deletion_leaves_no_double_space_and_no_empty_paragraph(text: str, gone: str, left: str) -> None:
    at = text.rindex(gone)
    assert apply_edits(text, with_margins(text, [Edit(at, at + len(gone), "")])) == left


def test_neighbouring_deletions_share_their_white_space() -> None:
    text = "A\n\nlặp\n\nlặp\n\nB"
    edits = [Edit(0, 1, ""), Edit(3, 6, ""), Edit(8, 11, "")]
    assert apply_edits(text, with_margins(text, edits)) == "B"
