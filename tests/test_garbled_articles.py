"""The articles of `cases/garbled-articles`: damage as a translation there and back does it.

They are kept for measuring how well garbled terms are found and repaired: written by hand, the damage too, without
running the program or looking into its lexicon. Nothing is to be fitted to them.

`NAME.txt` is the damaged article, `NAME.clean.txt` the same before the damage, `NAME.json` the places between the two.
Of a place, "through" is the English in between, the tier is "domain" (a lexicon of the field can hold it) or "phrase"
(everyday official wording, in no dictionary), and the damage is

- reorder: the same syllables in another order,
- missing, extra: syllables lost, syllables added,
- substitution: another word of the same or a near meaning, where only one is said,
- pivot: the word for another sense of the English headword,
- mixed: two of these.

Here it is only asked whether the gold is true to the texts.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "cases" / "garbled-articles"
NAMES = sorted(p.stem for p in FOLDER.glob("*.json"))
KINDS = {"garbled-term", "letter-case"}
TIERS = {"domain", "phrase"}
DAMAGE = {"reorder", "missing", "extra", "substitution", "pivot", "mixed"}


def gold(name: str) -> tuple[str, list[dict[str, Any]]]:
    """The damaged article and its places."""
    held = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    assert held["article"] == f"{name}.txt"
    return (FOLDER / held["article"]).read_text("utf-8"), held["spans"]


def syllables(text: str) -> Counter[str]:
    return Counter(word.strip(",“”").casefold() for word in text.split())


def test_no_text_is_without_its_gold() -> None:
    assert len(NAMES) == 14
    assert {p.name for p in FOLDER.iterdir()} == {n + end for n in NAMES for end in (".txt", ".clean.txt", ".json")}


@pytest.mark.parametrize("name", NAMES)
def test_places_stand_where_they_are_said_to_and_do_not_overlap(name: str) -> None:
    text, spans = gold(name)
    assert text == unicodedata.normalize("NFC", text)
    assert 300 <= len(text.split()) <= 500
    assert 10 <= len(spans) <= 14
    end = 0
    for span in spans:
        assert end <= span["start"] < span["end"], span["text"]
        assert text[span["start"] : span["end"]] == span["text"]
        assert text.count(span["text"]) == 1, "the same words, elsewhere unmarked"
        end = span["end"]


@pytest.mark.parametrize("name", NAMES)
def test_the_first_accepted_wordings_give_the_clean_article(name: str) -> None:
    text, spans = gold(name)
    for span in reversed(spans):
        text = text[: span["start"]] + span["accept"][0] + text[span["end"] :]
    assert text == (FOLDER / f"{name}.clean.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_place_is_labelled_as_what_was_done_to_it(name: str) -> None:
    for span in gold(name)[1]:
        text, accept = span["text"], span["accept"]
        assert span["kind"] in KINDS
        assert accept
        assert len({*accept, text}) == len(accept) + 1, text
        if span["kind"] == "letter-case":
            assert [a.casefold() for a in accept] == [text.casefold()]
            continue
        assert span["tier"] in TIERS
        assert span["damage"] in DAMAGE
        assert span["through"].isascii(), text
        here, right = syllables(text), [syllables(a) for a in accept]
        assert (here in right) == (span["damage"] == "reorder"), text
        assert any(here < r for r in right) or span["damage"] != "missing", text
        assert any(here > r for r in right) or span["damage"] != "extra", text
