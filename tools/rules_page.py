"""Write docs/rules.md from the rules themselves: code, name, level, why, and their examples.

    python tools/rules_page.py

The examples are those that tests/test_rules.py holds each rule to. A rule with safe findings is asked which
of its own examples it would repair unasked, so that the page cannot promise more than the program does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ntm_repair.article import Article
from ntm_repair.commands.rule import bulleted
from ntm_repair.detect import detect
from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES, Rule
from ntm_repair.types import Document, Source

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
LEVELS = {
    "safe": "`clean` repairs it unasked",
    "review": "nothing changes until somebody decides",
    "none": "pointed out",
    "varies": "by the finding; the section of the rule says which",
}
HEAD = """\
# Rules

<!-- Written by tools/rules_page.py from src/ntm_repair/rules: change the rule, then run the tool. -->

`ntm-repair rule CODE` prints the same in the terminal, in Vietnamese or English.

| level | means |
|---|---|
"""
EXAMPLES = """\
In the examples the place that is found stands in double brackets. A character that nobody sees, or a loose mark, is
shown by its number."""


def page() -> str:
    """The whole page."""
    rules = sorted(RULES, key=lambda rule: rule.code)
    lines = [f"| {level} | {means} |" for level, means in LEVELS.items()]
    lines += ["", "| code | name | level | why |", "|---|---|---|---|"]
    lines += [
        f"| [{r.code}](#{_anchor(r)}) | {r.name} | {'varies' if r.levels else r.applicability} | {r.why['en']} |"
        for r in rules
    ]
    lines += ["", EXAMPLES]
    for rule in rules:
        level = rule.levels["en"] if rule.levels else rule.applicability
        lines += ["", f"## {rule.code} {rule.name}", "", f"{rule.why['en']} Level: {level}."]
        for title, examples in _examples(rule):
            lines += _block(title, examples)
    return HEAD + "\n".join(lines) + "\n"


def _anchor(rule: Rule) -> str:
    return f"{rule.code} {rule.name}".lower().replace(" ", "-")


def _examples(rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists of a rule's section: titles and examples."""
    if rule.applicability == "safe":
        unasked = tuple(example for example in rule.bad if _all_safe(rule, example))
        yield "Found, repaired unasked", unasked
        yield "Found, for review", tuple(example for example in rule.bad if example not in unasked)
    else:
        yield "Found", rule.bad
    yield "Left alone", rule.good


def _all_safe(rule: Rule, marked: str) -> bool:
    """Whether every place the rule finds in one of its examples is repaired unasked."""
    text = marked.replace("[[", "").replace("]]", "")
    source = Source(path="example.txt", sha256="0" * 64, encoding="utf-8")
    found = detect(Article(Document(text, source)), load_resources(), (rule,))
    return all(finding.applicability == "safe" for finding in found)


def _block(title: str, examples: Iterable[str]) -> list[str]:
    lines = [line for example in examples for line in bulleted(example)]
    return ["", f"{title}:", "", "```text", *lines, "```"] if lines else []


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
