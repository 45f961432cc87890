"""The session without any face: answers, scopes, groups, undo, and what they come to in the articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from made_up import author, scanned, session
from ntm_repair.decisions import SHARED, in_force, read_log
from ntm_repair.errors import UsageError
from ntm_repair.ownlog import log_path
from ntm_repair.review.session import Session
from ntm_repair.types import Scope

ONE = "Xã [[new]] và thôn [[old]], đường [[new]] rất dài.\n\nTrạm y tế [[twice]] đã xong.\n"
TWO = "Huyện [[new]] có chợ [[old]] và cầu [[new]].\n"


@pytest.fixture
def single(tmp_path: Path) -> Session:
    return session([scanned(tmp_path / "mot.txt", ONE)], tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Session:
    return again(tmp_path)


def again(tmp_path: Path) -> Session:
    return session([scanned(tmp_path / "mot.txt", ONE), scanned(tmp_path / "b/hai.txt", TWO)], tmp_path)


def log(review: Session, case: int = 0) -> list[tuple[str, str, str]]:
    path = review.cases[case].log
    return [(d.action, d.replacement, d.scope) for d in read_log(path)] if path.exists() else []


def test_every_answer_is_a_line_and_goes_on_to_the_next(single: Session) -> None:
    assert single.choose(1) is not None
    assert single.index == 1
    single.write("thời trước")
    single.choose(0)
    single.delete()
    assert single.item is None
    assert log(single) == [
        ("accept", "mới", "this"),
        ("edit", "thời trước", "this"),
        ("keep", "", "this"),
        ("delete", "", "this"),
    ]
    assert single.cases[0].text() == "Xã mới và thôn thời trước, đường new rất dài.\n\nTrạm y tế đã xong.\n"


def test_an_answer_that_is_not_there_leaves_no_line(single: Session) -> None:
    assert single.choose(2) is None
    assert single.choose(-1) is None
    single.go_to(99)
    for nothing in (single.choose(0), single.delete(), single.write("x"), single.repeat("file"), single.note("x")):
        assert not nothing
    assert log(single) == []


def test_the_highlight_starts_on_keeping_unless_the_fix_is_safe(tmp_path: Path) -> None:
    assert session([scanned(tmp_path / "a.txt", ONE)], tmp_path).highlight == 0
    assert session([scanned(tmp_path / "b.txt", ONE, "safe")], tmp_path).highlight == 1


def test_writing_the_same_words_keeps_and_nothing_deletes(single: Session) -> None:
    single.write("new")
    single.write("")
    assert [action for action, _, _ in log(single)] == ["keep", "delete"]


@pytest.mark.parametrize("scope", ["file", "everywhere"])
def test_a_wide_answer_is_one_line_and_says_its_reach(folder: Session, tmp_path: Path, scope: str) -> None:
    expected = {"file": (2, 1), "everywhere": (4, 2)}[scope]
    item = folder.item
    assert item is not None
    assert folder.reach(item, scope) == expected  # type: ignore[arg-type]
    given_answer = folder.choose(1, scope)  # type: ignore[arg-type]
    assert given_answer is not None
    assert (given_answer.findings, given_answer.articles) == expected
    lines = [d for p in tmp_path.rglob("*.decisions.jsonl") for d in read_log(p)]
    assert [(d.action, d.scope) for d in lines] == [("accept", scope)]
    assert (tmp_path / SHARED).exists() == (scope == "everywhere")
    assert folder.undecided == 7 - expected[0]
    assert again(tmp_path).undecided == folder.undecided


def test_an_answer_of_its_own_outranks_a_wider_one_whenever_given(folder: Session) -> None:
    folder.write("riêng")  # the first "new" of the first article
    folder.go_to(2)
    folder.choose(1, "everywhere")
    folder.go_to(4)
    folder.choose(0, "file")
    assert folder.cases[0].text().startswith("Xã riêng và thôn old, đường mới")
    assert folder.cases[1].text() == "Huyện new có chợ old và cầu new.\n"


def test_later_outranks_earlier_at_the_same_width(folder: Session) -> None:
    folder.choose(1, "everywhere")
    folder.go_to(0)
    folder.choose(0, "everywhere")
    assert folder.cases[1].text().startswith("Huyện new")


def test_a_wide_answer_reaches_the_finding_it_was_given_at(single: Session) -> None:
    single.choose(0)
    single.go_to(0)
    single.move_highlight(1)
    answered = single.repeat("file")
    assert answered is not None
    assert answered.findings == 2
    assert single.cases[0].text().startswith("Xã mới và thôn old, đường mới")


def test_repeating_gives_the_answer_that_was_given(single: Session) -> None:
    single.write("tân")
    single.back()
    assert single.at_hand() == ("edit", "tân", "")
    single.repeat("file")
    assert single.cases[0].text().startswith("Xã tân và thôn old, đường tân")


@pytest.mark.parametrize("scope", ["this", "file"])
def test_enter_on_an_answered_finding_gives_the_same_answer(single: Session, scope: Scope) -> None:
    answers: list[Callable[[], object]] = [
        lambda: single.write("tân", scope),
        lambda: single.delete(scope),
        lambda: single.choose(2, scope),
        lambda: single.choose(0, scope),
    ]
    for give in answers:
        single.go_to(0)
        give()
        before = single.cases[0].text()
        for _ in range(2):
            single.go_to(0)
            single.take_highlight()
        assert single.cases[0].text() == before
    while single.undo():
        pass
    assert (single.highlight, single.given) == (0, None)


def test_the_arrow_moves_over_an_answer_of_ones_own_too(single: Session) -> None:
    single.write("tân")
    single.back()
    lines = len(single.options) + 2
    seen = []
    for _ in range(lines):
        seen.append(single.replacement)
        single.move_highlight(1)
    assert seen[:2] == ["tân", None]
    assert seen[2:] == [s.replacement for s in single.options]
    assert single.replacement == "tân"
    single.move_highlight(1)
    assert single.at_hand() == ("keep", "", "")


def test_words_offered_another_repair_are_not_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import made_up

    first = scanned(tmp_path / "a.txt", TWO)
    monkeypatch.setitem(made_up.SUGGESTED, "new", ("mới mẻ",))
    second = scanned(tmp_path / "b.txt", TWO)
    review = session([first, second], tmp_path)
    answered = review.choose(1, "everywhere")
    assert answered is not None
    assert (answered.findings, answered.articles) == (2, 1)
    assert review.cases[1].edits() == []


def test_groups_come_biggest_first_and_are_answered_once(folder: Session, tmp_path: Path) -> None:
    groups = folder.groups
    assert [(g.key[1], len(g.items), g.articles) for g in groups] == [("new", 4, 2), ("old", 2, 2), ("twice", 1, 1)]
    answered = folder.choose_for(groups[0], 1)
    assert answered is not None
    assert (answered.findings, answered.articles) == (4, 2)
    folder.write_for(groups[1], "trước kia")
    folder.delete_all(groups[2])
    assert folder.undecided == 0
    assert [d.scope for d in read_log(tmp_path / SHARED)] == ["everywhere"] * 3
    assert folder.cases[1].text() == "Huyện mới có chợ trước kia và cầu mới.\n"


def test_an_opened_group_shows_its_findings_only(folder: Session) -> None:
    folder.open_group(folder.groups[1])
    assert len(folder.shown) == 2
    folder.choose(2)
    folder.choose(0)
    assert folder.item is None
    folder.close_group()
    assert len(folder.shown) == 7
    assert [folder.left_in(g) for g in folder.groups] == [4, 0, 1]


def test_undo_goes_back_over_logs_and_sittings(folder: Session, tmp_path: Path) -> None:
    folder.choose(1)
    folder.go_to(5)
    folder.choose(2)  # in the second article
    folder.go_to(2)
    folder.choose(1, "everywhere")
    folder.books.close()
    later = again(tmp_path)
    undone = [later.undo() for _ in range(4)]
    assert [d and (d.action, d.scope) for d in undone] == [
        ("accept", "everywhere"),
        ("accept", "this"),
        ("accept", "this"),
        None,
    ]
    assert later.undecided == 7
    assert later.index == 0
    assert len(read_log(tmp_path / SHARED)) == 2


def test_undo_brings_back_the_answer_before(single: Session) -> None:
    single.choose(1)
    single.go_to(0)
    single.choose(0)
    single.undo()
    assert single.cases[0].text().startswith("Xã mới")
    assert in_force(read_log(single.cases[0].log))


def test_a_note_answers_nothing_and_is_shown_again(single: Session, tmp_path: Path) -> None:
    single.note("hỏi tác giả")
    assert single.undecided == 4
    single.books.close()
    later = session([scanned(tmp_path / "mot.txt", ONE)], tmp_path)
    assert later.case.note(later.items[0].finding) == "hỏi tác giả"


def test_allowing_answers_all_it_hides_and_can_be_taken_back(folder: Session, tmp_path: Path) -> None:
    answered = folder.allow("New", reason="tên riêng")
    assert answered is not None
    assert (answered.findings, answered.articles) == (4, 2)
    assert folder.undecided == 3
    assert folder.cases[1].edits() == []
    assert 'term = "New"' in (tmp_path / "ntm-repair.toml").read_text("utf-8")
    folder.undo()
    assert folder.undecided == 7
    assert "New" not in (tmp_path / "ntm-repair.toml").read_text("utf-8")


def test_allowing_something_else_than_the_finding_is_refused(single: Session, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        single.allow("newer")
    assert log(single) == []
    assert not (tmp_path / "ntm-repair.toml").exists()


def test_what_the_encoding_cannot_hold_is_refused_at_once(tmp_path: Path) -> None:
    review = session([scanned(tmp_path / "a.txt", "Thôn [[new]] có cau.\n", encoding="cp1258")], tmp_path)
    with pytest.raises(UsageError):
        review.write("mới ☺")
    assert log(review) == []


def test_search_finds_text_suggestions_answers_and_files(folder: Session) -> None:
    for words, index in (("xưa", 1), ("TWICE", 3), ("hai.txt", 4)):
        assert folder.search(words)
        assert folder.index == index
    assert folder.search("ntm")
    rule = folder.item.finding.rule if folder.item else ""
    assert folder.search(rule.lower())
    assert not folder.search("NTM999")
    assert not folder.search("không có")
    assert not folder.search("  ")


def test_a_log_held_by_another_review_is_said(tmp_path: Path) -> None:
    first, second = again(tmp_path), again(tmp_path)
    first.choose(0)
    with pytest.raises(UsageError) as error:
        second.choose(1)
    assert error.value.message.key == "error.log_in_use"
    assert log(first) == [("keep", "", "this")]


ANSWERS = st.one_of(
    st.tuples(st.just("choose"), st.integers(0, 3), st.sampled_from(["this", "file", "everywhere"])),
    st.tuples(st.just("write"), st.sampled_from(["", "khác", "new"]), st.sampled_from(["this", "file", "everywhere"])),
    st.tuples(st.just("go"), st.integers(0, 8), st.just("")),
    st.tuples(st.just("group"), st.integers(0, 2), st.just("")),
    st.tuples(st.just("undo"), st.just(0), st.just("")),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANSWERS, max_size=14))
def test_any_sitting_can_be_resumed_replayed_and_undone(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, object, str]]
) -> None:
    tmp_path = tmp_path_factory.mktemp("phien")
    review = again(tmp_path)
    for what, value, scope in steps:
        before = sum(len(review.books.lines(p)) for p in (*(c.log for c in review.cases), tmp_path / SHARED))
        if what == "choose":
            review.choose(value, scope)  # type: ignore[arg-type]
        elif what == "write":
            review.write(value, scope)  # type: ignore[arg-type]
        elif what == "go":
            review.go_to(value)  # type: ignore[arg-type]
        elif what == "group":
            review.choose_for(review.groups[value % 3], 0)  # type: ignore[operator]
        else:
            review.undo()
        after = sum(len(review.books.lines(p)) for p in (*(c.log for c in review.cases), tmp_path / SHARED))
        assert after - before <= 2
    texts = [case.text() for case in review.cases]
    answered = [review.answer_of(item) for item in review.items]
    review.books.close()
    later = again(tmp_path)
    assert [case.text() for case in later.cases] == texts
    assert [later.answer_of(item) for item in later.items] == answered
    while later.undo():
        pass
    assert later.undecided == len(later.items)
    assert all(case.edits() == [] for case in later.cases)
    later.books.close()


def test_the_author_of_a_line_is_the_one_who_answered(tmp_path: Path) -> None:
    review = session([scanned(tmp_path / "mot.txt", ONE)], tmp_path, author("Lan"))
    review.choose(1)
    (line,) = read_log(log_path(tmp_path / "mot.txt"))
    assert (line.by, line.offered, line.suggested_by) == ("Lan", "mới", "lexicon")
