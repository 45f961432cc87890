"""Applying all safe repairs twice is the same as once, for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_repair.article import Article
from ntm_repair.detect import detect
from ntm_repair.pipeline import clean, load_resources
from ntm_repair.types import Document, Source

CAPTION = "Bà con thôn Đông thu hoạch vải thiều đầu vụ"
GARBLED = CAPTION.encode().decode("latin-1")
PIECES = st.sampled_from(
    [
        *("nông thôn", "mới", "xã", ",", ".", " ", "  ", "\u00a0", "\n", "\n\n", "\r\n", "“", "”", "(", ")", '"'),
        *("\u200b", "\u00ad", "\u200d", "\ufeff", "\x07", "\x85", "\u2028", "👩", "e\u0301", "\u0323", "Ð", "а"),
        *(CAPTION, GARBLED, CAPTION + ".", "Tiếng Việt".encode().decode("cp1252", "replace"), "viá»‡c", "Ã ", "â€œ"),
        *(
            "ViÖt Nam céng hßa x· héi chñ nghÜa ®éc lËp",
            "Vieät Nam coäng hoøa xaõ hoäi",
            "Vie^.t Nam co^.ng ho`a xa~ ho^.i",
        ),
        *(
            "the result of this",
            "tổ chức tổ chức",
            "IMG_2041.jpg",
            "Xem thêm: bài khác",
            unicodedata.normalize("NFD", CAPTION),
        ),
    ]
)


def document(text: str) -> Document:
    return Document(text, Source(path="bai.txt", sha256="0" * 64, encoding="utf-8"))


def cleaned(text: str) -> str:
    return clean(document(text), load_resources()).text


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_safe_repairs_twice_are_safe_repairs_once(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_any_text_at_all(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_findings_do_not_overlap_and_lie_in_the_text(text: str) -> None:
    at = 0
    for finding in detect(Article(document(text)), load_resources()):
        assert at <= finding.start <= finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]
        at = finding.end


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("xã \u200b mới", "xã mới"),
        ("xã  \u200b  mới", "xã mới"),
        (
            f"Hội nghị kết thúc.\n\n{CAPTION}\n\n{GARBLED}\n\nMọi người ra về.",
            f"Hội nghị kết thúc.\n\n{CAPTION}\n\nMọi người ra về.",
        ),
        (
            "Chñ nghÜa x· héi,  ®éc lËp tù do h¹nh phóc, lµng x· réng më",
            "Chủ nghĩa xã hội, độc lập tự do hạnh phúc, làng xã rộng mở",
        ),
    ],
)
def test_what_a_repair_brings_to_light_is_repaired_with_it(text: str, result: str) -> None:
    assert cleaned(text) == result


def test_a_mark_after_an_invisible_character_keeps_its_letter() -> None:
    """In decomposed text an invisible joiner belongs to the cluster of its letter; only the joiner may go."""
    text = unicodedata.normalize("NFD", "Nông thôn đổi mới từng ngày a") + "\u200d, đường làng"
    assert unicodedata.normalize("NFC", cleaned(text)).startswith("Nông thôn đổi mới từng ngày a, ")
