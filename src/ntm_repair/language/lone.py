"""Words that stand alone among Vietnamese: which of them are shown, and what the words around them say.

A lone word is English or not by very little: its own evidence, how it stands beside its two neighbours, and how well
those go together without it. Vietnamese has some of these spellings too ("to", "in", "the", "be", "no"), and loanwords
that are at home everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ntm_repair.language.boundary import reads_on
from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.evidence import LONE, Evidence
from ntm_repair.language.reach import touch
from ntm_repair.language.reading import Reading
from ntm_repair.language.runs import SURE
from ntm_repair.language.smoothing import raised
from ntm_repair.vietnamese import is_syllable

OPENER_NATS = 2.0
"""Evidence a word needs that opens a sentence as residue does."""
OPENER = 0.4
"""Posterior it is shown with: of those in clean text and in planted text about as many are residue."""


def openers_of(reading: Reading, evidence: Evidence) -> Iterator[int]:
    """Common English words that open an otherwise Vietnamese sentence: "Show vẫn còn ...", not "Show diễn ...".

    A loanword opens a sentence seldom, and then in front of a word that news has beside it.
    """
    words, scores = reading.words, reading.scores
    for i, nats in enumerate(scores[:-1]):
        if nats >= OPENER_NATS and scores[i + 1] < 0 and reading.bonds[i + 1] < 0:
            word = words[i]
            if word.opens and word.capital and not word.neutral and evidence.may_open(word.text):
                yield i


def lone_words(reading: Reading, taken: Collection[int], evidence: Evidence) -> Iterator[int]:
    """The words that are shown by themselves, of those not `taken` by a run; their posteriors are raised by `lift`."""
    p = evidence.parameters
    posterior, bonds = reading.posterior, reading.bonds
    least = raised(p.doubtful, -p.inserted)
    for i, likely in enumerate(posterior):
        if not least < likely <= SURE or i in taken or reading.words[i].neutral:
            continue
        word = reading.words[i]
        nats = lift(reading, i, i, evidence) if reading.scores[i] > 0 else 0.0
        if nats:
            posterior[i] = raised(likely, nats)
        elif bonds[i] > 0 or (i + 1 < len(bonds) and bonds[i + 1] > 0):
            continue  # it is at home there
        if posterior[i] <= (p.doubtful if word.capital or is_function_word(word.text) else LONE):
            continue
        if not (_is_missed(reading, i, evidence) or _is_of_name(reading, i)):
            yield i


def lift(reading: Reading, first: int, last: int, evidence: Evidence) -> float:
    """What the words around a run say for its being English, in nats, if nothing but spaces parts them from it.

    Nothing, if it is a loanword of every day: such a one stands between words that go together, too ("tiếng | radio |
    hát").
    """
    words = reading.words
    if not 0 < first <= last < len(words) - 1:
        return 0.0
    before, after = words[first - 1], words[last + 1]
    if before.neutral or after.neutral or before.end + 1 != words[first].start or words[last].end + 1 != after.start:
        return 0.0
    if first == last and evidence.is_borrowed(words[first].text):
        return 0.0
    return evidence.lift(before.text, after.text) if is_syllable(before.text) and is_syllable(after.text) else 0.0


def _is_missed(reading: Reading, i: int, evidence: Evidence) -> bool:
    """Whether a syllable that Vietnamese uses every day is missed without it: "mưa có | to | mấy thì nửa tiếng là rút".

    Nothing was put between words that are less likely beside each other than anywhere. Of rarer syllables ("the lưỡi",
    "be ghe") as many again are left over, so that they are shown.
    """
    if not evidence.is_own(reading.words[i].text):
        return False
    likelier = reads_on(reading, i, i, evidence.context)
    return likelier is not None and likelier < 0


def _is_of_name(reading: Reading, i: int) -> bool:
    """Whether a syllable in Title Case stands after another, as in a Vietnamese name: "ông Tám | On", "Gò | Me"."""
    if not i or not touch(*reading.words[i - 1 : i + 1]):
        return False
    before, word = reading.words[i - 1 : i + 1]
    return word.capital and before.capital and not before.opens and is_syllable(word.text) and is_syllable(before.text)
