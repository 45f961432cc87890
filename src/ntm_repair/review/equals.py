"""Equal places of a review: their groups, how far an answer to one reaches, and going through a group alone."""

from __future__ import annotations

from functools import cached_property

from ntm_repair.review.groups import Group, Item, grouped
from ntm_repair.review.places import Places
from ntm_repair.standing import Key, key_of
from ntm_repair.types import Scope


class Equals(Places):
    """The findings of some articles, and those of them that are equal."""

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Equal findings together, the largest first; the order stays for the sitting."""
        return grouped(self.items, frozenset(i for i, item in enumerate(self.items) if self.is_open(item)))

    @cached_property
    def _group_by_key(self) -> dict[Key, Group]:
        return {group.key: group for group in self.groups}

    def group_of(self, item: Item) -> Group:
        """The group an item belongs to."""
        return self._group_by_key[key_of(item.finding)]

    def left_in(self, group: Group) -> int:
        """How many findings of a group have no answer yet."""
        return sum(self.is_open(self.items[i]) for i in group.items)

    def first_of(self, group: Group) -> Item:
        """The item a group is shown by: its first open one."""
        return next((self.items[i] for i in group.items if self.is_open(self.items[i])), self.items[group.items[0]])

    @property
    def group_scope(self) -> Scope:
        """How far an answer to a group reaches: the file, where the review is of one; else every article."""
        return "file" if len({case.log for case in self.cases}) == 1 else "everywhere"

    def reach(self, item: Item, scope: Scope) -> tuple[int, int]:
        """How many findings of this review an answer of that scope would decide, in how many articles."""
        reached = [i for i in self._equal(item, scope) if i is item or self._outranked(i, scope)]
        return len(reached), len({id(i.case) for i in reached})

    def _equal(self, item: Item, scope: Scope) -> list[Item]:
        if scope == "this":
            return [item]
        equal = [self.items[i] for i in self.group_of(item).items]
        return equal if scope == "everywhere" else [i for i in equal if i.case.log == item.case.log]

    def _outranked(self, item: Item, scope: Scope) -> bool:
        answer = self.answer_of(item)
        return answer is None or answer.scope in ("everywhere", scope)

    def open_group(self, group: Group) -> None:
        """Show only the findings of a group, the first open one first."""
        self.opened, self.shown = group, group.items
        self.resume()

    def close_group(self) -> None:
        """Show all findings again, and stay at the current one."""
        here = self.shown[self.index] if self.index < len(self.shown) else None
        self.opened, self.shown = None, tuple(range(len(self.items)))
        if here is None:
            self.resume()
        else:
            self.go_to(here)
