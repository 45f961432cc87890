"""Vietnamese offices and ranks by their English names: "Chairman of the District People's Committee".

A foreign body is called by its name in an article; an office of the country by the Vietnamese one. So where a run in
Title Case holds nothing but the common words of such names, no person and no place, and is plainly one of here, it is
left over from a translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.words import Word
from ntm_repair.patterns import pattern

HEADS = frozenset(
    """
    board budget bureau capital chairman chairperson chairwoman chief commission committee committees council councils
    department departments deputy director division head inspectorate leader office secretariat secretary sub-department
    subcommittee treasury vice vice-chairman
    """.split()
)
"""What an office, a rank or its money is called by, one of which its name holds."""
_OF_HERE = frozenset("commune communes district front hamlet mobilization people's people’s steering ward".split())
"""Words for what other countries do not have, or not beside Vietnamese without a name."""
_FIELDS = frozenset(
    """
    administration affairs agency agricultural agriculture building central city communications construction cooperation
    coordination county culture defense delegates development economic education emulation environment executive
    external fatherland finance fisheries foreign forestry general health home industry information inspection internal
    investment justice labor labour local management mass military ministry minority municipal natural new organization
    organizing party planning plant police program project propaganda protection province provincial public relations
    resources reward rural security social sports standing state statistics target tax tourism town township trade
    training transport transportation union urban village water women's women’s youth
    """.split()
)
"""What such offices are for, and where they are."""
_JOINING = frozenset(("and", "for", "in", "of", "on", "the"))
_PLACE = pattern(r" (?:huyện|tỉnh|xã|phường|quận|thị xã|thị trấn|thành phố|thôn|bản|Trung ương)\b")
"""What the Vietnamese goes on with where the office is one of here: "Steering Committee | huyện"."""
_INTO = pattern(r"(?<!\p{L})\p{Ll}+ $")
_OUT_OF = pattern(r" \p{Ll}")
LEAST_LONG = 3
"""Words of an office that is told by them alone."""
_CALLED = {
    "board": ("ban",),
    "budget": ("ngân sách",),
    "capital": ("vốn",),
    "chairman": ("chủ tịch",),
    "committee": ("ban", "ủy ban", "uỷ ban"),
    "council": ("hội đồng",),
    "department": ("sở", "phòng", "cục", "vụ"),
    "director": ("giám đốc",),
    "office": ("văn phòng",),
    "secretary": ("bí thư",),
}
"""Vietnamese for such heads: beside it the name is there twice."""


def office_of(run: Sequence[Word], before: str, after: str) -> Literal["plainly", "perhaps", ""]:
    """Whether a run is an office or a rank of Vietnam, named in English; `before` and `after` are what is around it.

    "perhaps" where nothing in it or beside it says so, but it is long and the Vietnamese runs on into it and out of it:
    "Phó Giám đốc | Department of Natural Resources and Environment | cho biết".
    """
    if not run[-1].text[0].isupper():
        return ""  # nearly all runs
    words = [w.text.lower() for w in run]
    own = [w for w in words if w not in _JOINING]
    if len(own) < 2 or not all(w.capital or w.text in _JOINING for w in run):
        return ""
    heads = [w for w in own if w in HEADS]
    if not heads or not all(w in HEADS or w in _OF_HERE or w in _FIELDS for w in own):
        return ""
    if any(w in _OF_HERE for w in own) or _PLACE.match(after):
        return "plainly"
    said = before[-10:].rstrip().lower()
    if any(said.endswith(f" {word}") for head in heads for word in _CALLED.get(head, ())):
        return "plainly"
    return "perhaps" if len(own) >= LEAST_LONG and _INTO.search(before[-8:]) and _OUT_OF.match(after) else ""


def is_said_in_full(run: Sequence[Word]) -> bool:
    """Whether such a name has words that join its parts: it is a phrase, and not only a term in Title Case."""
    return any(is_function_word(w.text) for w in run)
