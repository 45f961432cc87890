"""All rules, in order: where two claim the same words, the earlier one explains them."""

from __future__ import annotations

from ntm_repair.rules import duplicate_caption
from ntm_repair.rules.base import Hit, Rule

RULES: tuple[Rule, ...] = (duplicate_caption.RULE,)

__all__ = ["RULES", "Hit", "Rule"]
