"""Syllables as they are written: parts, spelling rules, tone placement."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.vietnamese import (
    TONES,
    fold_tone_placement,
    is_marked,
    is_stripped_syllable,
    is_syllable,
    parse,
)

ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "syllables.json").read_text("utf-8"))
VALID = [row for row in ROWS if row["onset"] is not None]
STOPS = ("c", "ch", "p", "t")


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['word']}" for row in ROWS])
def test_a_word_has_the_parts_of_its_row(row: dict[str, Any]) -> None:
    found = parse(row["word"])
    if row["onset"] is None:
        assert found is None, row["note"]
    else:
        assert found is not None, row.get("note", "")
        assert (found.onset, found.rhyme, found.tone) == (row["onset"], row["rhyme"], row["tone"])
    assert is_syllable(row["word"]) == (found is not None)


def test_capitals_change_nothing() -> None:
    for row in ROWS:
        assert parse(row["word"].upper()) == parse(row["word"])


def test_a_stop_final_takes_two_tones_and_every_other_rhyme_all() -> None:
    for row in VALID:
        letters = unicodedata.normalize("NFD", row["word"])
        own = next((c for c in letters if c in TONES), "")
        if own:
            changed = {name: unicodedata.normalize("NFC", letters.replace(own, m)) for m, name in TONES.items()}
            possible = {name for name, word in changed.items() if is_syllable(word)}
            expected = {"sắc", "nặng"} if row["rhyme"].endswith(STOPS) else set(TONES.values())
            assert possible == expected, row["word"]


@given(st.sampled_from(VALID), st.sampled_from(VALID))
def test_two_marked_syllables_written_together_are_none(a: dict[str, Any], b: dict[str, Any]) -> None:
    """No syllable holds two tones, so two marked ones glued together are never taken for one."""
    if a["tone"] != "ngang" and b["tone"] != "ngang":
        assert parse(a["word"] + b["word"]) is None


@given(st.text(max_size=12))
def test_any_text_is_answered(word: str) -> None:
    found = parse(unicodedata.normalize("NFC", word))
    assert found is None or found.rhyme


@pytest.mark.parametrize(
    ("word", "marked"),
    [
        ("nông", True),
        ("đi", True),
        ("Đ", True),
        ("to", False),
        ("NTM", False),
        ("naïve", True),
        ("cafe", False),
        ("漢", False),
        ("", False),
    ],
)
def test_a_mark_of_its_own(word: str, marked: bool) -> None:
    assert is_marked(word) is marked


@pytest.mark.parametrize("word", ["nuoc", "viet", "huyen", "dong", "Thuong", "xay", "duoc", "bang"])
def test_vietnamese_typed_without_marks_is_known(word: str) -> None:
    assert is_stripped_syllable(word)


@pytest.mark.parametrize("word", ["plan", "level", "strong", "which", "year", "road", "because"])
def test_english_is_no_vietnamese_without_marks(word: str) -> None:
    assert not is_stripped_syllable(word)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("hòa bình", "hoà bình"),
        ("Ủy ban", "Uỷ ban"),
        ("KHỎE MẠNH", "KHOẺ MẠNH"),
        ("hoàn toàn, thoát, toán", "hoàn toàn, thoát, toán"),
        ("quý, quỳ, quỹ", "quý, quỳ, quỹ"),
        ("Hòa, hoà", "Hoà, hoà"),
        ("thủy lợi và tòa án", "thuỷ lợi và toà án"),
    ],
)
def test_one_placement_to_compare_by(text: str, folded: str) -> None:
    assert fold_tone_placement(text) == folded


@given(st.lists(st.sampled_from([row["word"] for row in VALID])).map(" ".join))
def test_folding_keeps_length_and_says_the_same_twice(text: str) -> None:
    folded = fold_tone_placement(text)
    assert len(folded) == len(text)
    assert fold_tone_placement(folded) == folded
    assert [parse(w) for w in folded.split()] == [parse(w) for w in text.split()]
