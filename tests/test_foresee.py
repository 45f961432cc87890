"""What is foreseen over arrays of many texts at once loses no candidate that looking at every word finds."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_repair.article import Article
from ntm_repair.context import Context
from ntm_repair.glance import Glance
from ntm_repair.lexicon import Lexicon
from ntm_repair.matching.engine import Matcher
from ntm_repair.matching.many.foresee import SIGNS, GarbleSigns, foresee
from ntm_repair.matching.units import Units
from ntm_repair.types import Document, Source

ROOT = Path(__file__).parents[1]
TEXTS = [p.read_text("utf-8") for p in sorted([*ROOT.glob("samples/*.txt"), *ROOT.glob("tests/cases/**/*.txt")])]
LINES = sorted({line for text in TEXTS for line in text.split("\n") if len(line.split()) > 5})

ODD = ["NTM", "https://vi.du/a.b", "1.600", "đạt,", "x@y.vn", "a_b"]


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    return Matcher(Lexicon.load(), Context.load())


def compare(texts: list[str]) -> int:
    """How many candidates the texts have; those found where they are foreseen are the same as those found anywhere."""
    articles = [Article(Document(text, Source("", "", "utf-8"))) for text in texts]
    offsets = [0]
    for article in articles:
        offsets.append(offsets[-1] + len(article.text) + 1)
    foresee(articles, Glance("\n".join(a.text for a in articles)), offsets, matcher().looker)
    count = 0
    for article in articles:
        signs = article.memo.get(SIGNS)
        if not isinstance(signs, GarbleSigns):
            continue
        units = Units(article.tokens)
        everywhere = list(matcher().candidates(units))
        assert list(matcher().candidates(units, signs.where(units, ()))) == everywhere
        count += len(everywhere)
    return count


def test_the_projects_own_texts() -> None:
    assert compare(TEXTS) > 500


def test_some_words_are_not_looked_at() -> None:
    """Else all this would be for nothing."""
    article = Article(Document("\n".join(LINES), Source("", "", "utf-8")))
    foresee([article], Glance(article.text), [0, len(article.text) + 1], matcher().looker)
    signs = article.memo[SIGNS]
    assert isinstance(signs, GarbleSigns)
    words = len(article.tokens)
    assert 0 < len(signs.orders) < words / 5
    assert 0 < len(signs.lexical) < words / 2
    assert 0 < len(signs.confusions) < words / 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_scrambled_lines(lines: list[str], chance: Random) -> None:
    texts = []
    for line in lines:
        words = line.split(" ")
        for _ in range(chance.randrange(4)):
            at, to = chance.randrange(len(words)), chance.randrange(len(words))
            words.insert(to, words.pop(at))
        if chance.random() < 0.3:
            words[chance.randrange(len(words))] = chance.choice(
                ["NTM", "https://vi.du/a.b", "1.600", "đạt,", "x@y.vn", "a_b"]
            )
        texts.append(" ".join(words))
    compare(texts)
