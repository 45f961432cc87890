"""`review --html`: the review of one file as one HTML page, to be sent by e-mail; it hands back a decisions file.

The page holds the article, its findings, the log so far and the same JavaScript as the served page, over a session of
its own. It asks the network for nothing, and its policy lets only these very scripts run.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ntm_repair.decisions import not_undone, read_log, to_json
from ntm_repair.errors import UsageError
from ntm_repair.files import write_atomically
from ntm_repair.messages import Language
from ntm_repair.ownlog import OwnLog
from ntm_repair.pipeline import Scanned, decided_everywhere
from ntm_repair.replay import place, require_own
from ntm_repair.review import payload
from ntm_repair.review.books import Books
from ntm_repair.review.case import Case
from ntm_repair.review.recorder import Author, decision_at
from ntm_repair.review.session import Session
from ntm_repair.review.web import static
from ntm_repair.standing import standing
from ntm_repair.types import Message


def write_page(
    path: Path,
    scans: Sequence[Scanned],
    own: OwnLog,
    author: Author,
    rules: Sequence[str],
    min_confidence: float,
    language: Language,
) -> None:
    """Write the page for one article. Raises UsageError for a file of many, StaleError for another article's log."""
    if len(scans) != 1 or scans[0].document.source.id:
        raise UsageError(Message("error.html_one"))
    (scanned,) = scans
    log = own.path
    lines = read_log(log)
    answers = not_undone(own.of(lines))
    require_own(answers, place(scanned.article, answers), str(log), scanned.document.source.path)
    wide = tuple(decided_everywhere(log))
    books = Books(log)
    case = Case(scanned, own, books, wide)
    session = Session([case], books, author, root=log.parent, rules=rules, min_confidence=min_confidence)
    data = {
        "strings": payload.strings(language),
        "overview": payload.overview(session, language, ""),
        "article": payload.article(session, 0, language),
        "templates": [to_json(decision_at(item, author, "")) for item in session.items],
        "log": [to_json(d) for d in lines],
        "others": [d.number for d in lines if not own.holds(d)],
        "wide": {_key(d.rule, d.anchor.text, d.offered): to_json(d) for d in standing(wide).everywhere.values()},
        "sha256": scanned.document.source.sha256,
        "by": "",
        "log_name": log.name,
    }
    write_atomically(path, page(data, language).encode("utf-8", "replace"))


def _key(rule: str, text: str, offered: str | None) -> str:
    """What equal findings share, written as JavaScript's `JSON.stringify` writes it."""
    return json.dumps([rule, " ".join(text.split()), offered], ensure_ascii=False, separators=(",", ":"))


def page(data: dict[str, Any], language: Language) -> str:
    """The page with everything in it. `<` in the data is written as an escape: no text can end the script it is in."""
    scripts = [static("local.js"), static("page.js")]
    style = static("page.css")
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    held = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    html = static("page.html").replace('<html lang="vi">', f'<html lang="{language}">')
    html = html.replace('<link rel="stylesheet" href="page.css">', f"<style>{style}</style>")
    html = html.replace(
        '<meta charset="utf-8">',
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">',
    )
    before, _, _ = html.partition('<script src="server.js">')
    inline = "".join(f"<script>{script}</script>\n" for script in scripts)
    return f'{before}<script type="application/json" id="data">{held}</script>\n{inline}</body>\n</html>\n'


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
    return f"'sha256-{digest}'"
