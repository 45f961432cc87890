"""The words listed as dull are dull to the rules as they are now."""

from __future__ import annotations

from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES
from ntm_repair.rules.dull import dull_forms, read
from ntm_repair.rules.signs import Signs


def test_no_rule_finds_anything_in_a_listed_word() -> None:
    """Where it does: run tools/build_dull_words.py, which drops the words that have become signs."""
    signs = Signs(RULES, load_resources())
    assert [form for form in dull_forms() if signs.judge(form)[0]] == []


def test_common_words_are_listed() -> None:
    listed = dict(read())
    assert len(listed) > 10_000
    assert listed["nông"] == listed["xã"] == 7
