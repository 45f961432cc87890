"""NTM604: characters nobody sees or nobody can tell: zero-width, soft hyphens, controls, look-alikes, Ð for Đ.

What is invisible can go unasked; it breaks search and comparison and nothing else. Joiners inside emoji and in scripts
that need them stay, as do direction marks beside right-to-left letters. A Cyrillic or Greek letter is a look-alike
only inside a word that is a Vietnamese syllable, or an abbreviation, once the letter is Latin; that is for review.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ntm_repair.article import Article
from ntm_repair.legacy.tables import CP1252_BYTES
from ntm_repair.patterns import pattern
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message, Suggestion
from ntm_repair.vietnamese import is_syllable

_HIDDEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060\u2066-\u206f"
    r"\u3164\ufeff\uffa0\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
)
_INVISIBLE = pattern(f"[{_HIDDEN}]+")
_JOINERS = frozenset("\u200c\u200d")
_DIRECTIONS = pattern(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_NEEDS_JOINERS = pattern(
    r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{Arabic}\p{Devanagari}\p{Bengali}\p{Malayalam}\p{Sinhala}"
    r"\p{Kannada}\p{Telugu}\p{Tamil}\p{Gujarati}\p{Gurmukhi}\p{Khmer}\p{Thai}\p{Lao}\p{Myanmar}\p{Tibetan}\p{Syriac}"
    r"\p{Mongolian}\p{Hangul}]"
)
_RIGHT_TO_LEFT = pattern(r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}]")
_C1 = {chr(byte): c for c, byte in CP1252_BYTES.items()}
_OTHER = pattern(r"[\u0370-\u03ff\u0400-\u052f\u00d0\u00f0\u0189\u0256]")
_MIXED = pattern(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{M}]+")
_LATIN = pattern(r"\p{Latin}")
_LOOKS = str.maketrans(
    "АВЕКМНОРСТУХЅІЈаеорсухѕіјһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρυικÐðƉɖ",
    "ABEKMHOPCTYXSIJaeopcyxsijhqwABEZHIKMNOPTYXoavpuikĐđĐđ",
)


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The invisible runs, then the words with look-alikes."""
    lines = article.marked.get(RULE.code) or [(0, len(article.text))]
    for first, last in lines:
        yield from _invisible(article.text, first, last)
    for first, last in lines:
        yield from _look_alikes(article.text, first, last)


def _invisible(text: str, first: int, last: int) -> Iterator[Hit]:
    for match in _INVISIBLE.finditer(text, first, last):
        start, end = match.span()
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        run = match.group()
        if set(run) <= _JOINERS and (_NEEDS_JOINERS.match(before) or _NEEDS_JOINERS.match(after)):
            continue
        if _DIRECTIONS.fullmatch(run) and _RIGHT_TO_LEFT.search(text, max(0, start - 60), end + 60):
            continue
        names = " ".join(f"U+{ord(c):04X}" for c in run[:4])
        if any(c in _C1 for c in run):
            yield _hit(start, end, "".join(_C1.get(c, "") for c in run), "control", names, 0.8, "review")
        elif "\u200b" in run and _separates(before, after, text, start, end):
            yield _hit(start, end, " ", "separator", names, 0.8, "review")
        elif "\u00ad" in run and not _hyphenates(text, start, end):
            yield _hit(start, end, "", "invisible", names, 0.7, "review")
        else:
            yield _hit(start, end, "", "invisible", names, 0.99, "safe")


def _separates(before: str, after: str, text: str, start: int, end: int) -> bool:
    """Whether a zero-width space stands for the space between two syllables."""
    if not (before.isalpha() and after.isalpha()):
        return False
    left = regex.search(r"[\p{L}\p{M}]+$", text[max(0, start - 8) : start])
    right = regex.match(r"[\p{L}\p{M}]+", text[end : end + 8])
    if left is None or right is None:
        return False
    a, b = left.group().lower(), right.group().lower()
    return is_syllable(a) and is_syllable(b) and not is_syllable(a + b)


def _hyphenates(text: str, start: int, end: int) -> bool:
    """Whether a soft hyphen stands inside a word or beside one; in TCVN3 the same character is the letter ư."""
    left = regex.search(r"[^\s\p{P}]*$", text[max(0, start - 12) : start])
    right = regex.match(r"[^\s\p{P}]*", text[end : end + 12])
    word = (left.group() if left else "") + (right.group() if right else "")
    return word.isascii() or is_syllable(word.lower())


def _look_alikes(text: str, first: int, last: int) -> Iterator[Hit]:
    if not _OTHER.search(text, first, last):
        return
    for match in _MIXED.finditer(text, first, last):
        word = match.group()
        if not _OTHER.search(word):
            continue
        latin = word.translate(_LOOKS)
        if latin == word or _OTHER.search(latin) or not _is_word(word, latin, text, match.start(), match.end()):
            continue
        key = "eth" if any(c in "ÐðƉɖ" for c in word) else "look_alike"
        odd = " ".join(f"U+{ord(c):04X}" for c in word if _OTHER.match(c))
        yield _hit(match.start(), match.end(), latin, key, odd, 0.93, "review")


def _is_word(word: str, latin: str, text: str, start: int, end: int) -> bool:
    """Whether the word is Vietnamese once its odd letters are Latin, and is not a whole word of another script."""
    mixed = bool(_LATIN.search(word.translate({ord(c): "" for c in "ÐðƉɖ"}))) or any(c in "ÐðƉɖ" for c in word)
    if latin.isupper() and 2 <= len(latin) <= 6 and mixed:
        return True
    if not is_syllable(latin.lower()):
        return False
    if mixed:
        return len(latin) > 1
    around = text[max(0, start - 30) : start] + text[end : end + 30]
    return len(latin) > 1 and not _OTHER.search(around)


def _hit(start: int, end: int, replacement: str, key: str, names: str, confidence: float, how: str) -> Hit:
    why = Message(f"ntm604.{key}_why")
    return Hit(
        start,
        end,
        Message(f"ntm604.{key}", {"names": names}),
        confidence,
        {"characters": names},
        (Suggestion(replacement, confidence, "rule", why),),
        "safe" if how == "safe" else "review",
    )


RULE = Rule(
    code="NTM604",
    name="invisible-characters",
    why={
        "vi": "Ký tự không nhìn thấy hoặc trông giống chữ khác làm tìm kiếm, so sánh sai.",
        "en": "Characters that are invisible, or look like others, break search and comparison.",
    },
    applicability="safe",
    levels={
        "vi": "sửa được ngay với ký tự vô hình không thay chữ hay dấu cách nào, còn lại cần xem",
        "en": "safe for invisible characters that stand for no letter or space, else to review",
    },
    find=find,
    in_word=lambda word, resources: (
        not (word.isascii() and word.isprintable()) and bool(_INVISIBLE.search(word) or _OTHER.search(word))
    ),
    in_text=lambda article: article.has_odd_space,
    bad=(
        "Nông[[\u200b]] thôn mới đã đổi[[\u00ad]] thay.",
        "Bà con [[\ufeff]]phấn khởi lắm[[\u2060]].",
        "[[Тrung]] ương và địa phương cùng làm.",
        "UBND huyện [[Ðông]] Hà và [[HÐND]] tỉnh.",
        "Nông[[\u200b]]thôn hôm nay.",
    ),
    good=(
        "Cả nhà 👨\u200d👩\u200d👧 cùng vui ❤️.",
        "Ông Björn Guðmundsson đến từ Iceland.",
        "Tia α và tia β, 5 μm, hệ số Δt, báo Правда.",
        "Tiếng Ba Tư viết می\u200cخواهم.",
    ),
)
