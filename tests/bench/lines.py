"""What a benchmark prints: one line a measurement."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the table: what, how much, in what, and what to know about it."""

    what: str
    amount: float
    note: str = ""
    unit: str = "s"


def timed(work: Callable[[], object]) -> float:
    """Seconds on the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table(lines: list[Line]) -> list[str]:
    """Columns wide enough for their content."""
    width = max(len(line.what) for line in lines)
    return [f"{li.what:<{width}}  {li.amount:9.3f} {li.unit:<2} {li.note}".rstrip() for li in lines]
