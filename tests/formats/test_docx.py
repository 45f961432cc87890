"""Word files made by a real library: runs and styles stay, other parts stay, bombs and wrecks are refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from ntm_repair import pipeline
from ntm_repair.errors import UnreadableError
from ntm_repair.formats import read_article
from ntm_repair.formats.docx import MAX_PART, PART
from ntm_repair.patch import with_margins
from ntm_repair.types import Edit

docx = pytest.importorskip("docx", reason="python-docx is not installed")

CAPTION = "Bà con thôn Khe Sơn góp công làm đường"


def made() -> bytes:
    document = docx.Document()
    document.add_heading("Khe Sơn về đích", 1)
    paragraph = document.add_paragraph("Toàn huyện có 12 xã ")
    paragraph.add_run("to plan the").bold = True
    paragraph.add_run(" end of the year").italic = True
    paragraph.add_run(" & trước hạn < 5 ngày.")
    document.add_paragraph(CAPTION, style="Caption")
    document.add_paragraph(CAPTION, style="Caption")
    document.add_paragraph("Ngày mai họp tiếp.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = table.cell(0, 1).text = "Kết quả đạt được trong năm"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def test_no_edit_gives_the_same_bytes() -> None:
    data = made()
    assert read_article(data, "a.docx").rewritten([]) == data


def test_the_text_is_the_paragraphs() -> None:
    text = read_article(made(), "a.docx").document.text
    assert text.split("\n\n")[:3] == [
        "Khe Sơn về đích",
        "Toàn huyện có 12 xã to plan the end of the year & trước hạn < 5 ngày.",
        CAPTION,
    ]
    assert text.endswith("Kết quả đạt được trong năm\n\nKết quả đạt được trong năm")


def test_an_edit_over_two_runs_keeps_runs_styles_and_other_parts() -> None:
    data = made()
    unit = read_article(data, "a.docx")
    start = unit.document.text.index("to plan")
    edited = unit.rewritten([Edit(start, start + len("to plan the end of the year"), "hoàn thành & vượt")])
    runs = docx.Document(io.BytesIO(edited)).paragraphs[1].runs
    assert [(r.text, r.bold, r.italic) for r in runs] == [
        ("Toàn huyện có 12 xã ", None, None),
        ("hoàn thành & vượt", True, None),
        ("", None, True),
        (" & trước hạn < 5 ngày.", None, None),
    ]
    before, after = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(edited))
    assert before.namelist() == after.namelist()
    assert [n for n in before.namelist() if before.read(n) != after.read(n)] == [PART]
    assert [(i.date_time, i.compress_type) for i in before.infolist()] == [
        (i.date_time, i.compress_type) for i in after.infolist()
    ]


def test_white_space_that_comes_to_an_end_of_a_run_is_kept_for_word() -> None:
    unit = read_article(made(), "a.docx")
    start = unit.document.text.index("plan the")
    edited = unit.rewritten([Edit(start, start + len("plan the"), "")])
    assert docx.Document(io.BytesIO(edited)).paragraphs[1].runs[1].text == "to "
    assert b'<w:t xml:space="preserve">to </w:t>' in zipfile.ZipFile(io.BytesIO(edited)).read(PART)


def test_repeated_captions_are_safe_and_table_cells_are_not() -> None:
    cleaned = pipeline.clean(read_article(made(), "a.docx"), pipeline.load_resources())
    assert [p for p in texts(cleaned.data) if p == CAPTION] == [CAPTION]
    assert "Kết quả đạt được trong năm" not in [e.rule for e in cleaned.edits]
    table = docx.Document(io.BytesIO(cleaned.data)).tables[0]
    assert [c.text for c in table.rows[0].cells] == ["Kết quả đạt được trong năm"] * 2


def test_a_deleted_paragraph_leaves_no_blank_line() -> None:
    data = made()
    cleaned = pipeline.clean(read_article(data, "a.docx"), pipeline.load_resources()).data
    assert texts(cleaned) == [t for i, t in enumerate(texts(data)) if i != 3]  # the second of the two captions
    again = read_article(cleaned, "a.docx")
    assert pipeline.clean(again, pipeline.load_resources()).data == cleaned


HERE = '<w:p w:rsidR="1"><w:pPr><w:pStyle w:val="C"/></w:pPr>{}<w:r><w:rPr><w:b/></w:rPr><w:t>Một</w:t></w:r>{}</w:p>'
OTHER = "<w:p><w:r><w:t>Hai</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (OTHER + HERE.format("", "") + OTHER, OTHER + OTHER),
        (OTHER + HERE.format('<w:proofErr w:type="x"/>', "<w:r><w:t xml:space='preserve'> </w:t></w:r>"), OTHER),
        ("<w:p/>" + HERE.format("", "") + "<w:p><w:r><w:br/></w:r></w:p>" + OTHER, None),
        (OTHER + HERE.format('<w:bookmarkStart w:id="1"/>', ""), ""),
        (OTHER + HERE.format("", "<w:r><w:drawing/></w:r>"), ""),
        (OTHER + HERE.format("", "<w:r><w:br/></w:r>"), ""),
        (OTHER + HERE.format("", "").replace("</w:pPr>", "<w:sectPr/></w:pPr>"), ""),
        (OTHER + HERE.format("", "").replace("</w:pPr>", "<w:rPr><w:ins w:id='1'/></w:rPr></w:pPr>"), ""),
        (OTHER + f"<w:tbl><w:tr><w:tc>{HERE.format('', '')}</w:tc></w:tr></w:tbl>" + OTHER, ""),
        (f"<w:tbl><w:tr><w:tc>{OTHER}</w:tc></w:tr></w:tbl>" + HERE.format("", "") + OTHER, ""),
        (OTHER + f"<w:sdt><w:sdtContent>{HERE.format('', '')}</w:sdtContent></w:sdt>", ""),
        (OTHER + f"<w:txbxContent>{HERE.format('', '')}</w:txbxContent>", ""),
    ],
)
def test_a_paragraph_goes_only_where_nothing_hangs_on_it(body: str, left: str | None) -> None:
    """`left`: the body afterwards; empty for the body without the words, None for without the plain paragraph."""
    xml = f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'
    unit = read_article(zipped({PART: xml.encode()}), "a.docx")
    text = unit.document.text
    edited = unit.rewritten(with_margins(text, [Edit(text.index("Một"), text.index("Một") + 3, "")]))
    expected = (
        body.replace("Một", "") if left == "" else body.replace(HERE.format("", ""), "") if left is None else left
    )
    assert zipfile.ZipFile(io.BytesIO(edited)).read(PART).decode() == xml.replace(body, expected)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">]><w:document xmlns:w="w"><w:p><w:t>&a;</w:t></w:p></w:document>'


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"PK\x03\x04 nothing", "error.docx"),
        (made()[:-500], "error.docx"),
        (zipped({"other.xml": b"<x/>"}), "error.docx"),
        (zipped({PART: b"<w:document>"}), "error.docx"),
        (zipped({PART: LAUGHS}), "error.docx"),
        (zipped({PART: b"<w:document xmlns:w='w'/>"}), "error.no_text"),
        (zipped({PART: b"<w:document>" + b" " * MAX_PART}), "error.too_large"),
    ],
)
def test_what_is_no_sound_word_file_is_refused(data: bytes, key: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read_article(data, "a.docx")
    assert error.value.message.key == key


def test_the_copy_of_a_text_box_for_old_programs_is_not_read_twice() -> None:
    xml = (
        '<w:document xmlns:w="w" xmlns:mc="m"><w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r>'
        "<w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r>"
        "<w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>Ngoài khung</w:t></w:r></w:p></w:document>"
    )
    unit = read_article(zipped({PART: xml.encode()}), "a.docx")
    assert unit.document.text == "Trong khung\n\nNgoài khung"
    edited = unit.rewritten([Edit(0, 5, "Ở"), Edit(13, 18, "Bên ngoài")])
    assert ">Ở khung<" in zipfile.ZipFile(io.BytesIO(edited)).read(PART).decode()
