"""Raw words (between white space) by what they can say for English, each form judged once and remembered."""

from __future__ import annotations

from collections.abc import Iterable
from math import log
from typing import NamedTuple

from ntm_repair.language.closed_class import FUNCTION_WORDS, PREPOSITIONS, is_function_word
from ntm_repair.language.doubt import is_common
from ntm_repair.language.evidence import LONE, Evidence
from ntm_repair.language.offices import HEADS
from ntm_repair.language.words import is_acronym, words_of

PUNCTUATION = ".,;:!?…“”‘’\"'()[]–-"
"""What may stand around a word."""
MARGIN = 0.2
"""Nats by which a posterior must lie below the threshold to be passed over: far more than rounding can differ."""
NEVER_NAMES = PREPOSITIONS | HEADS
"""Words that may be residue with a capital as well, those of offices because of what stands beside them."""
_BOUND = 1 << 16
"""Raw words remembered; when there are more, all are forgotten."""


class Suspect(NamedTuple):
    """A raw word with something English in it."""

    word: str
    """The word, where it is all there is but for punctuation around it; "" where there is more."""
    nats: float
    """The most it can say for English."""
    potential: float
    """The most it can add to a posterior's log-odds, the bonds on its two sides broken."""
    opener: bool
    """Has a word that may open a sentence as residue does, whatever its posterior."""
    name: bool
    """A capitalised word that is no function word: inside a sentence, a name."""
    common: bool
    """Such a word that is one of English rather than a name that news knows."""
    known: bool
    """Has a word that English frequency lists have."""
    content: bool
    """Has no function word: alone it is shown only from a higher posterior."""


class Forms:
    """The raw words seen so far, as sets of those that are alike."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.dull: set[str] = set()
        """No word in them speaks for English."""
        self.suspects: dict[str, Suspect] = {}
        """All others."""
        self.walls: set[str] = set()
        """Dull: marked Vietnamese syllables."""
        self.mute: set[str] = set()
        """Dull: nothing in them says anything about language: numbers, acronyms, marks."""
        self.names: set[str] = set()
        """Capitalised words, dull or suspects, that may be a name."""
        self._most = evidence.most_of_form
        self._borders: dict[str, bool] = {}
        # Beside a run such a word's log-odds are its evidence and what is lost of its bonds on both sides.
        self.border = log(LONE / (1 - LONE)) - 2 * evidence.parameters.strange - MARGIN
        """Evidence below which a word is a border (nats)."""
        self.forget()

    def forget(self) -> None:
        """Remember nothing but the syllables that most of Vietnamese is made of."""
        for memory in (self.dull, self.suspects, self.walls, self.mute, self.names, self._borders):
            memory.clear()
        self.dull.update(self._evidence.plain)
        self.walls.update(w for w in self.dull if not w.isascii())

    def are_many(self) -> bool:
        """Whether it is time to forget."""
        return len(self.dull) + len(self.suspects) > _BOUND

    def is_suspect(self, raw: str) -> bool:
        """Whether a raw word holds anything that speaks for English."""
        if not self._is_known(raw):
            if self.are_many():
                self.forget()
            self.judge((raw,))
        return raw in self.suspects

    def _is_known(self, raw: str) -> bool:
        return raw in self.dull or raw in self.suspects

    def judge(self, some: Iterable[str]) -> None:
        """Judge raw words not seen before."""
        dull, walls = self.dull, self.walls
        for raw in some:
            core = raw.strip(PUNCTUATION)
            # Nearly all are syllables that are known, with a stop or a capital.
            if core in walls or (core.lower() in walls and (len(core) == 1 or not core.isupper())):
                dull.add(raw)
                walls.add(raw)
            elif not core.isalpha():
                if core.isdecimal() or not any(map(str.isalpha, core)):
                    dull.add(raw)
                    self.mute.add(raw)
                else:
                    self._judge_words(raw)
            elif core == raw:
                self._judge_word(raw)
            else:
                self._judge_with_marks(raw, core)

    def _judge_with_marks(self, raw: str, core: str) -> None:
        """Judge a word with stops and quotation marks around it: it says what it says without them."""
        if not self._is_known(core):
            self._judge_word(core)
        if core in self.suspects:
            self.suspects[raw] = self.suspects[core]
        else:
            self.dull.add(raw)
            if core in self.walls:
                self.walls.add(raw)
            elif core in self.mute:
                self.mute.add(raw)
        if core in self.names:
            self.names.add(raw)

    def _judge_word(self, word: str) -> None:
        """Judge a word of nothing but letters."""
        evidence = self._evidence
        if is_acronym(word):
            self.dull.add(word)
            self.mute.add(word)
        elif not word.isascii() and (word.lower() in self.walls or evidence.is_wall(word)):
            self.dull.add(word)
            self.walls.add(word)
        else:
            nats, lower, capital = self._most(word), word.lower(), word[0].isupper()
            content = lower not in FUNCTION_WORDS
            name = capital and content and lower not in NEVER_NAMES and evidence.can_be_name(word)
            if name:
                self.names.add(word)
            if nats <= 0:
                self.dull.add(word)
            else:
                potential = nats + 2 * evidence.parameters.strange
                known = evidence.is_listed(word)
                opener = capital and evidence.may_open(word)
                common = name and is_common(word, evidence)
                self.suspects[word] = Suspect(word, nats, potential, opener, name, common, known, content)

    def _judge_words(self, raw: str) -> None:
        """Judge what holds letters and more: "don't", "co-op", "xã/phường", "ST25", an address."""
        p = self._evidence.parameters
        words = words_of(raw)
        telling = [w for w in words if not w.neutral]
        nats = [self._most(w.text) for w in telling]
        if max(nats, default=0.0) <= 0:
            self.dull.add(raw)
            if not telling:
                self.mute.add(raw)
            return
        potential = sum(n + 2 * p.strange + p.together for n in nats if n > 0) - p.together
        word = words[0] if len(words) == 1 else None
        content = not any(is_function_word(w.text) for w in telling)
        name = word is not None and word.capital and content and word.text.lower() not in NEVER_NAMES
        name = name and word is not None and self._evidence.can_be_name(word.text)
        opener = any(w.capital and self._evidence.may_open(w.text) for w in telling)
        known = any(self._evidence.is_listed(w.text) for w in telling)
        common = name and word is not None and is_common(word.text, self._evidence)
        self.suspects[raw] = Suspect(
            word.text if word else "", max(nats), potential, opener, name, common, known, content
        )
        if name:
            self.names.add(raw)

    def is_border(self, raw: str) -> bool:
        """Whether a word is so Vietnamese that a run beside it stops there: what lies beyond it would have to pull."""
        if raw in self.walls:
            return True
        border = self._borders.get(raw)
        if border is None:
            core = raw.strip(PUNCTUATION)
            border = core.isalpha() and core not in self.mute and self._most(core) < self.border
            self._borders[raw] = border
        return border
