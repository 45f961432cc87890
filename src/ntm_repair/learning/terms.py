"""Terms that a user's clean articles hold and the lexicon does not.

A term is a word sequence that recurs, whose parts belong together (association), and that stands freely in sentences
(boundary freedom; the idea is of Feng et al. 2004, accessor variety, measured here as entropy). Sequences that begin
or end in a grammatical word are pieces of sentences, not terms.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from math import log

from ntm_repair.context import TOTAL, Context
from ntm_repair.learning.sequences import Sequences
from ntm_repair.vietnamese import fold_tone_placement

LEAST = 4
"""Occurrences a term needs."""
LEAST_TEXTS = 2
"""Texts it must occur in."""
ASSOCIATION = 2.5
"""Least association of its parts (nats)."""
OF_POSSIBLE = 0.7
"""In a few short articles even a fixed phrase cannot reach that; then this share of what its count allows."""
FREEDOM = 0.9
"""Least freedom of its boundaries (nats)."""
PART = 0.75
"""A sequence that stands inside a longer term this often has no life of its own."""
KEYNESS = 8.0
"""How many times oftener a two-syllable term must be here than in news: the rest is everyday vocabulary."""
_NO_EDGE = frozenset(
    """
    ai anh bà bạn bao bằng bên bị biết bởi các cái càng cần cả chỉ chị cho chúng chưa còn cô con có cũng của cùng
    cứ đã đang đâu đây để đến đều điều do dù đó đối được em gì giữa hay hết hoặc hơn khi không khiến kể là lại làm
    lên lúc mà mình mỗi mọi một muốn mới nào nay này nên nếu ngay nhau như nhưng nhằm những nhiều nó nơi nữa ở ông
    phải qua quá ra rất rằng rồi sau sẽ sự số song tại tất theo thấy thế thì thêm tôi tới trên trong trước từ từng
    vậy và vào vẫn về vì việc với vừa xuống xong đi đó hai ba bốn năm sáu bảy tám chín mười nhất hiện gần hầu khá
    lần
    """.split()
) - {"mới"}
"""Grammatical words: a sequence that begins or ends in one is cut across."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term to look at."""

    term: str
    count: int
    texts: int
    association: float
    """Nats."""
    freedom: float
    """Nats."""


def proposals(texts: Sequence[str], known: Container[str], context: Context, least: int = LEAST) -> list[Proposal]:
    """The terms proposed, the most used first. `known` holds terms that need no proposal, as `key_of` gives them."""
    sequences = Sequences.of(texts, least)
    candidates = dict(_candidates(sequences, context, least, min(LEAST_TEXTS, len(texts))))
    free = [p for s, p in candidates.items() if not _is_part(s, sequences, candidates)]
    fresh = [p for p in free if key_of(p.term) not in known]
    return sorted(fresh, key=lambda p: (-p.count, p.term))


def key_of(term: str) -> str:
    """What a term is known by: lower-cased, its tone marks in one placement."""
    return fold_tone_placement(term.lower())


def _candidates(
    sequences: Sequences, context: Context, least: int, least_texts: int
) -> Iterator[tuple[tuple[str, ...], Proposal]]:
    for sequence, count in sequences.counts.items():
        if len(sequence) < 2 or count < least or sequences.texts[sequence] < least_texts:
            continue
        if sequence[0] in _NO_EDGE or sequence[-1] in _NO_EDGE:
            continue
        association, freedom = sequences.association(sequence), sequences.freedom(sequence)
        needed = min(ASSOCIATION, OF_POSSIBLE * log(sequences.words / count))
        if association < needed or freedom < FREEDOM or _everyday(sequence, count, sequences.words, context):
            continue
        form = _form(sequences, sequence)
        yield sequence, Proposal(form, count, sequences.texts[sequence], round(association, 2), round(freedom, 2))


def _everyday(sequence: tuple[str, ...], count: int, words: int, context: Context) -> bool:
    if len(sequence) > 2:
        return False
    in_news = context.pair(*sequence) / TOTAL
    return count / words < KEYNESS * in_news


def _form(sequences: Sequences, sequence: tuple[str, ...]) -> str:
    """As it is mostly written; a capital that only sentences give is not counted against a small letter."""
    forms = sequences.forms[sequence]
    for opened in [f for f in forms if f[0].isupper()]:
        lower = opened[0].lower() + opened[1:]
        if forms[lower] and lower == lower.lower():
            forms[lower] += forms.pop(opened)
    return max(forms, key=lambda form: (forms[form], form))


def _is_part(sequence: tuple[str, ...], sequences: Sequences, candidates: Container[tuple[str, ...]]) -> bool:
    """Whether it stands mostly inside one longer candidate."""
    often = PART * sequences.counts[sequence]
    longer = [((word, *sequence), times) for word, times in sequences.before[sequence].items() if word]
    longer += [((*sequence, word), times) for word, times in sequences.after[sequence].items() if word]
    return any(times >= often and candidate in candidates for candidate, times in longer)
