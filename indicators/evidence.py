"""Evidence: what stands beside a verdict, and where a number of that kind would mislead, why not.

A verdict never depends on anything here. While figures are missing (``partial``), what is said of
the value is said of whoever reported: the way done has its bounds, a pace is called never achieved
only if it is within both bounds, last year is compared over the same units.
Nothing is compared across a break of the series.
"""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from indicators import chance
from indicators.assess import Assessment, Assessor
from indicators.assessment import STARTS_AGAIN
from indicators.breaks import is_comparable
from indicators.catalogue import Chance, Polarity
from indicators.chance import Estimate, Placed
from indicators.contributions import Mix, Parts, Shares, mix_of, parts_of, shares_of
from indicators.demands import trend_periods
from indicators.expect import (
    Point,
    Projection,
    best_step,
    expected_by_shares,
    profile_by_shares,
    project,
    seasonal_shares,
)
from indicators.judge import direction
from indicators.measure import is_too_few
from indicators.movement import possible
from indicators.period import Period, PeriodKind
from indicators.plans import Path
from indicators.sentence import POINT_UNITS
from indicators.statistics.gap_closed import GapClosed, GapState, gap_closed
from indicators.statistics.trend import Proportion, RecentTrend, recent_trend
from indicators.variation import SeriesChart, series_chart


@dataclass(frozen=True)
class Way:
    """How much of a way is done; with units missing also at the bounds, None where not bounded."""

    closed: GapClosed
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True)
class Pace:
    """Change per quarter: what is required from now on, and the best ever towards the target.

    ``best`` is None with fewer than three steps ("not enough history"); ``never_achieved`` where
    that, or what is missing, leaves it open.
    """

    required: Fraction | None = None
    best: Fraction | None = None
    never_achieved: bool | None = None


@dataclass(frozen=True)
class LastYear:
    """The same period a year ago; ``change`` in points where the unit is itself a share.

    While figures are missing ``change`` is that of the units that have them both times, None if
    that cannot be told. ``percent``: the relative change, only where the unit is not a share.
    """

    value: Fraction | None = None
    change: Fraction | None = None
    percent: Fraction | None = None
    in_points: bool = False


@dataclass(frozen=True)
class Season:
    """How earlier years spread over their quarters, and what that makes of this one."""

    shares: tuple[Fraction, ...]
    expected: Fraction
    projection: Projection | None


@dataclass(frozen=True)
class Evidence:
    """What stands beside the verdict on one target. Absent: None, empty, or a state that says why."""

    partial: bool
    gap_closed: Way  # to the target
    so_far: Way  # to where it should be by now
    too_few: bool
    estimate: Estimate | None
    pace: Pace
    projection: Projection | None
    season: Season | None
    last_year: LastYear
    chart: SeriesChart
    shares: Shares = field(default_factory=Shares)
    placed: tuple[Placed, ...] = ()
    mix: Mix | None = None
    trend: RecentTrend | None = None
    beyond_chance: bool | None = None  # the change since the same period last year


def evidence(a: Assessment, assessor: Assessor) -> Evidence:
    """The evidence on an assessment made by ``assessor``; units below are only those of its scope."""
    own = _evidence_of_value(a, assessor)
    if a.scope != assessor.scope or a.target.average or a.target.sites:
        return own  # a mean of years and a count of named sites are not made of units below
    parts = parts_of(assessor, a.indicator, a.measure.role, a.period)
    mix = _mix(a, assessor, parts)
    return replace(
        own,
        last_year=last_year_of(a, mix),
        shares=_shares(a, parts),
        placed=_placed(a, parts),
        mix=mix,
        trend=_trend(a, assessor),
        beyond_chance=_beyond_chance(a, assessor),
    )


def _evidence_of_value(a: Assessment, assessor: Assessor) -> Evidence:
    start, target = _start(a, assessor), a.rule.value if a.rule else None
    return Evidence(
        a.measure.value is not None and not a.measure.is_whole,
        way(a, start, target),
        way(a, start, a.standing.expected),
        is_too_few(a.measure, a.indicator),
        chance.estimate_of(a.measure, a.indicator),
        pace_of(a),
        None if a.projection is None else _possible(a, a.projection),
        _season(a),
        last_year_of(a),
        series_chart(
            comparable(a),
            indicator=a.indicator,
            catalogue=assessor.deployment.catalogue,
            path=a.target.path,
            polarity=polarity_of(a),
            target=target,
        ),
    )


def polarity_of(a: Assessment) -> Polarity:
    """Which way is better for the target, as it is tested."""
    by_sign = {1: Polarity.HIGHER, -1: Polarity.LOWER, 0: Polarity.NEITHER}
    return by_sign[direction(a.test)]


def comparable(a: Assessment) -> tuple[Point, ...]:
    """The points of the series that compare with the period looked at."""
    return tuple(p for p in a.history if is_comparable(a.breaks, p.period, a.period))


def _start(a: Assessment, assessor: Assessor) -> Fraction | None:
    """From where the way to the target is counted."""
    if a.target.path in STARTS_AGAIN:
        return Fraction(0)  # each January
    if a.baseline is not None or a.scope != assessor.scope or a.target.sites:
        return a.baseline.value if a.baseline else None
    before = assessor.plan.start(a.target)
    return (
        assessor.value(a.indicator, before) if is_comparable(a.breaks, before, a.period) else None
    )


def way(a: Assessment, start: Fraction | None, goal: Fraction | None) -> Way:
    """How much of the way from ``start`` to ``goal`` is done; a state where that means nothing."""
    if a.measure.value is None or goal is None:
        return Way(GapClosed(GapState.NO_VALUE))
    if start is None:
        return Way(GapClosed(GapState.NO_BASELINE))
    sign = direction(a.test) or (1 if goal > start else -1)
    found, *ends = (
        None if value is None else _closed(value, start, goal, sign)
        for value in (a.measure.value, *_bounds(a))
    )
    assert found is not None  # the value is known
    if a.measure.is_whole or found.percent is None:
        return Way(found)
    low, high = (end.percent if end else None for end in ends[::sign])
    return Way(GapClosed(GapState.PARTIAL, found.percent), low, high)


def _closed(value: Fraction, start: Fraction, goal: Fraction, sign: int) -> GapClosed:
    better = Polarity.HIGHER if sign > 0 else Polarity.LOWER
    return gap_closed(value, baseline=start, target=goal, polarity=better)


def _bounds(a: Assessment) -> tuple[Fraction | None, Fraction | None]:
    """What the value may still become; itself where nothing is missing."""
    if a.measure.is_whole:
        return a.measure.value, a.measure.value
    return (a.measure.bounds.low, a.measure.bounds.high) if a.measure.bounds else (None, None)


def pace_of(a: Assessment) -> Pace:
    """The pace required until the deadline beside the best in the series of the assessment.

    Of a ceiling and of a deadline none is required: nothing has to grow, or not before its day.
    """
    value, left, sign = a.measure.value, a.standing.steps_left, direction(a.test)
    if value is None or a.rule is None or a.target.path in (Path.CEILING, Path.DEADLINE):
        return Pace()
    best = best_step(a.target.path, comparable(a), sign)  # above 0: towards the target
    if best is None or left == 0:
        return Pace((a.rule.value - value) / left if left else None, best and sign * best)
    told = {
        None if end is None else sign * (a.rule.value - end) > max(best, Fraction(0)) * left
        for end in _bounds(a)
    }
    never = told.pop() if len(told) == 1 else None
    return Pace((a.rule.value - value) / left, sign * best, never)


def _possible(a: Assessment, found: Projection) -> Projection:
    low, high = (None if v is None else possible(a, v) for v in (found.low, found.high))
    return replace(found, value=possible(a, found.value), low=low, high=high)


def _season(a: Assessment) -> Season | None:
    if a.target.path is not Path.CUMULATIVE or a.rule is None:
        return None
    series = comparable(a)
    shares = seasonal_shares(series, before=a.period.year)
    if shares is None:
        return None
    found = project(
        a.target.path,
        value=a.measure.value,
        target=a.rule.value,
        baseline=None,
        series=series,
        now=a.period,
        deadline=Period(a.period.year, PeriodKind.YEAR),
        profile=profile_by_shares(shares),
    )
    due = expected_by_shares(a.rule.value, shares, a.period)
    return Season(shares, due, None if found is None else _possible(a, found))


def last_year_of(a: Assessment, mix: Mix | None = None) -> LastYear:
    """Against the same period last year; ``mix``: the change of the same units, if it is known."""
    value, before = a.measure.value, a.last_year
    in_points = a.indicator.unit_of_measure in POINT_UNITS
    if value is None or before is None:
        return LastYear(before, in_points=in_points)
    same_units = None if mix is None else mix.effect.change
    change = value - before if a.measure.is_whole else same_units
    relative = None if in_points or change is None or before <= 0 else 100 * change / before
    return LastYear(before, change, relative, in_points)


def _shares(a: Assessment, parts: Parts) -> Shares:
    if a.rule is None:
        return Shares()
    return shares_of(parts, indicator=a.indicator, rule=a.rule, whole=a.gap)


def _placed(a: Assessment, parts: Parts) -> tuple[Placed, ...]:
    found = (
        chance.place_of(unit, part, whole=a.measure, indicator=a.indicator)
        for unit, part in parts.items()
    )
    return tuple(placed for placed in found if placed is not None)


def _mix(a: Assessment, assessor: Assessor, parts: Parts) -> Mix | None:
    """Between the same period last year and now."""
    then = a.period.previous_year()
    if not parts or not is_comparable(a.breaks, then, a.period):
        return None
    before = assessor.measure(a.indicator, then)
    old = parts_of(assessor, a.indicator, before.role, then)
    return mix_of(old, parts, whole=(before, a.measure), factor=a.indicator.factor)


def _beyond_chance(a: Assessment, assessor: Assessor) -> bool | None:
    then = a.period.previous_year()
    if a.indicator.chance is Chance.NONE or not is_comparable(a.breaks, then, a.period):
        return None
    return chance.is_beyond_chance(assessor.measure(a.indicator, then), a.measure, a.indicator)


def _trend(a: Assessment, assessor: Assessor) -> RecentTrend | None:
    """Over the same period of the last years; None where chance has no meaning."""
    periods = trend_periods(a.indicator, a.period)
    return recent_trend([_point(a, assessor, p) for p in periods]) if periods else None


def _point(a: Assessment, assessor: Assessor, period: Period) -> Proportion | None:
    if not is_comparable(a.breaks, period, a.period):
        return None
    found = assessor.measure(a.indicator, period)
    counted = chance.counted_of(found, a.indicator) if found.is_whole else None
    return None if counted is None else Proportion(counted.events, counted.base)
