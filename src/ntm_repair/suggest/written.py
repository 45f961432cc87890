"""A reading as it is written into the sentence: capitals and commas."""

from __future__ import annotations

from ntm_repair.suggest.forms import Sense
from ntm_repair.suggest.place import Place


def written(place: Place, senses: tuple[tuple[int, int, Sense], ...]) -> str:
    """The replacement for the fragment's span."""
    pieces: list[str] = []
    gap = ""
    for at, (_, end, sense) in enumerate(senses):
        if sense.text:
            pieces += ([gap or " "] if pieces else []) + [sense.text]
            gap = ""
        # A comma of the fragment stays where everything before it is read.
        mark = place.tokens[end - 1].gap
        if mark.strip(" -"):
            read_before = {i for first, last, _ in senses[: at + 1] for i in range(first, last)}
            if len(read_before) == end:
                gap = mark if mark.endswith(" ") else mark.rstrip() + " "
    return fitted(place, "".join(pieces) + place.tokens[-1].gap.rstrip())


def fitted(place: Place, text: str) -> str:
    """`text` with the capital that opens a sentence. The space a glued stop lacks is another rule's to put in."""
    return text[:1].upper() + text[1:] if place.opens else text
