"""The current figures one by one, with the cell each comes from; the same for every way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from duckdb import DuckDBPyConnection

from etl.numbers import Absence
from etl.store.current import moments, sql_for_current
from etl.store.stage import ABSENCES


@dataclass(frozen=True)
class Fact:
    """One figure of a unit and period: a value or a stated absence; moments are UTC."""

    unit: str
    period: str
    quantity: str
    form: str
    value: Decimal | None
    absence: Absence | None
    estimate: bool
    revision: int
    approved: bool
    received_at: datetime
    file: str
    sheet: str | None
    row: int
    column: int
    simulated: bool
    raw: str
    received_by: str
    submission: int


@dataclass(frozen=True)
class Which:
    """Which figures are asked for; None is all. ``known_on``: as known then (None: now)."""

    units: Sequence[str] | None = None
    period: str | None = None
    quantity: str | None = None
    known_on: datetime | None = None
    periods: Sequence[str] | None = None


FROM = f"""with {sql_for_current()}
    select {{what}}
    from current_submission s
    join fact f on f.submission = s.id
    join source_cell o on o.submission = s.id and o.quantity = f.quantity
    join upload u on u.id = o.upload
    join dimension un on un.kind = 'unit' and un.key = s.unit
    join dimension pe on pe.kind = 'period' and pe.key = s.period
    join dimension qu on qu.kind = 'quantity' and qu.key = f.quantity
    join dimension fo on fo.kind = 'form' and fo.key = s.form
    where (? is null or un.id in (select unnest(?::varchar[])))
        and (? is null or pe.id = ?) and (? is null or qu.id = ?)
        and (? is null or pe.id in (select unnest(?::varchar[])))"""
COLUMNS = """un.id, pe.id, qu.id, fo.id, f.value, f.absence, f.estimate, s.revision,
    s.word = 'approved', s.received_at,
    u.file_name, o.sheet, o.row_number, o.column_number, u.simulated, o.raw, s.received_by, s.id"""


def facts(
    cur: DuckDBPyConnection, which: Which, *, limit: int | None = None, offset: int = 0
) -> list[Fact]:
    """The figures in order of unit, period, quantity and form; ``limit`` of them from ``offset``."""
    sql = FROM.format(what=COLUMNS) + " order by un.id, pe.id, qu.id, fo.id limit ? offset ?"
    # DuckDB takes no null for a limit.
    last = 2**62 if limit is None else limit
    rows = cur.execute(sql, [*_asked(which), last, offset]).fetchall()
    return [_fact(row) for row in rows]


def count_facts(cur: DuckDBPyConnection, which: Which) -> int:
    """How many there are in all."""
    row = cur.execute(FROM.format(what="count(*)"), _asked(which)).fetchone()
    return int(row[0]) if row else 0


def periods_held(cur: DuckDBPyConnection, known_on: datetime | None) -> dict[str, int]:
    """Period to the number of reports that count for it."""
    rows = cur.execute(
        f"""with {sql_for_current()}
        select pe.id, count(*) from current_submission s
        join dimension pe on pe.kind = 'period' and pe.key = s.period group by pe.id""",
        moments(known_on),
    ).fetchall()
    return dict(rows)


def _asked(which: Which) -> list[Any]:
    period, quantity = which.period, which.quantity
    return [
        *moments(which.known_on),
        *_listed(which.units),
        *(period, period, quantity, quantity),
        *_listed(which.periods),
    ]


def _listed(names: Sequence[str] | None) -> tuple[bool | None, list[str] | None]:
    """Whether anything is named at all, and what: an empty list is not "all"."""
    return (None, None) if names is None else (True, list(names))


def _fact(row: tuple[Any, ...]) -> Fact:
    fields = list(row)
    fields[5] = ABSENCES[row[5]]
    return Fact(*fields)
