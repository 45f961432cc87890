"""NTM401: no space after a comma, stop, semicolon, colon, question or exclamation mark, closing bracket or quote.

Only the mark is flagged, so that what stands on both sides can still be somebody else's finding. Numbers, dates,
addresses, initials and abbreviations ("TP.HCM", "T.Ư", "PGS.TS") are written without a space and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ntm_repair.article import Article
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.tokens import tokens_of
from ntm_repair.types import Hit, Message, Suggestion
from ntm_repair.vietnamese import is_marked, is_syllable

_JOINT = regex.compile(
    r"(?<=[\p{L}\p{M}\p{N}%)\]”’»]|[\p{L}\p{M}\p{N}.!?…]\")(?:…|[.,;:!?]|[)”](?=\p{Ll}))(?=[\p{L}“‘«(])"
)
_CODE = r"(?=[\p{L}\p{N}]*\p{L})(?=[\p{L}\p{N}]*\p{N})[\p{L}\p{N}]{2,6}$"
_LEFT = regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_CODE}|[\p{{L}}\p{{M}}]+$|[\p{{N}}][\p{{N}}.,/]*$|[%)\]”’»\"]$")
_MEASURED = regex.compile(r"(?:\p{L}/|\p{N} ?)[\p{L}\p{M}]+$")
"""A unit after its figure ("5 ha", "6 tấn/ha") is no abbreviation that its stop belongs to."""
_RIGHT = regex.compile(r"[\p{L}\p{M}\p{N}]+|[“‘«(]")
_NEXT_LOWER = regex.compile(r"[ \u00a0]+\p{Ll}")
_NOT_PROSE = regex.compile(r"[@\\=<>{}|_#~^$]|//")
_ABBREVIATIONS = frozenset(
    """
    tp tx tt ts ths gs pgs bs bsck ks kts ls cn ncs th st mr mrs ms dr prof vs vol no nr op cf etc inc ltd co corp
    tr ch nxb đhqg sv gv hs nsnd nsưt ngnd ngưt đt đtdđ tel fax tk stt kg km cm mm ha vd tcn scn bcn skc đ q p h x t
    tphcm đh cđ thpt thcs pv vnđ usd tw tư ubtv qđ nđ cp tt bt ct kh cv pct
    """.split()
)
_SET_APART = regex.compile(r"(?:^|[\s“‘«])\([^()\n]{3,}$")
"""A bracket that opened after a space; in "sản phẩm(bộ)mới" it may belong to the word."""
_EITHER = (True, False)
_AFTER = 40
"""Code points looked at on either side."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The marks that want a space, in order."""
    text = article.text
    if not _JOINT.search(text):
        return
    for first, last in article.marked.get(RULE.code) or [(0, len(text))]:
        yield from _find(article, first, last)


def _find(article: Article, first: int, last: int) -> Iterator[Hit]:
    text = article.text
    opaque: list[tuple[int, int]] | None = None
    for match in _JOINT.finditer(text, first, last):
        at, end = match.span()
        left = _LEFT.search(text[max(0, at - _AFTER) : at])
        right = _RIGHT.match(text, end, min(len(text), end + _AFTER))
        if left is None or right is None or _NOT_PROSE.search(_chunk(text, at, end)):
            continue
        if opaque is None:
            opaque = list(tokens_of(text, first, last).opaque())
        if any(start <= at < stop for start, stop in opaque):
            continue
        if left.group() == '"' and _in_quotes(text, at):
            continue
        if match.group() == ")" and not _SET_APART.search(text[max(0, at - 2 * _AFTER) : at]):
            continue
        lower_next = bool(_NEXT_LOWER.match(text, right.end()))
        opens = not text[max(0, at - _AFTER) : at - len(left.group())].rsplit("\n", 1)[-1].strip()
        measured = bool(_MEASURED.search(text[max(0, at - _AFTER) : at]))
        confidence = _judge(match.group(), left.group(), right.group(), lower_next, opens, measured)
        if confidence:
            yield _hit(at, end, match.group(), left.group(), right.group(), confidence)


def _joins(word: str, resources: Resources) -> bool:
    """Whether a raw word holds a mark that would want a space in some surroundings."""
    for match in () if word.isalpha() else _JOINT.finditer(word):
        at, end = match.span()
        left, right = _LEFT.search(word[max(0, at - _AFTER) : at]), _RIGHT.match(word, end, end + _AFTER)
        if left and right:
            given = match.group(), left.group(), right.group()
            if any(_judge(*given, lower_next, False, measured) for lower_next in _EITHER for measured in _EITHER):
                return True
    return False


def _in_quotes(text: str, at: int) -> bool:
    """Whether a straight quote before a mark opens: an odd number of them stand in the line up to it."""
    return bool(text.count('"', text.rfind("\n", 0, at) + 1, at) % 2)


def _chunk(text: str, start: int, end: int) -> str:
    """The run without white space around a mark, as far as it matters."""
    before, after = text[max(0, start - _AFTER) : start].split(), text[end : end + _AFTER].split()
    return (before[-1] if before else "") + text[start:end] + (after[0] if after else "")


def _judge(mark: str, left: str, right: str, lower_next: bool, opens: bool, measured: bool) -> float:
    """How sure a space is missing; 0 for not at all."""
    if right in "“‘«(":
        wordlike = len(left) >= 2 and is_syllable(left.lower())
        return 0.9 if wordlike and (mark not in ".…" or right != "(") else 0.0
    if mark in ")”":
        return 0.85 if len(right) >= 2 and is_marked(right) and is_syllable(right) else 0.0
    if len(right) == 1 and not is_marked(right.lower()):
        return 0.0
    if left in '%)]”’»"':
        return 0.9 if (mark in ".…!?" and right[0].isupper()) or (mark in ",;" and is_syllable(right.lower())) else 0.0
    if left[0].isdigit():
        return _after_number(mark, left, right, lower_next, opens)
    if len(left) == 1 and not is_marked(left.lower()):
        return 0.0
    ours = _vietnamese(left) + _vietnamese(right)
    marked = is_marked(left.lower()) or is_marked(right.lower())
    if mark in ",;":
        return 0.97 if ours == 2 else 0.85 if ours or min(len(left), len(right)) >= 3 else 0.0
    if mark == ":":
        return 0.9 if ours == 2 and (marked or right[0].isupper()) and not _abbreviated(left) else 0.0
    if mark in "?!":
        return 0.9 if ours == 2 or (ours and marked) else 0.0
    if (_abbreviated(left) and not (measured and lower_next)) or (mark == "…" and not right[0].isupper()):
        return 0.0
    if right[0].islower():
        return 0.8 if ours == 2 and marked and not left.isupper() and len(right) > 1 else 0.0
    if left.isupper() and len(left) > 1:
        return 0.75 if _vietnamese(right) and lower_next and not right.isupper() else 0.0
    if right.isupper() and len(right) > 1 and not _vietnamese(left):
        return 0.0
    if ours == 2:
        return 0.95 if marked else 0.8
    if _vietnamese(left):
        return 0.85 if is_marked(left.lower()) or left.islower() else 0.0
    return 0.8 if ours and marked and lower_next else 0.0


def _after_number(mark: str, left: str, right: str, lower_next: bool, opens: bool) -> float:
    """ "năm 2020.Tuy nhiên", "ngày 29/5/2020,tại": not after the number of a heading, nor inside a code."""
    if opens or not is_syllable(right.lower()) or len(right) < 2:
        return 0.0
    if left.isupper():  # a code: "tiêu chuẩn 4C.Phấn đấu"
        return 0.75 if mark in ".…!?" and right[0].isupper() and lower_next and is_marked(right.lower()) else 0.0
    long = len(left) >= 4 or "/" in left
    if mark in ".…!?":
        return 0.8 if long and right[0].isupper() and lower_next else 0.0
    return 0.8 if mark in ",;" and is_marked(right.lower()) else 0.0


def _vietnamese(word: str) -> bool:
    return len(word) >= 2 and is_syllable(word.lower())


def _abbreviated(word: str) -> bool:
    return word.lower() in _ABBREVIATIONS


def _hit(at: int, end: int, mark: str, left: str, right: str, confidence: float) -> Hit:
    why = Message("ntm401.why", {"left": left, "right": right})
    return Hit(
        at,
        end,
        Message("ntm401.missing", {"mark": mark}),
        confidence,
        {"left": left, "right": right},
        (Suggestion(f"{mark} ", confidence, "rule", why),),
    )


RULE = Rule(
    code="NTM401",
    name="missing-space",
    why={
        "vi": "Khi nối câu hoặc dịch máy, dấu cách sau dấu câu bị mất.",
        "en": "A join or a machine translation lost the space after a punctuation mark.",
    },
    applicability="review",
    find=find,
    in_word=_joins,
    bad=(
        "Đó là tình trạng chung của cả nước[[.]]Do vậy, xã phải cố gắng hơn.",
        "Các tỉnh[[,]]thành phố đều cử đoàn về dự.",
        "Hội nghị bế mạc ngày 12/6/2021[[,]]tại xã Hương Trà.",
        "Xã về đích năm 2020[[.]]Tuy nhiên, đường thôn vẫn còn lầy lội.",
        "Toàn xã đã đạt chuẩn NTM[[.]]Trong đó, hai thôn đạt kiểu mẫu.",
        "Ông nói[[:]]“Làm đường là việc của dân”.",
        "Bao giờ xong[[?]]Chưa ai trả lời được.",
        "Bà con (hơn 200 người[[)]]rồi cũng về, hô “quyết tâm[[”]]và vỗ tay.",
        "Xã trồng lúa ST25[[.]]Nông dân được giá.",
        'Ông nói "sẽ không bao giờ về nữa"[[.]]Theo ông, làng nay khác rồi.',
        "Cà phê theo chuẩn 4C[[.]]Phấn đấu sang năm mở rộng.",
        "Năng suất đạt 6,5 tấn/ha[[.]]Giá bán cao hơn vụ trước.",
    ),
    good=(
        "Cả nước có 1.600 xã, ngày 29/5/2020 họp tại TP.HCM.",
        "Văn phòng T.Ư gửi thư tới bandoc@baolang.example và https://baolang.example/tin.html.",
        "PGS.TS Trần Văn Nam và ThS.Lê Thị Hoa cùng dự, do TP.Hồ Chí Minh mời.",
        "Tỷ lệ đạt 52,8%, tăng 1,5 lần, theo Nghị định 98/2018/NĐ-CP.",
        "Ông J.K. Smith dùng Node.js và ASP.NET làm trang web Co.opmart.",
        "Rau, củ, quả v.v. đều có mã vạch.",
        "1.Mục tiêu chung",
        'Chị gõ ".Theo" vào ô tìm kiếm, máy báo "xã","huyện" đều trống.',
        "Hàm f(x)dx và chữ a)là của bài toán; (các)bon là nguyên tố.",
    ),
)
