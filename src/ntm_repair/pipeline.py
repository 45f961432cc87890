"""The stages in order: read, segment, detect, suggest, (review), patch, write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ntm_repair.article import Article, Resources
from ntm_repair.context import Context
from ntm_repair.decisions import in_force, log_path, read_log
from ntm_repair.decoding import encode, sha256
from ntm_repair.detect import detect
from ntm_repair.errors import UsageError
from ntm_repair.files import read_document
from ntm_repair.language.evidence import Evidence
from ntm_repair.lexicon import Lexicon
from ntm_repair.replay import edits_for, place, repaired, require_own
from ntm_repair.types import Decision, Document, Edit, Finding, Message


@lru_cache(maxsize=4)
def load_resources(user_lexicons: tuple[Path, ...] = ()) -> Resources:
    """The lexicon, the user's own files over it, and the tables. Raises LexiconError for a broken file."""
    context = Context.load()
    return Resources(Lexicon.load(user_lexicons), context, Evidence(context))


@dataclass(frozen=True, slots=True)
class Scanned:
    """An article with its findings, by place."""

    article: Article
    findings: tuple[Finding, ...]

    @property
    def document(self) -> Document:
        return self.article.document


def scan(document: Document, resources: Resources) -> Scanned:
    """Find, explain, suggest; change nothing."""
    article = Article(document)
    return Scanned(article, detect(article, resources))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning an article comes to; nothing is written yet."""

    scanned: Scanned
    edits: tuple[Edit, ...]
    text: str
    stale: tuple[Decision, ...]
    undecided: tuple[Finding, ...]
    already: bool = False
    """The article is what this log made of its backup: there is nothing left to do."""

    @property
    def data(self) -> bytes:
        """The cleaned article as bytes, in the encoding of its source."""
        return encode(self.text, self.scanned.document.source)


def clean(document: Document, resources: Resources, decisions: Sequence[Decision] = (), log: str = "") -> Cleaned:
    """Apply recorded decisions and the safe findings they leave open.

    Raises StaleError where `decisions` were made on another article, UsageError where they contradict each other.
    """
    scanned = scan(document, resources)
    answers = tuple(in_force(decisions).values())
    placed = place(scanned.article, answers)
    if placed.stale and _is_result(document, resources, answers):
        return Cleaned(scanned, (), document.text, (), (), already=True)
    require_own(answers, placed, log, document.source.path)
    edits = edits_for(scanned.article, placed, scanned.findings)
    undecided = tuple(
        f
        for f in scanned.findings
        if f.applicability != "safe" and all(f.end <= start or end <= f.start for _, start, end in placed.found)
    )
    return Cleaned(scanned, tuple(edits), repaired(scanned.article, edits), placed.stale, undecided)


def decisions_for(document: Document, log: Path | None = None) -> tuple[list[Decision], Path]:
    """The recorded decisions of an article and where they are kept. Raises UsageError for a log that is not there."""
    if log is None:
        path = log_path(Path(document.source.path))
        return (read_log(path) if path.exists() else []), path
    if not log.exists():
        raise UsageError(Message("error.missing", {"path": str(log)}))
    return read_log(log), log


def _is_result(document: Document, resources: Resources, answers: Iterable[Decision]) -> bool:
    """Whether a backup beside the article is the text the log was made on, and replaying it gives this article."""
    path = Path(document.source.path)
    origins = {d.source_sha256 for d in answers}
    for backup in sorted(path.parent.glob(f"{path.name}.bak*")) if path.name else ():
        if sha256(backup.read_bytes()) in origins:
            origin = scan(read_document(backup, document.source.encoding), resources)
            edits = edits_for(origin.article, place(origin.article, answers), origin.findings)
            if encode(repaired(origin.article, edits), origin.document.source) == encode(
                document.text, document.source
            ):
                return True
    return False
