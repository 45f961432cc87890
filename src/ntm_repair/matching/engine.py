"""From an article to its garbled places: candidates, their weights, and one explanation for each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log1p
from typing import TYPE_CHECKING

from ntm_repair.article import Article
from ntm_repair.context import Context
from ntm_repair.glossary import Glossary
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.foreign import foreign_paragraphs
from ntm_repair.language.residue import article_residue, kind_of
from ntm_repair.lexicon import Lexicon
from ntm_repair.matching import model
from ntm_repair.matching.candidates import Candidate, confusions, orders
from ntm_repair.matching.candidates import kind_of as kind_of_candidate
from ntm_repair.matching.confusion import Confusions
from ntm_repair.matching.echoes import SAID, Echoes
from ntm_repair.matching.many.signs import SIGNS, GarbleSigns
from ntm_repair.matching.names import PlaceNames
from ntm_repair.matching.pivots import Pivots
from ntm_repair.matching.terms import TermIndex
from ntm_repair.matching.units import EVERYWHERE, Units, Where
from ntm_repair.matching.weigh import Weigher
from ntm_repair.matching.windows import lexical
from ntm_repair.matching.writing import written

if TYPE_CHECKING:
    from ntm_repair.glance import Glance
    from ntm_repair.matching.many.look import Looker

FAINT = -4.6
"""Candidates with log-odds below this are not kept: one in a hundred."""
FEW = 2
"""Damaged places that an article may have without saying anything about the rest of it."""
PRIOR = 1.25
"""Nats for each nat of known damage in 1,000 words. Of what 1.25 lets in more than 1 does, 7 places of our own damaged
articles are damaged and 2 are not; of what 1.5 does more than that, 4 and 4. Clean articles have no known damage."""
MOST = 5
"""The most repairs a place is shown with."""
ALIKE = 0.5
"""Nats within which two explanations of a place are about as likely."""
SLIGHT = 0.01
"""How likely a further repair must be to be shown."""
MOST_SURE = 0.99
"""The most that is said of any place."""

_Likely = tuple[float, float, Candidate]
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


def prior(damaged: int, words: int) -> float:
    """What is added to the log-odds of every place, in nats, where `damaged` places are known among `words` words."""
    if damaged < FEW or not words:
        return 0.0
    return min(model.MOST_PRIOR, PRIOR * log1p(1000 * damaged / max(words, 200)))


class Matcher:
    """The engine with its tables; immutable once they are built, which happens when first needed."""

    def __init__(self, lexicon: Lexicon, context: Context, glossary: Glossary | None = None) -> None:
        self._lexicon = lexicon
        self._context = context
        self._glossary = glossary

    @cached_property
    def index(self) -> TermIndex:
        """The lexicon by what words its terms are made of."""
        return TermIndex(self._lexicon)

    @cached_property
    def places(self) -> PlaceNames:
        """The place names of the lexicon as they are written."""
        return PlaceNames(self._lexicon)

    @cached_property
    def confusions(self) -> Confusions:
        """The glossary read backwards."""
        return Confusions(self._glossary)

    @cached_property
    def pivots(self) -> Pivots:
        """What terms of three words may have become."""
        return Pivots(self.index, self.confusions)

    @cached_property
    def weigher(self) -> Weigher:
        """What collects the evidence."""
        return Weigher(self.index, self._context)

    @cached_property
    def looker(self) -> Looker:
        """What looks at many articles at once; loads numpy."""
        from ntm_repair.matching.many.look import Looker

        return Looker(self.weigher, self.confusions, self.pivots)

    def foresee(
        self,
        articles: Sequence[Article],
        glance: Glance,
        offsets: Sequence[int],
        skipped: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Find out where in many articles there is something to look at.

        `offsets` are where each begins in the text, `skipped` the spans of it, in order, where English is left.
        """
        from ntm_repair.matching.many.foresee import foresee

        foresee(articles, glance, offsets, skipped, self.looker, FAINT, model.MOST_PRIOR)

    def foresee_large(self, article: Article, skipped: Sequence[tuple[int, int]]) -> None:
        """The same for one large article, looked at a stretch of lines after the other."""
        from ntm_repair.matching.many.foresee import foresee_large

        foresee_large(article, skipped, self.looker, FAINT, model.MOST_PRIOR)

    def candidates(self, units: Units, where: tuple[Where, Where, Where] = EVERYWHERE) -> Iterator[Candidate]:
        """Everything that could have stood anywhere, or at the units given: orders, terms and confused words."""
        at_orders, at_terms, at_confusions = where
        yield from lexical(units, self.index, self.confusions, self.pivots, self.weigher.pair, at_terms)
        yield from orders(units, self.weigher.pair, at_orders)
        yield from confusions(units, self.confusions, self.weigher.pair, at_confusions)

    def garbles(self, units: Units, fragments: int = 0, where: tuple[Where, Where, Where] = EVERYWHERE) -> list[Garble]:
        """The garbled places of a text, by place, none overlapping.

        `fragments` says how many pieces of English stand in it: what a machine has damaged in one place it has likely
        damaged in others. Nothing else is looked for than at the units `where`.
        """
        weights = model.shipped()
        likely: list[_Likely] = []
        for c in self.candidates(units, where):
            features = self.weigher.features(units, c)
            if features is not None:
                right, damaged = weights.logits(c, features)
                if right >= FAINT or damaged >= FAINT:
                    likely.append((right, damaged, c))
        likely = _merged(units, likely)
        # Most often nothing would be shown whatever the rest of the article says: then it need not be asked.
        # Under which explanation is not yet known, so the least that any kind is shown from counts.
        known = prior(fragments, len(units))
        lowest = dict.fromkeys(weights.least, min(weights.least.values()))
        if not any(True for _ in self._places(units, likely, known + SAID, lowest)):
            return []
        echoes = Echoes(units)
        likely = [(right + nats, damaged + nats, c) for right, damaged, c in likely for nats in (echoes.nats(c),)]
        sure = sum(1 for place in self._places(units, likely, 0.0, weights.least) if place.probability >= model.SURE)
        return list(self._places(units, likely, prior(fragments + sure, len(units)), weights.least))

    def _places(
        self, units: Units, likely: Sequence[_Likely], shift: float, least: Mapping[str, float]
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
        places: list[Garble] = []
        for _, _, best in ranked:
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
            if known < least[kind_of_candidate(best)]:
                continue
            shares = model.shares([p for p, _, _ in rivals])
            inside = [
                (min(share, known, MOST_SURE), c)
                for share, (_, _, c) in zip(shares, rivals, strict=True)
                if best.first <= c.first and c.last <= best.last and (share >= SLIGHT or c is best)
            ]
            start, end = units.span(best.first, best.last)
            repairs = tuple(self._repairs(units, inside, start, end))[:MOST]
            if repairs:
                mended.update(_replaced_ends(units, best))
                places.append(Garble(start, end, min(MOST_SURE, known), repairs))
        yield from sorted(places, key=lambda g: g.start)

    def _repairs(
        self, units: Units, candidates: Sequence[tuple[float, Candidate]], start: int, end: int
    ) -> Iterator[Repair]:
        seen = {" ".join(units.text[start:end].split()).casefold()}
        for p, c in candidates:
            first, last = units.span(c.first, c.last)
            text = units.text[start:first] + written(units, c, self._new_words(c)) + units.text[last:end]
            if text.casefold() not in seen:
                seen.add(text.casefold())
                yield Repair(text, p, c)

    def _new_words(self, c: Candidate) -> Sequence[str]:
        if c.form is not None:
            return c.form.surface
        return self.confusions.written.get(c.keys, c.keys) if c.source == "confusion" else c.keys


def _replaced_ends(units: Units, c: Candidate) -> Iterator[int]:
    """The units at the ends of a place that a candidate puts other words for."""
    if c.keys[0] != units.keys[c.first]:
        yield c.first
    if c.keys[-1] != units.keys[c.last - 1]:
        yield c.last - 1


def _merged(units: Units, likely: Iterable[_Likely]) -> list[_Likely]:
    """The candidates, those that come to the same text taken for one.

    It is as likely as the likeliest of them, and goes under the shortest term if there is one.
    """
    same: dict[tuple[int, int, tuple[str, ...]], _Likely] = {}
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


def _rank(likely: _Likely) -> tuple[int, bool, bool, int, float, int, int, tuple[str, ...]]:
    """The order of explanations: of those about as likely, the one that keeps all words, then the one with a term, then
    the one of fewest words."""
    right, _, c = likely
    alike = -round(right / ALIKE)
    return alike, c.edit != "reordered", c.form is None, c.last - c.first, -right, c.first, c.last, c.keys


def article_garbles(article: Article, matcher: Matcher, evidence: Evidence) -> list[Garble]:
    """The garbled places of an article, outside English residue and paragraphs that are not Vietnamese."""
    found = article.memo.get("garbles")
    if not isinstance(found, list):
        found = article.memo["garbles"] = _article_garbles(article, matcher, evidence)
    return found


def _article_garbles(article: Article, matcher: Matcher, evidence: Evidence) -> list[Garble]:
    signs = article.memo.get(SIGNS)
    residue, fragments = residue_spans(article, evidence)
    if isinstance(signs, GarbleSigns) and not signs.may_show(prior(fragments, 1)):
        return []
    skipped = [*residue, *((f.start, f.end) for f in foreign_paragraphs(article))]
    skipped += [(p.start, p.end) for p in article.paragraphs if p.kind in ("byline", "date")]
    units = Units(article.tokens, sorted(skipped))
    where = signs.where(units) if isinstance(signs, GarbleSigns) else EVERYWHERE
    return matcher.garbles(units, fragments, where)


def residue_spans(article: Article, evidence: Evidence) -> tuple[list[tuple[int, int]], int]:
    """Where in an article English is left, in code points, and how many of these are surely fragments."""
    spans: list[tuple[int, int]] = []
    fragments = 0
    for offset, run in article_residue(article, evidence):
        kind = kind_of(run)
        if kind:
            spans.append((offset + run.start, offset + run.end))
        fragments += kind == "fragment" and run.posterior >= model.SURE
    return spans, fragments
