"""Staging: recognised figures beside what is current, before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.entries import Entries
from etl.numbers import Absence
from etl.store.current import FAR_FUTURE, sql_for_newest
from etl.store.dimensions import ensure, keys
from indicators.deployment import Deployment
from indicators.period import parse_period

ABSENCES: tuple[Absence | None, ...] = (None, Absence.NIL, Absence.NOT_AVAILABLE)
ABSENCE_CODES = {absence: code for code, absence in enumerate(ABSENCES)}
Place = tuple[str, tuple[str, ...]]  # kind of a unit, and where it stands from the root down


class Change:
    """What a cell of a file does to the current figures."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class CellChange:
    """One figure that loading would add, change or take away. Values are texts for people."""

    change: str
    unit: str
    period: str
    quantity: str
    old: Decimal | None
    old_absence: Absence | None
    new: Decimal | None
    new_absence: Absence | None


def stage(cur: DuckDBPyConnection, entries: Entries, deployment: Deployment) -> None:
    """Put the entries into the temporary table ``staged`` and what changes into ``changes``."""
    cur.execute("drop table if exists staged")
    cur.execute("drop table if exists changes")
    cur.register("entries", _table(cur, entries, deployment))
    # The last of equal duplicates stands for all of them; different ones never get here.
    cur.execute(
        """create temp table staged as
        select * from entries
        qualify row_number() over (
            partition by unit, period, form, quantity order by position desc) = 1"""
    )
    cur.unregister("entries")
    cur.execute(sql_for_changes(), [FAR_FUTURE])


def sql_for_changes() -> str:
    """The table ``changes``: every staged figure beside that of the newest revision."""
    return f"""create temp table changes as
    with {sql_for_newest()},
    old as (
        select c.unit, c.period, c.form, f.quantity, f.value, f.absence, f.estimate
        from newest_submission c
        join (select distinct unit, period, form from staged) s using (unit, period, form)
        join fact f on f.submission = c.id)
    select s.unit, s.period, s.form, s.quantity,
        o.value as old_value, o.absence as old_absence, s.value as new_value,
        s.absence as new_absence,
        case
            when o.absence is null then 'added'
            when o.absence is not distinct from s.absence and o.value is not distinct from s.value
                and o.estimate = s.estimate then 'unchanged'
            when s.absence = 2 then 'removed'
            else 'changed' end as change
    from staged s left join old o using (unit, period, form, quantity)"""


def _table(cur: DuckDBPyConnection, entries: Entries, deployment: Deployment) -> pa.Table:
    forms = _forms(entries, deployment)
    units = ensure(cur, "unit", entries.unit).key_of
    periods = ensure(cur, "period", entries.period).key_of
    quantities = ensure(cur, "quantity", entries.quantity).key_of
    form_keys = ensure(cur, "form", forms).key_of
    figures = entries.figure
    columns = {
        "position": pa.array(range(len(entries)), pa.int32()),
        "unit": pa.array([units[u] for u in entries.unit], pa.int32()),
        "period": pa.array([periods[p] for p in entries.period], pa.int32()),
        "form": pa.array([form_keys[f] for f in forms], pa.int32()),
        "quantity": pa.array([quantities[q] for q in entries.quantity], pa.int32()),
        "value": pa.array([f.value for f in figures], pa.decimal128(18, 4)),
        "absence": pa.array([ABSENCE_CODES[f.absence] for f in figures], pa.int8()),
        "estimate": pa.array([f.estimate for f in figures], pa.bool_()),
        "sheet": pa.array(entries.sheet, pa.string()),
        "row_number": pa.array(entries.row, pa.int32()),
        "column_number": pa.array(entries.column, pa.int32()),
        "raw": pa.array(entries.raw, pa.string()),
    }
    return pa.table(columns)


def _forms(entries: Entries, deployment: Deployment) -> list[str]:
    """The form each entry belongs to; validation made sure that there is one."""
    pairs = set(zip(entries.unit, entries.period, strict=True))
    places = {pair: _place(*pair, deployment) for pair in pairs}
    known: dict[tuple[Place, str], str] = {}
    found = []
    for unit, period, quantity in zip(entries.unit, entries.period, entries.quantity, strict=True):
        asked = (places[unit, period], quantity)
        if asked not in known:
            known[asked] = _form(*asked, deployment)
        found.append(known[asked])
    return found


def _place(unit: str, period: str, deployment: Deployment) -> Place:
    tree = deployment.units.at(parse_period(period).end)
    return tree.units[unit].kind, tree.path(unit)


def _form(place: Place, quantity: str, deployment: Deployment) -> str:
    kind, path = place
    form = deployment.catalogue.form_of(kind, quantity, path)
    if form is None:
        raise ValueError(f"{kind} has no form with {quantity}")
    return form.id


def counts(cur: DuckDBPyConnection) -> dict[str, int]:
    """How many cells would be added, changed, removed, left unchanged."""
    rows = cur.execute("select change, count(*) from changes group by change").fetchall()
    found = dict(rows)
    names = (Change.ADDED, Change.CHANGED, Change.REMOVED, Change.UNCHANGED)
    return {name: found.get(name, 0) for name in names}


def changed_cells(cur: DuckDBPyConnection, limit: int) -> list[CellChange]:
    """The first figures that differ from what is current, ordered for a person to read."""
    ids = {kind: keys(cur, kind).id_of for kind in ("unit", "period", "quantity")}
    rows = cur.execute(
        """select change, unit, period, quantity, old_value, old_absence, new_value, new_absence
        from changes where change <> 'unchanged'
        order by change desc, unit, period, quantity limit ?""",
        [limit],
    ).fetchall()
    return [
        CellChange(
            change,
            ids["unit"][unit],
            ids["period"][period],
            ids["quantity"][quantity],
            old,
            _absence(old_absence),
            new,
            _absence(new_absence),
        )
        for change, unit, period, quantity, old, old_absence, new, new_absence in rows
    ]


def _absence(code: int | None) -> Absence | None:
    return None if code is None else ABSENCES[code]


@dataclass(frozen=True)
class Revision:
    """Figures of one unit and period that are known with another value, and the first of them."""

    unit: str
    period: str
    count: int
    quantity: str
    old: Decimal | None
    new: Decimal | None
    sheet: str | None
    row: int
    column: int


def revisions(cur: DuckDBPyConnection) -> list[Revision]:
    """Every unit and period in which a staged figure differs from a current one."""
    ids = {kind: keys(cur, kind).id_of for kind in ("unit", "period", "quantity")}
    rows = cur.execute(
        """select c.unit, c.period, count(*), arg_min(
            {'quantity': c.quantity, 'old': c.old_value, 'new': c.new_value, 'sheet': s.sheet,
             'row': s.row_number, 'column': s.column_number}, s.position)
        from changes c join staged s using (unit, period, form, quantity)
        where c.change in ('changed', 'removed')
        group by c.unit, c.period order by min(s.position)"""
    ).fetchall()
    return [
        Revision(
            ids["unit"][unit],
            ids["period"][period],
            count,
            ids["quantity"][first["quantity"]],
            *(first[name] for name in ("old", "new", "sheet", "row", "column")),
        )
        for unit, period, count, first in rows
    ]


@dataclass(frozen=True)
class Spot:
    """The first place of a file that would change anything of a period."""

    period: str
    sheet: str | None
    row: int
    column: int


def differing_periods(cur: DuckDBPyConnection) -> list[Spot]:
    """Every period of which what is staged would change anything, in the order of the file."""
    codes = keys(cur, "period").id_of
    rows = cur.execute(
        """select c.period, min_by({'sheet': s.sheet, 'row': s.row_number,
            'column': s.column_number}, s.position)
        from changes c join staged s using (unit, period, form, quantity)
        where c.change <> 'unchanged' group by c.period order by min(s.position)"""
    ).fetchall()
    return [Spot(codes[p], at["sheet"], at["row"], at["column"]) for p, at in rows]


def touched_periods(cur: DuckDBPyConnection) -> list[str]:
    """The periods in which anything differs, in order."""
    ids = keys(cur, "period").id_of
    rows: Iterable[tuple[int]] = cur.execute(
        "select distinct period from changes where change <> 'unchanged'"
    ).fetchall()
    return sorted(ids[period] for (period,) in rows)
