"""What keys do to the groups of equal findings."""

from __future__ import annotations

from collections.abc import Callable

from ntm_repair.messages import phrase
from ntm_repair.review.acting import Acting
from ntm_repair.review.session import Given


class Grouping(Acting):
    """Answers and moves on the page of groups, besides those on the page of one finding."""

    def switch(self) -> None:
        """From findings to groups and back; an opened group closes."""
        if self.page == "groups":
            self.page = "finding"
        elif self.session.groups:
            if self.session.opened is not None:
                self.group = self.session.groups.index(self.session.opened)
                self.session.close_group()
            elif self.session.item is not None:
                self.group = self.session.groups.index(self.session.group_of(self.session.item))
            self.page = "groups"
        self.scroll = 0

    def move_group(self, step: int) -> None:
        """Move the arrow over the groups."""
        self.group = max(0, min(self.group + step, len(self.session.groups) - 1))

    def open_group(self) -> None:
        """Show the findings of the group under the arrow one by one."""
        self.session.open_group(self.chosen_group())
        self.page = "finding"

    def choose_group(self, number: int) -> None:
        """Take suggestion `number`, or keep, for all findings of the group."""
        group = self.chosen_group()
        if number > len(self.session.first_of(group).finding.suggestions[:9]):
            self.say_notice("review.no_such_option", number=number)
        else:
            self._answer_group(lambda: self.session.choose_for(group, number))

    def delete_group(self) -> None:
        """Delete the words of all findings of the group."""
        self._answer_group(lambda: self.session.delete_all(self.chosen_group()))

    def edit_group(self) -> None:
        """Ask for the replacement of all findings of the group."""
        group = self.chosen_group()
        finding = self.session.first_of(group).finding
        first = finding.suggestions[0].replacement if finding.suggestions else ""
        label = phrase("review.edit_group_label", self.language, count=len(group.items))
        self._ask(
            label,
            first or finding.anchor.text,
            lambda text: self._answer_group(lambda: self.session.write_for(group, text)),
            "review.keys_edit",
        )

    def _answer_group(self, give: Callable[[], Given | None]) -> None:
        self.answer(give)
        groups = self.session.groups
        after = [*range(self.group + 1, len(groups)), *range(self.group + 1)]
        self.group = next((i for i in after if self.session.left_in(groups[i])), self.group)
        self.leave_done_groups()
