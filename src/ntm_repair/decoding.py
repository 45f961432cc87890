"""Bytes to `Document` and back, without a byte lost."""

from __future__ import annotations

import codecs
import hashlib
from collections import Counter

import regex

from ntm_repair.errors import UnreadableError, UsageError
from ntm_repair.types import Document, Message, Scalar, Source

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BYTEWISE = "latin-1"
"""The codec for bytes that no codec explains: one character a byte."""
_NEWLINE = regex.compile(r"\r\n|\n|\r")
# Control characters that no text file holds; NUL comes first in what is binary.
_BINARY = regex.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_VIETNAMESE = regex.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes, path: str, encoding: str | None = None) -> Document:
    """The article in `data`, with what `encode` needs to give the same bytes back.

    Without `encoding`: a byte-order mark, else UTF-8, else a guess that must read as Vietnamese and round-trip.
    Raises UnreadableError for empty or binary input and for bytes that no accepted encoding explains, UsageError for
    an encoding that Python does not know.
    """
    if not data.strip():
        raise UnreadableError(Message("error.empty", {"path": path}))
    bom, name = _mark(data)
    body = data[len(bom) :]
    if encoding is not None:
        name = _known(encoding, name)
        text = _strict(body, name, path)
    elif name:
        text = _strict(body, name, path)
    elif _BINARY.search(body):
        found = None if b"\0" in body else _legacy(body)
        if found is None:
            raise UnreadableError(Message("error.binary", {"path": path}))
        name, text = found
    else:
        name, text = _utf8_or_guess(body, path)
    if text.encode(name) != body:
        raise UnreadableError(Message("error.round_trip", {"path": path, "encoding": name}))
    if not text.strip():
        raise UnreadableError(Message("error.empty", {"path": path}))
    return Document(text, Source(path, sha256(data), name, bom, main_newline(text)))


def encode(text: str, source: Source) -> bytes:
    """`text` in the encoding, and with the byte-order mark, that its source had.

    Latin-1 is what bytes of old Vietnamese encodings are read by; once they are decoded, the text is written as UTF-8.
    """
    if source.encoding == BYTEWISE and any(c > "\xff" for c in text):
        return text.encode("utf-8")
    return source.bom + text.encode(source.encoding)


def output_encoding(source: Source) -> str:
    """The encoding that new text has to fit: that of the source, or UTF-8 where the source is written as such."""
    return "utf-8" if source.encoding == BYTEWISE else source.encoding


def main_newline(text: str) -> str:
    """The line break used most, the first to appear where two are equally common; "" where there is none."""
    counts = Counter(m.group() for m in _NEWLINE.finditer(text))
    return max(counts, key=lambda newline: counts[newline]) if counts else ""


def _mark(data: bytes) -> tuple[bytes, str]:
    return next(((bom, name) for bom, name in _BOMS if data.startswith(bom) and _fits(data, name)), (b"", ""))


def _fits(data: bytes, name: str) -> bool:
    """Whether a mark of UTF-32 can be meant: it begins as that of UTF-16 does, before a NUL."""
    try:
        return not name.startswith("utf-32") or bool(data.decode(name))
    except UnicodeDecodeError:
        return False


def _known(encoding: str, marked: str) -> str:
    """Python's name for an encoding; one that comes with a mark of its own is the one marked, or little-endian."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise UsageError(Message("error.encoding_name", {"encoding": encoding})) from None
    if name == "utf-8-sig":
        return "utf-8"
    return (marked or f"{name}-le") if name in ("utf-16", "utf-32") else name


def _strict(body: bytes, name: str, path: str) -> str:
    try:
        return body.decode(name)
    except UnicodeDecodeError as error:
        raise _undecodable(path, body, error, name) from None


def _utf8_or_guess(body: bytes, path: str) -> tuple[str, str]:
    try:
        return "utf-8", body.decode("utf-8")
    except UnicodeDecodeError as error:
        guess = _guess(body)
        if guess is None:
            raise _undecodable(path, body, error, "utf-8") from None
        return guess


def _guess(body: bytes) -> tuple[str, str] | None:
    """A legacy encoding under which the bytes read as Vietnamese, or None: a wrong guess would garble silently."""
    if (found := _legacy(body)) is not None:
        return found
    lenient = body.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    if sum(c > "\x7f" for c in lenient) - broken > broken:
        return None  # UTF-8 with a few broken bytes, which no other encoding explains

    from charset_normalizer import from_bytes

    for match in from_bytes(body, cp_isolation=["cp1258"], preemptive_behaviour=False):
        name = codecs.lookup(match.encoding).name
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        # One Vietnamese letter in fifty code points is a fifth of what Vietnamese prose has.
        if text.encode(name) == body and len(_VIETNAMESE.findall(text)) * 50 >= len(text):
            return name, text
    return None


def _legacy(body: bytes) -> tuple[str, str] | None:
    """The bytes read one by one, or as UTF-8, if an encoding from before Unicode then explains enough of the lines.

    Some of those encodings use control characters for letters.
    """
    from ntm_repair.context import Context
    from ntm_repair.legacy.recognise import charset_of

    for name in ("utf-8", BYTEWISE):
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        if charset_of(text.split("\n"), Context.load()):
            return name, text
    return None


def _undecodable(path: str, body: bytes, error: UnicodeDecodeError, encoding: str) -> UnreadableError:
    line = body.count(b"\n", 0, error.start) + 1
    values: dict[str, Scalar] = {
        "path": path,
        "line": line,
        "byte": error.start,
        "value": f"0x{body[error.start]:02X}",
        "encoding": encoding,
    }
    return UnreadableError(Message("error.undecodable", values))
