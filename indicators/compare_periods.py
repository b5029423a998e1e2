"""Two periods: what a target measured then and now, over the same ground."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from indicators.assess import Assessment
from indicators.assessment import STARTS_AGAIN
from indicators.breaks import SeriesBreak, between
from indicators.catalogue import Indicator, Window
from indicators.compare import Compared, Pair, Reason, Side, parts_of, reason_of, side_of
from indicators.measure import Measure, Status
from indicators.period import Period, PeriodKind
from indicators.plans import Plan

OUTSIDE = Side(Measure("", "", Status.NO_DATA))


@dataclass(frozen=True)
class Then:
    """The earlier side. ``measure`` puts it together over the ground of the later period.

    ``assessed``: the plan's targets as assessed then, by id; empty where it was not in force.
    """

    period: Period
    measure: Callable[[Indicator, Period], Measure]
    assessed: Mapping[str, Assessment]


def earlier_periods(period: Period, plan: Plan) -> tuple[Period, ...]:
    """The periods of the same length it may be compared with: from a year before the plan, latest first."""
    first = min(plan.first_year, period.year) - 1
    found = [
        part
        for year in range(first, period.year + 1)
        for part in Period(year, PeriodKind.YEAR).parts(period.kind) or (_in(year, period),)
        if part.end < period.end
    ]
    return tuple(sorted(found, key=lambda part: part.sort_key, reverse=True))


def _in(year: int, period: Period) -> Period:
    """Nine months do not tile a year: the same window in another one."""
    return Period(year, period.kind, period.number)


def compare_periods(now: Iterable[Assessment], then: Then) -> tuple[Compared, ...]:
    """Every target of now beside its value then."""
    return tuple(_compared(a, then) for a in now)


def _compared(a: Assessment, then: Then) -> Compared:
    before = then.assessed.get(a.target.id)
    others = parts_of(before) if before else (None,) * len(parts_of(a))
    pairs = tuple(_pair(*both, then) for both in zip(parts_of(a), others, strict=True))
    verdict = side_of(before, is_judged=True).verdict if before else None
    return Compared(a, pairs, side_of(a, is_judged=True).verdict, verdict)


def _pair(a: Assessment, before: Assessment | None, then: Then) -> Pair:
    here = side_of(a, is_judged=True)
    there = _side(a, before, then)
    found = between(a.breaks, then.period.end, a.period.end)
    reason = _reason(a, here, there, then.period, found)
    broken = found[-1] if reason in (Reason.DEFINITION, Reason.BORDERS) else None
    return Pair(a, here, there, reason, broken)


def _side(a: Assessment, before: Assessment | None, then: Then) -> Side:
    """Measured over today's ground where the plan does not have to say what is counted."""
    target = a.target
    special = a.units or target.sites or target.average or target.unit
    if special:
        return side_of(before, is_judged=True) if before else OUTSIDE
    measure = then.measure(a.indicator, then.period)
    verdict = side_of(before, is_judged=True).verdict if before else None
    return Side(measure, verdict, measure.value)


def _reason(
    a: Assessment, here: Side, there: Side, then: Period, found: tuple[SeriesBreak, ...]
) -> Reason | None:
    if there is OUTSIDE:
        return Reason.OUTSIDE
    counts_up = a.target.path in STARTS_AGAIN or a.indicator.window is Window.YEAR_TO_DATE
    if counts_up and then.last_month != a.period.last_month:
        return Reason.OTHER_QUARTER
    if found:
        days = {change.day for change in a.indicator.breaks}
        return Reason.DEFINITION if found[-1].day in days else Reason.BORDERS
    return reason_of(here, there)
