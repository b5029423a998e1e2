"""Reports that were returned and sent again: why they came back, and what differs this time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

from etl.store.awaiting import Difference, as_difference
from etl.store.dimensions import keys
from etl.store.taken_off import TakenOff


@dataclass(frozen=True)
class Again:
    """What a submission is beside the one that was returned: ``base``, who returned it and why.

    ``differences`` is empty where the same figures were sent again.
    """

    base: int
    off: TakenOff
    differences: tuple[Difference, ...]


def sent_again(cur: DuckDBPyConnection, submissions: Iterable[int]) -> dict[int, Again]:
    """Of these submissions, those whose report had been returned when they were sent.

    The last decision before the sending says which: a report that was approved in between is a
    change of that. What came later says nothing, so this is the same on every later moment.
    """
    names = keys(cur, "quantity").id_of
    facts: dict[int, tuple[Any, ...]] = {}
    differing: defaultdict[int, list[Difference]] = defaultdict(list)
    for row in cur.execute(_SQL, [list(submissions)]).fetchall():
        number = row[0]
        facts[number] = row[1:6]
        if row[6] is not None:
            differing[number].append(as_difference(row[6:], names))
    return {
        number: Again(base, TakenOff(*off), tuple(differing[number]))
        for number, (base, *off) in facts.items()
    }


# The last of the decisions up to the sending on earlier revisions.
_SQL = """
with asked as (select * from submission where id in (select unnest(?::integer[]))),
decided as (
    select a.id, e.submission as base, e.event, e.actor, e.occurred_at,
        coalesce(e.reason, '') as reason
    from asked a join submission b on b.unit = a.unit and b.period = a.period and b.form = a.form
            and b.revision < a.revision
        join submission_event e on e.submission = b.id
            and e.event in ('approved', 'returned') and e.occurred_at <= a.received_at
    qualify row_number() over (partition by a.id order by e.id desc) = 1),
back as (select * from decided where event = 'returned'),
sides as (
    select id, id as submission, true as is_new from back
    union all select id, base, false from back),
cells as (
    select s.id, f.quantity, any_value(f.value) filter (not s.is_new) as old,
        any_value(f.absence) filter (not s.is_new) as old_absence,
        any_value(f.value) filter (s.is_new) as new,
        any_value(f.absence) filter (s.is_new) as new_absence
    from sides s join fact f on f.submission = s.submission group by s.id, f.quantity
    having new is distinct from old or new_absence is distinct from old_absence)
select b.id, b.base, b.event, b.actor, b.occurred_at, b.reason,
    c.quantity, c.old, c.old_absence, c.new, c.new_absence
from back b left join cells c on c.id = b.id order by b.id, c.quantity"""
