"""A series as a line the size of a word: points between 0 and 1, gaps left open."""

from collections.abc import Sequence
from fractions import Fraction

from indicators.expect import Point

Line = tuple[tuple[float, float], ...]


def spark(history: Sequence[Point], *, starts_again: bool = False) -> tuple[Line, ...]:
    """The unbroken stretches of a series, x from left to right, y from the lowest (0) up to 1."""
    values = [p.value for p in history if p.value is not None]
    if len(values) < 2:
        return ()
    low, spread = min(values), max(values) - min(values)
    last = len(history) - 1
    lines: list[list[tuple[float, float]]] = []
    for index, point in enumerate(history):
        if is_break(history, index, starts_again=starts_again):
            lines.append([])
        if point.value is not None:
            height = (point.value - low) / spread if spread else Fraction(1, 2)
            lines[-1].append((round(index / last, 3), round(float(height), 3)))
    return tuple(tuple(line) for line in lines if line)


def is_break(history: Sequence[Point], index: int, *, starts_again: bool) -> bool:
    """Whether a new stretch starts: at the beginning, after a gap, at a new cumulative year."""
    if index == 0 or history[index - 1].value is None:
        return True
    years = history[index - 1].period.year, history[index].period.year
    return starts_again and years[0] != years[1]
