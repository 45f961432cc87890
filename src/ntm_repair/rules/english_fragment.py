"""NTM101: English left in a Vietnamese sentence by a translation round trip.

What is flagged is left-over prose: a run with an English function word, or a phrase of English words. Names, titles,
quotations and glosses are left alone, as are lone loanwords; in news an English run is more often right than wrong.
The smoothing is what finds the edges, where every word by itself is a syllable of both languages.
"""

from __future__ import annotations

from collections.abc import Iterator

from ntm_repair.article import Article, Resources
from ntm_repair.language.residue import Run, residue
from ntm_repair.rules.base import Hit, Rule
from ntm_repair.types import Message


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The English runs of every paragraph that nothing speaks for keeping; confidence is the posterior."""
    for paragraph in article.paragraphs:
        for run in residue(article.text[paragraph.start : paragraph.end], resources.evidence):
            if run.is_prose and not run.kept:
                yield _hit(run, paragraph.start)


def _hit(run: Run, offset: int) -> Hit:
    words = [w.text for w in run.words]
    key = "ntm101.fragment" if run.function_words else "ntm101.words"
    return Hit(
        offset + run.start,
        offset + run.end,
        Message(key, {"count": len(words)}),
        run.posterior,
        {"words": len(words), "function_words": run.function_words, "nats": round(run.nats, 2)},
    )


RULE = Rule(
    code="NTM101",
    name="english-fragment",
    why={
        "vi": "Khi bài bị dịch máy đi rồi dịch máy về, có cụm từ còn lại bằng tiếng Anh giữa câu tiếng Việt.",
        "en": "A machine translation round trip left English words in the middle of a Vietnamese sentence.",
    },
    applicability="review",
    find=find,
    bad=(
        "Toàn huyện có 12 xã [[to finish the plan of the year]] trước thời hạn.",
        "Các thôn đều có nhà văn hóa, trong [[when]] một số xã chưa có sân thể thao.",
        "Tỉnh ủy yêu cầu các địa phương [[speed up the work of]] giải ngân vốn đầu tư công.",
        "[[Because of this]], huyện đề nghị tỉnh bổ sung kinh phí làm đường.",
        "Bà con đã hiến đất làm đường.[[After that]], tuyến đường liên thôn được mở rộng.",
        "Theo kế hoạch [[of NTM level in 2022 for]] các xã vùng cao, tỉnh hỗ trợ xi măng.",
    ),
    good=(
        "Đoàn đã xem phim The Sound of Music tại nhà văn hóa huyện.",
        "Hợp tác xã bán hàng online trên Facebook, mỗi tháng hai container.",
        "Giáo sư gọi đó là phát triển bao trùm (inclusive growth for the poor).",
        "Ông nói vui: “Just do it” rồi bắt tay vào làm.",
        "Gạo ST25 của Việt Nam đoạt giải World's Best Rice tại Manila.",
        "Anh An to cao, nói to, làm việc gì cũng do tự mình tính toán.",
        "Trung tâm Đào tạo Oxfam in Vietnam hỗ trợ xã Đakrông và xã A Bung.",
    ),
)
