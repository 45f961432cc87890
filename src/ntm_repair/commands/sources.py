"""Every article of some files, those of record files among them, for a person to go through."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ntm_repair.batch.neighbours import joined, neighbourhoods
from ntm_repair.commands.common import tell
from ntm_repair.config import Config
from ntm_repair.errors import UnreadableError
from ntm_repair.files import read_unit
from ntm_repair.formats import Unit, record_format
from ntm_repair.formats.base import BadRecord
from ntm_repair.messages import Language, phrase, say
from ntm_repair.types import Document, Message


@dataclass
class Sources:
    """The articles of the files, records among them, one by one; what cannot be read is said and counted."""

    files: Sequence[str]
    config: Config
    lang: Language
    failed: int = 0
    near: list[Hashable] = field(default_factory=list)
    """For each article that was read, what it shares with its neighbours in a scan that asks them."""

    def __iter__(self) -> Iterator[Unit | Document]:
        neighbours = neighbourhoods(self.files) if self.config["neighbours"] else {}
        for number, path in enumerate(self.files, 1):
            if len(self.files) > 1 and sys.stderr.isatty():
                text = phrase("review.reading", self.lang, number=number, count=len(self.files))
                print(f"\r\x1b[K{text}", end="\r\x1b[K" if number == len(self.files) else "", file=sys.stderr)
            try:
                for article, block in self._articles(path):
                    self.near.append(neighbours.get(path) or (path, block))
                    yield article
            except UnreadableError as error:
                self._failed(error.message)

    def _articles(self, path: str) -> Iterator[tuple[Unit | Document, int]]:
        """The articles of a file, with the number of the block of neighbours that a record stands in."""
        form = record_format(path)
        if form is None:
            yield read_unit(Path(path), self.config["encoding"]), 0
            return
        source = form.source(Path(path), self.config.fields, self.config["encoding"])
        try:
            for number, raw in ((n, raw) for n, block in enumerate(joined(source.blocks())) for raw in block.raws):
                try:
                    if raw.readable:
                        yield form.parse(raw, source.shape).document, number
                        continue
                    problem = raw.problem
                except BadRecord as error:
                    problem = error.message
                if problem is not None:
                    said = say(problem, self.lang)
                    self._failed(Message("record.line", {"path": path, "line": raw.number, "what": said}))
        finally:
            source.close()

    def _failed(self, message: Message) -> None:
        self.failed += 1
        tell(say(message, self.lang))
