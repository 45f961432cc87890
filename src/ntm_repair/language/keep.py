"""Reasons to leave an English run alone: names, titles, quotations, glosses in parentheses.

In news an English run is more often right than wrong. A reason here is about the run's surroundings; it is weighed
against how much the run looks like left-over prose.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from ntm_repair.language.words import Word

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

_OPENING = "\"'“‘«(["
_CLOSING = "\"'”’»)]"
_TITLE_NOUN = regex.compile(
    r"(?i)\b(?:phim|sách|cuốn|bài hát|ca khúc|nhạc phẩm|album|đĩa|mv|cuộc thi|giải|tờ|báo|tạp chí|nhật báo|chương trình"
    r"|vở|kịch|bộ|loạt|series|game|trò chơi|ứng dụng|phần mềm|dự án|chiến dịch|công ty|tập đoàn|hãng|nhóm|ban nhạc"
    r"|tạm dịch|tên|gọi là|mang tên|tựa đề|tiếng anh|tiếng anh là|viết tắt(?: của)?|thuật ngữ|khẩu hiệu|slogan)"
    r"[\s:,]*$"
)


def is_function_word(word: str) -> bool:
    """Whether an English word is of a closed class."""
    return word.lower() in FUNCTION_WORDS


def reason(paragraph: str, run: Sequence[Word]) -> str:
    """Why the run should be left alone: "quoted", "bracketed", "title", "name"; "" where nothing speaks for it."""
    start, end = run[0].start, run[-1].end
    before, after = paragraph[:start].rstrip(), paragraph[end:].lstrip()
    if _enclosed(before, after, "([", ")]"):
        return "bracketed"
    if _enclosed(before, after, "\"'“‘«", "\"'”’»"):
        return "quoted"
    if _is_name(run):
        return "name"
    if run[0].text[0].isupper() and _TITLE_NOUN.search(before[-24:]):
        return "title"
    return ""


def _enclosed(before: str, after: str, opening: str, closing: str) -> bool:
    """Whether the run lies wholly inside one pair of marks: the nearest to the left opens, to the right closes."""
    left = next((c for c in reversed(before) if c in opening + closing), "")
    right = next((c for c in after if c in opening + closing), "")
    return bool(left) and left in opening and bool(right) and right in closing


def _is_name(run: Sequence[Word]) -> bool:
    """Title Case throughout but for short linking words, as names of bodies, works and people are."""
    content = [w for w in run if not w.neutral and not (is_function_word(w.text) and w.text[0].islower())]
    linking = [w for w in run if not w.neutral and is_function_word(w.text) and w.text[0].islower()]
    if not content or not run[0].text[0].isupper():
        return False
    return all(w.text[0].isupper() for w in content) and len(linking) <= len(content) and run[-1] in content
