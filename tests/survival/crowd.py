"""Fifty people look while ten send and the command line loads, all at one server."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from etl.owner import Owner, call
from tests.cli import ROOT
from tests.etl.tables import DATA, long

VIEWERS, ROUNDS = 50, 3
PATIENCE = 240.0
# Without pings: on a loaded machine neither side may answer in time, and nobody would wait less.
HOW = {
    "subprotocols": ["streamlit"],
    "max_size": None,
    "ping_interval": None,
    "open_timeout": PATIENCE,
}
UNITS = (
    "th-ttyt-nhu-thanh", "th-ttyt-nga-son", "th-ttyt-quang-xuong", "th-ttyt-nhu-xuan",
    "th-ttyt-hau-loc", "th-ttyt-hoang-hoa", "th-ttyt-trieu-son", "th-ttyt-tho-xuan",
    "th-ttyt-yen-dinh", "th-ttyt-vinh-loc",
)  # fmt: skip
LAST = "th-ttyt-cam-thuy"  # of the command line
MARK = re.compile(r"\b([1-9])\.0(\d)7\b")


def value(turn: int, unit: int) -> int:
    """A figure that says whose it is and of which turn: 2 037 is the second of unit 3."""
    return 1000 * turn + 10 * unit + 7


@dataclass
class Seen:
    """What happened: seconds of each run and of each load, and everything that was wrong."""

    views: list[float] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    sent: list[int] = field(default_factory=lambda: [0] * len(UNITS))  # turns acknowledged


def crowd(owner: Owner, folder: Path, db: Path) -> Seen:
    """All of them at once; returns when everybody is done."""
    return asyncio.run(_all(owner, folder, db))


async def _all(owner: Owner, folder: Path, db: Path) -> Seen:
    seen, loop = Seen(), asyncio.get_running_loop()
    with ThreadPoolExecutor(len(UNITS) + 1) as pool:
        # The first turn is there before anybody looks.
        await asyncio.gather(
            *(loop.run_in_executor(pool, _send, owner, seen, u, 1) for u in range(len(UNITS)))
        )
        senders = [
            loop.run_in_executor(pool, _keep_sending, owner, seen, u) for u in range(len(UNITS))
        ]
        line = loop.run_in_executor(pool, _by_command, folder, db, seen)
        await asyncio.gather(*(_look(owner.url, seen, n % len(UNITS)) for n in range(VIEWERS)))
        await asyncio.gather(*senders, line)
        await asyncio.gather(*(_look(owner.url, seen, n) for n in range(len(UNITS))))
    return seen


def _keep_sending(owner: Owner, seen: Seen, unit: int) -> None:
    for turn in range(2, ROUNDS + 1):
        _send(owner, seen, unit, turn)


def _send(owner: Owner, seen: Seen, unit: int, turn: int) -> None:
    """One file of a unit, and that it was acknowledged."""
    content = long([f"{UNITS[unit]},2021-Q3,doctors,{value(turn, unit)}"])
    start = time.perf_counter()
    asked = {"by": f"người {unit}", "reason": "thử"}
    done = call(owner, "load", asked, {f"{unit}-{turn}.csv": content})
    seen.loads.append(time.perf_counter() - start)
    if done["exit_code"]:
        seen.wrong.append(f"load {unit} {turn}: {done['document']}")
    seen.sent[unit] = turn


def _by_command(folder: Path, db: Path, seen: Seen) -> None:
    path = folder / "dòng lệnh.csv"
    path.write_bytes(long([f"{LAST},{y}-Q3,doctors,{y}" for y in range(2015, 2022)]))
    words = ["-m", "etl", "load", str(path), "--reason", "thử", "--data", str(DATA)]
    done = subprocess.run(
        [sys.executable, *words, "--db", str(db)], cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode:
        seen.wrong.append(f"command: {done.stdout.decode()}{done.stderr.decode()}")


async def _look(url: str, seen: Seen, unit: int) -> None:
    """Somebody opens the page of a unit and clicks twice."""
    address = f"{url.replace('http', 'ws')}/_stcore/stream"
    async with websockets.connect(address, **HOW) as session:  # type: ignore[arg-type]
        for _ in range(3):
            known = seen.sent[unit]
            text, seconds = await _run(session, unit)
            seen.views.append(seconds)
            seen.wrong += _wrong(text, unit, known)


async def _run(session: websockets.ClientConnection, unit: int) -> tuple[str, float]:
    ask = BackMsg()
    ask.rerun_script.query_string = f"plan=thanh-hoa-2021&period=2021-Q3&unit={UNITS[unit]}"
    ask.rerun_script.page_name = "don-vi"
    start, parts = time.perf_counter(), []
    await session.send(ask.SerializeToString())
    while True:
        raw = await asyncio.wait_for(session.recv(), PATIENCE)
        message = ForwardMsg()
        message.ParseFromString(raw)  # type: ignore[arg-type]
        parts.append(bytes(raw))  # type: ignore[arg-type]
        if message.delta.new_element.WhichOneof("type") == "exception":
            parts.append(b" EXCEPTION ")
        if message.WhichOneof("type") == "script_finished":
            text = b" ".join(parts).decode("utf-8", "replace")
            return text, time.perf_counter() - start


def _wrong(text: str, unit: int, known: int) -> list[str]:
    """An error, a figure of another unit, or one older than what had been acknowledged before."""
    if "EXCEPTION" in text or "Trang này gặp lỗi" in text:
        return [f"view {unit}: error"]
    marks = {(int(turn), int(whose)) for turn, whose in MARK.findall(text)}
    if not marks:
        return [f"view {unit}: no figure"]
    foreign = [mark for mark in marks if mark[1] != unit]
    stale = max(turn for turn, _ in marks) < known
    return [f"view {unit}: foreign {foreign}"] * bool(foreign) + [f"view {unit}: stale"] * stale
