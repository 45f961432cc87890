"""HTML pages: what is text, what is never touched, and that nothing hostile costs more than its length."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair import pipeline
from ntm_repair.errors import UnreadableError
from ntm_repair.formats import Unit, read_article
from ntm_repair.formats.emptied import with_elements
from ntm_repair.formats.html import BLOCKS
from ntm_repair.types import Edit

CAPTION = "Bà con thôn Khe Sơn góp công làm đường"
PAGE = f"""<!DOCTYPE html>
<html><head><title>Trang &amp; báo</title><style>p > b {{}}</style></head>
<body class='x'>
<h1>Khe Sơn   về
 đích</h1>
<figure><img src=a.jpg alt="{CAPTION}"><figcaption>{CAPTION}</figcaption></figure>
<p>Xã &amp; huyện <b>to&nbsp;plan</b> ban đầu, 5 < 7.<br>Gõ <code>make all</code>. <span lang="en">See you</span></p>
<!-- <p>ghi chú</p> --><script>if (a < b) x("</p>")</script>
<table><tr><td>{CAPTION}</td></tr><tr><td>{CAPTION}</td></tr></table>
</body></html>
"""


def page(text: str) -> Unit:
    return read_article(text.encode(), "a.html")


def spans(unit: Unit, which: str) -> list[str]:
    return [unit.document.text[a:b].strip() for a, b in getattr(unit, which)]


def test_the_text_is_what_a_reader_sees() -> None:
    text = page(PAGE).document.text
    assert text == (
        f"Khe Sơn về đích\n\n{CAPTION}\n\n{CAPTION}\n\nXã & huyện to\xa0plan ban đầu, 5 < 7.\nGõ make all. See you"
        f"\n\n{CAPTION}\n\n{CAPTION}"
    )


def test_code_and_other_languages_are_left_out_of_findings() -> None:
    assert spans(page(PAGE), "opaque") == ["make all", "See you"]


def test_attributes_and_table_cells_are_fragile() -> None:
    assert spans(page(PAGE), "fragile") == [CAPTION, f"{CAPTION}\n\n{CAPTION}"]


def test_an_edit_changes_its_words_only() -> None:
    unit = page(PAGE)
    start = unit.document.text.index("huyện to")
    edits = [Edit(start, start + len("huyện to\xa0plan"), 'tỉnh "A" & <B>', "")]
    assert unit.rewritten(edits).decode() == PAGE.replace(
        "huyện <b>to&nbsp;plan</b>", 'tỉnh "A" &amp; &lt;B&gt;<b></b>'
    )


def test_an_alternative_text_can_be_emptied_when_somebody_decides_so() -> None:
    unit = page(PAGE)
    start, end = unit.fragile[0]
    start += len(unit.document.text[start:end]) - len(unit.document.text[start:end].lstrip())
    assert unit.rewritten([Edit(start, end, "")]).decode() == PAGE.replace(f'alt="{CAPTION}"', 'alt=""')


def test_a_caption_that_repeats_an_alternative_text_is_found_and_never_deleted_unasked() -> None:
    unit = page(
        f'<h1>Làm đường</h1><p>Hôm nay xã họp dân.</p><figure><img alt="{CAPTION}"><figcaption>{CAPTION}'
        "</figcaption></figure><p>Đường dài hai cây số.</p>"
    )
    cleaned = pipeline.clean(unit, pipeline.load_resources())
    repeats = [f for f in cleaned.scanned.findings if f.text == CAPTION]
    assert [f.applicability for f in repeats] == ["review"]
    assert cleaned.data == unit.rewritten([])


def test_a_letter_the_encoding_lacks_becomes_a_reference() -> None:
    data = '<meta charset="iso-8859-1"><p>café au lait</p>'.encode("latin-1")
    unit = read_article(data, "a.html")
    assert unit.document.source.encoding == "iso8859-1"
    assert unit.rewritten([Edit(0, 4, "ữ")]) == '<meta charset="iso-8859-1"><p>&#7919; au lait</p>'.encode("latin-1")


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_page_that_declares_what_it_is_not_is_still_read(mark: bytes) -> None:
    data = mark + '<meta charset="windows-1252"><p>Xã về đích</p>'.encode()
    unit = read_article(data, "a.htm")
    assert (unit.document.text, unit.rewritten([])) == ("Xã về đích", data)


PARTS = st.sampled_from(
    '<p>|</p>|<b|<|>|&|&amp;|&#x41;|&lt|<!--|-->|<script>|</script>|<br/>|<pre>|</|<td>|alt="|\'|"|=|<code>|<svg/>|</div>'
    "|<head>|<body>|<?x?>|Xã|mới|\u0301|😀|<img alt=x title='Xã mới'>|<p lang=en>|<div translate=no>| |\r\n|\xa0".split(
        "|"
    )
)


@given(st.lists(PARTS, max_size=25).map("".join), st.data())
def test_any_page_comes_back_and_edits_stay_in_their_places(source: str, data: st.DataObject) -> None:
    try:
        unit = page(source)
    except UnreadableError:
        return
    assert unit.rewritten([]) == source.encode()
    text = unit.document.text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    written = unit.rewritten([Edit(start, end, "")]).decode()
    assert len(written) <= len(source) + 5 * len(text)
    pieces = unit.pieces
    assert pieces is not None
    changes = with_elements(source, pieces.source_edits([Edit(start, end, "")], str), BLOCKS)
    kept, at = [], 0
    for change in changes:
        kept.append(source[at : change.start])
        at = change.end
    kept.append(source[at:])
    at = 0
    for part in kept:  # everything outside the edits is there, in order
        at = written.index(part, at) + len(part)


HOSTILE = {
    "deep": "<div>" * 100_000 + "a" + "</div>" * 100_000,
    "deep and never closed": "<table><tr><td>" * 50_000 + "a",
    "open quotes": "<a b='" * 100_000,
    "open comments": "<!--" * 100_000,
    "open tags": "x<p" + " a" * 100_000,
    "brackets": "<" * 200_000 + "x",
    "ampersands": "&" * 200_000 + "x",
    "attributes": '<a =">' * 100_000 + "x",
    "entities": "<p>" + "&amp;" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_no_more_than_its_length(name: str) -> None:
    began = time.process_time()
    try:
        unit = page(HOSTILE[name])
    except UnreadableError:
        unit = None
    assert time.process_time() - began < 20  # quadratic work would take minutes
    if unit is not None:
        assert unit.rewritten([]).decode() == HOSTILE[name]
