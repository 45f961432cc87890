"""Candidates of many articles as rows of arrays."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from ntm_repair.matching.model import KINDS
from ntm_repair.matching.orders import SPAN
from ntm_repair.matching.terms import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ntm_repair.matching.many.words import Numbers

WIDTH = max(LONGEST + 1, 2 * SPAN)
"""Words of the longest stretch that is replaced, or that replaces one."""
ORDER, CONFUSION, REORDERED, MISSING, EXTRA, SUBSTITUTED, PIVOTED = range(len(KINDS))


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates: the words [first, last) of a line and the numbers of those that could have stood there.

    `place` is the word at which the scalar code has to begin to find it; `new` has -1 beyond the last word; `road` is
    NaN where the glossary knows no way; `form` is -1 where there is no term.
    """

    kind: NDArray[np.int8]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    place: NDArray[np.int32]
    new: Numbers
    road: NDArray[np.float64]
    form: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.first)

    def take(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> Rows:
        """Some of the rows."""
        return Rows(*(getattr(self, field.name)[which] for field in fields(self)))


def joined(parts: Sequence[Rows]) -> Rows:
    """The rows of all parts."""
    return Rows(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Rows)))


def rows(
    kind: int | NDArray[np.int8],
    first: NDArray[np.integer],
    last: NDArray[np.integer],
    new: Numbers,
    *,
    place: NDArray[np.integer] | None = None,
    road: NDArray[np.float64] | None = None,
    form: NDArray[np.integer] | None = None,
) -> Rows:
    """Rows of one source; `new` may be narrower than WIDTH."""
    n = len(first)
    wide = np.full((n, WIDTH), -1, np.int32)
    wide[:, : new.shape[1]] = new
    return Rows(
        np.full(n, kind, np.int8) if isinstance(kind, int) else kind,
        first.astype(np.int32),
        last.astype(np.int32),
        (first if place is None else place).astype(np.int32),
        wide,
        np.full(n, np.nan) if road is None else road,
        np.full(n, -1, np.int32) if form is None else form.astype(np.int32),
    )
