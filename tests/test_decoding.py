"""Bytes in, the same bytes out; what cannot be read is refused in words."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ntm_repair.decoding import decode, encode, main_newline
from ntm_repair.errors import UnreadableError, UsageError
from ntm_repair.text import to_form

ARTICLE = "Xã Thượng Lộc về đích nông thôn mới.\r\n\r\nNgười dân góp công, góp của làm đường.\r\n"
MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
}
TEXTS = st.text(alphabet=st.characters(codec="utf-8"), min_size=1).filter(lambda t: bool(t.strip()))


@given(TEXTS, st.sampled_from([("utf-8", b""), *MARKED.items()]))
def test_every_encoding_round_trips(text: str, how: tuple[str, bytes]) -> None:
    name, mark = how
    data = mark + text.encode(name)
    try:
        document = decode(data, "bai.txt")
    except UnreadableError as error:
        refused = error.message.key
        assume(refused not in ("error.binary", "error.empty"))
        raise
    assert encode(document.text, document.source) == data


@pytest.mark.parametrize(("name", "mark"), MARKED.items())
def test_a_byte_order_mark_names_the_encoding(name: str, mark: bytes) -> None:
    document = decode(mark + ARTICLE.encode(name), "bai.txt")
    assert (document.text, document.source.encoding, document.source.bom) == (ARTICLE, name, mark)
    assert document.source.newline == "\r\n"


def test_windows_1258_is_recognised_by_reading_as_vietnamese() -> None:
    data = to_form(ARTICLE, "tone").encode("cp1258")
    document = decode(data, "bai.txt")
    assert document.source.encoding == "cp1258"
    assert encode(document.text, document.source) == data


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "error.empty"),
        (b" \n\t\n", "error.empty"),
        (codecs.BOM_UTF8, "error.empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "error.binary"),
        (ARTICLE.encode() + b"\xff\xfe", "error.undecodable"),
        ("Tréguier, café, crème brûlée".encode("latin-1"), "error.undecodable"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41\x00", "error.undecodable"),
    ],
)
def test_what_holds_no_article_is_refused(data: bytes, key: str) -> None:
    with pytest.raises(UnreadableError) as error:
        decode(data, "bai.txt")
    assert error.value.message.key == key


def test_the_place_of_a_bad_byte_is_named() -> None:
    with pytest.raises(UnreadableError) as error:
        decode("một\nhai ".encode() + b"\xff", "bai.txt")
    assert error.value.message.values["line"] == 2
    assert error.value.message.values["byte"] == len("một\nhai ".encode())


@pytest.mark.parametrize("asked", ["utf-16", "utf-8-sig", "UTF-8", "cp1258", "utf-16-be"])
def test_an_encoding_that_is_named_is_used_and_round_trips(asked: str) -> None:
    data = to_form(ARTICLE, "tone").encode(asked)
    document = decode(data, "bai.txt", asked)
    assert document.text == to_form(ARTICLE, "tone")
    assert encode(document.text, document.source) == data


def test_an_encoding_python_does_not_know_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        decode(b"abc", "bai.txt", "tcvn-99")


def test_the_commonest_line_break_is_named() -> None:
    assert main_newline("a\r\nb\nc\r\n") == "\r\n"
    assert main_newline("a") == ""
