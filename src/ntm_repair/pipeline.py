"""The stages in order: read, segment, detect, suggest, (review), patch, write."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ntm_repair.accept import SAFE, Accept, accepted
from ntm_repair.allow import Allowances, Entry, allowances_for
from ntm_repair.article import Article
from ntm_repair.context import Context
from ntm_repair.decisions import not_undone, read_log, shared_logs
from ntm_repair.decoding import encode, sha256
from ntm_repair.detect import detect
from ntm_repair.errors import UsageError
from ntm_repair.files import read_unit
from ntm_repair.formats import Unit
from ntm_repair.language.evidence import Evidence
from ntm_repair.lexicon import Lexicon
from ntm_repair.matching.engine import Matcher
from ntm_repair.ownlog import existing_log, log_names
from ntm_repair.replay import edits_for, place, repaired, require_own, writable
from ntm_repair.resources import Resources
from ntm_repair.score import garble_score
from ntm_repair.types import Decision, Document, Edit, Finding, Message


@lru_cache(maxsize=4)
def load_resources(user_lexicons: tuple[Path, ...] = ()) -> Resources:
    """The lexicon, the user's own files over it, and the tables. Raises LexiconError for a broken file."""
    context = Context.load()
    lexicon = Lexicon.load(user_lexicons)
    resources = Resources(lexicon, context, Evidence(context), Matcher(lexicon, context))
    gc.freeze()  # what was loaded stays to the end: the collector need not go through it again and again
    return resources


def with_models(resources: Resources, settings: Mapping[str, Any]) -> Resources:
    """The resources with the optional models that settings ask for; the same where they ask for none.

    Raises UsageError for a model that cannot be meant or loaded.
    """
    if not (settings["llm_url"] or settings["mt_model"]):
        return resources
    from ntm_repair.suggest.models import models_from

    return replace(resources, models=models_from(settings))


@dataclass(frozen=True, slots=True)
class Scanned:
    """An article with its findings, by place."""

    article: Article
    findings: tuple[Finding, ...]
    unit: Unit | None = None
    """What the article was taken out of; None where its text is the file, or the caller's own."""
    allowed: tuple[tuple[Finding, Entry], ...] = ()
    """Findings that an allowed term hides, each with its entry."""

    def written(self, edits: Sequence[Edit]) -> bytes:
        """The file with `edits` made, in the format, encoding and form it has."""
        if self.unit is not None:
            return self.unit.rewritten(edits)
        return encode(repaired(self.article, edits), self.document.source)

    @property
    def document(self) -> Document:
        return self.article.document

    @property
    def score(self) -> float:
        """How damaged the article is; see `garble_score`."""
        return garble_score(self.findings, self.article.words)


def scan(
    source: Document | Unit,
    resources: Resources,
    allowances: Allowances | None = None,
    article: Article | None = None,
) -> Scanned:
    """Find, explain, suggest; change nothing. What is allowed (by default: above the article) stays unreported.

    `article` is that of `source`, where it was made already.
    """
    unit = source if isinstance(source, Unit) else None
    if article is None:
        article = Article(source.document if isinstance(source, Unit) else source)
    findings = detect(article, resources)
    if unit is not None:
        findings = _as_the_format_allows(findings, unit)
    if allowances is None:
        allowances = allowances_for(article.document.source.path)
    shown, hidden = allowances.split(article, findings)
    return Scanned(article, shown, unit, hidden)


def _as_the_format_allows(findings: Iterable[Finding], unit: Unit) -> tuple[Finding, ...]:
    """The findings outside code and foreign parts; where the format is fragile, nothing is safe unasked."""

    def meets(finding: Finding, spans: Iterable[tuple[int, int]]) -> bool:
        return any(finding.start < end and start < finding.end for start, end in spans)

    return tuple(
        replace(f, applicability="review") if f.applicability == "safe" and meets(f, unit.fragile) else f
        for f in findings
        if not meets(f, unit.opaque)
    )


def experienced(scans: Sequence[Scanned], logs: Iterable[Sequence[Decision]]) -> list[Scanned]:
    """The articles with their suggestions ranked by what decision logs say was taken and refused before."""
    from ntm_repair.suggest.rank import Experience, reranked

    experience = Experience.of(logs)
    return [replace(scanned, findings=reranked(scanned.findings, experience)) for scanned in scans]


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
        return self.scanned.written(self.edits)


def clean(
    source: Document | Unit,
    resources: Resources,
    decisions: Sequence[Decision] = (),
    log: str = "",
    accept: Accept = SAFE,
    article: Article | None = None,
) -> Cleaned:
    """Apply recorded decisions and, of the findings they leave open, those that `accept` takes unasked.

    Raises StaleError where `decisions` were made on another article, UsageError where they contradict each other.
    """
    scanned = scan(source, resources, article=article)
    document = scanned.document
    answers = not_undone(decisions)
    placed = place(scanned.article, answers, scanned.findings)
    if placed.stale and not document.source.id and _is_result(document, resources, answers):
        return Cleaned(scanned, (), document.text, (), (), already=True)
    require_own(answers, placed, log, document.source.path)
    taken = writable(document, accepted(scanned.findings, accept))
    edits = edits_for(scanned.article, placed, taken)
    unasked = {f.fingerprint for f in taken}
    undecided = tuple(
        f
        for f in scanned.findings
        if f.fingerprint not in unasked and all(f.end <= start or end <= f.start for _, start, end in placed.found)
    )
    return Cleaned(scanned, tuple(edits), repaired(scanned.article, edits), placed.stale, undecided)


def decisions_for(document: Document, log: Path | None = None) -> tuple[list[Decision], Path]:
    """What was decided for an article, weakest first, and the article's own log.

    That is `log` alone where it is given; else the log beside the article, and before it what the logs of its folder
    and those above decide for every article. Raises UsageError for a log that is not there, and as `own_log` does.
    """
    if log is None:
        article = Path(document.source.path)
        found = existing_log(article)
        own = not_undone(found.of(read_log(found.path))) if found else ()
        return [*decided_everywhere(article), *own], found.path if found else log_names(article)[0]
    if not log.exists():
        raise UsageError(Message("error.missing", {"path": str(log)}))
    return not_undone(read_log(log)), log


def decided_everywhere(article: Path, apart_from: Path | None = None) -> list[Decision]:
    """What the folder logs that reach an article (but for `apart_from`) decide for every article, weakest first."""
    lines: list[Decision] = []
    for shared in reversed(shared_logs(article)):
        if shared == apart_from:
            continue
        size = shared.stat()
        lines += _shared_lines(shared, size.st_mtime_ns, size.st_size)
    return lines


@lru_cache(maxsize=16)
def _shared_lines(path: Path, changed: int, size: int) -> tuple[Decision, ...]:
    """A folder log's standing answers; read once for all articles of a run."""
    return tuple(d for d in not_undone(read_log(path)) if d.scope == "everywhere")


def already_cleaned(document: Document, answers: Iterable[Decision]) -> bool:
    """Whether an article is what replaying `answers` on its backup gives."""
    return _is_result(document, load_resources(), list(answers))


def _is_result(document: Document, resources: Resources, answers: Iterable[Decision]) -> bool:
    """Whether a backup beside the article is the text the log was made on, and replaying it gives this article."""
    path = Path(document.source.path)
    origins = {d.source_sha256 for d in answers if d.scope == "this"}
    for backup in sorted(path.parent.glob(f"{path.name}.bak*")) if path.name else ():
        if sha256(backup.read_bytes()) in origins:
            origin = scan(read_unit(backup, document.source.encoding, like=path.name), resources)
            edits = edits_for(origin.article, place(origin.article, answers, origin.findings), origin.findings)
            if encode(repaired(origin.article, edits), origin.document.source) == encode(
                document.text, document.source
            ):
                return True
    return False
