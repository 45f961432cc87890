"""`clean --out-dir` as a user runs it: real processes, kills, full disks, changing files, always the same bytes."""

from __future__ import annotations

import ctypes
import gzip
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from ntm_repair.accept import Accept
from ntm_repair.batch.journal import Journal
from ntm_repair.batch.plan import plan
from ntm_repair.batch.run import Run
from ntm_repair.batch.tasks import Settings
from ntm_repair.errors import UsageError
from ntm_repair.files import STATE

ARTICLE = """Làm đường ở Khe Sơn

Sáng 12/5, xã Khe Sơn khởi công tuyến đường liên thôn dài hai cây số, to finish the plan of the year trước thời hạn.

Bà con thôn Khe Sơn góp công làm đường

Bà con thôn Khe Sơn góp công làm đường

Đến nay, mặt đường đã đổ xong bê tông, xe vào tận ngõ.
"""
CLEAN = "Họp dân\n\nHôm qua, thôn họp bàn việc làm đường, ai cũng đồng tình góp công.\n"


def run(*arguments: str, cwd: Path, expect: int, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ntm_repair", *arguments, "--lang", "en"]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, **options)  # type: ignore[call-overload]
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return done  # type: ignore[no-any-return]


def tree(folder: Path) -> dict[str, str]:
    """Every result of a run and its hash; what the run keeps for itself is not compared."""
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and STATE not in p.parts
    }


def records(count: int) -> bytes:
    rows = ({"id": f"r{i}", "text": ARTICLE if i % 3 else CLEAN, "n": [i]} for i in range(count))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    (folder / "con").mkdir(parents=True)
    (folder / "bai.txt").write_text(ARTICLE)
    (folder / "con" / "bai.md").write_bytes(b"\xef\xbb\xbf" + CLEAN.replace("\n", "\r\n").encode())
    (folder / "con" / "rong.txt").write_bytes(ARTICLE.encode("utf-16"))
    (folder / "trang.html").write_text("".join(f"<p>{p}</p>\n" for p in ARTICLE.split("\n\n")))
    bad = b'khong phai json\n\n{"text": 5}\n{"id": "nul", "text": "a\\u0000 \\ud800 x\xc3\xa3"}\n'
    (folder / "nhieu.jsonl").write_bytes(records(6) + bad + records(2)[:-1])
    (folder / "nen.jsonl.gz").write_bytes(gzip.compress(records(4)))
    (folder / "hong.jsonl.gz").write_bytes(gzip.compress(records(4))[:-9])
    (folder / "bang.csv").write_text(f'id,text,note\n1,"{ARTICLE}",x\n2,{CLEAN.split()[0]},"y, z"\n')
    (folder / "trong.txt").write_bytes(b"")
    (folder / "bai.txt").chmod(0o640)
    return folder


def test_a_mixed_folder(corpus: Path) -> None:
    done = run("clean", "kho", "--out-dir", "ra", cwd=corpus.parent, expect=3)
    out = corpus.parent / "ra"
    assert set(tree(out)) == set(tree(corpus)) | {"manifest.jsonl", "failures.jsonl", "summary.json"}
    assert (out / "bai.txt").read_text() == ARTICLE.replace(f"{ARTICLE.split(chr(10) * 2)[2]}\n\n", "", 1)
    assert (out / "bai.txt").stat().st_mode & 0o777 == 0o640
    for name in ("con/bai.md", "hong.jsonl.gz", "trong.txt"):
        assert (out / name).read_bytes() == (corpus / name).read_bytes()
    before, after = ((f / "nhieu.jsonl").read_bytes().split(b"\n") for f in (corpus, out))
    assert len(before) == len(after)
    assert [a == b for a, b in zip(before, after, strict=True)] == [False] * 6 + [True] * 3 + [False] * 3
    added = json.loads(after[1])
    assert list(added) == ["id", "text", "n", "text_clean", "ntm_findings", "ntm_score"]
    assert added["text"] == ARTICLE
    assert added["text_clean"] == (out / "bai.txt").read_text()
    failures = [json.loads(line) for line in (out / "failures.jsonl").read_text().splitlines()]
    assert [(f["output"], f["line"], f["error"]) for f in failures] == [
        ("hong.jsonl.gz", None, "damaged"),
        ("nhieu.jsonl", 7, "not_object"),
        ("nhieu.jsonl", 9, "not_text"),
        ("trong.txt", None, "empty"),
    ]
    manifest = [json.loads(line) for line in (out / "manifest.jsonl").read_text().splitlines()]
    hashes = tree(out)
    assert {m["output"]: m["output_sha256"] for m in manifest} == {m["output"]: hashes[m["output"]] for m in manifest}
    assert {m["output"]: m["sha256"] for m in manifest} == tree(corpus)
    assert "4 failures" in done.stderr


def test_one_and_three_workers_give_the_same_bytes(corpus: Path) -> None:
    run("clean", "kho", "--out-dir", "mot", cwd=corpus.parent, expect=3)
    run("clean", "kho", "--out-dir", "ba", "--workers", "3", cwd=corpus.parent, expect=3)
    assert tree(corpus.parent / "mot") == tree(corpus.parent / "ba")


def test_a_second_run_has_nothing_to_do_until_something_changes(corpus: Path) -> None:
    run("clean", "kho", "--out-dir", "ra", cwd=corpus.parent, expect=3)
    out = corpus.parent / "ra"
    before, stamps = tree(out), {p: p.stat().st_ino for p in out.rglob("*.txt")}
    assert "9 files were done already" in run("clean", "kho", "--out-dir", "ra", cwd=corpus.parent, expect=3).stderr
    assert tree(out) == before
    assert {p: p.stat().st_ino for p in out.rglob("*.txt")} == stamps
    (corpus / "bai.txt").write_text(CLEAN)
    (out / "trang.html").unlink()
    assert "7 files were done already" in run("clean", "kho", "--out-dir", "ra", cwd=corpus.parent, expect=3).stderr
    assert (out / "bai.txt").read_text() == CLEAN
    assert tree(out)["trang.html"] == before["trang.html"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("victim", ["parent", "worker"])
def test_kill_9_loses_nothing(tmp_path: Path, victim: str) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    for i in range(6):
        (folder / f"{i}.txt").write_text(ARTICLE * 5)
    (folder / "nhieu.jsonl").write_bytes(records(60))
    run("clean", "kho", "--out-dir", "nguyen", cwd=tmp_path, expect=1)
    whole = tree(tmp_path / "nguyen")
    for attempt in range(2):
        out = f"ra{attempt}"
        command = [sys.executable, "-m", "ntm_repair", "clean", "kho", "--out-dir", out, "--workers", "2"]
        running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
        until = time.monotonic() + 30
        # Wait for the first finished result, then a little more each time.
        while not (tmp_path / out / STATE / "done.jsonl").exists() and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.4 * attempt)
        if victim == "parent":
            running.kill()
            running.communicate()
            part = tree(tmp_path / out)
            assert part.items() <= whole.items()
            run("clean", "kho", "--out-dir", out, "--workers", "2", cwd=tmp_path, expect=1)
        else:
            for child in _children(running.pid):
                os.kill(child, signal.SIGKILL)
            running.communicate()
            assert running.returncode == 1
        assert tree(tmp_path / out) == whole
        assert not (tmp_path / out / STATE / "tmp").exists()


def _children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in listed.stdout.split()][-1:]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on file size")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_full_disk_is_one_line_and_the_run_goes_on_later(corpus: Path, workers: str) -> None:
    def small() -> None:
        # As on a full disk, writing fails half way: here because no file may grow over 4 KB.
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    (corpus / "z.jsonl").write_bytes(records(40))
    arguments = ("clean", "kho", "--out-dir", "ra", "--workers", workers)
    done = run(*arguments, cwd=corpus.parent, expect=2, preexec_fn=small)
    assert len(done.stderr.splitlines()) == 1
    assert "the disk is full" in done.stderr
    assert not list((corpus.parent / "ra").rglob("*tmp*"))
    run(*arguments, cwd=corpus.parent, expect=3)
    run("clean", "kho", "--out-dir", "nguyen", cwd=corpus.parent, expect=3)
    assert tree(corpus.parent / "ra") == tree(corpus.parent / "nguyen")


CHANGED = """
import sys
from pathlib import Path
from ntm_repair.batch import shards, worker
real = worker.Cleaner.__call__
def changing(self, task):
    outcome = real(self, task)
    for one in getattr(task, "tasks", (task,)):
        path = Path(one.shape.path if hasattr(one, "shape") else one.path)
        if "yen" not in path.name:
            path.write_bytes(path.read_bytes() + b"\\n")
    return outcome
worker.Cleaner.__call__ = changing
sys.argv[1:] = ["clean", "kho", "--out-dir", "ra", "--lang", "en"]
from ntm_repair.cli import main
main()
"""


def test_a_file_that_changes_meanwhile_gets_no_result_and_is_taken_up_next_time(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "bai.txt").write_text(ARTICLE)
    (folder / "nhieu.jsonl").write_bytes(records(3))
    (folder / "yen.txt").write_text(ARTICLE)
    done = subprocess.run([sys.executable, "-c", CHANGED], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert set(tree(tmp_path / "ra")) == {"yen.txt", "manifest.jsonl", "failures.jsonl", "summary.json"}
    assert done.stderr.count("was changed while it was read") == 2
    run("clean", "kho", "--out-dir", "ra", cwd=tmp_path, expect=1)
    assert set(tree(folder)) < set(tree(tmp_path / "ra"))
    assert (tmp_path / "ra" / "failures.jsonl").read_bytes() == b""


def bound_by_permissions() -> None:
    """In a child about to become another program: root keeps its name and loses the right to pass over permissions."""
    if os.geteuid() == 0:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.skipif(sys.platform == "win32", reason="permissions do not work like this")
def test_an_unreadable_file_is_told_and_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    for name in ("bai.txt", "khoa.txt"):
        (folder / name).write_text(ARTICLE)
    (folder / "khoa.jsonl").write_bytes(records(2))
    locked = [folder / "khoa.txt", folder / "khoa.jsonl"]
    for path in locked:
        path.chmod(0)
    reading = [sys.executable, "-c", "open('kho/khoa.txt')"]
    tried = subprocess.run(reading, cwd=tmp_path, capture_output=True, preexec_fn=bound_by_permissions, check=False)
    if not tried.returncode:
        pytest.skip("permissions do not bind this user, and it cannot give that up")
    done = run("clean", "kho", "--out-dir", "ra", cwd=tmp_path, expect=3, preexec_fn=bound_by_permissions)
    for path in locked:
        assert f"kho/{path.name}: cannot be read (Permission denied); check its permissions" in done.stderr
    assert "2 files have no result" in done.stderr
    assert {p.name for p in (tmp_path / "ra").iterdir()} & {"bai.txt", "khoa.txt", "khoa.jsonl"} == {"bai.txt"}
    for path in locked:
        path.chmod(0o644)
    again = run("clean", "kho", "--out-dir", "ra", cwd=tmp_path, expect=1)
    assert "1 file was done already" in again.stderr
    assert (tmp_path / "ra" / "khoa.txt").read_bytes() == (tmp_path / "ra" / "bai.txt").read_bytes()
    assert (tmp_path / "ra" / "failures.jsonl").read_bytes() == b""


DYING = """
import os, signal, sys
from ntm_repair.batch import worker
real = worker.Cleaner.__call__
def dying(self, task):
    for one in getattr(task, "tasks", (task,)):
        if "chet" in (one.shape.path if hasattr(one, "shape") else one.path):
            os.kill(os.getpid(), signal.SIGKILL)
    return real(self, task)
worker.Cleaner.__call__ = dying
if __name__ == "__main__":
    from ntm_repair.cli import main
    sys.argv[1:] = ["clean", "kho", "--out-dir", "ra", "--workers", "2", "--lang", "en"]
    main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_an_article_that_kills_its_worker_is_passed_on_and_the_rest_is_done(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    for name in ("a.txt", "chet.txt", "z.txt"):
        (folder / name).write_text(ARTICLE)
    (folder / "chet.jsonl").write_bytes(records(2))
    script = tmp_path / "dying.py"
    script.write_text(DYING)
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    for name in ("chet.txt", "chet.jsonl"):
        assert (tmp_path / "ra" / name).read_bytes() == (folder / name).read_bytes()
    assert (tmp_path / "ra" / "z.txt").read_text() != ARTICLE
    failures = [json.loads(line) for line in (tmp_path / "ra" / "failures.jsonl").read_text().splitlines()]
    assert [(f["output"], f["line"], f["error"]) for f in failures] == [
        ("chet.jsonl", 1, "worker_died"),
        ("chet.jsonl", 2, "worker_died"),
        ("chet.txt", None, "worker_died"),
    ]


def test_other_settings_and_foreign_folders_are_refused(corpus: Path) -> None:
    place = corpus.parent
    run("clean", "kho", "--out-dir", "ra", cwd=place, expect=3)
    assert "(columns)" in run("clean", "kho", "--out-dir", "ra", "--no-columns", cwd=place, expect=2).stderr
    run("clean", "kho", "--out-dir", "ra", "--no-columns", "--overwrite", cwd=place, expect=3)
    assert "text_clean" not in (place / "ra" / "nhieu.jsonl").read_text()
    (place / "khac").mkdir()
    (place / "khac" / "quy.txt").write_text("của người khác")
    run("clean", "kho", "--out-dir", "khac", cwd=place, expect=2)
    run("clean", "kho", "--out-dir", "kho", cwd=place, expect=2)
    run("clean", "kho", "--out-dir", "kho/bai.txt", cwd=place, expect=2)
    assert (place / "khac" / "quy.txt").read_text() == "của người khác"


def test_without_columns_and_decisions_records_without_safe_findings_come_back_whole(tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    whole = gzip.compress(records(1) * 5, mtime=5)
    (tmp_path / "kho" / "a.jsonl.gz").write_bytes(whole)
    run("clean", "kho", "--out-dir", "ra", "--no-columns", cwd=tmp_path, expect=0)
    assert (tmp_path / "ra" / "a.jsonl.gz").read_bytes() == whole


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    first = Journal(tmp_path / "ra", {}, False)
    with pytest.raises(UsageError) as error:
        Journal(tmp_path / "ra", {}, False)
    assert error.value.message.key == "error.out_in_use"
    first.close()
    Journal(tmp_path / "ra", {}, False).close()


@pytest.mark.parametrize("cut", [1, 30, -1])
def test_a_journal_line_cut_short_is_not_done(tmp_path: Path, cut: int) -> None:
    journal = Journal(tmp_path / "ra", {}, False)
    for name in ("a", "b"):
        (tmp_path / "ra" / name).write_bytes(b"12345")
        journal.note({"output": name, "stamp": [1, 2], "made_of": "x", "bytes": 5})
    journal.close()
    path = tmp_path / "ra" / STATE / "done.jsonl"
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + second[:cut])
    journal = Journal(tmp_path / "ra", {}, False)
    assert [journal.is_done(n, (1, 2), "x") for n in ("a", "b")] == [True, False]
    assert not journal.is_done("a", (1, 3), "x")
    assert not journal.is_done("a", (1, 2), "y")
    journal.note({"output": "b", "stamp": [1, 2], "made_of": "x", "bytes": 5})
    journal.close()
    assert len(path.read_bytes().splitlines()) == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_tells_every_byte_once(corpus: Path, workers: int) -> None:
    told: list[float] = []
    shards = plan([str(corpus)], corpus.parent / "ra")
    out, settings = corpus.parent / "ra", Settings(columns=True, accept=Accept("none", 1.0))
    for _ in range(2):  # the second time everything is there
        told.clear()
        Run(shards, out, settings, "en", lambda size, tally: told.append(size)).clean(workers)
        assert sum(told) == pytest.approx(sum(p.stat().st_size for p in corpus.rglob("*") if p.is_file()))


def test_files_taken_together_come_to_what_each_comes_to(tmp_path: Path) -> None:
    """Many small ones, so that they are looked at together; one that cannot be read, and one too large, among them."""
    folder = tmp_path / "kho"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(ARTICLE * (1 + number % 3), "utf-8")
    (folder / "11.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "23.txt").write_text(ARTICLE * (1 + (1 << 16) // len(ARTICLE.encode())), "utf-8")
    alone = "import ntm_repair.batch.bundles as b; b.MOST_FILES = 1; b.FEWEST = 10**9; "
    for place, first in (("rieng", alone), ("chung", "")):
        program = (
            f"{first}import sys; sys.argv[1:] = ['clean', 'kho', '--out-dir', {place!r}, '--workers', '1'];"
            "from ntm_repair.cli import main; main()"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 3, done.stderr
    assert tree(tmp_path / "rieng") == tree(tmp_path / "chung")


def interrupted(arguments: list[str], cwd: Path) -> tuple[int, str]:
    """Exit code and stderr of a command that Ctrl-C meets while it works."""
    command = [sys.executable, "-m", "ntm_repair", *arguments, "--lang", "en"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # tests in the background are started deaf to it
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=cwd, stdout=pipe, stderr=pipe, env=environment, preexec_fn=heard)
    try:
        if arguments[0] == "scan":
            assert process.stdout is not None
            process.stdout.read(1)
        else:
            deadline = time.monotonic() + 60
            while not (cwd / "ra" / "a0.txt").exists() and time.monotonic() < deadline:
                time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    return process.returncode, said.decode()


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("scan kho --format jsonl --workers 2", "Interrupted; for the whole result run the same command again."),
        (
            "clean kho --out-dir ra --workers 2",
            "results that are done are safe in ra. Run the same command again to go",
        ),
    ],
)
def test_ctrl_c_says_what_to_do(tmp_path: Path, command: str, says: str) -> None:
    (tmp_path / "kho").mkdir()
    for number in range(1500):
        (tmp_path / "kho" / f"a{number}.txt").write_text(ARTICLE * 20, "utf-8")
    code, said = interrupted(command.split(), tmp_path)
    assert code == 130, said
    assert "Traceback" not in said
    assert said.splitlines()[-1].startswith("Interrupted; ")
    assert says in said
