"""A corpus of any size through the command line: speed, and the memory of every process as it goes.

    python benchmarks/corpus.py FOLDER --size 1000 --workers 1 2

writes JSON lines of SIZE million bytes and runs `ntm-repair clean IN --out-dir OUT --workers N` on them (with --scan:
`ntm-repair scan IN --format jsonl -o OUT`). Printed for each N: million bytes a second of wall clock and of processor
time; of every process the resident memory when 10, 25, 50, 75 and 100 % of the input was read, its peak, and by how
much the peak after the half is above that before it. Flat memory shows as a few per cent and does not grow with SIZE.
The results for several N are compared byte for byte. Needs Linux (/proc).

FOLDER holds evaluation texts (`clean/*.jsonl`, `english/*.txt`); without it the texts are the project's own. A gigabyte
has to be made of half a megabyte of text, so sentences are put together anew: the beginning of one with the end of
another, other figures in it, in articles of a few kilobytes. How many of the sentences are different is printed; the
words and their pairs do repeat, so caches of single words are warm as they would be in any corpus. One article in
twenty is damaged. The same SIZE, seed and texts give the same corpus. `--keep PLACE` leaves corpus and results there,
and takes up a corpus that is there.

A gigabyte takes about 3 GB of disk and, at R MB/s, 1000 / R seconds for each N: try `--size 20` first. Below some 20
million bytes most of the input is read before the first article is done, and the columns say little.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import regex

sys.path.insert(0, str(Path(__file__).parent))

import texts

SHARES = (10, 25, 50, 75, 100)
"""Per cent of the input read, at which memory is printed."""
EVERY_SECONDS = 0.2
"""Between two looks at the processes: short peaks are seen by the system's own high-water mark."""
SENTENCES = (12, 30)
"""In an article, from and to; with a line break after every third or so."""
WHOLE = 0.1
"""The share of the sentences taken as they are: those without a comma, which cannot be put together anew."""
DAMAGED = 0.05
"""The share of the articles that are damaged."""
_SENTENCE = regex.compile(r"[^.!?\n]{30,400}[.!?]+")
_DIGIT = regex.compile(r"(?<=\d)\d")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--size", type=float, default=10, help="million bytes of JSON lines (default: 10)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--shards", type=int, default=1, help="files the corpus is cut into (default: 1)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="PLACE", help="leave corpus and results in this folder")
    parser.add_argument("--scan", action="store_true", help="scan instead of clean")
    options = parser.parse_args()
    if not Path("/proc/self/statm").exists():
        sys.exit("needs Linux: the memory of the processes is read from /proc")
    with tempfile.TemporaryDirectory() as temporary:
        place = options.keep or Path(temporary)
        source = place / f"corpus-{options.size:g}-{options.shards}-{options.seed}"
        if not source.is_dir():
            write_corpus(options.folder, source, int(options.size * 1e6), options.shards, options.seed)
        results = [measure(source, place, n, options.scan) for n in options.workers]
        for other in results[1:]:
            same = filecmp.dircmp(results[0], other, ignore=[".ntm-repair"])
            equal = not (same.diff_files or same.left_only or same.right_only)
            print(f"{results[0].name} and {other.name}: {'the same bytes' if equal else 'DIFFERENT'}")


# The corpus


def write_corpus(folder: Path | None, place: Path, size: int, shards: int, seed: int) -> None:
    """JSON lines of `size` bytes in files of equal length, written under another name until they are whole."""
    made = place.with_name(f"{place.name}.part")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    rng = random.Random(seed)
    sentences = Sentences(folder, rng)
    runs = texts.english_runs(folder)
    written = articles = 0
    for shard in range(shards):
        until = size * (shard + 1) // shards
        with (made / f"{shard:04}.jsonl").open("wb") as file:
            while written < until:
                text = sentences.article()
                if rng.random() < DAMAGED:
                    text = texts.damaged([text], runs)[0]
                row = {"id": f"{articles:08}", "text": text, "url": f"https://example.vn/{articles}"}
                written += file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                articles += 1
    made.rename(place)
    different = len(sentences.seen) / sentences.count
    print(f"{written / 1e6:,.1f} MB in {articles:,} articles, {sentences.count:,} sentences, {different:.1%} different")


class Sentences:
    """Sentences put together from halves of others, and how many of them are different."""

    def __init__(self, folder: Path | None, rng: random.Random) -> None:
        self._rng = rng
        self.seen: set[int] = set()
        self.count = 0
        whole = [s.strip() for a in texts.clean_articles(folder) for s in _SENTENCE.findall(a)]
        halves = [(s[: s.index(", ") + 1], s[s.rindex(", ") + 1 :]) for s in whole if ", " in s]
        self._whole = [s for s in whole if ", " not in s]
        self._first = [first for first, _ in halves]
        self._last = [last for _, last in halves]

    def article(self) -> str:
        rng = self._rng
        lines: list[str] = []
        line: list[str] = []
        for _ in range(rng.randint(*SENTENCES)):
            line.append(self._sentence())
            if rng.random() < 0.35:
                lines.append(" ".join(line))
                line = []
        return "\n\n".join([*lines, " ".join(line)] if line else lines)

    def _sentence(self) -> str:
        rng = self._rng
        if rng.random() < WHOLE:
            made = rng.choice(self._whole)
        else:
            made = rng.choice(self._first) + rng.choice(self._last)
        made = _DIGIT.sub(lambda _: str(rng.randrange(10)), made)
        self.seen.add(hash(made))
        self.count += 1
        return made


# The run


@dataclass
class Process:
    """The resident memory of a process: by share of the input read, and its peaks in either half, in kilobytes."""

    name: str
    at: dict[int, int] = field(default_factory=dict)
    halves: list[int] = field(default_factory=lambda: [0, 0])
    peak: int = 0
    last: int = 0

    def saw(self, share: float, resident: int, peak: int) -> None:
        """Note what it holds while `share` per cent of the input was read."""
        for passed in SHARES:
            if share >= passed:
                self.at.setdefault(passed, resident)
        if share >= SHARES[0]:
            half = int(share > 50)
            self.halves[half] = max(self.halves[half], resident)
        self.peak = max(self.peak, peak)
        self.last = resident


def measure(source: Path, place: Path, workers: int, scan: bool) -> Path:
    """One run; prints its figures and returns the folder of its results."""
    out = place / f"{'scan' if scan else 'clean'}-{workers}"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    command = [sys.executable, "-m", "ntm_repair", "scan" if scan else "clean", str(source), "--workers", str(workers)]
    command += (
        ["--format", "jsonl", "-o", str(out / "report.jsonl"), "--exit-zero"] if scan else ["--out-dir", str(out)]
    )
    size = sum(p.stat().st_size for p in source.iterdir())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    processes: dict[int, Process] = {}
    while running.poll() is None:
        look(running.pid, source, size, processes)
        time.sleep(EVERY_SECONDS)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = running.stderr.read() if running.stderr else ""
    if running.returncode not in (0, 1):
        sys.exit(f"exit code {running.returncode}: {said.strip()}")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    rates = f"{size / seconds / 1e6:.3f} MB/s of wall clock, {size / cpu / 1e6:.3f} MB a processor second"
    print(f"\n{out.name}: {size / 1e6:,.1f} MB in {seconds:,.1f} s: {rates}")
    table(list(processes.values()))
    return out


def look(root: int, source: Path, size: int, processes: dict[int, Process]) -> None:
    """Note the memory of a process and of those it started."""
    tree = list(descendants(root))
    share = 100 * read_of(root, source) / size
    for pid in tree:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue  # ended meanwhile
        values = {k: v.split()[0] for k, _, v in (line.partition(":") for line in status.splitlines()) if v.split()}
        if b"resource_tracker" in command or "VmRSS" not in values:
            continue
        known = processes.setdefault(pid, Process("parent" if pid == root else f"worker {len(processes)}"))
        known.saw(share, int(values["VmRSS"]), int(values["VmHWM"]))


def descendants(root: int) -> Iterator[int]:
    """The process and all below it."""
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from descendants(int(child))


_through: dict[Path, int] = {}


def read_of(pid: int, source: Path) -> int:
    """How many bytes of the corpus the process has read: of files passed all, of open ones up to where it is."""
    try:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            path = Path(link.readlink())
            if path.parent == source.resolve():
                position = Path(f"/proc/{pid}/fdinfo/{link.name}").read_text().split()[1]
                _through[path] = max(_through.get(path, 0), int(position))
    except (OSError, IndexError):
        pass  # closed while it was looked at
    opened = sorted(_through)
    passed = sum(p.stat().st_size for p in opened[:-1])
    return passed + (_through[opened[-1]] if opened else 0)


def table(processes: Collection[Process]) -> None:
    """Resident memory of each process, in megabytes."""
    print("  resident MB   " + "".join(f"{f'{s} %':>8}" for s in SHARES) + f"{'peak':>8}   second half over first")
    for process in processes:
        for share in SHARES:
            process.at.setdefault(share, process.last)
        row = "".join(f"{process.at[s] / 1024:8.0f}" for s in SHARES) + f"{process.peak / 1024:8.0f}"
        first, second = process.halves
        growth = f"{100 * (second - first) / first:+.1f} %" if first and second else "too short to tell"
        print(f"  {process.name:<14}{row}   {growth}")
    _through.clear()


if __name__ == "__main__":
    main()
