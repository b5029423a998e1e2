"""Where a value should be by now, how fast it has moved, and where it is heading (methods 3.3, 3.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, pairwise

from indicators.period import Period, PeriodKind, months_between
from indicators.plans import Path

QUARTER = 3  # months; pace is told per quarter
QUARTERS = 4
STEPS_FOR_A_RANGE = 3  # with fewer steps seen there is no range, only "not enough history"


@dataclass(frozen=True)
class Point:
    """One value of a series; None is a gap that stays open."""

    period: Period
    value: Fraction | None


class Method(StrEnum):
    """How a projection is made."""

    PACE = "pace_since_baseline"
    CUMULATIVE = "pace_since_january"
    SEASONAL = "seasonal_shares"  # as much of the year by now as in earlier years
    PROFILE = "profile"  # as much of the way by now as the plan says


@dataclass(frozen=True)
class Projection:
    """Where the value will be at the deadline at the pace so far, with the range of past paces."""

    value: Fraction
    low: Fraction | None = None
    high: Fraction | None = None
    pace: Fraction | None = None  # per quarter so far
    required: Fraction | None = None  # per quarter from now on
    method: Method = Method.PACE


@dataclass(frozen=True)
class Profile:
    """How much of the way is due at the end of each of equal spans of time: (0.22, 0.46, 0.71, 1).

    From the start of the target (each January for a cumulative one) to its deadline.
    """

    shares: tuple[Fraction, ...]
    method: Method = Method.PROFILE

    def __post_init__(self) -> None:
        rises = all(before <= after for before, after in pairwise((Fraction(0), *self.shares)))
        if not self.shares or not rises or self.shares[-1] != 1:
            raise ValueError(f"a profile must rise from 0 to 1, got {self.shares}")

    def at(self, elapsed: Fraction) -> Fraction:
        """The share due once so much of the time has passed; straight between two ends of spans."""
        done = max(Fraction(0), min(Fraction(1), elapsed)) * len(self.shares)
        ends = (Fraction(0), *self.shares)
        span = min(int(done), len(self.shares) - 1)
        return ends[span] + (ends[span + 1] - ends[span]) * (done - span)


def seasonal_shares(series: Sequence[Point], *, before: int) -> tuple[Fraction, ...] | None:
    """How the full years before ``before`` spread over their quarters, adding up to 1.

    ``series`` holds year-to-date values. Years with a hole, a falling sum or nothing at all say
    nothing; of several years the amounts are added, not their shares averaged. None without any.
    """
    years = [year for year in _quarters_by_year(series, before).values() if _is_full(year)]
    if not years:
        return None
    whole = sum((year[-1] for year in years), Fraction(0))
    done = [sum((year[q] for year in years), Fraction(0)) / whole for q in range(QUARTERS)]
    return tuple(after - earlier for earlier, after in pairwise((Fraction(0), *done)))


def _quarters_by_year(series: Sequence[Point], before: int) -> dict[int, list[Fraction]]:
    found: dict[int, list[Fraction]] = {}
    for point in series:
        period = point.period
        if period.year < before and period.last_month % QUARTER == 0 and point.value is not None:
            found.setdefault(period.year, []).append(point.value)
    return found


def _is_full(year: list[Fraction]) -> bool:
    rises = all(before <= after for before, after in pairwise((Fraction(0), *year)))
    return len(year) == QUARTERS and rises and year[-1] > 0


def profile_by_shares(shares: Sequence[Fraction]) -> Profile:
    """The profile of a year that spreads like this over its quarters."""
    return Profile(tuple(accumulate(shares)), Method.SEASONAL)


def expected_by_shares(target: Fraction, shares: Sequence[Fraction], now: Period) -> Fraction:
    """What part of a year's amount is due at the end of ``now`` (methods 3.3)."""
    return target * profile_by_shares(shares).at(Fraction(now.last_month, 12))


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
    profile: Profile | None = None,
) -> Fraction | None:
    """Where the value should be at the end of ``now``; None when there is no baseline to start from.

    In equal steps, or as the ``profile`` says: shares entered with the plan, or those of a season.
    """
    if path in (Path.LEVEL, Path.CEILING):
        return target
    start = _start(path, baseline)
    if path is Path.DEADLINE or start is None:
        return None
    return start + (target - start) * _due_share(path, baseline, now, deadline, profile)


def _start(path: Path, baseline: Point | None) -> Fraction | None:
    """From where the way is counted: 0 each January, or the value before the plan."""
    if path is Path.CUMULATIVE:
        return Fraction(0)
    return None if baseline is None else baseline.value


def _due_share(
    path: Path, baseline: Point | None, now: Period, deadline: Period, profile: Profile | None
) -> Fraction:
    if path is Path.CUMULATIVE or baseline is None:
        elapsed = Fraction(now.last_month, 12)
    else:
        elapsed = elapsed_share(baseline.period, now, deadline)
    return elapsed if profile is None else profile.at(elapsed)


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
    profile: Profile | None = None,
) -> Projection | None:
    """The value at the deadline if it goes on as so far; None without history.

    So far: at the mean pace since the baseline (since January), or, with a ``profile``, having
    done the share of the way that is due by now. The range is that of past quarterly steps, and
    always holds the projected value itself.
    """
    left = quarters_left(now, deadline)
    pace = None if value is None else _pace(path, value, baseline, now)
    if value is None or left == 0 or pace is None or path in (Path.CEILING, Path.DEADLINE):
        return None
    likely = value + pace * left
    profile = None if path is Path.LEVEL else profile  # a level is due all the time
    if profile is not None:
        due, start = _due_share(path, baseline, now, deadline, profile), _start(path, baseline)
        if due == 0 or start is None:
            return None  # nothing was to be done yet, so nothing can be told from it
        likely = start + (value - start) / due
    seen = cumulative_steps(series) if path is Path.CUMULATIVE else steps(series)
    ends = [value + step * left for step in seen] + [likely]
    enough = len(seen) >= STEPS_FOR_A_RANGE
    return Projection(
        likely,
        min(ends) if enough else None,
        max(ends) if enough else None,
        pace,
        (target - value) / left,
        _method(path, profile),
    )


def _method(path: Path, profile: Profile | None) -> Method:
    if profile is not None:
        return profile.method
    return Method.CUMULATIVE if path is Path.CUMULATIVE else Method.PACE


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
