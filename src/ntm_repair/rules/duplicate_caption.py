"""NTM201: a photo caption that extraction printed twice.

Pages carry a caption in the figure and again in its alternative text; extraction keeps both, one under the other. A
repeat is flagged only where the paragraph could be a caption and its surroundings are not a poem, list or table,
whose lines repeat with good reason. Only exact repeats are meant here; near ones are another rule's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_repair.article import Article
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.segment import is_caption_like, lines, words
from ntm_repair.types import Hit, Message, Segment, Suggestion

ADJACENT_WORDS = 3
"""A repeat right below needs this many words: "Không", "Kết quả" stand in table columns."""
APART_WORDS = 8
"""A repeat with a paragraph between needs as many: shorter ones are section headings."""
UNPAIRED = 2
"""How many unrepeated short lines may stand in the same run: more make it a poem, a list or a table."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The later copies of exactly repeated caption-like paragraphs, in order."""
    paragraphs = article.paragraphs
    texts = [" ".join(article.text[p.start : p.end].split()) for p in paragraphs]
    short = [p.kind in ("caption", "title") and is_caption_like(t) for p, t in zip(paragraphs, texts, strict=True)]
    flagged: set[int] = set()
    for first, last in _runs(short):
        pairs = [i for i in range(first + 1, last) if texts[i] == texts[i - 1] and words(texts[i]) >= ADJACENT_WORDS]
        paired = {texts[i] for i in pairs}
        unpaired = sum(texts[i] not in paired for i in range(first, last))
        if unpaired <= UNPAIRED:
            flagged.update(pairs)
    for i in sorted(flagged):
        yield _hit(paragraphs, i, i - 1)
    for i in range(2, len(paragraphs)):
        alone = short[i] and short[i - 2] and not short[i - 1] and texts[i] == texts[i - 2]
        if alone and i not in flagged and words(texts[i]) >= APART_WORDS:
            yield _hit(paragraphs, i, i - 2)


def _may_repeat(article: Article) -> bool:
    """Whether a line begins as one of the two above it does: every repeat is among them, and little else."""
    above: list[str] = []
    before: list[str] = []
    for start, end in lines(article.text):
        beginning = article.text[start:end].split(None, ADJACENT_WORDS)[:ADJACENT_WORDS]
        if beginning:
            if beginning in (above, before):
                return True
            above, before = before, beginning
    return False


def _runs(short: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Half-open index ranges of neighbouring short paragraphs."""
    start = 0
    for i, is_short in enumerate((*short, False)):
        if not is_short:
            if i - start > 1:
                yield start, i
            start = i + 1


def _hit(paragraphs: Sequence[Segment], repeat: int, first: int) -> Hit:
    here, original = paragraphs[repeat], paragraphs[first]
    apart = repeat - first - 1
    why = Message("ntm201.deletion", {})
    return Hit(
        here.start,
        here.end,
        Message("ntm201.apart" if apart else "ntm201.repeat", {}),
        0.8 if apart else 0.99,
        {"repeats_start": original.start, "repeats_end": original.end, "paragraphs_between": apart},
        (Suggestion("", 0.8 if apart else 0.99, "deletion", why),),
        "review" if apart else "safe",
    )


RULE = Rule(
    code="NTM201",
    name="duplicate-caption",
    why={
        "vi": "Chú thích ảnh bị lấy hai lần khi trích xuất trang: từ khung ảnh và từ văn bản thay thế của ảnh.",
        "en": "A photo caption was extracted twice: once from the figure, once from its alternative text.",
    },
    applicability="safe",
    levels={
        "vi": "sửa được ngay khi bản lặp ở ngay dưới bản đầu, còn lại cần xem",
        "en": "safe where the repeat stands right below, else to review",
    },
    find=find,
    in_text=_may_repeat,
    bad=(
        "Bà con thu hoạch cam trong vườn mẫu.\n\nĐoàn công tác thăm vườn cam ở xã Thượng Lộc\n\n"
        "[[Đoàn công tác thăm vườn cam ở xã Thượng Lộc]]\n\nVụ này, cả xã thu hơn 900 tấn quả.",
        "Hội nghị diễn ra trong một ngày.\n\nToàn cảnh hội nghị. Ảnh: Thanh Hải\n\n"
        "[[Toàn cảnh hội nghị. Ảnh: Thanh Hải]]\n\nTham dự có đại diện 12 huyện.",
        "Người dân góp công làm đường thôn Khe Sơn, xã Phú Gia\n\nTuyến đường dài 1,2 km được khởi công từ tháng 3.\n\n"
        "[[Người dân góp công làm đường thôn Khe Sơn, xã Phú Gia]]\n\nĐến nay, mặt đường đã đổ xong bê tông.",
    ),
    good=(
        "À ơi, cánh cò bay lả\n\nBay lả bay la trên đồng\n\nBay lả bay la trên đồng\n\n"
        "Mẹ ru con ngủ trưa nồng\n\nCho cây lúa trổ đòng đòng",
        "Có hai việc phải làm ngay.\n\n- Rà soát hộ nghèo\n\n- Rà soát hộ nghèo\n\nHạn chót là cuối tháng.",
        "Đường giao thông\n\nĐã đổ bê tông 4 km.\n\nKết quả\n\nĐạt.\n\n"
        "Trường học\n\nXây thêm hai phòng.\n\nKết quả\n\nĐạt.",
        "Thăm mô hình nuôi tôm ở xã Hải An\n\nThăm mô hình nuôi cá ở xã Hải An\n\nHai mô hình đều cho lãi.",
    ),
)
