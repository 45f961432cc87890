"""Lexicon terms by their first and by their last words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


class Ends:
    """The terms by how they begin and by how they end."""

    def __init__(self, terms: Iterable[tuple[str, ...]]) -> None:
        self._beginnings: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        self._endings: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for words in terms:
            for cut in range(1, len(words)):
                self._beginnings.setdefault(words[:cut], []).append(words)
                self._endings.setdefault(words[cut:], []).append(words)

    def begun(self, left: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Terms that the last words of `left` begin, and how many words of them stand there already."""
        for given in range(len(left), 0, -1):
            for words in self._beginnings.get(tuple(left[-given:]), ()):
                yield words, given

    def ended(self, right: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Terms that the first words of `right` end, and how many words of them stand there already."""
        for given in range(len(right), 0, -1):
            for words in self._endings.get(tuple(right[:given]), ()):
                yield words, given
