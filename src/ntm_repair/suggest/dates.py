"""English dates as Vietnamese newspapers write them: "on October 30, 2024" is "ngày 30-10-2024".

The order is turned round (English has the month first, the part of the day last, the weekday before "morning"), and
what stands before a date says when, not where: *in October* is "vào tháng 10", *by* is "đến", *late* "cuối".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from ntm_repair.article import Article
from ntm_repair.language.closed_class import is_function_word
from ntm_repair.suggest.forms import WORD, Sense
from ntm_repair.suggest.place import YEAR, Place, Token

Options = dict[tuple[int, int], list[Sense]]

_NAMES = "january february march april may june july august september october november december".split()
MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_SHORT = {name[:3]: number for name, number in MONTHS.items() if name != "may"} | {"sept": 9}
"""Months that are cut short, which only a figure beside them tells from other words."""
_UNSURE = frozenset(("march", "may", "august"))
"""Months that are other words too: those are written small."""
WEEKDAYS = {
    "monday": "thứ Hai",
    "tuesday": "thứ Ba",
    "wednesday": "thứ Tư",
    "thursday": "thứ Năm",
    "friday": "thứ Sáu",
    "saturday": "thứ Bảy",
    "sunday": "Chủ nhật",
}
_PARTS = {
    "morning": ("sáng",),
    "noon": ("trưa",),
    "afternoon": ("chiều",),
    "evening": ("tối",),
    "night": ("đêm", "tối"),
}
_EDGES = {
    "early": "đầu",
    "beginning": "đầu",
    "start": "đầu",
    "mid": "giữa",
    "middle": "giữa",
    "late": "cuối",
    "end": "cuối",
}
_OF = frozenset("beginning start middle end".split())
"""Those that *of* follows."""
_SINCE = {"last": ("vừa qua", "năm ngoái"), "this": ("này", "năm nay"), "next": ("tới", "năm sau")}
_SINCE_DAY = {"last": ("tuần trước", "vừa qua"), "this": ("này", "tuần này"), "next": ("tới", "tuần sau")}
_PREPOSITIONS: dict[str, tuple[str, ...]] = {
    "on": ("", "vào"),
    "in": ("vào", "trong", ""),
    "at": ("vào", ""),
    "by": ("đến", "trước"),
    "before": ("trước",),
    "after": ("sau",),
    "since": ("từ",),
    "from": ("từ",),
    "to": ("đến",),
    "until": ("đến",),
    "till": ("đến",),
    "through": ("đến",),
    "during": ("trong",),
}
_WHEN = frozenset("on before after since from until till".split())
"""Those that a date in figures follows, hardly a fraction."""
_UP_TO = frozenset("by until till to through".split())
_ANOTHER = 0.4
"""Cost of a wording as good as the one before it, which the words around may ask for."""
_DAY = regex.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_FIGURES = regex.compile(r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?:/(?:19|20)\d\d)?")
_WRITTEN = regex.compile(r"(?<![\d/-])(?:0?[1-9]|[12]\d|3[01])([-/])(?:0?[1-9]|1[0-2])(?:\1(?:19|20)\d\d)?(?![\d/-])")
_BETWEEN = ("", ",")
_TO = ("-", "–")


class _Date(NamedTuple):
    """Tokens that are read as one, and what they are."""

    first: int
    end: int
    texts: tuple[str, ...]
    kind: str
    """ "day", "range", "month", "year", "weekday"."""


def dated(article: Article, place: Place, options: Options) -> None:
    """Put the readings of dates in place of all others of their words."""
    tokens = (*place.tokens, Token(place.figure, place.figure, True, False, "")) if place.figure else place.tokens
    if not any(token.kept or token.lower in MONTHS or token.lower in WEEKDAYS for token in tokens):
        return
    at = 0
    while at < len(place.tokens):
        date = _date(article, tokens, at)
        whole = _within(place, _with_preposition(tokens, date)) if date is not None else None
        if date is None or whole is None:
            at += 1
            continue
        for span in [s for s in options if s[0] < whole.end and s[1] > whole.first]:
            if not (span[0] < whole.first and span[1] > whole.end):  # a longer phrase that is listed
                del options[span]
        modifier = date == whole and _before_noun(tokens, date)
        texts: Sequence[str] = whole.texts
        if whole.first == 0 and place.left:  # "tháng October"
            texts = list(dict.fromkeys(text.removeprefix(f"{place.left[-1]} ") for text in texts))
        options[whole.first, whole.end] = list(_senses(texts, modifier))
        at = whole.end


def _within(place: Place, date: _Date) -> _Date | None:
    """A date that goes on in the figure right after the fragment, without the figure; None where that has to move."""
    if date.end <= len(place.tokens):
        return date
    rest = [text.removesuffix(f" {place.figure}") for text in date.texts if text.endswith(f" {place.figure}")]
    return date._replace(end=len(place.tokens), texts=tuple(rest)) if rest and date.first < len(place.tokens) else None


def is_dated(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word is a month or a weekday, whose capital makes it no name."""
    return tokens[i].lower in WEEKDAYS or _month(tokens, i) is not None


def _senses(texts: Iterable[str], modifier: bool) -> Iterator[Sense]:
    for rank, text in enumerate(texts):
        words = tuple(word for word in text.lower().split() if not word[0].isdigit())
        yield Sense(text, words, WORD + _ANOTHER * rank, modifier, False, "glossary")


def _before_noun(tokens: Sequence[Token], date: _Date) -> bool:
    """Whether a date may say of what follows which one it is: "the October meeting"."""
    if date.end == len(tokens) or tokens[date.end - 1].gap != " ":
        return False
    after = tokens[date.end]
    return not after.kept and not is_function_word(after.lower) and after.lower not in _SINCE


def _with_preposition(tokens: Sequence[Token], date: _Date) -> _Date:
    """The date with what stands before it."""
    first = date.first
    before = tokens[first - 1].lower if first and tokens[first - 1].gap == " " else ""
    earlier = {t.lower for t in tokens[:first]}
    if before == "and" and "between" in earlier:
        marks: tuple[str, ...] = ("đến",)
    elif before == "between":
        marks = ("từ",)
    elif before in _PREPOSITIONS:
        marks = _PREPOSITIONS[before]
    else:
        return date
    if date.kind == "range":
        marks = ("",)  # it has its own
    said = [f"{mark} {text}".strip() for mark in marks for text in date.texts]
    if before in _UP_TO and any(text.startswith("cuối ") for text in date.texts):
        said[1:1] = ["đến hết " + text.removeprefix("cuối ") for text in date.texts]
    return date._replace(first=first - 1, texts=tuple(dict.fromkeys(said)))


def _date(article: Article, tokens: Sequence[Token], at: int) -> _Date | None:
    """The longest date that begins with a token."""
    start = at + 1 if tokens[at].lower == "the" and at + 1 < len(tokens) else at
    word = tokens[start].lower
    following = start + 1
    if word in _EDGES or word in _PARTS:
        if following < len(tokens) and tokens[following].lower == "of":
            following += 1
        elif word in _OF:
            return None
        if following < len(tokens) and tokens[following].lower == "the":
            following += 1
        inner = _plain(article, tokens, following) if following < len(tokens) else None
        if inner is None:
            return None
        if word in _EDGES and inner.kind in ("month", "year"):
            return inner._replace(first=at, texts=tuple(f"{_EDGES[word]} {text}" for text in inner.texts))
        if word in _PARTS and inner.kind in ("day", "weekday"):
            return inner._replace(first=at, texts=_part(word, inner.texts))
        return None
    if word in _SINCE and following < len(tokens):
        inner = _plain(article, tokens, following)
        if inner is None or inner.kind not in ("month", "weekday") or inner.end > following + 1:
            return None
        said = (_SINCE if inner.kind == "month" else _SINCE_DAY)[word]
        return inner._replace(first=at, texts=tuple(f"{inner.texts[0]} {one}" for one in said))
    found = _plain(article, tokens, start)
    if found is None or found.kind == "year" or (start > at and _before_noun(tokens, found)):
        return None
    if _FIGURES.fullmatch(tokens[start].text) and not (at and tokens[at - 1].lower in _WHEN):
        return None  # "9/10 communes"
    return found._replace(first=at)


def _part(word: str, texts: Sequence[str]) -> tuple[str, ...]:
    """A part of a day: "sáng thứ Hai", "sáng 30-10"."""
    return tuple(f"{part} {text.removeprefix('ngày ')}" for part in _PARTS[word] for text in texts)


def _plain(article: Article, tokens: Sequence[Token], at: int) -> _Date | None:
    """A date without what may stand before it."""
    word = tokens[at].lower
    if word in WEEKDAYS:
        texts: tuple[str, ...] = (WEEKDAYS[word],)
        part = tokens[at + 1].lower if at + 1 < len(tokens) and tokens[at].gap == " " else ""
        if part in _PARTS:
            return _Date(at, at + 2, _part(part, texts), "weekday")
        return _Date(at, at + 1, texts, "weekday")
    if _FIGURES.fullmatch(tokens[at].text):
        return _Date(at, at + 1, (f"ngày {tokens[at].text}",), "day")
    if YEAR.fullmatch(tokens[at].text):
        return _Date(at, at + 1, (f"năm {tokens[at].text}",), "year")
    month = _month(tokens, at)
    if month is not None:
        return _month_first(article, tokens, at, month)
    if _day(tokens, at) is not None:
        following = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].lower == "of")
        month = _month(tokens, following) if following < len(tokens) and _joined(tokens, at, following) else None
        if month is not None:
            return _day_of(article, tokens, at, following + 1, (tokens[at].text,), month)
    return None


def _month_first(article: Article, tokens: Sequence[Token], at: int, month: int) -> _Date:
    day = at + 1
    if day < len(tokens) and tokens[at].gap == " " and _day(tokens, day) is not None:
        last = day + 1
        if last < len(tokens) and tokens[day].gap.strip() in _TO and _day(tokens, last) is not None:
            return _day_of(article, tokens, at, last + 1, (tokens[day].text, tokens[last].text), month)
        last += 1
        ranged = last < len(tokens) and tokens[day + 1].lower == "to" and _day(tokens, last) is not None
        if ranged and (last + 1 == len(tokens) or tokens[last].gap.strip() or _month(tokens, last + 1) is None):
            return _day_of(article, tokens, at, last + 1, (tokens[day].text, tokens[last].text), month)
        return _day_of(article, tokens, at, day + 1, (tokens[day].text,), month)
    year = at + 1
    if year < len(tokens) and tokens[year].lower == "of":
        year += 1
    if year < len(tokens) and YEAR.fullmatch(tokens[year].text) and _joined(tokens, at, year):
        marks = _marks(article)
        texts = (f"tháng {month} năm {tokens[year].text}", *(f"tháng {month}{m}{tokens[year].text}" for m in marks))
        return _Date(at, year + 1, texts, "month")
    # "October of last year"
    of = year == at + 2 and year < len(tokens) and tokens[year].lower in _SINCE
    return _Date(at, at + 1 + of, (f"tháng {month}",), "month")


def _day_of(article: Article, tokens: Sequence[Token], first: int, end: int, days: Sequence[str], month: int) -> _Date:
    """A day or two of a month, with the year if one follows."""
    year = ""
    if end < len(tokens) and YEAR.fullmatch(tokens[end].text) and tokens[end - 1].gap.strip() in _BETWEEN:
        year, end = tokens[end].text, end + 1
    one, *more = (day.rstrip("dhnrst").lstrip("0") for day in days)
    texts: list[str] = []
    for mark in _marks(article):
        of_month = f"{mark}{month}{mark}{year}" if year else f"{mark}{month}"
        if more:
            texts += (f"từ ngày {one} đến {more[0]}{of_month}", f"từ ngày {one} đến ngày {more[0]}{of_month}")
        else:
            texts.append(f"ngày {one}{of_month}")
    return _Date(first, end, tuple(texts), "range" if more else "day")


def _joined(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether nothing but spaces and a comma stands between two tokens."""
    return all(tokens[i].gap.strip() in _BETWEEN for i in range(first, last))


def _day(tokens: Sequence[Token], i: int) -> int | None:
    return i if _DAY.fullmatch(tokens[i].lower) else None


def _month(tokens: Sequence[Token], i: int) -> int | None:
    """The number of the month that a token is."""
    token = tokens[i]
    beside = [j for j in (i - 1, i + 1) if 0 <= j < len(tokens) and _joined(tokens, min(i, j), max(i, j))]
    figure = any(tokens[j].kept and (_DAY.fullmatch(tokens[j].lower) or YEAR.fullmatch(tokens[j].text)) for j in beside)
    if token.lower in _UNSURE and not (token.capital and (figure or not token.opens)):
        return None
    if token.lower in _SHORT and token.capital and figure:
        return _SHORT[token.lower]
    return MONTHS.get(token.lower)


def _marks(article: Article) -> Sequence[str]:
    """What the article has between the figures of its dates; both, where it has none."""
    known = article.memo.get("suggest.dates")
    if not isinstance(known, tuple):
        found = [match.group(1) for match in _WRITTEN.finditer(article.text)]
        slashes = sum(mark == "/" for mark in found)
        known = ("-", "/") if not found else ("/",) if 2 * slashes > len(found) else ("-",)
        article.memo["suggest.dates"] = known
    return known
