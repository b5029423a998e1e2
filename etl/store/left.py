"""What is left after taking a submission back: which revision stands, and what it still holds of it."""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from etl.store.current import moments, sql_for_current


@dataclass(frozen=True)
class Left:
    """The submission that is current for the same form, and its cells that came from the other."""

    current: int | None
    carried: int


def left_after(cur: DuckDBPyConnection, submission: int) -> Left:
    """How the form of a withdrawn submission stands now.

    A later revision stays as it was sent: cells it took over unchanged are still in it, and only
    a person can say whether they are wrong too.
    """
    row = cur.execute(
        f"""with {sql_for_current()}
        select c.id, (select count(*) from source_cell o
            where o.submission = c.id and o.upload = s.upload)
        from submission s join current_submission c using (unit, period, form)
        where s.id = ?""",
        [*moments(None), submission],
    ).fetchone()
    return Left(None, 0) if row is None else Left(int(row[0]), int(row[1]))
