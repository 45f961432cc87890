"""Which places of a text are shown: of candidates that exclude each other the best, and what else could stand there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ntm_repair.matching import model
from ntm_repair.matching.candidates import Candidate, kind_of
from ntm_repair.matching.confusion import Confusions
from ntm_repair.matching.units import Units
from ntm_repair.matching.writing import written

MOST = 5
"""The most repairs a place is shown with."""
ALIKE = 0.5
"""Nats within which two explanations of a place are about as likely."""
SLIGHT = 0.01
"""How likely a further repair must be to be shown."""
KEPT = 0.9
"""How likely another order of all words must be to be taken before the loss of one."""
MOST_SURE = 0.99
"""The most that is said of any place."""

Likely = tuple[float, float, Candidate]
"""How likely the candidate is what stood there, how likely the place it would mend is damaged, and the candidate."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One way a garbled place may have read."""

    text: str
    probability: float
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Garble:
    """A garbled place: view offsets, how likely it is one, and its repairs, best first."""

    start: int
    end: int
    probability: float
    repairs: tuple[Repair, ...]

    @property
    def best(self) -> Candidate:
        """The explanation the place is reported under."""
        return self.repairs[0].candidate


def places(
    units: Units, likely: Sequence[Likely], shift: float, least: Mapping[str, float], confusions: Confusions
) -> Iterator[Garble]:
    """The best candidates that do not overlap, each with what else could stand there.

    `shift` nats are added to all of them; `least` is the probability from which a place is shown, by kind.
    """
    # A place is damaged at least as likely as one of its repairs is right; but that is said of text as damaged as
    # what was planted, so only an article that is known to be damaged is taken at that word.
    ranked = [
        (model.logistic(right + shift), model.logistic((max(damaged, right) if shift else damaged) + shift), c)
        for right, damaged, c in sorted(likely, key=_rank)
    ]
    # Candidates are a few units long: those that share a unit with one stand in its neighbourhood.
    at_unit: dict[int, list[int]] = {}
    for i, (_, _, c) in enumerate(ranked):
        for unit in range(c.first, c.last):
            at_unit.setdefault(unit, []).append(i)
    taken: set[int] = set()
    mended: set[int] = set()
    found: list[Garble] = []
    for _, _, best in ranked:
        here = range(best.first, best.last)
        if not taken.isdisjoint(here):
            continue
        if best.edit == "extra":
            best = _all_kept(best, ranked, at_unit) or best
            here = range(best.first, best.last)
            if not taken.isdisjoint(here):
                continue
        if best.source == "order" and (best.first - 1 in mended or best.last in mended):
            continue  # what it would put beside a word that is out of place itself
        # What reaches into a place that is settled speaks for that place and not for this one.
        rivals = [
            (p, q, c)
            for p, q, c in (ranked[i] for i in sorted({i for unit in here for i in at_unit[unit]}))
            if taken.isdisjoint(range(c.first, c.last))
        ]
        # What could have stood there excludes each other: their odds against nothing being wrong add up, and each
        # is right as often as its share of all says.
        known = model.together(q for _, q, _ in rivals)
        # A place is shown under its best explanation or not at all.
        taken.update(here)
        if known < least[kind_of(best)]:
            continue
        shares = model.shares([p for p, _, _ in rivals])
        inside = [
            (min(share, known, MOST_SURE), c)
            for share, (_, _, c) in zip(shares, rivals, strict=True)
            if best.first <= c.first and c.last <= best.last and (share >= SLIGHT or c is best)
        ]
        if inside[0][1] is not best:  # its share and that of what would lose a word change places
            mine = next(share for share, c in inside if c is best)
            first, *others = inside
            inside = [(first[0], best), (mine, first[1]), *(one for one in others if one[1] is not best)]
        start, end = units.span(best.first, best.last)
        repairs = tuple(_repairs(units, inside, start, end, confusions))[:MOST]
        if repairs:
            mended.update(_replaced_ends(units, best))
            found.append(Garble(start, end, min(MOST_SURE, known), repairs))
    yield from sorted(found, key=lambda g: g.start)


def _all_kept(best: Candidate, ranked: Sequence[Likely], at_unit: Mapping[int, Sequence[int]]) -> Candidate | None:
    """Another order of all the words where one was to go, if that is likely too: nobody's word is thrown away for less.

    "xử lý trạm nước thải" is "trạm xử lý nước thải" before it is "xử lý nước thải".
    """
    for i in sorted({i for unit in range(best.first, best.last) for i in at_unit[unit]}):
        p, _, c = ranked[i]
        if c.edit == "reordered" and p >= KEPT and c.first <= best.last - 1 and best.first <= c.last - 1:
            return c
    return None


def _repairs(
    units: Units, candidates: Sequence[tuple[float, Candidate]], start: int, end: int, confusions: Confusions
) -> Iterator[Repair]:
    seen = {" ".join(units.text[start:end].split()).casefold()}
    for p, c in candidates:
        first, last = units.span(c.first, c.last)
        text = units.text[start:first] + written(units, c, _new_words(c, confusions)) + units.text[last:end]
        if text.casefold() not in seen:
            seen.add(text.casefold())
            yield Repair(text, p, c)


def _new_words(c: Candidate, confusions: Confusions) -> Sequence[str]:
    if c.form is not None:
        return c.form.surface
    return confusions.written.get(c.keys, c.keys) if c.source == "confusion" else c.keys


def _replaced_ends(units: Units, c: Candidate) -> Iterator[int]:
    """The units at the ends of a place that a candidate puts other words for."""
    if c.keys[0] != units.keys[c.first]:
        yield c.first
    if c.keys[-1] != units.keys[c.last - 1]:
        yield c.last - 1


def merged(units: Units, likely: Iterable[Likely]) -> list[Likely]:
    """The candidates, those that come to the same text taken for one.

    It is as likely as the likeliest of them, and goes under the shortest term if there is one.
    """
    same: dict[tuple[int, int, tuple[str, ...]], Likely] = {}
    for right, damaged, c in likely:
        old, new = units.keys[c.first : c.last], c.keys
        head, tail, most = 0, 0, min(len(old), len(new))
        while head < most and old[head] == new[head]:
            head += 1
        while tail < most - head and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        change = c.first + head, c.last - tail, tuple(new[head : len(new) - tail])
        if c.source == "order" and (head or tail):
            c = replace(c, first=change[0], last=change[1], keys=change[2])  # a place is no longer than what changes
        known = same.get(change)
        if known is None:
            same[change] = right, damaged, c
            continue
        more_right, more_damaged, shown = known
        better = (c.form is None, c.last - c.first) < (shown.form is None, shown.last - shown.first)
        same[change] = max(right, more_right), max(damaged, more_damaged), c if better else shown
    return list(same.values())


def _rank(likely: Likely) -> tuple[int, bool, bool, int, float, int, int, tuple[str, ...]]:
    """The order of explanations: of those about as likely, the one that keeps all words, then the one with a term, then
    the one of fewest words."""
    right, _, c = likely
    alike = -round(right / ALIKE)
    return alike, c.edit != "reordered", c.form is None, c.last - c.first, -right, c.first, c.last, c.keys
