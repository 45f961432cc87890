"""An optional suggester: a language model served on the user's own machine (llama.cpp, vLLM, Ollama ...).

Off unless an endpoint is given. It speaks the OpenAI chat protocol, is shown one sentence at a time, and is never
trusted: an answer is verified, labelled as a model's, and scored below what the program knows itself. Where the server
is absent, slow or broken there are no suggestions and no error; after a failure it is not asked again for a while.
"""

from __future__ import annotations

import hashlib
import json
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ntm_repair.article import Article
from ntm_repair.errors import UsageError, WriteError
from ntm_repair.files import write_atomically
from ntm_repair.resources import Resources
from ntm_repair.suggest.place import place_of
from ntm_repair.suggest.sentence import sentence_around
from ntm_repair.suggest.verify import verified
from ntm_repair.suggest.written import fitted
from ntm_repair.types import Hit, Message, Suggestion

SCORE = 0.35
"""What an answer is scored with: below a reading that the program is sure of."""
PAUSE = 60.0
"""Seconds without questions after the server failed."""
MOST_BYTES = 1 << 20
"""Bytes of the longest reply read."""
_PROMPT = (
    "Trong câu tiếng Việt dưới đây còn sót một đoạn tiếng Anh, đặt trong [[ ]], do dịch máy để lại. Hãy viết đoạn"
    " tiếng Việt thay vào chỗ đó sao cho cả câu đọc liền mạch. Chỉ trả lời bằng đoạn thay vào; không thêm số liệu,"
    " tên riêng hay ý mới; nếu phần tiếng Việt bên cạnh đã nói đủ ý thì trả lời đúng một chữ: XÓA."
)
_DELETE = frozenset({"xóa", "xoá"})


@dataclass
class LanguageModel:
    """A chat endpoint. Call it as a suggester; it is safe to share between articles, not between threads."""

    url: str
    """The base address, such as "http://127.0.0.1:8080/v1"."""
    model: str
    timeout: float = 20.0
    """Seconds to wait for an answer."""
    cache: Path | None = None
    """A folder for answers, so that the same sentence is asked once; None keeps them for this run only."""
    remote: bool = False
    """Whether an address on another machine is meant: articles leave this one then."""
    _answers: dict[str, str] = field(default_factory=dict, repr=False)
    _silent_until: float = field(default=0.0, repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(Message("llm.url", {"url": self.url}))
        if not self.remote and not _is_local(parts.hostname):
            raise UsageError(Message("llm.remote", {"url": self.url}))

    def __call__(self, article: Article, resources: Resources, hit: Hit) -> Iterator[Suggestion]:
        """At most one suggestion."""
        sentence, at = sentence_around(article, hit.start, hit.end)
        fragment = article.text[hit.start : hit.end]
        answer = self.answer(f"{sentence[:at]}[[{fragment}]]{sentence[at + len(fragment) :]}")
        why = Message("suggest.llm", {"model": self.model})
        if answer.strip(" .").casefold() in _DELETE:
            yield Suggestion("", SCORE, "llm", why)
        elif text := verified(answer, sentence, fragment):
            place = place_of(article, hit.start, hit.end, lambda acronym: (acronym.lower(),))
            yield Suggestion(fitted(place, text), SCORE, "llm", why)

    def answer(self, question: str) -> str:
        """The model's answer, kept by content; "" where there is none."""
        key = hashlib.sha256("\0".join((self.model, _PROMPT, question)).encode("utf-8", "surrogatepass")).hexdigest()
        known = self._answers.get(key)
        if known is None:
            known = self._kept(key)
        if known is None:
            known = self._asked(question)
            if known is None:
                return ""  # no answer is not an answer: it is not kept
            self._keep(key, known)
        self._answers[key] = known
        return known

    def _asked(self, question: str) -> str | None:
        if time.monotonic() < self._silent_until:
            return None
        body = {
            "model": self.model,
            "messages": [{"role": "system", "content": _PROMPT}, {"role": "user", "content": question}],
            "temperature": 0,
            "seed": 0,
            "max_tokens": 200,
            "stream": False,
        }
        request = urllib.request.Request(
            self.url.rstrip("/") + "/chat/completions",
            json.dumps(body).encode("utf-8"),
            {"Content-Type": "application/json"},
        )
        # No proxy: the sentence goes to the machine named and nowhere else, redirects included.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
        try:
            with opener.open(request, timeout=self.timeout) as reply:
                content = json.loads(reply.read(MOST_BYTES))["choices"][0]["message"]["content"]
        except (OSError, ValueError, LookupError, TypeError):
            self._silent_until = time.monotonic() + PAUSE
            return None
        return content if isinstance(content, str) else None

    def _kept(self, key: str) -> str | None:
        if self.cache is None:
            return None
        try:
            answer = json.loads((self.cache / f"{key}.json").read_text("utf-8"))["answer"]
        except (OSError, ValueError, LookupError, TypeError):
            return None
        return answer if isinstance(answer, str) else None

    def _keep(self, key: str, answer: str) -> None:
        if self.cache is None:
            return
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            record = json.dumps({"model": self.model, "answer": answer}, ensure_ascii=False)
            write_atomically(self.cache / f"{key}.json", record.encode("utf-8", "surrogatepass"))
        except (OSError, WriteError):
            self.cache = None  # a full disk costs the cache, not the suggestion


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any, **values: Any) -> None:
        return None


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
