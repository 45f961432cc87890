"""`ntm-repair lexicon learn` and `add`: proposals from clean articles or from decisions, and a term of the user's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_repair.commands.common import Inputs, language, lexicon_paths, tell
from ntm_repair.context import Context
from ntm_repair.decisions import LOG_ENDING, read_log
from ntm_repair.errors import EXIT_FINDINGS, EXIT_OK, UsageError
from ntm_repair.layers import Kind, user_folder
from ntm_repair.learning.files import add_row, answer_row, gloss_row, term_row, write_proposals
from ntm_repair.learning.from_decisions import lessons
from ntm_repair.learning.terms import LEAST, key_of, proposals
from ntm_repair.lexicon import KINDS, Lexicon
from ntm_repair.messages import Language, phrase
from ntm_repair.ownlog import OwnLog, own_log
from ntm_repair.types import Decision, Message

OWN_FILE, OWN_GARBLES = "cua-toi.tsv", "loi-dich-cua-toi.tsv"
"""The files of the user's own folder that `add` writes terms and wrong forms to."""
LOGS = f"*{LOG_ENDING}"


def from_articles(
    paths: Sequence[str], output: str, least: int | None, lexicons: Sequence[str], encoding: str | None, lang: str
) -> int:
    """Propose the terms that clean articles hold and the lexicon does not."""
    said_in = language(lang)
    target = _free(output)
    known = _known(lexicons)
    inputs = Inputs(paths, encoding, said_in)
    texts = [document.text for document in inputs.documents()]
    found = proposals(texts, known, Context.load(), least or LEAST)
    if not found:
        tell(phrase("learn.no_terms", said_in, articles=len(texts)))
        return inputs.exit_code(EXIT_FINDINGS)
    rows = [term_row(p.term, phrase("learn.note", said_in, count=p.count, articles=p.texts)) for p in found]
    _write(target, "terms", "learn.comment_terms", rows, said_in)
    tell(phrase("learn.next", said_in, path=output))
    return inputs.exit_code(EXIT_OK)


def from_decisions(paths: Sequence[str], output: str, least: int | None, lexicons: Sequence[str], lang: str) -> int:
    """Propose terms, repairs and glosses that recorded decisions teach; one file for each."""
    said_in = language(lang)
    target = _free(output)
    glosses, terms = _free(str(target.with_suffix(".glossary.tsv"))), _free(str(target.with_suffix(".terms.tsv")))
    logs = [log for path in paths or ["."] for log in _logs(Path(path))]
    learned = lessons(logs, _known(lexicons), least or 1)
    if not learned.answers:
        tell(phrase("learn.no_lessons", said_in, logs=len(logs)))
        return EXIT_FINDINGS
    _write(target, "answers", "learn.comment_answers", [answer_row(a) for a in learned.answers], said_in)
    if learned.glosses:
        rows = list(dict.fromkeys(gloss_row(english, meant) for english, meant, _ in learned.glosses))
        _write(glosses, "glossary", "learn.comment_glosses", rows, said_in)
    if learned.terms:
        notes = [term_row(t, phrase("learn.note_decided", said_in, count=count)) for t, count in learned.terms]
        _write(terms, "terms", "learn.comment_terms", notes, said_in)
    tell(phrase("learn.next", said_in, path=output))
    return EXIT_OK


def add(
    term: str, kind: str, aliases: Sequence[str], english: Sequence[str], note: str, to: str | None, lang: str
) -> int:
    """Add a term to the user's own lexicon, or to the file named."""
    said_in = language(lang)
    if kind not in KINDS:
        raise UsageError(Message("lexicon.no_kind", {"kind": kind, "kinds": " ".join(sorted(KINDS))}))
    if not term.strip():
        raise UsageError(Message("learn.empty"))
    if any("\t" in value or "\n" in value for value in (term, note, *aliases, *english)):
        raise UsageError(Message("learn.tab"))
    path = Path(to) if to else user_folder() / OWN_FILE
    same = next(
        (t for t in Lexicon.load([path] if path.exists() else []).terms if key_of(t.term) == key_of(term)), None
    )
    if same is not None:
        raise UsageError(Message("learn.known", {"term": same.term, "place": f"{Path(same.file).name}:{same.line}"}))
    add_row(path, "terms", term_row(term, note, kind, "; ".join(aliases), "; ".join(english)))
    print(phrase("learn.added", said_in, term=term, path=str(path)))
    return EXIT_OK


def add_garbled(right: str, garbled: Sequence[str], note: str, to: str | None, lang: str) -> int:
    """Add wrong forms of `right` to the user's own list, or to the file named."""
    said_in = language(lang)
    if any("\t" in value or "\n" in value for value in (right, note, *garbled)):
        raise UsageError(Message("learn.tab"))
    path = Path(to) if to else user_folder() / OWN_GARBLES
    forms = {key_of(form): t for t in Lexicon.load().terms for form in (t.term, *t.aliases)}
    for wrong in garbled:
        term = forms.get(key_of(wrong))
        if term is not None:
            place = f"{Path(term.file).name}:{term.line}"
            raise UsageError(Message("learn.is_term", {"term": wrong, "place": place}))
    for wrong in garbled:
        add_row(path, "garbles", (wrong, right, note))
        print(phrase("learn.added_garbled", said_in, garbled=wrong, right=right, path=str(path)))
    return EXIT_OK


def _known(lexicons: Sequence[str]) -> frozenset[str]:
    terms = Lexicon.load(lexicon_paths(lexicons)).terms
    return frozenset(key_of(form) for t in terms for form in (t.term, *t.aliases))


def _free(name: str) -> Path:
    """The path, where there is no file yet: an earlier one may hold an editor's work."""
    path = Path(name)
    if path.exists():
        raise UsageError(Message("error.exists", {"path": name}))
    return path


def _logs(path: Path) -> list[list[Decision]]:
    """The logs a path names: itself, that of an article, or those in a folder and below."""
    if path.is_dir():
        found = sorted(path.rglob(LOGS))
        if not found:
            raise UsageError(Message("learn.no_logs", {"path": str(path)}))
        return [read_log(p) for p in found]
    own = OwnLog(path) if path.name.endswith(LOG_ENDING) else own_log(path)
    if not own.path.is_file():
        raise UsageError(Message("error.missing", {"path": str(own.path)}))
    return [own.of(read_log(own.path))]


def _write(path: Path, kind: Kind, comment: str, rows: Sequence[Sequence[str]], lang: Language) -> None:
    write_proposals(path, kind, phrase(comment, lang), rows)
    print(phrase("learn.wrote", lang, path=str(path), count=len(rows)))
