"""Everything the program says, in Vietnamese and English.

Code passes `Message` records about; only a face (terminal, report) turns them into sentences, in its own language.
"""

from __future__ import annotations

import os
from typing import Literal, get_args

from ntm_repair.messages.en import ENGLISH
from ntm_repair.messages.vi import REASONS, VIETNAMESE
from ntm_repair.types import Message, Scalar

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
CATALOGUES: dict[Language, dict[str, str]] = {"vi": VIETNAMESE, "en": ENGLISH}


def say(message: Message, language: Language) -> str:
    """The sentence of `message` in `language`. Raises KeyError for a message the catalogue does not have."""
    values: dict[str, object] = {name: _shown(value, language) for name, value in message.values.items()}
    if language == "vi" and "reason" in values:
        values["reason"] = _reason(str(values["reason"]))
    return CATALOGUES[language][message.key].format(**values)


def phrase(key: str, language: Language, **values: Scalar) -> str:
    """The sentence under `key`: `say` for callers that have no record at hand."""
    return say(Message(key, values), language)


def figure(value: float, language: Language, decimals: int = 2) -> str:
    """A score or confidence with that many decimals, as the language writes it."""
    text = f"{value:.{decimals}f}"
    return text.replace(".", ",") if language == "vi" else text


def _reason(text: str) -> str:
    """The system's reason for a failure in Vietnamese, where it is a common one; it comes in English."""
    return next((said for beginning, said in REASONS.items() if text.startswith(beginning)), text)


class _Count(int):
    """A number whose words agree with it: `{count} {count:place|places}`. Vietnamese words do not change."""

    def __format__(self, words: str) -> str:
        one, many, more = words.partition("|")
        return (one if self == 1 else more) if many else super().__format__(words)


def _shown(value: Scalar, language: Language) -> str | _Count:
    if isinstance(value, int) and not isinstance(value, bool):
        return _Count(value)
    if isinstance(value, float):
        return figure(value, language)
    return "" if value is None else str(value)


def preferred_language() -> Language:
    """English where the locale asks for it, else Vietnamese: most users read it, and many systems set no locale."""
    chosen = os.environ.get("NTM_REPAIR_LANG", "")[:2].lower()
    if chosen in LANGUAGES:
        return "en" if chosen == "en" else "vi"
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "")
    return "en" if locale.lower().startswith("en") else "vi"
