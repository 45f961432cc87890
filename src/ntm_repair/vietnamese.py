"""Vietnamese syllables: onset, rhyme and tone, as they are written.

The inventory follows the description of Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977), with its spelling rules: c/k/q,
g/gh and ng/ngh by the vowel that follows, stop finals only with the sắc or nặng tone. Rhymes that occur only in a few
words (oong, oeo, uyu ...) are included. The medial is kept with its rhyme: "oan" in "toàn", "uan" after q.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
LEVEL = "ngang"

_ONSETS = frozenset("ngh ng nh gh gi ch kh ph th tr qu b c d đ g h k l m n p r s t v x".split())
_RHYMES = frozenset(
    """
    a ai ao au ay am an ang anh ac ach ap at
    ă ăm ăn ăng ăc ăp ăt
    â âu ây âm ân âng âc âp ât
    e eo em en eng ec ep et
    ê êu êm ên êng ênh êch êp êt
    i ia iu im in inh ich ip it iêu iêm iên iêng iêc iêp iêt
    y yêu yêm yên yêng yêt
    o oi om on ong oc op ot oong ooc
    ô ôi ôm ôn ông ôc ôp ôt
    ơ ơi ơm ơn ơp ơt
    u ua ui um un ung uc up ut uôi uôm uôn uông uôc uôt
    ư ưa ưi ưu ưm ưn ưng ưc ưt ươi ươu ươm ươn ương ươc ươp ươt
    oa oai oao oay oam oan oang oanh oac oach oap oat
    oăm oăn oăng oăc oăt oe oen oeo oet
    uâ uân uâng uât uây uê uên uênh uêch uêt uơ uy uya uyu uyn uynh uych uyt uyp uyên uyêt
    """.split()
)
_STRIPPED_RHYMES = frozenset(
    "".join(c for c in unicodedata.normalize("NFD", rhyme) if c.isascii()) for rhyme in _RHYMES
)
# After q the medial u is part of the onset here, so that the rhymes are those of the plain vowels and these.
_AFTER_QU = frozenset({"yên", "yêt", "ynh", "yt", "ych", "yn", "ôc"})
_STOPS = ("c", "ch", "p", "t")
_LONGEST_ONSET = max(map(len, _ONSETS))
_LONGEST = _LONGEST_ONSET + max(map(len, _RHYMES))
"""Letters of the longest syllable: "nghiêng"."""
_LEVEL_ENDS = frozenset(rhyme[-1] for rhyme in _RHYMES if not rhyme.endswith(_STOPS))
"""How a syllable without a tone mark ends."""
_FRONT = frozenset("ieêy")
_LETTERS = frozenset("abcdđeghiklmnopqrstuvxyăâêôơư")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A written syllable in its parts, lower-cased; `tone` is its Vietnamese name ("ngang" for the unmarked one)."""

    onset: str
    rhyme: str
    tone: str


def parse(word: str) -> Syllable | None:
    """The parts of an NFC word, in either placement of the tone mark; None where it is not a Vietnamese syllable."""
    lower = word.lower()
    if lower.isascii() and (len(lower) > _LONGEST or lower[-1:] not in _LEVEL_ENDS):
        return None  # most English words
    plain, tone = without_tone(lower)
    if plain is None or not plain or not _LETTERS.issuperset(plain):
        return None
    for onset, rhyme in _splits(plain):
        known = rhyme in _RHYMES or (onset == "qu" and rhyme in _AFTER_QU)
        stop_ok = not rhyme.endswith(_STOPS) or tone in ("sắc", "nặng")
        if known and stop_ok and _spelt(onset, rhyme):
            return Syllable(onset, rhyme, tone)
    return None


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Whether an NFC word is a possible Vietnamese syllable."""
    return parse(word) is not None


@lru_cache(maxsize=1)
def plain_syllables() -> tuple[str, ...]:
    """Nearly every syllable as it is written without its tone; those in -p, -t, -c, -ch are never said so."""
    onsets = sorted({"", *_ONSETS})
    return tuple(
        onset + rhyme
        for onset in onsets
        for rhyme in sorted(_RHYMES | (_AFTER_QU if onset == "qu" else set()))
        if _spelt(onset, rhyme) and not (onset == "gi" and rhyme[0] == "i")
    )


_ONSETS_AND_NONE = {"", *_ONSETS}
_ONSET_ENDS = {"", *(onset[i:] for onset in _ONSETS for i in range(len(onset)))}
_ONSET_BEGINNINGS = {"", *(onset[:i] for onset in _ONSETS for i in range(len(onset) + 1))}
_RHYME_ENDS = {rhyme[i:] for rhyme in _RHYMES | _AFTER_QU for i in range(len(rhyme))}
_RHYME_BEGINNINGS = {"", *(rhyme[:i] for rhyme in _RHYMES | _AFTER_QU for i in range(len(rhyme) + 1))}


def is_part_of_syllable(word: str) -> bool:
    """Whether an NFC word in lower case could be the beginning or the end of a written syllable."""
    plain, _ = without_tone(word)
    if plain is None:
        return False
    cuts = range(min(len(plain), _LONGEST_ONSET) + 1)
    return (
        plain in _ONSET_BEGINNINGS
        or plain in _RHYME_ENDS
        or any(plain[:i] in _ONSETS_AND_NONE and plain[i:] in _RHYME_BEGINNINGS for i in cuts)
        or any(plain[:i] in _ONSET_ENDS and plain[i:] in _RHYME_ENDS for i in cuts)
    )


@lru_cache(maxsize=1 << 16)
def is_stripped_syllable(word: str) -> bool:
    """Whether an ASCII word may be a Vietnamese syllable typed without its marks: "nuoc" for nước, "viet" for viết."""
    plain = word.lower()
    return any(rhyme in _STRIPPED_RHYMES and bool(rhyme) for _, rhyme in _splits(plain))


@lru_cache(maxsize=1 << 16)
def is_marked(word: str) -> bool:
    """Whether an NFC word has a letter with a mark of its own (đ included): a tone, a hat, a horn, a breve."""
    return not word.isascii() and any(c in "đĐ" or unicodedata.decomposition(c) for c in word)


def fold_tone_placement(text: str) -> str:
    """NFC text with the tone mark of oa, oe, uy on the second letter ("hoà" for "hòa"): one form to compare by.

    The length is kept, so offsets hold in both.
    """
    if _MOVABLE.isdisjoint(text) or not any(old in text for old in _PLACEMENTS):
        return text
    for old, new in _PLACEMENTS.items():
        start = text.find(old)
        while start >= 0:
            # "hoàn", "toán" carry the mark where both styles put it; only an open rhyme moves ("quý" has none to move).
            closed = text[start + 2 : start + 3].isalpha()
            after_q = start > 0 and text[start - 1] in "qQ"
            if not closed and not after_q:
                text = text[:start] + new + text[start + 2 :]
            start = text.find(old, start + 1)
    return text


_I, _Y = "iìíỉĩị", "yỳýỷỹỵ"
_BEFORE_Y = frozenset(("h", "k", "l", "m", "s", "t", "v", "qu"))
"""After these, at the end of a syllable, i and y are two ways to write the same sound: kì, kỳ; quí, quý."""


def fold_spelling(word: str) -> str:
    """A lower-case NFC word in one spelling, for comparison only: "uỷ" and "ủy", "kì" and "kỳ" come to the same."""
    word = fold_tone_placement(word)
    if word[-1:] in _I and word[:-1] in _BEFORE_Y:
        return word[:-1] + _Y[_I.index(word[-1])]
    return word


def _placements() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for mark in TONES:
            old = unicodedata.normalize("NFC", first + mark) + second
            new = first + unicodedata.normalize("NFC", second + mark)
            pairs[old] = new
            pairs[old.upper()] = new.upper()
            pairs[old[0].upper() + old[1]] = new[0].upper() + new[1]
    return pairs


_PLACEMENTS = _placements()
_MOVABLE = frozenset(old[0] for old in _PLACEMENTS)
"""The letters that a tone mark may move from: most words have none."""


_TONED = {unicodedata.normalize("NFC", vowel + mark): tone for vowel in "aăâeêioôơuưy" for mark, tone in TONES.items()}
"""Lower-case vowels with a tone mark, and its name."""
_TONELESS = str.maketrans(
    {unicodedata.normalize("NFC", vowel + mark): vowel for vowel in "aăâeêioôơuưy" for mark in TONES}
)
_COMPOSED = frozenset(_TONED) | _LETTERS | frozenset("fjwz")


def without_tone(word: str) -> tuple[str | None, str]:
    """The word without its tone mark, and the tone; (None, "") for a word with two."""
    if word.isascii():
        return word, LEVEL
    if _COMPOSED.issuperset(word):
        toned = [c for c in word if c in _TONED]
        if not toned:
            return word, LEVEL
        return (word.translate(_TONELESS), _TONED[toned[0]]) if len(toned) == 1 else (None, "")
    tone = LEVEL
    letters = []
    for letter in unicodedata.normalize("NFD", word):
        if letter in TONES:
            if tone != LEVEL:
                return None, ""
            tone = TONES[letter]
        else:
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters)), tone


def _splits(plain: str) -> list[tuple[str, str]]:
    splits = [(plain[:n], plain[n:]) for n in (3, 2, 1) if plain[:n] in _ONSETS]
    # In "gì", "gìn" the i of gi is the vowel, in "giếng", "giết" its beginning.
    if plain.startswith("gi"):
        shared = ("gi", plain[1:])
        splits = [shared, *splits] if plain.startswith("giê") else [*splits, shared]
        splits = [] if plain.startswith("gii") else splits
    return [("", plain), *splits]


def _spelt(onset: str, rhyme: str) -> bool:
    """Whether the spelling of the onset goes with the vowel."""
    front = rhyme[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "ng"):
        return not front
    if onset == "g":
        return not front
    if onset == "":
        return (not rhyme.startswith(("iê", "ươu")) and rhyme != "y") or rhyme in ("y", "ia", "iu")
    if rhyme[0] == "y":
        return onset in ("h", "k", "l", "m", "s", "t", "v", "qu") and (rhyme == "y" or onset == "qu")
    if onset == "qu":
        return rhyme[0] not in "oôuư" or rhyme == "ôc"
    return True
