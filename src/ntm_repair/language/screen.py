"""What a text about software shows of screens: code, commands, messages, labels of buttons and menus.

They are English because the program is. A label stands behind a word that says so ("bấm nút", "ô", "thẻ") and begins
with a capital, as residue inside a sentence does not: "chọn New repository", not "chọn to plan the year".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ntm_repair.language.closed_class import is_function_word
from ntm_repair.language.words import Word
from ntm_repair.patterns import pattern
from ntm_repair.segment import is_code
from ntm_repair.vietnamese import is_marked

_CODE = pattern(r"\(\)|\([^)\s]{0,200}\):|\.[A-Za-z_]+\(|[=_{}\\]|:\s*\}")
_OPTION = pattern(r"\s--?[A-Za-z][A-Za-z-]*(?!\S)")
"""Of a command: "rarpd -a"."""
_FILE = pattern(r"[a-z\d_-]+(?:\.[a-z\d_-]+)+(?:, [a-z\d_-]+(?:\.[a-z\d_-]+)+)*")
"""Names of files and settings: "sources.list". A sentence that was glued to the one before has a capital."""
_PATH = pattern(r"(?r)(?:^|[\s(\"'“‘:])/$")
_COMMAND = pattern(r"(?ri)\blệnh\s*[:$\"'“‘`]?\s*$")
"""What a path and a command stand after; read from the end."""
_PROGRAMS = frozenset(
    """
    apt apt-cache apt-get aptitude apt-mark brew cargo cd chmod chown conda cp curl docker dpkg dquilt fakeroot gcc git
    grep kubectl ls mkdir mv npm npx pip pip3 python python3 rm rmdir rsync scp ssh sudo systemctl tar wget yarn yum
    """.split()
)
"""Programs that commands begin with, in lower case; no word of English prose is among them."""
_PROMPT = pattern(r"\s*(?:[$#%>] )?(\S+)")
_PROSE = pattern(r"\s*[\p{Lu}*+•–-]|.*\p{L}[.!?…]\s*$")
"""An indented line that is written as a sentence or as the member of a list."""
_PATH_OF_MENU = pattern(r"\p{Lu}[\p{L}\d ]{0,30} [>→›] \p{Lu}")
_MENU_BEFORE = pattern(r"(?r)\p{Lu}[\p{L}\d ]{0,30} [>→›] $")
_MENU_AFTER = pattern(r" [>→›] \p{Lu}")
"""The way through menus: "Settings > SSH and GPG keys"."""
_LABELLED = pattern(
    r"(?ri)\b(?:chọn|bấm|nhấn|nhấp|ấn|gõ|giữ|nút|phím|mục|ô|thẻ|tab|menu|trình đơn|cửa sổ|hộp thoại|biểu tượng"
    r"|t[ùu][ỳy] chọn|đánh dấu|hộp kiểm|đổi)(?:\s+(?:vào|lên|nút|phím|mục|ô|thẻ|tab|menu|chữ|tên))?\s*[:\"'“‘]?\s*$"
)
"""What the labels of buttons, keys, fields and menus stand after; read from the end."""
LONGEST_LABEL = 6
"""Words of the longest labels."""
_REPORTED = pattern(
    r"(?ri)\b(?:(?:báo|hiện|gặp) lỗi|hiện(?: ra)? (?:dòng|thông báo)|dòng kiểu|thông báo lỗi|thông báo:)"
    r"(?:\s+(?:chữ|dòng|kiểu|dạng|như|là|sau))*\s*[:\"'“‘]?\s*$"
)
"""What the messages of programs stand after; read from the end. To announce something is "thông báo" too."""
_FAILURE = pattern(r"\s*(?:[-+*•] )?[\"'“‘]?(?:fatal|error|warning|failed|failure|cannot|unable)\b[^\n]*?:")
"""Such a message where a line begins, in lower case and with a colon, as in a list of errors explained."""
LONGEST_BULLET = 8
"""Code points before the first word of such a line."""
_VERSION = pattern(r"[a-z\d.-]+ version \d+\.\d")
"""What a program says when it is asked: "git version 2.43.0"."""


def is_of_screen(paragraph: str, run: Sequence[Word], before: str, after: str) -> bool:
    """Whether a run is code, or what a program shows; `before` and `after` are the paragraph around it."""
    start, end = run[0].start, run[-1].end
    if _CODE.search(paragraph, start, end) or _CODE.match(after) or before.endswith(("{:", "{", "\\")):
        return True
    if _PATH.search(before[-2:]) or before.endswith("--") or _OPTION.search(paragraph, start, end):
        return True
    if _FILE.fullmatch(paragraph, start, end):
        return True
    if len(run) > 2 and run[1].text == "version" and _VERSION.match(paragraph, start):
        return True
    if _is_command_line(paragraph):
        return True
    if _is_reported(before[-40:]) or (len(before) <= LONGEST_BULLET and _is_failure(paragraph, end)):
        return True
    if run[0].text[0].isupper():
        return _is_label(paragraph, run, before, after)
    return _is_command(run, before[-12:])


def _is_command(run: Sequence[Word], before: str) -> bool:
    """Whether a run stands after "lệnh", or is a program with what it is to do: "git add", "sudo | apt update"."""
    named = run[0].text in _PROGRAMS or before.rpartition(" ")[0].rpartition(" ")[2] in _PROGRAMS
    if not (named and not any(w.capital for w in run)) and not _COMMAND.search(before):
        return False
    return run[0].text.islower() and not any(is_function_word(w.text) for w in run)


@lru_cache(maxsize=4)
def _is_command_line(paragraph: str) -> bool:
    """Whether a line is nothing but a command, or what a program answers; asked once for all runs of a paragraph."""
    first = _PROMPT.match(paragraph)
    called = first is not None and first.group(1) in _PROGRAMS
    if called:
        return not any(map(is_marked, paragraph.split()))
    return is_code(paragraph, 0) and not _PROSE.match(paragraph)


def _is_reported(before: str) -> bool:
    """Whether what comes next is the message of a program."""
    # Nearly nothing ends so: asked without the pattern first.
    return ("lỗi" in before or "dòng" in before or "báo" in before) and bool(_REPORTED.search(before))


def _is_failure(paragraph: str, end: int) -> bool:
    """Whether a run that a line begins with, up to `end`, is the message of a program that failed."""
    failure = _FAILURE.match(paragraph)
    return failure is not None and failure.end() <= end + 1


def _is_label(paragraph: str, run: Sequence[Word], before: str, after: str) -> bool:
    """Whether a run with a capital is the label of something to press, to fill in or to choose."""
    if _PATH_OF_MENU.search(paragraph, run[0].start, run[-1].end):
        return True
    if _MENU_BEFORE.search(before[-40:]) or _MENU_AFTER.match(after):
        return True
    short = len(run) <= LONGEST_LABEL and not is_function_word(run[0].text)
    return short and bool(_LABELLED.search(before[-30:]))
