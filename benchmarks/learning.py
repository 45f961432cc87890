"""What learning from clean articles is worth: `learning.py FOLDER`.

The folder holds evaluation texts with `clean/viwiki.jsonl`. Of its fifty longest articles, every other paragraph is
learned from; in the others, which nobody learned from, recurring phrases of three and four syllables that the lexicon
lacks are garbled by moving their first words to the end; which ones does not depend on what was learned. Reports how
many are found, and how many repaired by the first suggestion, without and with the proposals as they come: an editor
would have struck out some.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import regex

from ntm_repair.context import Context
from ntm_repair.learning.files import term_row, write_proposals
from ntm_repair.learning.terms import NO_EDGE, key_of, proposals
from ntm_repair.lexicon import Lexicon
from ntm_repair.pipeline import load_resources, scan
from ntm_repair.resources import Resources
from ntm_repair.types import Document, Finding, Source

ARTICLES = 50
SEED = 3
LEAST = 3
"""How often a phrase must recur in the unseen paragraphs."""
_RUN = regex.compile(r"[\p{L}\p{M}]+(?: [\p{L}\p{M}]+)*")

Case = tuple[str, int, int, str]
"""Garbled paragraph, span, original phrase."""


def phrases(paragraphs: Sequence[str], known: frozenset[str]) -> list[str]:
    """What recurs in the paragraphs, has no grammatical word, and is in no lexicon."""
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        for run in _RUN.findall(paragraph):
            words = run.split()
            for size in (3, 4):
                for i in range(len(words) - size + 1):
                    if not any(w.lower() in NO_EDGE for w in words[i : i + size]):
                        counts[" ".join(words[i : i + size])] += 1
    return sorted(p for p, n in counts.items() if n >= LEAST and key_of(p) not in known)


def garbled(paragraphs: Sequence[str], wanted: Sequence[str]) -> list[Case]:
    """Each phrase garbled at its first two places."""
    chance = random.Random(SEED)
    cases = []
    for phrase in wanted:
        for paragraph in [p for p in paragraphs if phrase in p and len(p) < 1500][:2]:
            at = paragraph.find(phrase)
            words = phrase.split()
            cut = chance.choice((1, 2))
            shown = " ".join((*words[cut:], *words[:cut]))
            if shown != phrase:
                text = paragraph[:at] + shown + paragraph[at + len(phrase) :]
                cases.append((text, at, at + len(shown), phrase))
    return cases


def findings(text: str, resources: Resources) -> list[Finding]:
    found = scan(Document(text, Source("", "0" * 64, "utf-8")), resources).findings
    return [f for f in found if f.rule.startswith("NTM3") and f.rule != "NTM302"]


def counts(cases: Sequence[Case], resources: Resources) -> tuple[int, int]:
    """How many are found, and how many repaired by the first suggestion."""
    found = repaired = 0
    for text, start, end, original in cases:
        hits = [f for f in findings(text, resources) if f.start < end and start < f.end]
        wanted = text[:start] + original + text[end:]
        found += bool(hits)
        repaired += any(
            f.suggestions and text[: f.start] + f.suggestions[0].replacement + text[f.end :] == wanted for f in hits
        )
    return found, repaired


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    lines = (options.folder / "clean" / "viwiki.jsonl").read_text("utf-8").splitlines()
    texts = sorted((str(json.loads(line)["text"]) for line in lines), key=len)[-ARTICLES:]
    split = [[p for p in t.split("\n") if p.strip()] for t in texts]
    seen, unseen = ["\n".join(t[::2]) for t in split], [p for t in split for p in t[1::2]]
    known = frozenset(key_of(form) for t in Lexicon.load().terms for form in (t.term, *t.aliases))
    learned = proposals(seen, known, Context.load())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "learned.tsv"
        write_proposals(path, "terms", "", [term_row(p.term) for p in learned])
        without, with_them = load_resources(), load_resources((path,))
        cases = garbled(unseen, phrases(unseen, known))
        own = {key_of(p.term) for p in learned}
        print(f"{len(learned)} terms proposed from {len(seen)} articles; {sum(map(len, unseen)):,} characters unseen")
        for name, chosen in (("all", cases), ("of learned terms", [c for c in cases if key_of(c[3]) in own])):
            before, after = counts(chosen, without), counts(chosen, with_them)
            print(
                f"  garbled phrases, {name}: {len(chosen)}; found {before[0]} -> {after[0]},"
                f" repaired by the first suggestion {before[1]} -> {after[1]}"
            )
        false = [sum(len(findings(p, r)) for p in unseen) for r in (without, with_them)]
        print(f"  findings in the unseen paragraphs as they are: {false[0]} -> {false[1]}")


if __name__ == "__main__":
    main()
