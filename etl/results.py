"""Results: the one way from the warehouse to assessed targets, for pages, export and command line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from duckdb import DuckDBPyConnection

from etl.approval import Approval, approval_of
from etl.progress import Progress, progress
from etl.simulated import is_simulated
from etl.store.connect import Store
from etl.store.current import Approved, whatever_came
from etl.store.lineage import lineage
from etl.store.revisions import Cell, Revision, corrections
from etl.store.rollup import roll_up
from etl.store.submissions import latest_received
from indicators.assess import Assessment, Assessor, Table
from indicators.catalogue import Indicator
from indicators.demands import demands_of, history_periods, judged_period, trend_periods
from indicators.deployment import Deployment
from indicators.period import Period
from indicators.plans import Plan, Target


def assessor(
    cursors: Callable[[], DuckDBPyConnection],
    deployment: Deployment,
    plan: Plan,
    period: Period,
    *,
    scope: str | None = None,
    today: date,
    known_on: datetime | None = None,
    with_history: bool = True,
) -> Assessor:
    """An assessor of the plan for one scope and period whose sums come from the warehouse.

    ``cursors`` gives a cursor for each question: an assessor may be kept and asked by any thread.
    """
    scope = scope or plan.unit
    indicators = indicators_of(plan, deployment)

    def source(grouping: str) -> Table:
        demands = demands_of(
            indicators,
            {i.id: periods_of(i, plan, period, deployment) for i in indicators},
            deployment,
        )
        parts = {part for _, part in demands}
        roster = deployment.rosters.of(scope, parts, grouping=grouping, as_of=period.end)
        return roll_up(cursors(), roster, demands, known_on=known_on)

    return Assessor(deployment, plan, scope, period, today, source, with_history)


def indicators_of(plan: Plan, deployment: Deployment) -> list[Indicator]:
    """Every indicator the plan's targets use, once."""
    ids = dict.fromkeys(i for t in plan.targets for i in t.indicators)
    return [deployment.catalogue.indicators[i] for i in ids]


def periods_of(
    indicator: Indicator, plan: Plan, period: Period, deployment: Deployment
) -> list[Period]:
    """The periods looked at: now, history, earlier years, the end before the plan."""
    starts = [plan.start(t) for t in plan.targets if indicator.id in t.indicators]
    past = history_periods(indicator, plan, period, deployment)
    judged = [
        judged_period(indicator, t, plan, period, deployment)
        for t in plan.targets
        if indicator.id in t.indicators
    ]
    return [
        period,
        period.previous_year(),
        *starts,
        *past,
        *trend_periods(indicator, period),
        *judged,
    ]


def target_of(plan: Plan, indicator: str) -> Target | None:
    """The first target of the plan for an indicator."""
    return next((t for t in plan.targets if indicator in t.indicators), None)


@dataclass(frozen=True)
class Picture:
    """What a page shows of one plan, scope and period: assessed targets, and how fresh they are."""

    assessor: Assessor
    assessments: tuple[Assessment, ...]
    progress: Progress
    latest: datetime | None
    simulated: bool
    approval: Approval = field(default_factory=Approval)
    only_approved: bool = False

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Units whose reports came while figures that the targets need are still not there."""
        silent = {r.unit for r in self.progress.missing}
        lacking = {u for a in self.assessments for u in a.measure.coverage.missing}
        known = {r.unit for r in self.progress.reports}
        waiting = {s.unit for s in self.approval.waiting} if self.only_approved else set()
        return tuple(sorted((lacking & known) - silent - waiting))

    def assessment(self, target_id: str) -> Assessment | None:
        """The assessment of one target, None if the plan has no such target."""
        return next((a for a in self.assessments if a.target.id == target_id), None)


def picture(
    store: Store,
    deployment: Deployment,
    plan: Plan,
    period: Period,
    *,
    scope: str,
    today: date,
    known_on: datetime | None = None,
) -> Picture:
    """Assess every target of the plan for the scope."""
    asking = assessor(
        store.cursor, deployment, plan, period, scope=scope, today=today, known_on=known_on
    )
    cur = store.cursor()
    inside = [unit.id for unit in deployment.units.at(period.end).within(scope)]
    return Picture(
        asking,
        tuple(asking.assess_all()),
        progress(cur, deployment, scope, period, known_on=whatever_came(known_on)),
        latest_received(cur, known_on, inside),
        is_simulated(cur, deployment, inside, whatever_came(known_on)),
        approval_of(cur, inside, period, known_on),
        isinstance(known_on, Approved),
    )


@dataclass(frozen=True)
class Source:
    """One reported figure and where it stands: file, sheet, row, column, sender, moment."""

    unit: str
    period: str
    quantity: str
    value: Fraction | None
    raw: str
    file: str
    sheet: str | None
    row: int | None
    column: int | None
    received_by: str
    received_at: datetime
    in_sum: bool  # else another figure of its area is missing, and the area enters with neither
    approved_by: str | None = None  # None: nobody approved it yet
    approved_at: datetime | None = None
    simulated: bool = False
    hash: str = ""  # of the bytes of the file, by which they are kept

    @property
    def cell(self) -> Cell:
        """Unit, period and quantity."""
        return self.unit, self.period, self.quantity


@dataclass(frozen=True)
class Sources:
    """A number taken apart: every figure it is made of, and what those were that were corrected."""

    facts: tuple[Source, ...]
    corrections: Mapping[Cell, tuple[Revision, ...]]


def sources(
    store: Store,
    deployment: Deployment,
    indicator: str,
    scope: str,
    period: Period,
    *,
    known_on: datetime | None = None,
    alone: bool = False,
) -> Sources:
    """Where the value of an indicator comes from.

    ``alone``: of a unit below what is looked at, which brings whatever figures it has.
    """
    found = lineage(store.cursor(), deployment, indicator, scope, period, known_on=known_on)
    facts = tuple(_source({**f, "in_sum": f["in_sum"] or alone}) for f in found["facts"])
    cells = [fact.cell for fact in facts]
    return Sources(facts, corrections(store.cursor(), cells, known_on=known_on))


def _source(fact: dict[str, Any]) -> Source:
    value = fact["value"]
    return Source(
        fact["unit"],
        fact["period"],
        fact["quantity"],
        None if value is None else Fraction(str(value)),
        fact["raw"],
        fact["file"],
        fact["sheet"],
        fact["row"],
        fact["column"],
        fact["received_by"],
        datetime.fromisoformat(fact["received_at"]),
        fact["in_sum"],
        fact["approved_by"],
        datetime.fromisoformat(fact["approved_at"]) if fact["approved_at"] else None,
        bool(fact["simulated"]),
        fact["hash"],
    )
