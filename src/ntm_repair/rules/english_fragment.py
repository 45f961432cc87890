"""NTM101: English left in a Vietnamese sentence by a translation round trip.

What is flagged is left-over prose: a run with an English function word, or a phrase of English words. Names, titles,
quotations and glosses are left alone, as are lone loanwords; in news an English run is more often right than wrong.
The smoothing is what finds the edges, where every word by itself is a syllable of both languages.
"""

from __future__ import annotations

from collections.abc import Iterator

from ntm_repair.article import Article
from ntm_repair.language.foreign import is_foreign
from ntm_repair.language.naming import LEAST_WORDS, name_language
from ntm_repair.language.residue import RULE_OF_RESIDUE, article_residue, may_be_residue
from ntm_repair.language.runs import Run, kind_of
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message, Scalar

ENGLISH = 0.7
"""Share of words in English frequency lists from which a long run is English without asking further."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The English runs of every paragraph that nothing speaks for keeping; confidence is the posterior."""
    for offset, run in article_residue(article, resources.evidence):
        if kind_of(run) == "fragment" and not is_foreign(article, offset):
            yield _hit(run, offset, article.text[offset + run.start : offset + run.end])


def _hit(run: Run, offset: int, text: str) -> Hit:
    evidence: dict[str, Scalar] = {
        "words": len(run.words),
        "function_words": run.function_words,
        "nats": round(run.nats, 2),
    }
    key = "ntm101.fragment" if run.function_words else "ntm101.words"
    values: dict[str, Scalar] = {"count": len(run.words)}
    if len(run.words) >= LEAST_WORDS and run.known < ENGLISH * len(run.words):
        language = name_language(text)
        evidence["language"] = language
        if language not in ("en", ""):
            key = "ntm101.other"
            values["language"] = language
    return Hit(offset + run.start, offset + run.end, Message(key, values), run.posterior, evidence)


RULE = Rule(
    code=RULE_OF_RESIDUE,
    name="english-fragment",
    why={
        "vi": "Khi bài bị dịch máy đi rồi dịch máy về, có cụm từ còn lại bằng tiếng Anh giữa câu tiếng Việt.",
        "en": "A machine translation round trip left English words in the middle of a Vietnamese sentence.",
    },
    applicability="review",
    find=find,
    in_word=lambda word, resources: may_be_residue(word, resources.evidence),
    bad=(
        "Toàn huyện có 12 xã [[to finish the plan of the year]] trước thời hạn.",
        "Tỉnh ủy yêu cầu các địa phương [[speed up the work of]] giải ngân vốn đầu tư công.",
        "[[Because of this]], huyện đề nghị tỉnh bổ sung kinh phí làm đường.",
        "Bà con đã hiến đất làm đường.[[After that]], tuyến đường liên thôn được mở rộng.",
        "Theo kế hoạch [[of NTM level in 2022 for]] các xã vùng cao, tỉnh hỗ trợ xi măng.",
        "Ở xã này, [[but in the]] ba thôn vùng trong, nước sạch mới về tới trung tâm.",
    ),
    good=(
        "Đoàn đã xem phim The Sound of Music tại nhà văn hóa huyện.",
        "Hợp tác xã bán hàng online trên Facebook, mỗi tháng hai container.",
        "Giáo sư gọi đó là phát triển bao trùm (inclusive growth for the poor).",
        "Ông nói vui: “Just do it” rồi bắt tay vào làm.",
        "Gạo ST25 của Việt Nam đoạt giải World's Best Rice tại Manila.",
        "Anh An to cao, nói to, làm việc gì cũng do tự mình tính toán.",
        "Trung tâm Đào tạo Oxfam in Vietnam hỗ trợ xã Đakrông và xã A Bung.",
        "Khái niệm này tiếng Anh là rural development, trong nước dùng từ những năm 1990.",
    ),
)
