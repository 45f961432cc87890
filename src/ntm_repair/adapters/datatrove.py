"""A datatrove step: scan or repair every document of a pipeline, on any of its executors. Needs ntm-repair[datatrove].

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from ntm_repair.adapters.datatrove import NtmRepair

LocalPipelineExecutor([JsonlReader("vao"), NtmRepair(), JsonlWriter("ra")], tasks=8, workers=2).run()
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from datatrove.data import DocumentsPipeline
from datatrove.pipeline.base import PipelineStep

from ntm_repair.accept import LEVELS, Level

TOGETHER = 64
"""Documents read before the first is handed on: what can be asked of many at once is asked once."""


class NtmRepair(PipelineStep):  # type: ignore[misc]
    """Adds `ntm_score` and `ntm_findings` to a document's metadata, and repairs its text as far as `accept` goes.

    accept: "none" only finds; "safe" applies what rules call safe; "review" also first suggestions at least as sure
        as `min_confidence` (0 to 1).
    max_score: documents with a higher garble score are dropped, and counted; None keeps all.

    A document that cannot be worked on passes unchanged, with `ntm_error` in its metadata. Statistics count documents,
    findings by rule, changed and dropped documents.
    """

    name = "ntm-repair"
    type = "📝 - REPAIR"

    def __init__(self, accept: Level = "safe", min_confidence: float = 1.0, max_score: float | None = None) -> None:
        super().__init__()
        if accept not in LEVELS:
            raise ValueError(f"accept must be one of {', '.join(LEVELS)}, not {accept!r}")
        self.accept: Level = accept
        self.min_confidence = min_confidence
        self.max_score = max_score

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Any:
        """The documents in order; some are read before the first is handed on."""
        from ntm_repair.api import repair_texts

        documents = iter(data or ())
        while group := list(islice(documents, TOGETHER)):
            with self.track_time():
                rows = list(repair_texts((d.text for d in group), self.accept, self.min_confidence))
            yield from self._kept(group, rows)

    def _kept(self, documents: Sequence[Any], rows: Sequence[dict[str, Any]]) -> Iterator[Any]:
        for document, made in zip(documents, rows, strict=True):
            self.stat_update("total")
            self._note(document, made)
            if self.max_score is not None and document.metadata.get("ntm_score", 0.0) > self.max_score:
                self.stat_update("dropped")
                continue
            self.stat_update("forwarded")
            yield document

    def _note(self, document: Any, made: dict[str, Any]) -> None:
        if "ntm_error" in made:
            document.metadata["ntm_error"] = made["ntm_error"]
            self.stat_update("failed")
            return
        for finding in made["ntm_findings"]:
            self.stat_update(f"finding_{finding['rule']}")
        if made["text_clean"] != document.text:
            self.stat_update("changed")
        document.text = made["text_clean"]
        document.metadata["ntm_score"] = made["ntm_score"]
        document.metadata["ntm_findings"] = made["ntm_findings"]
