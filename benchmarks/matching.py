"""What matching costs at lexicons of different sizes: `matching.py FOLDER`.

The clean texts of FOLDER (as `benchmarks/garbles.py` reads them) are matched with 300 and 3,000 terms of the lexicon
and with 30,000, the missing ones made up of its words. CPU seconds, best of two; index building apart.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from garbles import paragraphs
from ntm_repair.context import Context
from ntm_repair.lexicon import Lexicon, Term
from ntm_repair.matching.engine import Matcher
from ntm_repair.matching.units import Units
from ntm_repair.matching.windows import lexical

SIZES = (300, 3000, 30000)


def lexicon_of(size: int) -> Lexicon:
    """Terms of the lexicon, chosen by a seed, and made-up ones where it has too few."""
    chance = random.Random(size)
    terms = [t for t in Lexicon.load().terms if t.kind not in ("place", "ethnic", "abbreviation")]
    words = sorted({w for t in terms for w in t.term.split()})
    chosen = chance.sample(terms, min(size, len(terms)))
    for i in range(size - len(chosen)):
        term = " ".join(chance.choices(words, k=chance.randint(3, 7)))
        chosen.append(Term(term, "phrase", (), (), "", "made up", i, "user"))
    return Lexicon.of(chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    texts = paragraphs(options.folder)[:400]
    units = [Units.of(text) for text in texts]
    size_of_text = sum(len(text.encode("utf-8")) for text in texts) / 1e6
    for size in SIZES:
        matcher = Matcher(lexicon_of(size), Context.load())
        start = time.process_time()
        matcher.index, matcher.confusions.headwords, matcher.weigher  # noqa: B018
        built = time.process_time() - start
        best = {"candidates of the lexicon": 1e9, "the whole engine": 1e9}
        for _ in range(2):
            start = time.process_time()
            for u in units:
                for _ in lexical(u, matcher.index, matcher.confusions, matcher.pivots, matcher.weigher.pair):
                    pass
            best["candidates of the lexicon"] = min(best["candidates of the lexicon"], time.process_time() - start)
            start = time.process_time()
            for u in units:
                matcher.garbles(u)
            best["the whole engine"] = min(best["the whole engine"], time.process_time() - start)
        shown = ", ".join(f"{name} {s:.2f} s ({size_of_text / s:.2f} MB/s)" for name, s in best.items())
        print(f"{size} terms: tables {built:.2f} s, {shown}")


if __name__ == "__main__":
    main()
