"""The context model with the lexicon read into it: what stands together in a term stands well together.

The counts are of general news, in which the phrasing of rural development is thin. Every pair and triple of words
inside a term counts as if it had been seen a number of times more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from ntm_repair.context import Context

PAIR, TRIPLE = 40.0, 20.0
"""Times that one term counts for its pairs and triples."""
MOST = 10
"""Terms after which a pair gains no more."""


class DomainContext(Context):
    """Counts of news and, on top, those of a lexicon's terms. Words are in the normal form."""

    def __init__(self, news: Context, terms: Iterable[Sequence[str]]) -> None:
        pairs: Counter[tuple[str, str]] = Counter()
        triples: Counter[tuple[str, str, str]] = Counter()
        for words in terms:
            pairs.update(pairwise(words))
            triples.update(zip(words, words[1:], words[2:], strict=False))

        # A Counter asked for what it does not hold runs Python code; a dictionary does not.
        more_pairs = {words: PAIR * min(MOST, times) for words, times in pairs.items()}
        more_triples = {words: TRIPLE * min(MOST, times) for words, times in triples.items()}

        def pair(first: str, second: str) -> float:
            return news.pair(first, second) + more_pairs.get((first, second), 0.0)

        def triple(first: str, second: str, third: str) -> float:
            return news.triple(first, second, third) + more_triples.get((first, second, third), 0.0)

        self.word = news.word
        self.alone = news.alone
        # What asks for pairs and triples remembers the answers, and so does the context below.
        self.pair = pair  # type: ignore[assignment]
        self.logp = lru_cache(maxsize=1 << 16)(super().logp)  # type: ignore[method-assign]
        self.triple = triple  # type: ignore[assignment]
