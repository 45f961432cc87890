"""Cutting an article into paragraphs and telling what part each plays: title, date, caption, byline or body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from ntm_repair.patterns import pattern
from ntm_repair.types import Segment, SegmentKind
from ntm_repair.vietnamese import is_marked

_LINE = pattern(r"(?P<text>[^\r\n\u2028\u2029]*)(?P<newline>\r\n|[\r\n\u2028\u2029]|\Z)")
_WORD = pattern(r"[\p{L}\p{M}\p{N}]+")
_CREDIT = pattern(r"(?i)\b(?:nguồn\s+)?(?:ảnh|hình|clip|video|đồ\s*họa|infographic)\s*:|\(\s*ảnh\b")
_MAY_CREDIT = re.compile(r"[acohpACOHP]\s*:|\(\s*[ảẢ]")
"""What every credit has: the last letter before its colon, or the first after its bracket; a tenth of the cost."""
_STOPS = frozenset(".!?:;,…")
_ITEM = pattern(r"(?:[-–—•*+▪◦]|\d{1,3}[.)]|[a-zđ][.)]|[IVXLC]+[.)]|[|>#])(?:\s|$)")
_DATE = pattern(
    r"(?i)(?:cập nhật|đăng|ngày|lúc|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|tháng|năm|gmt|giờ|phút"
    r"|sáng|chiều|tối|am|pm|[\d\s/:.,;|+()\u2013-])+"
)
_BYLINE_LEAD = pattern(
    r"(?i)(?:(?:bài|tin)(?:\s*(?:,|và)\s*ảnh)?|tác giả|thực hiện|theo|nguồn|pv|phóng viên|cộng tác viên)\s*:?\s"
)
_LOWER_WORD = pattern(r"\b\p{Ll}")

STRETCH = 1 << 15
"""Code points of a text that are taken apart at a time."""
CAPTION_WORDS = 45
"""The most words a caption-like paragraph has: the longest caption of the article the project began with has 31."""
TITLE_WORDS = 40
BYLINE_WORDS = 8
FEWEST_WRAPPED = 3
"""Lines that a wrapped paragraph has at least."""
WRAP_WIDTHS = range(40, 121)
"""Line widths (code points) at which plain-text tools wrap paragraphs."""


def segment(text: str) -> tuple[Segment, ...]:
    """The paragraphs of `text` in order, blank lines among them, without their line breaks.

    A paragraph is a line, or a block of lines that was wrapped at a fixed width. Offsets are code points of `text`.
    """
    spans = list(paragraph_spans(text))
    kinds = _kinds([text[start:end] for start, end in spans])
    return tuple(Segment(start, end, kind) for (start, end), kind in zip(spans, kinds, strict=True))


def words(text: str) -> int:
    """How many words (runs of letters, marks and digits) `text` has."""
    return sum(len(_WORD.findall(text, start, end)) for start, end in stretches(text))


def stretches(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    """A text, or [start, stop) of it, in stretches that end before a line break, so that no word is cut.

    What is made of a stretch can go before the next one is looked at: of a large text it would fill the memory.
    """
    stop = len(text) if stop is None else stop
    while start < stop:
        end = text.find("\n", start + STRETCH, stop)
        end = stop if end < 0 else end
        yield start, end
        start = end


def is_caption_like(text: str) -> bool:
    """Whether a paragraph could be a photo caption: short, and without a closing stop unless a credit is in it."""
    text = text.strip()
    # Most paragraphs end in a stop and name no credit: that is told without reading them word by word.
    if ends_in_stop(text) and not (_MAY_CREDIT.search(text) and _CREDIT.search(text)):
        return False
    return bool(_WORD.search(text)) and not _ITEM.match(text) and not more_words_than(text, CAPTION_WORDS)


def is_code(text: str, place: int) -> bool:
    """Whether the line around a code point is set as code is: indented by a tab or four spaces, no Vietnamese in it."""
    start = text.rfind("\n", 0, place) + 1
    if not text.startswith(("    ", "\t"), start):
        return False
    end = text.find("\n", place)
    return not any(map(is_marked, _WORD.findall(text, start, len(text) if end < 0 else end)))


def is_date(text: str) -> bool:
    """Whether a text is a date or a time, or several, and nothing else."""
    stripped = text.strip()
    return bool(_DATE.fullmatch(stripped)) and any(c.isdigit() for c in stripped)


def begins_date(word: str) -> bool:
    """Whether the first word of a text may begin one that is a date."""
    return _DATE.fullmatch(word, partial=True) is not None


def ends_in_stop(text: str) -> bool:
    """Whether a stripped text ends in a stop or comma, quotes and brackets after it aside."""
    return text.rstrip("\"'”’»)]")[-1:] in _STOPS


def more_words_than(text: str, most: int) -> bool:
    """Whether `text` has more than `most` words, without counting all of a long one."""
    if len(text) < 2 * most:
        return False
    return next(islice(_WORD.finditer(text), most, None), None) is not None


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the paragraphs and the blank lines between them."""
    block: list[tuple[int, int]] = []
    for start, end in lines(text):
        if text[start:end].strip():
            block.append((start, end))
            continue
        yield from _unwrap(text, block)
        block = []
        yield start, end
    yield from _unwrap(text, block)


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines, without their breaks; nothing after the last break."""
    if any(c in text for c in "\r\u2028\u2029"):
        for match in _LINE.finditer(text):
            if match.start() < len(text):
                yield match.span("text")
        return
    start = 0
    for line in text.split("\n"):
        if start < len(text):
            yield start, start + len(line)
        start += len(line) + 1


def _unwrap(text: str, block: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """One span where the lines of `block` were filled greedily to a width, else the lines themselves."""
    if len(block) < FEWEST_WRAPPED:
        return block
    width = max(end - start for start, end in block)
    if width not in WRAP_WIDTHS:
        return block
    for (start, end), (next_start, next_end) in pairwise(block):
        first_word = text[next_start:next_end].split(None, 1)[0]
        if end - start + 1 + len(first_word) <= width:
            return block
    return [(block[0][0], block[-1][1])]


def _kinds(paragraphs: Sequence[str]) -> list[SegmentKind]:
    kinds: list[SegmentKind] = [_kind(p) for p in paragraphs]
    full = [i for i, kind in enumerate(kinds) if kind != "blank"]
    undated = [i for i in full if kinds[i] != "date"]
    if len(undated) > 1:
        first = undated[0]
        if (
            kinds[first] == "caption"
            and not more_words_than(paragraphs[first], TITLE_WORDS)
            and not _repeated(paragraphs, undated)
        ):
            kinds[first] = "title"
        for i in (*undated[1:2], *undated[-3:]):
            if i != first and _is_byline(paragraphs[i]):
                kinds[i] = "byline"
    return kinds


def _kind(paragraph: str) -> SegmentKind:
    stripped = paragraph.strip()
    if not stripped:
        return "blank"
    if is_date(stripped):
        return "date"
    if stripped.startswith("# "):
        return "title"
    return "caption" if is_caption_like(stripped) else "body"


def _repeated(paragraphs: Sequence[str], undated: Sequence[int]) -> bool:
    """Whether the first paragraph is printed twice in a row: a headline is not, a caption on top may be."""
    return paragraphs[undated[0]].strip() == paragraphs[undated[1]].strip()


def _is_byline(paragraph: str) -> bool:
    """A name or two, with or without "Bài, ảnh:" before it: every word capitalised."""
    stripped = paragraph.strip().strip("()")
    if ends_in_stop(stripped) or more_words_than(stripped, BYLINE_WORDS) or _CREDIT.match(stripped):
        return False
    if not words(stripped):
        return False
    lead = _BYLINE_LEAD.match(stripped)
    name = stripped[lead.end() :] if lead else stripped
    if not lead and words(name) < 2 and not name.isupper():
        return False
    return bool(name) and not _LOWER_WORD.search(name)
