"""`review --web`: the session as a page on this computer, for one browser, for as long as somebody works on it.

Nothing is answered unless the address holds this run's token, the Host is ours, and no other site asks. The page may
load nothing but its own files, and nothing from the network.
"""

from __future__ import annotations

import json
import secrets
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from ntm_repair.errors import UsageError
from ntm_repair.messages import Language, phrase
from ntm_repair.review.commands import Commands
from ntm_repair.review.session import Session
from ntm_repair.types import Message

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

Outcome = Literal["write", "leave", "interrupted"]

IDLE = 1800.0
"""Seconds without a request until the server stops; an open page asks once a minute."""
LARGEST = 1 << 20
"""The longest request body, in bytes."""
STATIC = {
    "": ("page.html", "text/html; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
    "server.js": ("server.js", "text/javascript; charset=utf-8"),
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def static(name: str) -> str:
    """One of the page's own files."""
    return files("ntm_repair.review").joinpath("static", name).read_text("utf-8")


class Server:
    """The page of one session. `outcome` is how the editor left, once `app` was asked to finish."""

    def __init__(self, commands: Commands, token: str, port: int) -> None:
        self.commands, self.token, self.port = commands, token, port
        self.outcome: Outcome = "leave"
        self.seen = time.monotonic()
        self.finished: Callable[[], None] = lambda: None

    def app(self) -> Starlette:
        """The application, behind its guard. Raises ImportError where the extra is not installed."""
        from starlette.applications import Starlette
        from starlette.routing import Route

        at = f"/{self.token}"
        routes = [
            *(Route(f"{at}/{name}", self._file) for name in STATIC),
            Route(f"{at}/api/start", self._start),
            Route(f"{at}/api/article", self._article),
            Route(f"{at}/api/alive", self._alive),
            Route(f"{at}/api/act", self._act, methods=["POST"]),
            Route(f"{at}/api/finish", self._finish, methods=["POST"]),
        ]
        app = Starlette(routes=routes)
        app.add_middleware(_Guard, server=self)
        return app

    async def _file(self, request: Request) -> Response:
        from starlette.responses import Response

        name, media_type = STATIC[request.url.path.rpartition("/")[2]]
        return Response(static(name), media_type=media_type)

    async def _start(self, request: Request) -> Response:
        return _json(self.commands.start())

    async def _article(self, request: Request) -> Response:
        number = request.query_params.get("n", "")
        return await self._trying(lambda: self.commands.article(int(number)))

    async def _alive(self, request: Request) -> Response:
        return _json({})

    async def _act(self, request: Request) -> Response:
        body = await _body(request)
        return await self._trying(lambda: self.commands.act(_object(body)))

    async def _finish(self, request: Request) -> Response:
        body = await _body(request)

        def finish() -> dict[str, Any]:
            self.outcome = "write" if _object(body)["write"] is True else "leave"
            self.finished()
            return {"closed": True}

        return await self._trying(finish)

    async def _trying(self, what: Callable[[], dict[str, Any]]) -> Response:
        from starlette.responses import Response

        try:
            return _json(what())
        except (ValueError, KeyError, TypeError):
            return Response(status_code=400)


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return b""
    return body


def _object(body: bytes) -> dict[str, Any]:
    value = json.loads(body)
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _json(value: dict[str, Any]) -> Response:
    from starlette.responses import Response

    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return Response(data, media_type="application/json; charset=utf-8")


Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


class _Guard:
    """Turns away, with nothing but a status, whatever does not come from the page this run served."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], server: Server) -> None:
        self.app, self.server = app, server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http" or not self._welcome(scope):
            if scope["type"] == "http":
                await send({"type": "http.response.start", "status": 404, "headers": []})
                await send({"type": "http.response.body", "body": b""})
            return
        self.server.seen = time.monotonic()

        async def guarded(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = [(k.lower().encode(), v.encode()) for k, v in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", ()), *headers]}
            await send(message)

        await self.app(scope, receive, guarded)

    def _welcome(self, scope: Scope) -> bool:
        sent = [(k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in scope["headers"]]
        headers = dict(sent)
        hosts = [v for k, v in sent if k == "host"]
        ours = {f"{name}:{self.server.port}" for name in ("127.0.0.1", "localhost")}
        given = str(scope["path"]).split("/")[1].encode()
        if len(hosts) != 1 or hosts[0] not in ours or not secrets.compare_digest(given, self.server.token.encode()):
            return False
        if "origin" in headers and headers["origin"] not in {f"http://{host}" for host in ours}:
            return False
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return False
        posted = scope["method"] == "POST"
        return not posted or headers.get("content-type", "").partition(";")[0] == "application/json"


def serve(
    session: Session, language: Language, target: str, tell: Callable[[str], object], idle: float = IDLE
) -> Outcome:
    """Serve the session until the editor finishes, Ctrl-C, or nobody has asked for `idle` seconds.

    Raises UsageError where the extra that this needs is not installed.
    """
    try:
        import uvicorn
    except ImportError:
        raise UsageError(Message("error.web_extra")) from None
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(("127.0.0.1", 0))
    listening.listen()  # the address answers from the moment it is told
    port = listening.getsockname()[1]
    page = Server(Commands(session, language, target), secrets.token_urlsafe(24), port)
    try:
        app = page.app()
    except ImportError:
        raise UsageError(Message("error.web_extra")) from None
    config = uvicorn.Config(app, log_level="critical", access_log=False, server_header=False, lifespan="off")
    server = _idling(uvicorn.Server(config), page, idle)
    url = f"http://127.0.0.1:{port}/{page.token}/"
    tell(phrase("review.web_at", language, url=url))
    _open_browser(url)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return "interrupted"
    finally:
        listening.close()
    return page.outcome


def _idling(server: Any, page: Server, idle: float) -> Any:
    """Let the server stop by itself: `on_tick` runs ten times a second."""
    tick = server.on_tick

    async def on_tick(counter: int) -> bool:
        return bool(await tick(counter)) or time.monotonic() - page.seen > idle

    def finished() -> None:
        server.should_exit = True

    server.on_tick, page.finished = on_tick, finished
    return server


def _open_browser(url: str) -> None:
    import os
    import webbrowser

    graphical = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if graphical and not os.environ.get("NTM_REPAIR_NO_BROWSER"):
        webbrowser.open(url)
