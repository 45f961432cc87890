"""What a rule saw is told to editors in words: every piece of evidence has a name in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_repair.article import Article
from ntm_repair.detect import detect
from ntm_repair.messages import CATALOGUES, LANGUAGES
from ntm_repair.pipeline import load_resources
from ntm_repair.review.evidence import evidence_lines
from ntm_repair.rules import RULES
from ntm_repair.types import Anchor, Document, Finding, Message, Source

CASES = Path(__file__).parent / "cases"


def found(text: str) -> tuple[Finding, ...]:
    return detect(Article(Document(text, Source("a.txt", "0" * 64, "utf-8"))), load_resources(), RULES)


def texts() -> list[str]:
    garbled = [row["garbled"] for row in json.loads((CASES / "garbled.json").read_text("utf-8"))]
    wild = [row["text"] for row in json.loads((CASES / "in-the-wild.json").read_text("utf-8"))]
    bad = [example for rule in RULES for example in rule.bad]
    return [text.replace("⟦", "").replace("⟧", "").replace("[[", "").replace("]]", "") for text in bad + wild + garbled]


def test_every_piece_of_evidence_has_a_name() -> None:
    seen = {name for text in texts() for finding in found(text) for name in finding.evidence}
    assert len(seen) > 20
    for language in LANGUAGES:
        assert {name for name in seen if f"evidence.{name}" not in CATALOGUES[language]} == set()


def test_every_kind_of_term_has_a_name() -> None:
    kinds = {term.kind for term in load_resources().lexicon.terms}
    assert len(kinds) > 10
    for language in LANGUAGES:
        assert {kind for kind in kinds if f"evidence.kind.{kind}" not in CATALOGUES[language]} == set()


def made(**evidence: object) -> Finding:
    return Finding("NTM101", "0" * 16, Anchor(0, 1, "a", "", "", 1, 1), 0, 1, "a", Message("x"), 0.9, evidence)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("evidence", "vietnamese", "english"),
    [
        ({"nats": 12.345}, "độ mạnh của căn cứ (nat): 12,35", "strength of the evidence (nats): 12.35"),
        ({"exact": True}, "đọc lại không mất gì: có", "read back without loss: yes"),
        ({"edit": "reordered"}, "kiểu hỏng: đảo trật tự", "kind of damage: wrong order"),
        ({"rules": ("NTM401", "NTM402")}, "quy tắc cùng sửa chỗ này: NTM401, NTM402", None),
        ({"chua_biet": 3}, "chua_biet: 3", "chua_biet: 3"),
        ({"left": "a\x1b[2J"}, "chữ bên trái: a�[2J", None),
    ],
)
def test_names_and_values(evidence: dict[str, object], vietnamese: str, english: str | None) -> None:
    assert evidence_lines(made(**evidence), "vi") == [vietnamese]
    if english is not None:
        assert evidence_lines(made(**evidence), "en") == [english]


def test_what_says_nothing_is_not_shown() -> None:
    assert evidence_lines(made(after="", words=0), "en") == ["words: 0"]
