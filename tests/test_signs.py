"""Looking only where there are signs finds what looking everywhere finds."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ntm_repair.article import Article
from ntm_repair.detect import detect, look_ahead
from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES
from ntm_repair.types import Document, Source

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("samples/*.txt"), *ROOT.glob("tests/cases/**/*.txt")])
LINES = sorted(
    {
        line
        for rule in RULES
        for text in (*rule.bad, *rule.good)
        for line in text.replace("[[", "").replace("]]", "").split("\n")
        if line.strip()
    }
)
WORDS = sorted({word for line in LINES for word in line.split()})
ODD = [
    *("“", "”", "(", ")", '"', "«", "»", "…", ",", ".", " .", "-", "1)", "a)", "T", "ng", "h", "ô", "x", "Anh:", "ảnh"),
    *(
        "\u00a0",
        "\u0085",
        "\x1c",
        "\x0b",
        "\u200b",
        "\u0301",
        "Ã",
        "â€",
        "Ð",
        "Céng",
        "hßa",
        "x·",
        "Vie^.t",
        "IMG",
        "2041",
    ),
    *("tại", "Quảng", "quảng", "trị", "Trị", "Thừa", "Thiên", "huế", "Huế", "Quảng-trị", "Đà nẵng", "İ"),
    *(
        "(2)",
        "anh.jpg",
        "một-hai-ba",
        "a-b-c",
        "Chia",
        "sẻ",
        "12",
        "lượt",
        "xem",
        "12/5/2020",
        "8:30",
        "the",
        "of",
        "and",
    ),
]
GAPS = [" ", " ", " ", " ", "  ", "", "\n", "\n\n", "\r\n", "\r", "\u2028", "\t"]


@lru_cache(maxsize=1)
def strategy() -> st.SearchStrategy[str]:
    piece = st.one_of(st.sampled_from(LINES), st.sampled_from(WORDS), st.sampled_from(ODD))
    return st.lists(st.tuples(piece, st.sampled_from(GAPS)), max_size=25).map(lambda p: "".join(a + b for a, b in p))


def article(text: str) -> Article:
    return Article(Document(text, Source("bai.txt", "0" * 64, "utf-8")))


def same(text: str) -> None:
    resources = load_resources()
    everywhere = detect(article(text), resources, full=True)
    assert detect(article(text), resources) == everywhere
    ahead = [article("Một bài khác, một bài khác."), article(text), article(text[::-1])]
    look_ahead(ahead, resources)
    assert detect(ahead[1], resources) == everywhere
    assert ahead[1].words == article(text).words


@settings(max_examples=150, deadline=None)
@given(strategy())
@example("“\n”")
@example("“a\r”")
@example("“Một hai ba bốn.\nMột (hai ba) bốn.\nMột hai” ba bốn.")
@example("Về Thừa Thiên\nhuế, về Quảng trị. Quảng Trị.\nVề Quảng Trị và Bà Rịa - Vũng tàu")
@example("\x1c Xem thêm: Những tuyến đường nở hoa ở miền núi ")
@example("Ã\u00a0 và Â")
@example("Bà con T rung ương.\rXem thêm: a\u2028Chia sẻ Facebook")
def test_put_together(text: str) -> None:
    same(text)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_real_articles(path: Path) -> None:
    same(path.read_bytes().decode("utf-8"))


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_examples_of_the_rules(rule: object) -> None:
    for text in (*rule.bad, *rule.good):  # type: ignore[attr-defined]
        same(regex.sub(r"\[\[|\]\]", "", text))


@given(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(ODD), st.text("a1đ0(.,-x²", min_size=1, max_size=8)), st.randoms()
)
def test_no_rule_asks_which_digit_a_word_has(word: str, chance: Random) -> None:
    other = regex.sub("[0-9]", lambda _: str(chance.randrange(10)), word)
    for rule in RULES:
        if rule.in_word is not None:
            assert rule.in_word(word, load_resources()) == rule.in_word(other, load_resources())
