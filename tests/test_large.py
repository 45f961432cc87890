"""A large article is taken apart piece by piece and looked at over arrays; what comes of it is the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_repair import anchors, segment, tokens
from ntm_repair import detect as module
from ntm_repair.article import Article
from ntm_repair.detect import detect
from ntm_repair.language.words import words_of
from ntm_repair.matching.many.signs import SIGNS, GarbleSigns
from ntm_repair.pipeline import load_resources
from ntm_repair.places import Index, found_in
from ntm_repair.suggest import again
from ntm_repair.suggest import line as lines
from ntm_repair.suggest.line import Line, Packed
from ntm_repair.tokens import tokens_of
from ntm_repair.types import Document, Source

ROOT = Path(__file__).parents[1]
TEXTS = [p.read_text("utf-8") for p in sorted([*ROOT.glob("samples/*.txt"), *ROOT.glob("tests/cases/articles/*.txt")])]
PIECES = [
    "xã",
    "Hoà",
    "NTM",
    "12",
    ".",
    " ",
    "\n",
    "\n",
    "\x1c",
    "`",
    "\\text{",
    "}",
    "@a",
    "www.x.vn",
    "a_b",
    "é",
    "İ",
]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text is a large one."""
    monkeypatch.setattr(segment, "STRETCH", 300)
    for held in (tokens, again, lines, anchors, module):
        monkeypatch.setattr(held, "LARGE", 1)
    monkeypatch.setattr(anchors, "MANY", 1)


def article(text: str) -> Article:
    return Article(Document(text, Source("", "0" * 64, "utf-8")))


def test_findings(small: None) -> None:
    resources = load_resources()
    looked_at = 0
    for text in (*TEXTS, "\n".join(TEXTS)):
        one, other = article(text), article(text)
        found = detect(one, resources)
        looked_at += isinstance(one.memo.get(SIGNS), GarbleSigns)
        with pytest.MonkeyPatch.context() as patch:
            for held in (tokens, again, lines, anchors, module):
                patch.setattr(held, "LARGE", 1 << 30)
            assert found == detect(other, resources, full=True)
        assert SIGNS not in other.memo
    assert looked_at > 3


def test_most_places_are_not_looked_at(small: None) -> None:
    """Else all this would be for nothing."""
    whole = article("\n".join(TEXTS))
    detect(whole, load_resources())
    signs = whole.memo[SIGNS]
    assert isinstance(signs, GarbleSigns)
    assert 0 < len(signs.orders) < len(whole.tokens) / 4


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_words(text: str) -> None:
    plain, line = tokens_of(text), Line.of(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "STRETCH", 3)
        patch.setattr(tokens, "LARGE", 1)
        patch.setattr(lines, "LARGE", 1)
        large, packed = tokens_of(text), Line.of(text)
        assert segment.words(text) == len(segment._WORD.findall(text))
    assert (large.words, large.lower) == (plain.words, plain.lower)
    assert (list(large.starts), list(large.ends)) == (plain.starts, plain.ends)
    assert list(packed.words) == list(line.words) == words_of(text)
    assert packed.words[1:3] == line.words[1:3]
    assert isinstance(packed.words, Packed) or len(text) < 2
    assert {word: list(at) for word, at in packed.index.items()} == {w: list(at) for w, at in line.index.items()}


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.data())
def test_places_by_index(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    needle = text[first : first + data.draw(st.integers(1, 12))]
    if needle:
        assert list(Index(text).find(needle)) == list(found_in(text, needle))
