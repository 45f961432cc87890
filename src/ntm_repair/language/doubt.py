"""When a run of English that looks kept on purpose, as a name, title or gloss, may be prose left over all the same.

It is shown then with little confidence, for a reader to look at.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from ntm_repair.context import BOUND
from ntm_repair.language.closed_class import LEADS_ON, POSSESSIVE, is_function_word
from ntm_repair.language.edges import NAMED, is_finite
from ntm_repair.language.evidence import Evidence
from ntm_repair.language.keep import DASH, DASH_AFTER, LINE_END, TITLE_NOUN
from ntm_repair.language.offices import office_of
from ntm_repair.language.words import Word
from ntm_repair.patterns import pattern
from ntm_repair.vietnamese import is_marked, is_syllable

_WORK = pattern(
    r"(?i)\b(?:phim|sách|cuốn|bài hát|ca khúc|nhạc phẩm|album|mv|tạp chí|nhật báo|vở|kịch|game|trò chơi|ứng dụng"
    r"|phần mềm|khẩu hiệu|slogan|tác phẩm|bài báo|bức tranh|tiểu thuyết|tựa đề|nhan đề)[\s:,]*$"
)
"""Nouns of works, whose titles are clauses often: "ca khúc When the rain comes"."""
_BODY = pattern(r"(?i)\b(?:bộ|công ty|tập đoàn|hãng|nhóm|ban nhạc|tờ|báo)\s*$")
"""Nouns of bodies, which have names in Title Case; contests and projects are called by slogans too."""
_OF_NAMES = frozenset(("of", "the", "and"))
"""Those that most names hold."""
CLAUSE = frozenset(
    """
    am are be been but can could did do does had has have he her him his how i if is it its may might my our shall she
    should that their them there these they this those was we were what when where which while who whose why will would
    you your
    """.split()
)
"""Words that make a clause: pronouns, auxiliaries, conjunctions. Names hold none of them, titles few."""
_RUNS_ON = pattern(r"(?<=\p{L})[ .]?$")
_RUNS_ON_AFTER = pattern(r" (?=\p{L})")
USUAL = 1e-5
"""Probability in English from which a capitalised word may be a common one; with 3e-6 a storm's name was (Irene)."""
LEAST_DOUBTFUL = 3
"""Words a run that looks kept on purpose needs to be doubted for what it is."""
JOINED = 4.0
"""Nats by which the Vietnamese after such a run must be likelier after that before it than anywhere. In clean news and
encyclopedia no such run of two words and more has above 2.3 (November 2026)."""
LONG_TITLE = 8
"""Words from which a title that is mostly in lower case is doubted."""
SPARE = 3
"""Words by which an English gloss may be longer than what it stands beside, which has a syllable or sign for each."""
_LIST = pattern(r"\p{L}, \p{Lu}")
"""Names in a row."""
_SPELT = pattern(r"\s*\(\s*([\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]+)")


def is_doubtful(
    paragraph: str,
    run: Sequence[Word],
    preceding: Word | None,
    following: Word | None,
    kept: str,
    joined: float,
    evidence: Evidence,
) -> bool:
    """Whether a run that looks kept on purpose may be prose left over all the same.

    Such a run, or a common word with a capital, cuts a Vietnamese compound in two, or what reads on without it; or it
    names an office of the country; or it is a translation much longer than its original; or it stands in the middle of
    a Vietnamese sentence, with no mark before or after, and is a clause, breaks off as no title does, or begins with a
    word that news never has in a name.
    `joined` is how well the Vietnamese reads on without the run, in nats.
    """
    words = [w for w in run if not w.neutral]
    if kept in ("name", "title") and len(run) == 1 and is_common(run[0].text, evidence):
        return _cuts_compound(paragraph, run, preceding, following, evidence)
    if not kept or kept == "code" or len(words) < 2:
        return False
    if kept == "name" and office_of(run, paragraph[: run[0].start], paragraph[run[-1].end :]):
        return True
    prose = any(not w.capital or is_function_word(w.text) for w in words)
    if prose and (joined >= JOINED or _cuts_compound(paragraph, run, preceding, following, evidence)):
        return True
    goes_on = words[-1].text in LEADS_ON and following is not None and following.neutral  # "Running the | EPA"
    if len(words) + goes_on < LEAST_DOUBTFUL:
        return False
    if kept == "gloss" and _outgrows_original(paragraph, run):
        return True
    if kept in ("bracketed", "quoted"):
        return False
    if not (_RUNS_ON.search(paragraph, 0, run[0].start) and _RUNS_ON_AFTER.match(paragraph, run[-1].end)):
        return False
    before = paragraph[: run[0].start]
    function_words = sum(is_function_word(w.text) for w in words)
    cut_off = words[-1].text in LEADS_ON or words[-1].text.endswith(POSSESSIVE)
    if kept == "name":
        if _LIST.search(paragraph, run[0].start, run[-1].end):
            return False
        titled = bool(TITLE_NOUN.search(before[-60:]))
        if is_function_word(words[0].text):  # "There's a Boeing", "Is for an EPA", not "Have You Ever Seen the Rain"
            verb = is_finite(words[0].text) or words[0].text.endswith(POSSESSIVE)
            return verb and not titled and words[1].text in LEADS_ON
        common = not titled and not evidence.can_be_name(words[0].text)
        links = any(is_function_word(w.text) and w.text not in _OF_NAMES for w in words[1:])
        links = links or (common and words[1].text == "the")  # "Running the Bronx"
        stranger = common or evidence.title(words[0].text) == 0
        return (links and stranger) or (cut_off and function_words > 0)
    clause = any(w.text.lower() in CLAUSE for w in words)
    lower = sum(not w.capital for w in words[1:]) * 2 > len(words) - 1
    if kept == "title":
        if _WORK.search(before[-60:]):
            return cut_off or (lower and len(words) >= LONG_TITLE)
        if lower and function_words and _BODY.search(before[-60:]):
            return True
    return lower and (cut_off or clause or (function_words > 1 and not words[0].capital))


def is_common(word: str, evidence: Evidence) -> bool:
    """Whether a capitalised word is a common one of English rather than known to news as a name."""
    return evidence.english(word) >= max(USUAL, evidence.title(word) * NAMED)


def _cuts_compound(
    paragraph: str, run: Sequence[Word], preceding: Word | None, following: Word | None, evidence: Evidence
) -> bool:
    """Whether the words around a run are the halves of a Vietnamese compound: "nông | back to the city | thôn".

    Nothing that is written on purpose stands there, whatever it looks like.
    """
    if preceding is None or following is None:
        return False
    if paragraph[preceding.end : run[0].start] != " " or paragraph[run[-1].end : following.start] != " ":
        return False
    return cuts_compound(preceding.text, following.text, evidence)


def cuts_compound(before: str, after: str, evidence: Evidence) -> bool:
    """Whether two words, the second in lower case, are the halves of a Vietnamese compound."""
    first, second = before.lower(), after
    if not (
        second.islower() and (is_marked(first) or is_marked(second)) and is_syllable(first) and is_syllable(second)
    ):
        return False
    return evidence.context.pair(first, second) > 0 and evidence.context.association(first, second) >= BOUND


def _outgrows_original(paragraph: str, run: Sequence[Word]) -> bool:
    """Whether a run beside what it seems to translate or spell has more words than that has syllables or signs."""
    spelt = _SPELT.match(paragraph, run[-1].end)
    if spelt:
        return len(run) > len(spelt.group(1)) + SPARE
    before, after = paragraph[: run[0].start], paragraph[run[-1].end :]
    if DASH.search(before) and LINE_END.match(after):
        return len(run) > len(before.split()) - 1 + SPARE
    dash = DASH_AFTER.match(after)
    if dash and not before.strip():
        return len(run) > len(regex.split(r"[(\n]", after[dash.end() :], maxsplit=1)[0].split()) + SPARE
    return False
