"""Word evidence: its signs, its bounds, and the table behind it."""

from __future__ import annotations

import importlib.util
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.context import Context
from ntm_repair.language.evidence import DATA, PLAIN, Evidence, level
from ntm_repair.language.words import words_of
from ntm_repair.pipeline import load_resources
from ntm_repair.vietnamese import is_syllable

BUILDER = Path(__file__).parents[1] / "tools" / "build_word_table.py"
PAIRS_BUILDER = BUILDER.with_name("build_english_pairs.py")
EVIDENCE = load_resources().evidence
MOST_MEMORY = 8_000_000
"""Bytes of Python memory; the tables hold 7 MB and stay on the disk."""
BOUND = 40.0
"""Nats: more than a logarithm ratio of two probabilities in the table can be, with all that is added to it."""


@pytest.mark.parametrize("word", ["of", "which", "because", "increased", "would", "plan", "level", "the", "when"])
def test_english_speaks_for_english(word: str) -> None:
    assert EVIDENCE.of_form(word, False) > 2


@pytest.mark.parametrize("word", ["nông", "được", "Tỉnh", "cho", "không", "hay", "cao", "homestay", "Đakrông", "Kô"])
def test_vietnamese_and_what_is_at_home_in_it_speaks_against(word: str) -> None:
    assert EVIDENCE.of_form(word, False) < 0


@pytest.mark.parametrize(("english", "syllable"), [("of", "to"), ("with", "in"), ("which", "do"), ("when", "can")])
def test_a_word_of_both_languages_says_less(english: str, syllable: str) -> None:
    assert EVIDENCE.of_form(syllable, False) <= EVIDENCE.parameters.bare < EVIDENCE.of_form(english, False)


def test_letters_of_an_unknown_word_say_a_bounded_amount() -> None:
    for word in ("theestest", "overlandishly", "thchngs", "prightedness"):
        assert EVIDENCE.english(word) == 0
        assert abs(EVIDENCE.of_form(word, False)) <= EVIDENCE.parameters.gram
    assert EVIDENCE.of_form("overlandishly", False) > 0


def test_a_compound_says_what_its_most_vietnamese_part_says() -> None:
    parts = [EVIDENCE.of_form(part, False) for part in ("top", "of", "the", "line")]
    assert EVIDENCE.of_form("top-of-the-line", False) == min(parts)
    assert EVIDENCE.of_form("Pa-cô", False) == EVIDENCE.parameters.marked


def test_a_name_of_news_is_told_from_a_word() -> None:
    assert EVIDENCE.is_name("Facebook")
    assert not EVIDENCE.is_name("because")


def test_a_pair_of_news_holds_together_and_two_english_words_do_not() -> None:
    for pair in ("to lớn", "can thiệp", "in may", "can do"):
        assert EVIDENCE.bond(*pair.split()) > 0
    assert EVIDENCE.bond("to", "plan") < 0


@pytest.mark.parametrize("pair", ["in the", "of the", "to be", "do that", "by my"])
def test_function_words_side_by_side_are_english_though_news_quotes_them(pair: str) -> None:
    assert EVIDENCE.bond(*pair.split()) < EVIDENCE.bond("to", "plan")


@given(st.text(max_size=40))
def test_every_word_has_bounded_evidence_and_always_the_same(text: str) -> None:
    fresh = Evidence(EVIDENCE.context)
    p = fresh.parameters
    before = ""
    for word in words_of(text):
        if not word.neutral:
            nats = EVIDENCE.of_form(word.text, word.opens)
            assert math.isfinite(nats)
            assert abs(nats) < BOUND
            assert nats == fresh.of_form(word.text, word.opens)
            anywhere = [
                fresh.of_form(word.text, opens) for opens in ((False,) if word.text.islower() else (False, True))
            ]
            assert fresh.most_of_form(word.text) == max(anywhere)
            assert -p.strange - p.closed <= fresh.bond(before, word.text) <= p.familiar
            before = word.text


@given(st.floats(1e-9, 1.0))
def test_a_probability_is_kept_to_within_a_step(probability: float) -> None:
    assert abs(level(probability) / 12 + math.log(probability)) <= 1 / 24 + 1e-9


def test_the_tables_stay_on_the_disk() -> None:
    code = (
        "from ntm_repair.context import Context\n"
        "from ntm_repair.language.evidence import Evidence\n"
        "import tracemalloc; tracemalloc.start()\n"
        "evidence = Evidence(Context.load())\n"
        "[evidence.of_form(f'w{i}', False) for i in range(1000)]\n"
        "print(tracemalloc.get_traced_memory()[1])"
    )
    peak = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert peak < MOST_MEMORY


def test_all_tables_are_shared_between_evidences() -> None:
    assert Evidence(Context.load()).context is EVIDENCE.context


@pytest.mark.parametrize("pair", ["to do", "the first", "in a", "can do", "you can", "so that"])
def test_pairs_of_english_stand_together(pair: str) -> None:
    assert EVIDENCE.english_bond(*pair.split()) > 0


@pytest.mark.parametrize("pair", ["village do", "the to", "of can", "wedding do", "for to", "a the"])
def test_pairs_that_english_has_not_stand_apart(pair: str) -> None:
    assert EVIDENCE.english_bond(*pair.split()) < 0


@pytest.mark.parametrize("pair", ["because which", "market cities", "which increased"])
def test_pairs_without_a_word_of_both_languages_say_nothing(pair: str) -> None:
    assert EVIDENCE.english_bond(*pair.split()) == 0


@given(st.text("abcdehimnost", min_size=1, max_size=5), st.text("abcdehimnost", min_size=1, max_size=5))
def test_english_pairs_say_a_bounded_amount(first: str, second: str) -> None:
    bond = EVIDENCE.english_bond(first, second)
    assert -EVIDENCE.parameters.apart <= bond <= EVIDENCE.parameters.together


@pytest.mark.parametrize(
    ("acronym", "english"), [("US", True), ("BBC", False), ("NTM", False), ("UBND", False), ("IV", False)]
)
def test_an_acronym_that_news_hardly_has_is_english(acronym: str, english: bool) -> None:
    assert EVIDENCE.is_english_acronym(acronym) is english


def test_plain_syllables_never_speak_for_english() -> None:
    assert len(EVIDENCE.plain) > 5_000
    assert all(is_syllable(word) and word.islower() for word in EVIDENCE.plain)
    assert all(EVIDENCE.of_form(word, opens) <= 0 for word in EVIDENCE.plain for opens in (False, True))


def test_the_word_table_is_rebuilt_bit_for_bit(tmp_path: Path) -> None:
    counts = os.environ.get("NTM_REPAIR_COUNTS", "")
    if not counts or not Path(counts).is_dir():
        pytest.skip("NTM_REPAIR_COUNTS names no folder of word counts")
    if importlib.util.find_spec("wordfreq") is None:
        pytest.skip("wordfreq is not installed (the extra `tables`)")
    built = tmp_path / "words.bin"
    subprocess.run([sys.executable, str(BUILDER), counts, "--out", str(built)], check=True, capture_output=True)
    assert built.read_bytes() == (DATA / "words.bin").read_bytes()
    assert (tmp_path / PLAIN).read_bytes() == (DATA / PLAIN).read_bytes()


def test_the_table_of_english_pairs_is_rebuilt_bit_for_bit(tmp_path: Path) -> None:
    if importlib.util.find_spec("symspellpy") is None:
        pytest.skip("symspellpy is not installed (the extra `tables`)")
    built = tmp_path / "english-2.bin"
    subprocess.run([sys.executable, str(PAIRS_BUILDER), "--out", str(built)], check=True, capture_output=True)
    assert built.read_bytes() == (DATA / "english-2.bin").read_bytes()
