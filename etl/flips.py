"""Which verdicts of leaders' targets a file would change: the same question before and after."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date

from duckdb import DuckDBPyConnection

from etl.entries import Entries
from etl.results import assessor, indicators_of, periods_of
from indicators.catalogue import Indicator
from indicators.demands import demands_of
from indicators.deployment import Deployment
from indicators.judge import Verdict
from indicators.period import parse_period
from indicators.plans import Plan

FLIP_PERIODS = 4  # of each plan, the newest periods of a file for which verdicts are compared


@dataclass(frozen=True)
class Flip:
    """A verdict on a leader's target that loading the file would change."""

    plan: str
    period: str
    target: str
    name: str
    old: Verdict
    new: Verdict


def affected(
    entries: Entries, periods: list[str], deployment: Deployment
) -> list[tuple[Plan, str]]:
    """The plans and periods whose verdicts the entries may change."""
    ordered = sorted(periods, key=lambda code: parse_period(code).sort_key)
    units = set(entries.unit)
    return [
        (plan, code)
        for plan in deployment.plans.values()
        for code in [c for c in ordered if _is_of(plan, c, units, deployment)][-FLIP_PERIODS:]
    ]


def _is_of(plan: Plan, code: str, units: set[str], deployment: Deployment) -> bool:
    """Whether the plan runs in the period and any of the units stands in its area then."""
    if not plan.first_year <= parse_period(code).year <= plan.last_year:
        return False
    tree = deployment.units.at(parse_period(code).end)
    return any(plan.unit in tree.path(unit) for unit in units)


def narrowed(
    asked: list[tuple[Plan, str]], cells: Set[tuple[str, str]], deployment: Deployment
) -> list[tuple[Plan, str]]:
    """The same with only those targets that look at any of the cells, (quantity, period)."""
    found = [(_narrow(plan, code, cells, deployment), code) for plan, code in asked]
    return [(plan, code) for plan, code in found if plan.targets]


def _narrow(plan: Plan, code: str, cells: Set[tuple[str, str]], deployment: Deployment) -> Plan:
    period = parse_period(code)

    def is_touched(indicator: Indicator) -> bool:
        periods = {indicator.id: periods_of(indicator, plan, period, deployment)}
        demands = demands_of([indicator], periods, deployment)
        return any((quantity, part.code) in cells for quantity, part in demands)

    touched = {i.id for i in indicators_of(plan, deployment) if is_touched(i)}
    return replace(plan, targets=tuple(t for t in plan.targets if touched & {*t.indicators}))


VerdictKey = tuple[str, str, str]


def verdicts_of(
    cur: DuckDBPyConnection, asked: list[tuple[Plan, str]], deployment: Deployment, today: date
) -> dict[VerdictKey, Verdict]:
    """(plan, period, target) to verdict, as the database stands inside this transaction."""
    return {
        (plan.id, code, a.target.id): a.verdict
        for plan, code in asked
        for a in assessor(
            lambda: cur, deployment, plan, parse_period(code), today=today, with_history=False
        ).assess_all()
    }


def flips(
    before: dict[VerdictKey, Verdict], after: dict[VerdictKey, Verdict], deployment: Deployment
) -> list[Flip]:
    """The verdicts that differ, in the order of the plan."""
    return [
        Flip(*key, deployment.plans[key[0]].target(key[2]).name_vi, before[key], verdict)
        for key, verdict in after.items()
        if before[key] is not verdict
    ]
