"""What a rule saw at a finding, in words for an editor: `Finding.evidence` with names and values readable."""

from __future__ import annotations

from ntm_repair.messages import CATALOGUES, Language, figure, phrase
from ntm_repair.pipeline import Scanned
from ntm_repair.report.diff import visible
from ntm_repair.report.othercopy import other_copy
from ntm_repair.report.positions import Positions
from ntm_repair.types import Finding, Scalar


def evidence_lines(finding: Finding, language: Language) -> list[str]:
    """A line a piece of evidence; one that the catalogue does not name keeps the name it has in JSON."""
    return [
        f"{_named(name, language)}: {visible(_shown(name, value, language))}"
        for name, value in finding.evidence.items()
        if value not in ("", None, ())
    ]


def notices(scanned: Scanned, finding: Finding, language: Language) -> list[str]:
    """What must be known before an answer is given: what it will do, what moved its score, where the like stands."""
    found = [
        phrase(f"review.notice.{name}", language, value=visible(value.strip()) if isinstance(value, str) else value)
        for name, value in finding.evidence.items()
        if f"review.notice.{name}" in CATALOGUES[language] and not isinstance(value, tuple)
    ]
    other = other_copy(scanned, finding, Positions(scanned.document), language)
    return [other, *found] if other else found


def _named(name: str, language: Language) -> str:
    key = f"evidence.{name}"
    return phrase(key, language) if key in CATALOGUES[language] else name


def _shown(name: str, value: Scalar | tuple[Scalar, ...], language: Language) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(_shown(name, v, language) for v in value)
    if isinstance(value, bool):
        return phrase("evidence.yes" if value else "evidence.no", language)
    if isinstance(value, float):
        return figure(value, language)
    key = f"evidence.{name}.{value}"
    return phrase(key, language) if key in CATALOGUES[language] else str(value)
