"""Ranking by experience: from the log alone, and the same whatever the order of its lines."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.article import Article
from ntm_repair.decoding import decode
from ntm_repair.pipeline import Scanned
from ntm_repair.review.evidence import evidence_lines, notices
from ntm_repair.suggest.rank import Experience, reranked
from ntm_repair.types import Anchor, Decision, Finding, Message, Suggestion

WHY = Message("suggest.delete_reads")


def finding(text: str, *suggestions: tuple[str, float, str], rule: str = "NTM101") -> Finding:
    offered = tuple(Suggestion(r, score, source, WHY) for r, score, source in suggestions)  # type: ignore[arg-type]
    anchor = Anchor(0, len(text), text, "", "", 1, 1)
    return Finding(rule, "0" * 16, anchor, 0, len(text), text, WHY, 0.9, {}, offered)


def answer(number: int, text: str, replacement: str, source: str = "", action: str = "accept") -> Decision:
    return Decision(
        number=number, at="2024-05-01T08:00:00Z", by="BTV", action=action, rule="NTM101",  # type: ignore[arg-type]
        fingerprint=f"{number:016x}", anchor=Anchor(0, len(text), text, "", "", 1, 1), replacement=replacement,
        suggested_by=source, scope="this", undoes=0, source_name="a", record="", source_sha256="0" * 64,  # type: ignore[arg-type]
        tool_version="0", lexicon_sha256="0" * 64,
    )  # fmt: skip


OF = finding("of the", ("của các", 0.6, "glossary"), ("", 0.5, "deletion"), ("thuộc", 0.1, "lexicon"))


def order(found: Finding) -> list[str]:
    return [s.replacement for s in found.suggestions]


def test_no_experience_changes_nothing() -> None:
    assert reranked((OF,), Experience.of([])) == (OF,)
    other = Experience.of([[replace(answer(1, "x", "y", "lexicon"), rule="NTM301")]])
    assert reranked((OF,), other) == (OF,)


def test_a_source_that_is_taken_rises_and_one_that_is_refused_falls() -> None:
    log = [answer(i, f"with {i}", "", "deletion", "delete") for i in range(12)]
    (moved,) = reranked((OF,), Experience.of([log]))
    assert order(moved) == ["", "của các", "thuộc"]
    assert moved.suggestions[0].score > 0.5
    assert moved.suggestions[1].score < 0.6


def test_the_same_words_get_the_same_answer_first() -> None:
    (moved,) = reranked((OF,), Experience.of([[answer(1, "Of  the", "thuộc về", action="edit")]]))
    assert order(moved)[0] == "thuộc về"
    assert moved.suggestions[0].why.values["count"] == 1


def test_words_that_were_kept_are_offered_less() -> None:
    log = [answer(i, "of the", "", action="keep") for i in range(3)]
    (moved,) = reranked((OF,), Experience.of([log]))
    assert all(new.score < old.score for new, old in zip(moved.suggestions, OF.suggestions, strict=True))


ARTICLE = Scanned(Article(decode(b"of the", "a.txt")), ())
STRAY = finding(" ", ("", 0.95, "rule"), rule="NTM402")


def test_a_score_that_fell_says_why() -> None:
    log = [replace(answer(1, " ", "", action="keep"), rule="NTM402")]
    (moved,) = reranked((STRAY,), Experience.of([log]))
    assert moved.suggestions[0].score < STRAY.suggestions[0].score
    assert moved.evidence == {"lowered_from": 0.95, "kept_before": 1, "answers_before": 1, "taken_before": 0}
    said = evidence_lines(moved, "en")
    assert said[0] == "score before earlier answers lowered it: 0.95"
    assert notices(ARTICLE, moved, "en") == ["These very words were kept 1 time before: that lowered the score below."]
    assert notices(ARTICLE, moved, "vi")[0].startswith("Chính những chữ này trước đây đã được giữ nguyên 1 lần")


@given(st.lists(st.sampled_from(["keep", "delete", "edit"]), max_size=6), st.booleans())
def test_whatever_moved_a_score_is_in_the_evidence(given_before: list[str], same: bool) -> None:
    log = [
        answer(i, "of the" if same else f"of {i}", "", "deletion" if a == "delete" else "", a)
        for i, a in enumerate(given_before, 1)
    ]
    (moved,) = reranked((OF,), Experience.of([log]))
    first = moved.suggestions[0]
    was = next(s.score for s in OF.suggestions if s.replacement == first.replacement)
    name = "lowered_from" if first.score < was else "raised_from" if first.score > was else ""
    assert {n for n in ("lowered_from", "raised_from") if n in moved.evidence} == {name} - {""}
    assert not name or moved.evidence[name] == was


def test_an_answer_taken_back_says_nothing() -> None:
    log = [answer(1, "of the", "thuộc về"), replace(answer(2, "of the", "", action="undo"), undoes=1)]
    assert reranked((OF,), Experience.of([log])) == (OF,)


def test_what_is_safe_stays_as_it_is() -> None:
    safe = replace(OF, applicability="safe")
    log = [answer(i, "of the", "thuộc về") for i in range(9)]
    assert reranked((safe,), Experience.of([log])) == (safe,)


lines = st.builds(
    answer,
    number=st.integers(1, 60),
    text=st.sampled_from(["of the", "Of the", "with"]),
    replacement=st.sampled_from(["", "của các", "với"]),
    source=st.sampled_from(["", "glossary", "deletion", "lexicon"]),
    action=st.sampled_from(["accept", "edit", "keep", "delete"]),
)


@given(st.lists(lines, max_size=20, unique_by=lambda d: d.number), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter_and_scores_stay_scores(log: list[Decision], random: object) -> None:
    shuffled = list(log)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    (one,), (other,) = reranked((OF,), Experience.of([log])), reranked((OF,), Experience.of([[d] for d in shuffled]))
    assert one == other
    assert all(0 <= s.score <= 1 for s in one.suggestions)
    assert set(order(OF)) <= set(order(one)) or len(one.suggestions) == 5
