"""The texts that speed is measured on, none of which repeats: a repeated article flatters every cache.

With a folder of evaluation texts (`clean/*.jsonl`, `english/*.txt`) they are its clean articles; without one, articles
put together from sentences of the project's own samples and test cases, which are fewer and more alike.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

REPOSITORY = Path(__file__).parent.parent
LEAST = 1500
"""Code points from which a text is an article; shorter ones are put together."""
EVERY = 110
"""Code points a damaged place: as many as the article has that the project was made for."""
_SENTENCE = regex.compile(r"[^.!?\n]+[.!?]+")
_GAP = regex.compile(r"(?<=\p{Ll}) (?=\p{Ll})")
_ENGLISH = (
    "to finish the plan of the year",
    "the social level of commune",
    "because of this",
    "in order to speed up",
    "after that the committee",
    "when it was found",
    "and have been supported",
    "for the poor households",
)


def clean_articles(folder: Path | None) -> list[str]:
    """Undamaged articles of some thousand code points."""
    if folder is not None and folder.is_dir():
        texts = [
            json.loads(line)["text"]
            for path in sorted(folder.glob("clean/*.jsonl"))
            for line in path.read_text("utf-8").splitlines()
        ]
        return list(_articles(texts))
    return list(_put_together(random.Random(1)))


def english_runs(folder: Path | None) -> list[str]:
    """English in the lengths that residue has."""
    if folder is None or not folder.is_dir():
        return list(_ENGLISH)
    rng = random.Random(2)
    runs = []
    for path in sorted(folder.glob("english/*.txt")):
        for line in path.read_text("utf-8").splitlines():
            words = line.split()
            length = rng.randint(1, 8)
            if len(words) > length:
                first = rng.randrange(len(words) - length)
                runs.append(" ".join(words[first : first + length]))
    return runs


def damaged(articles: Sequence[str], runs: Sequence[str]) -> list[str]:
    """The articles with English, scrambled words, glued words and repeated captions in every paragraph."""
    rng = random.Random(3)
    return [_damage(article, runs, rng) for article in articles]


def mixture(articles: Sequence[str], runs: Sequence[str], share: float = 0.05) -> list[str]:
    """The articles, one in every `1 / share` of them damaged."""
    step = round(1 / share)
    dirty = damaged(articles[step // 2 :: step], runs)
    mixed = list(articles)
    mixed[step // 2 :: step] = dirty
    return mixed


def of_length(articles: Sequence[str], size: int) -> str:
    """One article of about `size` bytes, its sentences put in another order each time round."""
    rng = random.Random(4)
    sentences = [s.strip() for a in articles for s in _SENTENCE.findall(a)]
    made: list[str] = []
    length = 0
    while length < size:
        rng.shuffle(sentences)
        for i in range(0, len(sentences), 3):
            paragraph = " ".join(sentences[i : i + 3])
            made.append(paragraph)
            length += len(paragraph.encode()) + 2
            if length >= size:
                break
    return "\n\n".join(made)


def _articles(texts: Sequence[str]) -> Iterator[str]:
    held: list[str] = []
    for text in texts:
        held.append(text)
        if sum(map(len, held)) >= LEAST:
            yield "\n".join(held)
            held = []


def _put_together(rng: random.Random) -> Iterator[str]:
    files = [*REPOSITORY.glob("samples/*.expected.txt"), *REPOSITORY.glob("tests/cases/clean/*.txt")]
    sentences = [s.strip() for p in sorted(files) for s in _SENTENCE.findall(p.read_text("utf-8"))]
    for _ in range(120):
        yield "\n\n".join(" ".join(rng.sample(sentences, 3)) for _ in range(8))


def _damage(article: str, runs: Sequence[str], rng: random.Random) -> str:
    paragraphs = []
    for paragraph in article.split("\n"):
        for _ in range(round(len(paragraph) / EVERY)):
            gaps = [m.start() for m in _GAP.finditer(paragraph)]
            if len(gaps) < 5:
                break
            kind = rng.random()
            i = rng.randrange(len(gaps) - 4)
            at = gaps[i]
            if kind < 0.4:
                paragraph = f"{paragraph[:at]} {rng.choice(runs)}{paragraph[at:]}"
            elif kind < 0.9:
                words = paragraph[at : gaps[i + 4]].split(" ")[1:]
                paragraph = f"{paragraph[:at]} {' '.join(words[2:] + words[:2])}{paragraph[gaps[i + 4] :]}"
            else:
                paragraph = paragraph[:at] + paragraph[at + 1 :]
        paragraphs.append(paragraph)
        if 20 < len(paragraph) < 120 and rng.random() < 0.3:
            paragraphs.append(paragraph)
    return "\n".join(paragraphs)
