"""Garbled Vietnamese: what is found and repaired, what is left alone, and what the engine promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_repair.glossary import Glossary
from ntm_repair.lexicon import Lexicon
from ntm_repair.matching import model
from ntm_repair.matching.confusion import Confusions
from ntm_repair.matching.engine import FEW, prior
from ntm_repair.matching.terms import difference, edit_class
from ntm_repair.matching.units import COMMA, HARD, SPACE, Units
from ntm_repair.pipeline import load_resources, scan
from ntm_repair.types import Document, Finding, Source

CASES = Path(__file__).parent / "cases"
OURS = ("NTM301", "NTM302", "NTM303", "NTM304")


def findings(text: str) -> list[Finding]:
    document = Document(text, Source(path="t.txt", sha256="0" * 64, encoding="utf-8"))
    return [f for f in scan(document, load_resources()).findings if f.rule in OURS]


@pytest.mark.parametrize("case", json.loads((CASES / "garbled.json").read_text("utf-8")), ids=lambda c: c["garbled"])
def test_garbles_are_found_and_repaired(case: dict[str, str]) -> None:
    found = [f for f in findings(case["text"]) if f.text == case["garbled"]]
    assert [f.rule for f in found] == [case["rule"]]
    assert case["repair"] in [s.replacement for s in found[0].suggestions[:3]]


@pytest.mark.parametrize("text", json.loads((CASES / "garbled-negative.json").read_text("utf-8")))
def test_right_text_is_left_alone(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Huyện giữ nguyên tiêu chuẩn cũ, nâng cao tiêu chuẩn kiểu mẫu NTM.",
        "Trên cơ sở đó, huyện mong nâng cao tiêu chuẩn kiểu mẫu NTM.",
    ],
)
def test_words_beside_a_garbled_place_are_not_doubted_for_its_sake(text: str) -> None:
    assert [(f.text, f.suggestions[0].replacement) for f in findings(text)] == [("kiểu mẫu NTM", "NTM kiểu mẫu")]


def test_nothing_is_safe_and_every_suggestion_says_why() -> None:
    for case in json.loads((CASES / "garbled.json").read_text("utf-8")):
        for found in findings(case["text"]):
            assert found.applicability == "review"
            assert found.suggestions
            assert all(s.why.key.startswith("suggest.") for s in found.suggestions)


def test_suggestions_never_change_ranks_or_figures() -> None:
    words = {"phó", "chánh", "nguyên", "quyền"}
    texts = [c["text"] for c in json.loads((CASES / "garbled.json").read_text("utf-8"))]
    for found in (f for text in texts for f in findings(text)):
        for s in found.suggestions:
            old, new = found.text.lower().split(), s.replacement.lower().split()
            assert words & set(old) == words & set(new)
            assert [w for w in old if w.isdigit()] == [w for w in new if w.isdigit()]


def test_old_and_new_tone_placement_find_the_same() -> None:
    old = "Tỉnh tập trung nâng cao sản xuất giá trị hàng hóa nông sản."
    new = old.replace("hóa", "hoá")
    assert [f.text for f in findings(old)] == [f.text for f in findings(new)] != []


def test_a_repair_keeps_the_capital_of_the_sentence() -> None:
    found = findings("Mẫu NTM kiểu là đích đến của hai xã vùng trũng.")
    assert [f.suggestions[0].replacement for f in found] == ["NTM kiểu mẫu"]


def test_units_know_what_stands_between() -> None:
    units = Units.of("Cấp ủy, chính quyền xã. Hạ tầng - kinh tế đạt 52,8%")
    assert units.keys[:4] == ["cấp", "uỷ", "chính", "quyền"]
    assert units.breaks[2] == COMMA
    assert units.breaks[5] == HARD
    assert units.breaks[7] == SPACE
    assert units.runs[0] == (0, 5)


def test_skipped_spans_part_the_runs() -> None:
    text = "một hai ba bốn năm"
    tokens = Units.of(text)
    from ntm_repair.tokens import tokens_of

    parted = Units(tokens_of(text), [(8, 10)])
    assert tokens.runs == [(0, 5)]
    assert parted.runs == [(0, 2), (3, 5)]


WORDS = st.lists(st.sampled_from("xã huyện đạt chuẩn mới nông thôn".split()), min_size=1, max_size=6)


@given(WORDS, WORDS)
@settings(max_examples=200, deadline=None)
def test_a_difference_accounts_for_every_word(window: list[str], form: list[str]) -> None:
    removed, added = difference(window, form)
    assert sorted([*window, *added]) == sorted([*form, *removed])
    kind = edit_class(window, form, removed, added)
    assert (kind == "exact") == (window == form)
    assert (kind in ("exact", "reordered")) == (sorted(window) == sorted(form))


def test_the_index_finds_every_form_by_its_own_words() -> None:
    index = load_resources().matcher.index
    for form in index.forms[::50]:
        total = sum(index.number(key) for key in form.keys)
        assert any(index.forms[number] is form for number in index.anagrams(total))


def test_acronyms_fold_both_ways() -> None:
    index = load_resources().matcher.index
    assert index.acronyms["ntm"] == ("nông", "thôn", "mới")
    assert index.acronyms["ubnd"] == ("uỷ", "ban", "nhân", "dân")
    keys = {form.keys for form in index.forms}
    assert ("xã", "đạt", "chuẩn", "ntm") in keys
    assert ("xã", "đạt", "chuẩn", "nông", "thôn", "mới") in keys


@pytest.mark.parametrize(
    ("written", "stood"),
    [
        ("tiêu chuẩn", "tiêu chí"),
        ("phân phối", "điều phối"),
        ("giới hạn", "khuôn khổ"),
        ("máy", "bộ máy"),
        ("tàu", "đầu tàu"),
    ],
)
def test_words_that_share_a_headword_are_pairs(written: str, stood: str) -> None:
    confusions = load_resources().matcher.confusions
    road = confusions.alternatives(tuple(written.split()))[tuple(stood.split())]
    assert road.headword
    assert road.nats < 0


def test_the_glossary_read_backwards_has_many_pairs() -> None:
    confusions = Confusions(Glossary.load())
    pairs = {frozenset((a, b)) for a in confusions.headwords for b in confusions.alternatives(a)}
    assert len(pairs) >= 1500


def test_other_damage_raises_the_odds_and_one_place_does_not() -> None:
    assert prior(FEW - 1, 1000) == 0.0
    assert 0 < prior(FEW, 1000) < prior(10, 1000) <= model.MOST_PRIOR
    assert prior(5, 0) == 0.0


def test_what_reads_well_is_doubted_only_where_the_article_is_known_to_be_damaged() -> None:
    units = Units.of("Trong năm qua, huyện vận hành nhân dân hiến đất mở đường.")
    matcher = load_resources().matcher
    assert matcher.garbles(units) == []
    [place] = matcher.garbles(units, fragments=10)
    assert units.text[place.start : place.end] == "vận hành nhân dân"
    assert place.repairs[0].text == "vận động nhân dân"


@pytest.mark.parametrize(
    "text",
    [
        "Các sở, ngành theo dõi, đôn đốc, kiểm tra việc thực hiện.",
        "Trưởng thôn, già làng và đại diện các hộ cùng ký vào biên bản.",
        "Cán bộ xã không né tránh, đùn đẩy việc của dân.",
    ],
)
def test_an_enumeration_may_stand_in_any_order(text: str) -> None:
    units = Units.of(text)
    assert load_resources().matcher.garbles(units, fragments=10) == []


def test_part_of_a_term_that_stands_lacks_nothing() -> None:
    matcher = load_resources().matcher
    whole = Units.of("Ở nhiều chi bộ, nguồn phát triển đảng đi làm ăn xa cả năm.")
    part = Units.of("Ở nhiều chi bộ, việc phát triển đảng gặp khó cả năm.")
    assert all("phát triển đảng viên" not in g.repairs[0].text for g in matcher.garbles(whole, fragments=10))
    assert any(c.keys == ("phát", "triển", "đảng", "viên") for c in matcher.candidates(part))


def test_a_user_lexicon_is_matched_too(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("term\tkind\taliases\tenglish\tnote\nvườn dừa sáp hữu cơ\tagriculture\t\t\t\n", "utf-8")
    assert "vườn dừa sáp hữu cơ" in {t.term for t in Lexicon.load([own]).terms}
    document = Document("Xã có hai dừa vườn sáp hữu cơ.", Source(path="t.txt", sha256="0" * 64, encoding="utf-8"))
    found = [f for f in scan(document, load_resources((own,))).findings if f.rule in OURS]
    assert any(s.replacement == "vườn dừa sáp hữu cơ" for f in found for s in f.suggestions)
