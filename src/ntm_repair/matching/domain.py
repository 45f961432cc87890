"""The context model with the lexicon read into it: what stands together in a term stands well together.

The counts are of general news, in which the phrasing of rural development is thin. Every pair and triple of words
inside a term counts as if it had been seen a number of times more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from itertools import pairwise

from ntm_repair.compiled import compiled
from ntm_repair.context import Context, level
from ntm_repair.packed import Packed, hash_of

PAIR, TRIPLE = 40, 20
"""Times that one term counts for its pairs and triples."""
MOST = 10
"""Terms after which a pair gains no more."""


def domain_context(news: Context, terms: Iterable[tuple[str, ...]], digest: str) -> Context:
    """Counts of news and, on top, those of a lexicon's terms. Words are in the normal form.

    `digest` says which lexicon: the tables are kept under it and that of the counts.
    """
    made = compiled("context", f"{digest} {news.digest}", partial(_tables, news, terms))
    context = Context(news.folder, [news.tables[0], *map(Packed, made)])
    context.logp = lru_cache(maxsize=1 << 15)(context.logp)  # type: ignore[method-assign]
    return context


def _tables(news: Context, terms: Iterable[tuple[str, ...]]) -> tuple[bytes, bytes]:
    pairs: Counter[tuple[str, ...]] = Counter()
    triples: Counter[tuple[str, ...]] = Counter()
    for words in dict.fromkeys(terms):
        pairs.update(pairwise(words))
        triples.update(zip(words, words[1:], words[2:], strict=False))
    return _with(news.tables[1], news.pair, pairs, PAIR), _with(news.tables[2], news.triple, triples, TRIPLE)


def _with(table: Packed, seen: Callable[..., float], terms: Mapping[tuple[str, ...], int], each: int) -> bytes:
    return table.with_values(
        {hash_of(words): level(round(seen(*words)) + each * min(MOST, times))[0] for words, times in terms.items()}
    )
