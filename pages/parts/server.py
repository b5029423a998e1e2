"""The web server around the pages: headers, health, fonts, and the route of the command line."""

from __future__ import annotations

import asyncio
import gc
import importlib
import ipaddress
import itertools
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import fontpkg_be_vietnam_pro as be_vietnam_pro
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from etl import owner as owners
from etl import web
from etl.accounts.book import Unreadable
from etl.accounts.mode import Closed, check_start
from etl.log import tell as note
from etl.metrics import Gauge, metrics
from etl.started import tell_manager
from etl.troubles import trouble_of
from indicators.text import say
from pages.parts.api.route import routes as api_routes
from pages.parts.front import Front
from pages.parts.gate.gate import Gate
from pages.parts.gate.routes import routes as gate_routes
from pages.parts.headers import SecurityHeaders
from pages.parts.html import as_written
from pages.parts.packed import Packed
from pages.parts.take.answer import answer as take
from pages.parts.take.calendar import calendar
from pages.parts.take.original import original
from pages.parts.view import language_of
from pages.parts.warm import stay_warm

LOCAL = "127.0.0.1"
# Base64 adds a third: room for the 50 MiB that the upload page takes, and to spare.
COMMANDS_AT_ONCE = 4  # they write one after the other anyway
BODY_BYTES = 128 * 1024 * 1024
FONTS = {file.name: file for file in (be_vietnam_pro.ROOT / "files").glob("*.ttf")}
HEAVY = ("pandas", "pyarrow", "plotly.graph_objects")


class Server:
    """One running server: its deployment and, once started, its claim on the database."""

    def __init__(self) -> None:
        self.place = web.place_of(os.environ)
        self.owner: owners.Owner | None = None
        self.started = monotonic()
        # Of their own: ten files that wait for each other must not keep the pulse waiting.
        self.pulse = ThreadPoolExecutor(1, "pulse")
        self.desk = ThreadPoolExecutor(COMMANDS_AT_ONCE, "desk")
        self.warming: asyncio.Task[None] | None = None

    def routes(self) -> list[Route]:
        """Our routes beside Streamlit's."""
        return [
            Route("/healthz", self.health),
            Route("/metrics", self.metrics),
            Route("/fonts/{name}", font),
            Route("/tai-ve/lich.ics", calendar),
            Route("/tai-ve/tep-goc/{digest}", original),
            Route("/tai-ve/{name}", take),
            Route("/api/command", self.command, methods=["POST"]),
            Route("/api/command/stop", self.stop, methods=["POST"]),
            *api_routes(),
            *gate_routes(),
        ]

    def middleware(self) -> list[Middleware]:
        """Headers outermost, then the gate; compression: Streamlit sends its 7 MB of scripts as they are."""
        return [
            Middleware(SecurityHeaders),
            Middleware(Gate),
            Middleware(Packed),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
            Middleware(Front),
        ]

    @asynccontextmanager
    async def lifespan(self, _app: Any) -> AsyncIterator[None]:
        """Hold the database from the first to the last request, and say so to the command line."""
        await self.start()
        try:
            yield
        finally:
            if self.warming:
                self.warming.cancel()
            self.close()

    def close(self) -> None:
        """Give the database back; once or again."""
        if self.owner:
            owners.withdraw(self.place.db, self.owner)
        web.release()

    async def start(self) -> None:
        """Take the database, announce it, print the address; a refusal is one line and exit 1."""
        self.place = web.place_of(os.environ)
        web.publish(self.place, os.environ)
        host, port = address_now()
        try:
            await asyncio.to_thread(check_start, os.environ, self.place.db, host)
            demo = os.environ.get("VANDAN_NO_DEMO") != "1"
            await asyncio.to_thread(web.hold, self.place, demo=demo)
        except (web.Refused, Closed, Unreadable) as error:
            leave(str(error))
        self.owner = owners.announce(self.place.db, port, seen_from_here(host))
        await asyncio.to_thread(settle)
        self.warming = asyncio.create_task(stay_warm())
        print(f"Vạn Dân: {self.owner.url} (dừng bằng Ctrl+C)", flush=True)
        tell_manager(os.environ)

    async def health(self, request: Request) -> Response:
        """Whether the database answers; to the holder of the token also which one, in which state."""
        version = await run_in(self.pulse, web.answering) if self.owner else None
        body: dict[str, object] = {"ok": version is not None}
        if self.knows_token(request):
            body["version"] = version
            body["database"] = owners.hash_of(self.place.db)
        headers = {"Cache-Control": "no-store"}
        return JSONResponse(body, 200 if body["ok"] else 503, headers)

    async def metrics(self, request: Request) -> Response:
        """Figures about the running system, for this machine and the holder of the token only."""
        if not (is_loopback(request) and self.knows_token(request)):
            raise HTTPException(403)
        up = Gauge("uptime_seconds", "Since the server started", monotonic() - self.started)
        open_now = Gauge("open_sessions", "Windows that are open", open_sessions())
        text = await run_in(self.pulse, metrics, [up, open_now])
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")

    async def command(self, request: Request) -> Response:
        """A command of the command line, for this machine and the holder of the token only."""
        if not (is_loopback(request) and self.knows_token(request)):
            raise HTTPException(403)
        if int(request.headers.get("content-length", BODY_BYTES + 1)) > BODY_BYTES:
            raise HTTPException(413)
        try:
            return JSONResponse(await run_in(self.desk, web.answer, await request.body()))
        except web.Refused as error:
            raise HTTPException(400, str(error)) from error

    async def stop(self, request: Request) -> Response:
        """End this server, for this machine and the holder of the token only: as Ctrl+C does."""
        if not (is_loopback(request) and self.knows_token(request)):
            raise HTTPException(403)
        note("stop")
        # Once the answer is on its way.
        return JSONResponse({"ok": True}, background=BackgroundTask(end))

    def knows_token(self, request: Request) -> bool:
        """True where the request carries the token of the owner file."""
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        sent = request.headers.get(owners.TOKEN_HEADER, bearer).encode()
        return self.owner is not None and secrets.compare_digest(sent, self.owner.token.encode())


async def run_in(pool: ThreadPoolExecutor, work: Callable[..., Any], *given: Any) -> Any:
    """What the work gives, done by a thread of the pool."""
    return await asyncio.get_running_loop().run_in_executor(pool, work, *given)


async def end() -> None:
    """End as Ctrl+C does: what is under way is finished. In the thread that signals are for."""
    signal.raise_signal(signal.SIGINT)


async def font(request: Request) -> Response:
    """A face of Be Vietnam Pro from its installed package."""
    file = FONTS.get(request.path_params["name"])
    if file is None:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return FileResponse(file, media_type="font/ttf", headers=headers)


def is_loopback(request: Request) -> bool:
    """True where the request comes from this machine."""
    try:
        return bool(request.client) and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def address_now() -> tuple[str, int]:
    """Where this process listens."""
    from streamlit import config

    if "uvicorn" in Path(sys.argv[0]).parts[-2:]:
        host, port = uvicorn_address(sys.argv, os.environ)
    else:
        # Streamlit writes the port it settled on back into its option before it starts us.
        host = config.get_option("server.address") or LOCAL
        port = int(config.get_option("server.port"))
    return host, port


def seen_from_here(host: str) -> str:
    """The address at which this machine itself reaches us."""
    return LOCAL if host in {"0.0.0.0", "::", "localhost"} else host


def uvicorn_address(argv: Sequence[str], environ: Mapping[str, str]) -> tuple[str, int]:
    """Host and port of `uvicorn app:app`, which tells the application neither."""
    told = {"host": environ.get("UVICORN_HOST", LOCAL), "port": environ.get("UVICORN_PORT", "8000")}
    words = [part for word in argv for part in word.split("=", 1)]
    for name, value in itertools.pairwise(words):
        if name in {"--host", "--port"}:
            told[name[2:]] = value
    return told["host"], int(told["port"])


def settle() -> None:
    """Import what every page needs and take it out of garbage collection (a third of the CPU)."""
    stand_last(Path(__file__).parent)
    for name in HEAVY:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def stand_last(folder: Path) -> None:
    """Put the folder of the frame on the path for good, behind everything (our html.py!).

    Streamlit puts a folder that is not there in front at each run and takes it away afterwards: a
    thread that imports something meanwhile skips the folder that moved into its place.
    """
    if str(folder) not in sys.path:
        sys.path.append(str(folder))


def open_sessions() -> int:
    """How many windows are connected."""
    from streamlit.runtime import Runtime

    return Runtime.instance()._session_mgr.num_active_sessions() if Runtime.exists() else 0


def tell(error: Exception) -> bool:
    """Say in the page's language that it failed; Streamlit has already logged what and where."""
    import streamlit as st

    note("error", kind=type(error).__name__, where="page")
    language = language_of(dict(st.query_params))
    what = trouble_of(error, language) or say("trouble.unknown", language)
    st.error(as_written(say("trouble.page", language, what=what)))
    return True


def leave(message: str) -> None:
    """Say one line and exit 1 before anything is open: an exception would print a traceback."""
    print(message, file=sys.stderr, flush=True)
    os._exit(1)
