"""All rules, in order: where two claim the same words, the earlier one explains them."""

from __future__ import annotations

from ntm_repair.rules import (
    duplicate_caption,
    empty_quotes,
    english_fragment,
    glued_words,
    missing_space,
    repeated_word,
    split_word,
    stray_space,
)
from ntm_repair.rules.base import Hit, Rule

RULES: tuple[Rule, ...] = (
    duplicate_caption.RULE,
    english_fragment.RULE,
    repeated_word.RULE,
    split_word.RULE,
    glued_words.RULE,
    empty_quotes.RULE,
    stray_space.RULE,
    missing_space.RULE,
)


def names() -> dict[str, str]:
    """Rule codes to names."""
    return {rule.code: rule.name for rule in RULES}


__all__ = ["RULES", "Hit", "Rule", "names"]
