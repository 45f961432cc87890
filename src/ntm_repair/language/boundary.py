"""Which words at the two ends of a run belong to it, by all the evidence there is at once.

The rules of `edges` settle what can be told from a word and its neighbour. What is left is chiefly names, acronyms and
terms: "phương | Oxfam wants to help us | pháp" has the name inside, "của quỹ Turner | a possible way | để" outside.
Each way to draw the two ends gets a score, a sum of weighted features, and the best is taken: a conditional logit model
(McFadden 1974), fitted on planted text by tools/fit_boundary.py. What tells most is how well the Vietnamese reads on
without the run, and whether the article has the name elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from ntm_repair.context import Context
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.reach import ends, kind, starts, touch
from ntm_repair.language.reading import Reading
from ntm_repair.language.words import Word
from ntm_repair.vietnamese import is_syllable

LEAST_GAIN = 0.5
"""Nats by which other ends must be better than those given."""
Features = dict[str, float]


def moved(reading: Reading, first: int, last: int, evidence: Evidence) -> tuple[int, int]:
    """The run of words `first` to `last` with its ends where they fit best."""
    weights = evidence.boundary
    firsts, lasts = starts(reading, first, last, evidence), ends(reading, first, last, evidence)
    if not weights or len(firsts) == len(lasts) == 1:
        return first, last
    opening = [weighed(at_start(reading, i, first, last, evidence), weights) for i in firsts]
    closing = [weighed(at_end(reading, j, first, last, evidence), weights) for j in lasts]
    best, chosen = -inf, (first, last)
    for i, before in zip(firsts, opening, strict=True):
        for j, after in zip(lasts, closing, strict=True):
            if i <= j:
                score = before + after + weighed(across(reading, i, j, evidence.context), weights)
                score += LEAST_GAIN if (i, j) == (first, last) else 0.0
                if score > best:
                    best, chosen = score, (i, j)
    return chosen


def candidates(reading: Reading, first: int, last: int, evidence: Evidence) -> list[tuple[int, int]]:
    """The ways to draw the ends of a run, the given one first."""
    lasts = ends(reading, first, last, evidence)
    return [(i, j) for i in starts(reading, first, last, evidence) for j in lasts if i <= j]


def features(reading: Reading, span: tuple[int, int], first: int, last: int, evidence: Evidence) -> Features:
    """What speaks for and against a way to draw the ends of the run `first` to `last`."""
    i, j = span
    parts = (
        at_start(reading, i, first, last, evidence),
        at_end(reading, j, first, last, evidence),
        across(reading, i, j, evidence.context),
    )
    return {name: sum(p.get(name, 0.0) for p in parts) for name in {name for p in parts for name in p}}


def weighed(values: Features, weights: Mapping[str, float]) -> float:
    """The weighted sum of features; one that has no weight says nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in values.items())


def at_start(reading: Reading, i: int, first: int, last: int, evidence: Evidence) -> Features:
    """What word i as the start of the run `first` to `last`, the one before it and what is gained or lost there say."""
    words = reading.words
    found = _end_of_run("start", words[i], words[i - 1] if i > 0 else None, evidence)
    found[f"start moved {max(-2, min(2, i - first))}"] = 1.0
    own = words[min(i, first)].start, words[last].end
    return found | _gained(reading, range(i, first), range(first, i), 1, own)


def at_end(reading: Reading, j: int, first: int, last: int, evidence: Evidence) -> Features:
    """What word j as the end of the run `first` to `last`, the one after it and what is gained or lost there say."""
    words = reading.words
    found = _end_of_run("end", words[j], words[j + 1] if j + 1 < len(words) else None, evidence)
    found[f"end moved {max(-2, min(2, j - last))}"] = 1.0
    own = words[first].start, words[max(j, last)].end
    return found | _gained(reading, range(last + 1, j + 1), range(j + 1, last + 1), 0, own)


def across(reading: Reading, i: int, j: int, context: Context) -> Features:
    """How much likelier the Vietnamese after the run is after that before it than anywhere, in nats."""
    likelier = reads_on(reading, i, j, context)
    return {} if likelier is None else {"reads on": max(-3.0, min(6.0, likelier))}


def reads_on(reading: Reading, i: int, j: int, context: Context) -> float | None:
    """How much likelier the two words after a run are, in nats, if those before it come directly before them.

    None where what stands on either side is no syllable, or a mark parts it from the run.
    """
    words = reading.words
    if i == 0 or j + 1 >= len(words) or not (touch(words[i - 1], words[i]) and touch(words[j], words[j + 1])):
        return None
    before, after = words[i - 1], words[j + 1]
    if before.neutral or after.neutral or not (is_syllable(before.text) and is_syllable(after.text)):
        return None
    left, right = before.text.lower(), after.text.lower()
    further = words[i - 2] if i > 1 else None
    earlier = further.text.lower() if further and not further.neutral and touch(further, before) else ""
    likelier = context.logp(right, left, earlier) - context.logp(right)
    following = words[j + 2] if j + 2 < len(words) else None
    if following and not following.neutral and touch(after, following):
        later = following.text.lower()
        likelier += context.logp(later, right, left) - context.logp(later, right)
    return likelier


def _end_of_run(side: str, word: Word, outside: Word | None, evidence: Evidence) -> Features:
    """The kinds of the word at one end and of what stands directly beside it, and how the two go together in news."""
    found = {f"{side} {kind(word, evidence)}": 1.0}
    if outside is None:
        return found
    left, right = (outside, word) if side == "start" else (word, outside)
    if not touch(left, right):
        return found
    found[f"beside {side} {kind(outside, evidence)}"] = 1.0
    if not (word.neutral or outside.neutral):
        pair = left.text.lower(), right.text.lower()
        if evidence.context.pair(*pair) > 0:
            found["pair"] = max(-3.0, min(6.0, evidence.context.association(*pair)))
        else:
            found["no pair"] = 1.0
    return found


def _gained(reading: Reading, more: range, fewer: range, inward: int, own: tuple[int, int]) -> Features:
    """What the words say that the run gains at one end, less what those say that it loses.

    `inward` is 1 at the start, where the English pair of a word is that with the word after it, 0 at the end; `own` is
    the span of the run with what it may gain, in code points of the paragraph.
    """
    scores, english = reading.scores, reading.english
    return {
        "words": float(len(more) - len(fewer)),
        "evidence": sum(scores[k] for k in more) - sum(scores[k] for k in fewer),
        "english": sum(english[k + inward] for k in more) - sum(english[k + inward] for k in fewer),
        "elsewhere": float(
            sum(_elsewhere(reading, k, own) for k in more) - sum(_elsewhere(reading, k, own) for k in fewer)
        ),
    }


def _elsewhere(reading: Reading, i: int, own: tuple[int, int]) -> bool:
    """Whether the article has a foreign word again, outside the run: then it is one of the Vietnamese text."""
    word = reading.words[i].text
    return not is_syllable(word) and reading.article.count(word) > reading.paragraph.count(word, *own)
