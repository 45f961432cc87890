"""NTM303: words in an order that news does not know, and another order of the same words that it knows well.

English puts the modifier first, Vietnamese last; a round trip leaves "khó khăn địa phương" for "địa phương khó khăn".
No list of phrases is needed: the counts of the context model say which order joins better. They hold no figures: what
stands on the wrong side of one is told by the few words that have a side of their own (`matching.figures`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ntm_repair.article import Article
from ntm_repair.matching.engine import article_garbles
from ntm_repair.matching.figures import Misplaced, misplaced_figures
from ntm_repair.matching.hits import hit_of
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message, Suggestion


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Places whose best explanation is an exchange of neighbouring words, and figures on the wrong side of one."""
    for garble in article_garbles(article, resources.matcher, resources.evidence):
        if garble.best.source == "order":
            yield hit_of(garble, "ntm303.order")
    for figure in misplaced_figures(article.text):
        yield _of_figure(figure)


def _of_figure(figure: Misplaced) -> Hit:
    repair = Suggestion(figure.repair, figure.confidence, "rule", Message("suggest.figure"))
    why = Message("ntm303.figure", {"repair": figure.repair})
    return Hit(figure.start, figure.end, why, figure.confidence, {"edit": "reordered"}, (repair,))


RULE = Rule(
    code="NTM303",
    name="scrambled-order",
    why={
        "vi": "Dịch máy đi rồi dịch về thường đảo phần chính và phần bổ nghĩa: “khó khăn địa phương” thay vì “địa phương khó khăn”.",
        "en": "A round trip exchanges head and modifier, which stand the other way round in English.",
    },
    applicability="review",
    find=find,
    bad=(
        "Sau cơn bão, tỉnh đã khắc phục [[quả hậu]] do thiên tai gây ra.",
        "Huyện đã kịp thời [[khó tháo khăn gỡ]] cho người dân vùng lũ.",
        "Xã phấn đấu đến [[2027 năm]] không còn hộ nghèo.",
    ),
    good=(
        "Ông kể chuyện xưa, bà ngồi nghe, tay vẫn têm trầu.",
        "Ban nhạc Nắng Mới nối kết khán giả nhiều thế hệ.",
        "Ngôi đền có hơn 1990 năm tuổi, theo lời các cụ trong làng.",
    ),
)
