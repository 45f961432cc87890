"""What is left alone whatever the counts say: the same said in another way, and part of a term that stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ntm_repair.matching.candidates import Candidate
from ntm_repair.matching.terms import TermIndex, difference
from ntm_repair.matching.units import COMMA, Units
from ntm_repair.matching.windows import LEADING
from ntm_repair.matching.writing import is_name

_AND = "và"
_JOINS = frozenset(("và", "hoặc", "hay"))
"""Words between the members of an enumeration."""
_TOWARDS = frozenset("lên xuống ra vào đi lại tới đến".split())
"""Words that say where to, after a term rather than in it."""
SHARED = 4
"""Words after a comma within which what two members share is said."""
_NUMERALS = frozenset("mười mươi nghìn ngàn triệu".split())
"""Parts of figures in words, but for those that have other uses ("trăm", "tỷ")."""


def says_the_same(units: Units, c: Candidate) -> bool:
    """Whether a candidate says no more than what stands there, or says a word twice that stands beside it."""
    if _says_twice(units, c):
        return True
    if c.edit == "missing":
        return _stands(units.keys, c) or _is_shared(units, c)
    if c.source == "order" and not _NUMERALS.isdisjoint(units.keys[c.first : c.last]):
        return True  # figures in words are not put in another order by what is usual
    if c.edit == "reordered":
        # A name has one order: "Sở Môi trường và Nông nghiệp" is none.
        same = not is_name(units, c) and (_enumerates(units, c) or _swaps(units, c))
        return same or _lists(units, c) or _parts_members(units.keys, c)
    return c.form is not None and (_holds(units.keys, c) or _joins_alike(units, c) or _leads_on(units.keys, c))


def is_part_of_term(index: TermIndex, keys: Sequence[str], low: int, high: int) -> bool:
    """Whether the words [low, high) are part of a longer term that stands as it is."""
    for first in range(max(0, low - 2), min(len(keys) - 2, low + 1)):
        for words in index.openings.get((keys[first], keys[first + 1], keys[first + 2]), ()):
            last = first + len(words)
            if last >= high and last - first > high - low and words == tuple(keys[first:last]):
                return True
    return False


def _stands(keys: Sequence[str], c: Candidate) -> bool:
    """Whether what a window lacks stands right beside it, so that the term is there."""
    whole, n = list(c.keys), len(c.keys)
    return whole in (keys[max(0, c.last - n) : c.last], keys[c.first : c.first + n])


def _is_shared(units: Units, c: Candidate) -> bool:
    """Whether the word that a term lacks comes with the next member: "sản xuất nông, ngư nghiệp", "chi, đảng bộ"."""
    keys, last = units.keys, c.last
    _, added = difference(keys[c.first : last], c.keys)
    parted = COMMA in units.breaks[c.first + 1 : last] or not _JOINS.isdisjoint(keys[c.first : last])
    if parted and all(word in keys[c.first + 1 : last] for word in added):
        return True
    if c.keys[-1] == keys[last - 1] or last >= len(keys):
        return False
    return (units.breaks[last] == COMMA or keys[last] in _JOINS) and c.keys[-1] in keys[last : last + SHARED]


def _leads_on(keys: Sequence[str], c: Candidate) -> bool:
    """Whether a word at the end of a window, which another takes the place of, says where to: "giảm xuống | dưới"."""
    return keys[c.last - 1] in _TOWARDS and c.keys[-1] != keys[c.last - 1]


def _holds(keys: Sequence[str], c: Candidate) -> bool:
    """Whether the window begins or ends with the term, and what is beside it belongs to the sentence.

    That is so unless the two have a road through English, "vi sinh viên" for "vi sinh"; and even then where what is
    beside it is a word of its own: "quyền sử dụng đất | canh tác".
    """
    here, n = tuple(keys[c.first : c.last]), len(c.keys)
    if len(here) <= n or c.keys not in (here[:n], here[-n:]):
        return False
    beside = here[n:] if here[:n] == c.keys else here[:-n]
    return c.road is None or len(beside) > 1 or LEADING.issuperset(beside)


def _says_twice(units: Units, c: Candidate) -> bool:
    """Whether a repair would end with the word or the two that come after it, or begin with those before it."""
    keys, breaks, new = units.keys, units.breaks, c.keys
    for n in (1, 2):
        old = tuple(keys[c.first : c.last])
        after, before = tuple(keys[c.last : c.last + n]), tuple(keys[max(0, c.first - n) : c.first])
        if c.last < len(keys) and not breaks[c.last] and new[-n:] == after and old[-n:] != after:
            return True
        if c.first and not breaks[c.first] and new[:n] == before and old[:n] != before:
            return True
    return False


def _lists(units: Units, c: Candidate) -> bool:
    """Whether all that would move is an "và" among words joined by dashes: "giáo dục - đào tạo và" lists on."""
    if _AND not in c.keys:
        return False
    first, last = c.first, c.last
    if [key for key in units.keys[first:last] if key != _AND] != [key for key in c.keys if key != _AND]:
        return False
    gaps = zip(units.ends[first : last - 1], units.starts[first + 1 : last], strict=True)
    return any("-" in units.text[end:start] or "–" in units.text[end:start] for end, start in gaps)


def _enumerates(units: Units, c: Candidate) -> bool:
    """Whether a candidate only names the same things in another order: "đùn đẩy, né tránh" for "né tránh, đùn đẩy".

    Of members of the same number of words: what follows the last may belong to all, "phòng, chống ma túy".
    """
    old, new = map(_members, _both_parted(units, c))
    return len(old) > 1 and len({len(member) for member in old}) == 1 and sorted(old) == sorted(new)


def _swaps(units: Units, c: Candidate) -> bool:
    """Whether all that a candidate does is to exchange two things that are named beside each other.

    What stands before or after both stays: "phổ biến, tuyên truyền pháp luật" for "tuyên truyền, phổ biến pháp luật".
    """
    old, new = _both_parted(units, c)
    if len(old) != len(new) or "," not in old or "," not in new:
        return False
    for low in range(len(old)):
        if low and old[low - 1] != new[low - 1]:
            return False
        for high in range(len(old), low + 2, -1):
            if high < len(old) and old[high] != new[high]:
                break
            for at in range(low + 1, high - 1):
                if old[at] == "," and [*old[at + 1 : high], ",", *old[low:at]] == new[low:high]:
                    return True
    return False


def _parts_members(keys: Sequence[str], c: Candidate) -> bool:
    """Whether a word that joins two members would no longer stand between any: "và giám sát phản biện"."""
    inside, new = keys[c.first + 1 : c.last - 1], c.keys
    return any(word in _JOINS and word in (new[0], new[-1]) and word not in new[1:-1] for word in inside)


def _joins_alike(units: Units, c: Candidate) -> bool:
    """Whether all that differs is how members are joined: "tín ngưỡng hoặc tôn giáo", "tín ngưỡng, tôn giáo"."""
    old, new = _both_parted(units, c)
    return old == new


def _both_parted(units: Units, c: Candidate) -> tuple[list[str], list[str]]:
    old = _parted(units.keys[c.first : c.last], [kind == COMMA for kind in units.breaks[c.first + 1 : c.last]])
    new = _parted(c.keys, ["," in joint for joint in c.form.joints] if c.form is not None else [False] * len(c.keys))
    return old, new


def _parted(words: Sequence[str], commas: Sequence[bool]) -> list[str]:
    """The words, and "," for every comma or word that joins members of an enumeration."""
    parted: list[str] = []
    for word, comma in zip(words, [*commas, False], strict=False):
        parted.append("," if word in _JOINS else word)
        if comma:
            parted.append(",")
    return parted


def _members(parted: Sequence[str]) -> list[tuple[str, ...]]:
    """What an enumeration names."""
    return [tuple(words) for apart, words in groupby(parted, ",".__eq__) if not apart]
