"""`scan --format json`: the stable record of findings; described in docs/json.md and docs/findings.schema.json."""

from __future__ import annotations

from typing import Any

from ntm_repair import __version__
from ntm_repair.messages import Language, say
from ntm_repair.pipeline import Scanned
from ntm_repair.report.positions import Positions
from ntm_repair.rules import names
from ntm_repair.types import Finding

SCHEMA_VERSION = 1


def header(lexicon_sha256: str) -> dict[str, Any]:
    """What stands before the documents: schema and tool."""
    tool = {"name": "ntm-repair", "version": __version__, "lexicon_sha256": lexicon_sha256}
    return {"schema_version": SCHEMA_VERSION, "tool": tool}


def document(scanned: Scanned, language: Language) -> dict[str, Any]:
    """One scanned article. Offsets are code points of the decoded source and bytes of the file."""
    source = scanned.document.source
    positions = Positions.in_file(scanned)
    return {
        "source": {
            "path": source.path,
            "id": source.id,
            "sha256": source.sha256,
            "encoding": source.encoding,
            "newline": source.newline,
        },
        "words": scanned.article.words,
        "score": scanned.score,
        "findings": [_finding(f, positions, language) for f in scanned.findings],
    }


def _finding(finding: Finding, positions: Positions, language: Language) -> dict[str, Any]:
    line, column = positions.line_column(finding.start)
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "name": names()[finding.rule],
        "applicability": finding.applicability,
        "confidence": round(finding.confidence, 4),
        "start": finding.start,
        "end": finding.end,
        "byte_start": positions.byte(finding.start),
        "byte_end": positions.byte(finding.end),
        "line": line,
        "column": column,
        "text": finding.text,
        "message": say(finding.message, language),
        "evidence": dict(finding.evidence),
        "suggestions": [
            {
                "replacement": s.replacement,
                "score": round(s.score, 4),
                "source": s.source,
                "why": say(s.why, language),
            }
            for s in finding.suggestions
        ],
    }
