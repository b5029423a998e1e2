"""What assessing looks at: over which periods, and which reported figures that takes."""

from collections.abc import Iterable, Mapping

from indicators.catalogue import Chance, Indicator
from indicators.deployment import Deployment
from indicators.expect import history_of
from indicators.measure import needed_parts
from indicators.period import Period, PeriodKind
from indicators.plans import Path, Plan, Target
from indicators.statistics.trend import MIN_POINTS


def history_periods(
    indicator: Indicator, plan: Plan, period: Period, deployment: Deployment
) -> tuple[Period, ...]:
    """The reporting periods of the indicator from a year before the plan, up to ``period``."""
    first = min(plan.first_year, period.year) - 1
    return history_of(period, frequency_of(indicator, deployment), first)


def judged_period(
    indicator: Indicator, target: Target, plan: Plan, period: Period, deployment: Deployment
) -> Period:
    """Which period decides: what was to be done by a day is judged as it stood on that day.

    The first reporting period that reaches the deadline, where ``period`` lies behind it.
    """
    deadline = plan.deadline(target)
    if target.path is not Path.DEADLINE or period.end <= deadline.end:
        return period
    frequency = frequency_of(indicator, deployment)
    found = Period(deadline.year, PeriodKind.YEAR).parts(frequency)
    reached = next(part for part in found if part.end >= deadline.end)
    return min(reached, period, key=lambda p: p.sort_key)


def trend_periods(indicator: Indicator, period: Period) -> tuple[Period, ...]:
    """The same period of the last five years, oldest first; none where chance has no meaning."""
    if indicator.chance is Chance.NONE:
        return ()
    years = range(min(MIN_POINTS, period.year))  # there is no year 0
    return tuple(period.previous_year(ago) for ago in reversed(years))


def frequency_of(indicator: Indicator, deployment: Deployment) -> PeriodKind:
    """How often the indicator has a new value: the rarest of its quantities."""
    catalogue = deployment.catalogue
    if indicator.condition is not None:
        return frequency_of(catalogue.indicators[indicator.condition.indicator], deployment)
    order = list(PeriodKind)
    return max((catalogue.frequency_of(q) for q in indicator.quantities), key=order.index)


def demands_of(
    indicators: Iterable[Indicator], periods: Mapping[str, Iterable[Period]], deployment: Deployment
) -> set[tuple[str, Period]]:
    """Every (quantity, reporting period) that measuring ``indicators`` at ``periods`` touches."""
    found: set[tuple[str, Period]] = set()
    catalogue = deployment.catalogue
    for indicator in indicators:
        inner = indicator
        if indicator.condition is not None:
            inner = catalogue.indicators[indicator.condition.indicator]
        for period in periods[indicator.id]:
            found |= _demand(inner, period, deployment)
    return found


def _demand(
    indicator: Indicator, period: Period, deployment: Deployment
) -> set[tuple[str, Period]]:
    needed = needed_parts(indicator, period, deployment.catalogue) or {}
    return {(quantity, part) for quantity, parts in needed.items() for part in parts}
