"""The look over whole arrays says of every word and pair what plain Python says of each."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from ntm_repair.context import Context
from ntm_repair.glance import Glance, Pairs, hashing, repeats
from ntm_repair.packed import LONGEST, hash_of, word_hash
from ntm_repair.vietnamese import fold_tone_placement

WORDS = """
    nông thôn mới xã hội hòa hoà HÒA Hoàn quý Quỳ thủy thuỷ khỏe hóa1 ủy hộ GIỎI İstanbul ΑΣ a to 12 ﷺ x_y 𝒜 😀 q
""".split()
GAPS = [
    " ",
    "  ",
    "\u00a0",
    " \t",
    "\n",
    "\r\n",
    " \n ",
    "\u2028",
    "\x0b",
    ",",
    ", ",
    ". ",
    "-",
    "",
    "\u200b",
    "\ud800",
    "́",
]
pieces = st.one_of(st.sampled_from(WORDS), st.text(max_size=4), st.text("òóỏõọùúủũụaeyqOUƯ", max_size=6))
texts = st.lists(st.tuples(pieces, st.sampled_from(GAPS)), max_size=30).map(lambda p: "".join(a + b for a, b in p))
WORD = regex.compile(r"[\p{L}\p{M}\p{N}_]+")


def words_of(text: str) -> list[tuple[int, int, str]]:
    found = []
    for match in WORD.finditer(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in match.group())
        found.append((*match.span(), fold_tone_placement(lower)))
    return found


def joined(text: str, words: list[tuple[int, int, str]], i: int) -> bool:
    gap = text[words[i][1] : words[i + 1][0]]
    return gap.isspace() and "\n" not in gap and "\r" not in gap


@given(texts)
@example("")
@example("óa")
@example("qúy húy" + " a" * 3)
@example("á" * (LONGEST - 1) + " " + "á" * LONGEST + " " + "b" * LONGEST)
def test_words_and_hashes(text: str) -> None:
    looked, words = Glance(text), words_of(text)
    assert list(zip(looked.starts.tolist(), looked.ends.tolist(), strict=True)) == [w[:2] for w in words]
    assert looked.hashes.tolist() == [word_hash(w[2]) for w in words]
    assert looked.joined.tolist() == [joined(text, words, i) for i in range(len(words) - 1)]


@given(texts)
def test_levels(text: str) -> None:
    context = Context.load()
    looked, words = Glance(text), words_of(text)
    counts = [context.word(w[2]) for w in words]
    assert [math.exp(v / 18) if v else 0.0 for v in looked.word_levels(context).tolist()] == pytest.approx(counts)
    for i, nats in enumerate(looked.associations(context).tolist()):
        if joined(text, words, i):
            assert nats == pytest.approx(context.association(words[i][2], words[i + 1][2]))
        else:
            assert math.isnan(nats)


@given(texts, st.lists(st.sampled_from(["a", "b", "to", "A"]), max_size=14), st.integers(1, 5))
@example("", ["a"] * 14, 5)
def test_repeats(text: str, line: list[str], longest: int) -> None:
    text += "\n" + " ".join(line)
    looked, words = Glance(text), words_of(text)
    lower = [w[2] for w in words]
    expected = [
        (i, length)
        for i in range(len(words))
        for length in range(1, longest + 1)
        if i + 2 * length <= len(words)
        and lower[i : i + length] == lower[i + length : i + 2 * length]
        and all(joined(text, words, k) for k in range(i, i + 2 * length - 1))
    ]
    assert looked.repeats(longest) == expected


def test_long_texts_are_compared_length_by_length(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(["a b c a b c"] * 3 + ["a"] * 30 + ["d e"] * 20 + [f"w{i}" for i in range(50)] * 2)
    whole = Glance(text).repeats(40)
    assert (0, 3) in whole
    assert (18, 1) in whole
    monkeypatch.setattr(repeats, "LISTED", 8)
    assert Glance(text).repeats(40) == whole


def test_sums_go_on_from_chunk_to_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts longer than what is summed at a time, words that lie across an edge and words longer than it."""
    text = " ".join(["hoà bình", "x" * 100, "Ủy ban", "thôn" * 9] * 20)
    whole = Glance(text).hashes.tolist()
    monkeypatch.setattr(hashing, "CHUNK", 64)
    hashing.powers.cache_clear()
    try:
        assert Glance(text).hashes.tolist() == whole == [word_hash(w[2]) for w in words_of(text)]
    finally:
        hashing.powers.cache_clear()


def test_a_real_article() -> None:
    text = (Path(__file__).parents[1] / "samples" / "hoi-nghi-so-ket.txt").read_text("utf-8")
    looked, words = Glance(text), words_of(text)
    assert len(looked) == len(words) > 200
    assert looked.hashes.tolist() == [word_hash(w[2]) for w in words]


@given(st.lists(st.sampled_from("tại Quảng quảng trị Trị NTM 12 , hòa hoà Hoà Bình _a".split()), max_size=12))
def test_pairs_looked_for(words: list[str]) -> None:
    wanted = [("quảng", "trị"), ("hoà", "bình"), ("ntm", "12")]
    glance = Glance(" ".join(words))
    lower = [fold_tone_placement(glance.text[s:e].lower()) for s, e in zip(glance.starts, glance.ends, strict=True)]
    found = [
        (i, wanted[[hash_of(w) for w in wanted].index(key)]) for i, key in Pairs(map(hash_of, wanted)).among(glance)
    ]
    assert found == [(i, pair) for i, pair in enumerate(pairwise(lower)) if pair in wanted]
    assert [glance.is_capital(i) for i in range(len(lower))] == [
        glance.text[s].isupper() for s in glance.starts.tolist()
    ]
