"""Record the decisions of the samples: what an editor who knows the expected text answers to each finding.

    python tools/record_samples.py

For each `samples/<name>.txt` with `<name>.expected.txt`: every finding is answered by what the expected text has in its
place, taking the suggestion where one says so, writing it by hand otherwise, and keeping the words where the expected
text keeps them. Overwrites `<name>.decisions.jsonl`; fails, naming them, where a difference lies in no finding.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import regex

from ntm_repair import __version__
from ntm_repair.decoding import decode, encode
from ntm_repair.ownlog import OwnLog
from ntm_repair.pipeline import load_resources, scan
from ntm_repair.replay import repaired
from ntm_repair.review.books import Books
from ntm_repair.review.case import Case
from ntm_repair.review.recorder import Author
from ntm_repair.review.session import Session
from ntm_repair.types import Finding

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
_PIECE = regex.compile(r"\w+|\s|[^\w\s]")


def differences(text: str, expected: str) -> list[tuple[int, int, str]]:
    """Spans of `text` (code points) with what `expected` has there, cut at words and marks."""
    old = [(m.start(), m.end(), m.group()) for m in _PIECE.finditer(text)]
    new = [m.group() for m in _PIECE.finditer(expected)]
    found = []
    for tag, i, j, k, l in SequenceMatcher(None, [p[2] for p in old], new, autojunk=False).get_opcodes():  # noqa: E741
        if tag != "equal":
            start = old[i][0] if i < len(old) else len(text)
            found.append((start, old[j - 1][1] if j > i else start, "".join(new[k:l])))
    return found


def wanted(text: str, finding: Finding, edits: list[tuple[int, int, str]]) -> str:
    """What the expected text has in place of a finding."""
    out, at = "", finding.start
    for start, end, replacement in edits:
        if finding.start <= start and end <= finding.end:
            out += text[at:start] + replacement
            at = end
    return out + text[at : finding.end]


def clock() -> Iterator[str]:
    """Times a few seconds apart, so that the recorded log does not change from run to run."""
    seconds = 0
    while True:
        yield f"2026-11-20T08:{seconds // 60 % 60:02}:{seconds % 60:02}.000Z"
        seconds += 7


def record(path: Path) -> bool:
    """Record one sample; whether its decisions give the expected text."""
    document = decode(path.read_bytes(), str(path))
    expected_path = path.with_name(f"{path.stem}.expected.txt")
    expected = decode(expected_path.read_bytes(), str(expected_path))
    log = path.with_name(f"{path.stem}.decisions.jsonl")
    log.unlink(missing_ok=True)
    resources = load_resources()
    scanned = scan(document, resources)
    edits = differences(document.text, expected.text)
    books = Books(log)
    times = clock()
    author = Author("bien-tap", __version__, resources.lexicon.sha256, lambda: next(times))
    case = Case(scanned, OwnLog(log), books)
    session = Session([case], books, author, root=path.parent)
    while (finding := session.current) is not None:
        _answer(session, finding, document.text, expected.text, edits)
    books.close()
    made = encode(repaired(scanned.article, case.edits()), document.source)
    if made == expected_path.read_bytes():
        return True
    for start, end, replacement in differences(decode(made, str(path)).text, expected.text):
        text = decode(made, str(path)).text
        print(
            f"{path.name}: no finding holds {text[max(0, start - 30) : end + 20]!r} -> {replacement!r}", file=sys.stderr
        )
    return False


def _answer(session: Session, finding: Finding, text: str, expected: str, edits: list[tuple[int, int, str]]) -> None:
    repeat_goes = finding.rule in ("NTM201", "NTM202") and expected.count(finding.text) < text.count(finding.text)
    want = "" if repeat_goes else wanted(text, finding, edits)
    numbers = [n for n, s in enumerate(session.options, 1) if s.replacement == want]
    if want == finding.text:
        session.choose(0)
    elif numbers:
        session.choose(numbers[0])
    else:
        session.write(want)


def main() -> None:
    results = [record(p) for p in sorted(SAMPLES.glob("*.txt")) if "." not in p.stem]
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
