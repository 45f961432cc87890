"""How fast it is, and beside whom: one run, one table. `python benchmarks/speed.py [FOLDER]`.

Every figure is taken in a process of its own: half of the articles warm it up, as the millions before would, the other
half, which shares no sentence with them, is measured; then the halves change places. The best of several such runs is
kept, in process CPU time, start-up excluded. FOLDER holds evaluation texts; without it the texts are the project's own.
`--against FILE` compares with a stored run and says what moved; `--store FILE` stores one. Stored are ratios to a fixed
piece of work (splitting the text and looking its words up), which move less from machine to machine than seconds do.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import peers
import texts
from ntm_repair.article import Article
from ntm_repair.batch.feed import tasks
from ntm_repair.batch.pool import Pool
from ntm_repair.batch.scanner import Scanner
from ntm_repair.batch.tasks import Settings
from ntm_repair.commands.scan import Render
from ntm_repair.pipeline import load_resources, scan
from ntm_repair.report import rows
from ntm_repair.rules import RULES
from ntm_repair.types import Document, Source

MOVED = 1.15
"""Factor from which a ratio has moved: runs of one state on one machine differ by less."""
OWN = "put together from the project's own samples"
KINDS = {"clean": "clean articles", "mixture": "5 % of the articles damaged", "damaged": "every paragraph damaged"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", help="sections: end rules start memory length lexicon findings peers")
    parser.add_argument("--against", type=Path, default=Path(__file__).parent / "reference.json")
    parser.add_argument("--store", type=Path)
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.folder if options.folder and options.folder.is_dir() else None
    if options.measure:
        print(json.dumps(MEASURES[options.measure[0]](folder, *options.measure[1:])))
        return
    bench = Bench(folder, options.runs)
    print(f"{processor()}, Python {platform.python_version()}, {platform.system()}")
    texts_of = f"clean articles of {folder}" if folder else OWN
    print(f"texts: {texts_of}")
    for name, section in SECTIONS.items():
        if not options.only or name in options.only:
            section(bench)
    if options.store:
        options.store.write_text(json.dumps({"texts": texts_of, "ratios": bench.ratios}, indent=1) + "\n", "utf-8")
    elif options.against.exists():
        stored = json.loads(options.against.read_text("utf-8"))
        if stored["texts"] == texts_of:
            compare(bench.ratios, stored["ratios"])
        else:
            print(f"not compared: the stored run was on other texts ({stored['texts']})")


class Bench:
    """A run under way: measures in fresh processes, prints rows, keeps the ratios."""

    def __init__(self, folder: Path | None, runs: int) -> None:
        self.folder = folder
        self.runs = runs
        self.ratios: dict[str, float] = {}
        self.floor = self.best("floor", "0") + self.best("floor", "1")

    def child(self, *what: str) -> Any:
        command = [sys.executable, __file__, *([str(self.folder)] if self.folder else []), "--measure", *what]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(what)}: {done.stderr.strip().splitlines()[-1]}")
        return json.loads(done.stdout)

    def best(self, *what: str) -> float:
        """Seconds a byte, the best of the runs."""
        return float(min(self.child(*what) for _ in range(self.runs)))

    def rate(self, title: str, *what: str) -> float:
        """Measure, print and keep a rate over both halves."""
        seconds = self.best(*what, "0") + self.best(*what, "1")
        self.row(title, f"{2e-6 / seconds:9.2f} MB/s {seconds / self.floor:9.1f} x the floor")
        self.ratios[title] = round(seconds / self.floor, 2)
        return seconds / 2

    @staticmethod
    def row(title: str, value: str) -> None:
        print(f"  {title:<46}{value}", flush=True)


def end_to_end(bench: Bench) -> None:
    print("end to end: JSON lines in, all rules with suggestions, JSON lines out, one worker")
    bench.row("floor: split and look words up", f"{2e-6 / bench.floor:9.2f} MB/s")
    for kind, title in KINDS.items():
        bench.rate(title, "end", kind)
    if bench.folder and (bench.folder / "seed" / "article.txt").exists():
        bench.rate("the real article", "end", "seed")
    one, two = (min(bench.child("workers", str(n)) for _ in range(bench.runs)) for n in (1, 2))
    bench.row("two workers", f"{one / two:9.2f} x one (wall clock, {MIXED_TIMES} x the mixture)")


def by_rule(bench: Bench) -> None:
    print("rule by rule: clean articles, damaged ones")
    costs = [[bench.child("rules", kind, half) for half in "01" for _ in range(bench.runs)] for kind in KINDS]
    for code in costs[0][0]:
        clean, _, dirty = (min(run[code] for run in kind) for kind in costs)
        bench.row(code, f"{clean * 1e9:9.1f} ns/byte {dirty * 1e9:9.1f} ns/byte")


def start_up(bench: Bench) -> None:
    print("start-up, processor seconds of a fresh process")
    sample = str(texts.REPOSITORY / "samples" / "hoi-nghi-so-ket.txt")
    for title, command in (("ntm-repair --help", ["--help"]), ("scan of one article", ["scan", sample])):
        times = [cpu_of([str(Path(sys.executable).parent / "ntm-repair"), *command]) for _ in range(bench.runs + 1)]
        bench.row(title, f"{min(times):9.2f} s")


def memory(bench: Bench) -> None:
    print("peak memory")
    for kind in ("clean", "damaged"):
        bench.row(f"scan of the {kind} articles", f"{bench.child('memory', kind) / 1024:9.0f} MB")
    bench.row("one article of 10 MB", f"{bench.child('memory', '10000000') / 1024:9.0f} MB")


def by_length(bench: Bench) -> None:
    print("cost against the length of an article")
    for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000):
        bench.row(f"{size:,} bytes", f"{bench.child('length', str(size)) * 1e9:9.1f} ns/byte")


def by_lexicon(bench: Bench) -> None:
    print("cost against the size of the lexicon: damaged articles")
    for terms in (300, 3_000, 30_000):
        load, seconds = bench.child("lexicon", str(terms))
        bench.row(f"{terms:,} terms", f"{seconds * 1e9:9.1f} ns/byte, loaded in {load:.2f} s")


def by_findings(bench: Bench) -> None:
    print("cost against the number of findings in one article")
    for count in (10, 100, 1_000, 10_000):
        found, seconds = bench.child("findings", str(count))
        bench.row(f"{found:,} findings", f"{seconds / found * 1e6:9.1f} µs each")


def against_peers(bench: Bench) -> None:
    print("peers at their nearest job, on the clean articles")
    ours = bench.best("end", "clean", "0")
    bench.row("ntm-repair, all rules, start to end", f"{1e-6 / ours:9.2f} MB/s")
    costs = bench.child("rules", "clean", "0")
    english = sum(cost for title, cost in costs.items() if title[:6] in ("readin", "NTM101", "NTM102", "NTM103"))
    bench.row("ntm-repair, English residue only", f"{1e-6 / english:9.2f} MB/s {english / ours:9.2f} x our time")
    for name in (*peers.WHOLE, *peers.PEERS):
        seconds = bench.child("peer", name)
        if seconds is None:
            bench.row(name, "    not installed")
        else:
            bench.row(name, f"{1e-6 / seconds:9.3g} MB/s {seconds / ours:9.3g} x our time")


SECTIONS: dict[str, Callable[[Bench], None]] = {
    "end": end_to_end,
    "rules": by_rule,
    "start": start_up,
    "memory": memory,
    "length": by_length,
    "lexicon": by_lexicon,
    "findings": by_findings,
    "peers": against_peers,
}


def compare(now: dict[str, float], before: dict[str, float]) -> None:
    """Say what moved since the stored run."""
    moved = [
        f"  {title}: {before[title]:.1f} -> {ratio:.1f} x the floor ({'slower' if ratio > before[title] else 'faster'})"
        for title, ratio in now.items()
        if title in before and not 1 / MOVED < ratio / before[title] < MOVED
    ]
    print(*(["moved since the stored run:", *moved] if moved else ["nothing moved since the stored run"]), sep="\n")


def processor() -> str:
    path = Path("/proc/cpuinfo")
    names = [s.partition(":")[2].strip() for s in path.read_text().splitlines() if s.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else platform.processor()


def cpu_of(command: Sequence[str]) -> float:
    """Processor seconds of a command whose modules are compiled, as those of an installed program are."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_COMPILED, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


_COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


# What follows runs in the processes that are measured.

MIXED_TIMES = 12


def corpus(folder: Path | None, kind: str) -> tuple[list[str], list[str]]:
    """Two halves of the articles of a kind."""
    clean = texts.clean_articles(folder)
    if kind == "seed" and folder is not None:
        return clean, [(folder / "seed" / "article.txt").read_text("utf-8")]
    runs = texts.english_runs(folder)
    made = {"clean": list, "mixture": lambda a: texts.mixture(a, runs), "damaged": lambda a: texts.damaged(a, runs)}
    half = [made[kind](clean[i::2]) for i in (0, 1)]
    return half[0], half[1]


def halves(folder: Path | None, kind: str, half: str) -> tuple[list[str], list[str]]:
    first, second = corpus(folder, kind)
    if kind == "seed":
        return first, second
    return (first, second) if half == "1" else (second, first)


def size_of(articles: Iterable[str]) -> int:
    return sum(len(a.encode()) for a in articles)


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def measure_floor(folder: Path | None, half: str) -> float:
    articles, _ = halves(folder, "clean", half)
    known = {word for article in articles for word in article.split()}
    return min(timed(lambda: [known.issuperset(a.split()) for a in articles]) for _ in range(5)) / size_of(articles)


def write_lines(articles: Iterable[str], path: Path) -> Path:
    lines = (json.dumps({"id": str(i), "text": a}, ensure_ascii=False) + "\n" for i, a in enumerate(articles))
    path.write_text("".join(lines), "utf-8")
    return path


def measure_end(folder: Path | None, kind: str, half: str) -> float:
    warm, articles = halves(folder, kind, half)
    with tempfile.TemporaryDirectory() as place:
        before, after = (write_lines(a, Path(place) / f"{i}.jsonl") for i, a in enumerate((warm, articles)))
        _scan_lines(before, Path(place) / "out.jsonl")
        return timed(lambda: _scan_lines(after, Path(place) / "out.jsonl")) / size_of(articles)


def _scan_lines(path: Path, out: Path) -> None:
    work = Scanner(Settings(), Render("jsonl", "en"))
    with out.open("w", encoding="utf-8", errors="backslashreplace") as file:
        for task in tasks([str(path)], Settings(), failed):
            for report in work(task).reports:  # type: ignore[arg-type]
                file.write(rows.text(report) + "\n")


def failed(failure: object) -> None:
    raise RuntimeError(str(failure))


def measure_workers(folder: Path | None, workers: str) -> float:
    _, articles = corpus(folder, "mixture")
    with tempfile.TemporaryDirectory() as place:
        path = write_lines(articles * MIXED_TIMES, Path(place) / "in.jsonl")
        pool: Any = Pool(Scanner(Settings(), Render("jsonl", "en")), int(workers), failed)
        start = time.perf_counter()
        size = done = 0
        for i, (_, outcome) in enumerate(pool.run(tasks([str(path)], Settings(), failed))):
            if i < 2 * int(workers):  # the first of each worker hold its start-up
                start = time.perf_counter()
                continue
            size += outcome.tally.articles
            done = time.perf_counter() - start
    return done / size


def documents(articles: Iterable[str]) -> list[Document]:
    return [Document(a, Source(f"{i}", "0" * 64, "utf-8")) for i, a in enumerate(articles)]


def measure_rules(folder: Path | None, kind: str, half: str) -> dict[str, float]:
    warm, articles = halves(folder, kind, half)
    resources = load_resources()
    for document in documents(warm):
        scan(document, resources)
    size = size_of(articles)
    held: list[Article] = []
    costs = {"reading into paragraphs": timed(lambda: held.extend(map(Article, documents(articles)))) / size}
    for rule in RULES:
        costs[f"{rule.code} {rule.name}"] = timed(lambda: [list(rule.find(a, resources)) for a in held]) / size  # noqa: B023
    return costs


def measure_memory(folder: Path | None, what: str) -> int:
    resources = load_resources()
    articles = [texts.of_length(corpus(folder, "clean")[0], int(what))] if what.isdigit() else corpus(folder, what)[0]
    for document in documents(articles):
        scan(document, resources)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure_length(folder: Path | None, size: str) -> float:
    resources = load_resources()
    warm, articles = corpus(folder, "clean")
    for document in documents(warm):
        scan(document, resources)
    wanted = int(size)
    if wanted < 100_000:
        made = [texts.of_length(articles[i:], wanted) for i in range(min(len(articles), 100_000 // wanted))]
    else:
        made = [texts.of_length(articles, wanted)]
    return timed(lambda: [scan(d, resources) for d in documents(made)]) / size_of(made)


def measure_lexicon(folder: Path | None, terms: str) -> tuple[float, float]:
    import random

    rng = random.Random(5)
    warm, articles = corpus(folder, "damaged")
    syllables = sorted({w.lower() for a in corpus(folder, "clean")[0] for w in a.split() if w.isalpha()})
    lines = ["term\tkind\taliases\tenglish\tnote"]
    made = {" ".join(rng.sample(syllables, rng.randint(3, 6))) for _ in range(int(terms))}
    lines += [f"{term}\tconcept\t\t\t" for term in sorted(made)]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "terms.tsv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        start = time.process_time()
        resources = load_resources((path,))
        load = time.process_time() - start
        for document in documents(warm[:20]):
            scan(document, resources)
        few = articles[:40]
        return load, timed(lambda: [scan(d, resources) for d in documents(few)]) / size_of(few)


def measure_findings(folder: Path | None, count: str) -> tuple[int, float]:
    resources = load_resources()
    sentence = "Toàn huyện có {} xã to finish the plan of the year trước thời hạn, đạt {} tiêu chí."
    lines = [sentence.format(i, i * 7) for i in range(int(count))]
    document = documents(["\n".join(lines)])[0]
    scan(documents([sentence])[0], resources)
    start = time.process_time()
    found = len(scan(document, resources).findings)
    return found, time.process_time() - start


def measure_peer(folder: Path | None, name: str) -> float | None:
    return peers.seconds_a_byte(name, corpus(folder, "clean")[0])


MEASURES: dict[str, Callable[..., Any]] = {
    "floor": measure_floor,
    "end": measure_end,
    "workers": measure_workers,
    "rules": measure_rules,
    "memory": measure_memory,
    "length": measure_length,
    "lexicon": measure_lexicon,
    "findings": measure_findings,
    "peer": measure_peer,
}

if __name__ == "__main__":
    main()
