"""Learning from clean articles and from decisions, and the layers of lexicons."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.article import Article
from ntm_repair.context import Context
from ntm_repair.decisions import DecisionLog
from ntm_repair.learning.files import add_row
from ntm_repair.learning.from_decisions import lessons
from ntm_repair.learning.terms import proposals
from ntm_repair.lexicon import HEADER, Lexicon
from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES
from ntm_repair.suggest import suggestions_for
from ntm_repair.types import Anchor, Decision, Document, Hit, Message, Source

ARTICLES = (
    "Vụ này, bà con trồng sâm bố chính trên nương. Sâm bố chính dễ tính, ít sâu. Xã mở lớp dạy nghề sâm bố chính.",
    "Giá sâm bố chính năm nay cao. Thương lái đến tận nương mua sâm bố chính. Hợp tác xã sấy khô, ai cũng khen.",
    "Nhờ sâm bố chính, nhiều hộ có của ăn của để. Huyện coi sâm bố chính là cây chủ lực, không trồng tràn lan.",
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_REPAIR_HOME", str(tmp_path / "home"))


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from ntm_repair.cli import main; main()", *arguments],
        cwd=cwd, capture_output=True, text=True, env={**os.environ, "NTM_REPAIR_LANG": "en"},
    )  # fmt: skip


def decision(number: int, seen: str, meant: str, rule: str = "NTM301", action: str = "accept") -> Decision:
    anchor = Anchor(0, len(seen), seen, "", "", 1, 1)
    return Decision(
        number=number, at="2024-05-01T08:00:00Z", by="BTV", action=action, rule=rule, fingerprint=f"{number:016x}",
        anchor=anchor, replacement=meant, suggested_by="", scope="this", undoes=0, source_name="bai.txt", record="",
        source_sha256="0" * 64, tool_version="0", lexicon_sha256="0" * 64,
    )  # fmt: skip


def test_a_recurring_term_is_proposed_whole() -> None:
    found = {p.term: p for p in proposals(ARTICLES, frozenset(), Context.load())}
    assert "sâm bố chính" in found
    assert found["sâm bố chính"].count == 7
    assert found["sâm bố chính"].texts == 3
    assert "bố chính" not in found
    assert "sâm bố" not in found


def test_a_known_term_is_not_proposed() -> None:
    assert not any(p.term == "sâm bố chính" for p in proposals(ARTICLES, {"sâm bố chính"}, Context.load()))


@given(st.permutations(ARTICLES))
def test_the_order_of_articles_does_not_matter(articles: list[str]) -> None:
    assert proposals(articles, frozenset(), Context.load()) == proposals(ARTICLES, frozenset(), Context.load())


def test_decisions_teach_what_was_chosen_and_not_what_was_kept() -> None:
    log = [
        decision(1, "chuẩn đạt", "đạt chuẩn"),
        decision(2, "Chuẩn đạt", "Đạt chuẩn"),
        decision(3, "kiểu mẫu vườn", "vườn kiểu mẫu"),
        decision(4, "kiểu mẫu vườn", "", action="keep"),
        decision(5, "Do that", "Do đó", "NTM101"),
        decision(6, "the end of the season", "", "NTM101", action="delete"),
        decision(7, "Hội nghị", "", "NTM201", action="delete"),
    ]
    learned = lessons([log], frozenset({"đạt chuẩn"}))
    assert [(a.seen, a.meant, a.count) for a in learned.answers] == [
        ("chuẩn đạt", "đạt chuẩn", 2),
        ("do that", "do đó", 1),
        ("the end of the season", "", 1),
    ]
    assert learned.glosses == (("do that", "do đó", 1),)
    assert learned.terms == ()
    assert lessons([log], frozenset()).terms == (("đạt chuẩn", 2),)


def test_an_undone_answer_teaches_nothing() -> None:
    log = [decision(1, "chuẩn đạt", "đạt chuẩn"), replace(decision(2, "", "", action="undo"), undoes=1)]
    assert lessons([log], frozenset()).answers == ()


def test_learn_from_articles_writes_a_valid_file_and_never_over_another(tmp_path: Path) -> None:
    for i, text in enumerate(ARTICLES):
        (tmp_path / f"bai-{i}.txt").write_text(text, "utf-8")
    done = run("lexicon", "learn", ".", "-o", "moi.tsv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "moi.tsv").read_text("utf-8")
    assert "\nsâm bố chính\tphrase\t\t\t7 times in 3 articles\n" in text
    assert run("lexicon", "check", "moi.tsv", cwd=tmp_path).returncode == 0
    again = run("lexicon", "learn", ".", "-o", "moi.tsv", cwd=tmp_path)
    assert again.returncode == 2
    assert "moi.tsv" in again.stderr
    assert "Traceback" not in again.stderr
    assert (tmp_path / "moi.tsv").read_text("utf-8") == text


def test_what_decisions_teach_is_offered_at_the_next_place(tmp_path: Path) -> None:
    log = DecisionLog.open(tmp_path / "bai.decisions.jsonl")
    log.append(decision(1, "zorb quimper", "thúng gạo", "NTM101", action="edit"))
    log.append(decision(2, "mẫu kiểu vườn rau", "vườn rau kiểu mẫu"))
    log.close()
    done = run("lexicon", "learn", "--from-decisions", ".", "-o", "hoc.tsv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    files = [tmp_path / name for name in ("hoc.tsv", "hoc.glossary.tsv", "hoc.terms.tsv")]
    assert all(file.is_file() for file in files)
    assert run("lexicon", "check", *map(str, files), cwd=tmp_path).returncode == 0
    resources = load_resources(tuple(files))
    assert [t.layer for t in resources.lexicon.terms if t.term == "vườn rau kiểu mẫu"] == ["project"]
    article = Article(Document("Bà con góp zorb quimper cho quỹ.", Source("bai", "0" * 64, "utf-8")))
    rule = next(r for r in RULES if r.code == "NTM101")
    hit = Hit(11, 23, Message("ntm101.words", {"count": 2}), 0.9, {})
    first = suggestions_for(article, resources, rule, hit)[0]
    assert (first.replacement, first.source, first.why.key) == ("thúng gạo", "lexicon", "suggest.answered_project")
    assert not any(s.replacement == "thúng gạo" for s in suggestions_for(article, load_resources(), rule, hit))


def test_the_project_is_over_the_user_is_over_what_is_shipped(tmp_path: Path) -> None:
    header = "\t".join(HEADER)
    own = tmp_path / "home" / "lexicon" / "cua-toi.tsv"
    own.parent.mkdir(parents=True)
    own.write_text(f"{header}\nnông thôn mới\tconcept\t\t\tcủa tôi\nlúa rươi\tphrase\t\t\tcủa tôi\n", "utf-8")
    project = tmp_path / "du-an.tsv"
    project.write_text(f"{header}\nlúa rươi\tphrase\t\t\tcủa dự án\n", "utf-8")
    notes = {t.term: (t.layer, t.note) for t in Lexicon.load([project]).terms}
    assert notes["nông thôn mới"] == ("user", "của tôi")
    assert notes["lúa rươi"] == ("project", "của dự án")
    assert notes["xã nông thôn mới"][0] == "built-in"


def test_a_users_gloss_outranks_the_shipped_ones(tmp_path: Path) -> None:
    gloss = tmp_path / "nghia.tsv"
    gloss.write_text("english\tclass\tvietnamese\todd\nplan\tphrase\tđề án\t\n", "utf-8")
    text = "Xã đã trình [[plan]] lên huyện."
    start = text.index("[[")
    article = Article(Document(text.replace("[[", "").replace("]]", ""), Source("bai", "0" * 64, "utf-8")))
    rule = next(r for r in RULES if r.code == "NTM102")
    hit = Hit(start, start + 4, Message("ntm102.word", {"text": "plan"}), 0.9, {})
    first = suggestions_for(article, load_resources((gloss,)), rule, hit)[0]
    assert (first.replacement, first.why.key) == ("đề án", "suggest.reading_project")


def test_add_appends_a_checked_row(tmp_path: Path) -> None:
    done = run("lexicon", "add", "lúa rươi", "--kind", "agriculture", "--english", "ragworm rice", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [t.english for t in Lexicon.load().terms if t.term == "lúa rươi"] == [("ragworm rice",)]
    for wrong in (("lúa rươi",), ("nông thôn mới",), ("rươi",), ("lúa  rươi",), ("lúa đỏ", "--kind", "cây")):
        failed = run("lexicon", "add", *wrong, cwd=tmp_path)
        assert failed.returncode == 2, wrong
        assert len(failed.stderr.strip().splitlines()) == 1
    assert sum(t.layer == "user" for t in Lexicon.load().terms) == 1


def test_add_keeps_what_the_file_held(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    before = ("\t".join(HEADER) + "\r\n# ghi chú\r\nlúa rươi\tphrase\t\t\t\r\n").encode()
    path.write_bytes(before)
    add_row(path, "terms", ("cá rươi kho", "phrase", "", "", ""))
    assert path.read_bytes() == before + "cá rươi kho\tphrase\t\t\t\r\n".encode()
    assert list(tmp_path.glob(".*")) == []


def test_a_broken_answers_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "hoc.tsv"
    path.write_text("seen\tmeant\trule\tcount\na\tb\tNTM101\tnhiều\n", "utf-8")
    done = run("lexicon", "check", "hoc.tsv", cwd=tmp_path)
    assert done.returncode == 2
    assert "hoc.tsv:2" in done.stderr
