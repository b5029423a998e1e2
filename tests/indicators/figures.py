"""Figures for tests: facts as text tables, through the real warehouse and directly."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from etl.entries import Entries
from etl.numbers import Absence, Figure
from etl.results import assessor, indicators_of, periods_of
from etl.store.commit import Received, commit
from etl.store.connect import Store, open_store
from etl.store.stage import stage
from indicators.assess import Assessor, Table
from indicators.demands import demands_of
from indicators.deployment import Deployment
from indicators.matching import ColumnKey, Reported, Sums
from indicators.period import Period, parse_period
from indicators.roster import Role, build_roster, kinds_of
from tests.indicators.oracle import Fact

START = datetime(2022, 1, 1)
LONG_AFTER = date(2030, 1, 1)
NIL = Figure(None, Absence.NIL)
NOT_AVAILABLE = Figure(None, Absence.NOT_AVAILABLE)


def fact(unit: str, period: str, quantity: str, value: int | str) -> Fact:
    """One fact."""
    return {"unit": unit, "period": period, "quantity": quantity, "value": Decimal(value)}


def facts(text: str) -> list[Fact]:
    """Facts of a table: a line is unit, period, then quantity=value pairs."""
    found = []
    for line in filter(str.strip, text.splitlines()):
        unit, period, *pairs = line.split()
        found += [fact(unit, period, *pair.split("=")) for pair in pairs]
    return found


def send(
    store: Store, world: Deployment, cells: Iterable[tuple[str, str, str, Figure]], at: datetime
) -> None:
    """Load cells (unit, period, quantity, figure) as one file received at a moment."""
    entries = Entries()
    for number, (unit, period, quantity, figure) in enumerate(cells, start=2):
        entries.unit.append(unit)
        entries.period.append(period)
        entries.quantity.append(quantity)
        entries.figure.append(figure)
        entries.sheet.append(None)
        entries.row.append(number)
        entries.column.append(1)
        entries.raw.append("")
    with store.transaction() as cur:
        stage(cur, entries, world)
        commit(cur, Received(f"{at.isoformat()}", "tệp", 1, at, "thử"))


def cells_of(found: Iterable[Fact]) -> list[tuple[str, str, str, Figure]]:
    """Facts as cells of a file."""
    return [(f["unit"], f["period"], f["quantity"], Figure(f["value"], None)) for f in found]


def warehouse(world: Deployment, *loads: Iterable[tuple[str, str, str, Figure]]) -> Store:
    """A database in memory after these loads, a day apart."""
    store = open_store(None)
    for day, cells in enumerate(loads):
        send(store, world, cells, START + timedelta(days=day))
    return store


def ask(
    store: Store,
    world: Deployment,
    period: str,
    *,
    scope: str = "p",
    plan: str = "plan",
    known_on: datetime | None = None,
    today: date = LONG_AFTER,
) -> Assessor:
    """An assessor through the warehouse."""
    return assessor(
        store.cursor,
        world,
        world.plans[plan],
        parse_period(period),
        scope=scope,
        today=today,
        known_on=known_on,
    )


def assess_facts(
    world: Deployment,
    found: list[Fact],
    period: str,
    *,
    scope: str = "p",
    plan: str = "plan",
    today: date = LONG_AFTER,
) -> Assessor:
    """An assessor whose sums are added here, without any database."""
    now, the_plan = parse_period(period), world.plans[plan]
    indicators = indicators_of(the_plan, world)

    def source(grouping: str) -> Table:
        asked = {i.id: periods_of(i, the_plan, now, world) for i in indicators}
        return table(world, found, scope, grouping, demands_of(indicators, asked, world))

    return Assessor(world, the_plan, scope, now, today, source)


def table(
    world: Deployment,
    found: list[Fact],
    scope: str,
    grouping: str,
    demands: Iterable[tuple[str, Period]],
) -> Table:
    """The sums of facts under a grouping."""
    demands = set(demands)
    periods = {period for _, period in demands}
    roster = build_roster(
        scope, periods, grouping=grouping, catalogue=world.catalogue, units=world.units
    )
    values = {(f["quantity"], f["period"], f["unit"]): f["value"] for f in found}
    cells: dict[ColumnKey, Reported] = {}
    for quantity, period in demands:
        for role in Role:
            for group in roster.groups(quantity, period.code, role):
                due = roster.expected(quantity, period.code, role, group)
                there = {
                    u: values[quantity, period.code, u]
                    for u in due
                    if (quantity, period.code, u) in values
                }
                if there:
                    column = cells.setdefault((quantity, period.code, role), Reported())
                    column.totals[group] = sum(there.values(), Decimal(0))
                    if len(there) < len(due):
                        column.who[group] = frozenset(there)
    return Table(roster, Sums(cells))


def reporters(world: Deployment, quantity: str, on: date) -> list[str]:
    """Every unit that reports a quantity in any role."""
    kinds = {k for role in Role for k in kinds_of(world.catalogue.quantities[quantity], role)}
    return sorted(u.id for u in world.units.at(on).units.values() if u.kind in kinds)
