"""UTF-8 that was read as another encoding: finding the sequences, and reading them right.

A UTF-8 letter read byte by byte is a lead character and one or two continuation characters of the code page; no text
that was read right has such sequences but by accident. They are undone for Windows-1252 and Latin-1 (whose control
characters may stand among the other's), Windows-1258, and Mac Roman, in one round or several. ftfy looks at what is
left: sequences with a byte lost, and code pages that Vietnamese seldom went through.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex

from ntm_repair.legacy.tables import CP1252_BYTES
from ntm_repair.patterns import pattern

ROUNDS = 4
_LATIN1 = {chr(b): b for b in range(0x80, 0x100)}
_WESTERN: Mapping[str, int] = {**_LATIN1, **CP1252_BYTES}


def _code_page(codec: str) -> dict[str, int]:
    """The characters of the bytes from 0x80 on; bytes that the code page leaves out are Latin-1 control characters."""
    page: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        try:
            page[bytes([byte]).decode(codec)] = byte
        except UnicodeDecodeError:
            page[chr(byte)] = byte
    return page


_BYTES: Mapping[str, Mapping[str, int]] = {
    "windows-1252": _WESTERN,
    "windows-1258": {**_LATIN1, **_code_page("cp1258")},
    "mac-roman": _code_page("mac-roman"),
}
"""For reading: Latin-1 control characters stand among the characters of the Windows code pages."""
_EXACT = ("latin-1", "cp1252", "cp1258", "mac-roman")
"""For proving that a reading loses nothing."""


# A cheap look that nearly all good text fails: a lead character of any code page before another odd character.
_LEADS = pattern(
    "["
    + "".join(regex.escape(c) for page in _BYTES.values() for c, b in page.items() if 0xC2 <= b <= 0xF4)
    + r"][^\x00-\x7f]"
)


@dataclass(frozen=True, slots=True)
class Undone:
    """Text read right, the code page (of the first round) it had been read with, and how many rounds that took."""

    text: str
    codec: str
    rounds: int


@cache
def _sequences(codec: str) -> regex.Pattern[str]:
    """One character or more of UTF-8 as the code page shows it, mixed with ASCII of the same word or not at all."""
    table = _BYTES[codec]

    def members(low: int, high: int) -> str:
        return "[" + "".join(regex.escape(c) for c, b in table.items() if low <= b <= high) + "]"

    follow = members(0x80, 0xBF)
    one = f"(?:{members(0xC2, 0xDF)}{follow}|{members(0xE0, 0xEF)}{follow}{{2}}|{members(0xF0, 0xF4)}{follow}{{3}})"
    return pattern(f"{one}+")


def suspicious(text: str) -> bool:
    """Whether any code page shows a sequence here."""
    return bool(_LEADS.search(text)) and any(_sequences(codec).search(text) for codec in _BYTES)


def undo(text: str) -> Undone | None:
    """`text` with every sequence read as UTF-8, by the code page that explains most of them; None where none does."""
    best: tuple[int, str, str] | None = None
    for codec in _BYTES:
        count, result = _round(text, codec)
        if count and (best is None or count > best[0]):
            best = (count, codec, result)
    if best is None:
        return None
    _, codec, result = best
    rounds = 1
    while rounds < ROUNDS:
        count, again = max((_round(result, c) for c in _BYTES), key=lambda r: r[0])
        if not count:
            break
        result, rounds = again, rounds + 1
    return Undone(result, codec, rounds)


def _round(text: str, codec: str) -> tuple[int, str]:
    """How many characters one round of a code page explains, and the text after it."""
    table = _BYTES[codec]
    count = 0

    def read(match: regex.Match[str]) -> str:
        nonlocal count
        try:
            right = bytes(table[c] for c in match.group()).decode("utf-8")
        except UnicodeDecodeError:
            return match.group()
        count += len(match.group())
        return right

    result = _sequences(codec).sub(read, text)
    return count, result


def is_exact(garbled: str, undone: Undone) -> bool:
    """Whether reading the repaired text with one code page, as often as it was undone, gives the garbled text."""
    for codec in _EXACT:
        back = {byte: c for c, byte in _code_page(codec).items()}
        text = undone.text
        for _ in range(undone.rounds):
            text = "".join(c if c.isascii() else "".join(back[b] for b in c.encode("utf-8")) for c in text)
        if text == garbled:
            return True
    return False


def with_ftfy(text: str) -> str:
    """What ftfy makes of a text, with everything off but the repair of encodings."""
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_encoding=True,
        restore_byte_a0=True,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=True,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return ftfy.fix_text(text, config)
