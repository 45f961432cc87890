"""Words that a round trip through English may put in each other's place, read off the glossary backwards.

Two Vietnamese words are a confusion pair where one headword translates to both: *criteria / standard* makes tiêu chí
and tiêu chuẩn a pair. Pairs of an odd sense (xã for *social*) count like the others. Headwords with very many
translations and single-syllable words with very many partners say little and are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ntm_repair.glossary import NOTHING, Glossary
from ntm_repair.matching.units import normal_form

LONGEST = 4
"""Words (syllables) of the longest member."""
MOST_SENSES = 12
"""A headword with more translations than this is too vague to make pairs."""


class Confusions:
    """The confusion pairs of a glossary. Members are tuples of words in the normal form."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self.written: dict[tuple[str, ...], tuple[str, ...]] = {}
        """How the glossary writes a member."""

    @cached_property
    def pairs(self) -> Mapping[tuple[str, ...], Mapping[tuple[str, ...], str]]:
        """Each member, what it may stand for, and the headword they share."""
        found: dict[tuple[str, ...], dict[tuple[str, ...], str]] = {}
        by_english: dict[str, list[str]] = {}
        for entry in self._glossary.entries:
            if entry.word_class != "function":
                senses = by_english.setdefault(entry.english, [])
                senses += [v for v in (*entry.vietnamese, *entry.odd) if v not in senses and v != NOTHING]
        for english, senses in by_english.items():
            members = []
            for sense in senses:
                member = tuple(normal_form(sense).split(" "))
                if len(member) <= LONGEST and member not in members:
                    members.append(member)
                    self.written.setdefault(member, tuple(sense.split(" ")))
            if not 2 <= len(members) <= MOST_SENSES:
                continue
            for a in members:
                partners = found.setdefault(a, {})
                for b in members:
                    if a != b:
                        partners.setdefault(b, english)
        return found

    def alternatives(self, member: tuple[str, ...]) -> Mapping[tuple[str, ...], str]:
        """What may belong in the place of `member`, with the headword both translate."""
        return self.pairs.get(member, {})

    def explains(self, here: Sequence[str], there: Sequence[str]) -> str:
        """The headword through which all that differs between two lines of words could have come about, or ""."""
        extra, missing = Counter(here) - Counter(there), Counter(there) - Counter(here)
        if not extra:
            return ""
        for first in range(len(here)):
            for last in range(first + 1, min(len(here), first + LONGEST) + 1):
                partners = self.pairs.get(tuple(here[first:last]))
                if not partners:
                    continue
                gone = Counter(here[first:last])
                if extra - gone:
                    continue
                for other, headword in partners.items():
                    put = Counter(other)
                    if not missing - put and put - missing == gone - extra:
                        return headword
        return ""

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self.pairs)
