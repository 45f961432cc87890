"""The report to read: counts, marks, and nothing of an article that could run."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from made_up import scanned
from ntm_repair.commands import scan
from ntm_repair.report import html
from review_articles import road

HOSTILE = """</style></mark><script>alert(1)</script> <img src=x onerror=alert(1)> \u202e" ' & [[<b>new</b>]]\n"""


class Reader(HTMLParser):
    """Collects the tags, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.marks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "mark":
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.tags and self.tags[-1] == "mark":
            self.marks[-1] += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_article_stays_text(tmp_path: Path, language: str) -> None:
    made = scanned(tmp_path / "a<b>.txt", HOSTILE)
    page = html.head(language) + html.article(made, 0, language) + html.tail({"NTM101": 1}, 1, language)  # type: ignore[arg-type]
    reader = read(page)
    assert not {"script", "img", "b", "iframe", "a[href]"} & set(reader.tags)
    assert not {"onerror", "src", "onclick"} & reader.attributes
    assert "<script>alert(1)</script>" in reader.text
    assert reader.marks == ["<b>new</b>"]
    assert "\u202e" not in page
    assert page.count("</style>") == 1


def test_the_report_counts_and_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    road(tmp_path)
    road(tmp_path, "sach.txt", "Xã Bình Hòa đã làm xong đường liên thôn, bà con đi lại thuận tiện.\n")
    assert scan.run([str(tmp_path)], scan.Options({"lang": "en", "format": "html"})) == 1
    reader = read(capsys.readouterr().out)
    assert "to open the road" in reader.marks
    assert len(reader.marks) == 3
    assert "3 places in 2 articles" in reader.text
    assert "No damage found." in reader.text
    assert reader.tags[-1] == "/html"
