"""The log: every line whole, nothing rewritten, a kill loses nothing that was answered."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ntm_repair.decisions import DecisionLog, in_force, read_log
from ntm_repair.errors import UsageError
from ntm_repair.ownlog import log_path
from ntm_repair.types import Anchor, Decision


def decision(fingerprint: str = "f1", action: str = "accept", undoes: int = 0, replacement: str = "mới") -> Decision:
    return Decision(
        number=0,
        at="2024-05-06T07:08:09Z",
        by="bien-tap",
        action=action,  # type: ignore[arg-type]
        rule="NTM101",
        fingerprint=fingerprint,
        anchor=Anchor(3, 6, "new", "nông thôn ", " đã", 1, 1),
        replacement=replacement,
        suggested_by="lexicon",
        scope="this",
        undoes=undoes,
        source_name="bai.txt",
        record="",
        source_sha256="0" * 64,
        tool_version="0.1.0",
        lexicon_sha256="1" * 64,
    )


def test_lines_are_numbered_and_come_back_as_written(tmp_path: Path) -> None:
    log = DecisionLog.open(tmp_path / "bai.decisions.jsonl")
    written = [log.append(decision("f1")), log.append(decision("f2", replacement="“trắng”"))]
    log.close()
    assert [d.number for d in written] == [1, 2]
    assert read_log(log.path) == written
    assert DecisionLog.open(log.path).decisions == written


def test_the_last_answer_holds_and_undo_brings_back_the_one_before(tmp_path: Path) -> None:
    log = DecisionLog.open(tmp_path / "a.jsonl")
    log.append(decision("f1", "keep"))
    log.append(decision("f1", "accept"))
    assert in_force(log.decisions)["f1"].action == "accept"
    log.append(decision("f1", "undo", undoes=2))
    assert in_force(log.decisions)["f1"].action == "keep"
    log.append(decision("f1", "undo", undoes=1))
    assert in_force(log.decisions) == {}
    assert len(log.path.read_bytes().splitlines()) == 4


@pytest.mark.parametrize("cut", [1, 20, -1])
def test_a_line_cut_short_is_dropped_and_the_next_is_whole(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.jsonl"
    log = DecisionLog.open(path)
    log.append(decision("f1"))
    log.append(decision("f2"))
    log.close()
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + second[:cut])
    assert [d.fingerprint for d in read_log(path)] == ["f1"]
    log = DecisionLog.open(path)
    log.append(decision("f3"))
    log.close()
    assert [d.fingerprint for d in read_log(path)] == ["f1", "f3"]


@pytest.mark.parametrize(
    "line", [b"{}\n", b"not json\n", b"[]\n", b"\xff\n", b'{"format": 2}\n', b'{"format": 1, "action": "accept"}\n']
)
def test_a_broken_line_is_named_and_the_file_left_alone(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "a.jsonl"
    log = DecisionLog.open(path)
    log.append(decision())
    log.close()
    path.write_bytes(path.read_bytes() + line)
    before = path.read_bytes()
    with pytest.raises(UsageError) as error:
        DecisionLog.open(path)
    assert error.value.message.values["line"] == 2
    assert path.read_bytes() == before


def test_a_line_taken_out_by_hand_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    log = DecisionLog.open(path)
    for name in "abc":
        log.append(decision(name))
    log.close()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])
    with pytest.raises(UsageError):
        read_log(path)


def test_a_second_review_is_kept_out(tmp_path: Path) -> None:
    log = DecisionLog.open(tmp_path / "a.jsonl")
    log.append(decision())
    with pytest.raises(UsageError) as error:
        DecisionLog.open(log.path)
    assert error.value.message.key == "error.log_in_use"
    log.close()
    assert len(DecisionLog.open(log.path).decisions) == 1


def test_a_review_without_answers_leaves_no_log(tmp_path: Path) -> None:
    log = DecisionLog.open(tmp_path / "a.jsonl")
    log.close()
    assert not log.path.exists()


def test_the_log_lies_beside_the_article() -> None:
    assert log_path(Path("kho/bai.txt")) == Path("kho/bai.decisions.jsonl")


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_decisions import decision
from ntm_repair.decisions import DecisionLog
log = DecisionLog.open(Path(sys.argv[1]))
while True:
    print(log.append(decision(f"f{len(log.decisions)}", replacement="mới " * 200)).number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    acknowledged = 0
    for attempt in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parent)],
            stdout=subprocess.PIPE,
            env=environment,
        )
        assert writer.stdout is not None
        said = writer.stdout.readline()
        time.sleep(0.013 * attempt)
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.read()
        writer.wait()
        whole = said[: said.rfind(b"\n")].splitlines()
        acknowledged = int(whole[-1])
        assert len(read_log(path)) >= acknowledged
    numbers = [json.loads(line)["number"] for line in path.read_bytes().splitlines()[:acknowledged]]
    assert numbers == list(range(1, acknowledged + 1))


_ON_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from test_decisions import decision
from ntm_repair.decisions import DecisionLog, read_log
from ntm_repair.errors import WriteError

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
log = DecisionLog.open(path)
log.append(decision())
whole = path.read_bytes()
resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + int(sys.argv[2]), resource.RLIM_INFINITY))
for _ in range(2):
    try:
        log.append(decision())
    except WriteError:
        assert path.read_bytes() == whole
    else:
        sys.exit("a line that does not fit was acknowledged")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
log.append(decision())
log.append(decision())
log.close()
print([d.number for d in read_log(path)])
"""


@pytest.mark.parametrize("room", [0, 1, 40])
def test_a_line_that_the_disk_has_no_room_for_is_refused_and_the_log_stays_whole(tmp_path: Path, room: int) -> None:
    command = [sys.executable, "-c", _ON_A_FULL_DISK, str(tmp_path / "a.decisions.jsonl"), str(room)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent, check=False)
    assert (done.returncode, done.stdout) == (0, "[1, 2, 3]\n"), done.stderr
