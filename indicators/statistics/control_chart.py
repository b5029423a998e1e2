"""The XmR control chart (NHS England, Making Data Count; methods 3.6).

Not for a coverage that only climbs (show the distance to its path) nor for seasonal quarters
(compare with the same quarter last year): a steady mean is the wrong question for both.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import fmean

from indicators.catalogue import Polarity
from indicators.statistics import Number

REACH = 2.66  # mean moving ranges from the centre to a limit
SCREEN = 3.267  # mean moving ranges from which one is left out as a jump
RUN = 7  # points on one side, or steadily rising or falling
MIN_POINTS = 2
FIRM_FROM = 13  # points; with fewer the limits are on trial


class Rule(StrEnum):
    """Why a point is not common variation, first the one that counts when several hold."""

    OUTSIDE = "outside"  # beyond a limit
    TREND = "trend"  # 7 points steadily up or down
    NEAR_LIMIT = "near_limit"  # of 3 on one side, 2 beyond two thirds of the way to the limit
    SHIFT = "shift"  # 7 points in a row on one side of the centre


class Variation(StrEnum):
    """What the latest point says."""

    COMMON = "common"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL = "neutral"  # special, and neither way is better
    NO_VARIATION = "no_variation"  # every value is the same


class Assurance(StrEnum):
    """Whether the process as it runs will meet the target."""

    PASS = "pass"
    FAIL = "fail"
    HIT_AND_MISS = "hit_and_miss"
    NO_JUDGEMENT = "no_judgement"  # no target, or neither way is better


@dataclass(frozen=True)
class Limits:
    """The lines of the chart, in the unit of the values."""

    centre: float
    moving_range: float
    points: int

    @property
    def low(self) -> float:
        """The lower process limit."""
        return self.centre - REACH * self.moving_range

    @property
    def high(self) -> float:
        """The upper process limit."""
        return self.centre + REACH * self.moving_range

    @property
    def near_low(self) -> float:
        """Two thirds of the way to the lower limit."""
        return self.centre - REACH * self.moving_range * 2 / 3

    @property
    def near_high(self) -> float:
        """Two thirds of the way to the upper limit."""
        return self.centre + REACH * self.moving_range * 2 / 3

    @property
    def is_trial(self) -> bool:
        """Whether there are too few points for limits to rely on."""
        return self.points < FIRM_FROM

    @property
    def is_flat(self) -> bool:
        """Whether every value is the same, so that there is nothing to judge by."""
        return self.moving_range == 0


@dataclass(frozen=True)
class Signal:
    """The rule a point falls under; ``side`` is 1 for high or rising, -1 for low or falling."""

    rule: Rule
    side: int


@dataclass(frozen=True)
class ControlChart:
    """The limits, and for each point its signal or None."""

    limits: Limits
    signals: tuple[Signal | None, ...]


def control_chart(values: Sequence[Number]) -> ControlChart:
    """The chart of consecutive values, oldest first; the caller ends the series at a gap."""
    limits = limits_of(values)
    numbers = [float(value) for value in values]
    sides = {rule: _sides(rule, numbers, limits) for rule in Rule}
    return ControlChart(limits, tuple(_signal(sides, i) for i in range(len(numbers))))


def limits_of(values: Sequence[Number]) -> Limits:
    """Centre and limits from the mean and the screened mean moving range."""
    numbers = [float(value) for value in values]
    if len(numbers) < MIN_POINTS:
        raise ValueError(f"limits need at least {MIN_POINTS} points, got {len(numbers)}")
    if not all(map(math.isfinite, numbers)):
        raise ValueError(f"values must be finite numbers, got {numbers}")
    moving_range = screened_range(numbers)
    centre = fmean(numbers) if moving_range else numbers[0]
    return Limits(centre, moving_range, len(numbers))


def screened_range(values: Sequence[float]) -> float:
    """The mean moving range, once without the jumps that would hide themselves by widening it.

    When only jumps differ from 0 they stay: with limits of no width every point is outside.
    """
    ranges = [abs(after - before) for before, after in pairwise(values)]
    mean = fmean(ranges)
    kept = [size for size in ranges if size < SCREEN * mean]
    return (fmean(kept) if kept else 0.0) or mean


def _signal(sides: dict[Rule, list[int]], i: int) -> Signal | None:
    return next((Signal(rule, sides[rule][i]) for rule in Rule if sides[rule][i]), None)


def _sides(rule: Rule, values: list[float], limits: Limits) -> list[int]:
    """For each point 1 or -1 where it falls under the rule, else 0."""
    if limits.is_flat:
        return [0] * len(values)
    if rule is Rule.OUTSIDE:
        return _beyond(values, limits.low, limits.high)
    if rule is Rule.TREND:
        return _trends(values)
    sides = _beyond(values, limits.centre, limits.centre)
    if rule is Rule.NEAR_LIMIT:
        return _pairs(_beyond(values, limits.near_low, limits.near_high), sides)
    return _runs(sides, RUN)


def _beyond(values: list[float], low: float, high: float) -> list[int]:
    return [(value > high) - (value < low) for value in values]


def _runs(sides: list[int], length: int) -> list[int]:
    """Keep the sides that are part of so many equal ones in a row."""
    found = [0] * len(sides)
    for start in range(len(sides) - length + 1):
        if abs(sum(sides[start : start + length])) == length:
            found[start : start + length] = sides[start : start + length]
    return found


def _trends(values: list[float]) -> list[int]:
    """All points of a run of 6 steps one way, also the one it starts from."""
    steps = [(after > before) - (after < before) for before, after in pairwise(values)]
    runs = _runs(steps, RUN - 1)
    return [there or leaving for there, leaving in zip([0, *runs], [*runs, 0], strict=True)]


def _pairs(near: list[int], sides: list[int]) -> list[int]:
    """Keep the near ones of three points in a row on one side, if there are two of them."""
    found = [0] * len(near)
    for start in range(len(near) - 2):
        three = slice(start, start + 3)
        if abs(sum(sides[three])) == 3 and abs(sum(near[three])) > 1:
            found[three] = [old or new for old, new in zip(found[three], near[three], strict=True)]
    return found


def variation(chart: ControlChart, *, polarity: Polarity) -> Variation:
    """The word for the latest point."""
    if chart.limits.is_flat:
        return Variation.NO_VARIATION
    latest = chart.signals[-1]
    if latest is None:
        return Variation.COMMON
    if polarity is Polarity.NEITHER:
        return Variation.NEUTRAL
    if latest.side > 0:
        good = polarity is Polarity.HIGHER
        return Variation.IMPROVEMENT_HIGH if good else Variation.CONCERN_HIGH
    good = polarity is Polarity.LOWER
    return Variation.IMPROVEMENT_LOW if good else Variation.CONCERN_LOW


def assurance(limits: Limits, *, target: Number | None, polarity: Polarity) -> Assurance:
    """Whether the target lies beyond what the process does by itself; met by a tie."""
    if target is None or polarity is Polarity.NEITHER:
        return Assurance.NO_JUDGEMENT
    above, below = target > limits.high, target < limits.low
    if not above and not below:
        return Assurance.PASS if limits.is_flat else Assurance.HIT_AND_MISS
    return Assurance.FAIL if above == (polarity is Polarity.HIGHER) else Assurance.PASS
