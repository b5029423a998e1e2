"""What came for some periods, asked once for all units: reports, their figures, their warnings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from etl.entries import Entries
from etl.numbers import Figure
from etl.store.current import moments, sql_for_current
from etl.store.dimensions import keys
from etl.store.stage import ABSENCES

ReportKey = tuple[str, str, str]  # unit, period, form
CellKey = tuple[str, int, int]  # sheet of an upload, row, column


@dataclass(frozen=True)
class Arrival:
    """When the report that counts was first received, and when its newest revision was."""

    first: datetime
    last: datetime


def arrivals(
    cur: DuckDBPyConnection, periods: Iterable[str], known_on: datetime | None = None
) -> dict[ReportKey, Arrival]:
    """Every report that counts, for these periods, in one question."""
    units, codes, forms = (keys(cur, kind).id_of for kind in ("unit", "period", "form"))
    rows = cur.execute(
        f"""with {sql_for_current()},
        firsts as (
            select unit, period, form, min(received_at) as first
            from submission where period in (select unnest(?::integer[])) group by all)
        select unit, period, form, f.first, c.received_at
        from current_submission c join firsts f using (unit, period, form)""",
        [*moments(known_on), _keys_of(cur, periods)],
    ).fetchall()
    return {(units[u], codes[p], forms[f]): Arrival(first, last) for u, p, f, first, last in rows}


@dataclass(frozen=True)
class Held:
    """Current figures with their cells. ``entries.sheet`` names upload and sheet together."""

    entries: Entries
    file: list[str]
    form: list[str]


def held_figures(
    cur: DuckDBPyConnection, periods: Iterable[str], known_on: datetime | None = None
) -> Held:
    """Every current figure of these periods, stated absences too, by unit, period and row."""
    ids = [keys(cur, kind).id_of for kind in ("unit", "period", "quantity", "form")]
    units, codes, quantities, forms = ids
    rows = cur.execute(
        f"""with {sql_for_current()}
        select c.unit, c.period, f.quantity, f.value, f.absence, f.estimate,
            concat(o.upload, ':', o.sheet), o.row_number, o.column_number, o.raw, u.file_name,
            c.form
        from current_submission c
        join fact f on f.submission = c.id
        join source_cell o on o.submission = c.id and o.quantity = f.quantity
        join upload u on u.id = o.upload
        where c.period in (select unnest(?::integer[]))
        order by c.unit, c.period, o.upload, o.row_number, o.column_number""",
        [*moments(known_on), _keys_of(cur, periods)],
    ).fetchall()
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(12)]
    u, p, q, value, absence, estimate, sheet, row, column, raw, file, form = columns
    figures = [
        Figure(v, ABSENCES[a], bool(guess))
        for v, a, guess in zip(value, absence, estimate, strict=True)
    ]
    named = [units[key] for key in u], [codes[key] for key in p], [quantities[key] for key in q]
    entries = Entries(*named, figures, sheet, row, column, raw)
    return Held(entries, file, [forms[key] for key in form])


@dataclass(frozen=True)
class Warned:
    """A warning with which a file was let in, and the reason that its sender gave."""

    code: str
    got: str
    sentence: str
    reason: str


def warnings(
    cur: DuckDBPyConnection, known_on: datetime | None = None
) -> list[tuple[CellKey, Warned]]:
    """Every warning kept with a reason, by the cell (column 0: the row) that it is about.

    That a figure was approved before is no question about the figure: changes stand on their own.
    """
    rows = cur.execute(
        """select concat(f.upload, ':', f.sheet), f.row_number, coalesce(f.column_number, 0),
            f.code, f.got, f.sentence, coalesce(f.reason, '')
        from finding f join upload u on u.id = f.upload
        where f.severity = 'needs_reason' and f.code <> 'change-after-approval'
            and f.row_number is not null and u.received_at <= ?
        order by f.upload, f.row_number, f.column_number""",
        moments(known_on)[:1],
    ).fetchall()
    return [((sheet, row, column), Warned(*rest)) for sheet, row, column, *rest in rows]


def _keys_of(cur: DuckDBPyConnection, periods: Iterable[str]) -> list[int]:
    known = keys(cur, "period").key_of
    return [known[code] for code in periods if code in known]
