"""NTM503: what belongs to the web page and not to the article: share buttons, "Xem thêm:", counters, comment boxes.

Only whole paragraphs are flagged. A photo credit belongs to its caption: it is boilerplate only where the caption
right above already carries it, or where the very line was printed before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_repair.article import Article
from ntm_repair.patterns import pattern
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.segment import begins_date, is_date, more_words_than
from ntm_repair.types import Hit, Message, Segment, Suggestion

MOST_WORDS = 30
_SITES = (
    r"(?:facebook|fb|twitter|zalo|linkedin|pinterest|telegram|tiktok|youtube|messenger|google\+?|instagram|e-?mail|x)"
)
_BUTTON = (
    rf"(?:chia sẻ|share|tweet|like|thích|lưu bài|bỏ lưu|in bài(?: viết)?|in trang|print|gửi e-?mail|gửi bình luận"
    rf"|copy link|sao chép(?: liên kết)?|bình luận|ý kiến|phản hồi|viết bình luận|nghe đọc bài|nghe bài"
    rf"|cỡ chữ|aa|a\+|a-"
    rf"|quay lại|về đầu trang|trang chủ|trở về|{_SITES})"
)
_BUTTONS = pattern(rf"(?i)(?:{_BUTTON}|\(\d+\)|\d+|trên|qua|lên|[|/·•,:>«»+-]|\s)+")
_WORD_BUTTON = pattern(rf"(?i)\b{_BUTTON}")
_COUNTER = pattern(
    r"(?i)(?:(?:số\s+)?lượt\s+(?:xem|đọc|truy cập|thích|chia sẻ)|đã xem|views?|bình luận|comments?)"
    r"\s*[:(]?\s*\d[\d.,]*\)?"
    r"|\d[\d.,]*\s*(?:lượt\s+(?:xem|đọc|thích|chia sẻ|truy cập)|views?|bình luận|comments?|likes?)"
)
_POINTER = pattern(
    r"(?i)(?:>+|»|►|▶|\*)?\s*(?:xem thêm|đọc thêm|xem tiếp|đọc tiếp|có thể bạn quan tâm|mời bạn đọc|tin cùng chuyên mục"
    r"|tin liên quan|bài liên quan|tin khác|các tin khác|tin mới hơn|tin cũ hơn|tin bài liên quan|chủ đề"
    r"|từ khóa|từ khoá|tags?|bài viết liên quan|tin nổi bật|đọc nhiều nhất)(?P<rest>\s*:.*|\s*[>»…]*|\s*\(\d+\))"
)
_TITLE = pattern(r"(?i)chủ đề\s*:\s*[“\"«]")
"""The topic of an event stands in quotes; the tags of a page do not."""
_NEEDS_MORE = pattern(r"(?i)(?:xem thêm|chủ đề|tags?|đọc thêm|từ khóa|từ khoá|tin khác)\s*")
_FOLLOW = pattern(
    r"(?i)theo dõi .{0,40}(?:google news|facebook|zalo|youtube|fanpage).*|vui lòng nhập .*(?:bình luận|email|họ tên).*"
    r"|đăng nhập để .*|mời quý (?:độc giả|vị|bạn đọc) .*(?:theo dõi|đăng ký|xem).*|đăng ký nhận (?:tin|bản tin).*"
    r"|(?:©|copyright|bản quyền thuộc).*|bạn đang (?:xem|đọc) (?:bài|tin).*"
)
_CREDIT = pattern(r"(?i)\(?(?:nguồn\s+)?(?:ảnh|hình|clip|video|nguồn)\s*:\s*(?P<who>.{2,60}?)[.)]*")


_OPENS = pattern(
    rf"(?i)\s*(?:{_BUTTON}(?:(?![\p{{L}}\p{{M}}])|(?={_BUTTON}|trên|qua|lên))|[(|/·•,:>«»+©►▶*-]|(?:trên|qua|lên)\b"
    r"|\d[\d.,]*\s*(?:lượt|view|bình luận|comment|$|[(|/·•,:>«»+-]|trên|qua|lên|"
    rf"{_BUTTON})"
    r"|(?:số\s+)?lượt\s|đã xem|views?|comments?|xem thêm|đọc thêm|xem tiếp|đọc tiếp|có thể bạn|mời bạn|tin cùng|tin liên"
    r"|bài liên|tin khác|các tin|tin mới|tin cũ|tin bài|chủ đề|từ khó|từ khoá|tag|bài viết liên|tin nổi|đọc nhiều"
    r"|theo dõi |vui lòng nhập |đăng nhập |mời quý |đăng ký nhận |copyright|bản quyền|bạn đang |nguồn"
    r"|(?:ảnh|hình|clip|video)\s*:)"
)
"""How each of these begins. It decides nothing; it spares most lines a closer look."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Paragraphs of the page's own, in order."""
    text = article.text
    paragraphs = article.paragraphs
    lines = [text[p.start : p.end].strip() for p in paragraphs]
    for i, (paragraph, line) in enumerate(zip(paragraphs, lines, strict=True)):
        if not _may_be_page(line) or more_words_than(line, MOST_WORDS):
            continue
        kind = _kind(line, lines, paragraphs, i)
        if kind:
            start = paragraph.start + text[paragraph.start : paragraph.end].index(line)
            confidence = 0.85 if kind in ("credit", "date") else 0.92
            why = Message("ntm503.deletion")
            suggestion = Suggestion("", confidence, "deletion", why)
            yield Hit(start, start + len(line), Message(f"ntm503.{kind}"), confidence, {"kind": kind}, (suggestion,))


def _may_be_page(line: str) -> bool:
    """Whether a line begins as what is looked for does."""
    line = line.strip()  # of more than what \s is to a pattern: the separators of old files too
    return bool(_OPENS.match(line)) or is_date(line)


def _kind(line: str, lines: Sequence[str], paragraphs: Sequence[Segment], i: int) -> str:
    """What a paragraph is, or "" for part of the article."""
    if _COUNTER.fullmatch(line):
        return "counter"
    if _BUTTONS.fullmatch(line) and len(_WORD_BUTTON.findall(line)) >= 2 - ("(" in line):
        return "buttons"
    if (match := _POINTER.fullmatch(line)) is not None and (match["rest"].strip() or not _NEEDS_MORE.fullmatch(line)):
        return "" if _TITLE.match(line) else "pointer"
    if _FOLLOW.fullmatch(line):
        return "pointer"
    if (match := _CREDIT.fullmatch(line)) is not None:
        who = match["who"].casefold()
        above = lines[i - 1].casefold() if i else ""
        return (
            "credit"
            if (above.rstrip(".) ").endswith(who) and len(above) > len(line)) or line in lines[max(0, i - 2) : i]
            else ""
        )
    if paragraphs[i].kind == "date" and any(c in line for c in "/-:") and line in lines[:i]:
        return "date"
    return ""


RULE = Rule(
    code="NTM503",
    name="boilerplate",
    why={
        "vi": "Nút chia sẻ, lời mời xem thêm, số lượt xem là của trang web, bị lấy lẫn vào bài khi trích xuất.",
        "en": "Share buttons, pointers to other articles, view counts belong to the page; extraction took them in.",
    },
    applicability="review",
    find=find,
    in_line=_may_be_page,
    opens=lambda word: _OPENS.match(word, partial=True) is not None or begins_date(word),
    bad=(
        "Buổi lễ khép lại trong tiếng trống hội.\n\n[[Chia sẻ Facebook Zalo]]\n\n[[Lượt xem: 1.204]]",
        "Xã sẽ về đích cuối năm.\n\n[[Xem thêm: Những tuyến đường nở hoa ở miền núi]]",
        "Bài và ảnh do cộng tác viên gửi.\n\n[[Tin liên quan]]\n\n[[Bình luận (0)]]",
        "Toàn cảnh buổi lễ khởi công. Ảnh: Thanh Hà\n\n[[Ảnh: Thanh Hà]]\n\nBuổi lễ diễn ra trong một giờ.",
        "08/05/2022 - 09:30\n\nLàng nghề vào vụ Tết\n\n[[08/05/2022 - 09:30]]\n\nTừ sáng sớm, cả làng đã đỏ lửa.",
    ),
    good=(
        "Toàn cảnh buổi lễ khởi công\n\nẢnh: Thanh Hà\n\nBuổi lễ diễn ra trong một giờ.",
        "Xem thêm\n\nDanh sách xã nông thôn mới",
        "Bà con chia sẻ trên Facebook hình ảnh con đường mới.",
        "Mời bạn xem thêm phụ lục 2 của đề án.",
        "Từ khi có Zalo, việc họp thôn thuận tiện hơn.",
        "Trang chủ của huyện có 20.000 lượt xem mỗi tháng.",
    ),
)
