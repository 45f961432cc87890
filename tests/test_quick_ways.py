"""What is told the quick way in rules and formats is what the plain way tells."""

from __future__ import annotations

import json

import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ntm_repair import segment, vietnamese
from ntm_repair.article import Article
from ntm_repair.context import Context
from ntm_repair.formats.base import Columns
from ntm_repair.formats.jsonl import _with_columns
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.words import words_between, words_of
from ntm_repair.legacy import recognise
from ntm_repair.rules import empty_quotes, stray_space
from ntm_repair.rules.foreign_word import _uses
from ntm_repair.rules.glued_words import _is_name
from ntm_repair.suggest.joining import Joiner
from ntm_repair.tokens import Tokens
from ntm_repair.types import Document, Source


def put_together(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=12).map("".join)


TEXTS = put_together("a", "A", "b", "aa", "K", "k", "ſ", "s", "S", " ", ", ", "-", "'", "_", "é", "\u0301", "1", "\n")


FOLDED = put_together("a", "A", "s", "ſ", "S", "k", "\u212a", "i", "I", "ı", "İ", " ", "-", "_", "\u0301", "1", "\n")


@settings(max_examples=500)
@given(TEXTS | FOLDED, st.sampled_from(["a", "aa", "a b", "-a", "s", "k", "aba", "i", "I", "AI", "ski"]))
@example("aaa aa aa", "aa")
@example("ı i I", "I")
@example("İ", "I")
@example("İ k\u212a ſ", "s")
def test_uses_of_a_word(text: str, word: str) -> None:
    article = Article(Document(text, Source("", "0" * 64, "utf-8")))
    expected = len(regex.findall(rf"(?i)\b{regex.escape(word)}\b", article.text))
    assert _uses(article, word) == _uses(article, word) == expected


@settings(max_examples=500)
@given(TEXTS, st.sampled_from(["a", "aa", "s", "k"]))
@example("k \nS", "s")
@example("a, S", "s")
def test_names_within_sentences(text: str, word: str) -> None:
    name = regex.escape(word[0].upper() + word[1:])
    plainly = regex.search(rf"(?<=[\p{{L}}\p{{N}}],? ){name}(?![\p{{L}}\p{{M}}])", text)
    assert _is_name(Tokens(text), word) == bool(plainly)


@given(
    put_together("ảnh", "Ảnh", "HÌNH", "clip", "đồ  họa", "video", "infographic", " ", ":", "(", "\u00a0", "\x1c", "x")
)
def test_credits(text: str) -> None:
    assert segment._MAY_CREDIT.search(text) or not segment._CREDIT.search(text)


@given(
    put_together("xã", "a", '"', "\\", "/", "\n", "\t", "\x00", "\x7f", "\u2028", "😀", "\ud800"),
    st.booleans(),
    st.booleans(),
)
def test_an_unchanged_text_is_copied_as_it_would_be_written(text: str, ascii_only: bool, slashes: bool) -> None:
    literal = json.dumps(text, ensure_ascii=ascii_only or "\ud800" in text)
    literal = literal.replace("/", "\\/") if slashes else literal
    line = f'{{"text": {literal}}}'
    columns = Columns(text, [], 0.0)
    assert _with_columns(line, columns, literal) == _with_columns(line, columns, "")
    assert json.loads(_with_columns(line, columns, literal))["text_clean"] == text


@settings(max_examples=500)
@given(put_together("[", "]", "“", "”", "‘", "’", "«", "»", "(", ")", '"', " ", "…", "\n", "\x1c", "\u00a0", "x", "*"))
def test_empty_pairs(text: str) -> None:
    assert empty_quotes._NOTHING_BETWEEN.search(text) or not empty_quotes._EMPTY.search(text)


@settings(max_examples=500)
@given(put_together("x", "đ", "1", ")", "”", " ", " ", "\u00a0", ",", ".", ":", "!", "(", "[", "’", "\n", "|"))
def test_stray_spaces(text: str) -> None:
    assert stray_space._MARK_AFTER.search(text) or not stray_space._BEFORE.search(text)
    assert stray_space._PAIR_AFTER.search(text) or not stray_space._CLOSING.search(text)


@given(put_together("x", "é", "Đ", "ư", "€", "“", "Ÿ", "\x85", "™", "中"))
def test_bytes_read_one_by_one(text: str) -> None:
    beyond = regex.findall(r"[^\x00-\xff]", text)
    assert recognise._may_be_bytes(text) == (not text.isascii() and set(beyond) <= recognise._TYPOGRAPHY)


_LETTERS = st.text(st.sampled_from("acdeghiklmnopqrstuvyx"), min_size=1, max_size=8)
_CONTEXT = Context.load()
_WORDS = st.sampled_from("huyện xã đã được và của nông thôn mới tiêu chí qua do to so on in the zzz".split())


@settings(max_examples=500)
@given(_LETTERS)
@example("nghieng")
@example("c")
@example("quyt")
def test_a_syllable_is_told_by_its_end_and_length(word: str) -> None:
    parts = vietnamese._splits(word)
    stops = vietnamese._STOPS
    known = [(o, r) for o, r in parts if r in vietnamese._RHYMES or (o == "qu" and r in vietnamese._AFTER_QU)]
    bare = any(not r.endswith(stops) and vietnamese._spelt(o, r) for o, r in known)
    assert vietnamese.is_syllable(word) == bare


@settings(max_examples=500)
@given(
    st.lists(
        put_together("xã", "a", "TP", "the", ".", ",", "–", "-", "(", ")", "1", "don't", "co-op", "ﬁ", "…").filter(
            bool
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([" ", "\u00a0", "\n"]),
    st.data(),
)
def test_words_of_raw_words(raw: list[str], space: str, data: st.DataObject) -> None:
    text = space.join(raw)
    first = data.draw(st.integers(0, len(raw) - 1))
    last = data.draw(st.integers(first, len(raw) - 1))
    start = len(space.join(raw[:first])) + (first > 0)
    assert words_between(text, raw, first, last) == words_of(
        text, start, start + len(space.join(raw[first : last + 1]))
    )


@given(_WORDS, _WORDS)
def test_a_pair_that_news_does_not_have_is_as_strange_as_can_be(before: str, word: str) -> None:
    evidence = Evidence(_CONTEXT)
    p = evidence.parameters
    if _CONTEXT.word(before) and not _CONTEXT.pair(before, word):
        likelier = _CONTEXT.logp(word, before) - _CONTEXT.logp(word)
        assert p.bond * likelier < -p.strange
        assert evidence.bond(before, word) <= -p.strange


@given(st.lists(_WORDS, min_size=1, max_size=5).map(tuple), st.tuples(_WORDS | st.just(""), _WORDS | st.just("")))
def test_words_are_worth_no_more_than_their_bound(words: tuple[str, ...], before: tuple[str, str]) -> None:
    joiner = Joiner(_CONTEXT, frozenset([("tiêu", "chí"), ("zzz", "to")]))
    line = [*before, *words]
    worth = [joiner.logp(line[i], line[i - 1], line[i - 2]) for i in range(2, len(line))]
    most, inside = joiner.inside(words)
    assert sum(worth) <= most + 1e-9
    assert list(inside) == worth[2:]
