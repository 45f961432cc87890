"""The promises of the program as a whole, held on generated articles in every encoding and form."""

from __future__ import annotations

import codecs
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_repair import pipeline
from ntm_repair.accept import SAFE, Accept
from ntm_repair.decisions import read_log
from ntm_repair.decoding import decode, encode
from ntm_repair.ownlog import OwnLog
from ntm_repair.pipeline import Scanned, clean, load_resources, scan
from ntm_repair.replay import edits_for, place, repaired
from ntm_repair.review.books import Books
from ntm_repair.review.case import Case
from ntm_repair.review.recorder import Author
from ntm_repair.review.session import Session
from ntm_repair.text import to_form
from ntm_repair.types import Document

SENTENCES = [
    "Toàn huyện có 12 xã to finish the plan of the year trước thời hạn.",
    "Ngày 12/5, UBND xã Thượng Lộc tổ chức hội nghị sơ kết ba năm xây dựng nông thôn mới.",
    "Bà con đã hiến đất làm đường.After that, tuyến đường được mở rộng.",
    "Trong when một số xã còn khó khăn, huyện đã hỗ trợ xi măng.",
    "Đoàn công tác thăm mô hình trồng cam ở xã Thượng Lộc",
    "Ông Nguyễn Văn Hoà, bí thư chi bộ, cho biết: “Dân làm, dân hưởng”.",
    "Xã phấn đấu đạt chuẩn mới nông thôn vào cuối năm.",
    "Xã vận động bà con hiến đất, to open the road, đến nay đã có đường mới, as planned.",
    "Huyện chọn hai xã mẫu NTM kiểu, mỗi xã  một thôn.",
    "BÃ  con nhÃ¢n dÃ¢n pháº¥n khá»Ÿi.",
    "",
]
FORMS = {"NFC": "utf-8", "NFD": "utf-8", "tone": "cp1258"}
MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


@st.composite
def articles(draw: st.DrawFn) -> bytes:
    """An article of damaged and clean paragraphs, some printed twice, as bytes."""
    lines = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = newline.join(lines) + draw(st.sampled_from(["", newline]))
    if not text.strip():
        text += SENTENCES[0]
    form = draw(st.sampled_from(list(FORMS)))
    written = to_form(text, form)  # type: ignore[arg-type]
    if form == "tone" and "ữ" not in written:
        try:
            return written.encode("cp1258")
        except UnicodeEncodeError:
            return text.encode()
    name = draw(st.sampled_from(["utf-8", *MARKS]))
    mark = MARKS[name] if name != "utf-8" or draw(st.booleans()) else b""
    return mark + written.encode(name)


def document_of(data: bytes) -> Document:
    encoding = "cp1258" if not _is_utf(data) else None
    return decode(data, "bai.txt", encoding)


def _is_utf(data: bytes) -> bool:
    if data.startswith(tuple(MARKS.values())):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def reviewed(scanned: Scanned, answers: list[int], log: Path) -> None:
    """A review in which each finding gets an answer by number: keep, the first suggestion, delete, or an edit."""
    books = Books(log)
    author = Author("biên tập", "0", "0" * 64, lambda: datetime.now(UTC).isoformat())
    session = Session([Case(scanned, OwnLog(log), books)], books, author, root=log.parent)
    for number in answers:
        if session.current is None:
            break
        if number == 0 or (number == 1 and not session.options):
            session.choose(0)
        elif number == 1:
            session.choose(1)
        elif number == 2:
            session.delete()
        else:
            session.write("chữ người biên tập gõ")
    books.close()


@settings(max_examples=60, deadline=None)
@given(articles())
def test_without_an_accepted_answer_the_bytes_stay_as_they_are(data: bytes) -> None:
    document = document_of(data)
    scanned = scan(document, load_resources())
    kept = edits_for(scanned.article, place(scanned.article, ()))
    assert encode(repaired(scanned.article, kept), document.source) == data


@settings(max_examples=60, deadline=None)
@given(articles())
def test_the_same_article_has_the_same_findings_in_every_form(data: bytes) -> None:
    document = document_of(data)
    findings = scan(document, load_resources()).findings
    assert findings == scan(document, load_resources()).findings
    nfc = unicodedata.normalize("NFC", document.text)
    other = scan(Document(nfc, document.source), load_resources()).findings
    assert [(f.rule, f.fingerprint, f.anchor.text) for f in other if f.rule < "NTM603"] == [
        (f.rule, f.fingerprint, f.anchor.text) for f in findings if f.rule < "NTM603"
    ]
    for finding in findings:
        assert document.text[finding.start : finding.end] == finding.text


@settings(max_examples=60, deadline=None)
@given(articles())
def test_what_is_done_unasked_is_written_as_the_article_is(data: bytes) -> None:
    document = document_of(data)
    for accept in (SAFE, Accept("review", 0.1)):
        cleaned = clean(document, load_resources(), accept=accept)
        again = decode(cleaned.data, "bai.txt", document.source.encoding)
        assert again.text == cleaned.text
        for form in ("NFC", "NFD"):
            if unicodedata.is_normalized(form, document.text):
                assert unicodedata.is_normalized(form, cleaned.text)


@settings(max_examples=60, deadline=None)
@given(articles(), st.lists(st.integers(0, 3), max_size=12))
def test_everything_outside_accepted_edits_is_the_source(data: bytes, answers: list[int]) -> None:
    document = document_of(data)
    scanned = scan(document, load_resources())
    with TemporaryDirectory() as folder:
        log = Path(folder) / "bai.decisions.jsonl"
        reviewed(scanned, answers, log)
        decisions = read_log(log)
    cleaned = clean(document, load_resources(), decisions)
    at = 0
    rest = cleaned.text
    for edit in sorted(cleaned.edits, key=lambda e: e.start):
        between = document.text[at : edit.start]
        assert rest.startswith(between + edit.replacement)
        rest = rest[len(between) + len(edit.replacement) :]
        at = edit.end
    assert rest == document.text[at:]
    assert clean(document, load_resources(), decisions).data == cleaned.data


@settings(max_examples=40, deadline=None)
@given(articles(), st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_a_log_replayed_on_another_copy_of_the_article_does_the_same_or_says_what_is_stale(
    data: bytes, answers: list[int]
) -> None:
    document = document_of(data)
    scanned = scan(document, load_resources())
    with TemporaryDirectory() as folder:
        log = Path(folder) / "bai.decisions.jsonl"
        reviewed(scanned, answers, log)
        decisions = read_log(log)
    longer = "Một đoạn mới chèn vào đầu bài, không đụng gì đến phần sau.\n\n" + document.text
    other = pipeline.Article(decode(longer.encode("utf-8", "surrogatepass"), "bai.txt"))
    placed = place(other, decisions)
    for decision, start, end in placed.found:
        found = unicodedata.normalize("NFC", other.document.text[start:end])
        assert found.split() == (decision.takes + decision.anchor.text).split()
    assert len(placed.found) + len(placed.stale) == len(decisions)


def test_the_properties_have_something_to_hold() -> None:
    rules = {f.rule for f in scan(document_of("\n".join(SENTENCES * 2).encode()), load_resources()).findings}
    assert {"NTM101", "NTM102"} <= rules


@pytest.mark.parametrize("form", FORMS)
def test_a_replacement_is_written_in_the_form_of_the_article(form: str, tmp_path: Path) -> None:
    data = to_form(SENTENCES[0], form).encode(FORMS[form])  # type: ignore[arg-type]
    document = decode(data, "bai.txt", FORMS[form])
    scanned = scan(document, load_resources())
    reviewed(scanned, [3], tmp_path / "log.jsonl")
    cleaned = clean(document, load_resources(), read_log(tmp_path / "log.jsonl"))
    assert to_form("chữ người biên tập gõ", form) in cleaned.text  # type: ignore[arg-type]
    cleaned.data.decode(FORMS[form])
