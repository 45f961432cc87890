"""Two-state forward-backward over the words of a paragraph (Rabiner 1989): Vietnamese or English, with a posterior.

A word's own evidence is weak at the edges of a run ("a", "in", "to" are syllables of both languages); what decides is
that languages change seldom. States change with the probabilities `enter` and `leave` per word.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log1p


def posteriors(evidence: Sequence[float], bonds: Sequence[float], enter: float, leave: float) -> list[float]:
    """P(English) for each word, from log-odds in nats.

    `bonds[i]` is what the Vietnamese reading of words i - 1 and i together gains over that of each alone; `enter` and
    `leave` are log-probabilities of a change.
    """
    if not evidence:
        return []
    stay_vi, stay_en = log1p(-exp(enter)), log1p(-exp(leave))
    start_en = enter - _add(enter, leave)
    start_vi = leave - _add(enter, leave)
    # forward[i] is (Vietnamese, English); evidence goes to the English side only, as odds.
    forward = [(start_vi, start_en + evidence[0])]
    for odds, bond in zip(evidence[1:], bonds[1:], strict=True):
        vi, en = forward[-1]
        forward.append((_add(vi + stay_vi + bond, en + leave), _add(vi + enter, en + stay_en) + odds))
    result = [0.0] * len(evidence)
    back_vi = back_en = 0.0
    for i in range(len(evidence) - 1, -1, -1):
        vi, en = forward[i][0] + back_vi, forward[i][1] + back_en
        result[i] = 1 / (1 + exp(min(700.0, vi - en)))
        next_en = back_en + evidence[i]
        back_vi, back_en = _add(back_vi + stay_vi + bonds[i], next_en + enter), _add(back_vi + leave, next_en + stay_en)
    return result


def _add(a: float, b: float) -> float:
    """log(exp(a) + exp(b))."""
    high, low = (a, b) if a > b else (b, a)
    return high + log1p(exp(low - high))
