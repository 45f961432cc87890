"""NTM603 by the encoding of the file: Windows-1258 has no other way of writing than letters and loose marks mixed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

import ntm_repair

ARTICLE = """Bà con phấn khởi hiến đất làm đường giao thông nông thôn mới.

Mùa gặt năm nay lúa tốt, giá cao, bà con ai cũng mừng, thương lái về tận ruộng.
"""


def as_windows_does(text: str) -> str:
    """`text` as Windows-1258 has it: whole letters where the encoding has them, else the letter and its tone."""
    written = ""
    for letter in text:
        try:
            letter.encode("cp1258")
            written += letter
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            shape = [m for m in marks if m in "\u0302\u0306\u031b"]
            tone = [m for m in marks if m not in shape]
            written += unicodedata.normalize("NFC", "".join((base, *shape))) + "".join(tone)
    return written


@pytest.mark.parametrize("encoding", [None, "cp1258", "windows-1258"])
def test_what_windows_1258_cannot_write_otherwise_is_no_finding(tmp_path: Path, encoding: str | None) -> None:
    path = tmp_path / "bai.txt"
    path.write_bytes(as_windows_does(ARTICLE).encode("cp1258"))
    repairer = ntm_repair.Repairer(ntm_repair.config.load(given={"encoding": encoding}))
    unit = repairer.read(path)
    assert unicodedata.normalize("NFC", unit.document.text) == ARTICLE
    assert repairer.scan(unit).findings == ()


def test_the_same_letters_in_utf_8_are_said(tmp_path: Path) -> None:
    path = tmp_path / "bai.txt"
    path.write_text(as_windows_does(ARTICLE), "utf-8")
    repairer = ntm_repair.Repairer(ntm_repair.Config())
    assert {f.rule for f in repairer.scan(repairer.read(path)).findings} == {"NTM603"}
