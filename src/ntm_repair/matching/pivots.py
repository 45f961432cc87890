"""What short terms may have become on a round trip through English: one word or two neighbours of a term of three or
four replaced by what shares a headword with them ("tổ hợp tác" as "nhóm hợp tác").

A window that shares only two words with a term is too little like it to be compared, so here the damaged forms
themselves are filed, under the sums of `terms`. A sum may collide, so what is found is verified.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING

from ntm_repair.compiled import compiled
from ntm_repair.matching.terms import TermIndex, difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ntm_repair.matching.confusion import Confusions

LENGTHS = range(2, 7)
"""Words of a damaged form."""
FORMS = range(3, 5)
"""Words of the terms whose damaged forms are filed; longer ones keep three words to be known by."""


class Pivots:
    """`sums` of damaged forms in order, and beside each, in `numbers`, that of the form."""

    def __init__(self, index: TermIndex, confusions: Confusions) -> None:
        digest = f"{index.digest} {confusions.digest}"
        sums, forms = compiled("pivots", digest, partial(_tables, index, confusions))
        self.sums = array("Q", sums)
        self.numbers = array("I", forms)

    def forms(self, total: int) -> Iterator[int]:
        """The numbers of the forms that may have become a window with this sum."""
        at = bisect_left(self.sums, total)
        while at < len(self.sums) and self.sums[at] == total:
            yield self.numbers[at]
            at += 1


def _tables(index: TermIndex, confusions: Confusions) -> tuple[bytes, bytes]:
    found: set[tuple[int, int]] = set()
    for number, form in enumerate(index.forms):
        size = len(form.keys)
        if size not in FORMS or index.places[number]:
            continue
        total = sum(index.number(key) for key in form.keys)
        for first in range(size):
            for last in range(first + 1, min(size, first + 2) + 1):
                member = form.keys[first:last]
                rest = total - sum(index.number(key) for key in member)
                for other in confusions.alternatives(member):
                    removed, _ = difference(other, member)
                    if removed and size - len(member) + len(other) in LENGTHS:
                        found.add((rest + sum(index.number(key) for key in other), number))
    ordered = sorted(found)
    return array("Q", (total for total, _ in ordered)).tobytes(), array("I", (n for _, n in ordered)).tobytes()
