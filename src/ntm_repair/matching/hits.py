"""A garbled place as a hit of a rule: what was seen, and where each suggestion comes from."""

from __future__ import annotations

from pathlib import Path

from ntm_repair.matching.places import Garble, Repair
from ntm_repair.types import Hit, Message, Scalar, Suggestion, SuggestionSource

_SOURCES: dict[str, SuggestionSource] = {"lexicon": "lexicon", "order": "context", "confusion": "glossary"}


def hit_of(garble: Garble, key: str) -> Hit:
    """The hit for a place, explained by the message `key`."""
    best = garble.best
    evidence: dict[str, Scalar] = {"edit": best.edit}
    if best.form is not None:
        term = best.form.term
        evidence |= {"term": term.term, "kind": term.kind, "entry": f"{Path(term.file).name}:{term.line}"}
    if best.road is not None:
        evidence["headword"] = best.road.headword
    suggestions = tuple(_suggestion(repair) for repair in garble.repairs)
    values: dict[str, Scalar] = {"repair": garble.repairs[0].text, "english": best.road.headword if best.road else ""}
    return Hit(garble.start, garble.end, Message(key, values), round(garble.probability, 2), evidence, suggestions)


def _suggestion(repair: Repair) -> Suggestion:
    c = repair.candidate
    if c.form is not None:
        why = Message("suggest.term", {"term": c.form.term.term})
    elif c.source == "order":
        why = Message("suggest.order", {})
    else:
        why = Message("suggest.pivot", {"english": c.road.headword if c.road else ""})
    return Suggestion(repair.text, round(repair.probability, 2), _SOURCES[c.source], why)
