"""NTM603: letters typed as a base and loose marks, in a text that does not do so throughout; marks in the wrong order.

A text that is decomposed from end to end is right as it is: macOS writes so, and this program reads it as it reads
any other. A text of two minds breaks search; it is reported once, and left as it is unless somebody asks. Marks in an
order that cannot compose (tone before hat) show wrongly almost everywhere: each such word is shown with its repair.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from ntm_repair.article import Article, Resources
from ntm_repair.rules.base import Hit, Rule
from ntm_repair.text import TONE_MARKS, form_of, to_form
from ntm_repair.types import Message, Suggestion
from ntm_repair.vietnamese import is_syllable

_LOOSE = regex.compile(r"[\u0300-\u0323\u031b]")
_MARKED = regex.compile(r"\p{L}[\u0300-\u0323\u031b]+")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_SHAPES = "\u0302\u0306\u031b"
"""Circumflex, breve, horn: what belongs to the letter, before the tone."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Words whose marks stand in the wrong order; then the first word in a form that the text else is not in."""
    wrong = []
    if _LOOSE.search(article.text):
        for match in _WORD.finditer(article.text):
            right = _in_order(match.group())
            if right != match.group() and is_syllable(right.lower()):
                wrong.append(match.span())
                yield _hit(match.start(), match.end(), "order", 0.95, {}, right)
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
    form = form_of(source)
    odd = [
        m.span() for m in _WORD.finditer(source) if not m.group().isascii() and to_form(m.group(), form) != m.group()
    ]
    for start, end in odd:
        first, last = article.view.from_source(start), article.view.from_source(end)
        if (first, last) in wrong or not any(
            c in TONE_MARKS + _SHAPES for c in unicodedata.normalize("NFD", source[start:end])
        ):
            continue
        yield _hit(first, last, "mixed", 0.9, {"words": len(odd), "form": form}, "")
        return


def _hit(start: int, end: int, key: str, confidence: float, values: dict[str, str | int], replacement: str) -> Hit:
    why = Message("ntm603.compose")
    suggestions = (Suggestion(replacement, confidence, "rule", why),) if replacement else ()
    return Hit(
        start,
        end,
        Message(f"ntm603.{key}", values),
        confidence,
        values,
        suggestions,
        "review" if replacement else "none",
    )


RULE = Rule(
    code="NTM603",
    name="decomposed",
    why={
        "vi": "Chữ có dấu được viết bằng chữ gốc và dấu rời, lẫn với chữ dựng sẵn, hoặc các dấu sai thứ tự.",
        "en": "Letters are written as a base and loose marks among composed ones, or their marks in the wrong order.",
    },
    applicability="none",
    find=find,
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
