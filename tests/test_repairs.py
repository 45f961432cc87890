"""Repairs for English residue: a table of fragments and what must be offered for them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_repair.article import Article
from ntm_repair.messages import LANGUAGES, say
from ntm_repair.pipeline import load_resources, scan
from ntm_repair.rules import RULES
from ntm_repair.suggest import suggestions_for
from ntm_repair.suggest.english import DRAFT
from ntm_repair.types import Document, Hit, Message, Source, Suggestion

CASES = Path(__file__).parent / "cases"
CONFIDENT = 0.5
RULE = next(rule for rule in RULES if rule.code == "NTM101")


def table(name: str) -> list[Any]:
    rows = json.loads((CASES / name).read_text("utf-8"))
    return [pytest.param(row, id=row["label"]) for row in rows]


def offered(text: str) -> tuple[Suggestion, ...]:
    """The suggestions for the span in double brackets, as the rule's own finding would get them."""
    before, rest = text.split("[[")
    fragment, after = rest.split("]]")
    article = Article(Document(before + fragment + after, Source("case", "0" * 64, "utf-8")))
    hit = Hit(len(before), len(before) + len(fragment), Message("ntm101.fragment", {"count": 1}), 0.9, {})
    return suggestions_for(article, load_resources(), RULE, hit)


@pytest.mark.parametrize("row", table("repairs.json"))
def test_offers(row: dict[str, Any]) -> None:
    found = offered(row["text"])
    texts = [s.replacement for s in found]
    if "first" in row:
        assert texts[:1]
        assert texts[0] in row["first"], texts
    if "third" in row:
        assert set(texts[:3]) & set(row["third"]), texts
    if "third_starts" in row:
        assert any(t.startswith(start) for t in texts[:3] for start in row["third_starts"]), texts
    if "source" in row:
        assert found[0].source == row["source"]


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        (
            "Chủ tịch xã cho biết [[the commune will continue to review the criteria that have not been met and assign"
            " specific tasks to each member of the steering committee]].",
            "xã sẽ tiếp tục rà soát các tiêu chí chưa đạt và giao nhiệm vụ cụ thể từng thành viên của ban chỉ đạo",
        ),
        (
            "Bác sĩ trưởng trạm [[said that most people in the village rarely visit the clinic because of the long"
            " distance]].",
            "nói rằng hầu hết người dân trong thôn ít khi tham quan phòng khám vì khoảng cách",
        ),
    ],
)
def test_a_clause_gets_one_draft(text: str, draft: str) -> None:
    (found,) = offered(text)
    assert found.replacement.startswith(draft)
    assert found.score == DRAFT
    assert found.why.key == "suggest.draft"


@pytest.mark.parametrize(
    "clause",
    [
        "the commune will continue to frobnicate the criteria that have not been met and assign specific tasks to all",
        " ".join(["the commune will continue to review the criteria"] * 5),
    ],
)
def test_no_draft_of_what_is_not_known_or_too_long(clause: str) -> None:
    assert [s for s in offered(f"Chủ tịch xã cho biết [[{clause}]] trong tháng tới.") if s.replacement] == []


@pytest.mark.parametrize("row", table("repairs-negative.json"))
def test_offers_nothing_with_confidence(row: dict[str, Any]) -> None:
    assert [s for s in offered(row["text"]) if s.score >= CONFIDENT] == []


@pytest.mark.parametrize("row", table("repairs-known-failures.json"))
@pytest.mark.xfail(strict=True, reason="not reached yet")
def test_known_failures(row: dict[str, Any]) -> None:
    assert {s.replacement for s in offered(row["text"])[:3]} & set(row["third"])


def test_a_finding_beside_its_translation_says_so() -> None:
    text = (
        "Nhà văn hóa thôn được khánh thành vào tháng 3 năm 2019."
        " The village cultural house was inaugurated in March 2019. Bà con rất phấn khởi."
    )
    found = scan(Document(text, Source("case", "0" * 64, "utf-8")), load_resources()).findings
    assert [f.rule for f in found] == ["NTM101"]
    assert found[0].evidence["translation_beside"] is True
    assert found[0].suggestions[0].replacement == ""
    assert found[0].suggestions[0].score > CONFIDENT


words = st.sampled_from("the of new plan xã NTM 2020 to Show quality, and in-time huyện 's zx level (a) don't".split())


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=1, max_size=12), st.booleans())
def test_every_suggestion_is_fit_to_show(fragment: list[str], opens: bool) -> None:
    before = "" if opens else "Các xã đã hoàn thành "
    text = f"{before}[[{' '.join(fragment)}]] trong năm nay."
    found = offered(text)
    assert offered(text) == found
    assert len({s.replacement for s in found}) == len(found)
    for suggestion in found:
        assert 0 < suggestion.score <= 1
        assert suggestion.replacement != " ".join(fragment)
        assert "  " not in suggestion.replacement
        for language in LANGUAGES:
            assert say(suggestion.why, language)


def test_an_article_without_english_loads_no_glossary(tmp_path: Path) -> None:
    article = tmp_path / "bai.txt"
    article.write_text("Bà con góp ngày công làm đường. Vụ này lúa tốt.\n", "utf-8")
    code = (
        "import sys; from pathlib import Path; from ntm_repair.files import read_document;"
        "from ntm_repair.pipeline import load_resources, scan;"
        f"scan(read_document(Path({str(article)!r})), load_resources());"
        "sys.exit('ntm_repair.suggest.senses' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
