"""`ntm-repair scan`: find and explain."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence

from ntm_repair import pipeline
from ntm_repair.commands.common import Inputs, language, lexicon_paths, tell
from ntm_repair.errors import EXIT_FINDINGS, EXIT_OK, UsageError
from ntm_repair.messages import Language, phrase
from ntm_repair.pipeline import Scanned
from ntm_repair.types import Message

FORMATS = ("text", "json")


def run(paths: Sequence[str], format: str, lexicons: Sequence[str], encoding: str | None, lang: str) -> int:
    """Scan the articles and print the findings."""
    said_in = language(lang)
    if format not in FORMATS:
        raise UsageError(Message("error.format", {"format": format}))
    inputs = Inputs(paths, encoding, said_in)
    inputs.files()
    resources = pipeline.load_resources(lexicon_paths(lexicons))
    scans = (pipeline.scan(document, resources) for document in inputs.documents())
    if format == "json":
        found = _print_json(scans, resources.lexicon.sha256, said_in)
    else:
        found = _print_text(scans, said_in)
    return inputs.exit_code(EXIT_FINDINGS if found else EXIT_OK)


def _print_text(scans: Iterator[Scanned], lang: Language) -> int:
    from ntm_repair.report import text

    found = documents = 0
    for scanned in scans:
        if documents:
            print()
        for line in text.lines(scanned, lang):
            print(line)
        found += len(scanned.findings)
        documents += 1
    if documents > 1:
        tell(phrase("scan.total", lang, findings=found, documents=documents))
    return found


def _print_json(scans: Iterator[Scanned], lexicon_sha256: str, lang: Language) -> int:
    """One object; the documents are printed as they are scanned, so that memory does not grow with their number."""
    from ntm_repair.report import json as report

    found = 0
    opening = json.dumps(report.header(lexicon_sha256), ensure_ascii=False)
    sys.stdout.write(f'{opening[:-1]}, "documents": [')
    for i, scanned in enumerate(scans):
        separator = ",\n" if i else "\n"
        sys.stdout.write(separator + json.dumps(report.document(scanned, lang), ensure_ascii=False))
        found += len(scanned.findings)
    sys.stdout.write("\n]}\n")
    return found
