"""NTM601: UTF-8 that was read as another encoding ("Ná»™i dung", "N√¥ng th√¥n"), once or several times over.

A finding covers the garbled words of a paragraph from the first to the last, as long as no good Vietnamese stands
between. Where reading the repair wrongly again gives exactly what stands there, nothing is lost and it is safe; where
a byte is missing, ftfy's guess is shown for a person to judge. Where question marks stand for the letters (`legacy.lost`)
there is nothing to read again: the editor is sent to the original.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from ntm_repair.article import Article
from ntm_repair.legacy.edges import same_ends
from ntm_repair.legacy.lost import lost_runs, may_hold
from ntm_repair.legacy.mojibake import Undone, is_exact, suspicious, undo, with_ftfy
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message, Suggestion
from ntm_repair.vietnamese import is_syllable

_CHUNK = regex.compile(r"[^ \t\r\n\u2028\u2029]+")
_LOSSY = regex.compile(r"[ÃÂ][ \u00a0]|â€|Ã¡|Ã©|ï¿½")
# Marks of real text that are continuation bytes of UTF-8 as well.
_QUOTES = regex.compile(r"^[\p{Ps}\p{Pi}\"']+|[\p{Pe}\p{Pf}\"'.,;:!?…–—]+$")
_LOSSY_WORD = regex.compile(r"[ÃÂ]$|â€|Ã¡|Ã©|ï¿½")
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_LATIN = regex.compile(r"[\p{Latin}\p{M}\p{P}\p{S}\p{N}\u00a0]+")
_MAC = "mac-roman"


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The garbled runs of every paragraph, in order."""
    for paragraph in article.paragraphs_for(RULE.code):
        line = article.text[paragraph.start : paragraph.end]
        yield from _misread(line, paragraph.start)
        yield from _lost(line, paragraph.start)


def _garbled(word: str, resources: Resources) -> bool:
    return may_hold(word) or (not word.isascii() and (suspicious(word) or bool(_LOSSY_WORD.search(word))))


def _misread(line: str, offset: int) -> Iterator[Hit]:
    if line.isascii() or not (suspicious(line) or _LOSSY.search(line)):
        return
    undone = undo(line) or Undone(line, "", 1)
    final = with_ftfy(undone.text)
    if len(_CHUNK.findall(final)) != len(_CHUNK.findall(line)):
        final = undone.text
    if final != line:
        yield from _hits(line, final, undone, offset)


def _lost(line: str, offset: int) -> Iterator[Hit]:
    for run in lost_runs(line):
        confidence = 0.95 if run.words > 1 else 0.85 if run.sure else 0.7
        message = Message("ntm601.lost", {"count": run.words})
        evidence = {"words": run.words}
        yield Hit(offset + run.start, offset + run.end, message, confidence, evidence, (), "review")


def _hits(line: str, final: str, undone: Undone, offset: int) -> Iterator[Hit]:
    before, after = list(_CHUNK.finditer(line)), list(_CHUNK.finditer(final))
    if len(before) != len(after):
        return
    pairs = list(zip(before, after, strict=True))
    for first, last in _runs(pairs):
        run = pairs[first : last + 1]
        changed = [(a.group(), b.group()) for a, b in run if a.group() != b.group()]
        if not _plausible(changed, undone.codec):
            continue
        garbled = line[run[0][0].start() : run[-1][0].end()]
        repaired = final[run[0][1].start() : run[-1][1].end()]
        lead, tail = same_ends(garbled, repaired)
        garbled, repaired = garbled[lead : len(garbled) - tail], repaired[lead : len(repaired) - tail]
        exact = is_exact(garbled, Undone(repaired, undone.codec, _rounds(garbled, repaired)))
        confidence = 0.99 if exact else 0.85
        values = {"codec": undone.codec or "?"}
        yield Hit(
            offset + run[0][0].start() + lead,
            offset + run[-1][0].end() - tail,
            Message("ntm601.mojibake" if undone.codec else "ntm601.lossy", values),
            confidence,
            {"codec": undone.codec, "rounds": undone.rounds, "words": len(changed), "exact": exact},
            (Suggestion(repaired, confidence, "rule", Message("ntm601.exact" if exact else "ntm601.guess")),),
            "safe" if exact else "review",
        )


def _rounds(garbled: str, repaired: str) -> int:
    """How often `garbled` has to be undone to give `repaired`: its own rounds, not those of the whole paragraph."""
    own = undo(garbled)
    return own.rounds if own is not None and own.text == repaired else 1


def _runs(pairs: Sequence[tuple[regex.Match[str], regex.Match[str]]]) -> Iterator[tuple[int, int]]:
    """First and last index of neighbouring changed words; unchanged ASCII words between belong to them."""
    first = last = -1
    for i, (a, b) in enumerate(pairs):
        if a.group() != b.group():
            first, last = (i if first < 0 else first), i
        elif not a.group().isascii() and first >= 0:
            yield first, last
            first = -1
    if first >= 0:
        yield first, last


def _plausible(changed: Sequence[tuple[str, str]], codec: str) -> bool:
    """Whether the changed words were no words before, and are Latin text without control characters now."""
    if any(_CONTROL.search(b) for _, b in changed) or sum(bool(_LATIN.fullmatch(b)) for _, b in changed) * 2 < len(
        changed
    ):
        return False
    if all(is_syllable(_QUOTES.sub("", a).lower()) for a, _ in changed):
        return False  # a quoted letter: “Ă”
    good = sum(is_syllable(part.lower()) for _, b in changed for part in regex.findall(r"\p{L}+", b))
    words = sum(len(regex.findall(r"\p{L}+", b)) for _, b in changed)
    if codec == _MAC and len(changed) == 1 and len(changed[0][1]) < 3:
        return False  # a formula: √π
    return words == 0 or good * 2 >= words


RULE = Rule(
    code="NTM601",
    name="mojibake",
    why={
        "vi": "Chữ UTF-8 bị đọc nhầm bằng bảng mã khác nên thành ký tự lạ, hoặc chữ có dấu bị thay bằng dấu hỏi.",
        "en": "UTF-8 was read as another encoding, which turned its letters into odd characters or question marks.",
    },
    applicability="safe",
    levels={
        "vi": "sửa được ngay khi đọc lại không mất gì, còn lại cần xem",
        "en": "safe where reading again loses nothing, else to review",
    },
    find=find,
    in_word=_garbled,
    in_text=lambda article: article.has_odd_space,
    bad=(
        "[[Ná»™i dung cuá»™c há»£p Ä‘Ã£ Ä‘Æ°á»£c thá»‘ng nháº¥t]].",
        "Xã [[N√¥ng Th√¥n]] đã về đích.",
        "Chủ tịch [[Nguyá»…n]] Văn An chủ trì.",
        "Bà con phấn khởi [[â€œhiáº¿n Ä‘áº¥tâ€\u009d]] làm đường.",
        "Lễ hội thu hút [[??ng ??o ng??i d?n]] trong vùng.",
        "Ban Chỉ đạo họp với các [[h\ufffd]] dân ở thôn Bắc.",
    ),
    good=(
        "Chữ “Ă” đứng sau chữ “A”; xã “VÌ XÃ” treo ở cổng chào.",
        "Ta có √2 và √π, góc · cạnh, ƒ(x).",
        "Château d'Yquem, São Paulo, Ångström, naïve.",
        "Nhiệt độ 30°C ± 2°C, diện tích 5 m².",
        "Thật là gì?Không ai rõ. Hả?! Vậy sao??Anh cứ nói: a?b:c, tệp ?.txt, trang https://xa.example/tin?id=2&b=d?n.",
    ),
)
