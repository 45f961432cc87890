"""Words in which no rule finds anything, listed beforehand by `tools/build_dull_words.py`: most words of most articles."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

PATH = Path(__file__).parents[1] / "data" / "dull-words.txt.gz"


def cased(word: str) -> dict[int, str]:
    """The forms of a word in lower case, each by its bit."""
    return {1: word, 2: word[:1].upper() + word[1:], 4: word.upper()}


def read() -> Iterator[tuple[str, int]]:
    """The words, in order, and which of their forms are dull, their bits added up."""
    for line in gzip.decompress(PATH.read_bytes()).decode("utf-8").splitlines():
        word, _, bits = line.partition(" ")
        yield word, int(bits)


def dull_forms() -> Iterator[str]:
    """The forms as they stand in texts."""
    for word, bits in read():
        for bit, form in cased(word).items():
            if bits & bit:
                yield form
