"""What a single word says about the language, in nats: positive for English, negative for Vietnamese."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

import regex

from ntm_repair.context import LAMBDAS, TOTAL, UNSEEN, Context
from ntm_repair.language.closed_class import FUNCTION_WORDS, NEVER_SECOND
from ntm_repair.packed import MASK, WORD, Packed, word_hash
from ntm_repair.vietnamese import is_marked, is_syllable

DATA = Path(__file__).parents[1] / "data"
PLAIN = "plain.txt"
"""Name of the list of Vietnamese syllables that never speak for English."""
NGRAM = "\x01"
"""Prefix of the keys of character n-grams in the word table."""
_STEPS = 12
"""Steps a nat is divided into in the table."""
KNOWN = 3e-7
"""Probability in English from which a word counts as an English word."""
COMMON = 3e-5
"""Probability in English of the common words that residue may open a sentence with."""
UNNAMED = 300
"""How many times commoner in English than in names of Vietnamese news a common word is that is no name by itself."""
LONE = 0.3
"""Posterior a lone content word needs to be shown."""
ACRONYM = 2.0
"""Log-odds, English against Vietnamese news, from which an acronym beside a run belongs to it."""
OWN = 5e-5
"""Probability in Vietnamese news from which a syllable that English has too is a Vietnamese word of every day: "to"."""
BORROWED = 6e-6
"""The same for a loanword that anything can be said of: "radio", "camera", "video"."""
BORROWED_NATS = 3.0
"""The most such a loanword says for English."""
LEAST_ADVERB = 6
"""Letters of the shortest adverb that is told by its ending; "fly" and "July" are none."""
_PAIR_STEPS = 20
_PAIR_ZERO = 128
_LEAST_PAIR = 1e-7
"""Share that the rarest English pair listed has of the words behind the counts."""
_FLOOR = 6.5e-9
"""Probability of what a source does not list: half a sighting in the words behind the Vietnamese counts."""
_GRAM_FLOOR = 2e-7
_HYPHEN = regex.compile("[‑-]")
ROMAN = regex.compile("X{0,3}(?:IX|IV|V?I{0,3})")
"""Numbers of kings and wars."""


def level(probability: float) -> int:
    """A probability as the byte its negative logarithm is kept in; 255 for none."""
    return 255 if probability <= 0 else min(254, round(-_STEPS * log(probability)))


def pair_level(association: float) -> int:
    """A pointwise mutual information (nats) as the byte it is kept in, to 1/20 nat within six of 0."""
    return max(1, min(255, round(_PAIR_STEPS * association) + _PAIR_ZERO))


_PROBABILITIES = [exp(-stored / _STEPS) for stored in range(255)] + [0.0]

_LOGS = [log(max(_FLOOR, probability)) for probability in _PROBABILITIES]


class Entry(NamedTuple):
    """What the table says of a word in lower case: its levels in English and, in Vietnamese, as a word and a name."""

    english: int
    here: int
    title: int


_UNLISTED = Entry(255, 255, 255)


@dataclass(frozen=True, slots=True)
class Parameters:
    """Weights of the model; fitted by tools/fit_residue.py, kept in data/residue.json. Figures are nats."""

    enter: float
    """log P(an English run begins) at a Vietnamese word."""
    leave: float
    """log P(a run ends) at an English word."""
    marked: float
    """Evidence of a marked, valid syllable."""
    odd: float
    """Evidence of a marked word that is no syllable: a glued word, a transcribed name."""
    bare: float
    """The most a bare valid syllable ("to", "do", "can") can say for English."""
    capital: float
    """Added to a Title Case word inside a sentence: it is a name more often than not."""
    gram: float
    """The most that character n-grams can say about an unknown word, either way."""
    bond: float
    """Weight of how two neighbours stand together in Vietnamese news."""
    strange: float
    """The most an uncommon pair can say against the Vietnamese reading of both words."""
    familiar: float
    """The most a common pair can say for it."""
    closed: float
    """Added to that for two English function words side by side."""
    english: float
    """Weight of how two neighbours stand together in English."""
    apart: float
    """The most an uncommon English pair can say against the English reading of both words."""
    together: float
    """The most a common one can say for it."""
    across: float
    """Weight of how well the words around a lone one stand beside each other in Vietnamese without it."""
    inserted: float
    """The most that can say for English."""
    doubtful: float
    """Posterior from which a lone word is worth showing; chosen, not fitted."""

    @classmethod
    def load(cls) -> Parameters:
        """The fitted weights."""
        return cls(**json.loads((DATA / "residue.json").read_text("utf-8"))["parameters"])


class Evidence:
    """The word table with its weights. Words are NFC."""

    def __init__(
        self, context: Context, parameters: Parameters | None = None, boundary: Mapping[str, float] | None = None
    ) -> None:
        """The shipped weights stand where none are given; with an empty `boundary` no end of a run is moved."""
        self.context = context
        self._given = parameters
        self._boundary = boundary
        self._ask = Packed(DATA / "words.bin").ask
        self._entry = lru_cache(maxsize=1 << 15)(self._read)
        self.of_form = lru_cache(maxsize=1 << 16)(self._of_form)
        self.is_wall = lru_cache(maxsize=1 << 16)(_is_wall)
        self.is_listed = lru_cache(maxsize=1 << 14)(self._is_listed)
        self._of_letters = lru_cache(maxsize=1 << 12)(self._of_trigrams)
        self._of_gram = lru_cache(maxsize=1 << 14)(self._of_trigram)
        self.bond = lru_cache(maxsize=1 << 16)(self._bond)
        self._english_pairs = Packed(DATA / "english-2.bin")
        self._unlisted = lru_cache(maxsize=1 << 12)(self._unlisted_association)
        self.english_bond = lru_cache(maxsize=1 << 15)(self._english_bond)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Syllables of Vietnamese news, in lower case, that never speak for English."""
        return tuple((DATA / PLAIN).read_text("utf-8").split())

    @cached_property
    def parameters(self) -> Parameters:
        """The weights in use."""
        return self._given or Parameters.load()

    @cached_property
    def boundary(self) -> Mapping[str, float]:
        """The weights of `boundary.moved` by the names of its features, fitted by tools/fit_boundary.py."""
        if self._boundary is not None:
            return self._boundary
        weights: dict[str, float] = json.loads((DATA / "boundary.json").read_text("utf-8"))["weights"]
        return weights

    def _hash(self, word: str) -> int:
        """`packed.word_hash`: for words of ASCII letters it is what the counts are asked by too."""
        return self.context.hash(word) if word.isascii() else word_hash(word)

    def _read(self, lower: str) -> Entry:
        found = self._ask(self._hash(lower))
        return _UNLISTED if found is None else Entry(found & 255, found >> 8 & 255, found >> 16)

    def most_of_form(self, word: str) -> float:
        """The most a word says for English wherever it stands, which matters to capitals only."""
        if word.islower():
            return self.of_form(word, False)
        inside = self._of_form(word, False)
        if word.isalpha() and _LOGS[self._entry(word.lower()).english] > _LOGS[255] and self.parameters.capital >= 0:
            return inside  # the table has it: where a sentence opens it may be a word of Vietnamese besides
        return max(inside, self._of_form(word, True))

    @cached_property
    def _is_strange(self) -> bool:
        """Whether every pair that news does not have is as strange as a pair can be."""
        p = self.parameters
        return p.bond * log(LAMBDAS[0] / (LAMBDAS[0] + LAMBDAS[1])) < -p.strange - 1e-6

    def _of_form(self, word: str, opens: bool) -> float:
        """The evidence of a word by itself; a compound with hyphens says what its most Vietnamese part says."""
        if "-" in word or "‑" in word:
            return min(self._of_form(part, opens) for part in _HYPHEN.split(word))
        p = self.parameters
        lower = word.lower()
        if not lower.isascii() and is_marked(lower):
            return p.marked if is_syllable(lower) else p.odd
        listed, usual, named = self._entry(lower)
        # The first word of a sentence may be either: a common word, or a name with its capital.
        capital = word[0].isupper()
        english, here = _LOGS[listed], _LOGS[named if capital else usual]
        if capital and opens:
            here = max(here, _LOGS[usual])
        evidence = self._of_letters(lower) if english == here == _LOGS[255] else english - here
        if evidence > p.bare and is_syllable(lower):
            evidence = p.bare
        if capital and not opens and (lower not in FUNCTION_WORDS or is_syllable(lower)):
            evidence += p.capital
        return evidence

    def _bond(self, before: str, word: str) -> float:
        """How much likelier `word` is after `before` in Vietnamese news than anywhere, in nats, bounded.

        It belongs to the Vietnamese reading of both words only: "to" is at home before "lớn", not before "plan".
        """
        p = self.parameters
        first, second = before.lower(), word.lower()
        functional = first in FUNCTION_WORDS and second in FUNCTION_WORDS
        if functional and not (is_syllable(first) and is_syllable(second) and second not in NEVER_SECOND):
            return -p.strange - p.closed
        context = self.context
        seen = context.word(first)
        if not seen:
            if self._is_adverb(first):
                return -p.strange  # a noun that news does not have may be a term, an adverb is none
            raw = 0.0
        elif not (together := context.pair(first, second)) and not functional and self._is_strange:
            return -p.strange
        else:
            one = (context.word(second) or UNSEEN) / TOTAL
            after = min(1.0, together / seen)
            raw = log((LAMBDAS[0] * one + LAMBDAS[1] * after) / ((LAMBDAS[0] + LAMBDAS[1]) * one))
        # "in the", "do that": where news has the pair, it quotes English; "in may", "can do" it has of its own.
        if functional and raw < 0:
            return -p.strange - p.closed
        return max(-p.strange, min(p.familiar, p.bond * raw))

    def lift(self, before: str, after: str) -> float:
        """What it says for a lone word's being English that its two neighbours go together without it, in nats."""
        p = self.parameters
        return max(0.0, min(p.inserted, p.across * self.bond(before, after)))

    def _english_bond(self, before: str, word: str) -> float:
        """`english_association` of two words as the model weighs it: bounded, in nats."""
        p = self.parameters
        raw = self.english_association(before.lower(), word.lower())
        return max(-p.apart, min(p.together, p.english * raw))

    def english_association(self, first: str, second: str) -> float:
        """How much likelier the second of two lower-case words is after the first in English than anywhere, in nats.

        Known only of pairs with a word that is a Vietnamese syllable too; of others it says nothing.
        """
        if not (is_syllable(first) or is_syllable(second)):
            return 0.0
        first_hash, second_hash = self._hash(first), self._hash(second)
        listed = self._english_pairs.ask(first_hash * WORD + second_hash & MASK)
        if listed is not None:
            return (listed - _PAIR_ZERO) / _PAIR_STEPS
        raw = min(self._unlisted(first_hash, True), self._unlisted(second_hash, False))
        expected = self.english(first) * self.english(second)
        return min(raw, log(_LEAST_PAIR / expected)) if expected else 0.0

    def _unlisted_association(self, word: int, before: bool) -> float:
        """The association of a word, by its hash, with those it is not listed with: before them or after them."""
        stored = self._english_pairs.ask(word * WORD & MASK if before else word)
        return 0.0 if stored is None else (stored - _PAIR_ZERO) / _PAIR_STEPS

    def is_name(self, word: str) -> bool:
        """Whether Vietnamese news writes the word with a capital inside sentences more often than not."""
        entry = self._entry(word.lower())
        return entry.title < entry.here

    def may_open(self, word: str) -> bool:
        """Whether a word with a capital is one of the common English words that residue may open a sentence with."""
        return not is_syllable(word) and self.english(word) >= COMMON and not self.is_name(word)

    def can_be_name(self, word: str) -> bool:
        """Whether a capitalised word may be a name by itself: not a common one of English that news has in no name."""
        english = self.english(word)
        return english < COMMON or self.title(word) * UNNAMED >= english

    def is_english_acronym(self, word: str) -> bool:
        """Whether English has a word in capitals much more often than Vietnamese news has it in any case."""
        if not (word.isupper() and word.isalpha() and word.isascii() and len(word) > 1) or is_syllable(word):
            return False
        if ROMAN.fullmatch(word):
            return False
        english, vietnamese = self.english(word), self.context.word(word.lower()) / TOTAL
        return english > exp(ACRONYM) * max(_FLOOR, vietnamese)

    def is_own(self, word: str) -> bool:
        """Whether a word is a syllable that Vietnamese news has as a word of its own at every turn."""
        return is_syllable(word) and _PROBABILITIES[self._entry(word.lower()).here] >= OWN

    def is_borrowed(self, word: str) -> bool:
        """Whether a word is a loanword of every day."""
        usual = _PROBABILITIES[self._entry(word.lower()).here] >= BORROWED
        return usual and not is_syllable(word) and self.of_form(word, False) < BORROWED_NATS

    def title(self, word: str) -> float:
        """P(word) in Vietnamese news with a capital inside sentences, 0 where the table does not list it."""
        return _PROBABILITIES[self._entry(word.lower()).title]

    def english(self, word: str) -> float:
        """P(word) in English, 0 where the table does not list it."""
        return _PROBABILITIES[self._entry(word.lower()).english]

    def _is_listed(self, word: str) -> bool:
        """Whether English frequency lists have a word."""
        return self.english(word) >= KNOWN

    def _is_adverb(self, lower: str) -> bool:
        """Whether a word has the ending of English adverbs of manner, which are not borrowed: "drastically"."""
        return lower.endswith("ly") and len(lower) >= LEAST_ADVERB and self.is_listed(lower)

    def is_compound(self, word: str) -> bool:
        """Whether a word is put together with hyphens from words that English frequency lists have."""
        parts = _HYPHEN.split(word)
        return len(parts) > 1 and all(map(self.is_listed, parts))

    def _of_trigrams(self, lower: str) -> float:
        """Character trigrams of an unknown word, English against Vietnamese, bounded."""
        padded = f" {lower} "
        total = sum(map(self._of_gram, (padded[i : i + 3] for i in range(len(padded) - 2))))
        bound = self.parameters.gram
        return max(-bound, min(bound, total))

    def _of_trigram(self, gram: str) -> float:
        found = self._ask(word_hash(NGRAM + gram))
        if found is None:
            return 0.0
        english, here = _PROBABILITIES[found & 255], _PROBABILITIES[found >> 8 & 255]
        return log(max(_GRAM_FLOOR, english) / max(_GRAM_FLOOR, here))


def _is_wall(word: str) -> bool:
    """Whether a word is a marked Vietnamese syllable: two of them in a row part one run of English from another."""
    return is_marked(word) and is_syllable(word) and not _HYPHEN.search(word)
