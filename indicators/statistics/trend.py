"""The recent trend test of a proportion (Fingertips, PHE; methods 3.7).

Made for yearly points: of quarters, give the same quarter of each year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MIN_POINTS = 5
THRESHOLD = Fraction("9.5495357")  # of chi-squared on 1 degree of freedom, p = 0.002


class Trend(StrEnum):
    """What is said of the recent points; which way is better is another question."""

    RISING = "rising"
    FALLING = "falling"
    NO_CHANGE = "no_change"  # none that chance would not explain
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Proportion:
    """One point: people counted, of people there were."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.denominator < 1:
            raise ValueError(f"denominator must be at least 1, got {self.denominator}")
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(
                "numerator must lie between 0 and the denominator "
                f"{self.denominator}, got {self.numerator}"
            )


@dataclass(frozen=True)
class RecentTrend:
    """The answer, the test statistic behind it (None if not computed) and the points used."""

    trend: Trend
    chi_squared: Fraction | None
    points: int


@dataclass(frozen=True)
class _Slope:
    """Direction of a weighted regression line (only its sign matters) and its chi-squared."""

    rise: int
    chi_squared: Fraction

    @property
    def sign(self) -> int:
        return (self.rise > 0) - (self.rise < 0)


def recent_trend(points: Sequence[Proportion | None]) -> RecentTrend:
    """The trend of the latest unbroken points, oldest first; None is a gap.

    It must not hang on a single point: without any one of them it goes the same way.
    """
    run = _latest_run(points)
    if len(run) < MIN_POINTS:
        return RecentTrend(Trend.TOO_FEW, None, len(run))
    slope = _slope(run)
    is_trend = slope.chi_squared > THRESHOLD and all(
        _slope(run[:i] + run[i + 1 :]).sign == slope.sign for i in range(len(run))
    )
    found = Trend.RISING if slope.sign > 0 else Trend.FALLING
    return RecentTrend(found if is_trend else Trend.NO_CHANGE, slope.chi_squared, len(run))


def _latest_run(points: Sequence[Proportion | None]) -> list[tuple[int, Proportion]]:
    """Time and point from the latest back to the first gap."""
    run: list[tuple[int, Proportion]] = []
    for time in reversed(range(len(points))):
        point = points[time]
        if point is None:
            break
        run.insert(0, (time, point))
    return run


def _slope(run: list[tuple[int, Proportion]]) -> _Slope:
    """χ² = N(N·Σct − R·Σnt)² / (R(N − R)(N·Σnt² − (Σnt)²)), R = Σc, N = Σn; exact."""
    count = sum(p.numerator for _, p in run)
    size = sum(p.denominator for _, p in run)
    moment = sum(p.denominator * t for t, p in run)
    rise = size * sum(p.numerator * t for t, p in run) - count * moment
    spread = size * sum(p.denominator * t * t for t, p in run) - moment**2
    scale = count * (size - count) * spread
    # All or nobody in every point: no variation, so no trend.
    return _Slope(rise, Fraction(size * rise**2, scale) if scale else Fraction(0))
