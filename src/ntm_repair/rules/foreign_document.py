"""NTM103: a paragraph, or the whole article, that is in another language or has lost its diacritics.

Said once for neighbouring paragraphs, and reported only: nothing can be repaired word by word there, and flagging each
word would bury what can.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ntm_repair.article import Article
from ntm_repair.language.foreign import Foreign, foreign_paragraphs
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message, Scalar


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """A hit on the first of each group of neighbouring paragraphs of one kind."""
    order = {p.start: i for i, p in enumerate(article.paragraphs)}
    numbered = enumerate(foreign_paragraphs(article))
    for _, group in groupby(numbered, key=lambda item: (item[1].kind, order[item[1].start] - item[0])):
        yield _hit([foreign for _, foreign in group])


def _hit(group: list[Foreign]) -> Hit:
    first = group[0]
    words = sum(f.words for f in group)
    languages = sorted({f.language for f in group if f.language})
    message = Message(f"ntm103.{first.kind}", {"count": len(group), "language": ", ".join(languages)})
    evidence: dict[str, Scalar] = {"paragraphs": len(group), "words": words, "language": ", ".join(languages)}
    return Hit(first.start, first.end, message, 0.95, evidence)


RULE = Rule(
    code="NTM103",
    name="foreign-document",
    why={
        "vi": "Đoạn từ 25 chữ viết bằng tiếng nước ngoài (chữ La-tinh), hoặc đoạn mất hết dấu, thì không thể sửa từng từ;"
        " chỉ nhắc một lần.",
        "en": "25 words and more in another language in Latin letters, or text without diacritics, cannot be repaired word by"
        " word; it is said once. Other scripts are not looked at.",
    },
    applicability="none",
    find=find,
    bad=(
        "Tòa soạn nhận được thư của bạn đọc như sau.\n\n"
        "[[Kinh gui toa soan, thon chung toi hon mot thang nay khong co nuoc sach de dung]]\n\n"
        "Tòa soạn đã chuyển thư đến Trung tâm Nước sạch và Vệ sinh môi trường nông thôn tỉnh.",
        "[[The commune has built a new road to the market this year. Every household gave a day of labor each week, and"
        " the women's union planted flowers along the road so that visitors would stop.]]",
    ),
    good=(
        "Tòa soạn: so dien thoai 0901",
        "Danh sách đội: Nam, Long, Minh, Quang, Trung, Vinh, Hai, Tam, Lan, Hoa. Cả đội đã có mặt từ sáng sớm.",
    ),
)
