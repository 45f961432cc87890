"""NTM102: a lone foreign word that may be residue, "trong when một số xã", or a loanword, "bán hàng online".

Function words are never borrowed, so a lone one is likely residue, unless Vietnamese has a word of its spelling ("to",
"the"); a content word is shown only where Vietnamese news hardly knows it and the article does not use it again, as a
text does with a term. So are runs of words that stand where a title or a name does and read on as prose: "tặng mỗi em
một bộ If you can see the quần áo mới". Doubtful by nature: an editor sees it in a review, `clean` never acts on it.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ntm_repair.article import Article
from ntm_repair.language.foreign import is_foreign
from ntm_repair.language.residue import article_residue, may_be_residue
from ntm_repair.language.runs import SURE, Run, kind_of
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message
from ntm_repair.vietnamese import is_syllable

_EDGE = regex.compile(r"\b")
_FOLDED = str.maketrans("İſ\u212a", "isk")
"""Letters that ignoring case takes for ASCII. But "İ" is one to "i" only, and "ı" to "I"."""
USED_AGAIN = 3
"""How often an article uses a foreign content word that is a term of its."""
DOUBTED = 0.3
"""The most confidence of what may be a title or a name: it is English, but seldom left over."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The doubtful foreign words of every paragraph; confidence is the posterior."""
    for offset, run in article_residue(article, resources.evidence):
        if kind_of(run) != "word" or is_foreign(article, offset):
            continue
        text = article.text[offset + run.start : offset + run.end]
        uses = _uses(article, text)
        if run.function_words or uses < USED_AGAIN:
            evidence = {"function_word": bool(run.function_words), "nats": round(run.nats, 2), "uses": uses}
            confidence = min(DOUBTED, run.posterior) if run.doubtful else run.posterior
            message = Message(_message(run), {"text": text})
            yield Hit(offset + run.start, offset + run.end, message, confidence, evidence)


def _message(run: Run) -> str:
    """The key of what is told: no more is claimed than the posterior bears, nor that a Vietnamese word is none."""
    if run.doubtful:
        return "ntm102.kept"
    if not run.function_words:
        return "ntm102.word"
    if run.is_lone and is_syllable(next(w.text for w in run.words if not w.neutral)):
        return "ntm102.both"
    return "ntm102.function" if run.posterior > SURE else "ntm102.function_perhaps"


def _uses(article: Article, word: str) -> int:
    """How often an article has a word, or several, in whatever case."""
    known = article.memo.setdefault("foreign.uses", {})
    assert isinstance(known, dict)
    if word not in known:
        known[word] = _count(article, word)
    found: int = known[word]
    return found


def _count(article: Article, word: str) -> int:
    text = article.text
    if not word.isascii() or ("i" in word.lower() and ("ı" in text or "İ" in text)):
        return len(regex.findall(rf"(?i)\b{regex.escape(word)}\b", text))
    # The same, without a pattern to compile for each word.
    lower = article.memo.get("foreign.lower")
    if not isinstance(lower, str):
        folded = text.translate(_FOLDED) if any(chr(letter) in text for letter in _FOLDED) else text
        lower = article.memo["foreign.lower"] = folded.lower()  # as long as the text
    word = word.lower()
    uses, at = 0, lower.find(word)
    while at >= 0:
        end = at + len(word)
        found = _EDGE.match(text, at) and _EDGE.match(text, end)
        uses += bool(found)
        at = lower.find(word, end if found else at + 1)
    return uses


RULE = Rule(
    code="NTM102",
    name="foreign-word",
    why={
        "vi": "Một từ tiếng Anh đứng lẻ loi có thể là chữ sót lại sau khi dịch máy, cũng có thể là từ mượn dùng đúng chỗ.",
        "en": "A lone English word may be left over from machine translation, or a loanword in its right place.",
    },
    applicability="review",
    find=find,
    in_word=lambda word, resources: may_be_residue(word, resources.evidence),
    bad=(
        "Các thôn đều có nhà văn hóa, trong [[when]] một số xã chưa có sân thể thao.",
        "Sau ba năm, diện mạo [[of]] nông thôn đã đổi khác.",
        "Nhờ vậy, thu nhập của bà con [[increased]] rõ rệt so với trước.",
    ),
    good=(
        "Hợp tác xã bán hàng online, mỗi tháng giao hai container.",
        "Nhà anh mở homestay từ năm ngoái, khách đặt phòng qua Facebook.",
        "Bộ phận một cửa của UBND xã đã trang bị máy scan, máy in.",
        "Anh An to cao, nói to, làm việc gì cũng do tự mình tính toán.",
    ),
)
