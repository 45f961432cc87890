"""The garble score: how much of an article is damaged, as one number to filter by."""

from __future__ import annotations

from collections.abc import Iterable

from ntm_repair.segment import words
from ntm_repair.types import Finding


def garble_score(findings: Iterable[Finding], total: int) -> float:
    """The share of the `total` words of a text that lie in findings, each finding weighted by its confidence.

    0 where nothing is found or there are no words, 1 where every word is surely damaged; rounded to four digits. A
    word is a run of letters, marks and digits. Findings must not overlap, as those of a scan do not.
    """
    damaged = sum(words(f.text) * f.confidence for f in findings)
    return round(min(1.0, damaged / total), 4) if total else 0.0
