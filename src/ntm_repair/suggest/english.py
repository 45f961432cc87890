"""Repairs for English left in a Vietnamese sentence: every source asked, one ranking."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_repair.article import Article
from ntm_repair.resources import Resources
from ntm_repair.suggest.beside import translation_beside
from ntm_repair.suggest.candidates import Judged, association, judged_readings
from ntm_repair.suggest.confidence import confidence
from ntm_repair.suggest.elsewhere import Passage, passages
from ntm_repair.suggest.place import Place, place_of
from ntm_repair.suggest.senses import Senses, senses_of
from ntm_repair.suggest.written import fitted
from ntm_repair.types import Hit, Message, Scalar, Suggestion, SuggestionSource

LONGEST_READ = 14
"""Words of the longest fragment whose readings are offered as what stood there."""
LONGEST_DRAFT = 30
"""Words of the longest that one reading is offered of, as a draft."""
DRAFT = 0.1
"""Score of a draft, which is there to be edited: no measured one, but the least that is shown unless told otherwise."""
READS = -1.0
"""Mean association of a reading's words with those before them (nats) below which it is a gloss, not a sentence."""
GLOSS = 0.4
"""What the score of a gloss is multiplied by."""
BARE = 0.5
"""The most that leaving out is scored with where only the join speaks for it."""
TRIED = 8
"""Readings that are looked at; no more than five are shown."""
LONE = 0.5
"""Score of leaving out a single word that a word beside it may say: chance puts them there often."""
REPEATED = 0.5
"""What readings are scored down by where the Vietnamese beside the fragment says it: nobody wants it twice."""
LEAST = 0.04
"""Confidence below which nothing is offered."""
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
        score = 0.7 + 0.25 * beside.share if len(place.tokens) > 1 else LONE
        yield Suggestion("", round(score, 2), "deletion", Message("suggest.delete_repeats"))
    for passage in passages(article, place, senses)[:2]:
        yield _from_passage(article, place, passage)
    if len(place.tokens) <= LONGEST_READ:
        yield from _readings(article, place, senses, hit.confidence * (REPEATED if beside else 1.0))
    elif len(place.tokens) <= LONGEST_DRAFT and beside is None:
        yield from _draft(article, place, senses)


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


def _readings(article: Article, place: Place, senses: Senses, factor: float) -> Iterator[Suggestion]:
    """The readings; `factor` is how likely it is that anything should stand in place of the words."""
    for judged in judged_readings(article, place, senses)[:TRIED]:
        if judged.text.strip().casefold() == article.text[place.start : place.end].casefold():
            continue
        score = confidence(judged.figures) * factor
        if not judged.text:
            # Where a sentence begins, what follows would have to be written anew.
            if place.left and not place.opens and score >= LEAST:
                yield Suggestion("", round(min(score, BARE), 2), "deletion", Message("suggest.delete_reads"))
            continue
        literal = judged.term is None and association(place, judged.reading, senses) < READS
        score = round(score * GLOSS if literal else score, 2)
        if score >= LEAST:
            yield Suggestion(judged.text, score, *_origin(article, judged.place, judged, literal))


def _draft(article: Article, place: Place, senses: Senses) -> Iterator[Suggestion]:
    """The best reading of a clause, if its words go together."""
    told = [judged for judged in judged_readings(article, place, senses) if judged.text]
    judged = max(told, key=lambda j: confidence(j.figures), default=None)
    if judged is not None and association(place, judged.reading, senses) >= READS:
        source, why = _origin(article, judged.place, judged, False)
        if "parts" in why.values:
            why = Message("suggest.draft", why.values)
        yield Suggestion(judged.text, DRAFT, source, why)


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
