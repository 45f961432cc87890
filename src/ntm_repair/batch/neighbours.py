"""Which articles of a run are neighbours, and their texts.

Files: all of the run in the order of their paths, cut where `MOST_FILES` or `MOST_BYTES` would be passed. Records:
those of `BLOCKS` blocks of their file. What is a neighbour depends neither on the order of the arguments nor on the
workers.
"""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_repair.errors import RepairError
from ntm_repair.files import read_unit
from ntm_repair.formats import record_format, record_format_named
from ntm_repair.formats.base import Block, Raw, Shape
from ntm_repair.pipeline import Scanned
from ntm_repair.resources import Resources
from ntm_repair.suggest import SUGGESTERS
from ntm_repair.types import Document

if TYPE_CHECKING:
    from ntm_repair.suggest.neighbours import Neighbour

MOST_FILES = 300
MOST_BYTES = 4 * 2**20
"""Of the files of one neighbourhood: what a process reads again for a finding, and holds."""
BLOCKS = 4
"""Blocks of records that make a neighbourhood: about a megabyte of lines."""


def neighbourhoods(paths: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Every article file with the files of its neighbourhood by their full paths, itself among them.

    Files of records have none.
    """
    places = {path: os.path.abspath(path) for path in paths if record_format(path) is None}  # noqa: PTH100
    found: dict[str, tuple[str, ...]] = {}
    near: list[str] = []
    size = 0

    def together() -> None:
        found.update(dict.fromkeys(near, tuple(near)))

    for place in sorted(set(places.values())):
        bytes_of = _size(place)
        if near and (len(near) == MOST_FILES or size + bytes_of > MOST_BYTES):
            together()
            near, size = [], 0
        near.append(place)
        size += bytes_of
    together()
    return {path: found[place] for path, place in places.items()}


def joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a file of records, as many together as are neighbours."""
    raws: list[Raw] = []
    read = 0.0
    try:
        for number, block in enumerate(blocks, 1):
            raws += block.raws
            read = block.read
            if number % BLOCKS == 0:
                yield Block(tuple(raws), read=read)
                raws = []
    except RepairError:  # the file is damaged further on; what came before is not
        if raws:
            yield Block(tuple(raws), read=read)
        raise
    if raws:
        yield Block(tuple(raws), read=read)


@lru_cache(maxsize=4)
def read_neighbours(paths: tuple[str, ...], encoding: str | None) -> tuple[Neighbour, ...]:
    """The articles in some files; what cannot be read is passed over: it is told where its own turn comes."""
    found = []
    for path in paths:
        with suppress(Exception):
            found.append(neighbour(read_unit(Path(path), encoding).document))
    return tuple(found)


def block_neighbours(raws: Sequence[Raw], shape: Shape) -> tuple[Neighbour, ...]:
    """The articles of neighbouring records, but for those that cannot be read: they are told in their turn."""
    form = record_format_named(shape.format)
    found = []
    for raw in raws:
        if raw.readable:
            with suppress(Exception):
                found.append(neighbour(form.parse(raw, shape).document))
    return tuple(found)


def neighbour(document: Document) -> Neighbour:
    """An article as a neighbour of others."""
    from ntm_repair.suggest.neighbours import Neighbour

    return Neighbour(place_of(document), unicodedata.normalize("NFC", document.text))


def asked(scanned: Scanned, others: Callable[[], Sequence[Neighbour]], resources: Resources) -> Scanned:
    """The article with what its neighbours show of its left-over English; where it has none they are not read."""
    if all(f.rule not in SUGGESTERS for f in scanned.findings):
        return scanned
    from ntm_repair.suggest.neighbours import with_neighbours

    around = [n for n in others() if n.key != place_of(scanned.document)]
    return replace(scanned, findings=with_neighbours(scanned.article, scanned.findings, around, resources))


def asked_around(scans: Sequence[Scanned], near: Sequence[Hashable], resources: Resources) -> list[Scanned]:
    """The articles with what their neighbours show; those with the same `near`, one for each, are neighbours."""
    members: dict[Hashable, list[Neighbour]] = defaultdict(list)
    for scanned, where in zip(scans, near, strict=True):
        members[where].append(neighbour(scanned.document))
    for others in members.values():
        others.sort(key=lambda n: n.key[0])  # records stay in their order
    return [asked(s, partial(members.__getitem__, where), resources) for s, where in zip(scans, near, strict=True)]


def place_of(document: Document) -> tuple[str, str]:
    """What an article is known by among its neighbours: the full path of its file, and the record's name."""
    return os.path.abspath(document.source.path), document.source.id  # noqa: PTH100 - links stay as they are


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0
