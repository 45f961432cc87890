"""NTM301: a term of the lexicon that a round trip has put in disorder, cut short, filled up or partly replaced.

The words are well spelt, so no spelling check sees them. A window is compared with every term by what words it is
made of; it is shown only where the context gains by the term and nothing speaks for the window as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from ntm_repair.article import Article
from ntm_repair.matching.engine import article_garbles
from ntm_repair.matching.hits import hit_of
from ntm_repair.matching.places import Garble
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Places whose best explanation is a term; confidence is the probability that the place is damaged."""
    for garble in article_garbles(article, resources.matcher, resources.evidence):
        if is_term(garble):
            yield hit_of(garble, f"ntm301.{garble.best.edit}")


def is_term(garble: Garble) -> bool:
    """Whether the lexicon explains the place best."""
    return garble.best.source == "lexicon"


RULE = Rule(
    code="NTM301",
    name="garbled-term",
    why={
        "vi": "Thuật ngữ, tên cơ quan, chức danh hay cụm từ cố định bị đảo trật tự, thiếu, thừa hoặc sai một chữ sau khi dịch máy đi rồi dịch về.",
        "en": "A term, office or set phrase came back from a translation round trip in disorder, or with a word lost, added or replaced.",
    },
    applicability="review",
    find=find,
    bad=(
        "Trong năm tới, huyện chọn hai xã [[mẫu NTM kiểu]] để làm điểm.",
        "Tỉnh tập trung nâng cao [[sản xuất giá trị]] trên mỗi héc ta đất trồng trọt.",
        "Bà con phấn khởi vì [[đời sống chất và tinh thần]] được nâng lên.",
        "Huyện sẽ [[tinh gọn máy]] và giảm đầu mối trong năm nay.",
    ),
    good=(
        "Trong năm tới, huyện chọn hai xã nông thôn mới kiểu mẫu để làm điểm.",
        "Giá trị sản xuất trên mỗi héc ta đất trồng trọt tăng đều qua các năm.",
        "Anh làm việc ở văn phòng xã, chị dạy học ở trường mầm non gần nhà.",
    ),
)
