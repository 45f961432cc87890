"""The lexicon and the glossary that are shipped, and what happens to files that are broken."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import regex

from ntm_repair.errors import UsageError
from ntm_repair.glossary import NOTHING, Glossary
from ntm_repair.lexicon import HEADER, KINDS, Lexicon, LexiconError, builtin_files, check
from ntm_repair.messages import CATALOGUES
from ntm_repair.vietnamese import fold_tone_placement

HEAD = "\t".join(HEADER) + "\n"
NEW_PLACEMENT = regex.compile(r"o[àáảãạèéẻẽẹ]\b|(?<![qQ])u[ỳýỷỹỵ]\b")
"""The tone mark on the second letter of an open oa, oe, uy: the files write hòa, hóa, thủy."""
FORBIDDEN = set("\u00a0\u200b\ufeff“”…")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.load()


def test_the_files_shipped_are_without_a_problem() -> None:
    count, problems = check([])
    assert problems == []
    assert count >= 3000


def test_every_form_is_nfc_in_one_tone_placement_and_free_of_odd_characters(lexicon: Lexicon) -> None:
    for term in lexicon.terms:
        for form in (term.term, *term.aliases):
            assert unicodedata.is_normalized("NFC", form), form
            assert not FORBIDDEN & set(form), form
            assert not NEW_PLACEMENT.search(form), form


def test_no_term_is_another_with_other_capitals_or_tone_placement(lexicon: Lexicon) -> None:
    forms = Counter(fold_tone_placement(t.term.casefold()) for t in lexicon.terms)
    assert [form for form, n in forms.items() if n > 1] == []


def test_no_alias_is_a_term_or_stands_for_two(lexicon: Lexicon) -> None:
    terms = {t.term.casefold() for t in lexicon.terms}
    aliases = Counter(a.casefold() for t in lexicon.terms for a in t.aliases)
    assert [a for a in aliases if a in terms] == []
    assert [a for a, n in aliases.items() if n > 1] == []


def test_every_kind_has_terms(lexicon: Lexicon) -> None:
    assert {t.kind for t in lexicon.terms} == KINDS


@pytest.mark.parametrize(
    "term",
    [
        "Bộ tiêu chí quốc gia về xã nông thôn mới",
        "Chương trình mục tiêu quốc gia xây dựng nông thôn mới",
        "đạt chuẩn nông thôn mới",
        "Ủy ban nhân dân",
        "Mặt trận Tổ quốc Việt Nam",
        "Huân chương Lao động hạng Ba",
    ],
)
def test_what_every_editor_would_look_up_is_there(lexicon: Lexicon, term: str) -> None:
    forms = {f.casefold() for t in lexicon.terms for f in (t.term, *t.aliases)}
    assert term.casefold() in forms


def test_all_provinces_before_and_after_july_2025_are_there(lexicon: Lexicon) -> None:
    places = {f for t in lexicon.terms if t.kind == "place" for f in (t.term, *t.aliases)}
    provinces = """
    An Giang, Bà Rịa - Vũng Tàu, Bắc Giang, Bắc Kạn, Bạc Liêu, Bắc Ninh, Bến Tre, Bình Định, Bình Dương, Bình
    Phước, Bình Thuận, Cà Mau, Cần Thơ, Cao Bằng, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp,
    Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa,
    Kiên Giang, Kon Tum, Lai Châu, Lâm Đồng, Lạng Sơn, Lào Cai, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh
    Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây
    Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Tiền Giang, Thành phố Hồ Chí Minh, Trà Vinh, Tuyên
    Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái, Huế
    """
    missing = {" ".join(p.split()) for p in provinces.split(",")} - places
    assert missing == set()


BROKEN = {
    "header": ("term\tkind\n", 1),
    "columns": (HEAD + "đường làng\tland\n", 2),
    "spaces": (HEAD + "đường  làng\tland\t\t\t\n", 2),
    "nfc": (HEAD + unicodedata.normalize("NFD", "đường làng") + "\tland\t\t\t\n", 2),
    "empty": (HEAD + "\tland\t\t\t\n", 2),
    "kind": (HEAD + "đường làng\tlands\t\t\t\n", 2),
    "short": (HEAD + "đường\tland\t\t\t\n", 2),
    "separator": (HEAD + "đường làng\tland\tđường thôn;ngõ xóm\t\t\n", 2),
    "duplicate": (HEAD + "đường làng\tland\t\t\t\nĐường làng\tland\t\t\t\n", 3),
    "alias": (HEAD + "đường làng\tland\tđường thôn\t\t\nđường thôn\tland\t\t\t\n", 2),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_row_is_named_by_file_and_line(tmp_path: Path, what: str) -> None:
    text, line = BROKEN[what]
    path = tmp_path / "cua-toi.tsv"
    path.write_text(text, "utf-8")
    _, problems = check([path])
    assert [(p.message.key, p.line) for p in problems] == [(f"lexicon.{what}", line)]
    assert all(f"lexicon.{what}" in catalogue for catalogue in CATALOGUES.values())
    with pytest.raises(LexiconError):
        Lexicon.load([path])


def test_a_user_row_replaces_the_built_in_one_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cua-toi.tsv"
    path.write_text(HEAD + "đạt chuẩn nông thôn mới\tlevel\tđạt chuẩn NTM\t\tcách viết của tòa soạn\n", "utf-8")
    own = [t for t in Lexicon.load([path]).terms if t.term == "đạt chuẩn nông thôn mới"]
    assert [(t.layer, t.note) for t in own] == [("project", "cách viết của tòa soạn")]


def test_the_digest_follows_the_content(tmp_path: Path, lexicon: Lexicon) -> None:
    path = tmp_path / "cua-toi.tsv"
    path.write_text(HEAD + "đường hoa nông thôn\tland\t\t\t\n", "utf-8")
    assert Lexicon.load([path]).sha256 != lexicon.sha256
    assert Lexicon.load().sha256 == lexicon.sha256


def test_the_files_are_found_and_sorted() -> None:
    files = builtin_files()
    assert files == sorted(files)
    assert all(f.suffix == ".tsv" for f in files)


def test_the_glossary_is_large_enough_and_well_formed(glossary: Glossary) -> None:
    assert len(glossary.by_english) >= 3000
    keys = Counter((e.english.lower(), e.word_class) for e in glossary.entries)
    assert [k for k, n in keys.items() if n > 1] == []
    for entry in glossary.entries:
        for sense in (*entry.vietnamese, *entry.odd):
            assert sense == NOTHING or sense.replace(" ", "").isalnum(), (entry.english, sense)


@pytest.mark.parametrize(
    ("english", "sense"), [("social", "xã"), ("room", "phòng"), ("show", "hiện"), ("level", "cấp")]
)
def test_the_glossary_knows_the_odd_senses_of_translation_engines(glossary: Glossary, english: str, sense: str) -> None:
    assert any(sense in (*e.vietnamese, *e.odd) for e in glossary.by_english[english])


def test_a_broken_glossary_row_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "them.tsv"
    path.write_text("english\tclass\tvietnamese\todd\ncommune\tnoun\txã\n", "utf-8")
    with pytest.raises(UsageError) as error:
        Glossary.load([path])
    assert error.value.message.values["line"] == 2
