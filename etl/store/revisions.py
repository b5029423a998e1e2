"""How one reported figure came to be what it is: every value it had, who sent it, when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from duckdb import DuckDBPyConnection

from etl.numbers import Absence
from etl.store.current import moments
from etl.store.dimensions import keys
from etl.store.stage import ABSENCES

Cell = tuple[str, str, str]  # unit, period, quantity


@dataclass(frozen=True)
class Revision:
    """A value of a figure; neither value nor absence: the form of then did not have it.

    ``taken_back_at``: the submission was withdrawn or ``returned``, by whom and why. ``waits``: it
    asks to change what was approved, and nobody decided yet.
    """

    value: Decimal | None
    absence: Absence | None
    file: str
    received_by: str
    received_at: datetime
    taken_back_at: datetime | None = None
    taken_back_by: str | None = None
    reason: str | None = None
    returned: bool = False
    waits: bool = False


def corrections(
    cur: DuckDBPyConnection, cells: Iterable[Cell], *, known_on: datetime | None = None
) -> dict[Cell, tuple[Revision, ...]]:
    """Of these figures those that were ever another: all their values, oldest first.

    A form that came again with the same figure adds nothing, unless it was taken back.
    """
    wanted = set(cells)
    units, periods, quantities = (keys(cur, kind) for kind in ("unit", "period", "quantity"))
    asked = [
        sorted(
            {dimension.key_of[cell[place]] for cell in wanted if cell[place] in dimension.key_of}
        )
        for place, dimension in enumerate((units, periods, quantities))
    ]
    moment = moments(known_on)[0]
    rows = cur.execute(_SQL, [*asked, moment, moment]).fetchall()
    found: dict[Cell, tuple[Revision, ...]] = {}
    for key, group in groupby(rows, lambda row: row[:4]):
        cell = (units.id_of[key[0]], periods.id_of[key[1]], quantities.id_of[key[3]])
        steps = _steps(_revision(row) for row in group)
        if cell in wanted and len(steps) > 1:
            found[cell] = found.get(cell, ()) + steps
    return found


# Every revision of a form is complete, so a figure that one of them lacks was dropped by it.
_SQL = """
with sent as (
    select s.id, s.unit, s.period, s.form, s.revision, s.received_by, s.received_at, u.file_name
    from submission s join upload u on u.id = s.upload
    where s.unit in (select unnest(?::integer[])) and s.period in (select unnest(?::integer[]))),
asked as (
    select distinct s.unit, s.period, s.form, f.quantity
    from sent s join fact f on f.submission = s.id
    where f.quantity in (select unnest(?::integer[]))),
gone as (
    select submission, arg_max(event, id) as event, arg_max(occurred_at, id) as occurred_at,
        arg_max(actor, id) as actor, arg_max(reason, id) as reason
    from submission_event where occurred_at <= ? group by submission)
select a.unit, a.period, a.form, a.quantity, f.value, f.absence, s.file_name, s.received_by,
    s.received_at, g.occurred_at, g.actor, g.reason, coalesce(g.event = 'returned', false),
    coalesce(w.event is null and s.revision > max(s.revision) filter (w.event = 'approved')
        over (partition by a.unit, a.period, a.form, a.quantity), false)
from asked a
join sent s using (unit, period, form)
left join fact f on f.submission = s.id and f.quantity = a.quantity
left join gone w on w.submission = s.id
left join gone g on g.submission = s.id and g.event in ('withdrawn', 'returned')
where s.received_at <= ?
order by a.unit, a.period, a.form, a.quantity, s.revision"""


def _revision(row: tuple[Any, ...]) -> Revision:
    absence = None if row[5] is None else ABSENCES[row[5]]
    return Revision(row[4], absence, *row[6:])


def _steps(revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    """Only those at which the figure became another."""
    found: list[Revision] = []
    for revision in revisions:
        if not found or _state(found[-1]) != _state(revision):
            found.append(revision)
    return tuple(found)


def _state(revision: Revision) -> tuple[object, ...]:
    return revision.value, revision.absence, revision.taken_back_at
