"""Results: the one way from the warehouse to assessed targets, for pages, export and command line."""

from datetime import date, datetime

from duckdb import DuckDBPyConnection

from etl.store.rollup import roll_up
from indicators.assess import Assessor, Table, demands_of, history_periods
from indicators.catalogue import Indicator
from indicators.deployment import Deployment
from indicators.period import Period, PeriodKind
from indicators.plans import Plan, Target
from indicators.roster import build_roster


def assessor(
    cur: DuckDBPyConnection,
    deployment: Deployment,
    plan: Plan,
    period: Period,
    *,
    scope: str | None = None,
    today: date,
    known_on: datetime | None = None,
) -> Assessor:
    """An assessor of the plan for one scope and period whose sums come from the warehouse."""
    scope = scope or plan.unit
    indicators = indicators_of(plan, deployment)

    def source(grouping: str) -> Table:
        demands = demands_of(
            indicators, {i.id: periods_of(i, plan, period, deployment) for i in indicators}, deployment
        )
        roster = build_roster(
            scope,
            {part for _, part in demands},
            grouping=grouping,
            catalogue=deployment.catalogue,
            units=deployment.units,
        )
        return roll_up(cur, roster, demands, known_on=known_on)

    return Assessor(deployment, plan, scope, period, today, source)


def indicators_of(plan: Plan, deployment: Deployment) -> list[Indicator]:
    """Every indicator the plan's targets use, once."""
    ids = dict.fromkeys(i for t in plan.targets for i in (t.indicator, *t.also))
    return [deployment.catalogue.indicators[i] for i in ids]


def periods_of(
    indicator: Indicator, plan: Plan, period: Period, deployment: Deployment
) -> list[Period]:
    """The periods at which assessing looks: now, history, a year ago, the end before the plan."""
    before = Period(plan.first_year - 1, PeriodKind.YEAR)
    past = history_periods(indicator, plan, period, deployment)
    return [period, period.previous_year(), before, *past]


def target_of(plan: Plan, indicator: str) -> Target | None:
    """The first target of the plan for an indicator."""
    return next((t for t in plan.targets if indicator in (t.indicator, *t.also)), None)
