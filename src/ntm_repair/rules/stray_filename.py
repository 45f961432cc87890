"""NTM501: a file name left by extraction: "ntm (2)", "IMG_2041 (1).jpg", "/uploads/anh.jpg", a slug of the headline.

Only a paragraph that is nothing but the name is flagged, or a camera's name after a sentence has ended. A heading, a
section number, a model name ("DSC-RX100") in a sentence are not file names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from ntm_repair.article import Article
from ntm_repair.patterns import pattern
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message, Segment, Suggestion

_EXTENSION = r"\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|pdf|docx?|xlsx?|pptx?|mp[34]|mov|avi|zip|rar)"
_COPY = r"(?:[ _-]?\(\d{1,3}\)|[ _-](?:copy|Copy|min|scaled|\d{2,4}x\d{2,4}))"
_CAMERA = (
    r"(?:IMG|DSC[FN]?|DJI|MVI|VID|PXL|GOPR|SAM|PANO|Screenshot|Screen[ _]Shot|image|anh|hinh|photo|untitled|FB_IMG)"
    r"[ _-]?\d{2,}[\w-]*|z\d{7,}_?\w*|P\d{7}|\d{8}_\d{6}|WhatsApp Image [\d -]+"
)
_NAMED = pattern(rf"(?i)(?:[\w()\[\].,+&-]{{1,80}}|[A-Za-z0-9()_.,+& -]{{1,80}}){_EXTENSION}")
_PICTURE = r"\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|mp[34]|mov|avi)"
_FOLDERS = r"(?:[A-Za-z]:)?[/\\]{0,2}(?:[\w.%~+-]{1,60}[/\\]){1,12}"
_PATH = pattern(rf"(?i){_FOLDERS}[\w()\[\].,%+&-]{{1,120}}{_PICTURE}")
"""A picture with its folders. With its site it may be meant as a link, and a document may be one to fetch."""
_FROM_CAMERA = pattern(rf"(?i:{_CAMERA}){_COPY}?(?i:{_EXTENSION})?")
_NUMBERED = pattern(r"[a-z0-9][a-z0-9_-]*(?: [a-z0-9_-]+){0,3} ?\(\d{1,3}\)")
_SLUG = pattern(rf"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+){{2,}}{_COPY}?")
_AT_END = pattern(
    rf"(?<=[.!?…”\"] ?)(?i:(?:{_FOLDERS})?(?:{_CAMERA}){_COPY}?{_EXTENSION}|(?:{_CAMERA}){_COPY}|[\w-]+{_COPY}{_EXTENSION})$"
)
_IN_WORD = pattern(
    rf"(?i){_EXTENSION}(?:$|\W)|\(\d{{1,3}}\)$|^[a-z0-9]+(?:[-_][a-z0-9]+){{2}}|(?:^|[_-])(?:copy|min|scaled|\d{{2,4}}x\d{{2,4}})(?!\w)"
)
"""An ending, the number or size of a copy, a slug."""
_CAMERA_FIRST = pattern(rf"(?i:{_CAMERA})")
_LETTERS = pattern(r"[a-z]")


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Paragraphs that are a file name, and camera names after the end of a paragraph's last sentence."""
    for paragraph in article.paragraphs_for(RULE.code):
        line = article.text[paragraph.start : paragraph.end]
        body = line.strip()
        start = paragraph.start + line.index(body[0]) if body else paragraph.start
        if len(body) <= 120 and (found := _kind(body, article, paragraph)):
            key, confidence = found
            yield _hit(start, start + len(body), key, confidence)
        elif (match := _AT_END.search(body)) is not None:
            yield _hit(start + match.start(), start + match.end(), "camera", 0.85)


def _slug_of_title(article: Article, apart_from: Segment) -> str:
    title = next((p for p in article.paragraphs if p.kind == "title"), None)
    return _slug(article.text[title.start : title.end]) if title and title is not apart_from else ""


def _kind(line: str, article: Article, paragraph: Segment) -> tuple[str, float] | None:
    """What sort of file name a line is, with the confidence; None for none."""
    if _FROM_CAMERA.fullmatch(line):
        return "camera", 0.97
    if _NAMED.fullmatch(line) or _PATH.fullmatch(line):
        return "extension", 0.97
    if _NUMBERED.fullmatch(line) and _LETTERS.search(line):
        return "numbered", 0.9
    if _SLUG.fullmatch(line):
        words = [w for w in regex.split(r"[-_ ()]+", line) if w]
        title = _slug_of_title(article, paragraph) if len(words) >= 3 else ""
        if title and _slug(line).removesuffix("-") in title:
            return "slug_of_title", 0.97
        # A compound name or a code has capitals and digits throughout; a slug is words.
        plain = [w for w in words if w.isalpha() and (w.islower() or w is words[0] or w.istitle())]
        if len(plain) >= 4 and sum(w.islower() for w in words) >= len(words) / 2:
            return "slug", 0.85
    return None


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return regex.sub(r"[^a-z0-9]+", "-", "".join(c for c in letters if not unicodedata.combining(c))).strip("-")


def _hit(start: int, end: int, kind: str, confidence: float) -> Hit:
    why = Message("ntm501.deletion")
    message = Message(f"ntm501.{kind}")
    return Hit(start, end, message, confidence, {"kind": kind}, (Suggestion("", confidence, "deletion", why),))


RULE = Rule(
    code="NTM501",
    name="stray-filename",
    why={
        "vi": "Khi trích xuất trang, tên tệp ảnh hoặc đường dẫn của bài bị lấy lẫn vào văn bản.",
        "en": "Extraction took the name of an image file or the article's slug for text.",
    },
    applicability="review",
    find=find,
    in_word=lambda word, resources: bool(_IN_WORD.search(word)),
    in_line=lambda line: bool(_CAMERA_FIRST.match(line.strip())),
    opens=lambda word: _CAMERA_FIRST.match(word, partial=True) is not None,
    bad=(
        "Bài và ảnh đều do cộng tác viên gửi.\n\nHoàng Mai\n\n[[ntm (2)]]",
        "Toàn cảnh buổi lễ.\n\n[[IMG_2041 (1).jpg]]\n\nBuổi lễ kết thúc lúc 11 giờ.",
        "Dịch thuật các tiêu chí\n\n[[Dich-thuat-Cac-tieu-chi]]\n\nHội thảo bàn cách dịch các tiêu chí sang tiếng Anh.",
        "Mọi người ra về trong niềm vui. [[DSC01234.JPG]]",
        "Lễ khởi công diễn ra sáng nay.\n\n[[/uploads/2024/09/DSC_4471.JPG]]\n\nMọi người ra về.",
        "[[anh-le-khoi-cong-duong-thon.png]]\n\nLễ khởi công diễn ra sáng nay.",
        "Hai bên ký kết hợp tác.\n\n[[z2519077123456_a1b2c3]]\n\nThời hạn là năm năm.",
    ),
    good=(
        "Chương trình (2)\n\nPhần này nói tiếp về vốn.",
        "Máy ảnh DSC-RX100 được nhiều phóng viên dùng.",
        "Mẫu 01-BC/NTM\n\n1.2.1\n\nGhi số liệu đến cuối năm.",
        "Hãy mở tệp bao-cao.docx rồi điền vào cột thứ hai.",
        "Ảnh nằm ở thư mục /uploads/2024/DSC_4471.JPG trên máy chủ.\n\nhttps://xa.example/uploads/anh.jpg\n\nvan-ban/qd-12.pdf",
        "Hà Nội - Huế - Sài Gòn\n\nBa miền một nhà.",
        "COVID-19\n\nSARS-CoV-2\n\nKhẩu trang là bắt buộc.",
    ),
)
