"""What a rule is: one file that finds one kind of damage, says why, and shows it on examples.

A rule reads the article through its NFC view and answers with hits in *view* offsets; `detect` maps them back to the
source. A rule never edits, never asks, and gives the same hits for the same article, lexicon and tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ntm_repair.article import Article
from ntm_repair.resources import Resources
from ntm_repair.types import Applicability, Hit


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of damage: how to find it, why it matters, and examples that are also its first tests.

    In `bad` examples the damaged span stands in double brackets, as in "hoàn [[to plan]] ban đầu"; `good` examples
    are texts that look alike and must not be flagged. A blank line in an example starts a new paragraph.
    """

    code: str
    name: str
    why: Mapping[str, str]
    """Language ("vi", "en") to one or two sentences."""
    applicability: Applicability
    """Of its findings, unless one says otherwise."""
    find: Callable[[Article, Resources], Iterable[Hit]]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    levels: Mapping[str, str] | None = None
    """Language to which of its findings are safe, for review or only told, where they are not all the same."""
    in_word: Callable[[str, Resources], bool] | None = None
    """Whether a raw word (between white space) can give a hit away. Asked once for each form, so it may cost something.

    Words that differ by a digit only may be asked once for all, and so are most with and without a stop after them. A
    rule with one of these three is run only on articles with such a sign. A sign may be wrong, but never missing.
    """
    in_place: Callable[[str, int, int, Resources], bool] | None = None
    """Whether a raw word that is a sign can be one where it stands: text, begin and end in it. Need not be asked."""
    in_line: Callable[[str], bool] | None = None
    """Whether a line (between "\\n") can be where a hit is. Asked for every line: it must cost next to nothing."""
    opens: Callable[[str], bool] | None = None
    """Whether a line that begins with this raw word can be one of those; asked once for each word, to spare `in_line`."""
    closes: Callable[[str], bool] | None = None
    """The same for the last three code points of a line, white space aside."""
    in_text: Callable[[Article], bool | Sequence[tuple[int, int]]] | None = None
    """Whether the article can have hits that no word or line of it gives away; then all of it is looked at.

    Or the spans of the lines, in order, to look at besides those.
    """
