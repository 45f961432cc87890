"""What neighbouring articles offer for planted fragments, and how often it is right: `neighbours.py FOLDER`.

The folder holds `clean/*.jsonl` (field "text"). Each sentence gets an English shadow (shadows.py) by three seeds; all
other articles of the file are its neighbours, and what is counted is what they offer by themselves.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from ntm_repair.anchors import anchor_of
from ntm_repair.article import Article
from ntm_repair.pipeline import load_resources
from ntm_repair.suggest.neighbours import Neighbour, with_neighbours
from ntm_repair.types import Document, Finding, Message, Source
from repairs import _plain
from shadows import Shadow, planted

SEEDS = (1, 2, 3)


def finding(shadow: Shadow, article: Article) -> Finding:
    """The planted fragment as a finding without suggestions."""
    anchor = anchor_of(article.view, shadow.start, shadow.end)
    text = shadow.text[shadow.start : shadow.end]
    message = Message("ntm101.fragment", {"count": 1})
    return Finding("NTM101", "0" * 16, anchor, shadow.start, shadow.end, text, message, 1.0, {})


def measure(path: Path) -> None:
    """Print the counts for one file of articles."""
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    articles = [Neighbour((str(i), ""), text) for i, text in enumerate(texts)]
    fragments = offered = right = 0
    seconds = 0.0
    for seed in SEEDS:
        for i, text in enumerate(texts):
            others = [a for a in articles if a.key != (str(i), "")]
            for number, line in enumerate(filter(str.strip, text.split("\n"))):
                for shadow in planted([line], seed * 10**6 + i * 1000 + number):
                    article = Article(Document(shadow.text, Source(str(i), "0" * 64, "utf-8")))
                    begun = time.process_time()
                    (asked,) = with_neighbours(article, [finding(shadow, article)], others, load_resources())
                    seconds += time.process_time() - begun
                    fragments += 1
                    if asked.suggestions:
                        offered += 1
                        right += _plain(asked.suggestions[0].replacement) in {_plain(a) for a in shadow.accept}
    print(
        f"{path.stem}: {len(texts)} articles, {sum(map(len, texts))} code points; {fragments} fragments,"
        f" {offered} with an offer, {right} right at first | {1000 * seconds / max(1, fragments):.2f} ms a fragment"
    )


if __name__ == "__main__":
    for file in sorted(Path(sys.argv[1]).glob("clean/*.jsonl")):
        measure(file)
