"""`scan --format sarif`: SARIF 2.1.0 for code hosts and editors. https://docs.oasis-open.org/sarif/sarif/v2.1.0/"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ntm_repair import __version__
from ntm_repair.messages import Language, say
from ntm_repair.pipeline import Scanned
from ntm_repair.report.positions import Positions
from ntm_repair.rules import RULES
from ntm_repair.types import Finding, Suggestion

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"safe": "warning", "review": "warning", "none": "note"}


def head(language: Language) -> dict[str, Any]:
    """The log without its results: one run, its tool and rules. `results` is the run's last key, and empty."""
    rules = [
        {
            "id": r.code,
            "name": "".join(part.capitalize() for part in r.name.split("-")),
            "shortDescription": {"text": r.name},
            "fullDescription": {"text": r.why[language]},
        }
        for r in RULES
    ]
    driver = {"name": "ntm-repair", "version": __version__, "semanticVersion": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": []}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def results(scanned: Scanned, line: int, language: Language) -> list[dict[str, Any]]:
    """The findings of one article; those of a record stand at its line, `line` from 1."""
    positions = Positions.in_file(scanned)
    return [_result(scanned, f, positions, line, language) for f in scanned.findings]


def _result(scanned: Scanned, finding: Finding, positions: Positions, line: int, language: Language) -> dict[str, Any]:
    source = scanned.document.source
    artifact = {"uri": _uri(source.path)}
    region = {"startLine": line} if line else _region(finding, positions)
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": artifact,
            "region": {**region, "snippet": {"text": _sound(finding.text)}},
        }
    }
    if source.id:
        location["logicalLocations"] = [{"name": _sound(source.id), "kind": "object"}]
    codes = [r.code for r in RULES]
    made: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.applicability],
        "message": {"text": _sound(say(finding.message, language))},
        "locations": [location],
        "partialFingerprints": {"ntmRepair/v1": finding.fingerprint},
        "rank": round(finding.confidence * 100, 2),
    }
    if finding.rule in codes:
        made["ruleIndex"] = codes.index(finding.rule)
    # A fix is only right where text is what the file holds: not in a record, a page's markup or a Word file.
    if finding.suggestions and not line and (scanned.unit is None or scanned.unit.pieces is None):
        made["fixes"] = [_fix(finding, s, positions, artifact, language) for s in finding.suggestions]
    return made


def _fix(
    finding: Finding, suggestion: Suggestion, positions: Positions, artifact: dict[str, str], language: Language
) -> dict[str, Any]:
    region = _region(finding, positions, "" if suggestion.replacement else finding.takes)
    content = {"text": _sound(suggestion.replacement)}
    change = {"artifactLocation": artifact, "replacements": [{"deletedRegion": region, "insertedContent": content}]}
    return {"description": {"text": _sound(say(suggestion.why, language))}, "artifactChanges": [change]}


def _region(finding: Finding, positions: Positions, takes: str = "") -> dict[str, int]:
    line, column = positions.line_column(finding.start - len(takes))
    end_line, end_column = positions.line_column(finding.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _uri(path: str) -> str:
    pure = PurePath(path)
    data = pure.as_posix().encode("utf-8", "surrogateescape")
    return ("file://" if pure.is_absolute() else "") + quote(data, safe="/")


def _sound(text: str) -> str:
    """`text` without lone surrogates, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
