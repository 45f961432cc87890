"""A deleted paragraph takes its element along where nothing else hangs on it; all else stays byte for byte."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ntm_repair import pipeline
from ntm_repair.errors import UnreadableError
from ntm_repair.formats import Unit, read_article
from ntm_repair.formats.emptied import ELEMENTS, EMPHASIS, with_elements
from ntm_repair.formats.html import BLOCKS
from ntm_repair.patch import apply_edits, with_margins
from ntm_repair.types import Edit

TWICE = "Bà con thôn Khe Sơn góp công"
END = "<p>Hết bài.</p>"


def page(source: str) -> Unit:
    return read_article(source.encode(), "a.html")


def without(source: str, words: str = TWICE) -> str:
    """The page with every `words` deleted, as `clean` deletes them."""
    unit = page(source)
    text = unit.document.text
    edits = [Edit(m.start(), m.end(), "") for m in re.finditer(re.escape(words), text)]
    assert edits
    return unit.rewritten(with_margins(text, edits)).decode()


TAKEN = {
    "a paragraph": (f"<h1>Làm đường</h1><p>{TWICE}</p>{END}", f"<h1>Làm đường</h1>{END}"),
    "what only says how it looks": (
        f'<h1>Làm đường</h1><p class="chu-thich" style="color: #333" align=center>{TWICE}</p>{END}',
        f"<h1>Làm đường</h1>{END}",
    ),
    "emphasis and all": (
        f"<figure><img src=a.jpg><figcaption><em>{TWICE[:6]}</em> <b>{TWICE[7:]}</b><br></figcaption></figure>{END}",
        f"<figure><img src=a.jpg></figure>{END}",
    ),
    "a list item and its line": (
        f"<ul>\n  <li>Một</li>\n  <li>{TWICE}</li>\n  <li>Hai</li>\n</ul>",
        "<ul>\n  <li>Một</li>\n  <li>Hai</li>\n</ul>",
    ),
    "lines that end as on Windows": (f"<p>Một</p>\r\n\t<p>\r\n{TWICE}\r\n</p>\r\n{END}", f"<p>Một</p>\r\n{END}"),
    "two in a row": (f"<P>Một</P><P>{TWICE}</P>\n<H2>{TWICE}</H2>\n{END}", f"<P>Một</P>\n{END}"),
    "one of two that part their neighbours": (f"<div>x<p>{TWICE}</p> <p>{TWICE}</p>y</div>", "<div>x <p></p>y</div>"),
}
KEPT = {
    "an anchor": f'<h1>Đường</h1><p id="thon-2">{TWICE}</p>{END}',
    "what a script may look for": f"<h1>Đường</h1><p data-x=1>{TWICE}</p>{END}",
    "a link": f'<h1>Đường</h1><p><a href="b.html">{TWICE}</a></p>{END}',
    "an image": f"<h1>Đường</h1><p><img src=a.jpg>{TWICE}</p>{END}",
    "a comment inside": f"<h1>Đường</h1><p><!-- ảnh 2 -->{TWICE}</p>{END}",
    "a block editor's comments around": f"<h1>Đường</h1><!-- wp:p -->\n<p>{TWICE}</p>\n<!-- /wp:p -->{END}",
    "a cell": f"<table><tr><td>{TWICE}</td><td>Một</td></tr></table>{END}",
    "a division": f'<div class="anh">{TWICE}</div>{END}',
    "a paragraph never closed": f"<h1>Đường</h1><p>{TWICE}{END}",
    "emphasis wrongly nested": f"<h1>Đường</h1><p><b><i>{TWICE}</b></i></p>{END}",
    "neighbours that would run together": f"<div>Một<p>{TWICE}</p>hai</div>",
    "words that stay": f"<h1>Đường</h1><p>{TWICE}: ảnh</p>{END}",
    "a quoted tag beside it": f'<div>Một<img alt="<p>"><p>{TWICE}</p>hai</div>',
}


@pytest.mark.parametrize("name", TAKEN)
def test_an_element_goes_with_all_it_holds(name: str) -> None:
    source, expected = TAKEN[name]
    assert without(source) == expected


@pytest.mark.parametrize("name", KEPT)
def test_an_element_stays_for_what_hangs_on_it(name: str) -> None:
    source = KEPT[name]
    assert without(source) == source.replace(TWICE, "")


def test_a_word_put_in_its_place_keeps_the_element() -> None:
    unit = page(f"<h1>Đường</h1><p>{TWICE}</p>{END}")
    start = unit.document.text.index(TWICE)
    assert unit.rewritten([Edit(start, start + len(TWICE), "Ảnh")]).decode() == f"<h1>Đường</h1><p>Ảnh</p>{END}"


def test_a_caption_printed_twice_is_gone_altogether() -> None:
    source = f"<h1>Làm đường</h1>\n<p>Hôm nay họp dân.</p>\n<p>{TWICE}</p>\n<p>{TWICE}</p>\n<p>Đường dài hai cây.</p>\n"
    cleaned = pipeline.clean(page(source), pipeline.load_resources())
    assert cleaned.data.decode() == source.replace(f"\n<p>{TWICE}</p>", "", 1)
    again = pipeline.clean(read_article(cleaned.data, "a.html"), pipeline.load_resources())
    assert again.data == cleaned.data


BITS = st.sampled_from(
    "<p>|</p>|<li>|</li>|<b>|</b>|<i>|</i>|<br>|<div>|</div>|<p id=a>|<figure>|</figure>|<figcaption class=x>|"
    '</figcaption>|<img alt="một">|<!-- -->|&amp;|&nbsp;|một|hai| |\n|\r\n|  <p>|</p>\n|<h2>|</h2>|<a>|</a>|<select>|'
    "</select>|<p>hai</p>|<li><b>một</b></li>|<ul>|</ul>|<pre>|</pre>".split("|")
)
TAGS = re.compile(r"<(/?)([a-z0-9]+)([^<>]*)>")


@given(st.lists(BITS, max_size=14).map("".join), st.data())
@example("một<p>hai</p><p>hai</p>một", None)
def test_only_plain_elements_are_taken_and_the_rest_reads_as_before(source: str, data: st.DataObject | None) -> None:
    try:
        unit = page(source)
    except UnreadableError:
        return
    text, pieces = unit.document.text, unit.pieces
    assert pieces is not None
    spans = [m.span() for m in re.finditer(r"[^\n]+", text)]
    chosen = spans if data is None else [s for s in spans if data.draw(st.booleans())]
    changes = pieces.source_edits(with_margins(text, [Edit(*span, "") for span in chosen]), str)
    widened = with_elements(source, changes, BLOCKS)
    for edit in widened:
        if edit not in changes:
            own = [
                Edit(c.start - edit.start, c.end - edit.start, "") for c in changes if edit.start <= c.start < edit.end
            ]
            _is_plain(apply_edits(source[edit.start : edit.end], own))
    assert all(any(w.start <= c.start and c.end <= w.end for w in widened) for c in changes)
    assert _read(apply_edits(source, widened)) == _read(apply_edits(source, changes))


def _is_plain(taken: str) -> None:
    """What is taken besides the words is white space and one element that holds nothing."""
    tags = TAGS.findall(taken)
    assert TAGS.sub("", taken).strip() == ""
    assert {name for _, name, _ in tags} <= ELEMENTS | EMPHASIS | {"br"}
    assert sum(name in ELEMENTS for _, name, _ in tags) == 2
    assert all("id" not in attributes for _, _, attributes in tags)
    assert _closed(tags)


def _closed(tags: list[tuple[str, str, str]]) -> bool:
    depth = {name: 0 for _, name, _ in tags}
    for slash, name, _ in tags:
        depth[name] += (-1 if slash else 1) if name != "br" else 0
    return not any(depth.values())


def _read(source: str) -> str:
    try:
        return page(source).document.text
    except UnreadableError:
        return ""
