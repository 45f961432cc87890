"""Lexicon terms by their first and by their last words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


class Ends:
    """The terms by how they begin and by how they end."""

    def __init__(self, terms: Iterable[tuple[str, ...]]) -> None:
        self._beginnings: dict[str, list[tuple[str, ...]]] = {}
        self._endings: dict[str, list[tuple[str, ...]]] = {}
        for words in terms:
            self._beginnings.setdefault(words[0], []).append(words)
            self._endings.setdefault(words[-1], []).append(words)

    def begun(self, left: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Terms that the last words of `left` begin, and how many words of them stand there already."""
        for given in range(len(left), 0, -1):
            stands = tuple(left[-given:])
            for words in self._beginnings.get(stands[0], ()):
                if len(words) > given and words[:given] == stands:
                    yield words, given

    def ended(self, right: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Terms that the first words of `right` end, and how many words of them stand there already."""
        for given in range(len(right), 0, -1):
            stands = tuple(right[:given])
            for words in self._endings.get(stands[-1], ()):
                if len(words) > given and words[-given:] == stands:
                    yield words, given
