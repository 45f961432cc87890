"""NTM405: one syllable written in two pieces: "T rung ương", "nô ng thôn".

A piece that is no syllable gives the place away ("ng", "nh"), or a lone consonant before a lower-case syllable. The
two pieces must join to a syllable that reads well between its neighbours; initials ("Trần V Nam"), list letters,
units and labels ("khối C", "5 m") are what must not be joined. Where both pieces are syllables ("xu ất sắc", "đị a
phương") one of them must be hardly ever written and the counts must have nothing of the pieces and much of the whole.
So it is where the space only slipped by a letter ("mậ tong" for "mật ong").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import log

import regex

from ntm_repair.article import Article
from ntm_repair.context import BOUND, Context
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.tokens import Tokens
from ntm_repair.types import Hit, Message, Suggestion
from ntm_repair.vietnamese import fold_tone_placement, is_part_of_syllable, is_syllable

_EDGES = regex.compile(r"^[\p{L}\p{M}\p{N}_]+|[\p{L}\p{M}\p{N}_]+$")
_BEFORE = regex.compile(r"([\p{L}\p{M}]+)([ \u00a0]?)$")
_AFTER = regex.compile(r"([ \u00a0]?)([\p{L}\p{M}]+)")
FREQUENT = 1000.0
"""Count from which the joined syllable is a common word."""
EVIDENCE = 2.0
"""Nats asked for between the joined syllable and its neighbours."""
UNITS = frozenset("a b c d đ g h k l m s t v w".split())
"""Letters that follow a number for good: metres, grams, hours, hectares, dong."""
LETTER_EVIDENCE = 3.5
"""The same where one piece is a lone letter that may be a label or a unit."""
RARE = 3000.0
"""Count below which one of two pieces that are both syllables must lie: every fortieth word of clean text does."""
SYLLABLE_EVIDENCE = 6.0
"""Nats asked for of two such pieces. In 1.1 million words of clean text no two are taken for one from 5 nats on."""
SEEN = 100.0
"""Count of the right pair from which a space may have slipped."""
_CONSONANTS = regex.compile(r"[bcdghklmnpqrstvxđ]+")


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Pieces that read as one syllable, in order; no piece is used twice."""
    for tokens in article.tokens_for(RULE.code):
        yield from _find(tokens, resources.context)


def _find(tokens: Tokens, context: Context) -> Iterator[Hit]:
    done = -1
    common = [_is_common(word, context) for word in tokens.lower]
    for i, (a, b) in enumerate(pairwise(tokens.lower)):
        if (common[i] and common[i + 1]) or i <= done or not _may_be_one(a, b):
            continue
        if tokens.gap(i) not in (" ", "\u00a0") or not _goes_on(tokens.words[i], tokens.words[i + 1]):
            continue
        cut = len(a)
        nats = _evidence(tokens, i, context) if _pieces(a, b) else 0.0
        hardly = is_syllable(a) and is_syllable(b) and (is_rare(a, context) or is_rare(b, context))
        if nats <= 0 and hardly and not context.pair(a, b):
            nats = _of_syllables(tokens, i, context)
            if nats <= 0:
                cut, nats = _slipped(a, b, context)
        if nats > 0 and tokens.in_vietnamese(i):
            done = i + 1
            yield _hit(tokens, i, nats, cut)


@lru_cache(maxsize=1 << 15)
def _is_common(word: str, context: Context) -> bool:
    """Whether a word in lower case is a syllable of two letters and more that stands by itself often enough."""
    return len(word) > 1 and is_syllable(word) and not is_rare(word, context)


@lru_cache(maxsize=1 << 15)
def _may_be_one(a: str, b: str) -> bool:
    """Whether two words in lower case join to a syllable, or to two others with the space elsewhere."""
    return bool(a and b) and ((len(a + b) <= 7 and is_syllable(a + b)) or any(_shifts(a, b)))


def _is_piece(word: str, resources: Resources) -> bool:
    """Whether a raw word begins or ends with a token that is no syllable, a letter or rare, and could be a piece of one."""
    edges = {word} if word.isalnum() else {*_EDGES.findall(word)}
    return any(
        edge[1:] == edge[1:].lower() and (_may_be_piece(edge.lower()) or is_rare(edge.lower(), resources.context))
        for edge in edges
    )


def is_rare(word: str, context: Context) -> bool:
    """Whether a word in lower case is a syllable that hardly ever stands by itself."""
    return len(word) < 7 and is_syllable(word) and context.word(word) < RARE


def _meets_another(text: str, start: int, end: int, resources: Resources) -> bool:
    """Whether the raw word text[start:end] and one beside it, with a space between, join to a syllable at their edges.

    Two syllables that news has side by side do not.
    """
    around = text[max(0, start - 10) : start], text[start:end], text[end : end + 10]
    for left, right in pairwise(around):
        first, second = _BEFORE.search(left), _AFTER.match(right)
        if first is None or second is None or bool(first[2]) == bool(second[1]):
            continue
        a, b = first[1].lower(), second[2]
        if not b.islower() or not _may_be_one(a, b):
            continue
        common = len(a) > 1 and len(b) > 1 and is_syllable(a) and is_syllable(b)
        if not common or not resources.context.pair(a, b):
            return True
    return False


def _may_be_piece(token: str) -> bool:
    if not 0 < len(token) < 7 or not is_part_of_syllable(token):
        return False
    return not is_syllable(token) or (len(token) == 1 and token.isascii() and token not in "aoy")


def _goes_on(first: str, second: str) -> bool:
    """Whether the case of two words is that of one."""
    return second.islower() and (first.islower() or (first[0].isupper() and first[1:] == first[1:].lower()))


def _pieces(a: str, b: str) -> bool:
    """Whether two words could be pieces of one: the whole is a syllable, one of them is none."""
    whole = a + b
    if len(whole) > 7 or not whole.isalpha() or not is_syllable(whole):
        return False
    broken = not is_syllable(a) or not is_syllable(b)
    lone = (len(a) == 1 and a.isascii() and a not in "aoy") or (len(b) == 1 and b.isascii() and b not in "aoy")
    return broken or lone


def _evidence(tokens: Tokens, i: int, context: Context) -> float:
    """Nats by which the joins of the whole with its neighbours outdo those of the pieces, over what is asked for."""
    a, b = tokens.lower[i], tokens.lower[i + 1]
    whole = fold_tone_placement(a + b)
    left, right = tokens.left(i, 1), tokens.right(i + 1, 1)
    if context.word(whole) < FREQUENT or (left and left[-1][-1].isdigit() and a in UNITS):
        return 0.0
    joined = _join(left, whole, context) + _join(right, whole, context, after=True)
    apart = _join(left, a, context) + _join(right, b, context, after=True)
    pieces = log(1 + context.pair(a, b))
    common = min(2.0, log(context.word(whole) / FREQUENT))
    broken = sum(2.0 for piece in (a, b) if not is_syllable(piece) and len(piece) > 1)
    lone = len(a) == 1 or len(b) == 1
    return joined + common + broken - 0.5 * apart - 1.5 * pieces - (LETTER_EVIDENCE if lone else EVIDENCE)


def _of_syllables(tokens: Tokens, i: int, context: Context) -> float:
    """The same where both pieces are syllables, which the counts never have side by side."""
    a, b = tokens.lower[i], tokens.lower[i + 1]
    whole = fold_tone_placement(a + b)
    if len(whole) > 7 or not is_syllable(whole) or context.word(whole) < FREQUENT:
        return 0.0
    left, right = tokens.left(i, 1), tokens.right(i + 1, 1)
    joined = _join(left, whole, context) + _join(right, whole, context, after=True)
    apart = _join(left, a, context) + _join(right, b, context, after=True)
    return joined + min(2.0, log(context.word(whole) / FREQUENT)) - apart - SYLLABLE_EVIDENCE


def _shifts(a: str, b: str) -> Iterator[tuple[str, str]]:
    """The other syllables that two can be parted into, consonants changing sides."""
    head, tail = _CONSONANTS.match(b), _CONSONANTS.search(a[1:])
    gained = range(1, len(head[0]) + 1 if head else 1)
    lost = range(1, len(tail[0]) + 1 if tail and a.endswith(tail[0]) else 1)
    for moved in (*gained, *(-n for n in lost)):
        first, second = (a + b)[: len(a) + moved], (a + b)[len(a) + moved :]
        if is_syllable(first) and is_syllable(second):
            yield first, second


def _slipped(a: str, b: str, context: Context) -> tuple[int, float]:
    """Where the space between two syllables belongs that no text has side by side, with the evidence in nats."""
    for first, second in _shifts(a, b):
        nats = context.association(first, second) if context.pair(first, second) >= SEEN else 0.0
        if nats >= BOUND:
            return len(first), nats
    return len(a), 0.0


def _join(neighbour: list[str], word: str, context: Context, *, after: bool = False) -> float:
    if not neighbour:
        return 0.0
    return log(1 + (context.pair(word, neighbour[0]) if after else context.pair(neighbour[-1], word)))


def _hit(tokens: Tokens, i: int, nats: float, cut: int) -> Hit:
    """A hit whose repair has its space, if any, after `cut` letters."""
    first, second = tokens.words[i], tokens.words[i + 1]
    whole = first + second
    slipped = cut != len(first)
    if slipped:
        whole = f"{whole[:cut]} {whole[cut:]}"
    confidence = round(min(0.98, 0.75 + nats / 60), 3)
    key = "slip" if slipped else "join"
    return Hit(
        tokens.starts[i],
        tokens.ends[i + 1],
        Message("ntm405.slipped" if slipped else "ntm405.split", {"whole": whole}),
        confidence,
        {"nats": round(nats, 2)},
        (Suggestion(whole, confidence, "context", Message(f"ntm405.{key}", {"whole": whole})),),
    )


RULE = Rule(
    code="NTM405",
    name="split-word",
    why={
        "vi": "Khi trích xuất từ bản in hay PDF, một tiếng bị cắt rời thành hai mảnh.",
        "en": "Extraction from print or PDF broke a syllable into two pieces.",
    },
    applicability="review",
    find=find,
    in_word=_is_piece,
    in_place=_meets_another,
    bad=(
        "Ban Chỉ đạo [[T rung]] ương vừa có văn bản gửi các tỉnh.",
        "Chương trình xây dựng [[nô ng]] thôn mới về đích sớm.",
        "Bà con [[đồ ng]] thuận hiến đất làm đường.",
        "Xã có ba mươi [[h ộ]] nghèo.",
        "Chị Lan có thành tích [[xu ất]] sắc trong phong trào thi đua.",
        "Các [[đị a]] phương đều [[ti êm]] chủng cho trẻ đúng hạn.",
        "Nhà ông Ba nuôi ong lấy [[mậ tong]] bán ra chợ huyện.",
    ),
    good=(
        "Ông Nguyễn V Hùng cùng bà Trần T Lan dự họp.",
        "Thí sinh khối C hay khối A đều được xét.",
        "Con đường rộng 5 m ai cũng khen, dài 2 km.",
        "Vitamin C ảnh hưởng tốt tới sức khỏe.",
        "Xã A Bung, xã A Vao đều đạt chuẩn.",
        "Mục a nêu nhiệm vụ, mục b nêu giải pháp.",
    ),
)
