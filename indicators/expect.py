"""Where a value should be by now, how fast it has moved, and where it is heading (methods 3.3, 3.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from indicators.period import Period, PeriodKind, months_between
from indicators.plans import Path

QUARTER = 3  # months; pace is told per quarter
STEPS_FOR_A_RANGE = 3  # with fewer steps seen there is no range, only "not enough history"


@dataclass(frozen=True)
class Point:
    """One value of a series; None is a gap that stays open."""

    period: Period
    value: Fraction | None


@dataclass(frozen=True)
class Projection:
    """Where the value will be at the deadline at the pace so far, with the range of past paces."""

    value: Fraction
    low: Fraction | None = None
    high: Fraction | None = None
    pace: Fraction | None = None  # per quarter so far
    required: Fraction | None = None  # per quarter from now on


def elapsed_share(start: Period, now: Period, deadline: Period) -> Fraction:
    """How much of the time from the end of ``start`` to the deadline has passed, 0 to 1."""
    whole = months_between(start.end, deadline.end)
    gone = months_between(start.end, now.end)
    return max(Fraction(0), min(Fraction(1), Fraction(gone, whole))) if whole > 0 else Fraction(1)


def expected_now(
    path: Path,
    *,
    target: Fraction,
    baseline: Point | None,
    now: Period,
    deadline: Period,
) -> Fraction | None:
    """Where the value should be at the end of ``now``; None when there is no baseline to start from."""
    if path in (Path.LEVEL, Path.CEILING):
        return target
    if path is Path.DEADLINE:
        return None
    if path is Path.CUMULATIVE:
        return target * now.last_month / 12
    if baseline is None or baseline.value is None:
        return None
    share = elapsed_share(baseline.period, now, deadline)
    return baseline.value + (target - baseline.value) * share


def steps(series: Sequence[Point]) -> list[Fraction]:
    """Change per quarter between neighbouring values; nothing is bridged over a gap."""
    found = []
    for before, after in pairwise(series):
        months = months_between(before.period.end, after.period.end)
        if before.value is not None and after.value is not None and 0 < months <= QUARTER:
            found.append((after.value - before.value) * QUARTER / months)
    return found


def cumulative_steps(series: Sequence[Point]) -> list[Fraction]:
    """Change per quarter of a year-to-date value, which starts again from 0 each January."""
    found = []
    earlier: Point | None = None
    for point in series:
        starts = point.period.last_month <= QUARTER
        first = Fraction(0) if starts else None
        same_year = earlier is not None and earlier.period.year == point.period.year
        base = earlier.value if same_year and earlier is not None and not starts else first
        if point.value is not None and base is not None:
            found.append(point.value - base)
        earlier = point
    return found


def best_step(path: Path, series: Sequence[Point], sign: int) -> Fraction | None:
    """The largest quarterly step towards the target so far; None with fewer than three."""
    found = cumulative_steps(series) if path is Path.CUMULATIVE else steps(series)
    if len(found) < STEPS_FOR_A_RANGE or sign == 0:
        return None
    return max(sign * step for step in found)


def quarters_left(now: Period, deadline: Period) -> Fraction:
    """Quarters from the end of ``now`` to the deadline."""
    return Fraction(max(0, months_between(now.end, deadline.end)), QUARTER)


def project(
    path: Path,
    *,
    value: Fraction | None,
    target: Fraction,
    baseline: Point | None,
    series: Sequence[Point],
    now: Period,
    deadline: Period,
) -> Projection | None:
    """The value at the deadline if the pace since the baseline goes on; None without history."""
    left = quarters_left(now, deadline)
    if value is None or left == 0 or path in (Path.CEILING, Path.DEADLINE):
        return None
    pace = _pace(path, value, baseline, now)
    if pace is None:
        return None
    seen = cumulative_steps(series) if path is Path.CUMULATIVE else steps(series)
    enough = len(seen) >= STEPS_FOR_A_RANGE
    return Projection(
        value + pace * left,
        value + min(seen) * left if enough else None,
        value + max(seen) * left if enough else None,
        pace,
        (target - value) / left,
    )


def _pace(path: Path, value: Fraction, baseline: Point | None, now: Period) -> Fraction | None:
    if path is Path.CUMULATIVE:
        return value * QUARTER / now.last_month
    if baseline is None or baseline.value is None:
        return None
    months = months_between(baseline.period.end, now.end)
    return (value - baseline.value) * QUARTER / months if months > 0 else None


def history_of(period: Period, frequency: PeriodKind, first_year: int) -> tuple[Period, ...]:
    """The periods of ``frequency`` from the start of ``first_year`` to the end of ``period``."""
    found: list[Period] = []
    for year in range(first_year, period.year):
        found.extend(Period(year, PeriodKind.YEAR).parts(frequency))
    found.extend(period.parts(frequency, from_january=True))
    return tuple(found)
