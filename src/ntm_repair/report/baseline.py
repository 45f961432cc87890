"""`scan --baseline`: what an earlier report already names is not reported again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ntm_repair.errors import UsageError
from ntm_repair.types import Message


def known_findings(path: str) -> frozenset[tuple[str, str, str]]:
    """File name, record and fingerprint of the findings in a report of format json, jsonl or sarif.

    Raises UsageError for a file that is missing or no such report.
    """
    try:
        text = Path(path).read_text("utf-8-sig")
    except FileNotFoundError:
        raise UsageError(Message("error.missing", {"path": path})) from None
    except (OSError, UnicodeDecodeError):
        raise UsageError(Message("error.baseline", {"path": path})) from None
    try:
        return frozenset(_known(text))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise UsageError(Message("error.baseline", {"path": path})) from None


def _known(text: str) -> Iterator[tuple[str, str, str]]:
    try:
        report = json.loads(text)
    except ValueError:
        for line in text.splitlines():
            yield from _row(json.loads(line))
        return
    if "documents" in report:
        for document in report["documents"]:
            yield from _row({**document["source"], "findings": document["findings"]})
    elif "runs" in report:
        for run in report["runs"]:
            for result in run["results"]:
                location = result["locations"][0]
                name = Path(unquote(location["physicalLocation"]["artifactLocation"]["uri"])).name
                record = location.get("logicalLocations", [{"name": ""}])[0]["name"]
                yield name, record, result["partialFingerprints"]["ntmRepair/v1"]
    else:
        yield from _row(report)


def _row(row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for finding in row["findings"]:
        yield Path(row["path"]).name, row["id"], finding["fingerprint"]
