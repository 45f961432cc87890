"""English left in Vietnamese text: this detector and its peers on the same planted text, in one run.

    python benchmarks/language.py FOLDER [--seed 2026] [--share 1]

FOLDER is one of evaluation texts (see planted.py). Half of its paragraphs and English sentences, the half that
tools/fit_residue.py never reads, are planted with a seed of their own. The mode of each peer (window sizes, threshold,
native mode) is the one with the best F1 on a sample of the other half. Peers are the `bench` extra; a missing one is
named and left out. `--share 8` takes every eighth paragraph, for a quick look. Times are CPU seconds of one core,
models loaded, so ratios can be trusted and absolute figures belong to the machine.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
from collections.abc import Callable, Sequence
from math import inf
from pathlib import Path
from time import process_time

from language_peers import THRESHOLDS, WINDOWS, Peer, Span, Windows, installed, spans, word_scores
from ntm_repair.article import Article
from ntm_repair.context import Context
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.residue import article_residue, residue
from ntm_repair.pipeline import load_resources
from ntm_repair.rules import english_fragment, foreign_word
from ntm_repair.types import Document, Source
from planted import Planted, Score, beside_words, paragraphs, planted

DEV_SEED = 7
SETS = ("ud_vtb", "viwiki")
CLEAN = {"clean news": "ud_vtb", "clean encyclopedia": "viwiki"}
RUNS = 5
LONG = 3
"""Words from which every fragment is meant to be found."""
EVERY = 150
"""Words to a planted fragment in text like the real article, which has 13 in 1,909 words."""
ARTICLE_WORDS = 1_900
Detector = Callable[[str], list[Span]]


def article_of(text: str) -> Article:
    return Article(Document(text, Source(path="", sha256="0" * 64, encoding="utf-8")))


def ours(codes: Sequence[str]) -> Detector:
    """The spans of the residue rules named, in a text taken as an article of its own."""
    rules = [rule for rule in (english_fragment.RULE, foreign_word.RULE) if rule.code in codes]
    resources = load_resources()

    def detect(text: str) -> list[Span]:
        article = article_of(text)
        return sorted(article.view.to_source(h.start, h.end) for rule in rules for h in rule.find(article, resources))

    return detect


def best_mode(peer: Peer, sample: Sequence[Planted]) -> tuple[str, Detector]:
    """The mode of a peer with the best F1 of words on the sample."""
    scored: dict[str, tuple[float, Detector]] = {}
    for sizes in WINDOWS:
        answers = [word_scores(peer, p.text, sizes) for p in sample]
        for threshold in THRESHOLDS:
            score = Score()
            for p, words in zip(sample, answers, strict=True):
                score.add(p, spans(p.text, words, threshold))
            mode = Windows(peer, sizes, threshold)
            scored[mode.name] = (score.f1, mode)
    if peer.native:
        scored[f"{peer.name}, native mode"] = (measured(peer.native, sample)[0].f1, peer.native)
    name = max(scored, key=lambda n: scored[n][0])
    return name, scored[name][1]


def measured(detector: Detector, texts: Sequence[Planted]) -> tuple[Score, float]:
    """The score and the CPU seconds of the detector alone."""
    score, seconds = Score(), 0.0
    for p in texts:
        start = process_time()
        found = detector(p.text)
        seconds += process_time() - start
        score.add(p, found)
    return score, seconds


def megabytes(texts: Sequence[str]) -> float:
    return sum(len(t.encode()) for t in texts) / 1e6


def row(name: str, scores: dict[str, Score], rate: float, ratio: float) -> str:
    whole = scores["all"]
    lengths = " | ".join(f"{touched / count:.2f}" if count else "–" for touched, count in whole.by_length.values())
    false = " | ".join(f"{scores[s].f1:.3f} | {scores[s].false_rate:.2f}" for s in SETS)
    speed = f"{rate:.3g} | {ratio:.3g}" if rate else "– | –"
    return f"| {name} | {whole.precision:.3f} | {whole.recall:.3f} | {whole.f1:.3f} | {lengths} | {false} | {speed} |"


def compare(folder: Path, seed: int, share: int) -> None:
    """One table: words, fragments by length, false findings per 1,000 other words, speed."""
    texts = {name: planted(folder, seed, half=1, sets=name)[::share] for name in SETS}
    sample = [p for name in SETS for p in planted(folder, DEV_SEED, half=0, sets=name)][:: 12 * share]
    both = [p for name in SETS for p in texts[name]]
    size = megabytes([p.text for p in both])
    lengths = measured(lambda _: [], both)[0].by_length
    counts = ", ".join(f"{n} of {length}" for length, (_, n) in lengths.items())
    print(f"{len(both)} paragraphs, {size:.2f} MB, planted by length in words: {counts}\n")
    head = ("detector", "P", "R", "F1", *lengths, "news F1", "false", "encyclopedia F1", "false", "MB/s", "ratio")
    print("|", " | ".join(head), "|")
    print("|---" * 15 + "|")
    evidence = Evidence(Context.load())
    for p in planted(folder, DEV_SEED, half=0):
        residue(p.text, evidence)
    own_rate = size / measured(lambda text: [(r.start, r.end) for r in residue(text, evidence)], both)[1]
    for name, codes in (("ntm-repair, NTM101", ("NTM101",)), ("ntm-repair, NTM101 + NTM102", ("NTM101", "NTM102"))):
        print(row(name, scores_of(ours(codes), texts)[0], own_rate, 1.0), flush=True)
    here, missing = installed()
    for peer in here:
        name, detector = best_mode(peer, sample)
        scores, seconds = scores_of(detector, texts)
        print(row(name, scores, size / seconds, own_rate * seconds / size), flush=True)
    for name in missing:
        print(f"not installed, left out: {name}", file=sys.stderr)


def scores_of(detector: Detector, texts: dict[str, list[Planted]]) -> tuple[dict[str, Score], float]:
    """The score of each set and of "all", and the CPU seconds of the detector."""
    scores, seconds = {"all": Score()}, 0.0
    for name, some in texts.items():
        scores[name] = Score()
        for p in some:
            start = process_time()
            found = detector(p.text)
            seconds += process_time() - start
            scores[name].add(p, found)
            scores["all"].add(p, found)
    return scores, seconds


def edges(folder: Path, seed: int) -> None:
    """How many fragments of three words and more that are found have exactly the edges that were planted.

    Of those beside a Vietnamese word that is an English one too ("to", "do", "in", "so") the sentence was cut in two.
    """
    sets = {f"planted in {name}": planted(folder, seed, half=1, sets=sets) for name, sets in CLEAN.items()}
    sets["beside words of both languages"] = [p for i in range(3) for p in beside_words(folder, seed + i, half=1)]
    detect = ours(("NTM101", "NTM102"))
    print("\n| fragments of 3 words and more | planted | touched | edges exact |\n|---|---|---|---|")
    for name, texts in sets.items():
        touched = exact = count = 0
        for p in texts:
            if p.words >= LONG:
                touching = [(a, b) for a, b in detect(p.text) if a < p.end and p.start < b]
                count += 1
                touched += bool(touching)
                exact += touching == [(p.start, p.end)]
        print(f"| {name} | {count} | {touched / count:.3f} | {exact / count:.3f} |", flush=True)


def speed(folder: Path, seed: int) -> None:
    """MB/s of the detector on paragraphs already cut, in text new to it and in text whose words it has seen.

    Each surface form is judged once, so a worker moves from the first figure to the second as it reads. No text is read
    twice before the first: one half of the kind and of all clean texts (0.3 MB) is read beforehand, the other half is
    measured, then the halves change places. The collector is set as the command line sets it.
    """
    kinds = {name: [joined(paragraphs(folder, half, sets)) for half in (0, 1)] for name, sets in CLEAN.items()}
    kinds["news with residue as the real article has"] = [like_the_real(folder, seed + half, half) for half in (0, 1)]
    like = kinds["news with residue as the real article has"]
    clean = [joined(paragraphs(folder, half)) for half in (0, 1)]
    threshold = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    print('\n| text | MB | MB/s, new words | MB/s, words seen | `findall(r"\\w+")` |\n|---|---|---|---|---|')
    for name, halves in kinds.items():
        rates = [timed(clean[1 - half] + halves[1 - half], halves[half]) for half in (0, 1)]
        print(f"| {name} | {' | '.join(shown(rates))} |", flush=True)
    for path in sorted(folder.glob("*/article.txt")):
        rates = [timed(clean[half] + like[half], [path.read_text("utf-8")]) for half in (0, 1)]
        print(f"| {path.parent.name}/{path.name} | {' | '.join(shown(rates))} |")
    gc.set_threshold(*threshold)


def timed(before: Sequence[str], texts: Sequence[str]) -> tuple[float, float, float, float]:
    """MB, then CPU seconds for them: new, again, and for the words alone; the best of several runs in one process."""
    best = [inf, inf, inf]
    for _ in range(RUNS):
        evidence = Evidence(Context())  # remembers nothing of the run before
        for text in before:
            article_residue(article_of(text), evidence)
        for i in (0, 1):
            cut = [article_of(text) for text in texts]
            for article in cut:
                article.paragraphs  # noqa: B018
            best[i] = min(best[i], cpu(lambda: [article_residue(article, evidence) for article in cut]))  # noqa: B023
        best[2] = min(best[2], cpu(lambda: [re.findall(r"\w+", text) for text in texts]))
    return megabytes(texts), best[0], best[1], best[2]


def cpu(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def shown(rates: Sequence[tuple[float, float, float, float]]) -> list[str]:
    """MB, and MB/s over all halves."""
    size, *seconds = (sum(column) for column in zip(*rates, strict=True))
    return [f"{size:.2f}", *(f"{size / s:.1f}" for s in seconds)]


def joined(some: Sequence[str]) -> list[str]:
    """Paragraphs as articles of some length."""
    articles: list[list[str]] = [[]]
    words = 0
    for p in some:
        if words > ARTICLE_WORDS:
            articles.append([])
            words = 0
        articles[-1].append(p)
        words += len(p.split())
    return ["\n\n".join(a) for a in articles]


def like_the_real(folder: Path, seed: int, half: int) -> list[str]:
    """News with a planted fragment in every so many words."""
    some: list[str] = []
    since = 0
    for text, clean in zip(planted(folder, seed, half, "ud_vtb"), paragraphs(folder, half, "ud_vtb"), strict=True):
        due = since >= EVERY and text.words
        some.append(text.text if due else clean)
        since = 0 if due else since + len(clean.split())
    return joined(some)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--speed", action="store_true", help="only the speed of this detector")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"no folder of evaluation texts at {options.folder}: nothing measured", file=sys.stderr)
        return
    if not options.speed:
        compare(options.folder, options.seed, options.share)
        edges(options.folder, options.seed)
    speed(options.folder, options.seed)


if __name__ == "__main__":
    main()
