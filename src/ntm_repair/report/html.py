"""`scan --format html`: a report to read or print; counts by rule, and each article with its places marked.

Nothing in it runs: no script, no address but links inside the page, and every piece of text escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from html import escape
from importlib.resources import files

from ntm_repair.messages import Language, figure, phrase, say
from ntm_repair.ours import GENERATOR
from ntm_repair.pipeline import Scanned
from ntm_repair.report.diff import visible, visible_lines
from ntm_repair.report.othercopy import other_copy
from ntm_repair.report.positions import Positions
from ntm_repair.report.text import offered, unhelped
from ntm_repair.rules import names
from ntm_repair.types import Finding

STYLE = files("ntm_repair.report").joinpath("html.css").read_text("utf-8")


def head(language: Language) -> str:
    """The page up to the first article."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = escape(phrase("report.title", language))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n{GENERATOR}\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )


def tail(counts: Mapping[str, int], articles: int, language: Language) -> str:
    """The counts by rule, which the page shows first, and its end."""
    total = escape(phrase("scan.total", language, findings=sum(counts.values()), documents=articles))
    rows = "".join(
        f"<tr><td>{count}</td><td>{escape(rule)}</td><td>{escape(names().get(rule, ''))}</td></tr>\n"
        for rule, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    )
    return f'<section id="total">\n<p>{total}</p>\n<table>\n{rows}</table>\n</section>\n</body>\n</html>\n'


def article(scanned: Scanned, line: int, language: Language) -> str:
    """An article: its text with numbered marks, then why each was made. `line` is that of its record, or 0."""
    source = scanned.document.source
    name = visible(f"{source.path} · {source.id}" if source.id else source.path)
    base = hashlib.sha256(f"{source.path}\0{source.id}\0{line}".encode("utf-8", "replace")).hexdigest()[:12]
    if not scanned.findings:
        return f"<h2>{escape(name)}</h2>\n<p>{escape(phrase('report.clean', language))}</p>\n"
    marked = "".join(_marked(scanned, base))
    places = "".join(_places(scanned, base, language))
    return f'<h2>{escape(name)}</h2>\n<div class="text">{marked}</div>\n<ol>\n{places}</ol>\n'


def _marked(scanned: Scanned, base: str) -> Iterator[str]:
    text, at = scanned.document.text, 0
    for number, f in enumerate(scanned.findings, 1):
        style = ' class="safe"' if f.applicability == "safe" else ""
        yield escape(visible_lines(text[at : f.start]))
        yield f"<mark{style}>{escape(visible_lines(f.text))}</mark>"
        yield f'<sup id="{base}-m{number}"><a href="#{base}-{number}">{number}</a></sup>'
        at = f.end
    yield escape(visible_lines(text[at:]))


def _places(scanned: Scanned, base: str, language: Language) -> Iterator[str]:
    positions = Positions(scanned.document)
    for number, f in enumerate(scanned.findings, 1):
        line, column = positions.line_column(f.start)
        place = phrase("review.place", language, line=line, column=column)
        kind = phrase(f"applicability.{f.applicability}", language)
        confidence = figure(float(f.confidence), language)
        where = f"{f.rule} {names().get(f.rule, '')} · {place} · {kind} · {confidence}"
        yield f'<li id="{base}-{number}"><a href="#{base}-m{number}">{escape(where)}</a><br>\n'
        yield f"<bdi>{escape(visible(f.text))}</bdi> – {escape(say(f.message, language))}\n"
        if other := other_copy(scanned, f, positions, language):
            yield f"<br><bdi>{escape(other)}</bdi>\n"
        yield from _suggestions(scanned, f, language)
        yield "</li>\n"


def _suggestions(scanned: Scanned, finding: Finding, language: Language) -> Iterator[str]:
    if none := unhelped(finding, language):
        yield f"<ul>\n<li>→ {escape(none)}</li>\n</ul>\n"
    if finding.suggestions:
        yield "<ul>\n"
    for s in finding.suggestions:
        replacement = offered(scanned, finding, s, language)
        source = phrase(f"source.{s.source}", language)
        why = f"{figure(float(s.score), language)} {source}: {say(s.why, language)}"
        yield f"<li>→ <bdi>{escape(replacement)}</bdi> <small>({escape(why)})</small></li>\n"
    if finding.suggestions:
        yield "</ul>\n"
