"""NTM404: two or three words written as one, without the space between them.

A word that is no Vietnamese syllable but falls into syllables may be words glued together, or a loanword ("axít"), a
transcribed name ("Lênin"), a foreign word. What decides is whether the parts are common, read well between their
neighbours, and whether the whole is known to Vietnamese news or to English as a word of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log

import regex

from ntm_repair.article import Article
from ntm_repair.context import BOUND, Context
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.tokens import Tokens
from ntm_repair.types import Hit, Message, Suggestion
from ntm_repair.vietnamese import fold_tone_placement, is_marked, is_syllable

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}_]+")
_IN_SENTENCE, _LETTER = regex.compile(r"[\p{L}\p{N}],? \Z"), regex.compile(r"[\p{L}\p{M}]")
LONGEST = 21
"""Letters: three syllables of the longest, "nghiêng"."""
ONE_LETTER = frozenset("ôýởàạ")
"""Syllables of one letter that are words by themselves."""
LOANWORDS = frozenset(
    """
    catốt anốt điốt axít ôxít điôxin điôxít ôxi ôxy hiđrô hyđrô rađiô ôtô môtô tivi canô kilôgam kilômét xăngtimét
    đêximet xăngti mêtan êtan prôtêin vitamin cácbon cácbonát clo brôm iốt canxi magiê nitơ amôniắc xàphòng cacao càphê
    cafê sôcôla xúcxích patê phômai bơgơ bôxít bêtông ximăng apatít gờgạc sơmi vécni lôgíc lôgô vôn ampe rơle ácquy
    pháctuya catalô phôtô vídeo đôla rúp êkíp stốp lavabô bugi gara xêri sêri panô pôdium ghita viôlông ăngten ănglê
    mátxcơva lênin đácuyn niutơn ápphích ốtđin tuýp bôđê
    """.split()
)
"""Borrowed words in the spelling without hyphens, common in schoolbooks and rare in the counts."""
FREQUENT = 1500.0
"""Count from which a syllable is a common word."""
AT_HOME = 8.0
"""Count from which a spelling is a word of its own, unless its parts stand side by side far more often."""
TIMES = 60.0
"""How much more often that has to be."""
AT_LEAST = 40.0
"""Count from which a pair is at home side by side, so that its parts need not be common."""
SEEN = 100.0
"""Count that any part must have."""
DOUBTFUL = 11.0
"""Nats asked for of a word without any mark, or with an uncommon part, whose parts are no such pair: it may be foreign.
Of 80 foreign words and names in encyclopedia articles that fall into syllables and that neither English nor news has,
none has more than 10.1; of 44 words with an uncommon part none has more than 8.6.
"""
TWICE = 2
"""What stands in a text more often is spelt so on purpose, unless its parts make a word: "côca", not "vídụ"."""
MARKED = 5.5
"""Nats of evidence asked for between the parts and their neighbours."""
NAMED = 9.0
"""The same for a word with a capital: it may be a name."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """Words that read better as several, in order."""
    for tokens in article.tokens_for(RULE.code):
        yield from _find(tokens, resources)


def _find(tokens: Tokens, resources: Resources) -> Iterator[Hit]:
    context = resources.context
    for i, word in enumerate(tokens.words):
        lower = tokens.lower[i]
        if not 4 <= len(word) <= LONGEST or not lower or is_syllable(lower) or not word.isalpha():
            continue
        splits = _splits(lower)
        if not splits or lower in LOANWORDS:
            continue
        hit = _judge(tokens, i, splits, resources, context)
        if hit is not None and tokens.in_vietnamese(i):
            yield hit


def _is_glued(raw: str, resources: Resources) -> bool:
    """Whether a raw word holds one that falls into common syllables and is no word itself."""
    return any(
        4 <= len(word) <= LONGEST
        and word.isalpha()
        and not (word.isascii() and (word[0].isupper() or resources.evidence.english(word) > 0))  # a name, English
        and not is_syllable(lower := fold_tone_placement(word.lower()))
        and any(_are_two(word, lower, parts, resources) for parts in _splits(lower))
        for word in ((raw,) if raw.isalpha() else _WORDS.findall(raw))
    )


@lru_cache(maxsize=1 << 14)
def _splits(lower: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read a word as two or three syllables."""
    found: list[tuple[str, ...]] = []
    for i in range(1, len(lower)):
        first, rest = lower[:i], lower[i:]
        if not _word(first):
            continue
        if _word(rest):
            found.append((first, rest))
        elif len(rest) >= 4:
            found += [(first, rest[:j], rest[j:]) for j in range(1, len(rest)) if _word(rest[:j]) and _word(rest[j:])]
    return tuple(tuple(fold_tone_placement(part) for part in parts) for parts in found)


def _word(part: str) -> bool:
    return is_syllable(part) and (len(part) > 1 or part in ONE_LETTER)


def _judge(
    tokens: Tokens, i: int, splits: Sequence[tuple[str, ...]], resources: Resources, context: Context
) -> Hit | None:
    word, lower = tokens.words[i], tokens.lower[i]
    left, right = tokens.left(i), tokens.right(i)
    ranked = sorted(((context.score(parts, left, right), parts) for parts in splits), reverse=True)
    best = ranked[0][1]
    hump = _hump(word)
    if hump and len(best) == 2 and len(best[0]) != hump:
        best = next((parts for _, parts in ranked if len(parts) == 2 and len(parts[0]) == hump), best)
    if not _are_two(word, lower, best, resources):
        return None
    pairs = [context.pair(a, b) for a, b in itertools.pairwise(best)]
    usual, marked = _at_home(best, context), is_marked(lower)
    evidence = _evidence(best, left, right, context) + (4.0 if hump and word[hump:].islower() is False else 0.0)
    named = word[0].isupper() and not (hump and is_marked(lower))
    asked = MARKED if usual and (marked or min(pairs) >= AT_LEAST) else DOUBTFUL
    if (
        evidence < (max(asked, NAMED) if named else asked)
        or (named and not min(pairs))
        or (word.islower() and _is_name(tokens, word))
    ):
        return None
    if not hump and tokens.text.count(word) > TWICE and not _bound(best, context):
        return None
    return _hit(tokens, i, [best, *(parts for _, parts in ranked[:3] if parts != best)], evidence)


def _are_two(word: str, lower: str, parts: Sequence[str], resources: Resources) -> bool:
    """Whether a word can be these parts glued together, wherever it stands."""
    context = resources.context
    if not is_marked(lower) and (resources.evidence.english(lower) > 0 or word[0].isupper()):
        return False
    if not _at_home(parts, context) and not _seen(parts, context):
        return False
    known = context.word(lower)
    return known < AT_HOME or known * TIMES <= min(context.pair(a, b) for a, b in itertools.pairwise(parts))


def _seen(parts: Sequence[str], context: Context) -> bool:
    return all(context.word(part) >= SEEN for part in parts)


def _at_home(parts: Sequence[str], context: Context) -> bool:
    """Whether all parts are common words, or each is at home beside the next."""
    return all(context.word(part) >= FREQUENT for part in parts) or all(
        context.pair(a, b) >= AT_LEAST for a, b in itertools.pairwise(parts)
    )


def _bound(parts: Sequence[str], context: Context) -> bool:
    """Whether parts that stand side by side make words."""
    return max(context.association(a, b) for a, b in itertools.pairwise(parts)) >= BOUND


def _is_name(tokens: Tokens, word: str) -> bool:
    """Whether the text writes a word in lower case with a capital elsewhere, and not because a sentence begins."""
    text, name = tokens.text, word[0].upper() + word[1:]
    at = text.find(name)
    while at >= 0:
        if _IN_SENTENCE.search(text, max(0, at - 3), at) and not _LETTER.match(text, at + len(name)):
            return True
        at = text.find(name, at + 1)
    return False


def _hump(word: str) -> int:
    """Where a capital begins the second part ("tịchỦy"), or 0."""
    humps = [k for k in range(1, len(word)) if word[k].isupper() and word[k - 1].islower()]
    return humps[0] if len(humps) == 1 else 0


def _evidence(parts: Sequence[str], left: Sequence[str], right: Sequence[str], context: Context) -> float:
    """Nats: how common the parts are side by side and beside their neighbours, above a floor of unseen pairs."""
    line = [*left[-1:], *parts, *right[:1]]
    joins = sum(log(1 + context.pair(a, b)) for a, b in itertools.pairwise(line))
    common = sum(min(2.0, log(context.word(p) / FREQUENT)) for p in parts)
    return joins + common - 8.0 * (len(parts) - 2)


def _hit(tokens: Tokens, i: int, readings: Sequence[tuple[str, ...]], evidence: float) -> Hit:
    word = tokens.words[i]
    confidence = round(min(0.98, 0.7 + evidence / 80), 3)
    suggestions = []
    for rank, parts in enumerate(readings):
        cut, spaced = 0, []
        for part in parts:
            spaced.append(word[cut : cut + len(part)])
            cut += len(part)
        why = Message("ntm404.split", {"parts": " + ".join(spaced)})
        suggestions.append(Suggestion(" ".join(spaced), round(confidence / (1 + rank), 3), "context", why))
    return Hit(
        tokens.starts[i],
        tokens.ends[i],
        Message("ntm404.glued"),
        confidence,
        {"nats": round(evidence, 2), "readings": len(readings)},
        tuple(suggestions),
    )


RULE = Rule(
    code="NTM404",
    name="glued-words",
    why={
        "vi": "Khi trích xuất hoặc chép bài, dấu cách giữa hai từ bị mất nên hai từ dính vào nhau.",
        "en": "Extraction or copying lost the space between two words.",
    },
    applicability="review",
    find=find,
    in_word=_is_glued,
    bad=(
        "Tỉnh kêu gọi các [[nhàđầu]] tư về nông thôn.",
        "Dòng kênh ô [[nhiễmsuốt]] nhiều năm nay đã được nạo vét.",
        "Chủ [[tịchỦy]] ban nhân dân xã đến từng hộ vận động.",
        "Sáng nay, [[Hộinghị]] sơ kết diễn ra tại trung tâm huyện.",
        "Xã đã [[hoànthành]] mười chín tiêu chí.",
    ),
    good=(
        "Huyện Đakrông giáp huyện Hướng Hóa, có người Pa Kô sinh sống.",
        "Nhà máy xử lý axít, sản xuất xi măng và cácbon.",
        "Ông đọc sách của Lênin, từng học ở Mátxcơva.",
        "Bà con đi ôtô ra chợ, nghe rađiô, hát karaoke.",
        "Theo dõi trang #nongthonmoi và thương hiệu VinMart, BiaHanoi.",
        "Cô gái Êđê dệt thổ cẩm bên nhà dài.",
    ),
)
