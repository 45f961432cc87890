"""Words that a round trip through English may put in each other's place, read off the glossary backwards.

Two Vietnamese words can be confused where one headword translates to both: *criteria / standard* makes tiêu chí and
tiêu chuẩn a pair. How likely a pair is follows the trip: from the word that stood there to one of its headwords, from
the headword to one of its translations, the ordinary ones first and then the odd ones of translation engines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from math import log

from ntm_repair.compiled import compiled
from ntm_repair.glossary import NOTHING, Glossary, shipped_sha256
from ntm_repair.matching.terms import difference
from ntm_repair.matching.units import normal_word

LONGEST = 4
"""Words (syllables) of the longest member."""
ODD = 0.4
"""The weight of an odd sense beside the first ordinary one."""

FAR = -7.0
"""Nats of a road through English below which a word is not taken for another without a term to say so."""
RANKS = frozenset(
    "phó tổng chánh nguyên quyền cựu nhất nhì ba hai bốn năm sáu bảy tám chín mười nghìn ngàn triệu "
    "thôn ấp buôn xóm khóm phường huyện quận tỉnh thị".split()
)
"""Words that tell one office, rank, number or level from another: *y tế ấp* is as right as *y tế thôn*."""

Member = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Road:
    """How one word may have become another: the headword between them, and the chance in nats (negative)."""

    headword: str
    nats: float


class Confusions:
    """The confusion pairs of a glossary. Members are tuples of words in the normal form."""

    def __init__(self, glossary: Glossary | None = None) -> None:
        """Without a glossary, the one shipped with the program, whose tables are kept."""
        if glossary is None:
            self.digest = shipped_sha256()
            tables = compiled("confusions", self.digest, partial(_shipped_tables))
        else:
            self.digest = sha256(repr(glossary.entries).encode()).hexdigest()
            tables = _tables(glossary)
        self._senses: Mapping[str, Sequence[tuple[Member, float]]]
        self.headwords: Mapping[Member, Mapping[str, float]]
        """Every member, the headwords it translates, and the share of it in each."""
        self.written: Mapping[Member, Member]
        """How the glossary writes a member that is not written in the normal form."""
        self._senses, self.headwords, self.written = tables
        self.alternatives = lru_cache(maxsize=1 << 14)(self._alternatives)
        self.exchanges = lru_cache(maxsize=1 << 14)(self._exchanges)
        self._by_bag = lru_cache(maxsize=1 << 14)(self._bags)
        self._spread = lru_cache(maxsize=1 << 14)(self._spread_of)

    def _spread_of(self, member: Member) -> float:
        """The sum of the shares of a member over its headwords."""
        return sum(self.headwords[member].values())

    def _bags(self, member: Member) -> Mapping[Member, Road]:
        """The alternatives by their words in alphabetical order, the likeliest of each."""
        found: dict[Member, Road] = {}
        for other, road in self.alternatives(member).items():
            bag = tuple(sorted(other))
            if bag not in found or road.nats > found[bag].nats:
                found[bag] = road
        return found

    def _alternatives(self, member: Member) -> Mapping[Member, Road]:
        """What may have stood where `member` stands, and by which road it got there."""
        chances: dict[Member, float] = {}
        best: dict[Member, tuple[float, str]] = {}
        for english, share in self.headwords.get(member, {}).items():
            for other, own in self._senses[english]:
                if other == member:
                    continue
                chance = share * own / self._spread(other)
                chances[other] = chances.get(other, 0.0) + chance
                best[other] = max(best.get(other, (0.0, "")), (chance, english))
        return {other: Road(best[other][1], log(chance)) for other, chance in chances.items()}

    def _exchanges(self, member: Member) -> Sequence[tuple[Member, Road]]:
        """The alternatives that need no term to say so: not far off, of other words, of the same rank and figures."""
        return [
            (other, road)
            for other, road in self.alternatives(member).items()
            if road.nats >= FAR and _exchangeable(member, other) and same_rank(*difference(member, other))
        ]

    def explains(self, here: Sequence[str], removed: Sequence[str], added: Sequence[str]) -> Road | None:
        """The road by which all that differs between two lines of words could have come about.

        `removed` are the words of `here` that the other line does not have, `added` those that it has besides.
        """
        if not removed or len(added) > LONGEST:
            return None
        at = [i for i, word in enumerate(here) if word in removed]
        if at[-1] - at[0] >= LONGEST:
            return None
        best: Road | None = None
        for first in range(max(0, at[-1] + 1 - LONGEST), at[0] + 1):
            for last in range(at[-1] + 1, min(len(here), first + LONGEST) + 1):
                member = tuple(here[first:last])
                if member not in self.headwords:
                    continue
                put = [*member, *added]
                for word in removed:
                    put.remove(word)
                road = self._by_bag(member).get(tuple(sorted(put)))
                if road is not None and (best is None or road.nats > best.nats):
                    best = road
        return best


_Tables = tuple[dict[str, list[tuple[Member, float]]], dict[Member, dict[str, float]], dict[Member, Member]]


def _shipped_tables() -> _Tables:
    return _tables(Glossary.load())


def _tables(glossary: Glossary) -> _Tables:
    """The translations of each headword with their shares; the same by members; how members are written."""
    found: dict[str, list[tuple[Member, float]]] = {}
    written_as: dict[Member, Member] = {}
    for entry in glossary.entries:
        if entry.word_class == "function":
            continue
        senses = found.setdefault(entry.english, [])
        weighted = [(v, 1 / (rank + 1)) for rank, v in enumerate(entry.vietnamese)]
        weighted += [(v, ODD) for v in entry.odd]
        for written, weight in weighted:
            words = tuple(written.split(" "))
            if written != NOTHING and len(words) <= LONGEST:
                member = tuple(normal_word(w) for w in words)
                written_as.setdefault(member, words)
                senses.append((member, weight))
    members: dict[Member, dict[str, float]] = {}
    for english, senses in found.items():
        total = sum(weight for _, weight in senses)
        found[english] = [(member, weight / total) for member, weight in senses]
        for member, share in found[english]:
            shares = members.setdefault(member, {})
            shares[english] = max(share, shares.get(english, 0.0))
    return found, members, {member: words for member, words in written_as.items() if member != words}


def _exchangeable(member: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one word may be taken for the other without a term to say so.

    A syllable by itself has too many partners, unless it is what is left of the longer word. Many compounds stand both
    ways ("kế thừa" beside "thừa kế"), and each is right.
    """
    if sorted(member) == sorted(other):
        return False
    if len(member) == 1:
        return len(other) > 1 and member[0] in other
    return len(other) > 1 and not any(
        tuple(member[i : i + len(other)]) == tuple(other) for i in range(len(member) - len(other) + 1)
    )


def same_rank(removed: Sequence[str], added: Sequence[str]) -> bool:
    """Whether a difference leaves ranks and figures alone: similarity says nothing about either."""
    for word in removed:
        if word in RANKS or word[0].isdigit():
            return False
    return all(word not in RANKS and not word[0].isdigit() for word in added) if added else True
