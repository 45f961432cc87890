"""Result files before they get their name: written aside, durable, with the mode of their source."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from pathlib import Path

from ntm_repair.batch.tasks import Outcome
from ntm_repair.decoding import sha256
from ntm_repair.errors import WriteError
from ntm_repair.types import Message

_CHUNK = 2**20
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def put(outcome: Outcome, source: Path, temporary: Path, data: bytes) -> Outcome:
    """Leave `data` in the temporary file."""
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        outcome.fatal = write_failed(temporary, error).message
    _same_mode(source, temporary)
    outcome.written_sha256 = sha256(data)
    return outcome


def passed_on(outcome: Outcome, source: Path, temporary: Path) -> Outcome:
    """Copy a file that could not be read as articles; where its bytes cannot be had either, another run may try."""
    try:
        read = source.open("rb")
    except OSError:
        outcome.retry = True
        return outcome
    digest = hashlib.sha256()
    with read:
        before = stamp(source)
        try:
            with temporary.open("wb") as write:
                while chunk := _chunk(read.read, outcome):
                    digest.update(chunk)
                    write.write(chunk)
                write.flush()
                os.fsync(write.fileno())
        except OSError as error:
            outcome.fatal = write_failed(temporary, error).message
    if stamp(source) != before:
        outcome.retry = True
    _same_mode(source, temporary)
    outcome.sha256 = outcome.written_sha256 = digest.hexdigest()
    outcome.changed = False
    return outcome


def _chunk(read: object, outcome: Outcome) -> bytes:
    try:
        return bytes(read(_CHUNK))  # type: ignore[operator]
    except OSError:
        outcome.retry = True
        return b""


def finished(source: Path, temporary: Path) -> str:
    """Make a file written by a sink durable; its SHA-256."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    _same_mode(source, temporary)
    return hash_of(temporary)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp(path: Path) -> tuple[int, int]:
    """Size in bytes and time of the last change in nanoseconds: what tells that a file is still the same."""
    try:
        status = path.stat()
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns


def write_failed(path: Path, error: OSError) -> WriteError:
    """The one line for a result that could not be written."""
    key = "error.disk_full" if error.errno in _FULL else "error.batch_write"
    return WriteError(Message(key, {"path": str(path), "reason": error.strerror or str(error)}))


def _same_mode(source: Path, temporary: Path) -> None:
    with contextlib.suppress(OSError):
        shutil.copymode(source, temporary)
