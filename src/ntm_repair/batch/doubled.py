"""Names that records with different texts share: a decision on one of them must not reach the others, unseen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ntm_repair.batch.tasks import Settings
from ntm_repair.formats import record_format
from ntm_repair.formats.base import BadRecord
from ntm_repair.types import Decision, Document


def doubled_names(documents: Iterable[Document], among: frozenset[str] | None = None) -> dict[str, int]:
    """The names that records of a file share although their texts differ, each with how many texts; `among` these."""
    texts: dict[str, set[str]] = {}
    for document in documents:
        name = document.source.id
        if name and (among is None or name in among):
            texts.setdefault(name, set()).add(document.source.sha256)
    return {name: len(found) for name, found in texts.items() if len(found) > 1}


def doubled_in(path: str, settings: Settings, decisions: Iterable[Decision]) -> frozenset[str]:
    """Which of the records that decisions speak of share their name with another text of the file.

    The file is read once more for that, where there are such decisions. Raises as the format's `source` and `blocks`.
    """
    decided = frozenset(d.record for d in decisions if d.scope == "this" and d.record)
    form = record_format(path)
    if not decided or form is None:
        return frozenset()
    source = form.source(Path(path), settings.fields, settings.encoding)

    def documents() -> Iterable[Document]:
        for block in source.blocks():
            for raw in block.raws:
                try:
                    if raw.readable:
                        yield form.parse(raw, source.shape).document
                except BadRecord:
                    continue  # said where the record is worked on

    try:
        return frozenset(doubled_names(documents(), decided))
    finally:
        source.close()
