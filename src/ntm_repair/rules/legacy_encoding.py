"""NTM602: paragraphs in an encoding from before Unicode: TCVN3 (ABC), VNI, VISCII, VPS, VIQR.

Such text shows as "Céng hßa x· héi" or "Coäng hoøa xaõ hoäi". The finding covers a paragraph from its first garbled
word to its last. Unasked it is repaired only where the reading can be undone exactly and the evidence is plenty;
single words and VIQR's doubtful stops are for a person to judge.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ntm_repair.article import Article
from ntm_repair.legacy import viqr
from ntm_repair.legacy.edges import same_ends
from ntm_repair.legacy.recognise import FEWEST, Reading, charset_of, may_be_old, readings
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit, Message, Segment, Suggestion

_SUSPECT = regex.compile(r"[\u0080-\u00ff]")
_CHUNK = regex.compile(r"[^ \t\r\n]+")


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The paragraphs that an old encoding explains; a short one only in the charset of the others."""
    text = article.text
    suspects = [p for p in article.paragraphs if _suspect(text[p.start : p.end])]
    if not suspects:
        return
    charset = charset_of([text[p.start : p.end] for p in suspects], resources.context)
    for paragraph in suspects:
        found = readings(text[paragraph.start : paragraph.end], resources.context)
        same = next((r for r in found if r.name == charset), None)
        reading = same or (found[0] if found and found[0].changed >= FEWEST else None)
        if reading is not None:
            yield _hit(text[paragraph.start : paragraph.end], paragraph, reading, bool(same))


def _reads_better(word: str, resources: Resources) -> bool:
    """Whether an old encoding makes a good syllable of a word that is none: every reading has some such."""
    return (word.isascii() and bool(viqr.TYPED.search(word))) or may_be_old(word)


def _suspect(line: str) -> bool:
    return bool(_SUSPECT.search(line)) or (line.isascii() and len(viqr.TYPED.findall(line)) >= FEWEST)


def _hit(line: str, paragraph: Segment, reading: Reading, agreed: bool) -> Hit:
    before = list(_CHUNK.finditer(line))
    after = list(_CHUNK.finditer(reading.text))
    differ = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a.group() != b.group()]
    first, last = differ[0], differ[-1]
    garbled = line[before[first].start() : before[last].end()]
    repaired = reading.text[after[first].start() : after[last].end()]
    lead, tail = same_ends(garbled, repaired)
    sure = reading.exact and reading.nats >= 0 and (agreed or reading.convinces)
    confidence = 0.99 if sure else 0.9
    values = {"charset": reading.name}
    return Hit(
        paragraph.start + before[first].start() + lead,
        paragraph.start + before[last].end() - tail,
        Message("ntm602.legacy", values),
        confidence,
        {"charset": reading.name, "words": reading.changed, "syllables": reading.good, "exact": reading.exact},
        (Suggestion(repaired[lead : len(repaired) - tail], confidence, "rule", Message("ntm602.decode", values)),),
        "safe" if sure else "review",
    )


RULE = Rule(
    code="NTM602",
    name="legacy-encoding",
    why={
        "vi": "Đoạn văn còn ở bảng mã cũ (TCVN3, VNI, VISCII, VPS, VIQR), chưa chuyển sang Unicode.",
        "en": "The paragraph is still in an old encoding (TCVN3, VNI, VISCII, VPS, VIQR), not in Unicode.",
    },
    applicability="safe",
    levels={
        "vi": "sửa được ngay khi chắc chắn về bảng mã, còn lại cần xem",
        "en": "safe where the encoding is certain, else to review",
    },
    find=find,
    in_word=_reads_better,
    in_text=lambda article: article.has_odd_space,
    bad=(
        "[[§­êng lµng réng më, bµ con phÊn khëi hiÕn ®Êt lµm]] theo.",
        "[[Ñöôøng laøng roäng môû, baø con phaán khôûi hieán ñaát laøm]] theo.",
        "[[Ddu+o+`ng la`ng ro^.ng mo+?, ba` con pha^'n kho+?i hie^'n dda^'t la`m]] theo.",
    ),
    good=(
        "Đường làng rộng mở, bà con phấn khởi hiến đất.",
        "L'élève a été très étonné par la réponse du maître, à côté de la fenêtre.",
        "Müller fährt über die Brücke; señor Muñoz está en São Paulo.",
        "He said it's a well-known cafe, isn't it? Yes. No! OK?",
        "Cô là giáo viên.",
    ),
)
