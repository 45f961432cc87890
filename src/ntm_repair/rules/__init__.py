"""All rules, in order: where two claim the same words, the earlier one explains them.

Whole paragraphs come first: a repeat that goes away needs no other repair. Then what is not text yet (encodings), so
that no other rule judges garbled letters; what belongs to the page; syllables broken in two and words
glued together, which may look English; English; repeats; characters; spaces and marks.
"""

from __future__ import annotations

from ntm_repair.rules import (
    boilerplate,
    confused_word,
    decomposed,
    duplicate_caption,
    empty_quotes,
    english_fragment,
    figure_marks,
    foreign_document,
    foreign_word,
    garbled_term,
    glued_words,
    invisible_characters,
    known_garble,
    legacy_encoding,
    letter_case,
    missing_space,
    mojibake,
    near_caption,
    repeated_word,
    scrambled_order,
    split_word,
    stray_filename,
    stray_space,
    truncated_paragraph,
)
from ntm_repair.rules.base import Rule
from ntm_repair.types import Hit

RULES: tuple[Rule, ...] = (
    duplicate_caption.RULE,
    legacy_encoding.RULE,
    mojibake.RULE,
    near_caption.RULE,
    stray_filename.RULE,
    boilerplate.RULE,
    split_word.RULE,
    glued_words.RULE,
    english_fragment.RULE,
    foreign_word.RULE,
    repeated_word.RULE,
    letter_case.RULE,
    known_garble.RULE,
    garbled_term.RULE,
    scrambled_order.RULE,
    confused_word.RULE,
    invisible_characters.RULE,
    empty_quotes.RULE,
    stray_space.RULE,
    missing_space.RULE,
    figure_marks.RULE,
    truncated_paragraph.RULE,
    foreign_document.RULE,
    decomposed.RULE,
)


def names() -> dict[str, str]:
    """Rule codes to names."""
    return {rule.code: rule.name for rule in RULES}


__all__ = ["RULES", "Hit", "Rule", "names"]
