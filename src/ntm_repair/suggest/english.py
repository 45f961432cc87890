"""Repairs for English left in a Vietnamese sentence: every source asked, one ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from ntm_repair.article import Article, Resources
from ntm_repair.lexicon import Term
from ntm_repair.rules.base import Hit
from ntm_repair.suggest.beside import translation_beside
from ntm_repair.suggest.complete import completions
from ntm_repair.suggest.confidence import Figures, confidence, figures
from ntm_repair.suggest.decode import Reading, readings
from ntm_repair.suggest.elsewhere import Passage, one_sided, passages
from ntm_repair.suggest.place import NEIGHBOURS, Place, place_of
from ntm_repair.suggest.senses import LONGEST, Sense, Senses, senses_of
from ntm_repair.suggest.written import fitted, written
from ntm_repair.types import Message, Scalar, Suggestion, SuggestionSource

LONGEST_READ = 14
"""Words of the longest fragment that is read word by word: such a reading of a clause is no sentence."""
READS = -1.0
"""Mean association of a reading's words with those before them (nats) below which it is a gloss, not a sentence."""
GLOSS = 0.4
"""What the score of a gloss is multiplied by."""
BARE = 0.5
"""The most that leaving out is scored with where only the join speaks for it."""
MOST = 10
"""Senses of each phrase that are tried in a fragment of several words."""
DISTINCT = 16
"""Readings that share the probability among them: those behind have next to none."""
TRIED = 8
"""Readings that are looked at; no more than five are shown."""
LEAST = 0.04
"""Confidence below which nothing is offered."""
DROP = 5.0
"""Cost (nats) of leaving out a word that says something."""
AGREEMENT = {4: 0.6, 5: 0.72, 6: 0.8, 7: 0.85, 8: 0.88}
"""Score of a passage elsewhere by how many neighbouring words agree."""
LAYERS = {"built-in": "", "user": "_user", "project": "_project"}


def english_repairs(article: Article, resources: Resources, hit: Hit) -> Iterator[Suggestion]:
    """Suggestions for a hit of NTM101 or NTM102."""
    senses = senses_of(resources)
    place = place_of(article, hit.start, hit.end, senses.spelt_out)
    if not place.tokens:
        return
    beside = translation_beside(article, place, senses)
    if beside is not None:
        yield Suggestion("", round(0.7 + 0.25 * beside.share, 2), "deletion", Message("suggest.delete_repeats"))
    for passage in passages(article, place, senses)[:2]:
        yield _from_passage(article, place, passage)
    if len(place.tokens) <= LONGEST_READ:
        yield from _readings(article, place, senses, beside is not None)


def _from_passage(article: Article, place: Place, passage: Passage) -> Suggestion:
    text = article.text[passage.start : passage.end]
    opens = article.text[place.start : place.start + 1].islower() and text[:1].isupper() and text[1:2].islower()
    text = text[0].lower() + text[1:] if opens and _common(article, text) else text
    why = _quoted(article, text, passage.start)
    return Suggestion(fitted(place, text), AGREEMENT[passage.agreeing], "article", why)


def _common(article: Article, text: str) -> bool:
    """Whether the first word of a passage is written in lower case too somewhere: it is no name."""
    first = text.split()[0].lower()
    return f" {first} " in article.text


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading as it is written, the term it completes with what stood there of it, and the figures to judge it by."""

    reading: Reading
    text: str
    term: tuple[Term, str] | None
    figures: Figures


def judged_readings(article: Article, place: Place, senses: Senses) -> list[Judged]:
    """The readings of a fragment, each text once, best first; leaving it out is one."""
    options = options_of(place, senses)
    for span, sense in one_sided(article, place, senses):
        options.setdefault(span, []).append(sense)
    options.setdefault((0, len(place.tokens)), []).append(_dropped(place, options))
    found = _distinct(place, readings(place, options, senses.joiner))
    terms = [_completed(place, reading, senses) for reading, _ in found]
    judged = figures(place, [reading for reading, _ in found])
    return [Judged(*pair, term, of) for pair, term, of in zip(found, terms, judged, strict=True)]


def _readings(article: Article, place: Place, senses: Senses, repeated: bool) -> Iterator[Suggestion]:
    for judged in judged_readings(article, place, senses)[:TRIED]:
        if judged.text.strip().casefold() == article.text[place.start : place.end].casefold():
            continue
        score = confidence(judged.figures)
        if repeated:
            score *= 0.5  # what stands beside the fragment should not be said twice
        if not judged.text:
            # Where a sentence begins, what follows would have to be written anew.
            if place.left and not place.opens and score >= LEAST:
                yield Suggestion("", round(min(score, BARE), 2), "deletion", Message("suggest.delete_reads"))
            continue
        literal = judged.term is None and _association(place, judged.reading, senses) < READS
        score = round(score * GLOSS if literal else score, 2)
        if score >= LEAST:
            yield Suggestion(judged.text, score, *_origin(article, place, judged, literal))


def _association(place: Place, reading: Reading, senses: Senses) -> float:
    """How much likelier the words are beside each other than apart, mean over the joins (nats)."""
    if any(sense.source == "article" for _, _, sense in reading.senses):
        return READS
    line = (*place.left[-2:], *reading.words, *place.right[:2])
    joins = range(max(1, len(place.left[-2:])), min(len(line), len(place.left[-2:]) + len(reading.words) + 1))
    gains = [
        senses.joiner.logp(line[i], line[i - 1], line[i - 2] if i > 1 else "") - log(senses.joiner.word(line[i]))
        for i in joins
        if not (line[i] + line[i - 1])[0].isdigit()
    ]
    return sum(gains) / len(gains) if gains else READS


def options_of(place: Place, senses: Senses) -> dict[tuple[int, int], list[Sense]]:
    """What each run of the fragment's words may have been."""
    tokens = place.tokens
    found: dict[tuple[int, int], list[Sense]] = {}
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
            own = senses.of(tokens[start:end])
            if own:
                found[start, end] = list(own if len(tokens) == 1 else own[:MOST])
            if tokens[end - 1].gap.strip(" -"):
                break
    for span, sense in completions(place, senses, found):
        found.setdefault(span, []).append(sense)
    return found


def _dropped(place: Place, options: dict[tuple[int, int], list[Sense]]) -> Sense:
    """The whole fragment left out."""
    cost = 0.0
    for i in range(len(place.tokens)):
        vanishing = [s.cost for s in options.get((i, i + 1), ()) if not s.text]
        cost += min([DROP, *vanishing])
    return Sense("", (), cost, False, False, "kept")


def _distinct(place: Place, found: Sequence[Reading]) -> list[tuple[Reading, str]]:
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
    for start in range(high):
        for end in range(max(start + 2, low + 1), len(line) + 1):
            crosses = start < low or end > high
            term = senses.terms.get(line[start:end]) if crosses else None
            if term is not None and (best is None or end - start > best[0]):
                given = (*line[start:low], *line[high:end])
                best = end - start, term, " ".join(given)
    return (best[1], best[2]) if best else None


def _origin(article: Article, place: Place, judged: Judged, literal: bool) -> tuple[SuggestionSource, Message]:
    """Where a reading comes from, and why it is offered."""
    senses = [sense for _, _, sense in judged.reading.senses]
    passage = next((s for s in senses if s.source == "article"), None)
    if passage is not None:
        return "article", _quoted(article, passage.text, passage.at)
    if judged.term is not None:
        term, given = judged.term
        values: dict[str, Scalar] = {"term": term.term, "given": given}
        return "lexicon", Message(f"suggest.completes{LAYERS[term.layer]}", values)
    parts = []
    for start, end, sense in sorted(judged.reading.senses, key=lambda s: s[0]):
        english = " ".join(t.text for t in place.tokens[start:end])
        if sense.text and sense.text != english:
            parts.append(f"{english} → {sense.text}")
    source: SuggestionSource = "lexicon" if any(s.source == "lexicon" for s in senses) else "glossary"
    layer = max((LAYERS[s.layer] for s in senses if s.layer), default="")
    return source, Message("suggest.literal" if literal else f"suggest.reading{layer}", {"parts": "; ".join(parts)})


def _quoted(article: Article, text: str, at: int) -> Message:
    return Message("suggest.article", {"phrase": text, "line": article.text.count("\n", 0, at) + 1})
