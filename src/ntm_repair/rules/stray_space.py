"""NTM402: a space where none belongs: before a comma or stop, inside quotes and brackets, two for one.

Only the stray space is flagged. Ellipses, slashes, decimals and file endings (".docx") are left alone, and so are the
marks that French spacing sets apart (: ; ! ? « ») where the article does so throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm_repair.article import Article
from ntm_repair.patterns import pattern
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.segment import is_code, words
from ntm_repair.types import Hit, Message, Scalar, Segment, Suggestion
from ntm_repair.vietnamese import is_syllable

_S = r"[ \u00a0]"
_BEFORE = pattern(rf"(?<=[\p{{L}}\p{{M}}\p{{N}}%)\]”’»\"…])({_S}+)([,.;:!?])")
_MARK_AFTER, _PAIR_AFTER = re.compile(r"[ \u00a0][,.;:!?]"), re.compile(r"[ \u00a0][)\]”’]")
"""What all the places have that the patterns before marks and inside pairs look for; asked first, at a tenth of the cost."""
_OPENING = pattern(rf"(?:[(\[]|(?<![^\s(\[])[“‘])({_S}+)(?=[^\s)\]”’])")
_CLOSING = pattern(rf"(?<=[^\s(\[“‘:;|>])({_S}+)[)\]”’]")
_DOUBLE = pattern(rf"(?<=[^\s|])({_S}{{2,}})(?=[^\s|])")
_NBSP = pattern(r"(?<=[\p{L}\p{M}]{2})\u00a0(?=[\p{L}\p{M}]{2})")
_AT_START = pattern(r"([,.;:!?])(?!\1|[.…])|[)\]”’]|\"(?![\p{L}\p{N}])")
_AT_END = pattern(r"[(\[“‘]$|(?<![\p{L}\p{N}])\"$")
_STRAIGHT = pattern(r'"')
_WORD_AFTER = pattern(r"\p{L}[\p{L}\p{M}]*")
_FORMULA = pattern(r"[(\[](?: ?[^\s\p{P}]{1,2} ?[,;])+ ?[^\s\p{P}]{1,2} ?[)\]]")
"""Brackets with letters and numbers only: ( x ; y )."""
_FRENCH = ":;!?"
_FRENCH_MARK = pattern(rf"(?<=\p{{L}})({_S}?)([:;!?])")
_SMILEY = pattern(r"[:;][-']?[)(DPp/|](?![\p{L}])")
_STOPS = ".!?…"
"""Two spaces after these (one of them no-break where the text was a web page) are a typist's habit, not damage."""
_COLUMN = 3
"""Spaces from which a gap may be a column of a table."""
_CELL = 6
"""Words a cell of such a table has at most."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The stray spaces of every paragraph, in order of kind."""
    text = article.text
    for paragraph in article.paragraphs_for(RULE.code):
        for hit in _in_paragraph(article, paragraph):
            if not is_code(text, hit.start):  # "git add ." is no command any more without its space
                yield hit


def _in_paragraph(article: Article, paragraph: Segment) -> Iterator[Hit]:
    text = article.text
    found: list[Hit] = []
    if _MARK_AFTER.search(text, paragraph.start, paragraph.end):
        apart = article.memo.get("spaces.apart")
        if not isinstance(apart, frozenset):
            apart = article.memo["spaces.apart"] = _set_apart(text)
        found += _before_marks(text, paragraph, apart)
    found += _inside_pairs(text, paragraph)
    formulas = [m.span() for m in _FORMULA.finditer(text, paragraph.start, paragraph.end)] if found else []
    for hit in found:
        if not any(start < hit.start < end for start, end in formulas):
            yield hit
    yield from _double(text, paragraph)
    yield from _no_break(text, paragraph)


def _at_space(word: str, resources: Resources) -> bool:
    """Whether a raw word begins or ends with a mark that no space belongs before or after."""
    return not word.isalpha() and bool(_AT_START.match(word) or _AT_END.search(word))


def _set_apart(text: str) -> frozenset[str]:
    """The marks that this article sets apart as French does: with a space before nearly each."""
    spaced, tight = dict.fromkeys(_FRENCH, 0), dict.fromkeys(_FRENCH, 0)
    for match in _FRENCH_MARK.finditer(text):
        (spaced if match[1] else tight)[match[2]] += 1
    if sum(spaced.values()) >= 3 and sum(spaced.values()) >= 3 * sum(tight.values()):
        return frozenset(_FRENCH)
    return frozenset(c for c in _FRENCH if spaced[c] >= 2 and spaced[c] >= 3 * tight[c])


def _before_marks(text: str, paragraph: Segment, apart: frozenset[str]) -> Iterator[Hit]:
    for match in _BEFORE.finditer(text, paragraph.start, paragraph.end):
        mark, after = match[2], text[match.end() : match.end() + 1]
        if mark in apart or (mark in _FRENCH and match[1] == "\u00a0") or _SMILEY.match(text, match.start(2)):
            continue
        if after in (".", "…", mark) or (mark in ".,:" and after.isdigit()):
            continue  # an ellipsis, ".5", "2 :1"
        if mark == ":" and text[match.start() - 1].isdigit():
            continue
        if not after or after.isspace() or not after.isalpha():
            yield _hit(match.start(1), match.end(1), "", "ntm402.before", {"mark": mark}, 0.95)
            continue
        word = _WORD_AFTER.match(text, match.end())
        follows = word is not None and is_syllable(word.group().lower()) and len(word.group()) > 1
        if mark == "." and (not follows or not after.isupper()):
            continue  # ".NET", ".docx"
        if follows:
            yield _hit(match.start(1), match.end(2), f"{mark} ", "ntm402.wrong_side", {"mark": mark}, 0.9)


def _inside_pairs(text: str, paragraph: Segment) -> Iterator[Hit]:
    start, end = paragraph.start, paragraph.end
    for match in _OPENING.finditer(text, start, end):
        mark = match.group()[0]
        yield _hit(match.start(1), match.end(1), "", "ntm402.inside", {"mark": mark}, 0.9)
    for match in _CLOSING.finditer(text, start, end) if _PAIR_AFTER.search(text, start, end) else ():
        mark = match.group()[-1]
        opening = {")": "(", "]": "[", "”": "“", "’": "‘"}[mark]
        # A bracket or quote that closes nothing is a list number, an apostrophe, a smiley.
        if text.rfind(opening, start, match.start()) > text.rfind(mark, start, match.start()):
            yield _hit(match.start(1), match.end(1), "", "ntm402.inside", {"mark": mark}, 0.9)
    quotes = [m.start() for m in _STRAIGHT.finditer(text, start, end)]
    if len(quotes) % 2:
        return
    for first, last in zip(quotes[::2], quotes[1::2], strict=True):
        inner = text[first + 1 : last]
        if not inner.strip() or "\n" in inner:
            continue
        outside = (text[first - 1 : first] if first > start else " ") + (text[last + 1 : last + 2] or " ")
        if outside[0].isalnum() or outside[1:].isalnum():
            continue  # quotes that are not paired as they seem
        lead, tail = len(inner) - len(inner.lstrip(" \u00a0")), len(inner) - len(inner.rstrip(" \u00a0"))
        if lead:
            yield _hit(first + 1, first + 1 + lead, "", "ntm402.inside", {"mark": '"'}, 0.85)
        if tail:
            yield _hit(last - tail, last, "", "ntm402.inside", {"mark": '"'}, 0.85)


def _double(text: str, paragraph: Segment) -> Iterator[Hit]:
    if text.find("  ", paragraph.start, paragraph.end) < 0 and text.find("\u00a0", paragraph.start, paragraph.end) < 0:
        return
    gaps = list(_DOUBLE.finditer(text, paragraph.start, paragraph.end))
    wide = sum(len(m[1]) >= _COLUMN for m in gaps)
    if wide >= 2 and words(text[paragraph.start : paragraph.end]) <= _CELL * (wide + 1):
        return  # columns set with spaces
    for match in gaps:
        after, before = text[match.end(1)], text[match.start(1) - 1]
        if after in ",.;:!?)]”’" or before in "([“‘":
            continue
        if before in _STOPS and len(match[1]) == 2:
            continue
        yield Hit(
            match.start(1),
            match.end(1),
            Message("ntm402.double", {"count": len(match[1])}),
            0.99,
            {"spaces": len(match[1])},
            (Suggestion(" ", 0.99, "rule", Message("ntm402.one_space")),),
            "safe",
        )


def _no_break(text: str, paragraph: Segment) -> Iterator[Hit]:
    """No-break spaces between two plain words, where a line may break as well as anywhere."""
    for match in _NBSP.finditer(text, paragraph.start, paragraph.end):
        yield _hit(match.start(), match.end(), " ", "ntm402.no_break", {}, 0.8)


def _hit(start: int, end: int, replacement: str, key: str, values: dict[str, str], confidence: float) -> Hit:
    why = Message("ntm402.one_space" if replacement else "ntm402.remove")
    suggestion = Suggestion(replacement, confidence, "rule", why)
    evidence: dict[str, Scalar] = {"spaces": end - start, **values}
    return Hit(start, end, Message(key, values), confidence, evidence, (suggestion,), "review")


RULE = Rule(
    code="NTM402",
    name="stray-space",
    why={
        "vi": "Khi trích xuất hoặc dịch máy, dấu cách bị thêm vào trước dấu câu, trong ngoặc, hoặc thành hai.",
        "en": "Extraction or machine translation put spaces before marks, inside brackets and quotes, or two for one.",
    },
    applicability="safe",
    levels={
        "vi": "sửa được ngay với nhiều dấu cách liền nhau, còn lại cần xem",
        "en": "safe for several spaces in a row, else to review",
    },
    find=find,
    in_word=_at_space,
    in_text=lambda article: "  " in article.text or "\u00a0" in article.text,
    bad=(
        "Trong thời gian tới[[ ]], huyện tập trung nguồn lực cho NTM[[ ]].",
        "Phong trào “[[ ]]chung sức[[ ]]” lan rộng khắp các thôn (cả thôn vùng sâu[[ ]]).",
        "Hội nghị tổ chức[[  ]]trong hai ngày, có 200 đại biểu dự.",
        "Đường đã xong[[ .]]Bà con phấn khởi lắm.",
        'Xã được khen là "[[ ]]lá cờ đầu[[ ]]" của huyện.',
        "Nông[[\u00a0]]thôn hôm nay đã khác.",
    ),
    good=(
        "Bình quân đạt 16,2 tiêu chí / xã; môi trường … là việc lâu dài.",
        "Anh viết phần mềm bằng .NET, lưu tệp .docx, tỷ số 2 : 1.",
        "Ai về đích trước ? Xã nào về sau ! Còn bao nhiêu việc ? Nhiều lắm !",
        "Hội nghị tổ chức năm 2020.  Dự hội nghị có 200 đại biểu.",
        "Mỗi tạ nặng 100\u00a0kg, họp lúc 8\u00a0giờ.",
        "Tên xã      Số tiêu chí      Năm đạt",
        "Chờ đã ... rồi sẽ xong.",
        "Gõ hai lệnh sau rồi đẩy lên máy chủ:\n\n    git add .\n    git  commit -m xong .",
    ),
)
