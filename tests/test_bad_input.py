"""What people give by mistake: one clear line, the right exit code, no traceback, and nothing written.

Every case is a real process on real files, forked with the tables already loaded, which is most of a start.
"""

from __future__ import annotations

import contextlib
import gc
import gzip
import importlib
import io
import json
import os
import resource
import shlex
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("processes are forked", allow_module_level=True)

from ntm_repair import cli
from ntm_repair.errors import RepairError
from ntm_repair.pipeline import load_resources

ARTICLE = "Sáng nay xã làm đường mới.\n\nCó 12 xã to finish the plan of the year đã về đích.\n"
RECORD = json.dumps({"text": ARTICLE}) + "\n"
NOBODY = 65534


@dataclass(frozen=True)
class Case:
    """A command line, its exit code, and what the line on stderr says about the cause and the way out."""

    arguments: str
    code: int
    says: tuple[str, ...]
    lines: int = 1


def make(folder: Path) -> None:
    """A folder of everything that goes wrong."""
    packed = gzip.compress(RECORD.encode() * 400)
    files: dict[str, bytes] = {
        "bai.txt": ARTICLE.encode(),
        "khac.txt": "Một bài khác hẳn, không có chỗ nào hỏng.\n".encode(),
        "rong.txt": b"",
        "nhi-phan.txt": bytes(range(256)) * 12,
        "hong.txt": "Xã đã làm đường.\n".encode() * 40 + b"\xff\xfe\xc3\x28" + "Thôn đã xong.\n".encode() * 40,
        "tu-dien.tsv": "term\tkind\taliases\tenglish\tnote\nnông thôn mới\n".encode(),
        "gia.jsonl.gz": b"this is no gzip file",
        "cut.jsonl.gz": packed[: len(packed) // 2],
        "cut.parquet": b"PAR1" + b"\0" * 300,
        "khong-phai.docx": b"this is no zip file",
        "nhieu.jsonl": (
            RECORD + json.dumps({"text": 5}) + "\nkhông phải JSON\n" + json.dumps({"noi_dung": ARTICLE}) + "\n"
        ).encode(),
        "nul.jsonl": (json.dumps({"text": "Xã \0 làm \ud800 đường."}) + "\n").encode(),
        "la.jsonl": b"nonsense\n",
        "ntm-sai.toml": b"worker = 2\n",
        "ntm-cu-phap.toml": b"workers = = 2\n",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "thu-muc-rong").mkdir()


CASES = [
    # what is named
    Case("scan khong-co.txt", 2, ("khong-co.txt", "check the path")),
    Case("clean khong-co.txt", 2, ("khong-co.txt", "check the path")),
    Case("review khong-co.txt", 2, ("khong-co.txt", "check the path")),
    Case("scan thu-muc-rong", 2, ("thu-muc-rong", ".docx", "name the right folder")),
    Case("clean thu-muc-rong", 2, ("thu-muc-rong", "name the right folder")),
    Case("scan", 2, ("name a file",)),
    Case("scan bai.txt --file-list khong-co.lst", 2, ("khong-co.lst", "check the path")),
    # what is in it
    Case("scan rong.txt", 3, ("rong.txt", "empty", "check the export")),
    Case("clean rong.txt", 3, ("rong.txt", "empty")),
    Case("scan nhi-phan.txt", 3, ("nhi-phan.txt", "not a text file", "export")),
    Case("clean nhi-phan.txt -o moi.txt", 3, ("nhi-phan.txt", "not a text file")),
    Case("scan hong.txt", 3, ("hong.txt", "line 41", "--encoding")),
    Case("clean hong.txt -o moi.txt", 3, ("hong.txt", "line 41", "--encoding")),
    Case("scan bai.txt --encoding utf-9", 2, ("utf-9", "cp1258")),
    Case("scan gia.jsonl.gz", 3, ("gia.jsonl.gz", "damaged", "get it again")),
    Case("scan cut.jsonl.gz", 3, ("cut.jsonl.gz", "damaged", "get it again")),
    Case("scan cut.parquet", 3, ("cut.parquet", "damaged", "get it again")),
    Case("scan khong-phai.docx", 3, ("khong-phai.docx", "Word", "save it anew")),
    Case("clean khong-phai.docx -o moi.docx", 3, ("khong-phai.docx", "Word")),
    Case("scan nhieu.jsonl", 3, ("nhieu.jsonl:2", "nhieu.jsonl:3", "nhieu.jsonl:4", "--text-field"), lines=4),
    Case("scan nul.jsonl --exit-zero", 0, (), lines=0),
    # what goes with it
    Case("scan bai.txt --lexicon tu-dien.tsv", 2, ("tu-dien.tsv:2", "5 are needed", "tabs")),
    Case("lexicon check tu-dien.tsv", 2, ("tu-dien.tsv:2", "5 are needed"), lines=2),
    Case("lexicon check tu-dien.tsv khong-co.tsv", 2, ("tu-dien.tsv:2", "khong-co.tsv: no such file"), lines=3),
    Case("lexicon check khong-co.tsv", 2, ("khong-co.tsv: no such file",)),
    Case('lexicon add "" --to moi.tsv', 2, ("the term is empty",)),
    Case("scan bai.txt --lexicon khong-co.tsv", 2, ("khong-co.tsv", "check the path")),
    Case("scan bai.txt --config khong-co.toml", 2, ("khong-co.toml", "check the path")),
    Case("scan bai.txt --config ntm-sai.toml", 2, ("ntm-sai.toml", "worker", "workers")),
    Case("scan bai.txt --config ntm-cu-phap.toml", 2, ("ntm-cu-phap.toml", "TOML")),
    Case("scan bai.txt --format nope", 2, ("nope", "sarif")),
    Case("rule NTM999", 2, ("NTM999", "NTM101, NTM102, NTM103")),
    Case("clean khac.txt --decisions so.jsonl -o moi.txt", 4, ("so.jsonl", "bai.txt", "nothing written")),
    Case("clean bai.txt --decisions la.jsonl -o moi.txt", 2, ("la.jsonl", "line 1", "restore it")),
    Case("clean bai.txt --decisions khong-co.jsonl -o moi.txt", 2, ("khong-co.jsonl", "check the path")),
    Case("decisions show la.jsonl", 2, ("la.jsonl", "line 1", "restore it")),
    Case("decisions show khong-co.decisions.jsonl", 2, ("khong-co.decisions.jsonl: no such decision log",)),
    # where it goes
    Case("clean bai.txt -o khong-co/moi.txt", 2, ("khong-co/moi.txt", "cannot be written")),
    Case("clean bai.txt -o thu-muc-rong", 2, ("thu-muc-rong", "cannot be written")),
    Case("clean bai.txt -o bai.txt", 2, ("bai.txt", "--in-place")),
    Case("clean bai.txt khac.txt -o moi.txt", 2, ("-o takes one article",)),
    Case("clean bai.txt --out-dir rong.txt", 2, ("rong.txt", "folder")),
    Case("clean bai.txt --out-dir .", 2, (".",)),
    # who is to answer
    Case("review bai.txt", 2, ("terminal", "--html", "clean")),
    Case("review bai.txt --line", 2, ("terminal", "--html", "clean")),
    Case("review -", 2, ("standard input", "save")),
]


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Everything that a command imports late, loaded once, by running one of each kind."""
    load_resources()
    place = tmp_path_factory.mktemp("warm")
    (place / "bai.txt").write_text(ARTICLE, encoding="utf-8")
    for command in ("scan", "clean --diff", "review --html x.html"):
        arguments = [*command.split(), str(place / "bai.txt")]
        with contextlib.suppress(SystemExit, RepairError), contextlib.redirect_stdout(io.StringIO()):
            cli.app([a.replace("x.html", str(place / "x.html")) for a in arguments])
    for module in ("pyarrow.parquet", "zstandard", "lxml.etree"):
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    gc.collect()
    gc.freeze()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make(tmp_path)
    anchor = {"start": 37, "end": 69, "text": "to finish the plan of the year", "before": "Có 12 xã ", "after": " đã"}
    line = {
        "format": 1, "number": 1, "at": "2024-05-02T08:00:00.000Z", "by": "lan", "action": "delete", "rule": "NTM101",
        "fingerprint": "0" * 16, "anchor": {**anchor, "occurrence": 1, "total": 1}, "replacement": "", "scope": "this",
        "source_sha256": "0" * 64, "source_name": "bai.txt", "suggested_by": "", "undoes": 0, "record": "",
        "tool_version": "0.1.0", "lexicon_sha256": "0" * 64, "offered": "", "note": "",
    }  # fmt: skip
    (tmp_path / "so.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    return tmp_path


def run(arguments: str, folder: Path, before: Callable[[], object] | None = None) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `ntm-repair ARGUMENTS` in `folder`, its standard input at its end."""
    out, err = folder.with_suffix(".out"), folder.with_suffix(".err")
    pid = os.fork()
    if pid == 0:
        _child(shlex.split(arguments), folder, out, err, before)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return code, out.read_text("utf-8", "replace"), err.read_text("utf-8", "replace")


def _child(arguments: list[str], folder: Path, out: Path, err: Path, before: Callable[[], object] | None) -> None:
    status = 70
    try:
        signal.alarm(60)
        os.chdir(folder)
        for number, path, mode in ((0, Path(os.devnull), os.O_RDONLY), (1, out, os.O_CREAT), (2, err, os.O_CREAT)):
            flags = mode | (os.O_RDWR | os.O_TRUNC if number else 0)
            os.dup2(os.open(path, flags), number)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 - not pytest's
        if before is not None:
            before()
        sys.argv = ["ntm-repair", *arguments, "--lang", "en"]
        cli._LANGUAGE = "en"
        cli.main()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.arguments)
def test_one_line_says_what_where_and_what_to_do(folder: Path, case: Case) -> None:
    before = contents(folder)
    code, _, said = run(case.arguments, folder)
    assert "Traceback" not in said, said
    assert code == case.code, said
    assert len(said.splitlines()) == case.lines, said
    for words in case.says:
        assert words in said
    assert contents(folder) == before


@pytest.mark.parametrize("command", ["scan zu.txt", "clean zu.txt -o moi.txt", "scan zu.jsonl", "scan zu.docx"])
def test_a_file_that_may_not_be_read(folder: Path, command: str) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    name = command.split()[1]
    (folder / name).write_bytes(ARTICLE.encode())
    (folder / name).chmod(0)
    folder.chmod(0o777)
    code, _, said = run(command, folder, lambda: os.setuid(NOBODY))
    assert code == 3, said
    assert said == f"{name}: cannot be read (Permission denied); check its permissions\n"
    assert not (folder / "moi.txt").exists()


@pytest.mark.parametrize("command", ["scan kho", "clean kho --in-place", "scan kho/kin"])
def test_a_folder_that_may_not_be_looked_into(folder: Path, command: str) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    kho = folder / "kho"
    (kho / "kin").mkdir(parents=True)
    for path in (kho / "a.txt", kho / "kin" / "b.txt", kho / "z.txt"):
        path.write_text("Xã họp dân.\n", encoding="utf-8")
        path.chmod(0o666)
    (kho / "kin").chmod(0)
    folder.chmod(0o777)
    kho.chmod(0o777)
    try:
        code, shown, said = run(command, folder, lambda: os.setuid(NOBODY))
    finally:
        (kho / "kin").chmod(0o700)
    named = command == "scan kho/kin"
    assert code == (2 if named else 3), said
    assert "kho/kin: cannot be read (Permission denied); check its permissions\n" in said
    if command == "scan kho":
        assert "a.txt" in shown
        assert "z.txt" in shown


@pytest.mark.parametrize("command", ["scan bai.txt --format json", "scan bai.txt", "clean bai.txt", "rule", "doctor"])
def test_an_output_that_takes_no_more(folder: Path, command: str) -> None:
    def full() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    code, _, said = run(command, folder, full)
    assert code == 2, said
    assert said == "standard output: cannot be written (No space left on device)\n"


def test_a_folder_that_may_not_be_written_to(folder: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    folder.chmod(0o755)
    for where in ("-o moi.txt", "--in-place", "--out-dir moi"):
        code, _, said = run(
            f"clean bai.txt {where} --accept review --min-confidence 0", folder, lambda: os.setuid(NOBODY)
        )
        assert code == 2, said
        assert "cannot be written (Permission denied)" in said
        assert len(said.splitlines()) == 1, said
    assert not list(folder.glob("*moi*"))
    assert (folder / "bai.txt").read_bytes() == ARTICLE.encode()


def test_a_disk_that_takes_no_more(folder: Path) -> None:
    long = ARTICLE * 20
    (folder / "dai.txt").write_text(long, encoding="utf-8")

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))

    for where in ("-o moi.txt", "--in-place"):
        code, _, said = run(f"clean dai.txt {where} --accept review --min-confidence 0", folder, full)
        assert code == 2, said
        assert "cannot be written (File too large)" in said
        assert len(said.splitlines()) == 1, said
    assert not list(folder.glob("*moi*")), "half a file under its final name"
    assert (folder / "dai.txt").read_text("utf-8") == long


def test_the_reason_is_said_in_the_language_of_the_line() -> None:
    from ntm_repair.messages import say
    from ntm_repair.types import Message

    message = Message("error.write", {"path": "a/b.txt", "reason": "No space left on device"})
    assert say(message, "vi") == "a/b.txt: không ghi được (đĩa đã đầy); tệp cũ còn nguyên"
    assert "No space left on device" in say(message, "en")


def test_damaged_files_pass_through_a_folder_run_unchanged(folder: Path) -> None:
    names = ("gia.jsonl.gz", "cut.jsonl.gz", "cut.parquet", "khong-phai.docx", "rong.txt", "hong.txt")
    code, _, said = run(f"clean {' '.join(names)} bai.txt --out-dir moi", folder)
    assert code == 3
    assert "Traceback" not in said
    for name in names:
        assert (folder / "moi" / name).read_bytes() == (folder / name).read_bytes(), name
    failures = (folder / "moi" / "failures.jsonl").read_text("utf-8")
    assert all(name in failures for name in names)
    assert len(failures.splitlines()) == len(names)
