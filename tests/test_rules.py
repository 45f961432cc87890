"""Every rule on its own examples, and on the rows of the case tables.

A row of `tests/cases/*.json` has a label, a text and the rules meant ("rule", a code; "*" for all of them). In the
in-the-wild table the damaged spans stand in double brackets and "fixed" may give the text after the first suggestions;
in the negative table nothing may be flagged; a row of known-failures is one of either kind that does not hold yet.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from ntm_repair.article import Article
from ntm_repair.detect import detect
from ntm_repair.messages import CATALOGUES, LANGUAGES, say
from ntm_repair.patch import apply_edits, with_margins
from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES
from ntm_repair.rules.base import Rule
from ntm_repair.types import Document, Edit, Finding, Source

CASES = Path(__file__).parent / "cases"
BY_CODE = {rule.code: rule for rule in RULES}


def findings(text: str, rules: Sequence[Rule] = RULES) -> tuple[Finding, ...]:
    source = Source(path="bai.txt", sha256="0" * 64, encoding="utf-8")
    return detect(Article(Document(text, source)), load_resources(), rules)


def marked(text: str, found: Sequence[Finding]) -> str:
    """The text with the findings in double brackets."""
    return apply_edits(text, [Edit(f.start, f.end, f"[[{text[f.start : f.end]}]]") for f in found])


def unmarked(text: str) -> str:
    return text.replace("[[", "").replace("]]", "")


def first_choice(text: str, found: Sequence[Finding]) -> str:
    edits = [Edit(f.start, f.end, f.suggestions[0].replacement) for f in found if f.suggestions]
    return apply_edits(text, with_margins(text, edits))


def rows(name: str) -> list[dict[str, str]]:
    path = CASES / f"{name}.json"
    found: list[dict[str, str]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return found


def rules_of(row: dict[str, str]) -> tuple[Rule, ...]:
    return RULES if row["rule"] == "*" else (BY_CODE[row["rule"]],)


def label(row: dict[str, str]) -> str:
    return f"{row['rule']}-{row['label']}"


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in RULES for e in r.bad], ids=lambda v: getattr(v, "code", v)
)
def test_bad_examples_are_flagged_where_marked(rule: Rule, example: str) -> None:
    text = unmarked(example)
    assert marked(text, findings(text, (rule,))) == example


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in RULES for e in r.good], ids=lambda v: getattr(v, "code", v)
)
def test_good_examples_are_left_alone(rule: Rule, example: str) -> None:
    assert findings(example, (rule,)) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_reasons_and_examples_and_speaks_both_languages(rule: Rule) -> None:
    assert rule.bad
    assert rule.good
    levels = {f.applicability for example in rule.bad for f in findings(unmarked(example), (rule,))}
    assert (rule.levels is None) == (levels == {rule.applicability})
    for language in LANGUAGES:
        assert rule.why[language].strip()
        assert rule.levels is None or rule.levels[language].strip()
        for example in rule.bad:
            for finding in findings(unmarked(example), (rule,)):
                assert say(finding.message, language)
                assert all(say(s.why, language) for s in finding.suggestions)


def test_both_catalogues_say_the_same_things() -> None:
    vietnamese, english = (set(CATALOGUES[language]) for language in LANGUAGES)
    assert vietnamese == english


@pytest.mark.parametrize("row", rows("in-the-wild"), ids=label)
def test_damage_in_the_wild(row: dict[str, str]) -> None:
    text = unmarked(row["text"])
    found = findings(text, rules_of(row))
    assert marked(text, found) == row["text"]
    if "fixed" in row:
        assert first_choice(text, found) == row["fixed"]


@pytest.mark.parametrize("row", rows("negative"), ids=label)
def test_traps_stay(row: dict[str, str]) -> None:
    assert [(f.rule, f.text) for f in findings(row["text"], rules_of(row))] == []


@pytest.mark.parametrize("row", rows("known-failures"), ids=label)
@pytest.mark.xfail(strict=True)
def test_known_failures(row: dict[str, str]) -> None:
    text = unmarked(row["text"])
    assert marked(text, findings(text, rules_of(row))) == row["text"]
