"""Fit the weights that say how likely a repair of garbled Vietnamese is: `src/ntm_repair/data/garble.json`.

    python tools/build_context.py COUNTS_FOLDER --half 0 --out TABLES
    python tools/calibrate.py EVAL_FOLDER TABLES [--seeds 3]

The folder is one of evaluation texts as `benchmarks/garbles.py` reads it; every other paragraph is used, the rest
stays unseen. Of the texts of the domain (`corpus/`) those are used that TABLES leave out: what was counted reads too
well to learn from. What is learned from:

- terms of one half of the lexicon, garbled and planted: the repair that gives the original back is right;
- terms of the other half, which the index does not hold, planted as they are and garbled: whatever is proposed there
  is wrong, unless it happens to be the original. That is what keeps the matcher from bending phrases it does not know
  to those it knows;
- everyday phrases, reordered;
- all other words of these paragraphs, and a third of the project's own clean texts and of the texts of the domain that
  were not counted: whatever is proposed is wrong.

Logistic regression with a ridge, two models a kind (`ntm_repair.matching.model.KINDS`): one says how likely a
candidate is right, the other how likely its place is damaged. The second does not learn from what is wrongly proposed
for a place that is damaged: such a place is rightly seen. Needs numpy. Same folder, same result.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import log
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ntm_repair.article import Article
from ntm_repair.context import Context
from ntm_repair.decoding import decode
from ntm_repair.glossary import Glossary
from ntm_repair.lexicon import Lexicon
from ntm_repair.matching.candidates import kind_of
from ntm_repair.matching.confusion import Confusions
from ntm_repair.matching.engine import Matcher, article_garbles
from ntm_repair.matching.model import DATA, KINDS, logistic, shipped
from ntm_repair.matching.units import Units, normal_form
from ntm_repair.matching.weigh import FEATURES
from ntm_repair.pipeline import load_resources
from ntm_repair.types import Document, Source

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "benchmarks"), str(REPOSITORY / "tools")]
from count_words import paths as text_files  # noqa: E402
from garbles import Garble, Planter, fit_to_plant, paragraphs, phrases  # noqa: E402

RIDGE = 1.0
AGAINST = frozenset({"torn_before", "torn_after", "freely"})
"""Evidence that what stands there is right; where a handful of texts say otherwise, it is chance."""
DOMAIN_WEIGHT = 1
"""How often the project's own clean texts count: there is little of them, and it is the kind that matters."""

CLEAN_WEIGHT = 3.0
"""How often a candidate where nothing is damaged counts against damage: articles are cleaner than what is planted."""
PARTIAL_WEIGHT = 0.1
"""How much a partial repair of a planted reordering counts against an order."""

FITTED, CHOSEN = 0, 1
"""Of our own clean texts, one third is fitted on, one decides from which probability places are shown, and one stays
unseen: thresholds chosen on texts that were fitted on let in twice as many false alarms elsewhere."""
LOWEST, HIGHEST = 0.05, 0.985
"""The lowest probability that a place is shown from, and the highest that may be asked for."""
TELLING = 20
"""Planted places that must likely be damaged in a way to say from where such places are shown. Of others those are that
are likelier damaged than not."""
SMOOTH = 0.5
"""Nats within which it is chance where a false alarm stands."""
FALSE_ALARMS = 0.25
"""Per 1,000 words of clean text, for all kinds together, in each set of texts."""
DOMAIN_ALARMS = 0.45
"""The same in the project's own clean texts. There are more: a text of the domain is full of what terms are made of."""
OWN = 3
"""False alarms in the project's own damaged articles, in all."""
Row = tuple[list[float], float, float, float]
"""Features, label, weight for the model of what is right, weight for the model of what is damaged."""
Rows = dict[str, list[Row]]
"""By kind."""


def halves(lexicon: Lexicon) -> tuple[Lexicon, Lexicon]:
    """The lexicon in two: what the index shall know, and a quarter that it shall not.

    A term stays where it is when others are added.
    """
    known = [t for t in lexicon.terms if crc32(t.term.encode()) % 4 != 3]
    return Lexicon.of(known), Lexicon.of([t for t in lexicon.terms if crc32(t.term.encode()) % 4 == 3])


def collect(matcher: Matcher, garble: Garble, rows: Rows) -> None:
    """The candidates of one planted paragraph, labelled."""
    units = Units.of(garble.text)
    original = normal_form(garble.text[: garble.start] + garble.original + garble.text[garble.end :])
    wanted = Units.of(original).keys
    damaged = garble.text[garble.start : garble.end] != garble.original
    for c in matcher.candidates(units):
        right = [*units.keys[: c.first], *c.keys, *units.keys[c.last :]] == wanted
        start, end = units.span(c.first, c.last)
        # What is not the repair of a damaged place says nothing against the place: it is rightly seen. Half a repair of
        # a scrambled phrase says little against the repair either.
        seen = not right and start < garble.end and garble.start < end
        weight = PARTIAL_WEIGHT if seen and c.source == "order" else 1.0
        features = matcher.weigher.features(units, c)
        if features is not None:
            of_place = 1.0 if right else 0.0 if seen and damaged else CLEAN_WEIGHT
            rows[kind_of(c)].append((features, float(right), weight, of_place))


def planted(texts: Sequence[str], seeds: Iterable[int], count: int) -> Iterator[tuple[Garble, bool]]:
    """Garbles of known terms and phrases, and terms that are not known: garbled, and as they are."""
    known, unknown = halves(Lexicon.load())
    everything = Lexicon.load()
    confusions = Confusions(Glossary.load())
    for seed in seeds:
        planter = Planter(texts, known, confusions, seed)
        yield from ((g, True) for g in planter.terms_garbled(count))
        yield from ((g, True) for g in planter.phrases_garbled(phrases(), count // 2))
        stranger = Planter(texts, unknown, confusions, seed + 1000)
        stranger.known |= Planter(texts[:1], everything, confusions, 0).known
        yield from ((g, False) for g in stranger.terms_garbled(count // 2))
        for g in stranger.terms_garbled(count):
            text = g.text[: g.start] + g.original + g.text[g.end :]
            yield replace(g, text=text, end=g.start + len(g.original)), False


def own_clean(third: int) -> Iterator[Article]:
    """A third of the project's own undamaged articles; the samples are in the first."""
    paths = sorted((REPOSITORY / "samples").glob("*.expected.txt")) if third == FITTED else []
    for path in (*paths, *sorted((REPOSITORY / "tests" / "cases" / "clean").glob("*.txt"))[third::3]):
        yield Article(decode(path.read_bytes(), path.name))


def uncounted(third: int) -> Iterator[Article]:
    """A third of the texts of the domain that the tables leave out."""
    for path in text_files(REPOSITORY / "corpus")[1::2][third::3]:
        yield Article(decode(path.read_bytes(), path.name))


def clean(folder: Path) -> Iterator[tuple[Article, list[tuple[int, int]]]]:
    """The clean articles of the folder, without damage."""
    for path in sorted(folder.glob("clean/*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            source = Source(f"{path.stem}-{number}", sha256="0" * 64, encoding="utf-8")
            yield Article(Document(json.loads(line)["text"], source)), []


def own_damaged() -> Iterator[tuple[Article, list[tuple[int, int]]]]:
    """The project's own damaged articles, each with the spans of its damage. They are NFC: spans hold in the view."""
    for path in sorted((REPOSITORY / "tests" / "cases" / "articles").glob("*.json")):
        text = path.with_suffix(".txt")
        spans = json.loads(path.read_text("utf-8"))["spans"]
        yield Article(decode(text.read_bytes(), text.name)), [(span["start"], span["end"]) for span in spans]


def fit(rows: Sequence[tuple[list[float], float, float]]) -> NDArray[np.float64]:
    """Intercept and weights of a logistic regression with a ridge, by Newton's method, from features, label, weight."""
    x = np.array([[1.0, *features] for features, _, _ in rows])
    y, weight = np.array([label for _, label, _ in rows]), np.array([w for _, _, w in rows])
    ridge = np.eye(x.shape[1]) * RIDGE
    ridge[0, 0] = 1e-6
    beta = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + ridge @ beta
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def fit_against(rows: Sequence[tuple[list[float], float, float]]) -> NDArray[np.float64]:
    """`fit`, leaving out what can only speak against a candidate where it comes out in favour of one."""
    beta = fit(rows)
    out = [i for i, name in enumerate(FEATURES) if name in AGAINST and beta[i + 1] > 0]
    if out:
        beta = fit([([0.0 if i in out else f for i, f in enumerate(row[0])], *row[1:]) for row in rows])
    return beta


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--count", type=int, default=300)
    options = parser.parse_args()
    known, _ = halves(Lexicon.load())
    context = Context(options.tables)
    matcher = Matcher(known, context)
    rows: Rows = defaultdict(list)
    domain = [line for article in uncounted(FITTED) for line in fit_to_plant(article.text)]
    for garble, _ in planted(paragraphs(options.folder, 0), range(1, options.seeds + 1, 2), options.count):
        collect(matcher, garble, rows)
    for garble, _ in planted(domain, range(2, options.seeds + 1, 2), options.count):
        collect(matcher, garble, rows)
    for article in (*own_clean(FITTED), *uncounted(FITTED)):
        units = Units.of(article.text)
        for c in matcher.candidates(units):
            features = matcher.weigher.features(units, c)
            if features is not None:
                rows[kind_of(c)].append((features, 0.0, float(DOMAIN_WEIGHT), DOMAIN_WEIGHT * CLEAN_WEIGHT))
    right: dict[str, list[float]] = {}
    damaged: dict[str, list[float]] = {}
    for kind in KINDS:
        labels = Counter(row[1] for row in rows[kind])
        print(f"{kind}: {labels[1.0]} right of {len(rows[kind])}")
        for weights, at in (right, 2), (damaged, 3):
            beta = fit_against([(row[0], row[1], row[at]) for row in rows[kind]])
            weights[kind] = [round(float(b), 4) for b in beta]
            print(" ", *(f"{n}={b:.2f}" for n, b in zip(["intercept", *FEATURES], beta, strict=True)))
    least = dict.fromkeys(KINDS, LOWEST)
    record = {"features": list(FEATURES), "right": right, "damaged": damaged, "least": least}
    DATA.write_text(json.dumps(record) + "\n", "utf-8")
    shipped.cache_clear()
    record["least"] = thresholds(options.folder, context, options.seeds + 1, options.count)
    DATA.write_text(json.dumps(record) + "\n", "utf-8")


def thresholds(folder: Path, context: Context, seed: int, count: int) -> dict[str, float]:
    """From which probability each kind of place is shown: as many planted garbles as FALSE_ALARMS and OWN allow.

    Every place that a clean article would be shown with at LOWEST is a false alarm, and so is every one outside the
    known damage of the project's own articles. All are looked at whole, as the program does. One price is set for a
    false alarm, in planted places found (with a seed that nothing was fitted on); each kind is shown from where that is
    worth most, and the price is lowered as long as none of the sets of texts has more false alarms than it may. There
    are few of them: so each counts for as much as a place `SMOOTH` nats away from it would.
    """
    matcher = Matcher(Lexicon.load(), context)
    words: Counter[str] = Counter()
    evidence = load_resources().evidence
    # The sets of clean texts are told by the names of their files.
    looked_at = [(article, spans, article.document.source.path.rsplit("-", 1)[0]) for article, spans in clean(folder)]
    looked_at += [(article, spans, "own") for article, spans in own_damaged()]
    looked_at += [(article, [], "domain") for article in own_clean(CHOSEN)]
    looked_at += [(article, [], "corpus") for article in uncounted(CHOSEN)]
    false: list[tuple[str, float, str]] = []
    for article, spans, kind_of_text in looked_at:
        words[kind_of_text] += article.words
        for place in article_garbles(article, matcher, evidence):
            if all(place.end <= start or end <= place.start for start, end in spans):
                false.append((kind_of(place.best), log_odds(place.probability), kind_of_text))
    may_have = {texts: int(FALSE_ALARMS * n / 1000) for texts, n in words.items()}
    may_have |= {"own": OWN} | {texts: int(DOMAIN_ALARMS * words[texts] / 1000) for texts in ("domain", "corpus")}
    domain = [line for article in uncounted(CHOSEN) for line in fit_to_plant(article.text)]
    found: list[dict[str, float]] = []
    for texts in (paragraphs(folder), domain):
        planter = Planter(texts, Lexicon.load(), Confusions(), seed)
        for garble in [*planter.terms_garbled(2 * count), *planter.phrases_garbled(phrases(), 2 * count)]:
            here = [p for p in matcher.garbles(Units.of(garble.text)) if p.start < garble.end and garble.start < p.end]
            found.append({kind_of(p.best): log_odds(p.probability) for p in sorted(here, key=lambda p: p.probability)})

    def alarms(least: dict[str, float]) -> Counter[str]:
        return Counter(texts for kind, at, texts in false if at >= least[kind])

    told = [kind for kind in KINDS if sum(places.get(kind, -1.0) >= 0 for places in found) >= TELLING]
    untold = {kind: 0.0 for kind in KINDS if kind not in told}
    shown_from = dict.fromkeys(KINDS, log_odds(HIGHEST))
    price = 32.0
    while price > 0.25:
        least = {kind: _best(kind, false, found, may_have, price) for kind in told} | untold
        if any(n > may_have[texts] for texts, n in alarms(least).items()):
            break
        shown_from, price = least, price / 1.05
    let_in = sum(any(at >= shown_from[kind] for kind, at in places.items()) for places in found)
    print(f"at {price:.2f} a false alarm: {dict(alarms(shown_from))} in {dict(words)} words; {let_in} found")
    least = {kind: round(logistic(at), 4) for kind, at in shown_from.items()}
    print(f"shown from {least}")
    return least


def _best(
    kind: str,
    false: Sequence[tuple[str, float, str]],
    found: Sequence[dict[str, float]],
    may_have: dict[str, int],
    price: float,
) -> float:
    """The log-odds from which it is worth most to show a kind. A false alarm costs `price`, and less in large sets."""
    grid = np.linspace(log_odds(LOWEST), log_odds(HIGHEST), 160)
    smallest = min(may_have.values())
    worth = np.zeros(len(grid))
    for places in found:
        if kind in places:
            worth += 1 / (1 + np.exp(-(places[kind] - grid) / SMOOTH))
    for other, at, texts in false:
        if other == kind:
            worth -= price * smallest / may_have[texts] / (1 + np.exp(-(at - grid) / SMOOTH))
    return float(grid[int(worth.argmax())])


def log_odds(probability: float) -> float:
    """A probability in nats."""
    return log(probability / (1 - probability))


if __name__ == "__main__":
    main()
