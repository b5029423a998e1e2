"""What a benchmark prints: one line a measurement."""

import time
from collections.abc import Callable
from dataclasses import dataclass

WIDTH = 48  # characters of the first column


@dataclass(frozen=True)
class Line:
    """One line of the table: what, seconds, and what to know about it."""

    what: str
    seconds: float
    note: str = ""


def timed(work: Callable[[], object]) -> float:
    """Seconds on the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def shown(line: Line) -> str:
    """A line of the table."""
    return f"{line.what:<{WIDTH}} {line.seconds:9.3f} s  {line.note}".rstrip()
