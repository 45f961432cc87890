"""NTM403: quotes and brackets with nothing in them, or without their other half.

A translation round trip drops a quoted word and leaves its quotes. The word often stands elsewhere in the article,
between the same neighbours; that is where a suggestion may come from, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm_repair.article import Article
from ntm_repair.context import Context
from ntm_repair.patterns import pattern
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.segment import lines, more_words_than, words
from ntm_repair.types import Hit, Message, Segment, Suggestion

_EMPTY = pattern(
    r"(?<![\p{L}\p{N}\])>*+-]|[*+-] |^)\[\s*\](?![\p{L}\p{N}(\[])|"
    r"“[\s…]*”|‘\s*’|«\s*»|(?<![\p{L}\p{N}\")\]])\(\s*\)(?![\p{L}\p{N}(])|(?<![\p{L}\p{N}\"{=(\[])\"\s*\"(?![\p{L}\p{N}\"}\])])"
)
_NOTHING_BETWEEN = re.compile(r"[\[“‘«(\"][\s…]*[\]”’»)\"]")
"""What all of these have; asked first, at a tenth of the cost."""
_EMPTY_PART = pattern(r"[“‘«(]…*$|^…*[”’»)]|“…*”|‘’|«»|\(\)|\"\"|^\"(?![\p{L}\p{N}\"])")
PAIRS = "()[]“”«»"
_HALF = re.compile(rf"[{re.escape(PAIRS)}]+")
_BREAK = re.compile(r"[\r\n\u2028\u2029]")
_QUOTED = pattern(r"“([^“”\n]{1,40})”|\"([^\"\n]{1,40})\"|«([^«»\n]{1,40})»")
_WORD = pattern(r"[\p{L}\p{M}\p{N}]+")
_CLOSES = {")": "(", "]": "[", "”": "“", "»": "«"}
_OPENS = {opening: closing for closing, opening in _CLOSES.items()}
_PAIRED = pattern(r"[()\[\]“”«»]")
# "a)", "1)", ":)", "5'" and the like close nothing.
_NUMBERING = pattern(r"(?:^|[\s;,.:(])(?:\p{L}|\d{1,3}|[ivxIVX]{1,4})$|[:;][-']?$|^\s*$")
_FORMULA = pattern(r"[\\{}=^]")
FEWEST_WORDS = 4
"""Shorter paragraphs are pieces of formulas and tables, whose pairs may close elsewhere."""
MOST_HALVES = 3
WORDS_A_HALF = 25
"""A paragraph with more lone halves, and more than one in so many words, is not prose."""
_CHOICES = 5
"""The most quoted words offered."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Empty pairs, then halves of pairs."""
    text = article.text
    found = 0
    for paragraph in article.paragraphs_for(RULE.code):
        if not _NOTHING_BETWEEN.search(text, paragraph.start, paragraph.end):
            continue
        for match in _EMPTY.finditer(text, paragraph.start, paragraph.end):
            if match.group()[0] == "(" and _is_form(text[paragraph.start : paragraph.end]):
                continue
            if match.group()[0] == '"' and text.count('"', paragraph.start, match.start()) % 2:
                continue  # the end of one quotation and the beginning of the next
            found += 1
            yield _empty(article, resources.context, match.start(), match.end())
    yield from _halves(article)


def _unbalanced(article: Article) -> bool | list[tuple[int, int]]:
    """The lines that have a half of a pair without the other."""
    text = article.text
    if "\r" in text or "\u2028" in text or "\u2029" in text:  # what is a line in it depends on who asks
        return not all(paired("".join(_HALF.findall(line))) for line in _BREAK.split(text))
    return [span for span in lines(text) if not paired("".join(_HALF.findall(text, *span)))]


def paired(marks: str) -> bool:
    """Whether nothing is left of the marks of a line when pairs are taken out."""
    while marks:
        fewer = marks.replace("()", "").replace("“”", "").replace("[]", "").replace("«»", "")
        if len(fewer) == len(marks):
            return False
        marks = fewer
    return True


def _is_form(paragraph: str) -> bool:
    """Boxes to tick: "( ) Có ( ) Không"."""
    return paragraph.count("( )") + paragraph.count("()") > 1


def _empty(article: Article, context: Context, start: int, end: int) -> Hit:
    text = article.text
    opening, closing = text[start], text[end - 1]
    before, after = _words(text[max(0, start - 60) : start])[-2:], _words(text[end : end + 60])[:2]
    offered = [] if opening == "(" else _quoted_elsewhere(article, context, before, after)
    suggestions = [
        Suggestion(f"{opening}{word}{closing}", score, "article", Message("ntm403.elsewhere", {"word": word}))
        for word, score in offered[:_CHOICES]
    ]
    suggestions.append(Suggestion("", 0.3, "deletion", Message("ntm403.deletion")))
    key = "ntm403.empty_brackets" if opening == "(" else "ntm403.empty"
    return Hit(start, end, Message(key), 0.97, {"candidates": len(offered)}, tuple(suggestions))


_Quoted = tuple[str, list[str], list[str], list[str]]
"""What stands between two quotes, its words, and the last two words before it and the first two after."""


def _quoted_elsewhere(
    article: Article, context: Context, before: list[str], after: list[str]
) -> list[tuple[str, float]]:
    """Words the article quotes, with how well they fit between the words around the gap: 0 to 1, best first."""
    quoted = article.memo.get("quoted")
    if not isinstance(quoted, list):
        quoted = article.memo["quoted"] = list(_quoted(article.text))
    last, following = before[-1] if before else "", after[0] if after else ""
    pair = context.pair
    scores: dict[str, float] = {}
    for word, inner, left, right in quoted:
        same = _common_tail(left, before) if left and left[-1] == last else 0
        if right and right[0] == following:
            same += _common_tail(right[::-1], after[::-1])
        fits = bool((last and pair(last, inner[0])) or (following and pair(inner[-1], following)))
        score = min(0.95, 0.4 + 0.2 * same + 0.1 * fits)
        if score > scores.get(word, 0.0):
            scores[word] = score
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _quoted(text: str) -> Iterator[_Quoted]:
    """What a text quotes, of six words at most."""
    for match in _QUOTED.finditer(text):
        word = next(g for g in match.groups() if g is not None).strip()
        inner = _words(word)
        if inner and len(inner) <= 6:
            left = _words(text[max(0, match.start() - 60) : match.start()])[-2:]
            yield word, inner, left, _words(text[match.end() : match.end() + 60])[:2]


def _common_tail(a: list[str], b: list[str]) -> int:
    """How many words two contexts share, counted from the gap outwards."""
    count = 0
    for x, y in zip(a[::-1], b[::-1], strict=False):
        if x != y:
            break
        count += 1
    return count


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]


def _halves(article: Article) -> Iterator[Hit]:
    """Openings that nothing closes in their paragraph, and the other way about.

    A quotation of several paragraphs opens each and closes the last, so an unclosed quote at the beginning of a
    paragraph is none, nor is a closing one after it.
    """
    text = article.text
    running = False
    for paragraph in article.paragraphs_for(RULE.code):
        body = text[paragraph.start : paragraph.end]
        if not any(c in body for c in PAIRS) or not more_words_than(body, FEWEST_WORDS - 1) or _FORMULA.search(body):
            continue
        unmatched = _unmatched(body)
        quotes = [i for i in unmatched if body[i] in "“”"]
        if quotes and body[quotes[0]] == "“" and not body[: quotes[0]].strip("–-— "):
            running = True
            continue
        if quotes and body[quotes[0]] == "”" and running:
            running = False
            continue
        if len(unmatched) <= MOST_HALVES or len(unmatched) <= words(body) // WORDS_A_HALF:
            for first, last in _runs(body, unmatched):
                yield _half(paragraph, body, first, last)


def _unmatched(body: str) -> list[int]:
    stack: list[int] = []
    alone: list[int] = []
    for match in _PAIRED.finditer(body):
        mark, at = match.group(), match.start()
        if mark in _OPENS and not (mark == "“" and stack and body[stack[-1]] == mark and _closes(body, at)):
            stack.append(at)
        elif mark in _OPENS:
            stack.pop()  # “như thế này“: turned the wrong way round
            alone.append(at)
        elif stack and body[stack[-1]] == _CLOSES[mark]:
            stack.pop()
        elif any(body[i] == _CLOSES[mark] for i in stack):
            while body[stack[-1]] != _CLOSES[mark]:
                alone.append(stack.pop())
            stack.pop()
        elif not (mark in ")]" and _NUMBERING.search(body[:at]) and _goes_on(body, at)):
            alone.append(at)
    smileys = [i for i in stack if body[i] == "(" and body[max(0, i - 1) : i] in (":", ";", "=")]
    return sorted({*alone, *stack} - {*smileys})


def _closes(body: str, at: int) -> bool:
    """Whether a mark stands as a closing one does: words before it, none right after it."""
    return not body[at - 1].isspace() and not body[at + 1 : at + 2].isalnum()


def _goes_on(body: str, at: int) -> bool:
    """Whether words follow a bracket, as they do after a number that counts them; a smiley may stand anywhere."""
    return not body[at - 1].isalnum() or bool(_WORD.match(body[at + 1 :].lstrip()))


def _runs(body: str, unmatched: list[int]) -> Iterator[tuple[int, int]]:
    """Equal halves side by side are one ("[[" of a wiki): the first and the last of each run."""
    for at in unmatched:
        if at and at - 1 in unmatched and body[at - 1] == body[at]:
            continue
        last = at
        while last + 1 in unmatched and body[last + 1] == body[at]:
            last += 1
        yield at, last


def _half(paragraph: Segment, body: str, at: int, last: int) -> Hit:
    mark = body[at]
    twin = _OPENS.get(mark) or _CLOSES[mark]
    start = paragraph.start + at
    suggestions = [Suggestion("", 0.4, "deletion", Message("ntm403.half_deletion"))]
    if mark == "“" and body.count('"') == 1 and body.index('"') > at:
        # “một nửa" : the other half is a straight quote; the editor sees both.
        suggestions.insert(0, Suggestion('"', 0.5, "rule", Message("ntm403.same_kind")))
    key = "ntm403.unclosed" if mark in _OPENS else "ntm403.unopened"
    if mark == "“" and mark in body[:at] and _closes(body, at):
        key = "ntm403.turned"
        suggestions.insert(0, Suggestion("”", 0.7, "rule", Message("ntm403.turn")))
    message = Message(key, {"mark": mark, "twin": twin})
    return Hit(start, paragraph.start + last + 1, message, 0.8, {"mark": mark}, tuple(suggestions))


RULE = Rule(
    code="NTM403",
    name="empty-quotes",
    why={
        "vi": "Từ trong ngoặc bị mất khi dịch máy, chỉ còn lại dấu ngoặc; hoặc dấu ngoặc mất một nửa.",
        "en": "A machine translation lost the quoted word and left its quotes, or lost one half of a pair.",
    },
    applicability="review",
    find=find,
    in_word=lambda word, resources: not word.isalpha() and bool(_EMPTY_PART.search(word)),
    in_text=_unbalanced,
    bad=(
        "Ba thôn còn [[“”]] nhà văn hóa, phải làm trong năm nay.",
        "Xã quyết tâm xóa [[“ ”]] hộ nghèo.",
        "Đoàn [[()]] đã về thăm các hộ khó khăn.",
        "Ông gọi đó là [[“]]cú hích của cả huyện, ai cũng tin.",
        "Mô hình trồng nấm [[(]]ở thôn Đông cho thu nhập khá.",
        "Cả xã đồng lòng[[”]], không ai đứng ngoài.",
        "Bà con gọi đây là “đường ý Đảng[[“]], ai cũng góp công.",
    ),
    good=(
        "Các việc cần làm: a) làm đường; b) trồng cây; 1) thu gom rác.",
        "Hàm main() không nhận tham số.",
        "Vui quá :)",
        "“Làm đường phải hỏi dân.\n\n“Dân đồng ý thì làm”, ông nói.",
        "Anh cao 1m70, nhà ở “phố núi” (Gia Lai).",
        "( ) Có ( ) Không",
    ),
)
