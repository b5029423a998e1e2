"""What goes over the line: packed once, unchanged once unpacked; the shell in our language."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts.front import NEEDED, Front, files, ours
from pages.parts.packed import Packed

SCRIPT = b"const a = 1;\n" * 200
SHELL = """<!-- words --><html lang="en"><head><link rel="preload" href="./x.woff2" as="font" />
<title>Streamlit</title></head><body><noscript><p>You need to</p></noscript><div id="root"></div></body></html>"""


def below(seen: list[Scope], make: Callable[[], Response]) -> ASGIApp:
    """An application that answers always the same."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        await make()(scope, receive, send)

    return app


def ask(app: ASGIApp, path: str, **headers: str) -> tuple[dict[str, str], bytes]:
    """Headers and body of an answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": raw, "query_string": b""}
    asyncio.run(app(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return found, b"".join(message.get("body", b"") for message in sent[1:])


def script() -> Response:
    return Response(SCRIPT, media_type="application/javascript", headers={"ETag": '"1"'})


def test_a_script_is_packed_once_and_whole() -> None:
    seen: list[Scope] = []
    app = Packed(below(seen, script))
    for _ in range(2):
        headers, body = ask(app, "/static/js/a.js", accept_encoding="gzip, br")
        assert headers["content-encoding"] == "gzip" and headers["etag"] == '"1"'
        assert int(headers["content-length"]) == len(body) < len(SCRIPT) / 10
        assert gzip.decompress(body) == SCRIPT and "Accept-Encoding" in headers["vary"]
    assert len(seen) == 1 and "accept-encoding" not in Request(seen[0]).headers


def test_whoever_cannot_unpack_or_asks_for_a_part_gets_it_as_it_is() -> None:
    app = Packed(below([], script))
    for headers in ({}, {"accept_encoding": "gzip", "range": "bytes=0-9"}):
        assert ask(app, "/static/js/a.js", **headers)[1] == SCRIPT


def test_what_changes_is_not_kept() -> None:
    seen: list[Scope] = []
    app = Packed(below(seen, script))
    for _ in range(2):
        assert ask(app, "/tai-ve/a.csv", accept_encoding="gzip")[1] == SCRIPT
    assert len(seen) == 2


def test_to_whoever_has_gone_nothing_is_said() -> None:
    seen: list[Scope] = []

    async def silent(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    packed = Packed(silent)
    headers = [(b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": "GET", "path": "/static/js/a.js", "headers": headers}
    asyncio.run(packed(scope, None, None))  # type: ignore[arg-type]
    assert len(seen) == 1 and packed.kept == {}


def test_an_error_and_a_picture_are_not_kept() -> None:
    for make in (
        lambda: Response(SCRIPT, 404, media_type="text/plain"),
        lambda: Response(SCRIPT, media_type="font/woff2"),
    ):
        seen: list[Scope] = []
        app = Packed(below(seen, make))
        for _ in range(2):
            headers, body = ask(app, "/static/x", accept_encoding="gzip")
            assert body == SCRIPT and "content-encoding" not in headers
        assert len(seen) == 2


def test_the_shell_speaks_vietnamese_and_loads_nothing_for_nothing() -> None:
    headers, body = ask(
        Front(below([], lambda: Response(SHELL, media_type="text/html", headers={"ETag": '"1"'}))),
        "/don-vi",
        accept="text/html,*/*",
    )
    text = body.decode()
    assert int(headers["content-length"]) == len(body) and "etag" not in headers
    assert '<html lang="vi">' in text and "<title>Vạn Dân</title>" in text
    assert "Streamlit" not in text and "You need" not in text and "woff2" not in text
    assert '<div id="root"></div>' in text and "BeVietnamPro-Regular.ttf" in text


def test_what_is_no_page_passes_untouched() -> None:
    app = Front(below([], lambda: Response(SHELL, media_type="text/html")))
    assert ask(app, "/a", accept="*/*")[1].decode() == SHELL
    table = Front(below([], lambda: Response("a;b", media_type="text/csv")))
    assert ask(table, "/tai-ve/a.csv", accept="text/html")[1] == b"a;b"


def test_every_script_asked_for_ahead_is_one_of_this_streamlit() -> None:
    assert len(files(NEEDED)) >= len(NEEDED)
    assert files(["NoSuchScript"]) == []


def test_the_shell_of_this_streamlit_has_all_that_is_replaced() -> None:
    import streamlit

    shell = Path(streamlit.__file__).parent / "static" / "index.html"
    text = ours(shell.read_text("utf-8"))
    for gone in ('lang="en"', ">Streamlit<", "SourceSans", "openapi.json", "You need"):
        assert gone not in text
