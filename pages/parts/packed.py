"""Files that never change are compressed once, as small as gzip can, and kept in memory."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit's scripts carry a hash in their names; typefaces come from an installed package.
LASTING = ("/static/", "/fonts/")
# woff2 and png are compressed already.
TYPES = ("text/", "application/javascript", "application/json", "image/svg", "font/ttf")
SMALL = 500  # bytes: below it the headers are most of the answer


@dataclass
class Answer:
    """A whole answer of the application below."""

    start: Message = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)

    async def send(self, message: Message) -> None:
        """Take what the application says instead of sending it."""
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.body += message.get("body", b"")

    async def pass_on(self, send: Send) -> None:
        """Send all of it, with its true length."""
        MutableHeaders(scope=self.start)["Content-Length"] = str(len(self.body))
        await send(self.start)
        await send({"type": "http.response.body", "body": bytes(self.body)})

    @property
    def is_worth_packing(self) -> bool:
        """Whether gzip makes it smaller."""
        headers = Headers(raw=self.start.get("headers", ()))
        kind = headers.get("content-type", "")
        fresh = self.start["status"] == 200 and "content-encoding" not in headers
        return fresh and kind.startswith(TYPES) and len(self.body) > SMALL

    def pack(self) -> None:
        """Compress the body."""
        headers = MutableHeaders(scope=self.start)
        headers["Content-Encoding"] = "gzip"
        headers.add_vary_header("Accept-Encoding")
        del headers["Accept-Ranges"]
        self.body = bytearray(gzip.compress(self.body, 9, mtime=0))


class Packed:
    """Compressing at every request would hold up everybody else's clicks for half a second a visit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, Answer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_asked_for(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self.kept:
            answer = Answer()
            await self.app(as_it_is(scope), receive, answer.send)
            if not answer.start:  # whoever asked has gone, and nobody answers him
                return
            if not answer.is_worth_packing:
                await answer.pass_on(send)
                return
            await asyncio.to_thread(answer.pack)
            self.kept[path] = answer
        kept = self.kept[path]
        # The layers above write into the headers of what they are given.
        start = {**kept.start, "headers": list(kept.start["headers"])}
        await Answer(start, kept.body).pass_on(send)


def as_it_is(scope: Scope) -> Scope:
    """The same request by somebody who cannot unpack: the layers below compress for speed."""
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": kept}


def is_asked_for(scope: Scope) -> bool:
    """A whole file that lasts, by somebody who can unpack it and does not have it."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    partial = "range" in headers or "if-none-match" in headers or "if-modified-since" in headers
    unpacks = "gzip" in headers.get("accept-encoding", "")
    return scope["path"].startswith(LASTING) and unpacks and not partial
