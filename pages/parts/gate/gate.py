"""The gate before everything: pages, scripts, media, downloads, uploads and the websocket."""

from __future__ import annotations

import asyncio
import logging
import os
from urllib.parse import parse_qsl, quote

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etl.accounts.book import Unreadable
from etl.accounts.log import note
from etl.accounts.mode import Closed, Mode
from etl.web import place_of
from indicators.people import Act
from indicators.text import say
from pages.parts.gate.quiet import Quiet, Readers
from pages.parts.gate.visit import INTERFACE, VISIT, Visit, is_same_origin, visit_of, without_forged

LOGIN, LOGOUT, PASSWORD = "/dang-nhap", "/dang-xuat", "/doi-mat-khau"
# What answers anybody: life, typefaces, the way in; and the command line and
# whoever watches, who have a token of their own.
ANYBODY = frozenset({"/healthz", "/metrics", "/api/command", LOGIN, LOGOUT, PASSWORD})
ANYBODY_BELOW = ("/fonts/", "/api/command/", f"{LOGIN}/")
NEVER_A_PAGE = ("/_stcore/", "/static/", "/media/", "/component/", "/tai-ve/", "/app/", "/api/")
UPLOADS, DOWNLOADS = "/_stcore/upload_file", "/tai-ve/"
# About the interface, not from it; and which part of the same answer is asked for.
NO_FIGURES, PART = frozenset({"", "openapi.json"}), frozenset({"limit", "offset", "format"})


class Gate:
    """Lets through who may, and says to the others where the door is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.quiet = Quiet()
        self.readers = Readers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        try:
            visit = await asyncio.to_thread(visit_of, scope)
        except (Unreadable, Closed) as error:
            logging.getLogger(__name__).error("%s", error)
            await answer(PlainTextResponse(say("account.closed"), 503), scope, receive, send)
            return
        refusal = refusal_of(visit, scope)
        if refusal is not None:
            await self.told(visit, scope, refusal)
            await answer(refusal, scope, receive, send)
            return
        inside = {**without_forged(scope), VISIT: visit}
        await self.app(inside, receive, self.noting(visit, scope, send))

    async def told(self, visit: Visit, scope: Scope, refusal: Response) -> None:
        """A line for whoever was refused; a browser sent to the login page is nothing to tell."""
        if refusal.status_code == 303 or visit.mode is Mode.OPEN or not self.quiet.may(visit):
            return
        await asyncio.to_thread(keep, visit, "refused", detail_of(scope))

    def noting(self, visit: Visit, scope: Scope, send: Send) -> Send:
        """Sends, and keeps a line of every file that was taken away and every read by a program."""
        if visit.mode is Mode.OPEN or not scope["path"].startswith((DOWNLOADS, f"{INTERFACE}/")):
            return send

        async def send_and_note(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                await self.taken(visit, scope)
            await send(message)

        return send_and_note

    async def taken(self, visit: Visit, scope: Scope) -> None:
        """A line for what was given away; of who asks again and again one a minute.

        Whoever has an account answers for every file; a stranger must not fill the disk with lines.
        """
        if not scope["path"].startswith(DOWNLOADS):
            read = read_of(scope)
            if read and self.readers.may(visit, read):
                await asyncio.to_thread(keep, visit, "api", read)
            return
        said = detail_of(scope)
        if visit.account is not None or self.readers.may(visit, said):
            await asyncio.to_thread(keep, visit, "download", said)


def keep(visit: Visit, action: str, detail: str) -> None:
    """A line of the log: who, what, where from."""
    login = visit.account.login if visit.account else ""
    note(place_of(os.environ).db, login, action, detail, visit.address)


def detail_of(scope: Scope) -> str:
    """Which address of ours was asked, as it was asked."""
    query = scope["query_string"].decode("latin-1")
    return " ".join(filter(None, (scope.get("method", "WEBSOCKET"), scope["path"], query)))


def read_of(scope: Scope) -> str:
    """Resource and scope of an answer of the interface, whatever part of it; "" without figures."""
    name = scope["path"].removeprefix(INTERFACE).strip("/")
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    said = (f"{key}={asked[key]}" for key in sorted(asked.keys() - PART))
    return "" if name in NO_FIGURES else " ".join((name, *said))


def refusal_of(visit: Visit, scope: Scope) -> Response | None:
    """What whoever asks gets instead; None where the request may pass."""
    if visit.mode is Mode.OPEN:
        return refusal_of_open(visit, scope)
    if is_for_anybody(scope["path"]):
        return None
    if visit.person is None:
        return to_login(scope)
    if visit.must_change:
        return to_password(scope)
    return refusal_of_known(visit, scope)


def refusal_of_open(visit: Visit, scope: Scope) -> Response | None:
    """Open is for this machine alone, and not for pages of others inside its browser."""
    is_live = scope["type"] == "http" and scope["path"] == "/healthz"
    is_foreign = scope["type"] == "websocket" and not is_same_origin(scope, required=False)
    if is_live or (visit.person is not None and not is_foreign):
        return None
    return PlainTextResponse(say("account.open_is_local"), 403)


def refusal_of_known(visit: Visit, scope: Scope) -> Response | None:
    """The websocket only from our own pages; files only from who may send some."""
    if scope["type"] == "websocket":
        return None if is_same_origin(scope, required=True) else forbidden()
    is_upload = scope["path"].startswith(UPLOADS) and scope["method"] != "OPTIONS"
    return forbidden() if is_upload and not visit.may(Act.SEND) else None


def is_for_anybody(path: str) -> bool:
    """Whether an address answers without a session."""
    return path in ANYBODY or (path.startswith(ANYBODY_BELOW) and ".." not in path)


def is_page(scope: Scope) -> bool:
    """Whether a browser asks for something to show: it can be sent to another address."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    return "text/html" in Headers(scope=scope).get("accept", "") and not scope["path"].startswith(
        NEVER_A_PAGE
    )


def to_login(scope: Scope) -> Response:
    """To the login page, which comes back to what was wanted; anything but a page: 401."""
    if not is_page(scope):
        return PlainTextResponse(say("account.needed"), 401)
    query = scope["query_string"].decode("latin-1")
    wanted = f"{quote(scope['path'])}?{query}" if query else quote(scope["path"])
    return RedirectResponse(f"{LOGIN}?den={quote(wanted, safe='')}", 303)


def to_password(scope: Scope) -> Response:
    """A one-time password opens nothing but the page that changes it."""
    return RedirectResponse(PASSWORD, 303) if is_page(scope) else forbidden()


def forbidden() -> Response:
    """Known, and still not allowed."""
    return PlainTextResponse(say("account.forbidden"), 403)


async def answer(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a refusal; a websocket is closed before it was opened, which is HTTP 403."""
    if scope["type"] == "http":
        await response(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.close", "code": 1008})
