"""Where a garbled text and its repair begin and end alike."""

from __future__ import annotations


def same_ends(a: str, b: str) -> tuple[int, int]:
    """How many ASCII marks both begin and end with: they are not part of the damage."""
    lead = tail = 0
    most = min(len(a), len(b))
    while lead < most and a[lead] == b[lead] and a[lead].isascii() and not a[lead].isalnum():
        lead += 1
    while tail < most - lead and a[-1 - tail] == b[-1 - tail] and a[-1 - tail].isascii() and not a[-1 - tail].isalnum():
        tail += 1
    return lead, tail
