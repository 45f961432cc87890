"""Vietnamese encodings from before Unicode: bytes (or letter sequences) to letters, both ways.

TCVN3 ("ABC") is TCVN 5712:1993, VN1 ("TCVN5712-1" of iconv); VISCII is RFC 1456; VPS follows the table of Mozilla and
recode; VNI is VNI for Windows, a base letter and a mark of the Latin-1 range; VIQR is RFC 1456, plain ASCII.

A text that was read with the wrong code page holds Latin-1 or Windows-1252 characters for the bytes; both are taken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import regex

from ntm_repair.patterns import pattern

CP1252_BYTES: Mapping[str, int] = {
    bytes([b]).decode("cp1252"): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""Windows-1252 characters beyond Latin-1, with their bytes."""

# Bytes from 0x80 on; a dot stands for a byte that is no letter of the encoding.
_TCVN3_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ"
    "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    ".ĂÂÊÔƠƯĐăâêôơưđẰ"
    ".....àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
_TCVN3_LOW = dict(zip((1, 2, 4, 5, 6, 17, 18, 19, 20, 21, 22, 23), "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True))
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "Õắằặấầẩậẽẹếềểễệố"
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉ"
    "đựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {2: "Ẳ", 5: "Ẵ", 6: "Ẫ", 20: "Ỷ", 25: "Ỹ", 30: "Ỵ"}
_VPS_HIGH = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ"
    "Ế..ỀỂỄỐỒỔỖýỷỵỚỜỞ"
    ".ắằẳẵặỠớÙờởỡŨỨợỪ"
    "ổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹ"
    "ƯỦồốÔỏơÈừứÚũưÝẺ."
    "àáâãảạăçèéêẽìíîĩ"
    "ẴĐòóôõöƠụùúủüỶẼỳ"
)
_VPS_LOW = {
    2: "Ạ",
    3: "Ậ",
    4: "Ặ",
    5: "Ẹ",
    6: "Ệ",
    16: "Ị",
    17: "Ọ",
    18: "Ộ",
    19: "Ợ",
    20: "Ụ",
    21: "Ự",
    25: "Ỵ",
    28: "Ẫ",
    29: "Ữ",
}
_VNI_MARKS = {  # the mark of each lower-case letter with a hat or breve, by tone: level, sắc, huyền, hỏi, ngã, nặng
    "": ("", "ù", "ø", "û", "õ", "ï"),
    "\u0302": ("â", "á", "à", "å", "ã", "ä"),
    "\u0306": ("ê", "é", "è", "ú", "ü", "ë"),
}
_TYPOGRAPHIC = frozenset("“”‘’–—…•")
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VNI_ALONE = {"i": "íìæóò", "ơ": "ô", "ư": "ö", "đ": "ñ", "ỵ": "î"}


@dataclass(frozen=True, slots=False)
class Charset:
    """One encoding as sequences of Latin-1 characters, each with its letter. `name` is what the user is told."""

    name: str
    letters: Mapping[str, str]

    @cached_property
    def _sequence(self) -> regex.Pattern[str]:
        longest = sorted(self.letters, key=lambda s: (-len(s), s))
        return pattern("|".join(regex.escape(s) for s in longest))

    @cached_property
    def _back(self) -> dict[str, str]:
        return {letter: sequence for sequence, letter in self.letters.items()}

    def decode(self, text: str) -> str:
        """Text that was read as Latin-1 or Windows-1252, with its letters (NFC); what is no letter stays.

        So do quotes, dashes and dots at the edge of a word: documents of the time used those of Windows.
        """
        latin = as_latin1(text)
        pieces: list[str] = []
        at = 0
        for match in self._sequence.finditer(latin):
            start, end = match.span()
            if text[start] in _TYPOGRAPHIC and _at_edge(latin, start, end):
                continue
            pieces += (text[at:start], self.letters[match.group()])
            at = end
        return "".join((*pieces, text[at:]))

    def encode(self, text: str) -> str:
        """NFC text in this encoding, as the Latin-1 characters of its bytes."""
        return "".join(self._back.get(c, c) for c in text)

    def round_trips(self, text: str) -> bool:
        """Whether decoding `text` loses nothing: encoding the result gives it back."""
        return as_latin1(self.encode(self.decode(text))) == as_latin1(text)


def _at_edge(latin: str, start: int, end: int) -> bool:
    """Whether a character has no letter on one of its sides."""
    before, after = latin[max(0, start - 1) : start], latin[end : end + 1]
    return not (_letter(before) and _letter(after))


def _letter(character: str) -> bool:
    return character.isalpha() or character > "\x7f"


def as_latin1(text: str) -> str:
    """Windows-1252 characters as the Latin-1 characters of the same bytes; others stay."""
    return "".join(chr(CP1252_BYTES[c]) if c in CP1252_BYTES else c for c in text)


def _bytes_table(high: str, low: Mapping[int, str]) -> dict[str, str]:
    table = {chr(0x80 + i): letter for i, letter in enumerate(high) if letter != "."}
    return {**table, **{chr(byte): letter for byte, letter in low.items()}}


def _vni() -> dict[str, str]:
    table: dict[str, str] = {}
    for base in "aeouyơư":
        for hat, marks in _VNI_MARKS.items():
            for tone, mark in zip(_TONES, marks, strict=True):
                letter = unicodedata.normalize("NFC", base + hat + tone)
                if len(letter) == 1 and mark and unicodedata.normalize("NFD", letter)[0].isascii():
                    table[_VNI_ALONE.get(base, base) + mark] = letter
    table.update(zip(_VNI_ALONE["i"], "íìỉĩị", strict=True))
    table.update({_VNI_ALONE[letter]: letter for letter in "ơưđỵ"})
    table.pop("yï", None)  # ỵ is written alone
    # A capital letter takes capital marks: "AÙ" is Á, "Ñ" is Đ.
    return {**table, **{sequence.upper(): letter.upper() for sequence, letter in table.items()}}


TCVN3 = Charset("TCVN3 (ABC)", _bytes_table(_TCVN3_HIGH, _TCVN3_LOW))
VISCII = Charset("VISCII", _bytes_table(_VISCII_HIGH, _VISCII_LOW))
VPS = Charset("VPS", _bytes_table(_VPS_HIGH, _VPS_LOW))
VNI = Charset("VNI", _vni())
CHARSETS = (TCVN3, VNI, VISCII, VPS)
