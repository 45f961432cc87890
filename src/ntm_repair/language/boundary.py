"""Which words at the two ends of a run belong to it, by all the evidence there is at once.

The rules of `edges` settle what can be told from a word and its neighbour. What is left is chiefly names, acronyms and
terms: "Tulsa | a possible" stands in "Sân bay Quốc tế Tulsa", "Tehran in response to" between the halves of "phương
pháp". Each way to draw the two ends gets a score, a sum of weighted features, and the best is taken: a conditional
logit model (McFadden 1974), fitted on planted text by tools/fit_boundary.py. What tells most is how well the Vietnamese
reads on without the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import inf

from ntm_repair.context import Context
from ntm_repair.language.closed_class import FUNCTION_WORDS
from ntm_repair.language.edges import is_chiefly_name, is_finite
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.reading import Reading
from ntm_repair.language.words import Word
from ntm_repair.vietnamese import is_marked, is_syllable

REACH = 3
"""Words by which an end may be moved."""
CERTAIN = 4.0
"""Evidence (nats) from which a word in lower case is not taken from a run."""
_OF_NAMES = frozenset(("Name", "Unlisted", "unlisted"))
_ENGLISH = frozenset(("function", "Function", "I", "Common"))
"""Kinds of words that may be taken from a run whatever they say, and that never are."""
NEAR = 20
"""Words on either side within which a word again may be the run's own."""
Features = dict[str, float]


def moved(reading: Reading, first: int, last: int, evidence: Evidence) -> tuple[int, int]:
    """The run of words `first` to `last` with its ends where they fit best."""
    weights = evidence.boundary
    starts, ends = _starts(reading, first, last, evidence), _ends(reading, first, last, evidence)
    if not weights or len(starts) == len(ends) == 1:
        return first, last
    opening = [weighed(at_start(reading, i, first, evidence), weights) for i in starts]
    closing = [weighed(at_end(reading, j, last, evidence), weights) for j in ends]
    best, chosen = -inf, (first, last)
    for i, before in zip(starts, opening, strict=True):
        for j, after in zip(ends, closing, strict=True):
            if i <= j:
                score = before + after + weighed(across(reading, i, j, evidence.context), weights)
                if score > best:
                    best, chosen = score, (i, j)
    return chosen


def candidates(reading: Reading, first: int, last: int, evidence: Evidence) -> list[tuple[int, int]]:
    """The ways to draw the ends of a run, the given one first."""
    ends = _ends(reading, first, last, evidence)
    return [(i, j) for i in _starts(reading, first, last, evidence) for j in ends if i <= j]


def features(reading: Reading, span: tuple[int, int], first: int, last: int, evidence: Evidence) -> Features:
    """What speaks for and against a way to draw the ends of the run `first` to `last`."""
    i, j = span
    parts = (
        at_start(reading, i, first, evidence),
        at_end(reading, j, last, evidence),
        across(reading, i, j, evidence.context),
    )
    return {name: sum(p.get(name, 0.0) for p in parts) for name in {name for p in parts for name in p}}


def weighed(values: Features, weights: Mapping[str, float]) -> float:
    """The weighted sum of features; one that has no weight says nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in values.items())


def kind(word: Word, evidence: Evidence) -> str:
    """What can be told from the form of a word; in the name of a kind a capital stands for the word's own."""
    return _kind(word.text, word.neutral, evidence)


@lru_cache(maxsize=1 << 14)
def _kind(text: str, neutral: bool, evidence: Evidence) -> str:
    lower, capital = text.lower(), text[0].isupper()
    if neutral:
        return "acronym" if text.isalpha() else "number"
    syllable = is_syllable(text)
    if is_marked(lower):
        return "marked" if syllable else "odd"
    if lower in FUNCTION_WORDS:
        name = "I" if text == "I" else "Function" if capital else "function"
        return f"{name}-syllable" if syllable and text != "I" else name
    if syllable:
        return "Syllable" if capital else "syllable"
    if not evidence.is_listed(text):
        return "Unlisted" if capital else "unlisted"
    if not capital:
        return "listed"
    return "Name" if evidence.can_be_name(text) else "Common"


def at_start(reading: Reading, i: int, first: int, evidence: Evidence) -> Features:
    """What the first word, the one before it and the words gained or lost there say."""
    words = reading.words
    found = _end_of_run("start", words[i], words[i - 1] if i > 0 else None, evidence)
    found[f"start moved {max(-2, min(2, i - first))}"] = 1.0
    return found | _gained(reading, range(i, first), range(first, i), 1)


def at_end(reading: Reading, j: int, last: int, evidence: Evidence) -> Features:
    """What the last word, the one after it and the words gained or lost there say."""
    words = reading.words
    found = _end_of_run("end", words[j], words[j + 1] if j + 1 < len(words) else None, evidence)
    found[f"end moved {max(-2, min(2, j - last))}"] = 1.0
    return found | _gained(reading, range(last + 1, j + 1), range(j + 1, last + 1), 0)


def across(reading: Reading, i: int, j: int, context: Context) -> Features:
    """How much likelier the Vietnamese after the run is after that before it than anywhere, in nats."""
    likelier = reads_on(reading, i, j, context)
    return {} if likelier is None else {"reads on": max(-3.0, min(6.0, likelier))}


def reads_on(reading: Reading, i: int, j: int, context: Context) -> float | None:
    """How much likelier the two words after a run are, in nats, if those before it come directly before them.

    None where what stands on either side is no syllable, or a mark parts it from the run.
    """
    words = reading.words
    if i == 0 or j + 1 >= len(words) or not (_touch(words[i - 1], words[i]) and _touch(words[j], words[j + 1])):
        return None
    before, after = words[i - 1], words[j + 1]
    if before.neutral or after.neutral or not (is_syllable(before.text) and is_syllable(after.text)):
        return None
    left, right = before.text.lower(), after.text.lower()
    further = words[i - 2] if i > 1 else None
    earlier = further.text.lower() if further and not further.neutral and _touch(further, before) else ""
    likelier = context.logp(right, left, earlier) - context.logp(right)
    following = words[j + 2] if j + 2 < len(words) else None
    if following and not following.neutral and _touch(after, following):
        later = following.text.lower()
        likelier += context.logp(later, right, left) - context.logp(later, right)
    return likelier


def _touch(word: Word, following: Word) -> bool:
    return word.end + 1 == following.start


def _end_of_run(side: str, word: Word, outside: Word | None, evidence: Evidence) -> Features:
    """The kinds of the word at one end and of what stands directly beside it, and how the two go together in news."""
    found = {f"{side} {kind(word, evidence)}": 1.0}
    if outside is None:
        return found
    left, right = (outside, word) if side == "start" else (word, outside)
    if not _touch(left, right):
        return found
    found[f"beside {side} {kind(outside, evidence)}"] = 1.0
    if not (word.neutral or outside.neutral):
        pair = left.text.lower(), right.text.lower()
        if evidence.context.pair(*pair) > 0:
            found["pair"] = max(-3.0, min(6.0, evidence.context.association(*pair)))
        else:
            found["no pair"] = 1.0
    return found


def _gained(reading: Reading, more: range, fewer: range, inward: int) -> Features:
    """What the words say that the run gains at one end, less what those say that it loses.

    `inward` is 1 at the start, where the English pair of a word is that with the word after it, 0 at the end.
    """
    scores, english = reading.scores, reading.english
    return {
        "words": float(len(more) - len(fewer)),
        "evidence": sum(scores[k] for k in more) - sum(scores[k] for k in fewer),
        "english": sum(english[k + inward] for k in more) - sum(english[k + inward] for k in fewer),
        "elsewhere": float(sum(_elsewhere(reading, k) for k in more) - sum(_elsewhere(reading, k) for k in fewer)),
    }


def _elsewhere(reading: Reading, i: int) -> bool:
    """Whether the article has a foreign word again, not near the run: then it is one of the Vietnamese text."""
    word = reading.words[i]
    if is_syllable(word.text):
        return False
    near = reading.words[max(0, i - NEAR)].start, reading.words[min(len(reading.words) - 1, i + NEAR)].end
    return reading.article.count(word.text) > reading.paragraph.count(word.text, *near)


def _starts(reading: Reading, first: int, last: int, evidence: Evidence) -> list[int]:
    """Where a run may begin, the given place first.

    A mark before it is no place to doubt, unless a name stands there whose sentence goes on in Vietnamese after it.
    """
    words, scores = reading.words, reading.scores
    found = [first]
    touches = first > 0 and _touch(words[first - 1], words[first])
    if not touches and not (_goes_on(reading, last) and is_chiefly_name(words[first].text, evidence)):
        return found
    i = first
    while (
        i and first - i < REACH and _touch(words[i - 1], words[i]) and _may_join(words[i - 1], scores[i - 1], evidence)
    ):
        i -= 1
        found.append(i)
    if touches and words[first - 1].neutral:
        return found
    i = first
    while i < last and i - first < REACH and _may_leave(words[i], scores[i], evidence):
        i += 1
        if not touches and is_finite(words[i].text):  # "Airbus | sized the production"
            break
        found.append(i)
    return found


def _goes_on(reading: Reading, last: int) -> bool:
    """Whether a Vietnamese word in lower case stands directly after word `last`."""
    if last + 1 == len(reading.words):
        return False
    word, following = reading.words[last : last + 2]
    return _touch(word, following) and following.text.islower() and is_syllable(following.text)


def _may_join(word: Word, nats: float, evidence: Evidence) -> bool:
    """Whether a word outside a run may belong to it; numbers and Vietnamese acronyms stay where they are."""
    if word.neutral:
        return evidence.is_english_acronym(word.text)
    return nats >= 0 if is_syllable(word.text) else True


def _may_leave(word: Word, nats: float, evidence: Evidence) -> bool:
    """Whether a word inside a run may not belong to it."""
    sort = kind(word, evidence)
    return sort in _OF_NAMES or (nats < CERTAIN and sort not in _ENGLISH)


def _ends(reading: Reading, first: int, last: int, evidence: Evidence) -> list[int]:
    """Where a run may end, the given place first."""
    words, scores = reading.words, reading.scores
    found = [last]
    final = len(words) - 1
    if last == final or not _touch(words[last], words[last + 1]):
        return found
    j = last
    while (
        j < final
        and j - last < REACH
        and _touch(words[j], words[j + 1])
        and _may_join(words[j + 1], scores[j + 1], evidence)
    ):
        j += 1
        found.append(j)
    if words[last + 1].neutral:
        return found
    j = last
    while j > first and last - j < REACH and _may_leave(words[j], scores[j], evidence):
        j -= 1
        found.append(j)
    return found
