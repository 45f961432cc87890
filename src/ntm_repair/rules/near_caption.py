"""NTM202: a caption printed twice, the second time a little different.

Where extraction keeps a caption twice, the copies may differ by case, by the final stop, by a photo credit, by a word;
the copy may stand up to two paragraphs away, be the headline again, or follow inside the same line. Captions of a
series ("vườn cam ...", "vườn bưởi ..."), lists, table rows and refrains look alike too: where a word of content was
exchanged, both stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from ntm_repair.article import Article
from ntm_repair.patterns import pattern
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.segment import CAPTION_WORDS, is_caption_like, is_date, more_words_than, paragraph_spans
from ntm_repair.types import Hit, Message, Segment, Suggestion
from ntm_repair.vietnamese import fold_spelling, fold_tone_placement

T = TypeVar("T")
ADJACENT_WORDS = 4
"""Words a near repeat right below needs."""
APART_WORDS = 8
"""Words it needs with one or two paragraphs between."""
FARTHEST = 3
HALF_WORDS = 4
"""Words each half of a line "A A" needs."""
_WORD = pattern(r"[\p{L}\p{M}\p{N}]+")
_CREDIT = pattern(
    r"(?i)[\s.,;(–-]*(?:nguồn\s+)?(?:ảnh|hình|clip|video|đồ\s*họa|infographic)(?:\s+minh\s+họa)?\s*[:(].{0,60}$|\s*\(\s*ảnh\b.{0,60}$"
)
CREDIT_MARKS = ":("
"""One of these is in every credit."""
_INNER_STOP = pattern(r"[.!?…;]\s")
_FIRST_FOUR = pattern(r"[^\p{L}\p{M}\p{N}]*+([\p{L}\p{M}\p{N}]++)" + r"[^\p{L}\p{M}\p{N}]++([\p{L}\p{M}\p{N}]++)" * 3)
_FUNCTION = frozenset(
    "tại ở trong của và với do bởi cùng các những một đã đang được vào cho về từ trên dưới theo là này kia ấy".split()
)
"""Words that may be exchanged for each other without another thing being meant."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Near repeats of earlier captions, captions that repeat the headline, lines that say the same twice."""
    paragraphs = article.paragraphs
    text = article.text
    if not _may_repeat(article):
        return
    printed = [text[p.start : p.end].strip() for p in paragraphs]
    # Most paragraphs begin like no other near them, and need no closer look.
    fours = [_first_four(text, p.start) for p in paragraphs]
    likely = _Lazily(lambda i: _is_likely(paragraphs[i], printed[i]), len(printed))
    bare = _Lazily(lambda i: _bare(printed[i]) if likely[i] else (), len(printed))
    title = next((i for i, p in enumerate(paragraphs) if p.kind == "title"), len(paragraphs))
    headline: tuple[str, ...] = bare[title] if title < len(paragraphs) else ()
    for i, (paragraph, line) in enumerate(zip(paragraphs, printed, strict=True)):
        # A headline in capitals looks like a byline when it comes again.
        again = (
            i - title > 1
            and len(headline) >= ADJACENT_WORDS
            and (word := _WORD.search(line)) is not None
            and fold_spelling(word.group().lower()) == headline[0]
            and _bare(line) == headline
        )
        near = fours[i] and any(other and _alike(fours[i], other) for other in fours[max(0, i - FARTHEST) : i])
        if not (again or near or _begins_again(line)) or not (again or likely[i]):
            continue
        original = _original(bare, printed, likely, i)
        if original is not None and not _in_a_list(bare, likely, original, i):
            yield _repeat(paragraphs, printed, bare, original, i)
        elif again:
            yield _hit(paragraph.start, paragraph.end, "headline", 0.85, paragraphs[title], i - title - 1)
        elif (cut := _halves(line)) is not None:
            start = paragraph.start + text[paragraph.start : paragraph.end].index(line)
            yield _hit(start + cut, start + len(line), "same_line", 0.9, Segment(start, start + cut, "caption"), 0)


class _Lazily(Sequence[T]):
    """Values that are worked out when they are asked for."""

    def __init__(self, make: Callable[[int], T], size: int) -> None:
        self._make = lru_cache(maxsize=None)(make)
        self._size = size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, i: Any) -> Any:
        return self._make(i)


def _is_likely(paragraph: Segment, line: str) -> bool:
    """Whether a paragraph could be a caption, or a copy of one."""
    if paragraph.kind == "body":
        return _short(paragraph, line)
    return paragraph.kind in ("caption", "title") and is_caption_like(_CREDIT.sub("", line) or line)


def _first_four(text: str, start: int) -> tuple[str, ...]:
    """The four words from `start` on, which may go on in the next lines; none where there are fewer."""
    match = _FIRST_FOUR.match(text, start)
    return tuple(fold_tone_placement(word.lower()) for word in match.groups()) if match else ()


def _begins_again(line: str) -> bool:
    """Whether the first word of a line stands in it once more."""
    word = _WORD.search(line)
    if word is None:
        return False
    first, lower = word.group().lower(), line.lower()
    return lower.find(first, lower.find(first) + 1) >= 0


def _short(paragraph: Segment, line: str) -> bool:
    """A sentence with a stop that could be the copy of a caption: one sentence, of a caption's length."""
    return (
        line.endswith(".")
        and not more_words_than(line, CAPTION_WORDS)
        and not _INNER_STOP.search(line, 0, len(line) - 1)
    )


def _may_repeat(article: Article) -> bool:
    """Whether of two paragraphs near each other one may be a copy of the other, a later one of the headline, or a half
    of a line of the other."""
    known = article.memo.get("near_caption")
    if not isinstance(known, bool):
        known = article.memo["near_caption"] = _repeats(article.text)
    return known


def _repeats(text: str) -> bool:
    headlines: list[tuple[tuple[str, ...], str]] = []
    near: list[tuple[tuple[str, ...], str]] = []
    dated = True  # only dates so far: the first paragraph that is none may be the headline
    for start, end in paragraph_spans(text):
        line = text[start:end].strip()
        if not line:
            continue
        four = _first_four(text, start)
        if four and any(_alike(four, other) and may_be_copies(before, line) for other, before in (*near, *headlines)):
            return True
        if four and is_twice(line):
            return True
        if four and (dated or line.startswith("#")):
            headlines.append((four, line))
        dated = dated and is_date(line)
        near = [*near[1 - FARTHEST :], (four, line)] if four else near[1 - FARTHEST :]
    return False


def may_be_copies(one: str, other: str) -> bool:
    """Whether two stripped paragraphs say nearly the same, their credits aside."""
    a, b = _bare(one), _bare(other)
    return min(len(a), len(b)) >= ADJACENT_WORDS and _same(a, b)


def is_twice(line: str) -> bool:
    """Whether the second half of a line says what the first says."""
    return _begins_again(line) and _halves(line) is not None


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one word exchanged, put in or left out can make the beginning of the one line that of the other."""
    k = next((k for k in range(3) if a[k] != b[k]), 3)
    return a[k + 1 :] == b[k + 1 :] or a[k + 1 :] == b[k:3] or a[k:3] == b[k + 1 :]


@lru_cache(maxsize=64)
def _bare(line: str) -> tuple[str, ...]:
    """The words of a caption in lower case, without its credit."""
    without = _CREDIT.sub("", line)
    return tuple(fold_spelling(w.lower()) for w in _WORD.findall(without or line))


def _original(bare: Sequence[tuple[str, ...]], lines: Sequence[str], likely: Sequence[bool], i: int) -> int | None:
    """The earlier paragraph that this one repeats nearly, if any."""
    for j in range(i - 1, max(-1, i - 1 - FARTHEST), -1):
        if not likely[j]:
            continue
        enough = ADJACENT_WORDS if i - j == 1 else APART_WORDS
        if min(len(bare[i]), len(bare[j])) < enough or not _same(bare[j], bare[i]):
            continue
        exact, stops = lines[i] == lines[j], lines[i].endswith(".") and lines[j].endswith(".")
        if exact and not stops and (i - j == 1 or (i - j == 2 and not likely[i - 1])):
            continue  # NTM201's
        if stops and not (bare[i] == bare[j] and i - j == 1):
            continue  # two sentences of the article
        return j
    return None


def _same(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two captions differ by no more than a word: one put in or left out, or two function words exchanged."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    head = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[head + 1 :] == b[head + 1 :] and {a[head], b[head]} <= _FUNCTION
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    extra = longer[head]
    return longer[head + 1 :] == shorter[head:] and not extra[0].isdigit() and len(shorter) >= 6


def _in_a_list(bare: Sequence[tuple[str, ...]], likely: Sequence[bool], j: int, i: int) -> bool:
    """Whether the two stand among more short lines than captions do."""
    around = [k for k in range(max(0, j - 2), min(len(bare), i + 3)) if k not in (j, i)]
    short = [k for k in around if likely[k] and len(bare[k]) <= 12]
    return len(short) >= 3


def _halves(line: str) -> int | None:
    """Where the second half of a line begins that says the same twice, or None."""
    found = list(_WORD.finditer(line))
    half, odd = divmod(len(found), 2)
    if odd or half < HALF_WORDS:
        return None
    first = [m.group().lower() for m in found[:half]]
    if first != [m.group().lower() for m in found[half:]]:
        return None
    return found[half].start()


def _repeat(
    paragraphs: Sequence[Segment], lines: Sequence[str], bare: Sequence[tuple[str, ...]], j: int, i: int
) -> Hit:
    """The copy to go is the later one, unless the earlier lacks the credit that the later has."""
    kept, gone = j, i
    if bool(_CREDIT.search(lines[i])) > bool(_CREDIT.search(lines[j])) and i - j == 1:
        kept, gone = i, j
    kind = (
        "credit" if bare[i] == bare[j] and bool(_CREDIT.search(lines[i])) != bool(_CREDIT.search(lines[j])) else "near"
    )
    exact = bare[i] == bare[j]
    if lines[i] == lines[j]:
        kind = "exact"
    confidence = (0.93 if exact else 0.85) - 0.05 * (i - j - 1)
    here = paragraphs[gone]
    return _hit(here.start, here.end, kind, round(confidence, 2), paragraphs[kept], i - j - 1)


def _hit(start: int, end: int, kind: str, confidence: float, original: Segment, between: int) -> Hit:
    why = Message("ntm202.deletion_exact" if kind == "exact" else "ntm202.deletion")
    return Hit(
        start,
        end,
        Message(f"ntm202.{kind}"),
        confidence,
        {"repeats_start": original.start, "repeats_end": original.end, "paragraphs_between": between},
        (Suggestion("", confidence, "deletion", why),),
    )


RULE = Rule(
    code="NTM202",
    name="near-duplicate-caption",
    why={
        "vi": "Chú thích ảnh bị lấy hai lần, lần sau hơi khác: viết hoa, dấu chấm, tên người chụp, thêm bớt một chữ.",
        "en": "A caption was extracted twice, the second time a little different: case, stop, photo credit, a word.",
    },
    applicability="review",
    find=find,
    in_text=_may_repeat,
    bad=(
        "Lễ khởi công diễn ra sáng nay.\n\nLãnh đạo huyện động thổ công trình cầu Khe Sơn\n\n"
        "[[LÃNH ĐẠO HUYỆN ĐỘNG THỔ CÔNG TRÌNH CẦU KHE SƠN]]\n\nCầu dài 86 m.",
        "Hội thi có chín đội.\n\nĐội thi xã Sơn Lâm trình bày tiết mục chào hỏi\n\n"
        "[[Đội thi xã Sơn Lâm trình bày tiết mục chào hỏi.]]\n\nBan giám khảo chấm điểm công khai.",
        "Vườn rộng hai ha.\n\n[[Ông Bính chăm sóc vườn bưởi của gia đình]]\n\n"
        "Ông Bính chăm sóc vườn bưởi của gia đình. Ảnh: Lê Na\n\nMỗi năm ông thu hơn 200 triệu đồng.",
        "Đường làng nay đã sáng đèn.\n\n"
        "Đường làng rực rỡ cờ hoa đón Tết [[Đường làng rực rỡ cờ hoa đón Tết]]\n\nNhà nhà vui.",
        "Phụ nữ xã Hải An trồng hoa ven đường\n\nSáng chủ nhật, chị em ra quân từ 6 giờ.\n\n"
        "[[Phụ nữ xã Hải An trồng hoa ven đường.]]\n\nTuyến đường dài 2 km.",
    ),
    good=(
        "Thăm mô hình nuôi tôm ở xã Hải An\n\nThăm mô hình nuôi cá ở xã Hải An\n\nHai mô hình đều có lãi.",
        "Đội chiêng nữ buôn Ea Yông biểu diễn tại ngày hội\n\n"
        "Đội chiêng nhí buôn Ea Yông biểu diễn tại ngày hội\n\nTiếng chiêng ngân xa.",
        "Xã Sơn Lâm đạt 19 tiêu chí năm 2021\n\nXã Sơn Lâm đạt 18 tiêu chí năm 2020\n\n"
        "Xã Sơn Lâm đạt 15 tiêu chí năm 2019",
        "Ai về qua bến sông quê\n\nNhớ con đò nhỏ chiều về vắng tanh\n\nAi về qua bến sông quê xanh\n\n"
        "Nhớ người năm cũ\n\nNhớ hàng tre xưa",
        "Bà con rất vui. Bà con rất phấn khởi.\n\nCán bộ cũng vui.",
    ),
)
