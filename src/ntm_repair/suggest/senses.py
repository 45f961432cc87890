"""What the words of a fragment may have been: the glossary and the lexicon, read from English to Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

import regex

from ntm_repair.glossary import Entry, Glossary
from ntm_repair.lexicon import Lexicon, Term
from ntm_repair.resources import Resources
from ntm_repair.suggest.ends import Ends
from ntm_repair.suggest.forms import RANK, WORD, Sense, senses_of_entry
from ntm_repair.suggest.inflection import Form, headwords
from ntm_repair.suggest.joining import Joiner
from ntm_repair.suggest.place import YEAR, Token
from ntm_repair.vietnamese import is_syllable

LONGEST = 6
"""Words of the longest English phrase looked up."""
MOST_OF_ALL = 24
"""Senses of one phrase that are kept."""
REMEMBERED = 1 << 14
"""Phrases remembered before starting afresh, so that a long run does not grow."""
ITSELF = 0.5
"""Cost of taking a word for a Vietnamese one that was never translated."""
BE = frozenset("am is are was were be been being".split())
UNITS = frozenset("kg km ha cm mm m m2 m3 m² m³ g kW kWh MW".split())
"""Units of measure that both languages write alike."""
HAVE = frozenset("have has had".split())
OWN = -1.5
"""Cost of a sense that the user's own glossary gives."""


class Senses:
    """The readings of English phrases under one lexicon and glossary; remembers what it was asked."""

    def __init__(self, resources: Resources, glossary: Glossary | None = None) -> None:
        self.lexicon: Lexicon = resources.lexicon
        self._context = resources.context
        self._glossary = Glossary.load(above=resources.lexicon.glossaries) if glossary is None else glossary
        self._known: dict[tuple[str, ...], tuple[Sense, ...]] = {}
        self._beginning: dict[str, bool] = {}

    @cached_property
    def joiner(self) -> Joiner:
        """Scores joins with the pairs of this lexicon counted as seen."""
        return Joiner(self._context, self.pairs)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The neighbouring words of all terms."""
        return frozenset(pair for words in self.terms for pair in pairwise(words))

    @cached_property
    def terms(self) -> dict[tuple[str, ...], Term]:
        """The terms of two syllables and more by their words, aliases among them."""
        found: dict[tuple[str, ...], Term] = {}
        for term in self.lexicon.terms:
            for form in (term.term, *term.aliases):
                words = tuple(form.lower().replace(",", "").split())
                if len(words) > 1:
                    found.setdefault(words, term)
        return found

    @cached_property
    def ends(self) -> Ends:
        """The terms by how they begin and end."""
        return Ends(self.terms)

    @cached_property
    def _acronyms(self) -> dict[str, tuple[str, ...]]:
        return {
            alias: tuple(term.term.lower().split())
            for term in self.lexicon.terms
            for alias in term.aliases
            if alias.isupper() and " " not in alias
        }

    @cached_property
    def _terms_by_english(self) -> dict[str, tuple[Term, ...]]:
        found: dict[str, tuple[Term, ...]] = {}
        for term in self.lexicon.terms:
            for english in term.english:
                found[english.lower()] = (*found.get(english.lower(), ()), term)
        return found

    @cached_property
    def _entries(self) -> dict[str, tuple[Entry, ...]]:
        entries = dict(self._glossary.by_english)
        for english in [e for e in entries if "-" in e]:
            apart = english.replace("-", " ")
            entries[apart] = (*entries.get(apart, ()), *entries[english])
        return entries

    @cached_property
    def _free(self) -> frozenset[str]:
        """Syllables that are words by themselves: an ordinary sense of something."""
        return frozenset(v for entry in self._glossary.entries for v in entry.vietnamese if " " not in v)

    def is_number(self, word: str) -> bool:
        """Whether an English word says how many or which one: "three", "third"."""
        return any(entry.word_class == "number" for entry in self._entries.get(word, ()))

    def is_adjective(self, word: str) -> bool:
        """Whether an English word is an adjective and no noun."""
        kinds = {entry.word_class for entry in self._entries.get(word, ())}
        return "adjective" in kinds and "noun" not in kinds

    def things(self, word: str) -> frozenset[str]:
        """The senses that a plural has as a noun; none of what is no plural."""
        return frozenset(
            sense
            for base, form in headwords(word)
            if form == "plural"
            for entry in self._entries.get(base, ())
            if entry.word_class == "noun"
            for sense in (*entry.vietnamese, *entry.odd)
        )

    def spelt_out(self, acronym: str) -> tuple[str, ...]:
        """The words an acronym stands for, lower-cased; itself where the lexicon does not say."""
        return self._acronyms.get(acronym, (acronym.lower(),))

    def of(self, tokens: Sequence[Token]) -> tuple[Sense, ...]:
        """The readings of neighbouring tokens as one phrase, the likeliest first; empty where there is none."""
        if len(tokens) == 1 and tokens[0].kept:
            return self._kept(tokens[0])
        key = _key(tokens)
        if len(key) > 1 and not self._may_begin(key[0]):
            return ()
        known = self._known.get(key)
        if known is None:
            known = tuple(self._phrase(key))
            if len(key) == 1 or known:
                if len(self._known) >= REMEMBERED:
                    self._known.clear()
                self._known[key] = known
        if len(tokens) == 1:
            known = (*known, *self._itself(tokens[0], bool(known)))
        return known

    def _may_begin(self, word: str) -> bool:
        """Whether a word, or one it is a form of, is the first of several that are listed together."""
        found = self._beginning.get(word)
        if found is None:
            if len(self._beginning) >= REMEMBERED:
                self._beginning.clear()
            found = word in BE or word in HAVE or any(form in self._first_words for form, _ in headwords(word))
            self._beginning[word] = found
        return found

    @cached_property
    def _first_words(self) -> frozenset[str]:
        listed = (*self._entries, *self._terms_by_english)
        return frozenset(english.split(" ", 1)[0] for english in listed if " " in english)

    def _phrase(self, key: tuple[str, ...]) -> Iterable[Sense]:
        senses: dict[str, Sense] = {}
        for english, form in _headings(key):
            for entry in self._entries.get(english, ()):
                for sense in senses_of_entry(entry, form, self._free):
                    own = entry.layer != "built-in"
                    _keep_best(senses, replace(sense, cost=OWN, layer=entry.layer) if own else sense)
            for term in self._terms_by_english.get(english, ()):
                words = tuple(term.term.lower().replace(",", "").split())
                _keep_best(senses, Sense(term.term, words, WORD, False, True, "lexicon", term.layer))
        if len(key) == 2 and key[0] in BE:
            self._bent(key[1], (("được", 0.0), ("bị", 2.0)), senses)
        elif len(key) == 2 and key[0] in HAVE:
            self._bent(key[1], (("đã", 0.0), ("", 1.0)), senses)
        elif len(key) == 3 and key[0] in HAVE and key[1] == "been":
            self._bent(key[2], (("đã được", 0.0), ("được", 0.5), ("đã", 1.0), ("đã bị", 2.0)), senses)
        return sorted(senses.values(), key=lambda s: s.cost)[:MOST_OF_ALL]

    def _bent(self, participle: str, marks: Iterable[tuple[str, float]], senses: dict[str, Sense]) -> None:
        """ "is expanded" is "được mở rộng", for what is suffered "bị"; "has expanded" is "đã mở rộng".

        `marks` are the words before the verb, with what each costs (nats).
        """
        for verb, form in headwords(participle):
            for entry in self._entries.get(verb, ()) if form == "past" else ():
                for rank, value in enumerate(entry.vietnamese if entry.word_class == "verb" else ()):
                    for mark, extra in marks:
                        words = (*mark.split(), *value.lower().split())
                        cost = WORD + RANK * rank + extra
                        _keep_best(senses, Sense(" ".join(words), words, cost, False, False, "glossary"))

    def _kept(self, token: Token) -> tuple[Sense, ...]:
        """A number or an acronym stays; a year may want its noun."""
        if token.text == "VND":
            said = Sense("đồng", ("đồng",), WORD, False, True, "kept")
            return said, replace(said, text="VND", cost=2 * WORD)
        if token.text.isupper():
            return (Sense(token.text, self.spelt_out(token.text), 0.0, True, True, "kept"),)
        ordinal = _ORDINAL.fullmatch(token.lower)
        if ordinal:
            return (Sense(f"thứ {ordinal.group(1)}", ("thứ",), 0.0, True, False, "glossary"),)
        plain = Sense(figure(token.text), (), 0.0, False, False, "kept")
        if YEAR.fullmatch(token.text):
            return Sense(f"năm {token.text}", ("năm",), -3.0, False, True, "kept"), plain
        return (plain,)

    def _itself(self, token: Token, has_senses: bool) -> Iterator[Sense]:
        """A word that was Vietnamese all along ("Do that" for "Do đó"), or a name."""
        if token.text in UNITS:
            yield Sense(token.text, (token.text,), 0.0, False, True, "kept")
        elif len(token.text) > 1 and is_syllable(token.text) and self._context.word(token.lower) > 1000:
            yield Sense(token.lower, (token.lower,), WORD + ITSELF, False, False, "kept")
        elif token.capital and not token.opens and not has_senses:
            yield Sense(token.text, (token.lower,), WORD, True, True, "kept")


def _key(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The words of neighbouring tokens as glossaries have them: "people's" is one."""
    words: list[str] = []
    for token in tokens:
        if words and token.lower in ("'s", "’s"):
            words[-1] += "'s"
        else:
            words.append(token.lower)
    return tuple(words)


def figure(text: str) -> str:
    """A figure of English text as Vietnamese writes it: "40,000" is 40.000, "4.3" is 4,3."""
    if _THOUSANDS.fullmatch(text):
        return text.translate(_POINTS)
    return text.replace(".", ",") if _DECIMAL.fullmatch(text) else text


_THOUSANDS = regex.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = regex.compile(r"\d+\.(?!0$)(?:\d{1,2}|\d{4,})")  # not "4.0", which names a version
_ORDINAL = regex.compile(r"(\d+)(?:st|nd|rd|th)")
_POINTS = str.maketrans({",": ".", ".": ","})


def _headings(key: tuple[str, ...]) -> Iterator[tuple[str, Form]]:
    """The headwords a phrase may be listed under: its last word bent, or its first ("carried out")."""
    for last, form in headwords(key[-1]):
        yield " ".join((*key[:-1], last)), form
    if len(key) > 1:
        for first, _ in headwords(key[0])[1:]:
            yield " ".join((first, *key[1:])), ""


def _keep_best(senses: dict[str, Sense], sense: Sense) -> None:
    known = senses.get(sense.text)
    if known is None or sense.cost < known.cost:
        senses[sense.text] = sense


_LOADED: dict[str, Senses] = {}


def senses_of(resources: Resources) -> Senses:
    """The senses under the resources' lexicon, made when first asked for: a scan without English never loads them."""
    key = resources.lexicon.sha256
    if key not in _LOADED:
        if len(_LOADED) >= 4:
            _LOADED.clear()
        _LOADED[key] = Senses(resources)
    return _LOADED[key]
