"""Reasons to leave an English run alone: names, titles, quotations, glosses in parentheses.

In news an English run is more often right than wrong. A reason here is about the run's surroundings; it is weighed
against how much the run looks like left-over prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeGuard

from ntm_repair.language.closed_class import (
    AUXILIARIES,
    DATES,
    NAME_PARTICLES,
    PREPOSITIONS,
    is_function_word,
)
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.offices import is_said_in_full, office_of
from ntm_repair.language.screen import is_of_screen
from ntm_repair.language.sounds import is_sound
from ntm_repair.language.words import Word
from ntm_repair.patterns import pattern
from ntm_repair.vietnamese import is_marked, is_syllable

_PAIRS = (("([", ")]", "bracketed"), ("\"'“‘«", "\"'”’»", "quoted"))
TITLE_NOUN = pattern(
    r"(?ri)\b(?:phim|sách|cuốn|bài hát|ca khúc|nhạc phẩm|album|đĩa|mv|cuộc thi|giải|tờ|tạp chí|nhật báo|chương trình"
    r"|vở|kịch|bộ|loạt|series|game|trò chơi|ứng dụng|phần mềm|dự án|chiến dịch|công ty|tập đoàn|hãng|nhóm|ban nhạc"
    r"|khẩu hiệu|slogan|dòng|dòng chữ|tác phẩm|bài|bài báo|bài viết|bức tranh|tiểu thuyết|tựa đề"
    r"|(?<!thông |cảnh |dự |tình )báo)"
    r"(?:(?:\s+\p{L}+){0,5}?\s+(?:là|có tên|tên|tên là|mang tên|gọi là|nhan đề))?[\s:,]*$"
)
"""Nouns that titles and names stand after; read from the end (`r`), where nearly all that is not one fails at once."""
_INTRODUCED = pattern(
    r"(?i)\b(?:tiếng\s+(?:anh|pháp|đức|nga|hoa|trung|nhật|hàn|ý|latinh|la\s?tinh|tây\s+ban\s+nha|bồ\s+đào\s+nha)|"
    r"tạm dịch|dịch là|gọi(?: (?:đó|nó|đây|tắt))? là|tên là|nghĩa là|đọc (?:là|thành)|viết tắt(?: của)?|thuật ngữ|"
    r"khái niệm|cụm từ)"
    r"(?:\s+(?:là|của|cho))?[\s:,]*$"
)
_LINKING = frozenset("a an and as at by for from in into of on or over the to under upon with".split())
"""Lower-case words inside English names and titles: no verb and no pronoun is among them."""
_SECOND = frozenset("a an its the their".split())
"""Linking words that stand behind another in a name: "of the", not "and in"."""
_SMALL = frozenset("a after an and at be by for from in not of on the to with".split())
"""Words that names write small in the middle; machines write all words of a clause big, "Right After The Opening".
In 1.1 million words of clean text three names outside quotes have one with a capital, all behind what they name."""
NAMED_IN_NEWS = 4.5e-7
"""Probability in news, with a capital inside sentences, from which a word is likely part of a name there."""
_AFTER_AUXILIARY = frozenset(("be", "been", "being", "not"))
_EXPLAINED = pattern(r" \((\p{Ll}[^()\n]{1,80})\)")
_TRANSCRIBED = pattern(r"(?: [a-z]+)?\s*\(\s*[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_ABBREVIATED = pattern(r"(?i)\b(?:tp|tx|tt)\.")
"""Kinds of towns, written short."""
REACH = 4000
"""Code points on either side that are looked at: in a quotation of more there is Vietnamese, or no sentence around."""
PLAINLY = -1.0
"""Evidence (nats) from which a bare syllable is plainly Vietnamese."""
DASH = pattern(r"[-–—]\s*$")
DASH_AFTER = pattern(r"\s+[-–—]\s")
LINE_END = pattern(r"[\s.…]*(?:$|\()")
"""Marks between a line's original and its translation, before and after a run, and what may follow at its end."""


def reason(
    paragraph: str, run: Sequence[Word], preceding: Word | None, following: Word | None, evidence: Evidence
) -> str:
    """Why to leave a run alone: "bracketed", "quoted", "name", "title", "gloss", "code", "doubled"; "" for no reason.

    `preceding` and `following` are the words around the run: either end of a name may lie outside it ("Journal | of
    Rural Studies", "Voice of the | Cocos").
    """
    start, end = run[0].start, run[-1].end
    if is_sound(paragraph, run):
        return "doubled"
    low = 0
    if _is_of_treebank(paragraph):
        before, after = (t.replace("LBKT", "(").replace("RBKT", ")") for t in (paragraph[:start], paragraph[end:]))
    else:
        low = max(0, start - REACH)
        before, after = paragraph[low:start], paragraph[end : end + REACH]
    for opening, closing, name in _PAIRS:
        if _encloses(before, after, opening, closing, evidence):
            return name
    office = office_of(run, before, after)
    goes_on = following is not None and following.capital and not is_syllable(following.text)
    lone = len(run) == 1 and not evidence.can_be_name(run[0].text)
    if _is_clause(run, evidence):
        pass  # "Right After The Opening Ceremony"
    elif office == "plainly" and is_said_in_full(run):
        pass  # "Chairman of the District People's Committee" is no foreign name
    elif (not lone and _is_name(run, goes_on)) or (
        _begins_name(preceding, before, low) and _is_name([preceding, *run], goes_on)
    ):
        return "name"
    if not office and is_of_screen(paragraph, run, before, after):
        return "code"
    if not any(is_function_word(w.text) for w in run) and _is_explained(run, after):
        return "gloss"
    if run[0].capital and run[0].text.lower() not in PREPOSITIONS and TITLE_NOUN.search(before[-60:]):
        return "title"
    if _INTRODUCED.search(before[-40:]) or _TRANSCRIBED.match(after):
        return "gloss"
    # A translation beside its original, a line of their own: "My man can - Đàn ông phải thế".
    if run[0].capital and (
        (DASH.search(before) and LINE_END.match(after)) or (not before.strip() and DASH_AFTER.match(after))
    ):
        return "gloss"
    return ""


@lru_cache(maxsize=4)
def _is_of_treebank(paragraph: str) -> bool:
    """Whether brackets are written as treebanks of Vietnamese do; asked once for all runs of a paragraph."""
    return "BKT" in paragraph


def _encloses(before: str, after: str, opening: str, closing: str, evidence: Evidence) -> bool:
    """Whether one pair of marks holds the run and no Vietnamese: in a Vietnamese quotation a run is still damage."""
    left = max(map(before.rfind, opening))
    if left < 0:
        return False
    right = min((i for c in closing if (i := after.find(c)) >= 0), default=-1)
    if right < 0 or any(c in closing for c in before[left + 1 :]):
        return False
    beside = before[left + 1 :] + " " + after[:right]
    if "\\" in beside or _ABBREVIATED.search(beside):
        return False  # TeX, or Vietnamese: "(tp. HCM)"
    return not any(is_marked(w) or _is_plain(w, evidence) for w in beside.split())


def _is_explained(run: Sequence[Word], after: str) -> bool:
    """Whether a term is put into Vietnamese in parentheses after it: "source code (mã nguồn)"."""
    explained = _EXPLAINED.match(after)
    if not explained:
        return False
    words = explained.group(1).split()
    return len(words) <= 3 * len(run) + 1 and any(map(is_marked, words))


def _is_plain(word: str, evidence: Evidence) -> bool:
    """Whether a word without marks is Vietnamese all the same: "cung", "vua"."""
    return word.islower() and word.isalpha() and is_syllable(word) and evidence.of_form(word, False) < PLAINLY


def _begins_name(word: Word | None, before: str, low: int) -> TypeGuard[Word]:
    """Whether the word before a run stands right beside it and is written as the beginning of a foreign name is.

    `before` is the paragraph before the run from code point `low` on.
    """
    return (
        word is not None
        and before[max(0, word.end - low) :] == " "
        and word.capital
        and not (word.neutral or is_function_word(word.text) or is_marked(word.text) or is_syllable(word.text))
    )


def _is_name(run: Sequence[Word], goes_on: bool) -> bool:
    """Title Case throughout but for short linking words, as names of bodies, works and people are."""
    words = [w for w in run if not w.neutral]
    if len(words) > 2 and words[0].text == "the":
        words = words[1:]  # "the Mekong Delta Forum"
    if len(words) == 1 and is_function_word(words[0].text):
        return False
    linking = [w for w in words if w.text in _LINKING or w.text in NAME_PARTICLES]
    content = [w for w in words if not (w.text in _LINKING or w.text in NAME_PARTICLES)]
    leads = words[0].text.lower() in PREPOSITIONS
    ends_well = words[-1] not in linking or goes_on or words[-1].text in NAME_PARTICLES
    return (
        bool(content)
        and words[0] not in linking
        and not leads
        and not any(w.text.islower() for w in content)  # but "eBay"
        and len(linking) <= len(content)
        and not any(b.text == "I" and not a.capital for a, b in pairwise(words))  # not "World War I"
        and not any(_is_said(a, b) for a, b in pairwise(words))
        and ends_well
        and (len(content) > 1 or goes_on or not words[0].opens)
    )


def _is_clause(run: Sequence[Word], evidence: Evidence) -> bool:
    """Whether a run in Title Case writes small words big, and news has none of its others in names."""
    if not any(w.capital and w.text.lower() in _SMALL for w in run[1:-1]):
        return False
    others = [w.text for w in run if w.text.lower() not in _SMALL]
    return not any(w.isupper() or evidence.title(w) >= NAMED_IN_NEWS for w in others)


def _is_said(word: Word, following: Word) -> bool:
    """Whether two words in a row are of a sentence, not of a name.

    "Islands on Tuesday", "Iraq and in Washington", "Has Not Been Invested".
    """
    if word.text == "on" and following.text.lower() in DATES:
        return True
    if word.text.lower() in AUXILIARIES and following.text.lower() in _AFTER_AUXILIARY:
        return True
    return word.text in _LINKING and following.text in _LINKING and following.text not in _SECOND
