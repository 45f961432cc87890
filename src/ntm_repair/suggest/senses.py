"""What the words of a fragment may have been: the glossary and the lexicon, read from English to Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

from ntm_repair.article import Resources
from ntm_repair.glossary import NOTHING, Entry, Glossary
from ntm_repair.lexicon import Lexicon, Term
from ntm_repair.suggest.ends import Ends
from ntm_repair.suggest.inflection import Form, headwords
from ntm_repair.suggest.joining import Joiner
from ntm_repair.suggest.place import Token
from ntm_repair.vietnamese import is_syllable

Kind = Literal["content", "function", "name"]

LONGEST = 6
"""Words of the longest English phrase looked up."""
MOST_OF_ALL = 24
"""Senses of one phrase that are kept."""
WORD = 0.5
"""Cost (nats) of each English phrase that is read by itself: two words read as one phrase cost half."""
RANK = 0.9
"""Cost of each step down a row of ordinary senses."""
ODD = 2.0
"""Cost of a sense that is not the word's own but what engines confuse with it."""
ITSELF = 0.5
"""Cost of taking a word for a Vietnamese one that was never translated."""
HALF = 1.5
"""Cost, beside, of a sense that is but part of a word: "dụng" for *tool*."""
AGENT = "người"
OWN = -1.5
"""Cost of a sense that the user's own glossary gives."""
VANISH = 1.4
"""Cost of leaving a word out where the glossary says that it vanishes."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a run of English words."""

    text: str
    """As it is written: lower case but for names. "" where the words vanish."""
    words: tuple[str, ...]
    """As context tables know it; empty also for a number, which they do not hold."""
    cost: float
    """Nats."""
    modifier: bool
    """May stand before its noun in English and follow it in Vietnamese."""
    head: bool
    """May be a noun."""
    source: Literal["glossary", "lexicon", "article", "kept"]
    layer: str = ""
    at: int = -1
    """For a passage of the article: its offset in `Article.text`, in code points."""


class Senses:
    """The readings of English phrases under one lexicon and glossary; remembers what it was asked."""

    def __init__(self, resources: Resources, glossary: Glossary | None = None) -> None:
        self.lexicon: Lexicon = resources.lexicon
        self._context = resources.context
        self._glossary = Glossary.load(above=resources.lexicon.glossaries) if glossary is None else glossary
        self._known: dict[tuple[str, ...], tuple[Sense, ...]] = {}

    @cached_property
    def joiner(self) -> Joiner:
        """Scores joins with the pairs of this lexicon counted as seen."""
        pairs = {pair for words in self.terms for pair in pairwise(words)}
        return Joiner(self._context, frozenset(pairs))

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

    def spelt_out(self, acronym: str) -> tuple[str, ...]:
        """The words an acronym stands for, lower-cased; itself where the lexicon does not say."""
        return self._acronyms.get(acronym, (acronym.lower(),))

    def of(self, tokens: Sequence[Token]) -> tuple[Sense, ...]:
        """The readings of neighbouring tokens as one phrase, the likeliest first; empty where there is none."""
        if len(tokens) == 1 and tokens[0].kept:
            return self._kept(tokens[0])
        key = tuple(t.lower for t in tokens)
        known = self._known.get(key)
        if known is None:
            known = tuple(self._phrase(key))
            if len(key) == 1 or known:
                self._known[key] = known
        if len(tokens) == 1:
            known = (*known, *self._itself(tokens[0], bool(known)))
        return known

    def _phrase(self, key: tuple[str, ...]) -> Iterable[Sense]:
        senses: dict[str, Sense] = {}
        for last, form in headwords(key[-1]):
            english = " ".join((*key[:-1], last))
            for entry in self._entries.get(english, ()):
                for sense in _of_entry(entry, form, self._free):
                    own = entry.layer != "built-in"
                    _keep_best(senses, replace(sense, cost=OWN, layer=entry.layer) if own else sense)
            for term in self._terms_by_english.get(english, ()):
                words = tuple(term.term.lower().replace(",", "").split())
                _keep_best(senses, Sense(term.term, words, WORD, False, True, "lexicon", term.layer))
        return sorted(senses.values(), key=lambda s: s.cost)[:MOST_OF_ALL]

    def _kept(self, token: Token) -> tuple[Sense, ...]:
        """A number or an acronym stays; a year may want its noun."""
        if token.text.isupper():
            return (Sense(token.text, self.spelt_out(token.text), 0.0, True, True, "kept"),)
        plain = Sense(token.text, (), 0.0, False, False, "kept")
        if len(token.text) == 4 and token.text[:2] in ("19", "20") and token.text.isdigit():
            return Sense(f"năm {token.text}", ("năm",), -3.0, False, True, "kept"), plain
        return (plain,)

    def _itself(self, token: Token, has_senses: bool) -> Iterator[Sense]:
        """A word that was Vietnamese all along ("Do that" for "Do đó"), or a name."""
        if len(token.text) > 1 and is_syllable(token.text) and self._context.word(token.lower) > 1000:
            yield Sense(token.lower, (token.lower,), WORD + ITSELF, False, False, "kept")
        elif token.capital and not token.opens and not has_senses:
            yield Sense(token.text, (token.lower,), WORD, True, True, "kept")


def _keep_best(senses: dict[str, Sense], sense: Sense) -> None:
    known = senses.get(sense.text)
    if known is None or sense.cost < known.cost:
        senses[sense.text] = sense


def _of_entry(entry: Entry, form: Form, free: frozenset[str]) -> Iterator[Sense]:
    kind = entry.word_class
    modifier = kind in ("adjective", "noun") or (kind == "verb" and form in ("past", "ing"))
    modifier = modifier or entry.english in POSTPOSED
    head = kind in ("noun", "phrase") or (kind == "verb" and form in ("", "plural", "ing"))
    if form == "agent":
        for rank, value in enumerate(entry.vietnamese if kind == "verb" else ()):
            text = f"{AGENT} {value}"
            yield Sense(text, tuple(text.lower().split()), WORD + RANK * rank, False, True, "glossary")
        return
    for values, base in ((entry.vietnamese, 0.0), (entry.odd, ODD)):
        for rank, value in enumerate(values):
            cost = WORD + base + RANK * rank
            if base and " " not in value and value not in free:
                cost += HALF
            if value == NOTHING:
                yield Sense("", (), VANISH + base + RANK * rank, False, False, "glossary")
                continue
            yield Sense(value, tuple(value.lower().split()), cost, modifier, head, "glossary")
            if rank > 1 or base:
                continue
            for marker, extra in _MARKED.get((kind, form), ()):
                text = f"{marker} {value}"
                yield Sense(text, tuple(text.lower().split()), cost + extra, modifier, head, "glossary")


POSTPOSED = frozenset("this that these those other another own such my our your his her its their".split())
"""Function words that stand before their noun in English and after it in Vietnamese."""
_MARKED: dict[tuple[str, str], tuple[tuple[str, float], ...]] = {
    ("noun", "plural"): (("các", 1.2), ("những", 2.0)),
    ("noun", ""): (("các", 2.3),),
    ("verb", "past"): (("đã", 1.2), ("được", 1.5)),
    ("verb", "ing"): (("việc", 1.5), ("đang", 1.5)),
    ("adjective", "compared"): (),
}
"""Words that Vietnamese says beside a sense where English bends the word, with what each costs (nats)."""

_LOADED: dict[str, Senses] = {}


def senses_of(resources: Resources) -> Senses:
    """The senses under the resources' lexicon, made when first asked for: a scan without English never loads them."""
    key = resources.lexicon.sha256
    if key not in _LOADED:
        if len(_LOADED) >= 4:
            _LOADED.clear()
        _LOADED[key] = Senses(resources)
    return _LOADED[key]
