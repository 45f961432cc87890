"""Prose inside a name that is kept: where it begins and ends."""

from __future__ import annotations

import pytest

from ntm_repair.language.broken import broken
from ntm_repair.language.edges import is_finite
from ntm_repair.language.words import words_of


@pytest.mark.parametrize(
    ("name", "prose"),
    [
        ("Institute as I possibly could of Molecular Biosciences", "as I possibly could"),
        ("Asian Rice they will never be Foundation", "they will never be"),
        ("Forum Will be back on Chemical Safety", "Will be back"),
        ("Convention on the Rights not TOO far from of the Child", "not TOO far"),
        ("MISA which has been updated", "which has been updated"),
        ("Rice Growers of the Red River and their Friends", ""),
        ("United Nations conference on trade and development", ""),
        ("Negotiating Committee's work towards a Legally Binding Instrument", ""),
        ("The fighting Temeraire tugged to her last berth to be broken up", ""),
        ("Orange if it is not available day", ""),  # one capital is that of a sentence
        ("So You Think You Can Dance", ""),
        ("persistent organic pollutant", ""),
    ],
)
def test_prose_inside_a_name(name: str, prose: str) -> None:
    words = words_of(name)
    found = broken(words, None)
    assert (name[words[found[0]].start : words[found[1]].end] if found else "") == prose


def test_the_word_before_may_begin_the_name() -> None:
    before, *run = words_of("Teikoku Kaigan will use them in the future")
    assert broken(run, None) is None
    assert broken(run, before) == (1, 6)


@pytest.mark.parametrize("word", ["is", "has", "went", "says", "moved", "isn't"])
def test_verbs_that_may_follow_a_name(word: str) -> None:
    assert is_finite(word)


@pytest.mark.parametrize("word", ["this", "us", "his", "its", "as", "road"])
def test_words_that_only_look_like_verbs(word: str) -> None:
    assert not is_finite(word)
