"""Which verdicts of leaders' targets a file would change: the same question before and after."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from duckdb import DuckDBPyConnection

from etl.entries import Entries
from etl.results import assessor, indicators_of, periods_of
from etl.store.dimensions import keys
from etl.store.stage import touched_periods
from etl.store.touched import Cells, touched_cells
from indicators.catalogue import Indicator
from indicators.demands import demands_of
from indicators.deployment import Deployment
from indicators.judge import Verdict
from indicators.period import parse_period
from indicators.plans import Plan

FLIP_PERIODS = 4  # of each plan, the newest periods of a file for which verdicts are compared
LATER_PERIODS = 8  # and so many later ones that look back: the nearest, and the newest


@dataclass(frozen=True)
class Flip:
    """A verdict on a leader's target that loading the file would change."""

    plan: str
    period: str
    target: str
    name: str
    old: Verdict
    new: Verdict


Asked = list[tuple[Plan, str]]


def affected(
    entries: Entries,
    periods: Collection[str],
    deployment: Deployment,
    *,
    reported: Iterable[str],
    cells: Cells,
) -> Asked:
    """The plans and periods whose verdicts a change of the periods may turn.

    ``reported``: every period there are figures of. Those that come later may look back: a sum
    since January, the year before. ``cells``: what changes; of each plan then only the targets
    that look at any of it.
    """
    first = min(map(_moment, periods), default=None)
    later = {c for c in reported if first and _moment(c) > first}.difference(periods)
    units, found = set(entries.unit), Asked()
    for plan in deployment.plans.values():
        own, behind = (_judged(plan, c, units, cells, deployment) for c in (periods, later))
        near = (
            behind if len(behind) <= LATER_PERIODS else [*behind[: LATER_PERIODS - 1], behind[-1]]
        )
        found += sorted([*own[-FLIP_PERIODS:], *near], key=lambda asked: _moment(asked[1]))
    return found


def _moment(code: str) -> tuple[object, ...]:
    """Where a period stands in time: by its end, the shorter of two first."""
    return parse_period(code).sort_key


def affected_by_staged(cur: DuckDBPyConnection, entries: Entries, deployment: Deployment) -> Asked:
    """The same for a file that is staged: what it changes against what counts."""
    return affected(
        entries,
        touched_periods(cur),
        deployment,
        reported=keys(cur, "period").key_of,
        cells=touched_cells(cur),
    )


def _judged(
    plan: Plan, codes: Iterable[str], units: set[str], cells: Cells, deployment: Deployment
) -> Asked:
    """The periods in which the plan has anything to judge, in order."""
    within = [c for c in sorted(codes, key=_moment) if _is_of(plan, c, units, deployment)]
    narrowed = [(_narrow(plan, code, cells, deployment), code) for code in within]
    return [(part, code) for part, code in narrowed if part.targets]


def _is_of(plan: Plan, code: str, units: set[str], deployment: Deployment) -> bool:
    """Whether the plan runs in the period and any of the units stands in its area then."""
    if not plan.first_year <= parse_period(code).year <= plan.last_year:
        return False
    tree = deployment.units.at(parse_period(code).end)
    return any(plan.unit in tree.path(unit) for unit in units)


def _narrow(plan: Plan, code: str, cells: Cells, deployment: Deployment) -> Plan:
    """The plan with those targets that look at any of the cells."""
    period = parse_period(code)

    def is_touched(indicator: Indicator) -> bool:
        periods = {indicator.id: periods_of(indicator, plan, period, deployment)}
        demands = demands_of([indicator], periods, deployment)
        return any((quantity, part.code) in cells for quantity, part in demands)

    touched = {i.id for i in indicators_of(plan, deployment) if is_touched(i)}
    return replace(plan, targets=tuple(t for t in plan.targets if touched & {*t.indicators}))


VerdictKey = tuple[str, str, str]


def verdicts_of(
    cur: DuckDBPyConnection, asked: Asked, deployment: Deployment, today: date
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
