"""JSON lines, CSV and Parquet: rows, order, unknown columns and every untouched byte are kept."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import assume, given
from hypothesis import strategies as st

from ntm_repair.commands import clean, scan
from ntm_repair.commands.clean_options import Options
from ntm_repair.errors import UnreadableError
from ntm_repair.formats import compression, record_format
from ntm_repair.formats.base import MAX_RECORD, BadRecord, Columns, Fields, Raw, Shape
from ntm_repair.formats.jsonl import Jsonl
from ntm_repair.formats.table import Table, cells
from ntm_repair.types import Edit

SHAPE = Shape("jsonl", "a.jsonl", Fields())
TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)  # lone surrogates and NUL among them
VALUES = st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | TEXTS, st.lists, max_leaves=5)


@st.composite
def json_lines(draw: st.DrawFn) -> tuple[str, str]:
    """A line as somebody's writer could write it, and its text."""
    text = draw(TEXTS)
    fields = draw(st.dictionaries(TEXTS.filter(lambda n: n != "text"), VALUES, max_size=4))
    names = draw(st.permutations([*fields, "text"]))
    record = {name: text if name == "text" else fields[name] for name in names}
    separators = draw(st.sampled_from([(", ", ": "), (",", ":"), (" ,\t", " : ")]))
    line = json.dumps(record, ensure_ascii=draw(st.booleans()), separators=separators)
    if not line.isascii() and any("\ud800" <= c <= "\udfff" for c in line):
        line = json.dumps(record, separators=separators)
    return line + draw(st.sampled_from(["\n", "\r\n", ""])), json.loads(line)["text"]


@given(json_lines(), st.data())
def test_a_line_comes_back_and_an_edit_changes_its_characters_only(
    given_line: tuple[str, str], data: st.DataObject
) -> None:
    line, text = given_line
    form = Jsonl()
    raw = Raw(1, line.encode())
    record = form.parse(raw, SHAPE)
    assert record.document.text == text
    assert form.write(record, SHAPE, [], None) == raw.data
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    replacement = data.draw(TEXTS)
    if start == end and not replacement:
        return
    changed = form.write(record, SHAPE, [Edit(start, end, replacement)], None).decode()
    before, after = json.loads(line), json.loads(changed)
    assert list(after) == list(before)
    assert {k: repr(v) for k, v in after.items() if k != "text"} == {
        k: repr(v) for k, v in before.items() if k != "text"
    }
    wanted = text[:start] + replacement + text[end:]
    # An edit between the halves of a surrogate pair can join what JSON then reads as one character.
    assert after["text"] == wanted or json.loads(json.dumps(wanted)) == after["text"]
    assert changed[changed.rindex("}") :] == line[line.rindex("}") :]


@given(json_lines())
def test_added_columns_leave_the_line_before_them_alone(given_line: tuple[str, str]) -> None:
    line, text = given_line
    assume(not {"text_clean", "ntm_findings", "ntm_score"} & json.loads(line).keys())  # refused, as another test says
    form = Jsonl()
    record = form.parse(Raw(1, line.encode()), SHAPE)
    added = form.write(record, SHAPE, [], Columns(text, [{"rule": "NTM101"}], 0.5)).decode()
    assert added.startswith(line[: line.rindex("}")].rstrip())
    assert added.endswith(line[line.rindex("}") :])
    values = json.loads(added)
    assert (values["text_clean"], values["ntm_findings"], values["ntm_score"]) == (text, [{"rule": "NTM101"}], 0.5)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (b"[]\n", "record.not_object"),
        (b"xin chao\n", "record.not_object"),
        (b'{"text": "a"', "record.not_json"),
        (b'{"text": "a",}\n', "record.not_json"),
        (b'{"text": "a"} {"text": "b"}\n', "record.not_json"),
        (b'{"text": "a\x01"}\n', "record.not_json"),
        (b'{"text": ' + b"[" * 100_000 + b"\n", "record.not_json"),
        (b'{"n": ' + b"9" * 5_000 + b', "text": "a"}\n', "record.not_json"),
        (b'{"text": "\xff"}\n', "record.undecodable"),
        (b'{"text": null}\n', "record.not_text"),
        (b'{"title": "a", "body": "b"}\n', "record.no_field"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: bytes, key: str) -> None:
    with pytest.raises(BadRecord) as error:
        Jsonl().parse(Raw(1, line), SHAPE)
    assert error.value.message.key == key


def test_a_column_that_is_there_already_is_not_overwritten() -> None:
    form = Jsonl()
    record = form.parse(Raw(1, b'{"text": "a", "text_clean": "quy"}\n'), SHAPE)
    with pytest.raises(BadRecord):
        form.write(record, SHAPE, [], Columns("a", [], 0.0))


def test_of_a_doubled_field_the_last_is_the_one_everybody_reads() -> None:
    form = Jsonl()
    record = form.parse(Raw(1, b'{"text": "m\\u1ed9t", "text": "hai"}'), SHAPE)
    assert form.write(record, SHAPE, [Edit(0, 3, "ba")], None) == b'{"text": "m\\u1ed9t", "text": "ba"}'


def test_records_are_named_by_their_id_or_their_line() -> None:
    names = [b'{"id": "x", "text": "a"}', b'{"id": 7, "text": "a"}', b'{"id": null, "text": "a"}', b'{"text": "a"}']
    assert [Jsonl().parse(Raw(4, n), SHAPE).document.source.id for n in names] == ["x", "7", "4", "4"]


def copied(path: Path, out: Path, fields: Fields | None = None) -> list[Raw]:
    """Every record of a file, written to `out` as it was."""
    form = record_format(str(path))
    assert form is not None
    source = form.source(path, fields or Fields(), None)
    sink = form.sink(out, source, False)
    raws = []
    for block in source.blocks():
        raws += block.raws
        sink.write(block, [form.copy(raw, source.shape, False) for raw in block.raws])
    sink.close()
    source.close()
    return raws


LINES = "".join(json.dumps({"text": f"Xã số {i}\n", "n": i}, ensure_ascii=False) + "\n" for i in range(5))


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_packed_files_come_back_packed(tmp_path: Path, ending: str, newline: str) -> None:
    content = LINES.replace("\n", newline).encode()
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}[ending]
    path, out = tmp_path / f"a.jsonl{ending}", tmp_path / "out"
    path.write_bytes(pack(content) + (pack(content) if ending else b""))
    assert len(copied(path, out)) == (10 if ending else 5)
    with compression.open_read(path) as before:
        out.rename(tmp_path / f"b.jsonl{ending}")
        with compression.open_read(tmp_path / f"b.jsonl{ending}") as after:
            assert before.read() == after.read()


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_packed_file_cut_short_is_never_taken_for_a_whole_one(tmp_path: Path, ending: str) -> None:
    content = "".join(json.dumps({"text": f"Xã {i * i}"}) + "\n" for i in range(3000)).encode()
    whole = gzip.compress(content) if ending == ".gz" else zstandard.compress(content)
    path = tmp_path / f"a.jsonl{ending}"
    for size in (len(whole) - 1, len(whole) // 2, 20):
        path.write_bytes(whole[:size])
        with pytest.raises(UnreadableError):
            copied(path, tmp_path / "out")


def test_a_record_too_long_is_passed_on_in_parts(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    long = b'{"text": "' + b"a" * (2 * MAX_RECORD + 5) + b'"}\n'
    path.write_bytes(b'{"text": "a"}\n' + long + b'{"text": "b"}\n')
    raws = copied(path, out)
    assert out.read_bytes() == path.read_bytes()
    assert [(r.number, r.readable, r.problem is not None) for r in raws] == [
        (1, True, False),
        (2, False, True),
        (2, False, False),
        (2, False, False),
        (3, True, False),
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_wide_files_are_read_and_come_back_wide(tmp_path: Path, encoding: str, name: str) -> None:
    content = LINES if name == "a.jsonl" else 'id\ttext\r\n1\t"Xã ""mới"""\r\n'
    path, out = tmp_path / name, tmp_path / "out"
    path.write_bytes(("\ufeff" + content).encode(encoding))
    copied(path, out)
    assert out.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "wide.jsonl", "a.csv"])
def test_how_far_a_file_is_read_is_told_by_blocks(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    rows = [f"{i},{i * 7919 % 100_003}{i * i}" for i in range(160_000)]
    lines = ["id,text", *rows] if name == "a.csv" else [json.dumps({"text": row}) for row in rows]
    content = ("\n".join(lines) + "\n").encode("utf-16" if name.startswith("wide") else "utf-8")
    with compression.open_write(path, path.suffix) as file:
        file.write(content)
    form = record_format(name)
    assert form is not None
    source = form.source(path, Fields(), None)
    shares = [block.read for block in source.blocks()]
    source.close()
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert 0.0 < shares[0] < 0.9
    assert len(set(shares)) > 2


CELLS = st.lists(st.sampled_from(['"', ",", ";", "\n", "\r\n", "Xã", " ", "mới", "'"]), max_size=6).map("".join)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4), st.sampled_from([",", ";", "\t"]), st.data())
def test_a_table_comes_back_and_an_edit_changes_its_cell_only(
    rows: list[tuple[str, str]], delimiter: str, data: st.DataObject
) -> None:
    out = io.StringIO()
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(
        out, delimiter=delimiter, quoting=quoting, lineterminator=data.draw(st.sampled_from(["\n", "\r\n"]))
    )
    shape = Shape("csv", "a.csv", Fields(), "utf-8", delimiter, ("text", "note"))
    form = Table()
    for text, note in rows:
        out.seek(0)
        out.truncate()
        writer.writerow([text, note])
        raw = Raw(2, out.getvalue().encode())
        record = form.parse(raw, shape)
        assert record.document.text == text
        assert form.write(record, shape, [], None) == raw.data
        edited = form.write(record, shape, [Edit(0, len(text), 'bốn, "năm"; sáu')], None).decode()
        assert next(csv.reader(io.StringIO(edited, newline=""), delimiter=delimiter)) == ['bốn, "năm"; sáu', note]
        added = form.write(record, shape, [], Columns('x"y', [], 0.25)).decode()
        assert next(csv.reader(io.StringIO(added, newline=""), delimiter=delimiter)) == [
            text,
            note,
            'x"y',
            "[]",
            "0.25",
        ]
        assert edited.endswith(raw.data.decode()[len("".join(cells(raw.data.decode(), delimiter)[:1])) :])


def test_a_ragged_row_is_told_and_a_quoted_break_is_no_row(tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "out"
    path.write_bytes('id,text\n1,"một\nhai"\n2\n3,ba\n'.encode())
    raws = copied(path, out)
    assert [r.number for r in raws] == [1, 2, 4, 5]
    assert out.read_bytes() == path.read_bytes()
    with pytest.raises(BadRecord):
        Table().parse(raws[2], Shape("csv", "a.csv", Fields(), columns=("id", "text")))


def test_a_table_without_the_column_names_those_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id;noi_dung\n1;Xã\n".encode())
    with pytest.raises(UnreadableError) as error:
        copied(path, tmp_path / "out")
    assert error.value.message.values["fields"] == "id, noi_dung"
    assert len(copied(path, tmp_path / "out", Fields("noi_dung"))) == 2


class TestParquet:
    """Files of the real library."""

    @pytest.fixture
    def table(self) -> Any:
        pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        texts = [f"Xã số {i}" for i in range(200)] + [None]
        columns = {"id": [f"r{i}" for i in range(201)], "text": texts, "meta": [{"a": [i]} for i in range(201)]}
        return pa.table(columns).replace_schema_metadata({"nguồn": "thử"})

    def written(self, path: Path, form: Any, columns: bool, edits: list[Edit]) -> None:
        source = form.source(path, Fields(), None)
        sink = form.sink(path.with_name("out.parquet"), source, columns)
        for block in source.blocks():
            made = []
            for raw in block.raws:
                try:
                    record = form.parse(raw, source.shape)
                    added = Columns("sạch", [{"rule": "NTM101", "start": 0}], 0.5) if columns else None
                    made.append(form.write(record, source.shape, edits, added))
                except BadRecord:
                    made.append(form.copy(raw, source.shape, columns))
            sink.write(block, made)
        sink.close()
        source.close()

    def test_only_the_text_changes(self, table: Any, tmp_path: Path) -> None:
        pq = pytest.importorskip("pyarrow.parquet")
        path = tmp_path / "a.parquet"
        pq.write_table(table, path, row_group_size=70, compression="zstd")
        self.written(path, record_format("a.parquet"), False, [Edit(0, 2, "Thôn")])
        got = pq.read_table(tmp_path / "out.parquet")
        assert got.schema.equals(pq.read_schema(path), check_metadata=True)
        assert got.column("text").to_pylist() == [
            t and t.replace("Xã", "Thôn") for t in table.column("text").to_pylist()
        ]
        assert got.drop_columns(["text"]).equals(table.drop_columns(["text"]))
        assert pq.ParquetFile(tmp_path / "out.parquet").metadata.row_group(0).column(0).compression == "ZSTD"

    def test_columns_are_added_behind_the_others(self, table: Any, tmp_path: Path) -> None:
        pq = pytest.importorskip("pyarrow.parquet")
        path = tmp_path / "a.parquet"
        pq.write_table(table, path)
        self.written(path, record_format("a.parquet"), True, [])
        got = pq.read_table(tmp_path / "out.parquet")
        assert got.column_names == ["id", "text", "meta", "text_clean", "ntm_findings", "ntm_score"]
        assert got.select(["id", "text", "meta"]).equals(table)
        assert got.column("ntm_findings")[0].as_py()[0]["rule"] == "NTM101"
        assert got.slice(200).select(["text_clean", "ntm_findings", "ntm_score"]).to_pylist() == [
            {"text_clean": None, "ntm_findings": None, "ntm_score": None}
        ]

    def test_a_truncated_file_is_refused(self, table: Any, tmp_path: Path) -> None:
        pq = pytest.importorskip("pyarrow.parquet")
        path = tmp_path / "a.parquet"
        pq.write_table(table, path)
        path.write_bytes(path.read_bytes()[:-20])
        with pytest.raises(UnreadableError):
            copied(path, tmp_path / "out")


@pytest.mark.parametrize("wide", [False, True], ids=["string", "large string"])
def test_a_column_of_categories_is_text(tmp_path: Path, wide: bool) -> None:
    """As pandas writes it; the column stays one."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pq = pytest.importorskip("pyarrow.parquet")
    kind = pa.dictionary(pa.int32(), pa.large_string() if wide else pa.string())
    texts = ["Xã  đã làm đường.", "Thôn họp bàn.", None, "Xã  đã làm đường."] * 200
    path = tmp_path / "kho.parquet"
    pq.write_table(pa.table({"id": [f"r{i}" for i in range(800)], "text": pa.array(texts, kind)}), path)
    assert scan.run([str(path)], scan.Options({"lang": "en", "format": "jsonl", "workers": 1})) == 3  # null is no text
    out = tmp_path / "sach.parquet"
    assert clean.run([str(path)], Options({"lang": "en", "workers": 1}, output=str(out))) == 3
    table = pq.read_table(out)
    assert pa.types.is_dictionary(table.schema.field("text").type)
    assert table["text"].to_pylist() == [t and t.replace("  ", " ") for t in texts]
