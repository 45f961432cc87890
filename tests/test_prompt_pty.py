"""The prompt on a real pseudo-terminal: every key of the table, input methods, and all ways of going wrong."""

from __future__ import annotations

import json
import os
import signal
import sys
import unicodedata
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal needs a Unix system", allow_module_level=True)

from ntm_repair.decisions import SHARED, read_log
from ntm_repair.types import Decision
from review_articles import HARVEST, ROAD, THREE_CAPTIONS, TWO_CAPTIONS, VISIT, road
from terminal import DOWN, END, ENTER, ESCAPE, HOME, INTERRUPT, LEFT, SPACE, TAB, UNDO, UP, Terminal, review


def answers(article: Path) -> list[Decision]:
    return read_log(article.with_suffix(".decisions.jsonl"))


def actions(article: Path) -> list[str]:
    return [d.action for d in answers(article)]


def test_a_whole_review_by_keys(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article, cold=True) as terminal:
        first = terminal.expect("done 0 · left 3 · saved")
        assert "▶ 0  keep" in first
        assert "[to open the road]" in first
        assert "line 3, column" in first
        terminal.press("e", "\x15", "để mở đường", ENTER)
        assert "left 2" in terminal.expect("NTM201")
        assert "▶ 1" in terminal.text()  # the safe fix is highlighted
        terminal.press(ENTER)
        terminal.expect("because of the flood")
        terminal.press("-")
        closing = terminal.expect("Reviewed: 0 as suggested, 1 edited, 2 deleted, 0 kept.")
        assert "[-to open the road-]{+để mở đường+}" in closing
        terminal.press("1")
        assert terminal.wait() == 0
    assert actions(article) == ["edit", "delete", "delete"]
    cleaned = article.with_name("duong.cleaned.txt").read_text("utf-8")
    caption = "Lãnh đạo xã thăm công trường thôn Đông\n\n"
    expected = ROAD.replace("to open the road", "để mở đường").replace(caption * 2, caption)
    assert cleaned == expected.replace(" because of the flood", "")
    assert article.read_text("utf-8") == ROAD


@pytest.mark.parametrize("options", [(), ("--in-place",), ("--line",)], ids=["beside", "in place", "line"])
def test_an_article_edited_elsewhere_meanwhile_is_not_written(tmp_path: Path, options: tuple[str, ...]) -> None:
    article = road(tmp_path)
    edited = ROAD.replace("làm đường\n", "làm đường mới\n", 1)
    write = "w\r" if "--line" in options else "1"
    with review(article, *options, columns=300, rows=50) as terminal:
        terminal.expect("[1/3]")
        terminal.press(*(("-\r", "0\r", "0\r") if "--line" in options else ("-", "0", "0")))
        terminal.expect("1 deleted, 2 kept")
        article.write_text(edited, encoding="utf-8")
        terminal.press(write)
        assert terminal.wait() == 2
        said = " ".join(terminal.text().split())
        assert "changed elsewhere during the review; nothing was written" in said
        assert "run the same command again" in said
    assert article.read_text("utf-8") == edited
    assert {p.name for p in tmp_path.iterdir()} == {article.name, "duong.decisions.jsonl"}
    with review(article, *options, columns=300, rows=50) as terminal:  # what was answered holds, and the edit is kept
        terminal.expect("1 deleted, 2 kept")
        terminal.press(write)
        assert terminal.wait() == 0
    written = article if "--in-place" in options else article.with_name("duong.cleaned.txt")
    assert written.read_text("utf-8") == edited.replace(" to open the road", "")


def test_of_several_articles_only_the_one_edited_elsewhere_is_left_out(tmp_path: Path) -> None:
    road(tmp_path, "a.txt", TWO_CAPTIONS)
    other = road(tmp_path, "b.txt", TWO_CAPTIONS)
    with review(tmp_path, columns=300, rows=50) as terminal:
        terminal.expect("groups of equal places")
        terminal.press("1", "1")
        terminal.expect("4 deleted")
        other.write_text(f"{TWO_CAPTIONS}\nThêm một câu.\n", encoding="utf-8")
        terminal.press("1")
        assert terminal.wait() == 2
        said = " ".join(terminal.text().split())
        assert "b.txt: the article was changed elsewhere" in said
        assert "is in 1 article (" in said
    assert {p.name for p in tmp_path.glob("*.cleaned.txt")} == {"a.cleaned.txt"}


def test_moving_about_answers_nothing(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        for keys, place in ((SPACE, 2), (SPACE, 3), (LEFT, 2), (END, 3), (HOME, 1), ("g", 1), ("2" + ENTER, 2)):
            terminal.press(keys)
            terminal.expect(f"[{place}/3]")
        terminal.press("/", "flood" + ENTER)
        terminal.expect("[3/3]")
        terminal.press("/", "không có chữ này" + ENTER)
        terminal.expect("“không có chữ này” was not found")
        terminal.press("g", "9" + ENTER)
        terminal.expect("There are places 1 to 3.")
        terminal.press(HOME, "?")
        assert "Ctrl-Z" in terminal.expect("What NTM101 saw:")
        terminal.press(ESCAPE, "+", "+", "+")
        assert "Mùa mưa vừa qua" in terminal.expect("Hòa làm đường")
        terminal.press("7")
        terminal.expect("There is no suggestion 7.")
        terminal.press("q")
        terminal.expect("That key does nothing here")
        terminal.press(ESCAPE)
        assert terminal.wait() == 1
    assert not article.with_suffix(".decisions.jsonl").exists()


def test_undo_reaches_back_over_sittings(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.press("0", "1", ESCAPE)
        assert terminal.wait() == 1
    with review(article) as terminal:
        terminal.expect("[3/3] done 2")
        terminal.press("n", "hỏi lại phóng viên" + ENTER)
        terminal.expect("Note: hỏi lại phóng viên")
        terminal.press(UNDO)
        terminal.expect("Undone: note: hỏi lại phóng viên")
        terminal.press(UNDO)
        terminal.expect("[2/3] done 1")
        terminal.press(UNDO)
        terminal.expect("[1/3] done 0")
        terminal.press(UNDO)
        terminal.expect("There is nothing left to undo.")
        terminal.press(ESCAPE)
        terminal.wait()
    assert actions(article) == ["keep", "delete", "note", "undo", "undo", "undo"]


def test_one_answer_for_all_equal_places_says_its_reach(tmp_path: Path) -> None:
    caption = "Lãnh đạo xã thăm công trường thôn Đông\n\n"
    article = road(tmp_path, text=ROAD.replace(caption * 2, caption * 3))
    with review(article, "--only", "NTM201") as terminal:
        assert "alike: 2" in terminal.expect("[1/2]")
        terminal.press(UP, "*")
        terminal.expect("all places like it in this file: 2")
        terminal.press(ENTER)  # a scope is never taken by Enter
        terminal.expect("That key does nothing here")
        terminal.press("2")
        terminal.expect("kept: for 2 places of the file.")
        terminal.press(ESCAPE)
        terminal.wait()
    (line,) = answers(article)
    assert (line.action, line.scope) == ("keep", "file")


def test_allowing_a_term_asks_where_beside_what_and_why(tmp_path: Path) -> None:
    article = road(tmp_path)
    settings = tmp_path / "ntm-repair.toml"
    settings.write_text("# của tòa soạn\n", encoding="utf-8")
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.press("!", ENTER)
        terminal.expect("only in duong.txt")
        terminal.press("2", ENTER, "tên chương trình" + ENTER)
        terminal.expect("“to open the road” is allowed from now on.")
        terminal.expect("[2/3] done 1")
        terminal.press(ESCAPE)
        terminal.wait()
    text = settings.read_text("utf-8")
    assert text.startswith("# của tòa soạn\n")
    assert 'term = "to open the road"' in text
    assert 'reason = "tên chương trình"' in text
    with review(article) as terminal:
        terminal.expect("[1/2] done 0 · left 2")
        terminal.press(UNDO)
        terminal.expect("Undone: allowed: to open the road")
        terminal.press(ESCAPE)
        terminal.wait()
    assert settings.read_text("utf-8") == "# của tòa soạn\n"


def test_groups_over_a_folder(tmp_path: Path) -> None:
    road(tmp_path, "a/lua.txt", THREE_CAPTIONS)
    road(tmp_path, "b/gat.txt", TWO_CAPTIONS)
    with review(tmp_path) as terminal:
        terminal.expect("3 groups of equal places")
        groups = terminal.settle()
        assert groups.count("2/2 places · 2 articles") == 2
        assert "for every article in" in groups
        terminal.press("0")
        terminal.expect("kept: for 2 places in 2 articles")
        terminal.press(ENTER)
        terminal.expect("[1/2]")
        terminal.press("-")
        terminal.expect("[2/2]")
        terminal.press(ESCAPE)
        terminal.expect("1/2 places · 2 articles")
        terminal.press(TAB)
        terminal.expect("left 2")
        terminal.press(TAB, "e", "\x15", "Thăm công trường", ENTER)
        terminal.expect("left 1")
        terminal.press(ESCAPE)
        assert terminal.wait() == 1
    shared = read_log(tmp_path / SHARED)
    assert [(d.action, d.scope) for d in shared] == [("keep", "everywhere"), ("edit", "everywhere")]
    assert actions(tmp_path / "a/lua.txt") == ["delete"]


def test_records_of_a_file_are_articles(tmp_path: Path) -> None:
    path = tmp_path / "kho.jsonl"
    rows = [{"id": "b1", "text": THREE_CAPTIONS}, {"id": "b2", "text": TWO_CAPTIONS, "nguồn": "báo"}]
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    with review(path) as terminal:
        assert "2/2 places · 2 articles" in terminal.expect("an answer is for the whole file")
        terminal.press("-", "e", "\x15", "Thăm công trường", ENTER)
        terminal.expect("done 4 · left 1")
        terminal.press("0")
        terminal.expect("Reviewed: 0 as suggested, 2 edited, 2 deleted, 1 kept.")
        terminal.press("1")
        assert terminal.wait() == 0
    assert [(d.action, d.scope) for d in answers(path)] == [("delete", "file"), ("edit", "file"), ("keep", "file")]
    cleaned = [json.loads(line) for line in path.with_name("kho.cleaned.jsonl").read_text("utf-8").splitlines()]
    once = f"{HARVEST}\n\n"
    assert [r["text"] for r in cleaned] == [
        r["text"].replace(once * 2, once).replace(f"{VISIT}\n\n{VISIT}", f"{VISIT}\n\nThăm công trường") for r in rows
    ]
    assert cleaned[1]["nguồn"] == "báo"


def test_records_of_one_id_are_answered_each_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "kho.jsonl"
    shared = ROAD.split("\n\n")[1]
    texts = [f"{shared}\n", f"Chợ xã họp sớm.\n\n{shared}\n", f"Trạm y tế xã đã xong.\n\n{shared}\n"]
    path.write_text("".join(json.dumps({"id": "b1", "text": t}, ensure_ascii=False) + "\n" for t in texts), "utf-8")
    with review(path, columns=300) as terminal:
        terminal.expect("3/3 places")
        terminal.press(ENTER)
        terminal.expect("[1/3] done 0 · left 3")
        terminal.press(" ", "-")
        terminal.expect("done 1 · left 2")
        terminal.press(UNDO)
        terminal.expect("[2/3] done 0 · left 3")  # the text it was given on, not the first of the id
        terminal.press("-")
        terminal.expect("done 1 · left 2")
        terminal.press(ESCAPE, ESCAPE)
        assert terminal.wait() == 1
        assert "kho.jsonl: “b1”: records with different texts share this id" in terminal.raw.decode()
    with review(path, columns=300) as terminal:
        terminal.expect("2/3 places")
        terminal.press(ESCAPE)
        terminal.wait()
    cleaned, left = path.with_name("sach.jsonl"), ("--accept", "none", "-o")
    with Terminal(["clean", str(path), *left, str(cleaned), "--lang", "en"]) as terminal:
        assert terminal.wait() == 1
    made = [json.loads(line)["text"] for line in cleaned.read_text("utf-8").splitlines()]
    assert made == [texts[0], texts[1].replace(" to open the road", ""), texts[2]]
    # The very text is gone: the answer is not carried over to the others of its id.
    path.write_text(
        "".join(json.dumps({"id": "b1", "text": t}, ensure_ascii=False) + "\n" for t in texts[::2]), "utf-8"
    )
    with Terminal(["clean", str(path), *left, str(cleaned), "--lang", "en"], columns=200) as terminal:
        assert terminal.wait() == 4
        assert "1 decision fits no record any more and was left out" in terminal.text()
    assert [json.loads(line)["text"] for line in cleaned.read_text("utf-8").splitlines()] == texts[::2]


def test_narrow_rules_and_confidence(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article, "--only", "duplicate-caption") as terminal:
        terminal.expect("[1/1]")
        terminal.press(ESCAPE)
        terminal.wait()
    with review(article, "--min-confidence", "0.9999999") as terminal:
        terminal.wait()
    with review(article, "--only", "NTM999") as terminal:
        assert terminal.wait() == 2
        assert "NTM201" in terminal.text()


def test_starting_over_keeps_the_old_log(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.press("0", ESCAPE)
        terminal.wait()
    old = article.with_suffix(".decisions.jsonl").read_bytes()
    with review(article, "--restart") as terminal:
        terminal.expect("done 0 · left 3")
        terminal.press(ESCAPE)
        terminal.wait()
    assert article.with_name("duong.decisions.jsonl.bak").read_bytes() == old


# Vietnamese input methods

BACKSPACES = ["\x7f", "\x08"]
TELEX = "m|o|<ơ|<ở| |d|<đ|u|o|<<ươ|n|g|<<<<ường"
VNI = "m|o|<ơ|<ở| |d|<đ|u|<ư|o|<ơ|n|g|<<<ờng"
WHOLE = "mo|<ơ|<<mở| |duong|<<<<<đuong|<<<<ương|<<<<<đường"
"""As Unikey, VNI and OpenKey send "mở đường": `|` between reads, `<` a backspace."""


@pytest.mark.parametrize("backspace", BACKSPACES, ids=["0x7F", "0x08"])
def test_fused_streams_reach_every_text_field(tmp_path: Path, backspace: str) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        for stream in (TELEX, VNI, WHOLE):
            reads = [part.replace("<", backspace) for part in stream.split("|")]
            terminal.press(HOME, "e", "\x15")
            terminal.expect("Replace with:")
            for part in reads:
                terminal.send(part)
            terminal.press(ENTER)
            terminal.expect("[2/3]")
            terminal.press("n")
            terminal.expect("Note:")
            for part in reads:
                terminal.send(part)
            terminal.press(ENTER)
            terminal.expect("Note: mở đường")
            terminal.press(UNDO, "/")
            terminal.expect("Search the places")
            for part in reads:
                terminal.send(part)
            terminal.press(ENTER)
            terminal.expect("[1/3]")  # found: the edited place
            terminal.press(UNDO)
        terminal.press(ESCAPE)
        terminal.wait()
    given = [d.replacement + d.note for d in answers(article) if d.action != "undo"]
    assert given == ["mở đường"] * 6


def test_what_is_typed_is_kept_in_nfc(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.press("e", "\x15", unicodedata.normalize("NFD", "mở đường"), ENTER, ESCAPE)
        terminal.wait()
    assert answers(article)[0].replacement == "mở đường"


FUSED = ("<â", "e<ê", "n<<êng0", "<<<tiêng-", "ư", "đ1", "0<ô", "-<", "*<2", "<ế1234567890-")


@pytest.mark.parametrize("backspace", BACKSPACES, ids=["0x7F", "0x08"])
def test_a_recomposed_key_is_said_and_nothing_of_it_executed(tmp_path: Path, backspace: str) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        for fused in FUSED:
            terminal.send(fused.replace("<", backspace))
            terminal.expect("A Vietnamese input method is on")
            assert "[1/3]" in terminal.text()
            assert "Enter take" in terminal.text()  # no text field, no question
            terminal.settle(0.1)
            terminal.press("q")
            terminal.expect("That key does nothing here")
        # The letter that opened a field is not recomposed in it; a real backspace there deletes.
        terminal.press("e", backspace + "ê")
        terminal.expect("A Vietnamese input method is on")
        terminal.press(backspace * 4 + "way", ENTER, ESCAPE)
        terminal.wait()
    assert [d.replacement for d in answers(article)] == ["to open the way"]


@pytest.mark.parametrize("pasted", ["mở lối\r", "mở lối\n\n", "mở\r\nlối\r\n", "\nmở lối"], ids=repr)
def test_a_pasted_line_break_does_not_hide_what_was_pasted(tmp_path: Path, pasted: str) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.press("e", "\x15", f"\x1b[200~{pasted}\x1b[201~")
        terminal.expect("mở lối")
        terminal.press(ENTER, ESCAPE)
        terminal.wait()
    assert [d.replacement for d in answers(article)] == ["mở lối"]


def test_pasted_text_is_no_command(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.press("\x1b[200~0\r1\r-\x1b[201~")
        terminal.expect("That key does nothing here")
        terminal.press(ESCAPE)
        terminal.wait()
    assert not article.with_suffix(".decisions.jsonl").exists()


# What must never accept anything


def unsafe_changes(article: Path) -> list[str]:
    return [d.action for d in answers(article) if d.rule != "NTM201" and d.action not in ("keep", "undo")]


def test_enter_held_down_accepts_nothing_unsafe(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.send(ENTER * 60)
        assert terminal.wait() == 0
    assert unsafe_changes(article) == []
    assert article.read_text("utf-8") == ROAD
    assert not article.with_name("duong.cleaned.txt").exists()


def test_enter_on_what_was_edited_or_deleted_leaves_it_so(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.press("e", "\x15", "để làm lối đi", ENTER, "1", "-")
        terminal.expect("1 edited, 2 deleted")
        terminal.press(HOME)
        assert "▶    edited: để làm lối đi" in terminal.expect("[1/3]")
        assert "{+để làm lối đi+}" in terminal.text()
        terminal.press(ENTER)
        terminal.expect("1 edited, 2 deleted, 0 kept.")
        terminal.press(LEFT)
        assert "▶    to be deleted" in terminal.expect("[3/3]")
        terminal.press(ENTER)
        terminal.expect("1 edited, 2 deleted, 0 kept.")
        terminal.press(HOME, "e")
        terminal.expect("Replace with: để làm lối đi")
        terminal.press(ESCAPE, DOWN, ENTER)  # the arrow on keeping: said by the editor
        terminal.expect("0 edited, 2 deleted, 1 kept.")
        terminal.press(ESCAPE)
        terminal.wait()
    assert actions(article) == ["edit", "delete", "delete", "edit", "delete", "keep"]


def test_ctrl_c_and_ctrl_d_leave_with_what_was_decided(tmp_path: Path) -> None:
    for key, status in ((INTERRUPT, 130), ("\x04", 1)):
        article = road(tmp_path / str(status))
        with review(article) as terminal:
            terminal.expect("[1/3]")
            terminal.press("0", key)
            assert terminal.wait() == status
        assert actions(article) == ["keep"]


@pytest.mark.parametrize("keys", [("e", "xyz"), ("!", ENTER)], ids=["field", "question"])
def test_ctrl_c_in_a_text_field_or_question_answers_nothing(tmp_path: Path, keys: tuple[str, ...]) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.press(*keys, INTERRUPT)
        assert terminal.wait() == 130
    assert not article.with_suffix(".decisions.jsonl").exists()


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGKILL], ids=["hangup", "kill"])
def test_a_closed_terminal_keeps_what_was_decided(tmp_path: Path, ending: signal.Signals) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.press("0")
        os.kill(terminal.pid, ending)
        assert terminal.wait() != 0
    assert actions(article) == ["keep"]
    assert article.read_text("utf-8") == ROAD
    with review(article) as terminal:
        terminal.expect("done 1 · left 2")


def test_the_far_end_of_the_terminal_goes_away(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article) as terminal:
        terminal.expect("[1/3]")
        terminal.press("0")
        os.close(terminal.master)
        terminal.master = os.open(os.devnull, os.O_RDWR)
        terminal.wait()
    assert actions(article) == ["keep"]


# How it looks


@pytest.mark.parametrize("columns", [80, 200])
def test_it_fits_the_window_and_follows_it(tmp_path: Path, columns: int) -> None:
    article = road(tmp_path)
    with review(article, columns=columns, rows=24) as terminal:
        text = terminal.expect("Esc save & leave")
        assert max(map(len, text.splitlines())) <= columns
        assert "Ctrl-Z undo" in text
        terminal.resize(80, 20)
        terminal.settle()
        assert "Esc save & leave" in terminal.expect("[1/3]")


@pytest.mark.parametrize(("lang", "says"), [("vi", "Cửa sổ quá nhỏ"), ("en", "The window is too small")])
def test_a_window_that_is_too_small_says_so(tmp_path: Path, lang: str, says: str) -> None:
    with review(road(tmp_path), "--lang", lang, columns=60, rows=3) as terminal:
        terminal.expect(says)
        terminal.resize(100, 30)
        terminal.expect("[1/3]")


def test_keys_pressed_before_the_first_screen_answer_nothing(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article, cold=True) as terminal:
        terminal.send("1" + ENTER)
        terminal.expect("[1/3] done 0 · left 3")
        terminal.settle()
        assert "[1/3]" in terminal.text()
        terminal.press(ESCAPE)
        assert terminal.wait() == 1
    assert not article.with_suffix(".decisions.jsonl").exists()


def test_on_a_low_screen_the_words_and_the_arrow_are_both_seen(tmp_path: Path) -> None:
    long = ("Xã đã vận động bà con trong thôn góp công, góp của để làm đường. " * 6).strip()
    article = road(
        tmp_path, text=ROAD.replace("to open the road", f"to open the road {long}").replace("\n\n", f" {long}\n\n")
    )
    with review(article, columns=72, rows=14) as terminal:
        terminal.expect("[1/")
        for _ in range(10):
            shown = " ".join(terminal.text().split())
            assert "▶" in shown, shown
            assert "open the road" in shown, shown
            terminal.press(DOWN)
        terminal.press("+", "+")
        assert "▶" in terminal.text()
        assert "open the road" in " ".join(terminal.text().split())


def test_no_color_leaves_the_marks(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article, environment={"NO_COLOR": "1"}) as terminal:
        terminal.expect("[1/3]")
        terminal.press(SPACE)
        terminal.expect("[-Lãnh đạo xã thăm công trường thôn Đông-]")
        assert "▶ 1" in terminal.text()
        for colour in (b"\x1b[0;31", b"\x1b[0;32", b";31m", b";32m", b";91m", b";92m"):
            assert colour not in terminal.raw
        terminal.press(UP, DOWN, ESCAPE)
        terminal.wait()


def test_controls_in_an_article_do_not_drive_the_terminal(tmp_path: Path) -> None:
    nasty = ROAD.replace("hiến đất", "hiến \x9d0;\x9c\x9b2Jđất \u202eruộng")
    article = road(tmp_path, text=nasty)
    with review(article, "--only", "NTM101") as terminal:
        terminal.expect("[1/2]")
        for control in "\x9b\x9c\x9d\u202e":
            assert control.encode() not in terminal.raw
        terminal.press("-", "-")
        terminal.expect("Reviewed: 0 as suggested, 0 edited, 2 deleted")
        terminal.press("1")
        assert terminal.wait() == 0
    assert "\x9d0;\x9c\x9b2Jđất \u202eruộng" in article.with_name("duong.cleaned.txt").read_text("utf-8")


def test_line_mode_asks_line_by_line(tmp_path: Path) -> None:
    article = road(tmp_path)
    with review(article, "--line") as terminal:
        terminal.expect("left 3")
        terminal.press("\r")
        terminal.expect("was not understood, nothing changed.")
        terminal.press("e\r")
        terminal.expect("Replace with: ")
        terminal.send("\x15" + "mo" + "\x08ơ" + "\x7fở" + " đường\r")
        terminal.expect("edited: mở đường")
        terminal.press("1\r")
        terminal.expect("to be deleted")
        terminal.press("\x04")
        assert terminal.wait() == 1
    assert [(d.action, d.replacement) for d in answers(article)] == [("edit", "mở đường"), ("delete", "")]


def test_without_a_terminal_it_says_what_to_do(tmp_path: Path) -> None:
    import subprocess

    article = road(tmp_path)
    command = [sys.executable, "-c", "from ntm_repair.cli import main; main()", "review", str(article), "--lang", "en"]
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False, text=True)
    assert done.returncode == 2
    assert "clean" in done.stderr
    assert "--html" in done.stderr
    assert "Traceback" not in done.stderr
