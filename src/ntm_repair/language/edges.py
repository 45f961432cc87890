"""Where a run of English ends, beyond what the words themselves say.

A name or a year says nothing about language, so smoothing leaves it out at the edge of a run; after "in" or "of" it is
part of the English all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from ntm_repair.context import BOUND, Context
from ntm_repair.language.closed_class import FINITE, FUNCTION_WORDS, LEADS_ON, NAME_PARTICLES, POSSESSIVE, PREPOSITIONS
from ntm_repair.language.evidence import ROMAN, Evidence
from ntm_repair.language.words import Word
from ntm_repair.vietnamese import is_marked, is_syllable

_MONTHS = frozenset("january february march april may june july august september october november december".split())
_YEAR = regex.compile(r"1[5-9]\d\d|20\d\d")
_TIME = regex.compile(
    r"\d{1,4}[/:.-]\d{1,2}(?:[/:.-]\d{1,4})?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?(?:\s*[AaPp]\.?[Mm]\.?(?!\p{L}))?"
)
_NUMBER = regex.compile(r"\d{1,4}(?:st|nd|rd|th)?")
_PARTED = regex.compile(r"[^\s\p{L}]\s+$")
"""A mark and a space: what is glued to a stop did not stand in the sentence."""
_AUXILIARIES = frozenset(("does", "has", "is", "was"))
AGENT = "do"
"""By, because of: it stands between any two words of Vietnamese, so only the English beside it tells what it is."""
OWN = 3.5
"""Nats by which a word must be more at home in the Vietnamese beside a run than in the English."""
STRANGER = -1.0
"""Association (nats) of a name with the Vietnamese word before it from which it belongs to the English after it."""
RARE = 3e-6
"""Probability in English below which a capitalised word alone is taken for a name."""
NAMED = 20
"""How many times commoner in English than in names of Vietnamese news one alone may be otherwise."""
LEADING = 3
"""Words a run needs for a name in front of it ("Boeing moved the assembly ...") to be taken for its subject."""


_UNITS = frozenset(
    "nm mm cm dm m km ha mg g kg ml l s h Hz kHz MHz GHz W kW MW V kV KB MB GB TB Kbps Mbps Gbps".split()
)
"""Symbols of units, the same in Vietnamese."""


def settled(paragraph: str, words: Sequence[Word], first: int, last: int, evidence: Evidence) -> tuple[int, int]:
    """The run with the names, years and dates at its edges that belong to its phrase, without what does not."""
    first, last = _within_compound(words, first, last, evidence)
    first, last = _without_own(paragraph, words, first, last, evidence)
    first = _after_unit(paragraph, words, first, last)
    first = _after_name(paragraph, words, first, last)
    last = _without_particle(words, first, last)
    last = _to_object(paragraph, words, last, evidence)
    first = _from_first_word(paragraph, words, first)
    last = _through_date(paragraph, words, first, last)
    topic = _after_topic(paragraph, words, first, last, evidence)
    return (topic if topic > first else _from_subject(paragraph, words, first, last, evidence)), last


def _within_compound(words: Sequence[Word], first: int, last: int, evidence: Evidence) -> tuple[int, int]:
    """The run without the half of a Vietnamese compound that it cut in two: "so | with the plan | với"."""
    if not 0 < first < last < len(words) - 1:
        return first, last
    before, begins, ends, after = words[first - 1].text, words[first].text, words[last].text, words[last + 1].text
    if is_syllable(begins) and is_marked(after) and _are_bound(begins.lower(), after.lower(), evidence.context):
        return first + 1, last
    if is_syllable(ends) and is_marked(before) and _are_bound(before.lower(), ends.lower(), evidence.context):
        return first, last - 1
    return first, last


def _are_bound(first: str, second: str, context: Context) -> bool:
    return context.pair(first, second) > 0 and context.association(first, second) >= BOUND


def _without_own(paragraph: str, words: Sequence[Word], first: int, last: int, evidence: Evidence) -> tuple[int, int]:
    """The run without a word of both languages at its edge that the Vietnamese beside it claims: "built | to lớn"."""
    if first < last < len(words) - 1 and is_syllable(words[last].text) and is_marked(words[last + 1].text):
        before, word, after = (words[i].text.lower() for i in (last - 1, last, last + 1))
        alone = _beside(paragraph, words, last - 1) and _beside(paragraph, words, last)
        english = evidence.english_association(before, word) if alone else 0.0
        if english and _is_own(word, after, english, word, evidence.context):
            last -= 1
    if 0 < first < last and is_syllable(words[first].text) and is_marked(words[first - 1].text):
        before, word, after = (words[i].text.lower() for i in (first - 1, first, first + 1))
        alone = _beside(paragraph, words, first - 1) and _beside(paragraph, words, first)
        english = evidence.english_association(word, after) if alone else 0.0
        if english and _is_own(before, word, english, word, evidence.context):
            first += 1
    return first, last


def _is_own(first: str, second: str, english: float, word: str, context: Context) -> bool:
    """Whether a pair of Vietnamese claims `word`, one of the two, from a run it has the association `english` with."""
    if word == AGENT:
        return english <= 0
    return context.pair(first, second) > 0 and context.association(first, second) - english >= OWN


def _after_unit(paragraph: str, words: Sequence[Word], first: int, last: int) -> int:
    """The run without the unit of a number before it: "dưới 15 cm | on the road"."""
    unit = 0 < first < last and words[first].text in _UNITS and words[first - 1].neutral
    return first + 1 if unit and _beside(paragraph, words, first - 1) and not words[first + 1].neutral else first


def _after_name(paragraph: str, words: Sequence[Word], first: int, last: int) -> int:
    """The end of a name that began before the run ("Muay | Thai stadium") is no residue."""
    while first < last and first > 0 and words[first].capital and words[first - 1].capital:
        own = words[first].text.lower() in FUNCTION_WORDS or words[first].opens
        name = words[first - 1]
        own = own or is_marked(name.text) or (name.opens and is_syllable(name.text))  # "Hai | Excellent service"
        if own or not _beside(paragraph, words, first - 1):
            break
        first += 1
        while first < last and words[first].neutral:
            first += 1
    return first


def _without_particle(words: Sequence[Word], first: int, last: int) -> int:
    """The end of the run without the particle that begins a name after it: "like the most | de Caunes"."""
    particle = first < last < len(words) - 1 and words[last].text in NAME_PARTICLES and words[last + 1].capital
    return last - 1 if particle and not all(w.capital for w in words[first:last]) else last


def _after_topic(paragraph: str, words: Sequence[Word], first: int, last: int, evidence: Evidence) -> int:
    """The run without the names in front that open the Vietnamese sentence which goes on after it.

    "Kenwood | if you are not | giới thiệu dòng máy mới", not "Boeing moved the assembly of | 60 chiếc".
    """
    if last + 1 == len(words) or not _beside(paragraph, words, last) or words[last + 1].capital:
        return first
    if first > 0 and not _PARTED.search(paragraph, words[first - 1].end, words[first].start):
        return first
    verb = first
    while verb <= last and _is_of_name(words[verb], evidence):
        verb += 1
    if verb == first or verb > last or words[verb].neutral or is_finite(words[verb].text):
        return first
    return verb if verb > first + 1 or is_chiefly_name(words[first].text, evidence) else first


def _is_of_name(word: Word, evidence: Evidence) -> bool:
    """Whether a word may be part of a name: an initial, a king's number, or capitalised and no function word."""
    if word.neutral and ROMAN.fullmatch(word.text):
        return True
    if not word.capital or word.neutral or word.text.endswith(POSSESSIVE) or word.text.lower() in FUNCTION_WORDS:
        return len(word.text) == 1 and word.capital and word.text != "I"
    return evidence.can_be_name(word.text)


def is_chiefly_name(word: str, evidence: Evidence) -> bool:
    """Whether a word is rare in English or known to news as a name: "Kenwood", not "Field" before "road"."""
    english = evidence.english(word)
    return english < RARE or evidence.title(word) * NAMED >= english


def is_finite(word: str) -> bool:
    """Whether an English word may be the verb of the name before it."""
    lower = word.lower()
    if lower in FUNCTION_WORDS:  # "this", "us"
        return lower in FINITE or lower in _AUXILIARIES
    return lower in FINITE or lower.endswith(("s", "ed", "n't", "n’t"))


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
    """The name or acronym in front that is the subject of a run: "Boeing moved the assembly"."""
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
    """The last word of the date that the run ends in: "on January | 1, 2009", "on 10 October | 2000", "May | 28-30"."""
    if words[last].text.lower() not in _MONTHS or not words[last].capital or first == last:
        return last
    for _ in range(3):
        following = words[last + 1] if last + 1 < len(words) else None
        if following is None or not _NUMBER.fullmatch(following.text):
            break
        gap = paragraph[words[last].end : following.start]
        if gap.strip(" ,") and not (gap in "-–" and _NUMBER.fullmatch(words[last].text)):
            break
        last += 1
    return last


def _beside(paragraph: str, words: Sequence[Word], i: int) -> bool:
    """Whether only white space stands between word i and the next."""
    return paragraph[words[i].end : words[i + 1].start].isspace()


def _is_foreign_name(word: Word) -> bool:
    """A capitalised word that is no acronym and no Vietnamese syllable."""
    return word.capital and not word.neutral and word.text.isascii() and not is_syllable(word.text)
