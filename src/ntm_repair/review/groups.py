"""Equal findings over all articles of a review, to be answered once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ntm_repair.review.case import Case
from ntm_repair.standing import Key, key_of
from ntm_repair.types import Finding


@dataclass(frozen=True, slots=True)
class Item:
    """A finding and the article it stands in."""

    case: Case
    finding: Finding


@dataclass(frozen=True, slots=True)
class Group:
    """Findings with the same rule, text and first suggestion. `items` are indexes into `Session.items`."""

    key: Key
    items: tuple[int, ...]
    articles: int


def grouped(items: Iterable[Item], open_items: frozenset[int]) -> tuple[Group, ...]:
    """The groups: those with the most findings still open first, then the largest, then by text."""
    members: dict[Key, list[int]] = {}
    articles: dict[Key, set[int]] = {}
    for number, item in enumerate(items):
        key = key_of(item.finding)
        members.setdefault(key, []).append(number)
        articles.setdefault(key, set()).add(id(item.case))
    groups = [Group(key, tuple(numbers), len(articles[key])) for key, numbers in members.items()]

    def rank(group: Group) -> tuple[int, int, tuple[str, str, str]]:
        still = sum(i in open_items for i in group.items)
        return -still, -len(group.items), (group.key[0], group.key[1], group.key[2] or "")

    return tuple(sorted(groups, key=rank))
