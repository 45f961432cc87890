"""NTM302: a place name with a capital missing ("Quảng trị").

Only names of the lexicon, and only where the first word has its capital: without it nothing says that a name is meant.
At the beginning of a sentence the first capital says nothing, so there the words before or after must show a place, or
the article must write the name in full elsewhere. Names of people are never judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from ntm_repair.article import Article
from ntm_repair.matching.units import SPACE, Units
from ntm_repair.matching.writing import opens_sentence
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message, Suggestion

KINDS_OF_PLACE = frozenset(
    "tỉnh huyện xã phường phố quận thị thôn bản ấp làng sông núi đảo vùng miền tại ở về từ thuộc vào ra".split()
)
"""Words after which a name is a place."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Place names of the lexicon with a capital missing; the correctly written ones elsewhere raise the confidence."""
    for tokens in article.tokens_for(RULE.code):
        yield from _find(article.text, Units(tokens), resources)


def _find(text: str, units: Units, resources: Resources) -> Iterator[Hit]:
    for first, last, name in resources.matcher.places.miswritten(units):
        written = " ".join(name)
        elsewhere = written in text
        before = units.keys[first - 1] if first else ""
        shown = before in KINDS_OF_PLACE and not opens_sentence(units, first)
        # What follows a name of two words in lower case may belong to it: "Hà nam giới" is not Hà Nam.
        if not shown and (opens_sentence(units, first) or not elsewhere):
            continue
        # A capital before it makes it the end of another name: "Trần Thanh Nam định hướng".
        if first and units.breaks[first] == SPACE and units.surface[first - 1][0].isupper() and not shown:
            continue
        start, end = units.span(first, last)
        # After a capitalised word it is a person's name and a verb: "ông Trần Văn Nam định hướng".
        if not shown and first and text[units.span(first - 1, first - 1)[0]].isupper():
            continue
        why = Message("suggest.place", {"name": written})
        confidence = 0.97 if elsewhere and shown else 0.9
        yield Hit(
            start,
            end,
            Message("ntm302.place", {"name": written}),
            confidence,
            {"name": written, "elsewhere": elsewhere, "after": before if shown else ""},
            (Suggestion(written, confidence, "lexicon", why),),
        )


RULE = Rule(
    code="NTM302",
    name="letter-case",
    why={
        "vi": "Tên riêng địa lý bị mất chữ hoa ở tiếng sau, như “Quảng trị”, thường do phần mềm dịch hay chuyển mã.",
        "en": "A place name lost a capital (“Quảng trị”), as happens in translation and conversion.",
    },
    applicability="review",
    find=find,
    bad=(
        "Đoàn công tác đến làm việc tại tỉnh [[Hà tĩnh]] trong hai ngày.",
        "Gạo của hợp tác xã được bán nhiều nhất ở [[Đà nẵng]].",
    ),
    good=(
        "Đoàn công tác đến làm việc tại tỉnh Hà Tĩnh trong hai ngày.",
        "Hòa bình trở lại, bà con dựng lại nhà trên nền đất cũ.",
        "Thứ trưởng Trần Văn Nam định hướng cho các huyện của tỉnh Nam Định.",
        "Anh Nam định cuối năm sẽ xây chuồng nuôi thêm dê.",
        "Chị Bình thuận tay trái, vẫn gặt lúa nhanh nhất đội.",
    ),
)
