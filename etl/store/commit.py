"""Committing: complete new revisions of the forms that differ, with their source cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.closing import require_open
from etl.store.current import FAR_FUTURE, sql_for_newest
from etl.store.digest import contents
from etl.store.dimensions import keys
from etl.store.hash import sql_for_hashes


@dataclass(frozen=True)
class Received:
    """Where the staged figures came from."""

    hash: str
    file_name: str
    size: int
    received_at: datetime
    received_by: str
    note: str = ""
    simulated: bool = False
    asked: Mapping[str, Any] = field(default_factory=dict)  # all that is needed to load it again


def commit(cur: DuckDBPyConnection, received: Received) -> list[int]:
    """Write what ``stage`` prepared; the ids of the new submissions (none if nothing differs).

    Runs inside the caller's transaction. A form with no difference gets no revision, so loading
    the same content again changes nothing. Raises PeriodClosed.
    """
    cur.execute("drop table if exists fresh")
    cur.execute(SQL_FOR_FRESH)
    fresh = [row[0] for row in cur.execute("select id from fresh order by id").fetchall()]
    if not fresh:
        return []
    codes = keys(cur, "period").id_of
    rows = cur.execute("select distinct period from fresh").fetchall()
    require_open(cur, (codes[period] for (period,) in rows))
    upload = _add_upload(cur, received)
    cur.execute(sql_for_carried(), [FAR_FUTURE])
    cur.execute(SQL_FOR_FACTS)
    cur.execute(SQL_FOR_CELLS, [upload])
    cur.execute(
        f"""insert into submission
        select n.id, ?, n.unit, n.period, n.form, n.revision, ?, ?, h.hash
        from fresh n join ({sql_for_hashes("fresh", fresh[0])}) h on h.id = n.id""",
        [upload, received.received_at, received.received_by],
    )
    detail = f"{received.file_name} · {received.hash[:12]} · {len(fresh)}"
    asked = {**received.asked, "content": contents(cur, fresh[0])}
    audit(cur, received.received_by, "load", detail, received.received_at, asked)
    return fresh


# One new revision for each form in which anything differs.
SQL_FOR_FRESH = """create temp table fresh as
    with differing as (
        select distinct unit, period, form from changes where change <> 'unchanged')
    select
        (select coalesce(max(id), 0) from submission)
            + row_number() over (order by d.period, d.unit, d.form) as id,
        d.unit, d.period, d.form,
        coalesce((select max(revision) from submission s
            where s.unit = d.unit and s.period = d.period and s.form = d.form), 0) + 1 as revision
    from differing d"""


def sql_for_carried() -> str:
    """Figures of the revision before that the file says nothing about: they stay as they are."""
    return f"""create or replace temp table carried as
        with {sql_for_newest()}
        select n.id as submission, c.id as earlier, f.quantity
        from fresh n
        join newest_submission c using (unit, period, form)
        join fact f on f.submission = c.id
        where not exists (
            select 1 from staged s where s.unit = n.unit and s.period = n.period
                and s.form = n.form and s.quantity = f.quantity)"""


SQL_FOR_FACTS = """
    insert into fact
        select n.id, s.quantity, s.value, s.absence, s.estimate
        from staged s join fresh n using (unit, period, form)
    union all
        select c.submission, c.quantity, f.value, f.absence, f.estimate
        from carried c join fact f on f.submission = c.earlier and f.quantity = c.quantity
    order by 1, 2"""

# Carried figures keep their own source cell, so that each still names the file it came from.
SQL_FOR_CELLS = """
    insert into source_cell
        select n.id, s.quantity, ?, s.sheet, s.row_number, s.column_number, s.raw
        from staged s join fresh n using (unit, period, form)
    union all
        select c.submission, c.quantity, o.upload, o.sheet, o.row_number, o.column_number, o.raw
        from carried c
        join source_cell o on o.submission = c.earlier and o.quantity = c.quantity"""


def _add_upload(cur: DuckDBPyConnection, received: Received) -> int:
    row = cur.execute("select coalesce(max(id), 0) + 1 from upload").fetchone()
    number = int(row[0]) if row else 1
    cur.execute(
        "insert into upload values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            number,
            received.hash,
            received.file_name,
            received.size,
            received.received_at,
            received.received_by,
            received.note,
            received.simulated,
        ],
    )
    return number
