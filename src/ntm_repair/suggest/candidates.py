"""The readings of a fragment from all that its words may have been, each judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import log
from typing import NamedTuple

from ntm_repair.article import Article
from ntm_repair.lexicon import Term
from ntm_repair.suggest.complete import completions
from ntm_repair.suggest.confidence import Figures, figures
from ntm_repair.suggest.connectives import OPENERS, VERB_MARKS
from ntm_repair.suggest.dates import dated, is_dated
from ntm_repair.suggest.decode import Reading, best_readings
from ntm_repair.suggest.doer import doer_first, told_first
from ntm_repair.suggest.elsewhere import one_sided
from ntm_repair.suggest.forms import WORD, Sense
from ntm_repair.suggest.grammar import after_articles, after_figures, before_figures, before_participles
from ntm_repair.suggest.place import NEIGHBOURS, Place, Token
from ntm_repair.suggest.senses import LONGEST, Senses
from ntm_repair.suggest.written import written

MOST = 10
"""Senses of each phrase that are tried in a fragment of several words."""
DISTINCT = 16
"""Readings that share the probability among them: those behind have next to none."""
TITLE = 2.5
"""Cost of leaving a word of a name in English where glossaries have them all."""
OWNERS = frozenset(("'s", "’s"))
BY = 3.5
"""Cost of naming the doer behind what was done."""
DROP = 5.0
"""Cost (nats) of leaving out a word that says something."""


class Judged(NamedTuple):
    """A reading as it is written, the term it completes with what stood there of it, and the figures to judge it by."""

    reading: Reading
    text: str
    term: tuple[Term, str] | None
    figures: Figures
    place: Place
    """The fragment's words in the order in which they were read: what the reading's senses count."""


def judged_readings(article: Article, place: Place, senses: Senses) -> list[Judged]:
    """The readings of a fragment, each text once, best first; leaving it out is one."""
    options = options_of(article, place, senses)
    turned = doer_first(place)
    if turned is not None:
        by = turned.was, turned.was + 1
        options[by] = [replace(s, cost=s.cost + BY) for s in options.get(by, ())]
    for span, sense in one_sided(article, place, senses):
        options.setdefault(span, []).append(sense)
    dropped = _dropped(place, options)
    if dropped is not None:
        options.setdefault((0, len(place.tokens)), []).append(dropped)
    found = [(*pair, place) for pair in _distinct(place, best_readings(place, options, senses.joiner))]
    if turned is not None:
        other = turned.place
        told = told_first(options_of(article, other, senses), other, turned.by)
        found = _with(found, [(*pair, other) for pair in _distinct(other, best_readings(other, told, senses.joiner))])
    judged = figures(place, [reading for reading, _, _ in found])
    return [
        Judged(reading, text, _completed(read, reading, senses), of, read)
        for (reading, text, read), of in zip(found, judged, strict=True)
    ]


_Found = tuple[Reading, str, Place]


def _with(found: Sequence[_Found], more: Sequence[_Found]) -> list[_Found]:
    """The best of both, each text once."""
    texts: dict[str, _Found] = {}
    for one in sorted((*found, *more), key=lambda f: -f[0].score):
        texts.setdefault(one[1], one)
    return list(texts.values())[:DISTINCT]


def options_of(article: Article, place: Place, senses: Senses) -> dict[tuple[int, int], list[Sense]]:
    """What each run of the fragment's words may have been."""
    tokens = place.tokens
    found: dict[tuple[int, int], list[Sense]] = {}
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
            own = senses.of(tokens[start:end])
            if end - start == len(tokens) and place.opens and place.right[:1] and place.right[0] in VERB_MARKS:
                own = tuple(sorted(map(_opening, own), key=lambda s: s.cost))
            if own:
                found[start, end] = list(own if len(tokens) == 1 else own[:MOST])
            if tokens[end - 1].gap.strip(" -"):
                break
    for i in range(len(tokens)):
        if _is_in_name(place, i) and not is_dated(tokens, i):
            kept = Sense(tokens[i].text, (tokens[i].lower,), 0.0, True, True, "kept")
            told = _is_told(tokens, i, found)
            found[i, i + 1] = [*found[i, i + 1], replace(kept, cost=TITLE)] if told else [kept]
    before_figures(tokens, found, place.figure)
    after_figures(tokens, found, senses)
    before_participles(tokens, found, senses)
    after_articles(tokens, found)
    dated(article, place, found)
    for span, sense in completions(place, senses, found):
        found.setdefault(span, []).append(sense)
    return found


def _opening(sense: Sense) -> Sense:
    """A sense where a sentence opens before the mark of a verb: an adverb of time is an ordinary one there."""
    return replace(sense, cost=min(sense.cost, WORD)) if " ".join(sense.words) in OPENERS else sense


def _is_in_name(place: Place, i: int) -> bool:
    """Whether a word is part of a name of two words or more: those stay as they are."""
    tokens = place.tokens
    beside = [tokens[j] for j in (i - 1, i + 1) if 0 <= j < len(tokens) and tokens[min(i, j)].gap == " "]
    return _is_title(tokens[i]) and any(_is_title(t) for t in beside)


def _is_told(tokens: Sequence[Token], i: int, options: Mapping[tuple[int, int], Sequence[Sense]]) -> bool:
    """Whether every word of the name around word `i` is one that glossaries have: "Provincial People's Committee"."""
    first = last = i
    while first and (_is_title(tokens[first - 1]) or tokens[first - 1].lower in OWNERS):
        first -= 1
    while last + 1 < len(tokens) and (_is_title(tokens[last + 1]) or tokens[last + 1].lower in OWNERS):
        last += 1
    return all(
        any(s.source in ("glossary", "lexicon") and s.text for s in options.get((k, k + 1), ()))
        for k in range(first, last + 1)
    )


def _is_title(token: Token) -> bool:
    return token.capital and not token.opens and not token.kept


def _dropped(place: Place, options: dict[tuple[int, int], list[Sense]]) -> Sense | None:
    """The whole fragment left out; None where a name, a number or an unknown word would go with it."""
    cost = 0.0
    for i, token in enumerate(place.tokens):
        senses = options.get((i, i + 1), ())
        named = token.capital and not token.opens and i > 0
        if token.kept or not senses or named or is_dated(place.tokens, i):
            return None
        cost += min([DROP, *(s.cost for s in senses if not s.text)])
    return Sense("", (), cost, False, False, "kept")


def _distinct(place: Place, found: Iterable[Reading]) -> list[tuple[Reading, str]]:
    """The best readings and what they are written as, each text once, without those that repeat their neighbours."""
    texts: dict[str, Reading] = {}
    for reading in found:
        if len(texts) == DISTINCT:
            break
        if not _repeats(place, reading.words):
            texts.setdefault(written(place, reading.senses), reading)
    return [(reading, text) for text, reading in texts.items()]


def _repeats(place: Place, words: Sequence[str]) -> bool:
    """Whether the words begin as those before them end, or end as those after them begin."""
    for size in range(1, min(len(words), NEIGHBOURS) + 1):
        if tuple(words[:size]) == place.left[-size:] or tuple(words[len(words) - size :]) == place.right[:size]:
            return True
    return False


def _completed(place: Place, reading: Reading, senses: Senses) -> tuple[Term, str] | None:
    """The longest lexicon term that stands across an edge of the reading, and the part of it that stood there."""
    if not reading.words:
        return None
    line = (*place.left[-NEIGHBOURS:], *reading.words, *place.right[:NEIGHBOURS])
    low = len(place.left[-NEIGHBOURS:])
    high = low + len(reading.words)
    best: tuple[int, Term, str] | None = None
    pairs = senses.pairs
    for start in range(high):
        for end in range(start + 2, len(line) + 1):
            if (line[end - 2], line[end - 1]) not in pairs:
                break  # no term has both
            crosses = end > low and (start < low or end > high)
            term = senses.terms.get(line[start:end]) if crosses else None
            if term is not None and (best is None or end - start > best[0]):
                given = (*line[start:low], *line[high:end])
                best = end - start, term, " ".join(given)
    return (best[1], best[2]) if best else None


def association(place: Place, reading: Reading, senses: Senses) -> float:
    """How much likelier the words are beside each other than apart, mean over the joins (nats)."""
    if any(sense.source == "article" for _, _, sense in reading.senses):
        return 0.0
    line = (*place.left[-2:], *reading.words, *place.right[:2])
    joins = range(max(1, len(place.left[-2:])), min(len(line), len(place.left[-2:]) + len(reading.words) + 1))
    gains = [
        senses.joiner.logp(line[i], line[i - 1], line[i - 2] if i > 1 else "") - log(senses.joiner.word(line[i]))
        for i in joins
        if not (line[i] + line[i - 1])[0].isdigit()
    ]
    return sum(gains) / len(gains) if gains else 0.0
