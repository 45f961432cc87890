"""NTM406: a figure with its point and commas the English way round: "2,145.6 tỷ", "72.4 triệu".

Vietnamese parts thousands by points and decimals by a comma. Two groups of three behind commas, or a point behind
such a group, can be nothing else; a point before one or two digits is a decimal where a unit follows ("2.9" may be a
date). One group behind a comma may be three decimals, so it is shown only in an article that writes others so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm_repair.article import Article
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message, Suggestion

CERTAIN, WITH_UNIT, PERHAPS = 0.95, 0.85, 0.6
"""Confidence: in a million words of clean text by people there are seven such figures, five of them slips; two show
how English writes money."""
_UNIT = (
    r"(?:[ \u00a0]?%|[ \u00a0](?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|USD|đô la|euro|phần trăm|ha|héc ta|mẫu|km[2²]?|m[23²³]?|mét|kg|tạ"
    r"|tấn|lít|người|hộ|lượt|con|cây|lần)(?!\w))"
)
_FIGURE = re.compile(
    r"(?<![\w.,/:-])(?:(?P<groups>\d{1,3}(?:,\d{3})+(?:\.\d+)?)|(?P<decimal>\d+\.\d{1,2}))(?![\w]|[.,/:-]\w)"
)
_FOLLOWED = re.compile(_UNIT)
_SIGN = re.compile(r"\d,\d{3}|\d\.\d{1,2}(?!\d)")
_SWAP = str.maketrans(".,", ",.")


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The figures that are written the English way, in order."""
    text = article.text
    lines = article.marked.get(RULE.code) or [(0, len(text))]
    found = [match for span in lines for match in _FIGURE.finditer(text, *span)]
    english = any(_is_certain(match) or _is_decimal(match, text) for match in found)
    for match in found:
        if _is_certain(match):
            yield _hit(match, CERTAIN)
        elif _FOLLOWED.match(text, match.end()):
            if match["decimal"]:
                yield _hit(match, WITH_UNIT)
            elif english and not match[0].startswith("0"):
                yield _hit(match, PERHAPS)


def _is_certain(match: re.Match[str]) -> bool:
    return match[0].count(",") > 1 or ("," in match[0] and "." in match[0])


def _is_decimal(match: re.Match[str], text: str) -> bool:
    return bool(match["decimal"] and _FOLLOWED.match(text, match.end()))


def _hit(match: re.Match[str], confidence: float) -> Hit:
    repair = match[0].translate(_SWAP)
    suggestion = Suggestion(repair, confidence, "rule", Message("ntm406.swap"))
    return Hit(*match.span(), Message("ntm406.english", {"repair": repair}), confidence, {}, (suggestion,))


RULE = Rule(
    code="NTM406",
    name="figure-marks",
    why={
        "vi": "Bản dịch máy giữ cách viết số của tiếng Anh: dấu phẩy ngăn hàng nghìn, dấu chấm ngăn phần thập phân.",
        "en": "Machine translation kept figures as English writes them: commas between thousands, a point before decimals.",
    },
    applicability="review",
    find=find,
    in_word=lambda word, resources: bool(_SIGN.search(word)),
    bad=(
        "Tổng vốn đầu tư là [[2,145.6]] tỷ đồng.",
        "Bà con đóng góp gần [[350,000,000]] đồng.",
        "Thu nhập bình quân đạt [[72.4]] triệu đồng, tăng [[8.5]]%.",
    ),
    good=(
        "Tổng vốn đầu tư là 2.145,6 tỷ đồng; bà con góp 350.000.000 đồng.",
        "Lễ 2.9 và ngày 30.4 hằng năm, phiên bản 3.11 của phần mềm.",
        "Hệ số đo được là 0,125 và 18,640 tỷ đồng như báo cáo ghi.",
        "Mục 1.2 và điều 3.15 của quy chế.",
    ),
)
