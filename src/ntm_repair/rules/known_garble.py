"""NTM305: a wrong form that machines make of a set phrase, and no writer would: "phong trào mô phỏng".

*emulation* makes mô phỏng of thi đua, *extension* mở rộng nông nghiệp of khuyến nông. The words go well together, so no
count tells; but a list does (`lexicon/garbles`), and an editor can add what an archive has of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ntm_repair.article import Article
from ntm_repair.matching.known import in_place_of
from ntm_repair.matching.units import Units
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message, Suggestion
from ntm_repair.wrongforms import WrongForm

SURE = 0.95
"""Confidence of a form that is never right; nothing is ever quite sure."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The wrong forms of the lists, but where they are part of a term."""
    for tokens in article.tokens_for(RULE.code):
        units = Units(tokens)
        for first, last, row in resources.matcher.known.places(units):
            yield _hit(units, first, last, row)


def _hit(units: Units, first: int, last: int, row: WrongForm) -> Hit:
    start, end = units.span(first, last)
    entry = f"{Path(row.file).name}:{row.line}"
    why = Message("suggest.known", {"garbled": row.garbled, "entry": entry})
    repairs = dict.fromkeys(in_place_of(units, first, last, form, row.garbled) for form in row.right)
    # Which of several it was nobody knows: none is more likely than another.
    score = round(SURE / len(repairs), 2)
    return Hit(
        start,
        end,
        Message("ntm305.known", {"repair": next(iter(repairs))}),
        SURE,
        {"edit": "known", "entry": entry},
        tuple(Suggestion(repair, score, "lexicon", why) for repair in repairs),
    )


RULE = Rule(
    code="NTM305",
    name="known-garble",
    why={
        "vi": "Cụm từ mà máy dịch đi rồi dịch về hay làm sai thành một cách nói không ai viết; có trong bảng lỗi dịch.",
        "en": "A set phrase in a form that machines make of it and nobody writes; it stands in the list of such forms.",
    },
    applicability="review",
    find=find,
    bad=(
        "Xã phát động [[phong trào mô phỏng]] dạy tốt, học tốt.",
        "Cả xã chỉ còn mười hai [[hộ gần nghèo]], đều được vay vốn.",
        "Cả ba đời [[thư ký chi bộ]] thôn đều là thương binh.",
    ),
    good=(
        "Phần mềm mô phỏng giao thông được dạy trong trường nghề.",
        "Thư ký tòa soạn và bí thư chi bộ cùng dự họp.",
    ),
)
