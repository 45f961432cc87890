"""What the program says: both languages whole, and in English words that agree with their number."""

from __future__ import annotations

import re
import string

import pytest

from ntm_repair.messages import CATALOGUES, LANGUAGES, phrase, say
from ntm_repair.messages.en import ENGLISH
from ntm_repair.types import Message

NUMBERS = {
    "articles", "count", "damaged", "documents", "done", "edits", "failures", "files", "findings", "found", "left",
    "lines", "logs", "stale", "standing", "terms", "undecided", "words",
}  # fmt: skip
NO_NOUNS = {"as", "differs", "finds", "fits", "has", "is", "its", "pays", "stands", "was"}
SEVERAL = {"page.given_file"}
"""Said of more than one only."""


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_both_languages_are_told_the_same(key: str) -> None:
    vietnamese, english = (fields(CATALOGUES[language][key]) for language in LANGUAGES)
    assert english == vietnamese


@pytest.mark.parametrize(
    "key", sorted(key for key, text in ENGLISH.items() if fields(text) & NUMBERS and key not in SEVERAL)
)
def test_one_of_a_thing_is_said_in_the_singular(key: str) -> None:
    values = {name: 1 if name in NUMBERS else "x" for name in fields(ENGLISH[key])}
    said = say(Message(key, values), "en")
    nouns = re.findall(r"(?<![\w./])1 (?:[a-z]+ )?([a-z]+s)\b", said)
    assert set(nouns) <= NO_NOUNS, said


@pytest.mark.parametrize(
    ("key", "count", "said"),
    [
        ("scan.count", 0, "1: 0 places"),
        ("scan.count", 1, "1: 1 place"),
        ("scan.count", 21, "1: 21 places"),
        ("batch.stale", 1, "1 decision no longer fits its article and was left out"),
        ("batch.stale", 2, "2 decisions no longer fit their articles and were left out"),
        ("decisions.conflicts", 1, "1 place was decided differently; it is left open, and the next review asks again:"),
    ],
)
def test_numbers(key: str, count: int, said: str) -> None:
    assert phrase(key, "en", path="1", count=count) == said


def test_a_yes_is_no_number() -> None:
    assert phrase("config.none", "en") == "none"
    assert phrase("error.missing", "en", path=True).startswith("True:")
