"""A reading as it is written into the sentence: capitals, commas and spaces."""

from __future__ import annotations

from ntm_repair.suggest.place import Place
from ntm_repair.suggest.senses import Sense


def written(place: Place, senses: tuple[tuple[int, int, Sense], ...]) -> str:
    """The replacement for the fragment's span."""
    pieces: list[str] = []
    gap = ""
    for at, (_, end, sense) in enumerate(senses):
        if sense.text:
            pieces += ([gap or " "] if pieces else []) + [sense.text]
            gap = ""
        # A comma of the fragment stays where everything before it is read.
        read_before = {i for first, last, _ in senses[: at + 1] for i in range(first, last)}
        mark = place.tokens[end - 1].gap
        if mark.strip(" -") and len(read_before) == end:
            gap = mark if mark.endswith(" ") else mark.rstrip() + " "
    return fitted(place, "".join(pieces) + place.tokens[-1].gap.rstrip())


def fitted(place: Place, text: str) -> str:
    """`text` with the capital that opens a sentence, and with the space a glued stop wants."""
    if not text:
        return ""
    if place.opens:
        text = text[0].upper() + text[1:]
    return " " + text if place.glued else text
