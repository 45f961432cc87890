"""`ntm-repair rule`: what a rule finds and why, from the rule's own file."""

from __future__ import annotations

import regex

from ntm_repair.commands.common import language
from ntm_repair.errors import EXIT_OK, UsageError
from ntm_repair.messages import Language, phrase
from ntm_repair.rules import RULES
from ntm_repair.rules.base import Rule
from ntm_repair.types import Message

_UNSEEN = regex.compile(r"[\p{Cf}\p{Cc}\p{M}\u00a0--[\n]]", regex.VERSION1)


def run(code: str | None, lang: str) -> int:
    """Print one rule, by code or name, or a line for each."""
    said_in = language(lang)
    if code is None:
        for known in sorted(RULES, key=lambda r: r.code):
            kind = phrase("applicability." + ("varies" if known.levels else known.applicability), said_in)
            print(f"{known.code}  {known.name:<23} {kind:<14} {known.why[said_in]}")
        return EXIT_OK
    rule = next((r for r in RULES if code.lower() in (r.code.lower(), r.name)), None)
    if rule is None:
        raise UsageError(Message("error.rule", {"code": code, "codes": ", ".join(sorted(r.code for r in RULES))}))
    print("\n".join(_page(rule, said_in)))
    return EXIT_OK


def bulleted(example: str) -> list[str]:
    """The lines of an example as a list item, loose marks and what nobody sees shown by their numbers."""
    visible = _UNSEEN.sub(lambda m: f"‹U+{ord(m.group()):04X}›", example)
    first, *rest = visible.split("\n")
    return [f"• {first}", *(f"  {line}" if line else "" for line in rest)]


def _page(rule: Rule, lang: Language) -> list[str]:
    level = rule.levels[lang] if rule.levels else phrase(f"applicability.{rule.applicability}", lang)
    lines = [f"{rule.code} {rule.name}", ""]
    lines += [
        f"{phrase('rule.applicability', lang)}: {level}",
        f"{phrase('rule.why', lang)}: {rule.why[lang]}",
    ]
    for key, examples in (("rule.bad", rule.bad), ("rule.good", rule.good)):
        lines += ["", f"{phrase(key, lang)}:"]
        lines += [f"  {line}" if line else "" for example in examples for line in bulleted(example)]
    return lines
