"""Allowed terms: what they hide, how they are written, and that the file's own words stay."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from made_up import scanned
from ntm_repair import allow, pipeline
from ntm_repair.allow import Allowances, Entry
from ntm_repair.commands import allow as command
from ntm_repair.commands import scan
from ntm_repair.errors import UsageError
from ntm_repair.files import read_document
from ntm_repair.rules import names
from review_articles import ROAD, road

SETTINGS = """# Tòa soạn Bình Hòa
lang = "vi"  # tiếng Việt

# tên chương trình
[[allow]]
term = "old"
reason = "tên một chợ"
"""


def hidden(entry: Entry, folder: Path, text: str = "Chợ [[New  Day]] ở phố huyện.\n\nXã [[new day]] đẹp.\n") -> int:
    made = scanned(folder / "kho/bai.txt", text)
    shown, gone = Allowances((entry,), folder.resolve()).split(made.article, made.findings)
    assert len(shown) + len(gone) == 2
    return len(gone)


@pytest.mark.parametrize(
    ("entry", "count"),
    [
        (Entry("new day"), 2),
        (Entry("day"), 0),
        (Entry("new day", rule="ntm101"), 2),
        (Entry("new day", rule="NTM201"), 0),
        (Entry("new day", path="kho/*"), 2),
        (Entry("new day", path="bai.txt"), 0),
        (Entry("new day", path="*/bai.txt"), 2),
        (Entry("new day", context=unicodedata.normalize("NFD", "phố HUYỆN")), 1),
        (Entry("new day", context="Xã"), 1),
        (Entry("new day", context="phố", path="khac/*"), 0),
    ],
)
def test_an_entry_hides_what_its_fields_say(tmp_path: Path, entry: Entry, count: int) -> None:
    assert hidden(entry, tmp_path) == count


def test_the_rules_an_entry_may_name_are_the_rules() -> None:
    assert sorted(allow.RULES) == sorted(names())


def test_a_file_with_a_mark_is_read_and_keeps_it(tmp_path: Path) -> None:
    file = tmp_path / "ntm-repair.toml"
    file.write_text(SETTINGS, encoding="utf-8-sig")
    assert [e.term for e in allow.read(file).entries] == ["old"]
    allow.add(file, Entry("new day"))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert [e.term for e in allow.read(file).entries] == ["old", "new day"]
    allow.remove(file, [Entry("new day")])
    assert file.read_text("utf-8-sig") == SETTINGS


def test_adding_and_removing_keep_the_file_as_people_wrote_it(tmp_path: Path) -> None:
    file = tmp_path / "ntm-repair.toml"
    file.write_text(SETTINGS, encoding="utf-8")
    entry = Entry('cái "này"', path="kho/*", reason="vì thế")
    assert allow.add(file, entry)
    assert not allow.add(file, Entry('Cái  "NÀY"', path="kho/*"))
    assert file.read_text("utf-8").startswith(SETTINGS)
    assert allow.read(file).entries[1] == entry
    assert allow.remove(file, [entry]) == 1
    assert file.read_text("utf-8").rstrip() == SETTINGS.rstrip()


def test_the_last_entry_goes_with_its_list(tmp_path: Path) -> None:
    file = tmp_path / "ntm-repair.toml"
    assert allow.add(file, Entry("một"))
    assert allow.remove(file, allow.read(file).entries) == 1
    assert allow.read(file).entries == ()
    assert allow.add(file, Entry("hai"))
    assert [e.term for e in allow.read(file).entries] == ["hai"]


@pytest.mark.parametrize(
    "text",
    [
        "[[allow]]\n",
        '[[allow]]\nterm = ""\n',
        "[[allow]]\nterm = 1\n",
        "allow = 3\n",
        '[[allow]]\nterm = "a"\nx = "y"\n',
        "[[allow",
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "ntm-repair.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        allow.read(file)
    assert str(file) in str(error.value.message.values["path"])


def test_what_is_allowed_is_not_reported_and_what_is_unused_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = road(tmp_path, "kho/duong.txt")
    file = tmp_path / "ntm-repair.toml"
    allow.add(file, Entry("to open the road"))
    allow.add(file, Entry("không có", reason="thừa"))
    assert scan.run([str(tmp_path)], scan.Options({"lang": "en"})) == 1
    said = capsys.readouterr()
    assert "to open the road" not in said.out
    assert "because of the flood" in said.out
    assert "an allowed term is not used: “không có” · reason: thừa" in said.err
    scanned_once = pipeline.scan(read_document(article), pipeline.load_resources())
    assert [f.text for f, _ in scanned_once.allowed] == ["to open the road"]
    assert command.list_entries(str(tmp_path / "kho"), "en") == 0
    assert "   2  “không có”" in capsys.readouterr().out
    assert command.prune([str(tmp_path)], [], None, "en") == 0
    assert [e.term for e in allow.read(file).entries] == ["to open the road"]
    assert command.remove(["TO OPEN THE ROAD"], str(tmp_path), "en") == 0
    with pytest.raises(UsageError):
        command.remove(["to open the road"], str(tmp_path), "en")
    assert len(pipeline.scan(read_document(article), pipeline.load_resources()).findings) == 3
    assert article.read_text("utf-8") == ROAD
