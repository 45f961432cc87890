"""Which files a run takes and where each one's result goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ntm_repair.errors import UsageError
from ntm_repair.files import RUN_FILES, STATE, find_articles
from ntm_repair.types import Message


class Shard(NamedTuple):
    """An input file and its result's path below the output folder; one result a file."""

    path: str
    output: str


def plan(paths: Sequence[str], out: Path, exclude: Sequence[str] = (), ours: list[Path] | None = None) -> list[Shard]:
    """The shards of a run in order: files by their name, folders with what is below them.

    A single folder's files keep their place below `out`; of several, each gets a folder of its name. `ours` takes what
    the program wrote itself. Raises UsageError where two results would share a path, or a result would be its input.
    """
    target = out.resolve()
    shards: list[Shard] = []
    for name in dict.fromkeys(paths):
        root = Path(name)
        prefix = Path(root.resolve().name) if len(paths) > 1 and root.is_dir() else Path()
        for path in find_articles(root, exclude, ours):
            if target in path.resolve().parents and target != root.resolve():
                continue  # results of an earlier run, seen from above
            below = path.relative_to(root) if root.is_dir() else Path(path.name)
            shards.append(Shard(str(path), (prefix / below).as_posix()))
    _check(shards, out)
    return shards


def _check(shards: Sequence[Shard], out: Path) -> None:
    seen: dict[str, str] = {}
    for shard in shards:
        other = seen.setdefault(shard.output.casefold(), shard.path)
        if other != shard.path:
            raise UsageError(Message("error.same_output", {"first": other, "second": shard.path}))
        top = shard.output.split("/", 1)[0]
        if shard.output in RUN_FILES or top == STATE:
            raise UsageError(Message("error.reserved", {"path": shard.path, "name": top}))
    if shards and (out / shards[0].output).resolve() == Path(shards[0].path).resolve():
        raise UsageError(Message("error.out_is_in", {"path": str(out)}))
