"""Files on disk: reading one article, writing one so that no half-written file is ever seen under its name."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from ntm_repair.decoding import decode, sha256
from ntm_repair.errors import UnreadableError, UsageError, WriteError
from ntm_repair.types import Document, Message

SUFFIXES = (".txt", ".md")
"""File name endings that a folder is searched for."""
CLEANED = ".cleaned"
"""What a cleaned copy has before its ending; a folder search passes such copies over."""


def find_articles(path: Path) -> list[Path]:
    """The article files a path names: itself, or those in a folder and below, by name.

    Raises UsageError where there is nothing of the name, or a folder holds no article.
    """
    if not path.exists():
        raise UsageError(Message("error.missing", {"path": str(path)}))
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.rglob("*") if _is_article(p.relative_to(path)) and p.is_file())
    if not found:
        raise UsageError(Message("error.no_articles", {"path": str(path), "suffixes": " ".join(SUFFIXES)}))
    return found


def cleaned_path(article: Path) -> Path:
    """Where the cleaned copy of an article goes unless told otherwise: beside it, `<name>.cleaned<ending>`."""
    return article.with_name(f"{article.stem}{CLEANED}{article.suffix}")


def _is_article(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return path.suffix.lower() in SUFFIXES and not path.stem.endswith(CLEANED) and not hidden


def read_document(path: Path, encoding: str | None = None) -> Document:
    """The article in a file. Raises UsageError where it is missing, UnreadableError where it cannot be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(Message("error.missing", {"path": str(path)})) from None
    except OSError as error:
        raise UnreadableError(Message("error.read", {"path": str(path), "reason": error.strerror or ""})) from None
    return decode(data, str(path), encoding)


def write_atomically(path: Path, data: bytes, *, replaces_sha256: str | None = None) -> None:
    """Write `data` under `path`: temporary file in the same folder, synced, renamed over the old one, mode kept.

    With `replaces_sha256`, refuse unless the file there still has that content. Raises WriteError; whatever happens,
    `path` holds the old content or the new, whole.
    """
    target = path.resolve()
    if replaces_sha256 is not None and _changed(target, replaces_sha256):
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


def sync_folder(folder: Path) -> None:
    """Make a rename or a new file in `folder` survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _changed(path: Path, expected: str) -> bool:
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
