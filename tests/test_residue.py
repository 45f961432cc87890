"""English runs in Vietnamese text: the fast path, invariants, and sentences of every kind an editor meets."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ntm_repair.article import Article
from ntm_repair.detect import settle
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.residue import article_residue, residue
from ntm_repair.language.runs import kind_of
from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES as ALL_RULES
from ntm_repair.types import Document, Message, Source
from ntm_repair.vietnamese import is_marked

RESOURCES = load_resources()
EVIDENCE = RESOURCES.evidence
CODES = {"NTM101", "NTM102", "NTM103"}
RULES = tuple(rule for rule in ALL_RULES if rule.code in CODES)
ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "residue.json").read_text("utf-8"))

MARKED = (
    "xã huyện nông thôn mới đạt chuẩn tiêu chí được đã của những và với năm tỉnh đường Đảng Ủy Hồ Krông Đắk"
).split()
BARE = "to do in an can so hay cho cao sang nay bao theo trong than me may the ta Nam An Long quan tin no on".split()
BARE += "sau trong ra nhau anh hai".split()
ENGLISH = (
    "the of and to plan level when which increased show online container room is at that do after but because market "
    "focus cities not only new have has been I a as in Relationship Shares appliances mexico according "
    "Israel Oxford waiting offer Turner despite Rappan chairman committee district people's drastically radio been git"
).split()
ODD = (
    "NTM UBND 2020 12/5 ST25 H2O Theestest zxq km2 20% WTO A I xyz-abc co-op e-mail don't O'Neil Website www.a.vn "
    "#hashtag a@b.vn split() p=2 \\frac{a}{b} `code` file.txt x_{i} Đ/c ông/bà 漢字 naïve"
).split()
SPACE = [" "] * 8
GLUE = [*SPACE, *(", |. |.|; |: | - | – |-|/|... |! |? |\n|  |\t|\xa0|\u200b".split("|"))]
GLUE += ' (|) | "|" | “|” | [|] |\'|’|{|} |…| ‘|’ '.split("|")
WORDS = st.one_of(st.sampled_from(MARKED), st.sampled_from(BARE), st.sampled_from(ENGLISH), st.sampled_from(ODD))
CASED = st.builds(lambda w, f: f(w), WORDS, st.sampled_from([str, str, str, str.capitalize, str.upper, str.lower]))


@st.composite
def mixes(draw: st.DrawFn) -> str:
    """Paragraphs of Vietnamese stretches with English and everything else between."""
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        if draw(st.booleans()):
            parts += [w + " " for w in draw(st.lists(st.sampled_from(MARKED + BARE), min_size=2, max_size=8))]
        for word in draw(st.lists(CASED, max_size=6)):
            parts += [word, draw(st.sampled_from(GLUE))]
    return unicodedata.normalize("NFC", "".join(parts))


@dataclass(frozen=True)
class Shown:
    """A hit of the three rules of foreign words, in offsets of the source."""

    rule: str
    start: int
    end: int
    text: str
    confidence: float
    message: Message


def findings(text: str) -> list[Shown]:
    """What the three rules show, overlaps settled; without suggestions, which are another concern."""
    article = Article(Document(text, Source(path="", sha256="0" * 64, encoding="utf-8")))
    shown = []
    hits = [(rule, hit) for rule in RULES for hit in rule.find(article, RESOURCES)]
    for rule, hit in settle(hits):
        start, end = article.view.to_source(hit.start, hit.end)
        shown.append(Shown(rule.code, start, end, text[start:end], hit.confidence, hit.message))
    return shown


@settings(max_examples=400, deadline=None)
@given(st.one_of(mixes(), st.text(max_size=60).map(lambda t: unicodedata.normalize("NFC", t))))
@example("xã thôn đường\nSoldiers được những và")
def test_the_fast_path_finds_what_the_full_one_finds(paragraph: str) -> None:
    assert residue(paragraph, EVIDENCE) == residue(paragraph, EVIDENCE, full=True)


@settings(max_examples=200, deadline=None)
@given(mixes())
@example("Đảng O'Neil 2020 to ")
def test_runs_are_ordered_disjoint_and_of_whole_words(paragraph: str) -> None:
    at = 0
    for run in residue(paragraph, EVIDENCE):
        assert at <= run.start < run.end <= len(paragraph)
        at = run.end
        assert kind_of(run) in ("fragment", "word")
        assert 0 <= run.posterior <= 1
        assert (run.words[0].start, run.words[-1].end) == (run.start, run.end)
        assert all(paragraph[w.start : w.end] == w.text for w in run.words)
        assert not run.words[0].neutral or run.words[0].text.isupper()  # an English acronym


@settings(max_examples=60, deadline=None)
@given(st.lists(mixes(), min_size=1, max_size=4))
def test_what_was_read_before_changes_nothing(paragraphs: list[str]) -> None:
    fresh = Evidence(RESOURCES.context)
    forward = [residue(p, fresh) for p in paragraphs]
    backward = [residue(p, fresh) for p in reversed(paragraphs)]
    assert forward == backward[::-1] == [residue(p, EVIDENCE) for p in paragraphs]


@settings(max_examples=100, deadline=None)
@given(st.lists(mixes(), min_size=1, max_size=3).map("\n\n".join), st.sampled_from(["NFC", "NFD"]))
def test_findings_name_the_source_as_it_is_written(text: str, form: str) -> None:
    source = unicodedata.normalize(form, text)
    here, composed = findings(source), findings(text)
    assert all(source[f.start : f.end] == f.text for f in here)
    same = [(f.rule, unicodedata.normalize("NFC", f.text), f.confidence, f.message) for f in here]
    assert same == [(f.rule, f.text, f.confidence, f.message) for f in composed]
    assert [len(unicodedata.normalize("NFC", source[: f.start])) for f in here] == [f.start for f in composed]


def test_an_article_in_decomposed_letters_has_the_same_findings() -> None:
    text = (
        "Xã Hải Lâm sơ kết phong trào thi đua\n\n"
        "Đến nay, toàn xã có bảy thôn to finish the plan of the year trước hạn. "
        "Hội phụ nữ trồng 3 km đường hoa.After that, mỗi chi hội nhận chăm sóc một đoạn."
    )
    source = unicodedata.normalize("NFD", text)
    assert source != text
    found = [(f.rule, source[f.start : f.end]) for f in findings(source)]
    assert found == [("NTM101", "to finish the plan of the year"), ("NTM101", "After that")]


def stripped(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


LETTER = [
    "Kính gửi tòa soạn, tôi là người dân thôn Hạ, xin phản ánh việc sau đây để cơ quan chức năng xem xét.",
    "Từ đầu tháng ba, con mương chảy qua thôn bị bồi lấp nên hơn hai chục héc ta lúa thiếu nước tưới.",
    "Bà con đã nhiều lần kiến nghị với hợp tác xã, song đến nay vẫn chưa được nạo vét.",
]


def test_a_text_without_diacritics_is_said_once() -> None:
    found = findings(stripped("\n\n".join(LETTER)))
    assert [(f.rule, f.message.key) for f in found] == [("NTM103", "ntm103.bare")]


def test_a_paragraph_without_diacritics_is_said_once_among_others() -> None:
    text = "\n\n".join([LETTER[0], stripped(LETTER[1]), stripped(LETTER[2]), LETTER[1]])
    found = findings(text)
    assert [f.rule for f in found] == ["NTM103"]
    assert found[0].text == stripped(LETTER[1])


def test_an_article_in_another_language_is_said_once() -> None:
    french = (
        "La commune a construit une nouvelle route vers le marché cette année, et chaque foyer a donné une journée de "
        "travail par semaine pour que les camions puissent enfin passer pendant la saison des pluies."
    )
    found = findings(f"{french}\n\n{french.upper()}")
    assert [(f.rule, f.message.values["language"]) for f in found] == [("NTM103", "fr")]


def test_the_same_article_has_the_same_findings_again() -> None:
    text = "\n\n".join(str(row["text"]).replace("[[", "").replace("]]", "") for row in ROWS)
    assert findings(text) == findings(text)


def test_lines_of_commands_are_left_alone_and_lines_of_prose_are_not() -> None:
    said = "Mở cửa sổ dòng lệnh rồi gõ lần lượt:\n\n"
    assert (
        findings(
            said + "    cd /d/phan-mem\n    node server start\n\tready on port 80\nsudo systemctl restart the service"
        )
        == []
    )
    prose = "to finish the plan of the year."
    assert [f.text for f in findings(f"{said}    {prose}")] == [prose[:-1]]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sau ba năm, diện mạo of nông thôn đã đổi khác.", "ntm102.function"),
        ("Xã đề nghị huyện the sớm bố trí vốn.", "ntm102.both"),
        ("Các thôn đang target mục tiêu không còn nhà tạm.", "ntm102.word"),
        ("Theo Steering Committee huyện, ba xã đã đủ hồ sơ.", "ntm102.kept"),
    ],
)
def test_no_more_is_claimed_of_a_lone_word_than_is_known(text: str, key: str) -> None:
    assert [f.message.key for f in findings(text)] == [key]


def test_residue_is_worked_out_once_for_all_rules() -> None:
    text = "Toàn huyện có 12 xã to finish the plan of the year trước thời hạn."
    article = Article(Document(text, Source(path="", sha256="0" * 64, encoding="utf-8")))
    assert article_residue(article, EVIDENCE) is article_residue(article, EVIDENCE)


def case(row: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=row["note"])] if row["group"] == "known-failure" else []
    return pytest.param(row, id=f"{row['group']}: {row['text'][:40]}", marks=marks)


@pytest.mark.parametrize("row", [case(row) for row in ROWS])
def test_a_sentence_has_the_findings_marked_in_it(row: dict[str, Any]) -> None:
    """`[[...]]` marks what NTM101 shows, `{{...}}` what NTM102 shows; nothing else may be shown."""
    marked: str = row["text"]
    text = re.sub(r"\[\[|\]\]|\{\{|\}\}", "", marked)
    wanted = [("NTM101", m) for m in re.findall(r"\[\[(.*?)\]\]", marked)]
    wanted += [("NTM102", m) for m in re.findall(r"\{\{(.*?)\}\}", marked)]
    assert sorted((f.rule, f.text) for f in findings(text)) == sorted(wanted)


def test_the_table_of_sentences_has_every_group_and_only_vietnamese() -> None:
    groups = {row["group"] for row in ROWS}
    assert groups == {"in-the-wild", "negative", "known-failure"}
    assert all(row["group"] != "known-failure" or row["note"] for row in ROWS)
    assert all(any(is_marked(w) for w in row["text"].split()) for row in ROWS)
    assert len({row["text"] for row in ROWS}) == len(ROWS)
