"""NTM502: a paragraph that stops before its end: after a comma, after a conjunction, in the middle of a term.

What was lost cannot be invented; the finding sends the editor to the original. Captions, headings, list items and
bylines end without a stop and are left alone; so are lines that a list or the next line goes on with, letters
("Kính gửi ông,"), and verse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from ntm_repair.article import Article
from ntm_repair.lexicon import Lexicon
from ntm_repair.patterns import pattern
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.segment import words
from ntm_repair.types import Hit, Message, Segment, Suggestion

LONG = 60
"""Words from which a paragraph with several sentences is surely not a caption or a heading."""
LESS_LONG = 30
"""Words from which such a paragraph is hardly a caption, though two sentences of a caption may end without a stop. In 1.1
million words of clean text there is one of 30 to 59 words, and its stop is missing indeed."""
ENDLESS = 80
"""Words from which a paragraph of one sentence is none either."""
SIGNED = 4
"""Words in lower case that the last sentence must have where it ends in a name or a number: else it may be a signature.
"""
SHORT = 12
"""Words a paragraph must have to be prose that may end in a comma."""
_OPEN_ENDED = frozenset(
    """
    và hoặc hay nhưng mà nếu vì nên thì của cho với là để trong từ tại ở về bởi do bằng theo cùng giữa các những một mỗi
    mọi được bị đã đang sẽ rằng như trên dưới qua đến tới khi đối gồm nhằm tuy dù không chưa rất nhất cũng còn đều vẫn
    """.split()
)
"""Words that want another after them."""
_MAY_END = frozenset(
    "cho về trên dưới qua đến tới khi hay được không chưa nhất cùng rồi mà thì đã bằng còn nên theo".split()
)
"""Those of them that close a caption or a spoken sentence often enough."""
_COUNTED = pattern(r"(?i)\b(?:mười|số|mồng|mùng|tháng|quý|lớp|hạng|loại|tổ|khối|thứ|từng|vòng) một$")
"""Where *một* is a number by itself: "kỳ họp thứ mười một", "đứng ở vị trí số một"."""
_DWELLING = pattern(r"(?i)\b(?:nhà|nơi|chỗ|đất|ăn|hộ) ở$")
"""Where *ở* is no preposition: "hỗ trợ làm nhà ở"."""
_NUMBERED = pattern(
    r"(?i)^\s*(?:(?:phần|chương|mục|điều|bước|phụ lục)(?: thứ)? [\p{L}\p{N}]+|[IVXLC]+|\d+(?:\.\d+)*)[.:)]\s+"
)
"""What a heading of a document opens with: "III.", "2.1.", "Phần thứ nhất."."""
_HALVES = pattern(
    r"(?i)\b(?:(?:sẽ|đã|đang|vừa|cần|nhằm) được|(?:vào|trước|từ|đến) ngày|(?:vào|từ|đến) (?:tháng|lúc)|vào (?:năm|khoảng))$"
)
"""Two words that want another after them though the last by itself may end a sentence: "sẽ được", "vào ngày"."""
_STOPS = frozenset(".!?…;:")
_CLOSERS = "\"'”’»)]"
LEAST_SPACES = 20
"""Spaces a line without any mark may have and still be a caption."""
WORD_LENGTH = 10
"""Code points in which the longest word that wants another is found whole, and seen to begin."""
_LAST_WORD = pattern(r"[\p{L}\p{M}\p{N}]+$")
_LAST = pattern(r"([\p{L}\p{M}\p{N}]+)(\s*[,\-–]?)\s*$")
_LAST_DATE = pattern(r"((?<=\s|\()(?:\d{1,2}/){1,2})(\s*)$")
"""A date without its month or year: "chiều mai, 12/"."""
_ENDS = pattern(r"[.!?…;:][\"'”’»)\]]*\s*$")
_SENTENCE = pattern(r"\p{Ll}[.!?…][”\")]?\s+\p{Lu}")
_GOES_ON = pattern(r"\s*(?:\p{Ll}|[-–—•*+▪◦]\s|\d{1,3}[.)]\s|[a-zđ][.)]\s)")
_LAST_STOP = pattern(r"[.!?…;:](?=\s)")
_LOWER = pattern(r"\b\p{Ll}")
_ITEM = pattern(r"\s*(?:[-–—•*+▪◦>|]|\d{1,3}[.)]\s|[a-zđ][.)]\s)")
_ADDRESS = pattern(
    r"(?i)^\s*(?:kính|thân|gửi|quý|thưa|dear|căn cứ|xét (?:đề nghị|tờ trình)|theo đề nghị"
    r"|thực hiện (?:nghị quyết|quyết định|kế hoạch|chương trình|công văn|chỉ thị))\b"
)
"""What opens a letter, or the grounds of an official document: "Căn cứ ...," before "Ủy ban nhân dân xã kính trình"."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The last word or comma of every paragraph that is cut off."""
    paragraphs, text = article.paragraphs, article.text
    places = {p.start: i for i, p in enumerate(paragraphs)}
    for paragraph in article.paragraphs_for(RULE.code):
        i = places[paragraph.start]
        if paragraph.kind in ("byline", "date"):
            continue
        line = text[paragraph.start : paragraph.end]
        if _ENDS.search(line):
            continue
        following = text[paragraphs[i + 1].start : paragraphs[i + 1].end] if i + 1 < len(paragraphs) else ""
        match = _LAST.search(line) or _LAST_DATE.search(line)
        if match is None or _goes_on(following) or _in_verse(paragraphs, text, i):
            continue
        yield from _judge(paragraph, line, match, resources.lexicon)


def _stops_short(line: str) -> bool:
    """Whether a line ends without a stop and in a way that could be judged an end cut off."""
    end = line.rstrip()
    if end.rstrip(_CLOSERS)[-1:] in _STOPS:
        return False
    if end[-1:] in (",", "-", "–") or any(c in end for c in ".!?…") or end.count(" ") >= LEAST_SPACES:
        return True
    last = _LAST_WORD.search(end, max(0, len(end) - WORD_LENGTH))
    if last is None:
        return end[-1:] == "/"
    return last.group() in _OPEN_ENDED or bool(_HALVES.search(end, max(0, len(end) - 2 * WORD_LENGTH)))


def _goes_on(following: str) -> bool:
    """Whether the next paragraph continues this one: a list, a formula, a sentence cut in two by the layout."""
    return bool(_GOES_ON.match(following)) or (
        bool(following) and words(following) < 3 and not (len(following) > 3 and following.istitle())
    )


def _judge(paragraph: Segment, line: str, match: regex.Match[str], lexicon: Lexicon) -> Iterator[Hit]:
    count = words(line)
    last, mark = match[1], match[2].strip()
    at = paragraph.start + match.start(2)
    if mark == ",":
        if count >= SHORT and not _ADDRESS.match(line):
            comma = paragraph.start + match.start(2) + match[2].index(",")
            yield _hit(comma, comma + 1, "comma", 0.9, last, closes=True)
        return
    if mark:
        return
    start = paragraph.start + match.start(1)
    heading = _NUMBERED.match(line)
    sentences = bool(_SENTENCE.search(line, heading.end() if heading else 0))
    prose = sentences or (paragraph.kind == "body" and not heading)
    if _COUNTED.search(line.rstrip()) or _DWELLING.search(line.rstrip()):
        return
    halved = last.endswith("/") or bool(_HALVES.search(line.rstrip()))
    wanting = halved or (last in _OPEN_ENDED and (count >= LONG or last not in _MAY_END))
    if wanting and count >= (SHORT if prose else 6):
        yield _hit(start, at, "conjunction", 0.9 if prose else 0.8, last)
    elif prose and count >= SHORT and _cuts_term(line, lexicon):
        yield _hit(start, at, "term", 0.85, last)
    elif count >= (LONG if sentences else ENDLESS) and not _ITEM.match(line) and _is_prose(line, last):
        yield _hit(start, at, "no_stop", 0.6, last)
    elif sentences and count >= LESS_LONG and not _ITEM.match(line) and _is_prose(line, last):
        yield _hit(start, at, "no_stop", 0.4, last)


def _is_prose(line: str, last: str) -> bool:
    """Whether the end of a long line is the middle of a sentence, and no name set below it."""
    if last.islower():
        return True
    stops = [m.end() for m in _LAST_STOP.finditer(line)]
    return len(_LOWER.findall(line, stops[-1] if stops else 0)) >= SIGNED


def _in_verse(paragraphs: Sequence[Segment], text: str, i: int) -> bool:
    """Whether the neighbours are short lines that end in commas or without a stop too."""
    near = [paragraphs[k] for k in (i - 1, i + 1) if 0 <= k < len(paragraphs)]
    lines = [text[p.start : p.end] for p in (*near, paragraphs[i])]
    return len(near) == 2 and all(words(line) <= SHORT + 2 and not _ENDS.search(line) for line in lines)


def _cuts_term(line: str, lexicon: Lexicon) -> bool:
    """Whether the last words begin a term of the lexicon and end before it does, and are no term themselves."""
    last = [w.lower() for w in regex.findall(r"[\p{L}\p{M}\p{N}]+", line)[-5:]]
    beginnings, terms = _beginnings(lexicon.sha256, lexicon)
    tails = [" ".join(last[k:]) for k in range(len(last) - 1)]
    return any(t in beginnings for t in tails) and not any(t in terms for t in tails)


@lru_cache(maxsize=4)
def _beginnings(_sha256: str, lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Proper beginnings of two words and more that lead to a term by one word only, and the terms themselves."""
    terms = frozenset(w.lower() for term in lexicon.terms for w in (term.term, *term.aliases))
    beginnings = frozenset(t.rsplit(" ", 1)[0] for t in terms if t.count(" ") >= 2)
    apart = [t.split() for t in terms if " " in t]
    inner = {" ".join(w[a:b]) for w in apart for a in range(5) for b in range(a + 2, min(a + 5, len(w)))}
    return beginnings - inner.intersection(terms) - terms, terms


def _hit(start: int, end: int, kind: str, confidence: float, last: str, *, closes: bool = False) -> Hit:
    suggestions = (Suggestion(".", 0.4, "rule", Message("ntm502.close")),) if closes else ()
    return Hit(start, end, Message(f"ntm502.{kind}", {"last": last}), confidence, {"last_word": last}, suggestions)


RULE = Rule(
    code="NTM502",
    name="truncated-paragraph",
    why={
        "vi": "Đoạn văn dừng giữa chừng: phần cuối đã mất khi trích xuất hoặc dịch máy, cần xem lại bản gốc.",
        "en": "The paragraph stops half-way: its end was lost in extraction or translation; see the original.",
    },
    applicability="review",
    find=find,
    in_line=_stops_short,
    closes=lambda end: end.rstrip(_CLOSERS)[-1:] not in _STOPS or not end.rstrip(_CLOSERS),
    bad=(
        "Nhiều cách làm hay đã xuất hiện ở các xã vùng cao, nhất là phong trào hiến đất[[,]]\n\nHuyện sẽ nhân rộng.",
        "Sau ba năm, thu nhập của xã tăng gấp rưỡi, đời sống của [[các]]\n\nĐó là kết quả đáng mừng.",
        "Với sự đồng lòng của bà con, nhiều công trình và nhiều ước mơ sẽ [[được]]\n\nHội nghị bế mạc lúc 11 giờ.",
        "Lễ trao giải diễn ra tại nhà văn hóa xã vào chiều mai, [[12/]]\n\nMời bà con tới dự.",
        "Xã chọn thôn Bắc làm điểm. Mọi việc đều công khai, dân bàn dân làm, dân kiểm tra [[và]]",
    ),
    good=(
        "Đoàn công tác thăm vườn cam của hội viên nông dân xã Thượng Lộc",
        "Hội nghị bàn ba việc lớn của năm, gồm việc làm đường, việc cấp nước,\n\n- việc thu gom rác thải.",
        "Kính gửi các ông bà đại biểu và toàn thể bà con trong xã ta,\n\nThay mặt ban tổ chức, tôi xin cảm ơn.",
        "Căn cứ biên bản cuộc họp ngày 12/5/2024 của Hội đồng thẩm định cấp huyện,\n\nỦy ban nhân dân huyện kính trình.",
        "Ruộng ta xanh mướt đôi bờ,\n\nĐường ta mới mở còn chờ bước chân,\n\nAi về nhắn với người thân,\n\n"
        "Quê mình nay đã góp phần dựng xây.",
        "Bài: Thu Hằng",
        "Bà con xã Bình Minh đón cây cầu mà bao năm mới có được",
        "Phần thứ nhất. Sự cần thiết và căn cứ xây dựng đề án\n\nHuyện có 2.860 ha chè.",
        "Hướng dẫn của Ủy ban nhân dân xã về quy trình tiếp nhận và luân chuyển hồ sơ hỗ trợ làm nhà ở\n\nBước một.",
        "Người trong ảnh là cụ Lê Thị Sáu, 82 tuổi, cả đời gắn bó với cây chè, ai cũng quý",
    ),
)
