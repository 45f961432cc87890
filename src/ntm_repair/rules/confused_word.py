"""NTM304: a word in the place of another that translates to the same English word.

*criteria / standard* makes tiêu chuẩn of tiêu chí, *coordinate / distribute* phân phối of điều phối. The glossary,
read backwards, says which words can be confused so; the context says which of them belongs.
"""

from __future__ import annotations

from collections.abc import Iterator

from ntm_repair.article import Article
from ntm_repair.matching.engine import article_garbles
from ntm_repair.matching.hits import hit_of
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Places whose best explanation is a word that shares its English headword with the one that stood there."""
    for garble in article_garbles(article, resources.matcher, resources.evidence):
        if garble.best.source == "confusion":
            yield hit_of(garble, "ntm304.confused")


RULE = Rule(
    code="NTM304",
    name="confused-word",
    why={
        "vi": "Hai từ khác nghĩa nhưng cùng dịch ra một từ tiếng Anh bị lẫn với nhau khi dịch máy đi rồi dịch về.",
        "en": "Two Vietnamese words that share one English translation were confused on the round trip.",
    },
    applicability="review",
    find=find,
    bad=("Lễ hội diễn ra trong [[giới hạn]] hội nghị xúc tiến đầu tư của tỉnh.",),
    good=(
        "Xe chạy quá giới hạn tốc độ bị xử phạt theo quy định.",
        "Bộ máy của xã gọn nhẹ, cán bộ làm việc có hiệu quả.",
    ),
)
