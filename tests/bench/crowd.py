"""Fifty people who click in the same moment: every session is a real one over its websocket."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from etl.owner import find_owner
from tests.bench.lines import Line
from tests.serving import app, serving
from tests.survival.crowd import crowd as everybody

PEOPLE = 50
PATIENCE = 120.0  # seconds


def crowd(folder: Path, db: Path) -> Iterator[Line]:
    """Fifty first visits at once, then fifty clicks at once: half of them done by, and nearly all."""
    with serving(*app(db, "--data", str(folder))) as url:
        first, again, failed = asyncio.run(fifty(url))
    for what, seconds in (("first runs", first), ("reruns", again)):
        ordered = sorted(seconds)
        half, most = ordered[PEOPLE // 2 - 1], ordered[int(PEOPLE * 0.95) - 1]
        yield Line(f"{PEOPLE} {what} at once: p50", half)
        yield Line(f"{PEOPLE} {what} at once: p95", most, f"{failed} errors")


def busy(folder: Path) -> Iterator[Line]:
    """Fifty look at pages of units while ten send and the command line loads."""
    db = folder / "busy.duckdb"
    with serving(*app(db, "--no-demo")):
        owner = find_owner(db)
        assert owner is not None
        seen = everybody(owner, folder, db)
    for what, seconds in (("views", seen.views), ("files sent", seen.loads)):
        ordered = sorted(seconds)
        half, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
        yield Line(f"{len(ordered)} {what}, 50 look, 10 send: p50", half)
        yield Line(
            f"{len(ordered)} {what}, 50 look, 10 send: p95", most, f"{len(seen.wrong)} wrong"
        )


async def fifty(url: str) -> tuple[list[float], list[float], int]:
    """Seconds of each first run and of each rerun, and how many of all failed."""
    address = f"{url.replace('http', 'ws')}/_stcore/stream"
    sessions = [
        await websockets.connect(address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        for _ in range(PEOPLE)
    ]
    first = await asyncio.gather(*(run(session) for session in sessions))
    again = await asyncio.gather(*(run(session) for session in sessions))
    await asyncio.gather(*(session.close() for session in sessions))
    failed = sum(error for _, error in (*first, *again))
    return [s for s, _ in first], [s for s, _ in again], failed


async def run(session: websockets.ClientConnection) -> tuple[float, bool]:
    """One run of the first page's script: seconds until its end, and whether anything failed."""
    ask = BackMsg()
    ask.rerun_script.query_string = ""
    start = time.perf_counter()
    await session.send(ask.SerializeToString())
    failed = False
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(session.recv(), PATIENCE))  # type: ignore[arg-type]
        failed |= message.delta.new_element.WhichOneof("type") == "exception"
        if message.WhichOneof("type") == "script_finished":
            return time.perf_counter() - start, failed
