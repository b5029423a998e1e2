"""The reporting record of an area: quarter by quarter, which of its parts were on time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duckdb import DuckDBPyConnection

from etl.progress import Report, last_parts, progress_among
from etl.store.arrivals import arrivals
from etl.store.current import moments
from etl.store.dimensions import keys
from indicators.deployment import Deployment
from indicators.period import Period, PeriodKind, parse_period
from indicators.units import UnitTree

QUARTERS = 8


@dataclass(frozen=True)
class Cell:
    """The reports expected from one part of an area in one quarter."""

    reports: tuple[Report, ...]

    @property
    def missing(self) -> int:
        """How many never came."""
        return sum(r.received is None for r in self.reports)

    @property
    def days_late(self) -> int:
        """The days by which the latest came too late; 0 when all were on time."""
        return max((r.days_late for r in self.reports), default=0)

    def is_due(self, today: date) -> bool:
        """Whether the day they were due is past."""
        return any(r.due < today for r in self.reports)


@dataclass(frozen=True)
class Record:
    """Rows (a unit and its cells) over the same quarters, oldest first."""

    periods: tuple[Period, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    @property
    def reports(self) -> tuple[Report, ...]:
        """Every expected report of the record."""
        return tuple(r for _, cells in self.rows for cell in cells for r in cell.reports)


def record(
    cur: DuckDBPyConnection,
    deployment: Deployment,
    scope: str,
    last: Period,
    known_on: datetime | None = None,
) -> Record:
    """The eight quarters that end with ``last``; a row for each part of the scope.

    Quarters before the first report ever received are left out: nobody was asked then.
    Only units that stand in the scope or in one of its parts: a province looks at its districts'
    health centres, a district at its communes' stations.
    """
    first = first_reported(cur, known_on)
    periods = [p for p in quarters_to(last) if first and p.start >= first]
    tree = deployment.units.at(last.end)
    codes = {code for period in periods for code in last_parts(deployment, period)}
    arrived = arrivals(cur, codes, known_on)
    found = [
        _by_part(progress_among(arrived, deployment, scope, period).reports, scope, tree)
        for period in periods
    ]
    units = dict.fromkeys(unit for parts in found for unit in parts)
    rows = [(u, tuple(Cell(tuple(parts.get(u, ()))) for parts in found)) for u in units]
    kinds = deployment.catalogue.kinds
    rows.sort(key=lambda row: _place(row[0], tree, {k: kind.order for k, kind in kinds.items()}))
    return Record(tuple(periods), tuple(rows))


def first_reported(cur: DuckDBPyConnection, known_on: datetime | None = None) -> date | None:
    """The first day of the earliest period of which any report was received."""
    codes = keys(cur, "period").id_of
    rows = cur.execute(
        "select distinct period from submission where received_at <= ?", moments(known_on)[:1]
    ).fetchall()
    return min((parse_period(codes[number]).start for (number,) in rows), default=None)


def quarters_to(last: Period) -> list[Period]:
    """Eight quarters, the last one ending with the period (or the quarter it ends in)."""
    years = [Period(year, PeriodKind.YEAR) for year in range(last.year - 2, last.year + 1)]
    quarters = [q for year in years for q in year.parts(PeriodKind.QUARTER)]
    return [q for q in quarters if q.start <= last.end][-QUARTERS:]


def _by_part(reports: Sequence[Report], scope: str, tree: UnitTree) -> dict[str, list[Report]]:
    found: dict[str, list[Report]] = {}
    for report in reports:
        path = tree.path(report.unit)
        depth = len(path) - path.index(scope) - 1 if scope in path else len(path)
        if depth <= 2:
            part = path[path.index(scope) + 1] if depth else scope
            found.setdefault(part, []).append(report)
    return found


def _place(unit: str, tree: UnitTree, orders: dict[str, int]) -> tuple[bool, int, str]:
    """Facilities that report directly first, then areas; by kind and name."""
    known = tree.units[unit]
    order = orders[known.kind]
    has_parts = bool(tree.children.get(unit))
    return has_parts, order, known.short_name
