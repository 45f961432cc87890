"""Files on disk: reading one article, writing one so that no half-written file is ever seen under its name."""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
import stat
import tempfile
from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO

from ntm_repair.decoding import sha256
from ntm_repair.errors import UnreadableError, UsageError, WriteError
from ntm_repair.formats import SUFFIXES, Unit, read_article
from ntm_repair.formats.base import MAX_ARTICLE
from ntm_repair.ours import is_ours
from ntm_repair.types import Document, Message

STATE = ".ntm-repair"
"""The folder in which a batch run keeps what it needs to go on; its results lie around it."""
RUN_FILES = ("manifest.jsonl", "failures.jsonl", "summary.json")
"""What a batch run writes about itself; no articles."""
CLEANED = ".cleaned"
"""What a cleaned copy has before its ending; a folder search passes such copies over."""


def find_articles(path: Path, exclude: Sequence[str] = (), ours: list[Path] | None = None) -> list[Path]:
    """The article files a path names: itself, or those in a folder and below, by name.

    `exclude` holds patterns as of a shell: of a file or folder name, or of a path below `path` with `/` in it. What the
    program wrote itself (see `is_ours`) is no article and is added to `ours`. A folder below that nobody may look into
    is among the files. Raises UsageError where there is nothing of the name, it may not be looked into, or a folder
    holds no file of this kind.
    """
    ours = [] if ours is None else ours
    known = len(ours)
    try:
        if not path.exists():
            raise UsageError(Message("error.missing", {"path": str(path)}))
    except PermissionError as error:
        raise UsageError(Message("error.read", {"path": str(path), "reason": error.strerror or ""})) from None
    except (OSError, ValueError):  # too long for a name, or with a NUL in it
        raise UsageError(Message("error.missing", {"path": str(path)})) from None
    found: list[Path] = []
    closed: list[OSError] = []
    for candidate in sorted(_below(path, exclude, closed.append)) if path.is_dir() else [path]:
        (ours if is_ours(candidate) else found).append(candidate)
    for refused in closed:
        # Passed on as a file would be that cannot be read, so that the run tells it and does the rest.
        folder = Path(os.fsdecode(refused.filename))
        if folder == path:
            raise UsageError(Message("error.read", {"path": str(path), "reason": refused.strerror or ""}))
        insort(found, folder)
    if not found and len(ours) == known:
        raise UsageError(
            Message(
                "error.no_articles", {"path": str(path), "suffixes": " ".join(s for s in SUFFIXES if s.count(".") == 1)}
            )
        )
    return found


def _below(root: Path, exclude: Sequence[str], closed: Callable[[OSError], object]) -> Iterator[Path]:
    for folder, folders, names in os.walk(root, onerror=closed, followlinks=False):
        here = Path(folder)
        below = here.relative_to(root)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not _excluded(below / f, exclude))
        is_run = (here / STATE).is_dir()
        for name in names:
            path = here / name
            if _is_article(path) and not _excluded(below / name, exclude) and path.is_file():
                if is_run and name in RUN_FILES:
                    continue
                yield path


def _excluded(path: Path, patterns: Sequence[str]) -> bool:
    shown = path.as_posix()
    return any(fnmatch(shown if "/" in p else path.name, p.rstrip("/")) for p in patterns)


def cleaned_path(article: Path) -> Path:
    """Where the cleaned copy of an article goes unless told otherwise: beside it, `<name>.cleaned<ending>`."""
    return article.with_name(f"{article.stem}{CLEANED}{article.suffix}")


def _is_article(path: Path) -> bool:
    name = path.name.lower()
    ours = path.stem.endswith(CLEANED) or name.endswith(".decisions.jsonl")
    return name.endswith(SUFFIXES) and not ours and not name.startswith(".")


def read_document(path: Path, encoding: str | None = None) -> Document:
    """The article in a file. Raises UsageError where it is missing, UnreadableError where it cannot be read."""
    return read_unit(path, encoding).document


def read_unit(path: Path, encoding: str | None = None, *, like: str = "") -> Unit:
    """The article in a file, through the format of its ending (or that of `like`).

    Raises UsageError where it is missing, UnreadableError where it cannot be read, is too large, or changes meanwhile.
    """
    unit = read_article(read_whole(path), like or str(path), encoding)
    if not like:
        return unit
    document = replace(unit.document, source=replace(unit.document.source, path=str(path)))
    return replace(unit, document=document)


def read_whole(path: Path, limit: int = MAX_ARTICLE) -> bytes:
    """A file's bytes, if there are no more than `limit`. Raises as `read_unit` does."""
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(limit + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        raise UsageError(Message("error.missing", {"path": str(path)})) from None
    except OSError as error:
        raise UnreadableError(Message("error.read", {"path": str(path), "reason": error.strerror or ""})) from None
    if len(data) > limit:
        raise UnreadableError(Message("error.too_large", {"path": str(path), "limit": limit // 2**20}))
    whole = not stat.S_ISREG(after.st_mode) or len(data) == after.st_size
    if not whole or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnreadableError(Message("error.changing", {"path": str(path)}))
    return data


def write_atomically(path: Path, data: bytes, *, replaces_sha256: str | None = None) -> None:
    """Write `data` under `path`: temporary file in the same folder, synced, renamed over the old one, mode kept.

    With `replaces_sha256`, refuse unless the file there still has that content. Raises WriteError; whatever happens,
    `path` holds the old content or the new, whole.
    """
    target = path.resolve()
    if replaces_sha256 is not None and changed(target, replaces_sha256):
        raise WriteError(Message("error.changed", {"path": str(path)}))
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(target))  # noqa: PTH101 - a name, not a Path
        os.replace(temporary, target)  # noqa: PTH105
        temporary = ""
        sync_folder(target.parent)
    except OSError as error:
        raise WriteError(Message("error.write", {"path": str(path), "reason": error.strerror or ""})) from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def back_up(path: Path, data: bytes) -> Path:
    """Keep `data`, the content of `path`, beside it as `.bak` (`.bak1` ... where another content is kept there)."""
    for number in ("", *range(1, 1000)):
        backup = path.with_name(f"{path.name}.bak{number}")
        if not backup.exists():
            write_atomically(backup, data)
            os.chmod(backup, _mode(path.resolve()))  # noqa: PTH101
            return backup
        if backup.read_bytes() == data:
            return backup
    raise WriteError(Message("error.backups", {"path": str(path)}))


def back_up_file(path: Path) -> Path:
    """As `back_up`, for a file of any size."""
    for number in ("", *range(1, 1000)):
        backup = path.with_name(f"{path.name}.bak{number}")
        if backup.exists():
            if filecmp.cmp(path, backup, shallow=False):
                return backup
            continue
        partial = path.with_name(f".{path.name}.bak{number}.tmp")
        try:
            shutil.copy2(path, partial)
            partial.replace(backup)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise WriteError(Message("error.write", {"path": str(backup), "reason": error.strerror or ""})) from None
        return backup
    raise WriteError(Message("error.backups", {"path": str(path)}))


def hold(file: BinaryIO) -> bool:
    """Keep other processes out of a file; False where one has it. The system lets go when this process ends."""
    try:
        import fcntl
    except ImportError:  # Windows: the second one is not kept out
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sync_folder(folder: Path) -> None:
    """Make a rename or a new file in `folder` survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def changed(path: Path, expected: str) -> bool:
    """Whether a file holds anything else than what has this SHA-256, or cannot be read any more."""
    try:
        return sha256(path.read_bytes()) != expected
    except OSError:
        return True


def _mode(path: Path) -> int:
    """The permissions `path` has, or what a new file gets here."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
