"""Where a paragraph can hold residue at all: a set question over its raw words, then a look at the few that fail it.

What is passed over here is only what the full model would pass over too: stretches where no word speaks for English,
where all that do together cannot lift a posterior to what is shown, where one stands alone among marked Vietnamese
syllables and is too weak by the closed form that its posterior has there, or where all are capitalised and make a
name. `residue(..., full=True)` looks everywhere; a property test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

import regex

from ntm_repair.language.closed_class import FUNCTION_WORDS, PREPOSITIONS
from ntm_repair.language.evidence import KNOWN, LONE, Evidence
from ntm_repair.language.words import Word, ends_sentence, is_acronym, words_between, words_of
from ntm_repair.vietnamese import is_syllable

_PUNCTUATION = ".,;:!?…“”‘’\"'()[]–-"
_WIDE = regex.compile(r"[`\\\x1c-\x1f]")
"""Signs of words that hold white space: code, TeX, addresses with what only Python takes for white space."""
_BOUND = 1 << 18
"""Raw words remembered; when there are more, all are forgotten."""
_MARGIN = 0.2
"""Nats by which a posterior must lie below the threshold to be passed over: far more than rounding can differ."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A raw word with something English in it."""

    word: str
    """The word, where it is all there is but for punctuation around it; "" where there is more."""
    nats: float
    """The most it can say for English."""
    potential: float
    """The most it can add to a posterior's log-odds, the bonds on its two sides broken."""
    opener: bool
    """May open a sentence as residue does, whatever its posterior."""
    name: bool
    """A capitalised word that is no function word: inside a sentence, a name."""
    known: bool
    """Has a word that English frequency lists have."""
    content: bool
    """Has no function word: alone it is shown only from a higher posterior."""


class FirstLook:
    """Raw words (between white space) by what they can say, remembered from one paragraph to the next."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._dull: set[str] = set()
        self._walls: set[str] = set()
        self._mute: set[str] = set()
        self._names: set[str] = set()
        self._borders: dict[str, bool] = {}
        self._suspects: dict[str, Suspect] = {}
        self._idle: dict[tuple[str, str, str], bool] = {}
        self._begin()
        p = evidence.parameters
        # Beside a run such a word's log-odds are its evidence and what is lost of its bonds on both sides.
        self._border = log(LONE / (1 - LONE)) - 2 * p.strange - _MARGIN
        self._through_border = -self._border - 2 * p.strange - p.enter - p.leave - _MARGIN
        self._passable, self._passable_content = (
            log(posterior / (1 - posterior)) - p.enter - p.leave - _MARGIN
            for posterior in (p.doubtful, max(p.doubtful, LONE))
        )

    def _begin(self) -> None:
        """Remember nothing but the syllables that most of Vietnamese is made of."""
        for memory in (self._dull, self._walls, self._mute, self._names, self._borders, self._suspects, self._idle):
            memory.clear()
        self._dull.update(self._evidence.plain)
        self._walls.update(w for w in self._dull if not w.isascii())

    def windows(self, paragraph: str) -> Sequence[list[Word]]:
        """The words of each span of the paragraph to look into, in order; a span goes from wall to wall."""
        raw = paragraph.split()
        dull = self._dull
        if dull.issuperset(raw):
            return ()
        suspects = self._suspects
        if len(dull) + len(suspects) > _BOUND:
            self._begin()
        places: list[int] = []
        at = -1
        for word in [word for word in raw if word not in dull]:
            if word not in suspects:
                if word in dull:
                    continue  # judged a moment ago
                self._judge(word)
            at = raw.index(word, at + 1)
            if word in suspects and not self._is_idle(raw, at):
                places.append(at)
        if not places:
            return ()
        if _WIDE.search(paragraph):  # no window may begin inside
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
        if not self._is_known(raw):
            self._judge(raw)
        return raw in self._suspects

    def _is_known(self, raw: str) -> bool:
        return raw in self._dull or raw in self._suspects

    def _judge(self, raw: str) -> None:
        core = raw.strip(_PUNCTUATION)
        if not core.isalpha():
            if any(map(str.isalpha, core)):
                self._judge_words(raw)
            else:
                self._dull.add(raw)
                self._mute.add(raw)
        elif core == raw:
            self._judge_word(raw)
        else:
            # With stops and quotation marks around it a word says what it says without them.
            if not self._is_known(core):
                self._judge_word(core)
            if core in self._suspects:
                self._suspects[raw] = self._suspects[core]
            else:
                self._dull.add(raw)
                if core in self._walls:
                    self._walls.add(raw)
                elif core in self._mute:
                    self._mute.add(raw)
            if core in self._names:
                self._names.add(raw)

    def _judge_word(self, word: str) -> None:
        """Judge a word of nothing but letters."""
        evidence = self._evidence
        if is_acronym(word):
            self._dull.add(word)
            self._mute.add(word)
        elif not word.isascii() and (word.lower() in self._walls or evidence.is_wall(word)):
            self._dull.add(word)
            self._walls.add(word)
        else:
            nats, lower = self._most(word), word.lower()
            if nats <= 0:
                self._dull.add(word)
            else:
                capital = word[0].isupper()
                content = lower not in FUNCTION_WORDS
                name = capital and content and lower not in PREPOSITIONS and evidence.can_be_name(word)
                potential = nats + 2 * evidence.parameters.strange
                known = evidence.english(word) >= KNOWN
                opener = capital and not is_syllable(word)
                self._suspects[word] = Suspect(word, nats, potential, opener, name, known, content)
            name = word[0].isupper() and lower not in FUNCTION_WORDS and lower not in PREPOSITIONS
            if name and evidence.can_be_name(word):
                self._names.add(word)

    def _judge_words(self, raw: str) -> None:
        """Judge what holds letters and more: "don't", "co-op", "xã/phường", "ST25", an address."""
        p = self._evidence.parameters
        words = words_of(raw)
        telling = [w for w in words if not w.neutral]
        nats = [self._most(w.text) for w in telling]
        if max(nats, default=0.0) <= 0:
            self._dull.add(raw)
            if not telling:
                self._mute.add(raw)
            return
        potential = sum(n + 2 * p.strange + p.together for n in nats if n > 0) - p.together
        word = words[0] if len(words) == 1 else None
        content = all(w.text.lower() not in FUNCTION_WORDS for w in telling)
        name = word is not None and word.capital and content and word.text.lower() not in PREPOSITIONS
        name = name and word is not None and self._evidence.can_be_name(word.text)
        opener = any(w.capital and not is_syllable(w.text) for w in telling)
        known = any(self._evidence.english(w.text) >= KNOWN for w in telling)
        self._suspects[raw] = Suspect(word.text if word else "", max(nats), potential, opener, name, known, content)
        if name:
            self._names.add(raw)

    def _most(self, word: str) -> float:
        """The most a word says for English wherever it stands, which matters to capitals only."""
        of_form = self._evidence.of_form
        return of_form(word, False) if word.islower() else max(of_form(word, False), of_form(word, True))

    def _is_idle(self, raw: Sequence[str], i: int) -> bool:
        """Whether a suspect stands alone between two walls on either side, and can be passed over there."""
        walls = self._walls
        if not (1 < i < len(raw) - 2 and raw[i - 1] in walls and raw[i + 1] in walls):
            return False
        if not (raw[i - 2] in walls and raw[i + 2] in walls):
            return False
        key = (raw[i - 1], raw[i], raw[i + 1])
        idle = self._idle.get(key)
        if idle is None:
            if len(self._idle) > _BOUND:
                self._idle.clear()
            idle = self._idle[key] = self._passes(raw, [i], i, i)
        return idle

    def _stretches(self, raw: Sequence[str], places: Sequence[int]) -> Iterator[tuple[int, int, list[int]]]:
        """First and last raw word of each stretch between two walls in a row, with the suspects inside."""
        walls = self._walls
        last_index = len(raw) - 1
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
            while first > 0 and not (raw[first] in walls and raw[first - 1] in walls):
                first -= 1
            while last < last_index and not (raw[last] in walls and raw[last + 1] in walls):
                last += 1
        if group:
            yield first, last, group

    def _passes(self, raw: Sequence[str], places: Sequence[int], first: int, last: int) -> bool:
        """Whether the suspects of a stretch, raw words `first` to `last`, cannot come to anything that is shown."""
        suspects = [self._suspects[raw[i]] for i in places]
        if not any(s.known for s in suspects) and self._is_unknown(raw[first : last + 1]):
            return True
        if all(s.name for s in suspects) and self._are_names(raw, places, sum(s.potential for s in suspects)):
            return True
        if any(s.opener for s in suspects):
            return False
        p = self._evidence.parameters
        closed = p.closed
        before, after = places[0] - 1, places[-1] + 1
        if len(suspects) == 1 and not any(w.lower() in FUNCTION_WORDS for w in raw[max(0, before) : after + 1 : 2]):
            closed = 0.0  # it costs a bond only between two function words
        passable = self._passable_content if all(s.content for s in suspects) else self._passable
        most = sum(s.potential for s in suspects) + 2 * closed * len(suspects) + p.together * (len(suspects) - 1)
        if most < passable:
            return True
        one = suspects[0]
        if len(suspects) > 1 or not one.word or before <= 0 or after >= len(raw) - 1:
            return False
        if raw[before] not in self._walls or raw[after] not in self._walls:
            return False
        own = raw[places[0]]
        bonds = 0.0
        if raw[before][-1].isalpha() and own[0].isalpha():
            bonds += self._evidence.bond(raw[before].lstrip(_PUNCTUATION), one.word)
        if raw[after][0].isalpha() and own[-1].isalpha():
            bonds += self._evidence.bond(one.word, raw[after].rstrip(_PUNCTUATION))
        return one.nats - bonds < passable

    def _is_unknown(self, raw: Sequence[str]) -> bool:
        """Whether of raw words without known suspects none is known to English: a run of such words is not shown."""
        return all(word in self._walls or word in self._mute or word in self._suspects for word in raw)

    def _are_names(self, raw: Sequence[str], places: Sequence[int], potential: float) -> bool:
        """Whether capitalised suspects are names, alone or with other capitalised words, each between two borders.

        Any run among such words is a name, if it does not reach through a border, or one word that opens a sentence.
        """
        start, groups = places[0], 0
        while start <= places[-1]:
            first, last = start, start
            while first > 0 and not self._is_border(raw[first - 1]):
                first -= 1
            while last < len(raw) - 1 and not self._is_border(raw[last + 1]):
                last += 1
            for i in range(first, last + 1):
                word = raw[i]
                if word in self._mute:
                    continue
                if word not in self._names:
                    return False
                if (i == 0 or ends_sentence(raw[i - 1])) and self._evidence.english(word.strip(_PUNCTUATION)) >= KNOWN:
                    return False
            groups += 1
            start = next((i for i in places if i > last), len(raw))
        return groups == 1 or potential < self._through_border

    def _is_border(self, raw: str) -> bool:
        """Whether a word is so Vietnamese that a run beside it stops there: what lies beyond it would have to pull."""
        if raw in self._walls:
            return True
        border = self._borders.get(raw)
        if border is None:
            core = raw.strip(_PUNCTUATION)
            border = core.isalpha() and core not in self._mute and self._most(core) < self._border
            self._borders[raw] = border
        return border


def _offsets(paragraph: str, raw: Sequence[str]) -> list[int]:
    """Where each raw word begins, in code points."""
    offsets: list[int] = []
    at = 0
    for word in raw:
        at = paragraph.index(word, at)
        offsets.append(at)
        at += len(word)
    return offsets
