"""Where the ends of a run of English are drawn when names and terms stand beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.language import boundary
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.reading import Reading, read
from ntm_repair.language.residue import residue
from ntm_repair.language.words import words_of
from ntm_repair.pipeline import load_resources

EVIDENCE = load_resources().evidence
UNMOVED = Evidence(EVIDENCE.context, boundary={})
FUND = "Huyện vay vốn của quỹ Turner a possible way để làm đường."
BEFORE = (
    "Quỹ Turner lập năm 2010. Nhờ Turner, thôn Trung có nước sạch.\n\nNăm sau mới có điện về tới bản làng xa nhất của "
    "huyện, đường cũng được mở rộng thêm hai mét, bà con rất vui.\n\n"
)


def runs(paragraph: str, evidence: Evidence = EVIDENCE, article: str = "") -> list[str]:
    return [paragraph[r.start : r.end] for r in residue(paragraph, evidence, article=article)]


def reading(paragraph: str, article: str = "") -> Reading:
    return read(paragraph, words_of(paragraph), EVIDENCE, article)


def test_a_name_between_the_halves_of_a_compound_belongs_to_the_run() -> None:
    text = "Bà con đã đổi phương Oxfam wants to help us pháp canh tác."
    assert runs(text, UNMOVED) == ["wants to help us"]
    assert runs(text) == ["Oxfam wants to help us"]


def test_a_name_that_the_article_has_elsewhere_belongs_to_the_vietnamese() -> None:
    assert runs(FUND, UNMOVED, BEFORE + FUND) == ["Turner a possible way"]
    assert runs(FUND, article=BEFORE + FUND) == ["a possible way"]


def test_a_name_that_only_the_run_has_is_not_elsewhere() -> None:
    turner = FUND.index("Turner")
    at = [w.start for w in words_of(FUND)].index(turner)
    own = turner, turner + len("Turner a possible way")
    assert not boundary._elsewhere(reading(FUND, FUND), at, own)
    assert boundary._elsewhere(reading(FUND, BEFORE + FUND), at, own)
    assert boundary._elsewhere(reading("Turner lập ra " + FUND), at + 3, (own[0] + 14, own[1] + 14))


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2019, the teachers of Turner, Oxfam Leeds vận động bà con.",  # a list in English
        "Xã mời chuyên gia của công ty. Turner said that.",  # marks on both sides
        "Bà con to be left in peace de Turner vừa về thăm quê.",  # the particle of a name
    ],
)
def test_ends_at_marks_lists_and_particles_stay_where_they_are(text: str) -> None:
    assert runs(text) == runs(text, UNMOVED)


def test_the_unit_of_a_number_is_no_english() -> None:
    assert runs("Trồng cây con cao dưới 15 cm on the road thì dễ sống hơn.") == ["on the road"]


def test_how_vietnamese_reads_on_is_asked_only_of_neighbours_that_touch_the_run() -> None:
    joined, parted = "Đổi phương when it is pháp canh tác.", "Đổi phương, when it is pháp canh tác."
    halves = boundary.reads_on(reading(joined), 2, 4, EVIDENCE.context)
    assert halves is not None
    assert halves > 2
    assert boundary.reads_on(reading(parted), 2, 4, EVIDENCE.context) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Xã hoàn thành tiêu hesitant chí về môi trường trong quý ba.", "hesitant"),
        ("Cả huyện thi a đua xây dựng nông thôn mới.", "a"),
    ],
)
def test_a_lone_word_between_the_halves_of_a_compound_is_shown(text: str, word: str) -> None:
    assert runs(text) == [word]
    assert runs(text.replace(word, f"{word},")) == []


@given(
    st.lists(st.sampled_from("xã thôn và do to Turner Oxfam the of is possible way NTM 15 , . km".split()), max_size=14)
)
def test_the_best_ends_are_never_worse_than_those_given(words: list[str]) -> None:
    text = " ".join(["xã", *words, "thôn"])
    made = reading(text)
    last = len(made.words) - 1
    for first in range(1, last):
        spans = boundary.candidates(made, first, last - 1, EVIDENCE)
        assert spans[0] == (first, last - 1)
        assert len(set(spans)) == len(spans)
        assert all(0 <= i <= j <= last for i, j in spans)
        scores = {
            s: boundary.weighed(boundary.features(made, s, first, last - 1, EVIDENCE), EVIDENCE.boundary) for s in spans
        }
        chosen = boundary.moved(made, first, last - 1, EVIDENCE)
        assert chosen == spans[0] or scores[chosen] >= max(scores.values()) - 1e-9
