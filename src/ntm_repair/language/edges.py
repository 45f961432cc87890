"""Where a run of English ends, beyond what the words themselves say.

A name or a year says nothing about language, so smoothing leaves it out at the edge of a run; after "in" or "of" it is
part of the English all the same. A bracket that closes what opened before the run ends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from ntm_repair.context import BOUND, Context
from ntm_repair.language.closed_class import FUNCTION_WORDS, LEADS_ON, PREPOSITIONS
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.words import Word
from ntm_repair.vietnamese import is_marked, is_syllable

_MONTHS = frozenset("january february march april may june july august september october november december".split())
_YEAR = regex.compile(r"1[5-9]\d\d|20\d\d")
_TIME = regex.compile(
    r"\d{1,4}[/:.-]\d{1,2}(?:[/:.-]\d{1,4})?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?(?:\s*[AaPp]\.?[Mm]\.?(?!\p{L}))?"
)
_NUMBER = regex.compile(r"\d{1,4}(?:st|nd|rd|th)?")
_STOP = regex.compile(r"[\"”’)]*[.!?…]+[\"”’)]*\s+[\"“‘(]*")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
AGENT = "do"
"""By, because of: it stands between any two words of Vietnamese, so only the English beside it tells what it is."""
OWN = 3.5
"""Nats by which a word must be more at home in the Vietnamese beside a run than in the English."""
STRANGER = -1.0
"""Association (nats) of a name with the Vietnamese word before it from which it belongs to the English after it."""
LEADING = 3
"""Words a run needs for a name in front of it ("Airbus sized the production ...") to be taken for its subject."""


def pieces(paragraph: str, words: Sequence[Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The run of words first to last, cut where a sentence ends, and at brackets without a partner inside it."""
    cuts = _unpaired(paragraph, words[first].start, words[last].end)
    cuts += [
        b.start
        for a, b in pairwise(words[first : last + 1])
        if b.opens and b.capital and len(a.text) > 2 and _STOP.fullmatch(paragraph, a.end, b.start)
    ]
    cuts.sort()
    start = first
    for cut in cuts:
        end = start
        while end <= last and words[end].end <= cut:
            end += 1
        if end > start:
            yield start, end - 1
        start = end
    if start <= last:
        yield start, last


def _unpaired(paragraph: str, start: int, end: int) -> list[int]:
    """Offsets of brackets without a partner in paragraph[start:end]."""
    if not any(c in paragraph[start:end] for c in "()[]{}"):
        return []
    opened: list[int] = []
    unpaired = []
    for at in range(start, end):
        character = paragraph[at]
        if character in _BRACKETS:
            opened.append(at)
        elif character in _BRACKETS.values():
            if opened and _BRACKETS[paragraph[opened[-1]]] == character:
                opened.pop()
            else:
                unpaired.append(at)
    return [*unpaired, *opened]


def settled(paragraph: str, words: Sequence[Word], first: int, last: int, evidence: Evidence) -> tuple[int, int]:
    """The run with the names, years and dates at its edges that belong to its phrase, without what does not."""
    first, last = _within_compound(words, first, last, evidence)
    first, last = _without_own(paragraph, words, first, last, evidence)
    first = _after_name(paragraph, words, first, last)
    last = _to_object(paragraph, words, last, evidence)
    first = _from_first_word(paragraph, words, first)
    last = _through_date(paragraph, words, first, last)
    return _from_subject(paragraph, words, first, last, evidence), last


def _within_compound(words: Sequence[Word], first: int, last: int, evidence: Evidence) -> tuple[int, int]:
    """The run without the half of a Vietnamese compound that it cut in two: "so | with the plan | với"."""
    if not 0 < first < last < len(words) - 1:
        return first, last
    before, begins, ends, after = (words[i].text.lower() for i in (first - 1, first, last, last + 1))
    if is_syllable(begins) and is_marked(after) and _are_bound(begins, after, evidence.context):
        return first + 1, last
    if is_syllable(ends) and is_marked(before) and _are_bound(before, ends, evidence.context):
        return first, last - 1
    return first, last


def _are_bound(first: str, second: str, context: Context) -> bool:
    return context.pair(first, second) > 0 and context.association(first, second) >= BOUND


def _without_own(paragraph: str, words: Sequence[Word], first: int, last: int, evidence: Evidence) -> tuple[int, int]:
    """The run without a word of both languages at its edge that the Vietnamese beside it claims: "built | to lớn"."""
    if first < last < len(words) - 1 and _beside(paragraph, words, last - 1) and _beside(paragraph, words, last):
        before, word, after = (words[i].text.lower() for i in (last - 1, last, last + 1))
        english = evidence.english_association(before, word) if is_syllable(word) and is_marked(after) else 0.0
        if english and _is_own(word, after, english, word, evidence.context):
            last -= 1
    if 0 < first < last and _beside(paragraph, words, first - 1) and _beside(paragraph, words, first):
        before, word, after = (words[i].text.lower() for i in (first - 1, first, first + 1))
        english = evidence.english_association(word, after) if is_syllable(word) and is_marked(before) else 0.0
        if english and _is_own(before, word, english, word, evidence.context):
            first += 1
    return first, last


def _is_own(first: str, second: str, english: float, word: str, context: Context) -> bool:
    """Whether a pair of Vietnamese claims `word`, one of the two, from a run it has the association `english` with."""
    if word == AGENT:
        return english <= 0
    return context.pair(first, second) > 0 and context.association(first, second) - english >= OWN


def _after_name(paragraph: str, words: Sequence[Word], first: int, last: int) -> int:
    """The end of a name that began before the run ("Muay | Thai stadium") is no residue."""
    while first < last and first > 0 and words[first].capital and words[first - 1].capital:
        own = words[first].text.lower() in FUNCTION_WORDS or words[first].opens
        if own or is_marked(words[first - 1].text) or not _beside(paragraph, words, first - 1):
            break
        first += 1
        while first < last and words[first].neutral:
            first += 1
    return first


def _to_object(paragraph: str, words: Sequence[Word], last: int, evidence: Evidence) -> int:
    """After "in", "of", "the" the year, date, acronym or name that follows."""
    if words[last].text.lower() not in LEADS_ON or last + 1 == len(words) or not _beside(paragraph, words, last):
        return last
    if evidence.is_english_acronym(words[last + 1].text):
        return last + 1
    time = _TIME.match(paragraph, words[last + 1].start)
    if time or _YEAR.fullmatch(words[last + 1].text):
        end = time.end() if time else words[last + 1].end
        while last + 1 < len(words) and words[last + 1].end <= end:
            last += 1
        return last
    while last + 1 < len(words) and _beside(paragraph, words, last) and _is_foreign_name(words[last + 1]):
        last += 1
    return last


def _from_first_word(paragraph: str, words: Sequence[Word], first: int) -> int:
    """ "Do that": a sentence opens with both, though "do" alone opens Vietnamese ones."""
    if first == 0 or not _beside(paragraph, words, first - 1) or words[first - 1].neutral:
        return first
    together = words[first - 1].text.lower() in FUNCTION_WORDS and words[first].text in FUNCTION_WORDS
    return first - 1 if words[first - 1].opens and together else first


def _from_subject(paragraph: str, words: Sequence[Word], first: int, last: int, evidence: Evidence) -> int:
    """The name or acronym in front that is the subject of a run: "Airbus sized the production"."""
    if first == 0 or not _beside(paragraph, words, first - 1):
        return first
    name = words[first - 1]
    if evidence.is_english_acronym(name.text):
        return first - 1
    if last - first + 1 < LEADING or not _is_foreign_name(name):
        return first
    if name.opens:
        goes_on = words[first].capital or words[first].text.lower() in PREPOSITIONS
        return first if goes_on else first - 1
    # Inside a sentence a name stays with the Vietnamese before it, unless news never puts the two side by side.
    if first == 1 or not _beside(paragraph, words, first - 2) or words[first - 2].neutral:
        return first
    before = words[first - 2]
    stranger = evidence.context.association(before.text.lower(), name.text.lower()) <= STRANGER
    return first - 1 if stranger and not before.capital else first


def _through_date(paragraph: str, words: Sequence[Word], first: int, last: int) -> int:
    """The last word of the date that the run ends in: "on January | 1, 2009", "on 10 October | 2000"."""
    if words[last].text.lower() not in _MONTHS or not words[last].capital or first == last:
        return last
    for _ in range(2):
        following = words[last + 1] if last + 1 < len(words) else None
        if following is None or not _NUMBER.fullmatch(following.text):
            break
        if paragraph[words[last].end : following.start].strip(" ,"):
            break
        last += 1
    return last


def _beside(paragraph: str, words: Sequence[Word], i: int) -> bool:
    """Whether only white space stands between word i and the next."""
    return paragraph[words[i].end : words[i + 1].start].isspace()


def _is_foreign_name(word: Word) -> bool:
    """A capitalised word that is no acronym and no Vietnamese syllable."""
    return word.capital and not word.neutral and word.text.isascii() and not is_syllable(word.text)
