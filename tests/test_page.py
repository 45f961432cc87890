"""The page in a real browser: the same review by keys and by mouse, and articles and requests that mean harm."""

from __future__ import annotations

import contextlib
import http.client
import json
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

if sys.platform == "win32":
    pytest.skip("the driver's paths are those of a Unix system", allow_module_level=True)

import browser
from browser import Page, served, wait
from made_up import author, scanned, session
from ntm_repair import pipeline
from ntm_repair.commands import review
from ntm_repair.commands import who as editor
from ntm_repair.commands.review_options import Options
from ntm_repair.decisions import SHARED, read_log
from ntm_repair.files import read_document
from ntm_repair.ownlog import OwnLog, log_path, own_log
from ntm_repair.review.books import Books
from ntm_repair.review.case import Case
from ntm_repair.review.htmlfile import write_page
from ntm_repair.review.session import Session
from ntm_repair.review.web import serve
from review_articles import ROAD, THREE_CAPTIONS, TWO_CAPTIONS, road

needs_browser = pytest.mark.skipif(
    browser.CHROMIUM is None or browser.DRIVER is None, reason="Chromium and its driver are not installed"
)
ENTER, ESCAPE, CONTROL = "\ue007", "\ue00c", "\ue009"


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    driver = browser.start(tmp_path_factory.mktemp("chromium"))
    yield driver
    driver.quit()


def decided(log: Path) -> list[dict[str, object]]:
    """What the lines of a log say, whoever gave them and when."""
    lines = [asdict(d) for d in read_log(log)]
    for line in lines:
        for name in ("at", "by"):
            del line[name]
    return lines


def by_session(folder: Path) -> tuple[list[dict[str, object]], bytes]:
    """The answers of the tests below, given to the session itself: the log and the cleaned article."""
    article = road(folder)
    books = Books(folder / SHARED)
    found = pipeline.scan(read_document(article), pipeline.load_resources())
    who = editor.author(pipeline.load_resources())
    given = Session([Case(found, own_log(article), books)], books, who, root=folder)
    given.write("mở đường")
    given.choose(1)
    given.note("hỏi lại xã")
    given.choose(0)
    given.undo()
    given.delete()
    books.close()
    return decided(log_path(article)), given.case.scanned.written(given.case.edits())


def forget(driver: Any) -> None:
    """Empty what the browser keeps of the pages in one file: they all count as one site."""
    driver.execute_async_script(
        """
        const done = arguments[0], asked = indexedDB.open("ntm-repair", 1);
        asked.onsuccess = () => {
          const writing = asked.result.transaction("sittings", "readwrite");
          writing.objectStore("sittings").clear();
          writing.oncomplete = () => done();
        };
        """
    )


def sent_page(folder: Path) -> Path:
    """The page in one file of an article with three findings."""
    sent = folder / "duyet.html"
    assert review.run([str(road(folder))], Options({"lang": "en"}, html=str(sent))) == 0
    return sent


def answer_by_keys(page: Page) -> None:
    page.keys("e")
    wait(lambda: page.count("#text input"))
    page.held(CONTROL, "a")
    page.keys("mở đường", ENTER)
    page.expect("#saved", "done 1 · left 2")
    page.keys("1")
    page.expect("#saved", "done 2 · left 1")
    page.keys("n")
    wait(lambda: page.count("#dialog[open] input"))
    page.keys("hỏi lại xã")
    page.click('#dialog [data-choice="1"]')
    page.expect("#card", "Note: hỏi lại xã")
    page.keys("0")
    page.expect("#saved", "left 0")
    page.held(CONTROL, "z")
    page.expect("#saved", "left 1")
    page.keys("-")
    page.expect("#saved", "left 0")


def answer_by_mouse(page: Page) -> None:
    page.click('[data-act="edit"]')
    wait(lambda: page.count("#text input"))
    page.held(CONTROL, "a")
    page.keys("mở đường", ENTER)
    page.expect("#saved", "done 1 · left 2")
    page.click('#card [data-option="1"]')
    page.expect("#saved", "done 2 · left 1")
    page.click('[data-act="note"]')
    page.click("#dialog input")
    page.keys("hỏi lại xã")
    page.click('#dialog [data-choice="1"]')
    page.expect("#card", "Note: hỏi lại xã")
    page.click('#card [data-option="0"]')
    page.expect("#saved", "left 0")
    page.click("#undo")
    page.expect("#saved", "left 1")
    page.click('[data-act="delete"]')
    page.expect("#saved", "left 0")


@needs_browser
@pytest.mark.parametrize("answer", [answer_by_keys, answer_by_mouse], ids=["keys", "mouse"])
def test_a_whole_review_ends_in_the_same_log_and_bytes(tmp_path: Path, driver: Any, answer: Any) -> None:
    lines, cleaned = by_session(tmp_path / "phien")
    article = road(tmp_path / "trang")
    with served(str(article)) as (address, process):
        page = Page(driver, address)
        answer(page)
        assert len(read_log(log_path(article))) == len(lines)  # saved as given, not at the end
        page.click("#tab-changes")
        assert page.all("#changes del")[0] == "to open the road"
        assert page.all("#changes ins") == ["mở đường"]
        page.click("#finish")
        page.click('#dialog [data-choice="1"]')
        assert process.wait(15) == 0
        assert page.complaints() == []
    assert decided(log_path(article)) == lines
    assert article.with_name("duong.cleaned.txt").read_bytes() == cleaned
    assert article.read_text("utf-8") == ROAD


@needs_browser
@pytest.mark.parametrize("answer", [answer_by_keys, answer_by_mouse], ids=["keys", "mouse"])
def test_the_page_in_one_file_hands_back_the_same_log(tmp_path: Path, driver: Any, answer: Any) -> None:
    lines, cleaned = by_session(tmp_path / "phien")
    sent = sent_page(tmp_path / "thu")
    article = sent.with_name("duong.txt")
    page = Page(driver, sent.as_uri())
    forget(driver)  # what an earlier test left
    driver.refresh()
    page.expect("#saved", "left 3")
    answer(page)
    driver.refresh()  # the sitting is kept by the browser until the file is saved
    page.expect("#saved", "left 0")
    driver.execute_cdp_cmd("Page.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    page.click("#finish")
    page.click("#dialog input")
    page.keys("Lan")
    page.click('#dialog [data-choice="1"]')
    handed = tmp_path / "duong.decisions.jsonl"
    wait(lambda: handed.exists() and handed.read_bytes().endswith(b"\n"))
    assert page.complaints() == []
    assert decided(handed) == lines
    log_path(article).write_bytes(handed.read_bytes())
    document = read_document(article)
    recorded, log = pipeline.decisions_for(document)
    assert pipeline.clean(document, pipeline.load_resources(), recorded, str(log)).data == cleaned


@needs_browser
def test_two_windows_with_one_file_do_not_write_over_each_other(tmp_path: Path, driver: Any) -> None:
    page = Page(driver, sent_page(tmp_path).as_uri())
    forget(driver)
    driver.refresh()
    page.expect("#saved", "left 3 · kept")
    first = driver.current_window_handle
    driver.switch_to.new_window("window")
    try:
        other = Page(driver, (tmp_path / "duyet.html").as_uri())
        other.keys("0")
        other.expect("#saved", "left 2")
        driver.switch_to.window(first)
        page.keys("-")
        page.expect("#notice", "Another window")
        page.expect("#saved", "left 3")
        driver.refresh()
        page.expect("#saved", "left 2")
        page.keys("0")
        page.expect("#saved", "left 1")
        driver.refresh()
        page.expect("#saved", "left 1")
    finally:
        for window in set(driver.window_handles) - {first}:
            driver.switch_to.window(window)
            driver.close()
        driver.switch_to.window(first)


@needs_browser
def test_a_browser_that_keeps_nothing_is_worked_with_and_told_of(tmp_path: Path, driver: Any) -> None:
    refusing = {"source": "Object.defineProperty(window, 'indexedDB', { get() { throw Error(); } })"}
    script = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", refusing)["identifier"]
    try:
        page = Page(driver, sent_page(tmp_path).as_uri())
        page.expect("#saved", "left 3 · not kept: save the file")
        page.keys("0")
        page.expect("#saved", "left 2 · not kept")
        page.held(CONTROL, "z")
        page.expect("#saved", "left 3")
        assert page.complaints() == []
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script})


@needs_browser
def test_enter_pressed_on_and_on_accepts_and_writes_nothing_unsafe(tmp_path: Path, driver: Any) -> None:
    article = road(tmp_path)
    with served(str(article)) as (address, process):
        page = Page(driver, address)
        for _ in range(8):
            page.keys(ENTER)
            time.sleep(0.1)
        wait(lambda: page.count("#dialog[open]"))
        assert process.poll() is None
    given = [(d.rule, d.action) for d in read_log(log_path(article))]
    assert given == [("NTM101", "keep"), ("NTM201", "delete"), ("NTM101", "keep")]
    assert not article.with_name("duong.cleaned.txt").exists()


@needs_browser
@pytest.mark.parametrize("served_here", [True, False], ids=["web", "file"])
def test_enter_on_what_was_edited_or_deleted_leaves_it_so(tmp_path: Path, driver: Any, served_here: bool) -> None:
    with contextlib.ExitStack() as stack:
        address = sent_page(tmp_path).as_uri()
        if served_here:
            address, _ = stack.enter_context(served(str(road(tmp_path))))
        page = Page(driver, address)
        if not served_here:
            forget(driver)
            driver.refresh()
        page.expect("#saved", "left 3")
        page.keys("e")
        wait(lambda: page.count("#text input"))
        page.held(CONTROL, "a")
        page.keys("làm lối đi", ENTER)
        page.expect("#saved", "done 1 · left 2")
        for key, left in (("1", "left 1"), ("-", "left 0")):
            page.keys(key)
            page.expect("#saved", left)
        for key, said in (("\ue011", "edited: làm lối đi"), ("\ue012", "to be deleted")):  # Home; left, from the end
            page.keys(key)
            page.expect("#card .chosen", said)
            page.keys(ENTER)
            page.expect("#card", "All reviewed")
        page.click("#tab-changes")
        assert page.all("#changes ins") == ["làm lối đi"]
        assert page.count("#changes del") == 3
        page.keys("\ue011", "e")
        wait(lambda: page.count("#text input"))
        assert driver.execute_script("return document.querySelector('#text input').value") == "làm lối đi"
        page.keys(ESCAPE, "\ue015", ENTER)  # down from the last line: on keeping
        wait(lambda: page.count("#changes del") == 2)
        assert page.complaints() == []


@needs_browser
def test_an_article_edited_elsewhere_meanwhile_is_not_written(tmp_path: Path, driver: Any) -> None:
    article = road(tmp_path)
    with served(str(article)) as (address, process):
        page = Page(driver, address)
        page.keys("-")
        page.expect("#saved", "done 1 · left 2")
        article.write_text(f"{ROAD}\nThêm một câu.\n", encoding="utf-8")
        page.click("#finish")
        page.click('#dialog [data-choice="1"]')
        assert process.wait(15) == 2
        assert process.stderr is not None
        assert "changed elsewhere during the review; nothing was written" in process.stderr.read()
    assert len(read_log(log_path(article))) == 1
    assert not article.with_name("duong.cleaned.txt").exists()


@needs_browser
def test_long_names_fit_a_narrow_window_and_groups_say_why(tmp_path: Path, driver: Any) -> None:
    road(tmp_path, "Đoàn công tác của tỉnh về thăm các xã miền núi đang xây dựng nông thôn mới.txt", THREE_CAPTIONS)
    road(tmp_path, "b/gat.txt", TWO_CAPTIONS)
    with served(str(tmp_path)) as (address, _):
        size = driver.get_window_size()
        try:
            page = Page(driver, address)
            wait(lambda: page.count(".group") == 3)
            assert "printed twice" in " ".join(page.all(".group .why"))
            for width in (1100, 500):
                driver.set_window_size(width, 800)
                wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
                wait(lambda wide=wide: driver.execute_script(wide) <= 0)
        finally:
            driver.set_window_size(size["width"], size["height"])


@needs_browser
def test_groups_and_scopes_over_a_folder(tmp_path: Path, driver: Any) -> None:
    road(tmp_path, "a/lua.txt", THREE_CAPTIONS)
    road(tmp_path, "b/gat.txt", TWO_CAPTIONS)
    with served(str(tmp_path)) as (address, _):
        page = Page(driver, address)
        wait(lambda: page.count(".group") == 3)
        assert page.all(".group .count")[0].startswith("2/2 places")
        page.keys("0")
        page.expect("#notice", "kept: for 2 places in 2 articles")
        page.click("#to-groups")
        page.expect("#card", "kept")
        page.keys("\ue014", "*")
        wait(lambda: "2 in 2 articles" in page.text("#dialog"))
        page.keys("2")
        page.expect("#saved", "done 3 · left 2")
        assert page.complaints() == []
    assert [(d.action, d.scope) for d in read_log(tmp_path / SHARED)] == [("keep", "everywhere")]
    logs = [d for p in tmp_path.glob("?/*.jsonl") for d in read_log(p)]
    assert [(d.action, d.scope) for d in logs] == [("delete", "file")]


@needs_browser
def test_the_page_in_one_file_leaves_a_siblings_answers_alone(tmp_path: Path, driver: Any) -> None:
    """A log from when `duong.txt` and `duong.md` shared one: the other's lines are kept, and answer nothing here."""
    article = road(tmp_path)
    log = OwnLog(tmp_path / "duong.decisions.jsonl")
    books = Books(tmp_path / SHARED)
    for path, finding in ((road(tmp_path, "duong.md"), 0), (article, 1)):
        found = pipeline.scan(read_document(path), pipeline.load_resources())
        given = Session([Case(found, log, books)], books, author(), root=tmp_path)
        given.go_to(finding)
        given.delete()
    books.close()
    sent = tmp_path / "duyet.html"
    assert review.run([str(article)], Options({"lang": "en"}, html=str(sent))) == 0
    page = Page(driver, sent.as_uri())
    forget(driver)
    driver.refresh()
    page.expect("#saved", "done 1 · left 2")
    page.keys("0")
    page.expect("#saved", "done 2 · left 1")
    lines = [json.loads(line) for line in driver.execute_script("return window.backend.text()").splitlines()]
    assert [line["source_name"] for line in lines] == ["duong.md", "duong.txt", "duong.txt"]
    assert [line["number"] for line in lines] == [1, 2, 3]


HOSTILE = (
    '</script><script>document.title = "hỏng"</script><img src=x onerror="document.title=1"> \u202egnud\u202c '
    "<!-- </textarea> &lt;b&gt; “${7*7}” \u2066cô\u2069 giáo "
)


@needs_browser
@pytest.mark.parametrize("face", ["web", "html"])
def test_an_article_that_means_harm_is_text(tmp_path: Path, driver: Any, face: str) -> None:
    long = "Một đoạn dài về nông thôn mới. " * 35_000
    made = scanned(tmp_path / "xau.txt", f"{HOSTILE}\n\nXã [[new]] {HOSTILE} [[<b>old</b>]].\n\n{long}\n")
    if face == "html":
        sent = tmp_path / "duyet.html"
        write_page(sent, [made], OwnLog(tmp_path / "xau.decisions.jsonl"), author(), (), 0.0, "en")
        assert sent.read_text("utf-8").count("</script>") == 3
        look(Page(driver, sent.as_uri()))
        return
    said: list[str] = []
    thread = threading.Thread(target=serve, args=(session([made], tmp_path), "en", "x", said.append, 30.0))
    thread.start()
    page = Page(driver, wait(lambda: said and said[0].split()[5]))
    look(page)
    page.click("#finish")
    page.click('#dialog [data-choice="2"]')
    thread.join(20)
    assert not thread.is_alive()


def look(page: Page) -> None:
    assert "hỏng" not in page.driver.title
    shown = page.driver.execute_script("return document.getElementById('text').textContent")
    assert '</script><script>document.title = "hỏng"</script><img src=x onerror=' in shown
    assert len(shown) > 1_000_000
    assert not {"\u202e", "\u202c", "\u2066", "\u2069"} & set(shown)
    assert page.count("#text img") == page.count("#text script") == 0
    page.keys("0")
    wait(lambda: page.count("#text .done"))
    assert page.complaints() == []
    assert page.driver.title != "1"


def request(
    address: str, path: str, *, host: str | None = None, method: str = "GET", **headers: str
) -> tuple[int, bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=15)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or parts.netloc)
    body = b'{"do": "choose", "item": 0, "number": 0, "article": 0}' if method == "POST" else b""
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    return response.status, response.read()


def test_who_is_not_the_page_gets_nothing(tmp_path: Path) -> None:
    article = road(tmp_path)
    with served(str(article)) as (address, process):
        base = urlsplit(address).path
        status, body = request(address, base + "api/start")
        assert status == 200
        assert json.loads(body)["overview"]["total"] == 3
        wrong = base[:-2] + ("A" if base[-2] != "A" else "B") + "/"
        port = urlsplit(address).port
        turned_away: list[dict[str, Any]] = [
            {"path": "/"},
            {"path": "/api/start"},
            {"path": wrong + "api/start"},
            {"path": "/../" + base + "api/start"},
            {"path": base + "api/start", "host": f"evil.example:{port}"},
            {"path": base + "api/start", "host": "127.0.0.1"},
            {"path": base + "api/start", "Origin": "https://evil.example"},
            {"path": base + "api/start", "Origin": "null"},
            {"path": base + "api/start", "Sec_Fetch_Site": "cross-site"},
            {"path": base + "api/start", "Sec_Fetch_Site": "same-site"},
            {"path": base + "api/act", "method": "POST"},
            {"path": base + "api/act", "method": "POST", "Content_Type": "text/plain"},
            {
                "path": base + "api/act",
                "method": "POST",
                "Content_Type": "application/json",
                "Origin": "http://localhost:1",
            },
            {"path": base + "page.py"},
            {"path": base + "../session.py"},
        ]
        for asked in turned_away:
            status, body = request(address, asked.pop("path"), **asked)
            assert (status, base.encode() in body, b"duong" in body) in ((404, False, False), (405, False, False))
        for broken in (b"", b"[]", b"{}", b'{"do": "choose", "item": 99, "article": 0}', b"\xff"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
            connection.request("POST", base + "api/act", broken, {"Content-Type": "application/json"})
            assert connection.getresponse().status == 400
        assert not log_path(article).exists() or read_log(log_path(article)) == []
        status, _ = request(address, base + "api/act", method="POST", Content_Type="application/json")
        assert status == 200
        assert process.poll() is None
    assert [d.action for d in read_log(log_path(article))] == ["keep"]


def test_the_server_stops_when_nobody_works(tmp_path: Path) -> None:
    article = road(tmp_path)
    books = Books(tmp_path / SHARED)
    found = pipeline.scan(read_document(article), pipeline.load_resources())
    idle = Session([Case(found, own_log(article), books)], books, author(), root=tmp_path)
    said: list[str] = []
    started = time.monotonic()
    assert serve(idle, "vi", "x", said.append, idle=0.3) == "leave"
    assert time.monotonic() - started >= 0.3
    assert "http://127.0.0.1:" in said[0]
