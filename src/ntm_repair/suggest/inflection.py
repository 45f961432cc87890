"""English word forms back to the headwords a glossary lists: "tools" to "tool", "built" to "build".

Only what residue of official prose needs: regular endings with their spelling changes, and the irregular verbs that
reports use. A wrong guess costs nothing, for a form that no glossary lists is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import regex

Form = Literal["", "plural", "past", "ing", "more", "most", "agent"]
"""What an ending says: plural noun (or third person), past or passive, -ing form, comparative, superlative, doer."""

_IRREGULAR = {
    form: base
    for base, forms in (
        line.split(":")
        for line in """
        be:was were been|become:became|begin:began begun|break:broke broken|bring:brought|build:built|buy:bought
        choose:chose chosen|come:came|do:did done|draw:drew drawn|drive:drove driven|fall:fell fallen|find:found
        get:got gotten|give:gave given|go:went gone|grow:grew grown|have:had|hold:held|keep:kept|know:knew known
        lead:led|leave:left|lose:lost|make:made|mean:meant|meet:met|overcome:overcame|pay:paid|rise:rose risen|run:ran
        say:said|see:saw seen|sell:sold|send:sent|speak:spoke spoken|spend:spent|stand:stood|take:took taken
        teach:taught|tell:told|think:thought|understand:understood|undertake:undertook undertaken|win:won
        write:wrote written|seek:sought|feel:felt|raise:raised|lay:laid|show:shown|bear:bore borne
        strive:strove striven|arise:arose arisen|beat:beaten|bend:bent|bind:bound|bite:bitten|bleed:bled
        blow:blew blown|breed:bred|burn:burnt|catch:caught|cling:clung|deal:dealt|dig:dug|drink:drank drunk
        eat:ate eaten|feed:fed|fight:fought|flee:fled|fly:flew flown|forbid:forbade forbidden|foresee:foresaw foreseen
        forget:forgot forgotten|forgive:forgave forgiven|freeze:froze frozen|hang:hung|hear:heard|hide:hid hidden
        learn:learnt|lend:lent|light:lit|oversee:oversaw overseen|prove:proven|rebuild:rebuilt
        rewrite:rewrote rewritten|ride:rode ridden|ring:rang rung|sew:sewn|shake:shook shaken|shine:shone|shoot:shot
        shrink:shrank shrunk|sing:sang sung|sink:sank sunk|sit:sat|sleep:slept|slide:slid|sow:sown|spill:spilt
        spin:spun|spring:sprang sprung|steal:stole stolen|stick:stuck|sting:stung|strike:struck stricken
        swear:swore sworn|sweep:swept|swell:swollen|swim:swam swum|swing:swung|tear:tore torn|throw:threw thrown
        undergo:underwent undergone|uphold:upheld|wake:woke woken|wear:wore worn|weave:wove woven|weep:wept
        withdraw:withdrew withdrawn|withhold:withheld|withstand:withstood
        """.replace("\n", "|").split("|")
        if ":" in line
    )
    for form in forms.split()
}
_BRITISH = (
    (regex.compile(r"(?<=\p{L}{3})our(?=(?:s|ed|ing|able|ite|ites|hood|hoods|ful|al|er|ers)?$)"), "or"),
    (regex.compile(r"(?<=\p{L}{3})is(?=(?:e|es|ed|ing|er|ers|ation|ations|ational)$)"), "iz"),
    (regex.compile(r"(?<=\p{L}{2})ys(?=(?:e|ed|ing)$)"), "yz"),
    (regex.compile(r"(?<=^(?:\p{L}*met|\p{L}*lit|cent|theat|fib))re(?=s?$)"), "er"),
    (regex.compile(r"(?<=^(?:def|off|lic|pret))ence(?=s?$)"), "ense"),
    (regex.compile(r"(?<=^program)mes?$|(?<=log)ues?$"), ""),
)
"""Spellings of British English, which glossaries list in the American one; engines write both."""

_PLURALS = dict(
    pair.split(":")
    for pair in """
    people:person children:child men:man women:woman criteria:criterion staff:employee feet:foot teeth:tooth mice:mouse
    geese:goose phenomena:phenomenon analyses:analysis crises:crisis
    """.split()
)


@lru_cache(maxsize=1 << 12)
def headwords(word: str) -> tuple[tuple[str, Form], ...]:
    """The headwords a lower-cased word may be a form of, itself first, each with what its ending says."""
    found: list[tuple[str, Form]] = [(word, ""), *_bases(word)]
    for spelling, american in _BRITISH:
        other, changed = spelling.subn(american, word)
        if changed:
            found += [(other, ""), *_bases(other)]
    return tuple(dict.fromkeys(found))


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
    if word.endswith("ves"):
        yield from ((word[:-3] + end, "plural") for end in ("f", "fe"))
    if word.endswith("ying"):
        yield word[:-4] + "ie", "ing"
    if word.endswith("ied"):
        yield word[:-3] + "y", "past"
    if word.endswith("ed"):
        yield from ((base, "past") for base in _stems(word[:-2]))
    if word.endswith("ing") and len(word) > 5:
        yield from ((base, "ing") for base in _stems(word[:-3]))
    forms: tuple[tuple[str, Form], ...] = (("er", "more"), ("est", "most"))
    for ending, form in forms:
        if word.endswith("i" + ending):
            yield word[: -len(ending) - 1] + "y", form
        elif word.endswith(ending):
            yield from ((base, form) for base in _stems(word[: -len(ending)]))
    singular = word.removesuffix("s")
    if singular.endswith(("er", "or")):
        yield from ((base, "agent") for base in _stems(singular[:-2]))


def _stems(stem: str) -> Iterator[str]:
    """What a verb may have been before -ed or -ing: "improv", "plann", "expand"."""
    yield stem + "e"
    yield stem
    if len(stem) > 2 and stem[-1] == stem[-2]:
        yield stem[:-1]
