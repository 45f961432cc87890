"""What is foreseen over arrays of many texts at once loses no candidate that looking at every word finds."""

from __future__ import annotations

from functools import lru_cache
from math import inf
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_repair.article import Article
from ntm_repair.context import Context
from ntm_repair.glance import Glance
from ntm_repair.lexicon import Lexicon
from ntm_repair.matching import model
from ntm_repair.matching.candidates import kind_of
from ntm_repair.matching.engine import FAINT, Matcher, prior
from ntm_repair.matching.many.look import SLACK
from ntm_repair.matching.many.signs import SIGNS, GarbleSigns
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
    """How many candidates are likely enough to be weighed against each other; what is foreseen of them holds."""
    articles = [Article(Document(text, Source("", "", "utf-8"))) for text in texts]
    offsets = [0]
    for article in articles:
        offsets.append(offsets[-1] + len(article.text) + 1)
    glance = Glance("\n".join(a.text for a in articles))
    matcher().foresee(articles, glance, offsets)
    known = rows_of(glance)
    count = 0
    for article, begin in zip(articles, offsets, strict=False):
        signs = article.memo.get(SIGNS)
        if not isinstance(signs, GarbleSigns):
            continue
        units = Units(article.tokens)
        odd = [article.text[a:b] for a, b in article.lines_at(signs.whole)]
        for c in matcher().candidates(units):
            features = matcher().weigher.features(units, c)
            logits = (-inf, -inf) if features is None else model.shipped().logits(c, features)
            start, end = units.span(c.first, c.last)
            if max(logits) >= FAINT and not any(article.text[start:end] in line for line in odd):
                bounds = known[begin + start, begin + end, kind_of(c), c.keys]
                assert all(bound >= logit - SLACK for bound, logit in zip(bounds, logits, strict=True))
                count += 1
        for fragments in (0, 2, 50):
            everywhere = matcher().garbles(units, fragments)
            where = signs.where(units)
            shift = prior(fragments, len(units))
            assert (matcher().garbles(units, fragments, where) if signs.may_show(shift) else []) == everywhere
    return count


def rows_of(glance: Glance) -> dict[tuple[int, int, str, tuple[str, ...]], tuple[float, float]]:
    """The upper bounds of the log-odds of what is weighed over arrays: by begin and end, kind and new words."""
    looker = matcher().looker
    words = looker.words(glance)
    if words is None:
        return {}
    rows, _ = looker.rows(words)
    found = {}
    right, damaged = looker.logits(words, rows)
    for row, logits in enumerate(zip(right.tolist(), damaged.tolist(), strict=True)):
        new = tuple(words.word(number) for number in rows.new[row].tolist() if number >= 0)
        begin, end = int(glance.starts[rows.first[row]]), int(glance.ends[rows.last[row] - 1])
        found[begin, end, model.KINDS[rows.kind[row]], new] = logits
    return found


def test_the_projects_own_texts() -> None:
    assert compare(TEXTS) > 100


def test_most_articles_are_not_looked_at() -> None:
    """Else all this would be for nothing."""
    articles = [Article(Document(line, Source("", "", "utf-8"))) for line in LINES]
    offsets = [0]
    for article in articles:
        offsets.append(offsets[-1] + len(article.text) + 1)
    matcher().foresee(articles, Glance("\n".join(LINES)), offsets)
    signs = [article.memo[SIGNS] for article in articles]
    shown = [s.may_show(0.0) for s in signs if isinstance(s, GarbleSigns)]
    assert 0 < sum(shown) < len(LINES) / 2


def test_texts_of_a_few_words() -> None:
    """Fewer than an exchange may move: distances that such a text has not were taken for others."""
    words = "Mỗi NTM còn xã dưới tiêu chí".split()
    for size in range(2, len(words) + 1):
        for turn in range(size):
            compare([" ".join(words[turn:size] + words[:turn])])


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
            words[chance.randrange(len(words))] = chance.choice(ODD)
        texts.append(" ".join(words))
    compare(texts)
