"""VIQR: Vietnamese in plain ASCII, each mark typed after its vowel ("Vie^.t Nam"). RFC 1456.

A stop or question mark after a vowel may be a tone or the end of a sentence; which, the letter case of what follows
says. Such a reading is good, but not certain.
"""

from __future__ import annotations

import unicodedata

import regex

from ntm_repair.patterns import pattern

_LETTER = pattern(
    r"(?P<base>[aeiouyAEIOUY])(?P<hat>[\^(+*]?)(?P<tone>[`'?~.]?)|(?P<d>[dD][dD])|\\(?P<plain>[\^(+*`'?~.dD])"
)
_HATS = {"^": "\u0302", "(": "\u0306", "+": "\u031b", "*": "\u031b", "": ""}
_TONES = {"`": "\u0300", "'": "\u0301", "?": "\u0309", "~": "\u0303", ".": "\u0323", "": ""}
_HATTED = {"^": "aeo", "(": "a", "+": "ou", "*": "ou"}
_ENDS = pattern(r"[\"')\]]*(?:\s*$|\s+[\"'(]*\p{Lu}|\s*\n)")
TYPED = pattern(r"[aeiouyAEIOUY](?:[\^(+][`'?~.]?|[`~])|[aeiouyAEIOUY][?.'](?=\p{L})|(?<!\p{L})[dD][dD](?=\p{L})")
"""What only VIQR has: a hat or a tone typed after a vowel, not at the end of a word."""


def decode(text: str) -> tuple[str, bool]:
    """The text with its letters (NFC), and whether every mark could be read one way only."""
    certain = True

    def letter(match: regex.Match[str]) -> str:
        nonlocal certain
        if match["plain"]:
            return match["plain"]
        if match["d"]:
            return "Đ" if match["d"][0] == "D" else "đ"
        base, hat, tone = match["base"], match["hat"], match["tone"]
        tail = ""
        if hat and base.lower() not in _HATTED[hat]:
            return match.group()
        if tone in ("?", ".", "'") and not text[match.end() : match.end() + 1].isalpha():
            certain = False
            if tone != "'" and _ENDS.match(text, match.end()):
                tone, tail = "", tone
        return unicodedata.normalize("NFC", base + _HATS[hat] + _TONES[tone]) + tail

    return _LETTER.sub(letter, text), certain


def encode(text: str) -> str:
    """NFC text in VIQR, without escapes."""
    typed = {v: k for k, v in _TONES.items() if v} | {v: k for k, v in _HATS.items() if v and k != "*"}
    out = []
    for c in text:
        parts = unicodedata.normalize("NFD", c)
        if c in "đĐ":
            out.append("dd" if c == "đ" else "DD")
        elif len(parts) > 1 and all(p in typed for p in parts[1:]):
            hats = [typed[p] for p in parts[1:] if typed[p] in "^(+"]
            tones = [typed[p] for p in parts[1:] if typed[p] not in "^(+"]
            out.append(parts[0] + "".join((*hats, *tones)))
        else:
            out.append(c)
    return "".join(out)
