"""The look over the raw words and lines of many texts says of each what plain Python says."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from ntm_repair.rules.signs import AFTER, MARKS
from ntm_repair.segment import FEWEST_WRAPPED, WRAP_WIDTHS, paragraph_spans
from ntm_repair.survey import Remembered, Survey

PIECES = ["xã", "Xã", "12", "34", "“nông", "thôn”,", '"mới".', "(a)", "hộ...", "...", "-", "x" * 60, "😀", "a_b"]
GAPS = [" ", " ", " ", "  ", "\t", "\u00a0", "\n", "\n\n", " \n"]
texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), max_size=30).map(
    lambda p: "".join(a + b for a, b in p)
)


def surveyed(*given: str) -> Survey:
    return Survey(given, MARKS, AFTER)


def word_of(survey: Survey, i: int) -> str:
    return survey.text[survey.starts[i] : survey.ends[i]]


@given(texts, texts)
@example("", "")
def test_raw_words_and_lines(one: str, other: str) -> None:
    survey = surveyed(one, other)
    assert [word_of(survey, i) for i in range(len(survey.starts))] == one.split() + other.split()
    lines = [line for text in (one, other) for line in text.split("\n") if line.strip()]
    assert [survey.line(i) for i in range(len(survey.line_starts))] == [line.strip() for line in lines]
    assert [survey.closing(i) for i in range(len(lines))] == [line.rstrip()[-3:] for line in lines]
    assert [word_of(survey, i) for i in survey.first.tolist()] == [line.split()[0] for line in lines]


@given(texts, texts)
def test_words_alike_have_one_number(one: str, other: str) -> None:
    survey = surveyed(one, other)
    shape = "".join("0" if c.isascii() and c.isdigit() else c for c in survey.text)
    by_number: dict[int, str] = {}
    for start, end, key in zip(survey.starts.tolist(), survey.ends.tolist(), survey.keys.tolist(), strict=True):
        if key:
            assert by_number.setdefault(key, shape[start:end]) == shape[start:end]


@given(
    st.sampled_from(["xã", "hộ12", "NTM", "a"]),
    st.sampled_from(["", '"', "(", "“", "."]),
    st.sampled_from([*AFTER, "", "”", "),.", "!!"]),
)
def test_a_plain_word_is_known_with_marks_where_they_belong(word: str, before: str, after: str) -> None:
    survey = surveyed(f"{word} {before}{word}{after}")
    plain, marked = survey.cores[:2].tolist()
    belongs = before in ("", '"') and after in ("", *AFTER)
    bare = not before and not after
    assert (marked == plain) == (bare or (belongs and len(word) > 1))


@given(texts)
def test_wrapped_texts(text: str) -> None:
    spans = [text[start:end] for start, end in paragraph_spans(text)]
    if any("\n" in paragraph for paragraph in spans):
        assert surveyed(text).wrapped(WRAP_WIDTHS, FEWEST_WRAPPED) == {0}


def test_what_is_remembered() -> None:
    keys = np.random.default_rng(1).integers(1, 2**64, 1000, np.uint64)
    known = Remembered()
    assert not known.among(np.append(keys, np.uint64(0))).any()
    known.add_many(np.append(keys[:600], np.uint64(0)))
    for key in keys[600:900].tolist():
        known.add(key)
    known.add(0)
    assert known.among(keys).tolist() == [True] * 900 + [False] * 100
    assert not known.among(np.array([0], np.uint64)).any()
