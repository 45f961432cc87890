"""Where a paragraph can hold residue at all: a set question over its raw words, then a look at the few that fail it.

What is passed over here is only what the full model would pass over too: stretches where no word speaks for English,
where all that do together cannot lift a posterior to what is shown, where one stands alone among marked Vietnamese
syllables and is too weak by the closed form that its posterior has there, or where all are capitalised and make a
name. `residue(..., full=True)` looks everywhere; a property test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

from ntm_repair.language.closed_class import FUNCTION_WORDS
from ntm_repair.language.doubt import cuts_compound
from ntm_repair.language.evidence import KNOWN, LONE, Evidence
from ntm_repair.language.forms import MARGIN, PUNCTUATION, Forms, Suspect
from ntm_repair.language.words import Word, ends_sentence, words_between, words_of
from ntm_repair.vietnamese import is_syllable

_WIDE = ("`", "\\", "\x1c", "\x1d", "\x1e", "\x1f")
"""Signs of words that hold white space: code, TeX, addresses with what only Python takes for white space."""
_MARKS = frozenset(PUNCTUATION)
_IDLE = 1 << 16
"""Suspects with their neighbours remembered."""


class FirstLook:
    """Paragraphs by where they can hold residue, judged by the forms of their raw words."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._forms = Forms(evidence)
        self._suspects = self._forms.suspects
        self._walls = self._forms.walls
        self._idle: dict[tuple[str, str, str], bool] = {}
        p = evidence.parameters
        self._through_border = -self._forms.border - 2 * p.strange - p.enter - p.leave - MARGIN
        self._passable, self._passable_content = (
            log(posterior / (1 - posterior)) - p.enter - p.leave - MARGIN
            for posterior in (p.doubtful, max(p.doubtful, LONE))
        )

    def windows(self, paragraph: str, wide: bool) -> Sequence[list[Word]]:
        """The words of each span of the paragraph to look into, in order; a span goes from wall to wall.

        `wide` says whether it may hold words with white space inside.
        """
        raw = paragraph.split()
        dull = self._forms.dull
        if dull.issuperset(raw):
            return ()
        if "\n" in paragraph:  # not a line of an article: a sentence may begin anywhere between its words
            return (words_of(paragraph),)
        if self._forms.are_many():
            self._forms.forget()
            self._idle.clear()
        walls, suspects = self._walls, self._suspects
        odd = [word for word in raw if word not in dull]
        new = [word for word in odd if word not in suspects]
        if new:
            self._forms.judge(new)
        places: list[int] = []
        at = -1
        beyond = len(raw) - 2
        for word in odd:
            if word not in suspects:
                continue
            at = raw.index(word, at + 1)
            if (
                not (1 < at < beyond and raw[at - 1] in walls and raw[at + 1] in walls)
                or not (raw[at - 2] in walls and raw[at + 2] in walls)
                or not self._is_idle(raw, at)
            ):
                places.append(at)
        if not places:
            return ()
        if wide and may_be_wide(paragraph):  # no window may begin inside
            return (words_of(paragraph),)
        spans: list[tuple[int, int]] = []
        for first, last, group in self._stretches(raw, places):
            if not self._passes(raw, group, first, last):
                start = first - 1 if first > 1 else 0
                if spans and start <= spans[-1][1]:
                    start = spans.pop()[0]
                spans.append((start, min(len(raw) - 1, last + 1)))
        if not spans:
            return ()
        if sum(map(len, raw)) + len(raw) - 1 == len(paragraph):  # one white space between each two: the rule
            return [words_between(paragraph, raw, first, last) for first, last in spans]
        offsets = _offsets(paragraph, raw)
        return [
            words_of(paragraph, offsets[first] if first else 0, offsets[last] + len(raw[last])) for first, last in spans
        ]

    def is_suspect(self, raw: str) -> bool:
        """Whether a raw word holds anything that speaks for English."""
        return self._forms.is_suspect(raw)

    def _is_idle(self, raw: Sequence[str], i: int) -> bool:
        """Whether a suspect that stands alone between two walls on either side can be passed over there."""
        key = (raw[i - 1], raw[i], raw[i + 1])
        idle = self._idle.get(key)
        if idle is None:
            if len(self._idle) > _IDLE:
                self._idle.clear()
            idle = self._idle[key] = self._passes(raw, [i], i, i)
        return idle

    def _stretches(self, raw: Sequence[str], places: Sequence[int]) -> Iterator[tuple[int, int, list[int]]]:
        """First and last raw word of each stretch between two walls in a row, with the suspects inside."""
        walls = self._walls
        beyond = len(raw)
        last = -1
        group: list[int] = []
        first = 0
        for i in places:
            if i <= last:
                group.append(i)
                continue
            if group:
                yield first, last, group
            group, first, last = [i], i, i
            wall = False  # no suspect is one
            while first > 0:
                if raw[first - 1] not in walls:
                    wall = False
                elif wall:
                    break
                else:
                    wall = True
                first -= 1
            wall = False
            while last + 1 < beyond:
                if raw[last + 1] not in walls:
                    wall = False
                elif wall:
                    break
                else:
                    wall = True
                last += 1
        if group:
            yield first, last, group

    def _passes(self, raw: Sequence[str], places: Sequence[int], first: int, last: int) -> bool:
        """Whether the suspects of a stretch, raw words `first` to `last`, cannot come to anything that is shown."""
        suspects = [self._suspects[raw[i]] for i in places]
        one = suspects[0] if len(suspects) == 1 else None
        known = one.known if one else any(s.known for s in suspects)
        if not known and self._is_unknown(raw[first : last + 1]):
            return True
        potential = one.potential if one else sum([s.potential for s in suspects])
        named = one.name if one else all(s.name for s in suspects)
        if named and not self._is_inserted(raw, suspects, places) and self._are_names(raw, places, potential):
            return True
        for suspect, i in zip(suspects, places, strict=True):
            if suspect.opener and _may_open(raw, i):
                return False
        p = self._evidence.parameters
        before, after = places[0] - 1, places[-1] + 1
        if one is None:
            closed = p.closed
            content = all(s.content for s in suspects)
        else:  # it costs a bond only between two function words
            closed = 0.0
            for neighbour in raw[max(0, before) : after + 1 : 2]:
                if neighbour.isascii() and neighbour.lower() in FUNCTION_WORDS:
                    closed = p.closed
            content = one.content
        passable = self._passable_content if content else self._passable
        most = potential + 2 * closed * len(suspects) + p.together * (len(suspects) - 1)
        if most + p.inserted < passable:
            return True
        if one is None:
            return most < passable and most + max([self._lift(raw, i) for i in places]) < passable
        lift = self._lift(raw, places[0])
        if most + lift < passable:
            return True
        if not one.word or before <= 0 or after >= len(raw) - 1:
            return False
        if raw[before] not in self._walls or raw[after] not in self._walls:
            return False
        own = raw[places[0]]
        bonds = 0.0
        if raw[before][-1].isalpha() and own[0].isalpha():
            bonds += self._evidence.bond(raw[before].lstrip(PUNCTUATION), one.word)
            if one.nats - bonds + p.strange + closed + lift < passable:
                return True  # whatever the bond on the other side
        if raw[after][0].isalpha() and own[-1].isalpha():
            bonds += self._evidence.bond(one.word, raw[after].rstrip(PUNCTUATION))
        return one.nats - bonds + lift < passable

    def _is_inserted(self, raw: Sequence[str], suspects: Sequence[Suspect], places: Sequence[int]) -> bool:
        """Whether a common word with a capital may stand between the halves of a Vietnamese compound."""
        for suspect, i in zip(suspects, places, strict=True):
            if suspect.common and 0 < i < len(raw) - 1 and raw[i + 1][0].islower():
                after = raw[i + 1].rstrip(PUNCTUATION)
                if cuts_compound(raw[i - 1].lstrip(PUNCTUATION), after, self._evidence):
                    return True
        return False

    def _lift(self, raw: Sequence[str], i: int) -> float:
        """The most that the words around a suspect can say for its being left over between them."""
        if not 0 < i < len(raw) - 1:
            return 0.0
        own, before, after = raw[i], raw[i - 1].lstrip(PUNCTUATION), raw[i + 1].rstrip(PUNCTUATION)
        if not before or not after or before[-1] in _MARKS or after[0] in _MARKS:
            return 0.0
        if own[0] in _MARKS or own[-1] in _MARKS:
            return 0.0
        if before.isalpha() and after.isalpha():
            return self._evidence.lift(before, after) if is_syllable(before) and is_syllable(after) else 0.0
        numbers = raw[i - 1] in self._forms.mute or raw[i + 1] in self._forms.mute
        return 0.0 if numbers else self._evidence.parameters.inserted

    def _is_unknown(self, raw: Sequence[str]) -> bool:
        """Whether of raw words without known suspects none is known to English: a run of such words is not shown."""
        return all(word in self._walls or word in self._forms.mute or word in self._suspects for word in raw)

    def _are_names(self, raw: Sequence[str], places: Sequence[int], potential: float) -> bool:
        """Whether capitalised suspects are names, alone or with other capitalised words, each between two borders.

        Any run among such words is a name, if it does not reach through a border, or one word that opens a sentence.
        """
        walls, is_border = self._walls, self._forms.is_border
        start, groups = places[0], 0
        while start <= places[-1]:
            first, last = start, start
            while first > 0 and raw[first - 1] not in walls and not is_border(raw[first - 1]):
                first -= 1
            while last < len(raw) - 1 and raw[last + 1] not in walls and not is_border(raw[last + 1]):
                last += 1
            for i in range(first, last + 1):
                word = raw[i]
                if word in self._forms.mute:
                    continue
                if word not in self._forms.names:
                    return False
                if (i == 0 or ends_sentence(raw[i - 1])) and self._evidence.english(word.strip(PUNCTUATION)) >= KNOWN:
                    return False
            groups += 1
            start = next((i for i in places if i > last), len(raw))
        return groups == 1 or potential < self._through_border


def may_be_wide(text: str) -> bool:
    """Whether a text may hold words with white space inside."""
    return any(sign in text for sign in _WIDE)


def _may_open(raw: Sequence[str], i: int) -> bool:
    """Whether a sentence may begin with a word of raw word `i`, or inside it."""
    return i == 0 or ends_sentence(raw[i - 1]) or ends_sentence(raw[i])


def _offsets(paragraph: str, raw: Sequence[str]) -> list[int]:
    """Where each raw word begins, in code points."""
    offsets: list[int] = []
    at = 0
    for word in raw:
        at = paragraph.index(word, at)
        offsets.append(at)
        at += len(word)
    return offsets
