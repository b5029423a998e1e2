"""Processes that are killed, at a random moment or just before one step; and how many of them."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

# The ordinary run is quick; `VANDAN_KILLS=300` makes it hundreds for each kind of work.
KILLS = int(os.environ.get("VANDAN_KILLS", "3"))
CHANCE = random.Random(os.environ.get("VANDAN_SEED"))
# Windows has neither forks nor SIGKILL: there a process is terminated, which asks it nothing either.
CONTEXT = get_context("spawn" if sys.platform == "win32" else "forkserver")
if sys.platform == "win32":
    KILL, KILLED = signal.SIGTERM, (15, -15)
else:
    CONTEXT.set_forkserver_preload(["tests.survival.workers"])
    KILL, KILLED = signal.SIGKILL, (-9,)
Work = Callable[[Path, Connection], None]
PATIENCE = 120


def run_killed(work: Work, db: Path, seconds: float, *, words: int = 1) -> list[int]:
    """What the process said before it was killed, so long after it had said so many words.

    It may have been done by then.
    """
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=work, args=(db, there))
    process.start()
    there.close()
    said = []
    for _ in range(words):
        assert here.poll(PATIENCE)
        said.append(here.recv())
    time.sleep(seconds)
    process.kill()
    process.join()
    assert process.exitcode in (0, *KILLED), "failed by itself"
    return said + _rest(here)


def _rest(here: Connection) -> list[int]:
    """What came before the end; a word that was cut off is none."""
    said = []
    try:
        while here.poll(0):
            said.append(here.recv())
    except (EOFError, OSError):
        pass
    return said


def run_to(target: Callable[..., None], *arguments: object) -> tuple[int | None, list[int]]:
    """The exit code (0, or one of KILLED) of a process that is left alone, and what it said."""
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=target, args=(*arguments, there))
    process.start()
    there.close()
    process.join(PATIENCE)
    return process.exitcode, _rest(here)


def how_long(work: Work, db: Path) -> float:
    """Seconds that the work takes when nobody kills it."""
    start = time.perf_counter()
    code, _ = run_to(work, db)
    assert code == 0
    return time.perf_counter() - start
