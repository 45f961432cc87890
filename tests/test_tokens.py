"""Words found the quick way, where nothing but words can stand, are those that the whole pattern finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ntm_repair import tokens
from ntm_repair.tokens import Tokens, tokens_of

ROOT = Path(__file__).parents[1]
PIECES = [
    *("xã", "Hoà", "NTM", "12", ".", ".", " ", "\n", "\x1c", "\u00a0", "-", "_", "/", ":", "@", "#", "`", "\\", "w"),
    *("www.", "http://", "httpſ://", ".com", ".vn", ".ſi", ".ınfo", "a.b.UK", "tin.html", "İ", "ı", "ſ", "é", "\u0301"),
]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.integers(0, 4), st.integers(0, 4))
@example("İbawww.\x1cé .com.9", 3, 0)
@example("ſiı.com", 0, 0)
def test_the_quick_way(text: str, start: int, left: int) -> None:
    end = max(start, len(text) - left)
    assert tokens_of(text, start, end) == slowly(text, start, end)
    assert tokens_of(text) == slowly(text, 0, len(text))


def test_articles() -> None:
    for path in (*ROOT.glob("samples/*.txt"), *ROOT.glob("tests/cases/**/*.txt")):
        text = path.read_bytes().decode("utf-8")
        assert tokens_of(text) == slowly(text, 0, len(text))


def slowly(text: str, start: int, end: int) -> Tokens:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_OPAQUE_MARKS", ("",))  # in every text
        return tokens_of(text, start, end)
