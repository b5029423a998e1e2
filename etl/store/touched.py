"""Which figures an act may change: (quantity, period), as verdicts look at them."""

from duckdb import DuckDBPyConnection

from etl.store.current import moments, sql_for_current_and_newest
from etl.store.dimensions import keys

Cells = frozenset[tuple[str, str]]


def touched_cells(cur: DuckDBPyConnection) -> Cells:
    """Every (quantity, period) of which what counts may differ once what is staged is approved.

    Where a change after approval waits already, the new report brings that along: then every
    figure of both is among them.
    """
    quantities, codes = keys(cur, "quantity").id_of, keys(cur, "period").id_of
    rows = cur.execute(
        f"""with {sql_for_current_and_newest()},
        differing as (
            select distinct unit, period, form from changes where change <> 'unchanged'),
        waiting as (
            select unnest([n.id, c.id]) as id, n.period
            from differing join newest_submission n using (unit, period, form)
            join current_submission c using (unit, period, form) where n.id <> c.id)
        select quantity, period from changes where change <> 'unchanged'
        union select f.quantity, w.period from waiting w join fact f on f.submission = w.id""",
        moments(None),
    ).fetchall()
    return frozenset((quantities[quantity], codes[period]) for quantity, period in rows)


def cells_of(cur: DuckDBPyConnection, upload: int) -> Cells:
    """Every (quantity, period) that taking an upload back may change: all of its forms ever held."""
    quantities, codes = keys(cur, "quantity").id_of, keys(cur, "period").id_of
    rows = cur.execute(
        """select distinct f.quantity, s.period from submission s
        join (select distinct unit, period, form from submission where upload = ?)
            using (unit, period, form)
        join fact f on f.submission = s.id""",
        [upload],
    ).fetchall()
    return frozenset((quantities[quantity], codes[period]) for quantity, period in rows)
