"""Two-state forward-backward over the words of a stretch (Rabiner 1989): Vietnamese or English, with a posterior.

A word's own evidence is weak at the edges of a run ("a", "in", "to" are syllables of both languages); what decides is
that languages change seldom. States change with the probabilities `enter` and `leave` per word.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, expm1


def posteriors(
    evidence: Sequence[float],
    bonds: Sequence[float],
    english: Sequence[float],
    enter: float,
    leave: float,
    *,
    begins: bool = False,
) -> list[float]:
    """P(English) for each word, from log-odds in nats.

    `bonds[i]` is what the Vietnamese reading of words i - 1 and i together gains over that of each alone, `english[i]`
    what the English one does; `enter` and `leave` are log-probabilities of a change. `begins` says that the word before
    the first is known to be Vietnamese; else the first word's state is drawn from the share that each has in the long
    run.
    """
    into, out = exp(enter), exp(leave)
    stay_vi, stay_en = -expm1(enter), -expm1(leave)
    odds = [exp(nats) for nats in evidence]
    joined = [stay_vi * exp(bond) if bond else stay_vi for bond in bonds]
    paired = [stay_en * exp(bond) if bond else stay_en for bond in english]
    # Only the ratio English : Vietnamese is carried along, forward and backward; it is bounded by
    # paired * odds / out.
    forward = [(into / stay_vi if begins else into / out) * odds[0]]
    for i in range(1, len(odds)):
        before = forward[-1]
        forward.append((into + before * paired[i]) * odds[i] / (joined[i] + before * out))
    result = [0.0] * len(odds)
    backward = 1.0
    for i in range(len(odds) - 1, -1, -1):
        ratio = forward[i] * backward
        result[i] = ratio / (1 + ratio)
        ahead = odds[i] * backward
        backward = (out + paired[i] * ahead) / (joined[i] + into * ahead)
    return result


def raised(posterior: float, nats: float) -> float:
    """A posterior with so much more evidence for it."""
    odds = posterior * exp(nats)
    return odds / (odds + 1 - posterior)
