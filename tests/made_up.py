"""Findings made for a test: what stands in [[double brackets]] is found, whatever the rules of the program find."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path

from ntm_repair.anchors import anchor_of, fingerprint
from ntm_repair.article import Article
from ntm_repair.decoding import decode
from ntm_repair.pipeline import Scanned
from ntm_repair.review.books import Books
from ntm_repair.review.case import Case
from ntm_repair.review.recorder import Author
from ntm_repair.review.session import Session
from ntm_repair.types import Applicability, Finding, Message, Suggestion

SUGGESTED = {"new": ("mới",), "old": ("cũ", "xưa"), "twice": ("",)}
MARK = re.compile(r"\[\[(.*?)\]\]")


def scanned(
    path: Path, marked: str, applicability: Applicability = "review", rule: str = "NTM101", encoding: str = "utf-8"
) -> Scanned:
    """An article written to `path`, with a finding for every bracketed place."""
    text = MARK.sub(r"\1", marked)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    article = Article(decode(path.read_bytes(), str(path), encoding))
    findings = []
    for number, match in enumerate(MARK.finditer(marked)):
        start = match.start() - 4 * number
        end = start + len(match[1])
        anchor = anchor_of(article.view, start, end)
        why = Message("ntm201.deletion", {})
        options = tuple(Suggestion(r, 0.9 - 0.1 * i, "lexicon", why) for i, r in enumerate(SUGGESTED.get(match[1], ())))
        message = Message("ntm201.repeat", {})
        findings.append(
            Finding(
                rule, fingerprint(rule, anchor), anchor, start, end, article.document.text[start:end], message, 0.9,
                {"words": 1}, options, applicability,
            )
        )  # fmt: skip
    return Scanned(article, tuple(findings))


def author(name: str = "biên tập") -> Author:
    """An author whose clock goes a second a line."""
    seconds = itertools.count()
    return Author(name, "0", "1" * 64, lambda: f"2024-01-01T00:{(s := next(seconds)) // 60:02}:{s % 60:02}.000Z")


def session(scans: Sequence[Scanned], root: Path, writer: Author | None = None) -> Session:
    """A review of these articles, going on from what their logs hold."""
    from ntm_repair.decisions import SHARED
    from ntm_repair.ownlog import own_log

    books = Books(root / SHARED)
    cases = [Case(s, own_log(Path(s.document.source.path)), books) for s in scans]
    return Session(cases, books, writer or author(), root=root)
