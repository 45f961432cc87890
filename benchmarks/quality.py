"""Precision, recall, false alarms and suggestion accuracy: `make eval`, or `quality.py [FOLDER]`.

Without a folder: the project's own articles and case tables. With one: also every `<set>/article.txt` + `gold.json`,
`clean/*.jsonl`, `code_switch/*.jsonl` and `garbled/*.jsonl` in it, as described in its own notes. Nothing is fitted
here; the figures of the documentation come from this program.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import regex

import repairs as repairs_of
from ntm_repair.decoding import decode
from ntm_repair.pipeline import Scanned, load_resources, scan
from ntm_repair.types import Document, Finding, Source
from planted import Planted, planted
from planted import Score as PlantedScore

REPOSITORY = Path(__file__).resolve().parents[1]
KIND_OF_RULE = {
    "NTM101": "english-fragment",
    "NTM102": "english-fragment",
    "NTM201": "duplicate-caption",
    "NTM202": "duplicate-caption",
    "NTM203": "repeated-word",
    "NTM301": "garbled-term",
    "NTM302": "letter-case",
    "NTM303": "garbled-term",
    "NTM304": "garbled-term",
    "NTM305": "garbled-term",
    "NTM401": "missing-space",
    "NTM402": "stray-space",
    "NTM403": "empty-quotes",
    "NTM404": "glued-words",
    "NTM405": "split-word",
    "NTM406": "figure-marks",
    "NTM501": "stray-filename",
    "NTM502": "truncated-paragraph",
    "NTM503": "boilerplate",
    "NTM601": "mojibake",
    "NTM602": "legacy-encoding",
    "NTM603": "decomposed",
    "NTM604": "invisible-characters",
}
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
PLANTED_SEED = 2026
"""Neither this seed nor the half of the texts used here was seen by tools/fit_residue.py."""


@dataclass(frozen=True)
class Gold:
    """A damaged span with what may stand in its place. Offsets are code points."""

    start: int
    end: int
    kind: str
    accept: tuple[str, ...] = ()
    tier: str = ""


@dataclass
class Score:
    """Counts for one kind of damage over a set of articles."""

    gold: int = 0
    gold_found: int = 0
    findings: int = 0
    findings_right: int = 0
    gold_words: int = 0
    found_words: int = 0
    both_words: int = 0
    repairable: int = 0
    first: int = 0
    third: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        p, r = ratio(self.findings_right, self.findings), ratio(self.gold_found, self.gold)
        wp, wr = ratio(self.both_words, self.found_words), ratio(self.both_words, self.gold_words)
        return (
            f"  {name:<18} spans {self.gold_found}/{self.gold} found, {self.findings - self.findings_right} false:"
            f" P {show(p)} R {show(r)} F1 {show(f1(p, r))} | words P {show(wp)} R {show(wr)} F1 {show(f1(wp, wr))}"
            f" | repairs @1 {self.first}/{self.repairable} @3 {self.third}/{self.repairable}"
        )


def ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def show(value: float | None) -> str:
    return "  – " if value is None else f"{value:.3f}"


def overlaps(a_start: int, a_end: int, b_start: int, b_end: int) -> bool:
    return a_start < b_end and b_start < a_end


def repairs(text: str, finding: Finding, gold: Gold, count: int) -> bool:
    """Whether one of the first suggestions, applied, reads as one of the accepted repairs, applied."""
    low, high = min(finding.start, gold.start), max(finding.end, gold.end)
    wanted = {" ".join((text[low : gold.start] + a + text[gold.end : high]).split()).casefold() for a in gold.accept}
    return any(
        " ".join((text[low : finding.start] + s.replacement + text[finding.end : high]).split()).casefold() in wanted
        for s in finding.suggestions[:count]
    )


def score(scanned: Scanned, gold: Sequence[Gold], kind: str, into: Score) -> None:
    """Add one article's counts for `kind`."""
    text = scanned.document.text
    wanted = [g for g in gold if g.kind == kind]
    found = [f for f in scanned.findings if KIND_OF_RULE.get(f.rule) == kind]
    into.gold += len(wanted)
    into.findings += len(found)
    for g in wanted:
        hits = [f for f in found if overlaps(f.start, f.end, g.start, g.end)]
        into.gold_found += bool(hits)
        if not hits:
            into.missed.append(text[g.start : g.end])
        if g.accept and hits:
            into.repairable += 1
            into.first += any(repairs(text, f, g, 1) for f in hits)
            into.third += any(repairs(text, f, g, 3) for f in hits)
    for f in found:
        right = any(overlaps(f.start, f.end, g.start, g.end) for g in wanted)
        into.findings_right += right
        if not right:
            into.false.append(f"{f.text} ({f.confidence:.2f})")
    words = [m.span() for m in WORD.finditer(text)]
    in_gold = {w for w in words if any(overlaps(*w, g.start, g.end) for g in wanted)}
    in_found = {w for w in words if any(overlaps(*w, f.start, f.end) for f in found)}
    into.gold_words += len(in_gold)
    into.found_words += len(in_found)
    into.both_words += len(in_gold & in_found)


def articles(folder: Path) -> Iterator[tuple[Path, list[Gold]]]:
    """Articles with gold: `<name>.json` that names its article, looked for beside it and in samples/."""
    for path in sorted(folder.rglob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        if not isinstance(record, dict) or "spans" not in record:
            continue
        places = (path.with_name(record["article"]), REPOSITORY / "samples" / record["article"])
        article = next(p for p in places if p.exists())
        yield (
            article,
            [
                Gold(s["start"], s["end"], s["kind"], tuple(s.get("accept", ())), s.get("tier", ""))
                for s in record["spans"]
            ],
        )


def document_of(text: str, name: str) -> Document:
    return Document(text, Source(path=name, sha256="0" * 64, encoding="utf-8"))


def report_gold(title: str, pairs: Iterable[tuple[Path, list[Gold]]], verbose: bool) -> None:
    scores: dict[str, Score] = {}
    count = 0
    for path, gold in pairs:
        scanned = scan(decode(path.read_bytes(), str(path)), load_resources())
        count += 1
        for kind in dict.fromkeys(KIND_OF_RULE.values()):
            score(scanned, gold, kind, scores.setdefault(kind, Score()))
    print(f"\n{title} ({count} articles)")
    for kind, s in scores.items():
        if not s.gold and not s.findings:
            continue
        print(s.line(kind))
        if verbose:
            print("      missed:", *s.missed, sep="\n        - ") if s.missed else None
            print("      false:", *s.false, sep="\n        - ") if s.false else None


def report_clean(title: str, texts: Iterable[str], verbose: bool) -> None:
    counts: dict[str, int] = {}
    shown: list[str] = []
    words = 0
    for i, text in enumerate(texts):
        words += len(WORD.findall(text))
        for f in scan(document_of(text, f"{title}-{i}"), load_resources()).findings:
            counts[f.rule] = counts.get(f.rule, 0) + 1
            best = f.suggestions[0].replacement if f.suggestions else ""
            shown.append(f"{f.rule} {f.confidence:.2f} [{f.text}] -> {best}")
    rates = "  ".join(f"{rule} {n} ({1000 * n / words:.2f}/1000)" for rule, n in sorted(counts.items()))
    print(f"\n{title} ({words} words), false alarms: {rates or 'none'}")
    if verbose:
        print(*(f"      {s}" for s in shown), sep="\n")


def report_marked(title: str, records: Iterable[dict[str, object]], verbose: bool) -> None:
    """Texts in which some English fragments are marked: recall only."""
    touched = fragments = words = words_found = 0
    missed = []
    for record in records:
        text = str(record["text"])
        found = [
            f
            for f in scan(document_of(text, title), load_resources()).findings
            if KIND_OF_RULE.get(f.rule) == "english-fragment"
        ]
        for span in record["spans"]:  # type: ignore[attr-defined]
            if span.get("kind", "english-fragment") != "english-fragment":
                continue
            start, end = span["start"], span["end"]
            fragments += 1
            hit = [f for f in found if overlaps(f.start, f.end, start, end)]
            touched += bool(hit)
            if not hit:
                missed.append(text[start:end])
            for m in WORD.finditer(text, start, end):
                words += 1
                words_found += any(overlaps(*m.span(), f.start, f.end) for f in hit)
    print(f"\n{title}: {touched}/{fragments} fragments touched, {words_found}/{words} of their words")
    if verbose and missed:
        print(*(f"      missed: {m}" for m in missed), sep="\n")


def report_planted(title: str, texts: Iterable[Planted], verbose: bool) -> None:
    """English planted by a seed: words, and fragments touched by their length."""
    total = PlantedScore()
    for text in texts:
        found = scan(document_of(text.text, title), load_resources()).findings
        total.add(text, [(f.start, f.end) for f in found if KIND_OF_RULE.get(f.rule) == "english-fragment"])
    lengths = "  ".join(f"{name}: {found}/{count}" for name, (found, count) in total.by_length.items())
    print(
        f"\n{title}: words P {show(total.precision)} R {show(total.recall)} F1 {show(total.f1)}"
        f" | fragments touched by length {lengths} | {total.false} false ({total.false_rate:.2f}/1000)"
    )
    if verbose:
        print(*(f"      missed: {m}" for m in total.missed), sep="\n")


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="a folder of evaluation texts")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what was missed and what was false")
    options = parser.parse_args()
    own = REPOSITORY / "tests" / "cases"
    report_gold("own articles", articles(own / "articles"), options.verbose)
    report_gold("own articles, only garbled", articles(own / "garbled-articles"), options.verbose)
    report_clean(
        "own clean articles", (p.read_text("utf-8") for p in sorted((own / "clean").glob("*.txt"))), options.verbose
    )
    official = (p.read_text("utf-8") for p in sorted((own / "official").glob("*.txt")))
    report_clean("own official texts", official, options.verbose)
    own_text = [*sorted((own / "clean").glob("*.txt")), *sorted((REPOSITORY / "samples").glob("*.expected.txt"))]
    lines = [line for path in own_text for line in path.read_text("utf-8").splitlines()]
    repairs_of.report_planted("planted in own articles", lines, verbose=options.verbose)
    repairs_of.report_plain(options.verbose)
    if options.folder is None or not options.folder.is_dir():
        print("\nno folder of evaluation texts: only the project's own cases were measured")
        return
    for gold in sorted(options.folder.rglob("gold.json")):
        report_gold(f"{gold.parent.name}", articles(gold.parent), options.verbose)
    for path in sorted(options.folder.glob("garbled/*.jsonl")):
        report_marked(f"garbled/{path.stem}", records(path), options.verbose)
        repairs_of.report_marked(f"garbled/{path.stem}", records(path), options.verbose)
    for path in sorted(options.folder.glob("clean/ud*.jsonl")):
        lines = [line for r in records(path) for line in str(r["text"]).split("\n")]
        repairs_of.report_planted(f"planted in {path.stem}", lines, verbose=options.verbose)
    for name in sorted(p.stem for p in options.folder.glob("clean/*.jsonl")):
        report_planted(f"planted/{name}", planted(options.folder, PLANTED_SEED, half=1, sets=name), options.verbose)
    for path in sorted((*options.folder.glob("clean/*.jsonl"), *options.folder.glob("code_switch/*.jsonl"))):
        report_clean(f"{path.parent.name}/{path.stem}", (str(r["text"]) for r in records(path)), options.verbose)


if __name__ == "__main__":
    main()
