"""NTM603: letters typed as a base and loose marks, in a text that does not do so throughout; marks in the wrong order.

A text that is decomposed from end to end is right as it is: macOS writes so, and this program reads it as it reads
any other. In a text of two minds the words of the rarer form are pointed out and left alone unless somebody accepts.
A text in Windows-1258 is never of one mind, and nothing is said of it.
Marks in an order that cannot compose (tone before hat) show wrongly almost everywhere: such words come with a repair.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from ntm_repair.article import Article
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.text import TONE_MARKS, form_of, to_form
from ntm_repair.types import Applicability, Hit, Message, Suggestion
from ntm_repair.vietnamese import is_syllable

_LOOSE = regex.compile(r"[\u0300-\u0323\u031b]")
_MARKED = regex.compile(r"\p{L}[\u0300-\u0323\u031b]+")
_BREAK = regex.compile(r"[\r\n\u2028\u2029]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_MIXED_ITSELF = frozenset({"cp1258", "windows-1258"})
_SHAPES = "\u0302\u0306\u031b"
"""Circumflex, breve, horn: what belongs to the letter, before the tone."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Words whose marks stand in the wrong order; then the words in another form than the rest of the text.

    Windows-1258 has "à" as one letter and "ạ" as two: the mixture is the encoding's, and nobody could write otherwise.
    """
    if article.document.source.encoding.lower() in _MIXED_ITSELF:
        return
    wrong = []
    if _LOOSE.search(article.text):
        for match in _WORD.finditer(article.text):
            right = _in_order(match.group())
            if right != match.group() and is_syllable(right.lower()):
                wrong.append(match.span())
                yield _hit(match.start(), match.end(), "order", 0.95, {}, right, "review")
    source = article.document.text
    if _LOOSE.search(source):
        yield from _mixed(article, source, wrong)


def _in_order(word: str) -> str:
    """An NFC word with hat, breve and horn before the tone of each letter, composed."""

    def sort(match: regex.Match[str]) -> str:
        letter = unicodedata.normalize("NFD", match.group())
        marks = letter[1:]
        shapes = "".join(c for c in marks if c in _SHAPES)
        rest = "".join(c for c in marks if c not in _SHAPES)
        return unicodedata.normalize("NFC", letter[0] + shapes + rest)

    return _MARKED.sub(sort, word)


def _mixed(article: Article, source: str, wrong: list[tuple[int, int]]) -> Iterator[Hit]:
    """Runs of words in another form than most of the text; what is plain ASCII has any form."""
    form = form_of(source)
    run: list[tuple[int, int]] = []
    for match in _WORD.finditer(source):
        if match.group().isascii():
            continue
        odd = to_form(match.group(), form) != match.group() and _has_marks(match.group())
        if run and (not odd or _BREAK.search(source, run[-1][1], match.start())):
            yield from _run(article, run, form, wrong)
            run = []
        if odd:
            run.append(match.span())
    if run:
        yield from _run(article, run, form, wrong)


def _has_marks(word: str) -> bool:
    return any(c in TONE_MARKS + _SHAPES for c in unicodedata.normalize("NFD", word))


def _run(article: Article, run: list[tuple[int, int]], form: str, wrong: list[tuple[int, int]]) -> Iterator[Hit]:
    first, last = article.view.from_source(run[0][0]), article.view.from_source(run[-1][1])
    if not any(start < last and first < end for start, end in wrong):
        # Composed here; written in the form of the text when it is applied.
        yield _hit(first, last, "mixed", 0.9, {"words": len(run), "form": form}, article.text[first:last], "none")


def _hit(
    start: int,
    end: int,
    key: str,
    confidence: float,
    values: dict[str, str | int],
    replacement: str,
    applicability: Applicability,
) -> Hit:
    suggestion = Suggestion(replacement, confidence, "rule", Message(f"ntm603.{key}_why"))
    return Hit(start, end, Message(f"ntm603.{key}", values), confidence, values, (suggestion,), applicability)


RULE = Rule(
    code="NTM603",
    name="decomposed",
    why={
        "vi": "Chữ có dấu được viết bằng chữ gốc và dấu rời, lẫn với chữ dựng sẵn, hoặc các dấu sai thứ tự.",
        "en": "Letters are written as a base and loose marks among composed ones, or their marks in the wrong order.",
    },
    applicability="none",
    levels={
        "vi": "chỉ nhắc; cần xem khi các dấu sai thứ tự",
        "en": "report only; to review where marks are in the wrong order",
    },
    find=find,
    in_word=lambda word, resources: not word.isascii() and bool(_LOOSE.search(word)),
    in_text=lambda article: article.view.source is not article.view.text,
    bad=(
        "Tỉnh đang [[ti\u00ea\u0301p]] tục hỗ trợ các xã, trong đó có xã Thượng Lộc.",
        "Bà con phấn khởi [[hi\u00e9\u0302n]] đất làm đường.",
    ),
    good=(
        "Bà con phấn khởi hiến đất làm đường.",
        unicodedata.normalize("NFD", "Bà con phấn khởi hiến đất làm đường."),
        "Ông Müller thích cà phê, chị Zoë thích trà.",
    ),
)
