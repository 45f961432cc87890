"""The optional suggesters: a chat endpoint, against a real server on this machine, and what is let through."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.article import Article
from ntm_repair.config import load
from ntm_repair.errors import UsageError
from ntm_repair.pipeline import load_resources, scan, with_models
from ntm_repair.suggest.llm import LanguageModel
from ntm_repair.suggest.sentence import sentence_around
from ntm_repair.suggest.verify import verified
from ntm_repair.types import Document, Hit, Message, Source, Suggestion

BEFORE = "Toàn huyện có 12 xã. Ông Hà cho biết, năm 2022, các xã "
FRAGMENT = "speed up the work of"
AFTER = " giải ngân vốn. Dân mừng."


class Server:
    """A chat endpoint that gives `reply`, after `wait` seconds, and remembers what it was asked."""

    def __init__(self) -> None:
        self.reply: bytes | str = "đẩy nhanh tiến độ"
        self.status = 200
        self.wait = 0.0
        self.asked: list[dict[str, object]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                owner.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                owner.asked[-1]["path"] = self.path
                time.sleep(owner.wait)
                reply = owner.reply
                if isinstance(reply, str):
                    reply = json.dumps({"choices": [{"message": {"content": reply}}]}).encode()
                self.send_response(owner.status)
                if owner.status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    served = Server()
    yield served
    served.close()


def ask(model: LanguageModel) -> list[Suggestion]:
    article = Article(Document(BEFORE + FRAGMENT + AFTER, Source("bai", "0" * 64, "utf-8")))
    hit = Hit(len(BEFORE), len(BEFORE) + len(FRAGMENT), Message("ntm101.fragment", {"count": 5}), 0.9, {})
    return list(model(article, load_resources(), hit))


def test_only_the_sentence_is_sent_and_the_answer_is_labelled(server: Server) -> None:
    (found,) = ask(LanguageModel(server.url, "nho"))
    assert (found.replacement, found.source) == ("đẩy nhanh tiến độ", "llm")
    assert found.score < 0.5
    assert found.why.values["model"] == "nho"
    (request,) = server.asked
    assert request["path"] == "/v1/chat/completions"
    assert request["temperature"] == 0
    sent = request["messages"][-1]["content"]  # type: ignore[index]
    assert sent == f"Ông Hà cho biết, năm 2022, các xã [[{FRAGMENT}]] giải ngân vốn."


@pytest.mark.parametrize(
    "answer",
    [
        "đẩy nhanh tiến độ 35 công trình",  # a new number
        "cùng Nguyễn Văn Bình đẩy nhanh",  # a new name
        "push ahead with",  # no Vietnamese
        "Đoạn thay vào là: " + "đẩy nhanh tiến độ " * 12,  # far too long
        "đẩy nhanh\n\nGiải thích: động từ.",
        "speed up the work of",
        "",
        "**đẩy nhanh**",
    ],
)
def test_what_a_model_invents_is_not_shown(server: Server, answer: str) -> None:
    server.reply = answer
    assert ask(LanguageModel(server.url, "nho")) == []


def test_deletion_is_an_answer(server: Server) -> None:
    server.reply = "XÓA."
    assert [s.replacement for s in ask(LanguageModel(server.url, "nho"))] == [""]


def test_the_same_sentence_is_asked_once_even_in_another_run(server: Server, tmp_path: Path) -> None:
    model = LanguageModel(server.url, "nho", cache=tmp_path / "cache")
    assert ask(model) == ask(model) == ask(LanguageModel(server.url, "nho", cache=tmp_path / "cache"))
    assert len(server.asked) == 1
    ask(LanguageModel(server.url, "lon", cache=tmp_path / "cache"))
    assert len(server.asked) == 2


@pytest.mark.parametrize("reply", [b"", b"{", b"[]", b'{"choices": []}', b'{"choices": [{"message": null}]}', b"\xff"])
def test_a_broken_reply_is_no_suggestion_and_no_error(server: Server, reply: bytes, tmp_path: Path) -> None:
    server.reply = reply
    model = LanguageModel(server.url, "nho", cache=tmp_path)
    assert ask(model) == ask(model) == []
    assert len(server.asked) == 1  # it is left alone after a failure
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_refusal_is_no_suggestion_and_no_error(server: Server, status: int) -> None:
    server.status = status
    assert ask(LanguageModel(server.url, "nho")) == []


def test_a_slow_server_is_given_up(server: Server) -> None:
    server.wait = 3.0
    began = time.monotonic()
    assert ask(LanguageModel(server.url, "nho", timeout=0.2)) == []
    assert time.monotonic() - began < 2.5


def test_an_absent_server_changes_nothing(server: Server) -> None:
    server.close()
    document = Document(BEFORE + FRAGMENT + AFTER, Source("bai", "0" * 64, "utf-8"))
    plain = load_resources()
    modelled = replace(plain, models=(LanguageModel(server.url, "nho"),))
    assert scan(document, modelled).findings == scan(document, plain).findings


def test_a_scan_shows_the_models_answer_among_the_others(server: Server) -> None:
    server.reply = "rốt ráo lo việc"
    document = Document(BEFORE + FRAGMENT + AFTER, Source("bai", "0" * 64, "utf-8"))
    modelled = replace(load_resources(), models=(LanguageModel(server.url, "nho"),))
    (finding,) = scan(document, modelled).findings
    assert {"llm", "glossary"} <= {s.source for s in finding.suggestions}


def test_a_server_elsewhere_is_refused_unless_meant() -> None:
    for url in ("http://example.com/v1", "http://192.168.1.9:8080/v1", "ftp://127.0.0.1/v1", "127.0.0.1:8080"):
        with pytest.raises(UsageError):
            LanguageModel(url, "nho")
    LanguageModel("http://example.com/v1", "nho", remote=True)
    for url in ("http://localhost:11434/v1", "http://127.0.0.2/v1", "http://[::1]:8080/v1"):
        LanguageModel(url, "nho")


def test_settings_turn_it_on(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_REPAIR_HOME", str(tmp_path / "home"))
    assert with_models(load_resources(), load(str(tmp_path)).values) is load_resources()
    (tmp_path / "ntm-repair.toml").write_text(f'llm_url = "{server.url}"\nllm_model = "nho"\n', "utf-8")
    (model,) = with_models(load_resources(), load(str(tmp_path)).values).models
    assert isinstance(model, LanguageModel)
    assert [s.source for s in ask(model)] == ["llm"]
    assert len(list((tmp_path / "home" / "cache" / "llm").iterdir())) == 1


def test_the_sentence_around() -> None:
    text = "Câu một. Câu [hai] ở giữa, 3.5 tấn. Câu ba.\nĐoạn sau."
    article = Article(Document(text, Source("bai", "0" * 64, "utf-8")))
    start = text.index("hai")
    sentence, at = sentence_around(article, start, start + 3)
    assert sentence == "Câu [hai] ở giữa, 3.5 tấn."
    assert sentence[at : at + 3] == "hai"


@given(st.text(max_size=80), st.text(max_size=40))
def test_nothing_is_let_through_with_new_numbers_or_lines(answer: str, fragment: str) -> None:
    shown = verified(answer, f"Các xã {fragment} trong năm nay.", fragment)
    assert "\n" not in shown
    assert not any(c.isdigit() and c not in fragment for c in shown)
