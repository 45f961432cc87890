"""The Python interface: scan a text, repair it, keep a configured repairer, hand plain functions to other engines.

>>> import ntm_repair
>>> text = "Toàn huyện có 12 xã to finish the plan of the year trước thời hạn."
>>> [(f.rule, f.text) for f in ntm_repair.scan(text).findings]
[('NTM101', 'to finish the plan of the year')]
>>> ntm_repair.repair(text).text == text  # nothing was decided, nothing is safe: nothing changes
True
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ntm_repair import pipeline
from ntm_repair.accept import Accept, Level
from ntm_repair.article import Article
from ntm_repair.batch.bundles import MOST_BYTES, MOST_FILES, look_at
from ntm_repair.config import Config
from ntm_repair.config import load as load_config
from ntm_repair.decisions import read_log
from ntm_repair.decoding import main_newline, sha256
from ntm_repair.errors import UsageError
from ntm_repair.files import read_unit
from ntm_repair.formats import Unit
from ntm_repair.likely import likely
from ntm_repair.resources import Resources
from ntm_repair.types import Decision, Document, Edit, Finding, Message, Source


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in an article. Offsets of findings are code points of the text that was given."""

    findings: tuple[Finding, ...]
    score: float
    """The garble score: share of words in findings, weighted by confidence, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What repairing an article comes to. `edits` are what was done, `undecided` what a person has still to see."""

    text: str
    edits: tuple[Edit, ...]
    undecided: tuple[Finding, ...]
    stale: tuple[Decision, ...]
    """Decisions that have no place in this text."""
    score: float
    """The garble score of the text before it was repaired."""
    data: bytes
    """The file's bytes after the repair; of a text given as a string, the text in UTF-8."""


class Repairer:
    """Scans and repairs with one configuration. Reusable; threads may share one.

    >>> repairer = Repairer(Config())
    >>> repairer.scan("Xã Khe Sơn đã có đường bê tông.").score
    0.0

    Without a configuration the settings file above the working folder counts, where there is one. Raises UsageError
    for broken settings or a lexicon that is not there, LexiconError for a broken lexicon.
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = load_config() if config is None else config
        self._resources = _resources(tuple(self.config.lexicons))

    def scan(self, article: str | Document | Unit) -> Scan:
        """Find and explain; change nothing."""
        scanned = pipeline.scan(_source(article), self._resources)
        return Scan(likely(scanned.findings, self.config["least_score"]), scanned.score)

    def repair(
        self,
        article: str | Document | Unit,
        decisions: Iterable[Decision] | str | Path = (),
        accept: Level | Accept | None = None,
    ) -> Repair:
        """Apply decisions (or those of a log file) and what `accept` takes unasked (default: as configured).

        Raises StaleError where the decisions were made on another article, UsageError where they contradict each
        other, where the log is not there, and for an `accept` that is none; TypeError for what is no article.
        """
        if accept is None:
            accept = self.config.accept
        elif not isinstance(accept, Accept):
            accept = Accept(accept, self.config.accept.min_confidence)
        log, answers = _answers(decisions)
        cleaned = pipeline.clean(_source(article), self._resources, answers, log, accept)
        scanned = cleaned.scanned
        score = scanned.score
        undecided = likely(cleaned.undecided, self.config["least_score"])
        return Repair(cleaned.text, cleaned.edits, undecided, cleaned.stale, score, cleaned.data)

    def read(self, path: str | Path) -> Unit:
        """An article file (.txt .md .html .docx) for `scan` and `repair`. Raises UsageError or UnreadableError."""
        return read_unit(Path(path), self.config["encoding"])


def scan(article: str | Document | Unit) -> Scan:
    """Find and explain with the built-in settings."""
    return _built_in().scan(article)


def repair(
    article: str | Document | Unit,
    decisions: Iterable[Decision] | str | Path = (),
    accept: Level | Accept = "safe",
) -> Repair:
    """Repair with the built-in settings. Raises as `Repairer.repair` does.

    >>> caption = "Bà con thôn Khe Sơn góp công làm đường"
    >>> text = f"Sáng nay xã khởi công đường mới.\\n\\n{caption}\\n\\n{caption}\\n\\nĐường dài hai cây số."
    >>> repair(text).text.count(caption)
    1
    >>> repair(text, accept="none").text == text
    True
    """
    return _built_in().repair(article, decisions, accept)


def scan_text(text: str) -> dict[str, Any]:
    """A text's garble score and findings as plain values: for Ray, Spark and other engines, which pickle functions.

    >>> scan_text("Xã Khe Sơn đã có đường bê tông.")
    {'ntm_score': 0.0, 'ntm_findings': []}
    """
    found = scan(text)
    return {"ntm_score": found.score, "ntm_findings": [_plain(f) for f in found.findings]}


def repair_text(text: str, accept: Level = "safe", min_confidence: float = 1.0) -> dict[str, Any]:
    """A text repaired as far as `accept` goes, with what was found in the original, as plain values.

    Raises TypeError for what is no text, UsageError for an `accept` or `min_confidence` that is none.

    >>> sorted(repair_text("Xã Khe Sơn đã có đường bê tông."))
    ['ntm_findings', 'ntm_score', 'text_clean']
    """
    return _repaired(_source(text), Accept(accept, min_confidence))


def repair_texts(texts: Iterable[str], accept: Level = "safe", min_confidence: float = 1.0) -> Iterator[dict[str, Any]]:
    """`repair_text` of many texts in order, some looked at together, which takes a third of the time.

    A text that cannot be worked on (None among them) comes back as it was, with what went wrong as `ntm_error`: one
    text must not end a run of millions. Raises UsageError, before the first text, as `repair_text` does.

    >>> [made["ntm_score"] for made in repair_texts(["Xã đã có đường bê tông.", "Đường dài hai cây số."])]
    [0.0, 0.0]
    """
    return _in_groups(texts, Accept(accept, min_confidence))


def _in_groups(texts: Iterable[str], level: Accept) -> Iterator[dict[str, Any]]:
    group: list[str] = []
    size = 0
    for text in texts:
        group.append(text)
        size += len(text) if isinstance(text, str) else 0
        if size >= MOST_BYTES or len(group) == MOST_FILES:
            yield from _repaired_together(group, level)
            group, size = [], 0
    yield from _repaired_together(group, level)


def _repaired_together(texts: Sequence[str], accept: Accept) -> Iterator[dict[str, Any]]:
    articles = [_article(text) for text in texts]
    look_at([article for article in articles if isinstance(article, Article)], _built_in()._resources)
    for text, article in zip(texts, articles, strict=True):
        try:
            if isinstance(article, Exception):
                raise article
            made = _repaired(article.document, accept, article)
        except Exception as error:
            made = {"text_clean": text, "ntm_findings": [], "ntm_score": 0.0}
            made["ntm_error"] = f"{type(error).__name__}: {error}"[:300]
        yield made


def _article(text: str) -> Article | Exception:
    try:
        return Article(document(text))
    except Exception as error:
        return error


def _repaired(source: Document | Unit, accept: Accept, article: Article | None = None) -> dict[str, Any]:
    made = pipeline.clean(source, _built_in()._resources, (), "", accept, article)
    findings = likely(made.scanned.findings)
    return {
        "text_clean": made.text,
        "ntm_findings": [_plain(f) for f in findings],
        "ntm_score": made.scanned.score,
    }


def document(text: str, path: str = "", id: str = "") -> Document:
    """A string as the record the program works on. Raises TypeError for what is no string."""
    if not isinstance(text, str):
        raise TypeError(f"the text of an article is a str, not {type(text).__name__}")
    digest = sha256(text.encode("utf-8", "surrogatepass"))
    return Document(text, Source(path, digest, "utf-8", b"", main_newline(text), id))


def _source(article: str | Document | Unit) -> Document | Unit:
    return article if isinstance(article, Document | Unit) else document(article)


def _answers(decisions: Iterable[Decision] | str | Path) -> tuple[str, list[Decision]]:
    """The name of a log, empty where there is none, and its lines. Raises UsageError for one that is not there."""
    if not isinstance(decisions, str | Path):
        return "", list(decisions)
    if not Path(decisions).exists():
        raise UsageError(Message("error.missing", {"path": str(decisions)}))
    return str(decisions), read_log(Path(decisions))


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "confidence": round(finding.confidence, 4),
        "applicability": finding.applicability,
        "suggestion": finding.suggestions[0].replacement if finding.suggestions else None,
        "fingerprint": finding.fingerprint,
    }


def _resources(lexicons: tuple[str, ...]) -> Resources:
    return pipeline.load_resources(tuple(Path(p) for p in lexicons))


@lru_cache(maxsize=1)
def _built_in() -> Repairer:
    return Repairer(Config())
