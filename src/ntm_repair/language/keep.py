"""Reasons to leave an English run alone: names, titles, quotations, glosses in parentheses.

In news an English run is more often right than wrong. A reason here is about the run's surroundings; it is weighed
against how much the run looks like left-over prose.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from ntm_repair.language.words import Word
from ntm_repair.vietnamese import is_marked

FUNCTION_WORDS = frozenset(
    """
    a about above after again all also although am among an and any are as at be because been before being below between
    both but by can could did do does doing down during each few for from further had has have having he her here him
    his how however i if in into is it its itself just may me might more most much must my near no nor not now of off
    on once only or other our out over own per same shall she should since so some such than that the their them then
    there these they this those through thus to too toward towards under until up upon us very was we were what when
    where whether which while who whom whose why will with within without would yet you your
    """.split()
)
"""Closed-class words of English: never at home in Vietnamese."""

_PAIRS = (("([", ")]", "bracketed"), ("\"'“‘«", "\"'”’»", "quoted"))
_TITLE_NOUN = regex.compile(
    r"(?i)\b(?:phim|sách|cuốn|bài hát|ca khúc|nhạc phẩm|album|đĩa|mv|cuộc thi|giải|tờ|báo|tạp chí|nhật báo|chương trình"
    r"|vở|kịch|bộ|loạt|series|game|trò chơi|ứng dụng|phần mềm|dự án|chiến dịch|công ty|tập đoàn|hãng|nhóm|ban nhạc"
    r"|tạm dịch|tên|gọi là|mang tên|tựa đề|tiếng anh|tiếng anh là|viết tắt(?: của)?|thuật ngữ|khẩu hiệu|slogan)"
    r"[\s:,]*$"
)

_DASH = regex.compile(r"[-–—]\s*$")
_LINE_END = regex.compile(r"\s*(?:$|\()")


def is_function_word(word: str) -> bool:
    """Whether an English word is of a closed class."""
    return word.lower() in FUNCTION_WORDS


def reason(paragraph: str, run: Sequence[Word], following: Word | None) -> str:
    """Why a run should be left alone: "bracketed", "quoted", "name", "title", "gloss"; "" where nothing says so.

    `following` is the word after the run: the end of a name may lie outside it ("Voice of the | Cocos").
    """
    start, end = run[0].start, run[-1].end
    before, after = paragraph[:start], paragraph[end:]
    for opening, closing, name in _PAIRS:
        if _encloses(before, after, opening, closing):
            return name
    if _is_name(run, following is not None and following.capital):
        return "name"
    if run[0].capital and _TITLE_NOUN.search(before[-24:].rstrip()):
        return "title"
    if run[0].capital and _DASH.search(before) and _LINE_END.match(after):
        return "gloss"
    return ""


def _encloses(before: str, after: str, opening: str, closing: str) -> bool:
    """Whether one pair of marks holds the run and no Vietnamese: in a Vietnamese quotation a run is still damage."""
    left = max(before.rfind(c) for c in opening)
    right = min((i for c in closing if (i := after.find(c)) >= 0), default=-1)
    if left < 0 or right < 0 or any(c in closing for c in before[left + 1 :]):
        return False
    return not any(is_marked(w) for w in (before[left + 1 :] + " " + after[:right]).split())


def _is_name(run: Sequence[Word], goes_on: bool) -> bool:
    """Title Case throughout but for short linking words, as names of bodies, works and people are."""
    words = [w for w in run if not w.neutral]
    linking = [w for w in words if is_function_word(w.text) and not w.capital]
    content = [w for w in words if w not in linking]
    ends_well = words[-1] not in linking or goes_on
    return (
        bool(content)
        and words[0].capital
        and all(w.capital for w in content)
        and len(linking) <= len(content)
        and ends_well
        and (len(content) > 1 or goes_on or not words[0].opens)
    )
