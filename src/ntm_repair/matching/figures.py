"""Figures that stand on the wrong side of the word they belong to: "đến 2027 năm", "kỳ họp 15 thứ", "tỷ 5 đồng".

English has the year after its preposition, the ordinal before its noun and the scale beside the figure, and a round
trip leaves them there. The counts hold no figures, so no join tells; but for each of these words Vietnamese has one
side only, and the few phrases that look alike are left out one by one. In a million and a half words of clean text
by people and by this project none of the shapes is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

SURE, LIKELY = 0.95, 0.8
"""Confidence of a shape that nothing right looks like, and of one that a loose style might have."""
_SP = "[ \u00a0]"
_NUMBER = r"\d+(?:[.,]\d+)*"
_PERIOD = "giai đoạn|nhiệm kỳ|năm học|niên khóa"
_WHEN = "trong|hết|cuối|đầu|giữa"
_SCALE = "tỷ|tỉ|triệu|nghìn|ngàn"
_UNIT = "đồng|USD|đô la|euro|tấn|tạ|kg|km|ha|héc ta|mét|lít|người|hộ|lượt|con|cây"
_FIGURE_FIRST = re.compile(
    "|".join(
        (
            rf"(?P<year>(?:19|20)\d\d){_SP}năm\b",
            rf"(?P<span>(?:19|20)\d\d{_SP}?[-–]{_SP}?(?:19|20)\d\d){_SP}(?P<period>{_PERIOD})\b",
            rf"(?P<said>(?:19|20)\d\d){_SP}(?P<said_of>(?:{_WHEN}){_SP}năm)\b",
            rf"(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01]){_SP}(?P<dated>ngày)\b",
            rf"(?P<goals>\d+[-–]\d+){_SP}(?P<score>tỷ số|tỉ số)\b",
            rf"(?P<ordinal>\d+|[IVX]+){_SP}(?P<nth>(?:lần{_SP})?thứ)\b",
            rf"(?P<figure>{_NUMBER}){_SP}(?P<about>khoảng|hơn|gần|trên|dưới){_SP}(?P<of>(?:{_SCALE}|{_UNIT})\b|%)",
            rf"(?P<document>\d[\w/.-]*){_SP}số\b",
        )
    )
)
_WORD_FIRST = re.compile(
    "|".join(
        (
            rf"(?P<scale>{_SCALE}){_SP}(?P<scaled>{_NUMBER}){_SP}(?P<unit>{_UNIT})\b",
            rf"đồng{_SP}(?P<sum>{_NUMBER}{_SP}(?:{_SCALE}))\b(?!{_SP}đồng)",
            rf"tháng{_SP}(?P<months>\d\d?){_SP}(?P<half>đầu|cuối){_SP}năm\b",
            rf"(?P<part>đầu|cuối){_SP}(?P<months_of>\d\d?){_SP}tháng{_SP}năm\b",
            rf"đến{_SP}(?P<until>(?:tháng|quý|năm){_SP}[\dIVX]+){_SP}(?P<end>hết)\b",
            rf"năm{_SP}(?P<years>\d\d?){_SP}(?P<ago>qua|tới|gần đây|trở lại đây)\b",
            rf"so{_SP}(?P<compared>(?:năm{_SP})?(?:19|20)\d\d){_SP}với\b",
            rf"%{_SP}?(?P<percent>{_NUMBER})(?![\d%])",
            rf"ngày{_SP}(?P<month_first>0?[1-9]|1[0-2])/(?P<then_day>1[3-9]|2\d|3[01])(?P<of_year>/(?:19|20)\d\d)?(?![\d/])",
            rf"sao{_SP}(?P<stars>[345])\b",
        )
    )
)
_AFTER_ONE = re.compile(
    rf"[\dIVX](?={_SP}(?:{_WHEN}|ngày|năm|giai|nhiệm|niên|tỷ|tỉ|lần|thứ|khoảng|hơn|gần|trên|dưới|số)\b)"
)
_AFTER_CODE = re.compile(rf"/[\w-]+(?={_SP}số\b)")
_ENDING = re.compile(rf"(?:\d{{4}}{_SP}?[-–]{_SP}?)?\w[\w/.,-]*$")
_BEFORE_ONE = re.compile(r"[ \u00a0%]\d")
_OPENING = frozenset(
    ("đồng", "tháng", "năm", "so", "%", "sao", "ngày", "đầu", "cuối", "tháng", "quý", *_SCALE.split("|"))
)
"""The words of `_WORD_FIRST` that a figure follows."""
_LEADS = ("so ", "đến ")
"""A word before that word that belongs to the shape: "so năm 2020 với"."""
_LONGEST_WORD, _LONGEST_FIGURE = max(map(len, _OPENING)), 24
_BEFORE = re.compile(r"(?:^|[^\w%])([\w%][\w%.,/-]*)[ \u00a0]$")
_AFTER = re.compile(r"[ \u00a0](\w[\w.,/-]*)")
_COUNTED = frozenset("hơn gần khoảng chừng suốt trải qua mấy vài những các năm cách ngót".split())
""" "hơn 2000 năm" counts years; "năm 2020 năm nào cũng" has the word already."""
_LONG_AGO = frozenset("trước sau tuổi lịch nay tù công văn dựng tồn".split())
"""What follows years that are counted: "2000 năm trước", "2000 năm lịch sử"."""
_WHICH = frozenset("nay trước sau học ngoái tới qua đó này ấy".split())
"""After "năm" these say which."""
_ENDS = frozenset("hạn hiệu tiền vốn sức năm tháng quý mùa vụ nhiệm kỳ giờ mưa nắng dịch hàng chỗ cả".split())
"""What ends: "đến tháng 12 hết hạn"."""
_ON = frozenset("trước sau vào từ đến tới sáng chiều tối trưa hết".split())
"""Words before a date."""
_NUMBERED = frozenset("họp khóa khoá phiên hội lần tập kỳ hạng trí đợt khoản".split())
"""What has ordinals: kỳ họp, khóa, phiên, đại hội, lần, vị trí."""
_ORDINAL = frozenset("hai ba tư năm sáu bảy nhì nhất chủ".split())
"""After "thứ": then the word belongs to that, "họp lần 3 thứ Năm tuần tới"."""
_DOCUMENTS = frozenset("quyết định lệnh thị tư kế hoạch văn kết luận tờ trình báo cáo án".split())
"""Last words of kinds of documents: Nghị quyết, Chỉ thị, Công văn."""
_AMOUNT = frozenset("hơn gần khoảng trên dưới là được có đạt phí vốn giá tổng thu chi nộp gồm còn lên từ".split())
"""After these stands an amount: "kinh phí | đồng 5 tỷ", but not "hợp đồng 5 tỷ"."""
_MANY = frozenset(
    "hàng mấy vài chục trăm nghìn ngàn triệu bạc cả nửa nhiều một hai ba bốn năm sáu bảy tám chín mươi".split()
)
""" "hàng triệu", "một tỷ": then the scale has its figure."""
_STARRED = frozenset("hạng đạt chuẩn từ phẩm được ocop là".split())


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A figure on the wrong side of its word: code-point offsets, how it should stand, how sure that is."""

    start: int
    end: int
    repair: str
    confidence: float


def misplaced_figures(text: str) -> Iterator[Misplaced]:
    """Every misplaced figure of an NFC text, in order; none overlap."""
    free_from = 0
    for match in sorted(_shapes(text), key=re.Match.start):
        start, end = match.span()
        if start < free_from or (start and (text[start - 1].isalnum() or text[start - 1] in "/.,-")):
            continue
        told = _JUDGES[match.lastgroup or ""](match, _word_before(text, start), _word_after(text, end))
        if told is not None:
            free_from = end
            yield Misplaced(start, end, *told)


def _shapes(text: str) -> Iterator[re.Match[str]]:
    # Most of a text is words: so what costs is asked only where a figure meets one that may be on its wrong side.
    for meeting in chain(_AFTER_ONE.finditer(text), _AFTER_CODE.finditer(text)):
        at = meeting.end()
        figure = _ENDING.search(text, max(0, at - _LONGEST_FIGURE), at)
        if figure and (match := _FIGURE_FIRST.match(text, figure.start())):
            yield match
    for meeting in _BEFORE_ONE.finditer(text):
        at = meeting.start()
        start = at if text[at] == "%" else text.rfind(" ", max(0, at - _LONGEST_WORD - 1), at) + 1
        if start < at and text[start:at] not in _OPENING:
            continue
        start -= next((len(lead) for lead in _LEADS if text.startswith(lead, max(0, start - len(lead)))), 0)
        if match := _WORD_FIRST.match(text, start):
            yield match


def _word_before(text: str, at: int) -> str:
    found = _BEFORE.search(text, max(0, at - 24), at)
    return found[1].lower() if found else ""


def _word_after(text: str, at: int) -> str:
    found = _AFTER.match(text, at)
    return found[1].rstrip(".,/-") if found else ""


Told = tuple[str, float] | None
_Judge = Callable[["re.Match[str]", str, str], Told]


def _year(m: re.Match[str], before: str, after: str) -> Told:
    year = m["year"]
    counted = before in _COUNTED or after in _LONG_AGO or year.endswith("00") or after[:1].isdigit()
    return None if counted else (f"năm {year}", SURE)


def _period(m: re.Match[str], before: str, after: str) -> Told:
    return None if after[:1].isdigit() else (f"{m['period']} {m['span']}", SURE)


def _ordinal(m: re.Match[str], before: str, after: str) -> Told:
    named = before in _NUMBERED and after.lower() not in _ORDINAL and not after[:1].isdigit()
    return (f"{m['nth']} {m['ordinal']}", SURE) if named else None


def _said(m: re.Match[str], before: str, after: str) -> Told:
    # "Năm 2024 trong năm học": the year has its word; "vụ 2024 trong năm nay": what follows says which.
    said = before not in _COUNTED and not after[:1].isdigit() and after not in _WHICH
    return (f"{m['said_of']} {m['said']}", LIKELY) if said else None


def _score(m: re.Match[str], before: str, after: str) -> Told:
    return f"{m['score']} {m['goals']}", SURE


def _half_year(m: re.Match[str], before: str, after: str) -> Told:
    return f"{m['months_of']} tháng {m['part']} năm", SURE


def _until(m: re.Match[str], before: str, after: str) -> Told:
    return None if after in _ENDS else (f"đến hết {m['until']}", LIKELY)


def _dated(m: re.Match[str], before: str, after: str) -> Told:
    # "Nghỉ 10/30 ngày" is a share of the days.
    return (f"ngày {m['day']}/{m['month']}", SURE) if before in _ON else None


def _month_first(m: re.Match[str], before: str, after: str) -> Told:
    # No month has a number above twelve: the day comes first.
    return f"ngày {m['then_day']}/{m['month_first']}{m['of_year'] or ''}", SURE


def _about(m: re.Match[str], before: str, after: str) -> Told:
    if before in ("số", "lần", "năm", "tháng", "ngày", "điều", "khoản"):
        return None
    space = "" if m["of"] == "%" else " "
    return f"{m['about']} {m['figure']}{space}{m['of']}", SURE


def _document(m: re.Match[str], before: str, after: str) -> Told:
    return (f"số {m['document']}", SURE) if before in _DOCUMENTS and not after[:1].isdigit() else None


def _scale(m: re.Match[str], before: str, after: str) -> Told:
    if before in _MANY or before[:1].isdigit():
        return None
    return f"{m['scaled']} {m['scale']} {m['unit']}", SURE


def _sum(m: re.Match[str], before: str, after: str) -> Told:
    return (f"{m['sum']} đồng", SURE) if before in _AMOUNT else None


def _months(m: re.Match[str], before: str, after: str) -> Told:
    # "Tháng 3 đầu năm", "tháng 12 cuối năm" say when; there are no four to eleven beginnings of a year.
    months, half = int(m["months"]), m["half"]
    counted = 4 <= months <= 11 if half == "đầu" else 2 <= months <= 8
    return (f"{months} tháng {half} năm", LIKELY) if counted else None


def _years(m: re.Match[str], before: str, after: str) -> Told:
    # A year of school has a number: "năm 2 qua" is said of students.
    return (f"{m['years']} năm {m['ago']}", LIKELY) if int(m["years"]) >= 5 else None


def _compared(m: re.Match[str], before: str, after: str) -> Told:
    # "So năm 2020 với năm 2019" compares two.
    return None if after == "năm" or after[:1].isdigit() else (f"so với {m['compared']}", SURE)


def _percent(m: re.Match[str], before: str, after: str) -> Told:
    return None if before[-1:].isdigit() or not before else (f"{m['percent']}%", SURE)


def _stars(m: re.Match[str], before: str, after: str) -> Told:
    return (f"{m['stars']} sao", LIKELY) if before in _STARRED else None


_JUDGES: dict[str, _Judge] = {
    "year": _year,
    "period": _period,
    "nth": _ordinal,
    "said_of": _said,
    "score": _score,
    "months_of": _half_year,
    "end": _until,
    "dated": _dated,
    "then_day": _month_first,
    "of_year": _month_first,
    "of": _about,
    "document": _document,
    "unit": _scale,
    "sum": _sum,
    "half": _months,
    "ago": _years,
    "compared": _compared,
    "percent": _percent,
    "stars": _stars,
}
"""By the last group of a shape."""
