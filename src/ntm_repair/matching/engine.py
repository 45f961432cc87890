"""From an article to its garbled places: candidates, their weights, and one explanation for each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import log1p
from typing import TYPE_CHECKING

from ntm_repair import wrongforms
from ntm_repair.article import Article
from ntm_repair.context import Context
from ntm_repair.glossary import Glossary
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.foreign import foreign_paragraphs
from ntm_repair.language.residue import article_residue
from ntm_repair.language.runs import kind_of
from ntm_repair.lexicon import Lexicon
from ntm_repair.matching import model
from ntm_repair.matching.candidates import Candidate, confusions, orders
from ntm_repair.matching.confusion import Confusions
from ntm_repair.matching.echoes import SAID, Echoes
from ntm_repair.matching.known import KnownGarbles
from ntm_repair.matching.many.signs import SIGNS, GarbleSigns
from ntm_repair.matching.names import PlaceNames
from ntm_repair.matching.pivots import Pivots
from ntm_repair.matching.places import Garble, Likely, merged, places
from ntm_repair.matching.terms import TermIndex
from ntm_repair.matching.units import EVERYWHERE, Units, Where
from ntm_repair.matching.weigh import Weigher
from ntm_repair.matching.windows import lexical

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
    def known(self) -> KnownGarbles:
        """The wrong forms of the lists."""
        return KnownGarbles(wrongforms.load(self._lexicon.garbles), self.index, self._context)

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
        likely: list[Likely] = []
        for c in self.candidates(units, where):
            features = self.weigher.features(units, c)
            if features is not None:
                right, damaged = weights.logits(c, features)
                if right >= FAINT or damaged >= FAINT:
                    likely.append((right, damaged, c))
        likely = merged(units, likely)
        # Most often nothing would be shown whatever the rest of the article says: then it need not be asked.
        # Under which explanation is not yet known, so the least that any kind is shown from counts.
        known = prior(fragments, len(units))
        lowest = dict.fromkeys(weights.least, min(weights.least.values()))
        if not any(True for _ in places(units, likely, known + SAID, lowest, self.confusions)):
            return []
        echoes = Echoes(units)
        likely = [(right + nats, damaged + nats, c) for right, damaged, c in likely for nats in (echoes.nats(c),)]
        alone = places(units, likely, 0.0, weights.least, self.confusions)
        sure = sum(place.probability >= model.SURE for place in alone)
        return list(places(units, likely, prior(fragments + sure, len(units)), weights.least, self.confusions))


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
