"""Of a caption printed twice, where the other copy stands: who is to delete one wants to see both."""

from __future__ import annotations

from ntm_repair.messages import Language, phrase
from ntm_repair.pipeline import Scanned
from ntm_repair.report.diff import visible
from ntm_repair.report.positions import Positions
from ntm_repair.types import Finding

SHOWN = 160
"""Code points of the copy that are shown; captions are shorter."""


def other_copy(scanned: Scanned, finding: Finding, positions: Positions, language: Language) -> str:
    """The line of the copy that would stay, and its text; nothing for a finding that is no repeat.

    `positions` says which lines are meant, those of the file or those of the text.
    """
    start, end = finding.evidence.get("repeats_start"), finding.evidence.get("repeats_end")
    if not isinstance(start, int) or not isinstance(end, int):
        return ""
    # Rules count in the NFC view of the text.
    first, _ = scanned.article.view.to_source(start, end)
    text = " ".join(scanned.article.text[start:end].split())
    text = text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} …"
    return phrase("report.other_copy", language, line=positions.line_column(first)[0], text=visible(text))
