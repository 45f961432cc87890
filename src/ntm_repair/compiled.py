"""Tables worked out from lexicon and glossary, kept in the user's folder for caches so that the next start reads them.

What is kept can be lost at any time: a file that is missing, cut short, of another version or not readable is made
anew, and a folder that cannot be written to only costs the time. Files hold plain data in Python's own `marshal`
format, like the compiled modules beside them in `__pycache__`, under a name that says what they were made from.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TypeVar

FORMAT = 3
"""To be raised with every change to what is kept or how it is worked out."""
KEPT = 8
"""Files of a name that stay: lexicons in use; older ones are removed."""
_DIGEST = 32

T = TypeVar("T")


def cache_folder() -> Path:
    """Where what can be made anew is kept: `$NTM_REPAIR_HOME/cache`, else below the system's folder for caches.

    Raises RuntimeError where there is no home to look in.
    """
    own = os.environ.get("NTM_REPAIR_HOME")
    if own:
        return Path(own) / "cache"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "ntm-repair" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ntm-repair"


def compiled(name: str, source: str, make: partial[T]) -> T:
    """What `make` gives for `source` (a digest of all it depends on): read where it is kept, else made and kept.

    The value is of tuples, lists, dictionaries, strings and numbers.
    """
    try:
        code = Path(make.func.__code__.co_filename).stat()  # so that who changes the code sees what it does
    except OSError:
        return make()
    made_from = f"{FORMAT} {sys.version} {code.st_size} {code.st_mtime_ns} {source}"
    content = kept(name, made_from)
    if content is not None:
        value: T = marshal.loads(content)
        return value
    value = make()
    keep(name, made_from, marshal.dumps(value))  # type: ignore[arg-type]
    return value


def kept(name: str, source: str) -> bytes | None:
    """What was kept under a name as made from `source`, as it was written; None where there is none."""
    with contextlib.suppress(OSError, RuntimeError):
        data = _path(name, source).read_bytes()
        content = data[_DIGEST:]
        if hashlib.sha256(content).digest() == data[:_DIGEST]:
            return content
    return None


def keep(name: str, source: str, content: bytes) -> None:
    """Keep it for the next start, where there is a place for it."""
    with contextlib.suppress(OSError, RuntimeError):
        _write(_path(name, source), name, content)


def _path(name: str, source: str) -> Path:
    return cache_folder() / f"{name}-{hashlib.sha256(source.encode()).hexdigest()[:32]}.bin"


def _write(path: Path, name: str, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).digest() + content)
        Path(temporary).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    by_age = sorted(path.parent.glob(f"{name}-*.bin"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in by_age[KEPT:]:
        old.unlink()
