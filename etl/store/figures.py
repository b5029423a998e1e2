"""What one unit reported for some periods, as it stands now or was known then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from duckdb import DuckDBPyConnection

from etl.numbers import Absence
from etl.store.current import moments, sql_for_current
from etl.store.dimensions import keys
from etl.store.stage import ABSENCES


@dataclass(frozen=True)
class Reported:
    """One figure with the file it came from."""

    period: str
    quantity: str
    value: Decimal | None
    absence: Absence | None
    estimate: bool
    file_name: str
    received_by: str
    received_at: datetime


def reported_figures(
    cur: DuckDBPyConnection, unit: str, periods: Iterable[str], known_on: datetime | None = None
) -> dict[tuple[str, str], Reported]:
    """(period, quantity) to the current figure of the unit."""
    units, codes, quantities = (keys(cur, kind) for kind in ("unit", "period", "quantity"))
    wanted = [codes.key_of[code] for code in periods if code in codes.key_of]
    if unit not in units.key_of or not wanted:
        return {}
    rows = cur.execute(
        f"""with {sql_for_current()}
        select s.period, f.quantity, f.value, f.absence, f.estimate, u.file_name,
            u.received_by, u.received_at
        from current_submission s
        join fact f on f.submission = s.id
        join source_cell o on o.submission = s.id and o.quantity = f.quantity
        join upload u on u.id = o.upload
        where s.unit = ? and s.period in (select unnest(?))""",
        [*moments(known_on), units.key_of[unit], wanted],
    ).fetchall()
    found = (
        Reported(codes.id_of[r[0]], quantities.id_of[r[1]], r[2], ABSENCES[r[3]], *r[4:])
        for r in rows
    )
    return {(figure.period, figure.quantity): figure for figure in found}
