"""Which suggestions are worth showing: a person who reads five unlikely ones trusts the sixth less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ntm_repair.types import Finding

LEAST = 0.1
"""Suggestions with a lower score are not offered. On 1,090 planted fragments 117 of the 1,367 below it were right, and
16 of the 1,054 fragments with a right one lose it; on 67 real fragments none of 54 was right (the lines "repairs" of
`python benchmarks/quality.py FOLDER`, November 2026)."""


def likely(findings: Iterable[Finding], least: float = LEAST) -> tuple[Finding, ...]:
    """The findings without suggestions that score below `least`; what equals share (see `standing`) stays the same."""
    return tuple(_likely(finding, least) for finding in findings)


def _likely(finding: Finding, least: float) -> Finding:
    kept = tuple(s for s in finding.suggestions if s.score >= least)
    if len(kept) == len(finding.suggestions):
        return finding
    first = finding.ranked_first or (finding.suggestions[0].replacement,)
    return replace(finding, suggestions=kept, ranked_first=first)
