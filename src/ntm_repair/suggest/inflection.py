"""English word forms back to the headwords a glossary lists: "tools" to "tool", "built" to "build".

Only what residue of official prose needs: regular endings with their spelling changes, and the irregular verbs that
reports use. A wrong guess costs nothing, for a form that no glossary lists is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

Form = Literal["", "plural", "past", "ing", "compared", "agent"]
"""What an ending says: plural noun (or third person), past or passive, -ing form, comparative, one who does."""

_IRREGULAR = {
    form: base
    for base, forms in (
        line.split(":")
        for line in """
        be:was were been|become:became|begin:began begun|break:broke broken|bring:brought|build:built|buy:bought
        choose:chose chosen|come:came|do:did done|draw:drew drawn|drive:drove driven|fall:fell fallen|find:found
        get:got gotten|give:gave given|go:went gone|grow:grew grown|have:had|hold:held|keep:kept|know:knew known
        lead:led|leave:left|lose:lost|make:made|mean:meant|meet:met|overcome:overcame|pay:paid|rise:rose risen
        run:ran|say:said|see:saw seen|sell:sold|send:sent|speak:spoke spoken|spend:spent|stand:stood|take:took taken
        teach:taught|tell:told|think:thought|understand:understood|undertake:undertook undertaken|win:won
        write:wrote written|seek:sought|feel:felt|raise:raised|lay:laid|show:shown|bear:borne|strive:strove striven
        """.replace("\n", "|").split("|")
        if ":" in line
    )
    for form in forms.split()
}
_PLURALS = dict(
    pair.split(":")
    for pair in "people:person children:child men:man women:woman lives:life criteria:criterion staff:employee".split()
)


@lru_cache(maxsize=1 << 12)
def headwords(word: str) -> tuple[tuple[str, Form], ...]:
    """The headwords a lower-cased word may be a form of, itself first, each with what its ending says."""
    return tuple(dict.fromkeys(((word, ""), *_bases(word))))


def _bases(word: str) -> Iterator[tuple[str, Form]]:
    if word in _IRREGULAR:
        yield _IRREGULAR[word].strip(), "past"
    if word in _PLURALS:
        yield _PLURALS[word], "plural"
    if len(word) < 4:
        return
    if word.endswith("ies"):
        yield word[:-3] + "y", "plural"
    if word.endswith("es"):
        yield word[:-2], "plural"
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1], "plural"
    if word.endswith("ied"):
        yield word[:-3] + "y", "past"
    if word.endswith("ed"):
        yield from ((base, "past") for base in _stems(word[:-2]))
    if word.endswith("ing") and len(word) > 5:
        yield from ((base, "ing") for base in _stems(word[:-3]))
    for ending in ("er", "est"):
        if word.endswith("i" + ending):
            yield word[: -len(ending) - 1] + "y", "compared"
        elif word.endswith(ending):
            yield from ((base, "compared") for base in _stems(word[: -len(ending)]))
    singular = word.removesuffix("s")
    if singular.endswith(("er", "or")):
        yield from ((base, "agent") for base in _stems(singular[:-2]))


def _stems(stem: str) -> Iterator[str]:
    """What a verb may have been before -ed or -ing: "improv", "plann", "expand"."""
    yield stem + "e"
    yield stem
    if len(stem) > 2 and stem[-1] == stem[-2]:
        yield stem[:-1]
