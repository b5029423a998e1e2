"""Every current figure with its source cell, as rows: what leaves for analysts and programs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from etl.store.current import moments, sql_for_current
from etl.store.dimensions import keys
from etl.store.stage import ABSENCES
from indicators.deployment import Deployment

COLUMNS = (
    "unit", "unit_name", "period", "form", "quantity", "quantity_name", "unit_of_measure", "value",
    "absence", "estimate", "file", "sheet", "row", "column", "raw", "received_by", "received_at",
    "submission", "revision", "simulated",
)  # fmt: skip


def all_facts(
    cur: DuckDBPyConnection,
    deployment: Deployment,
    *,
    units: Iterable[str] | None = None,
    periods: Iterable[str] | None = None,
    known_on: datetime | None = None,
) -> list[dict[str, Any]]:
    """One row a figure (``COLUMNS``), by unit, period and quantity; moments in UTC."""
    wanted = [_keys_of(cur, "unit", units), _keys_of(cur, "period", periods)]
    choices = [part for keys_ in wanted for part in (keys_ is None, keys_ or [])]
    rows = cur.execute(
        f"""with {sql_for_current()}
        select s.unit, s.period, s.form, f.quantity, f.value, f.absence, f.estimate, u.file_name,
            o.sheet, o.row_number, o.column_number, o.raw, s.received_by, s.received_at, s.id,
            s.revision, u.simulated
        from current_submission s
        join fact f on f.submission = s.id
        join source_cell o on o.submission = s.id and o.quantity = f.quantity
        join upload u on u.id = o.upload
        where (? or s.unit in (select unnest(?::integer[])))
            and (? or s.period in (select unnest(?::integer[])))""",
        [*moments(known_on), *choices],
    ).fetchall()
    ids = [keys(cur, kind).id_of for kind in ("unit", "period", "form", "quantity")]
    found = (_row([i[k] for i, k in zip(ids, r[:4], strict=True)], r[4:], deployment) for r in rows)
    return sorted(found, key=lambda row: (row["unit"], row["period"], row["quantity"]))


def _keys_of(cur: DuckDBPyConnection, kind: str, ids: Iterable[str] | None) -> list[int] | None:
    if ids is None:
        return None
    known = keys(cur, kind).key_of
    return [known[i] for i in ids if i in known]


def _row(ids: list[str], rest: tuple[Any, ...], deployment: Deployment) -> dict[str, Any]:
    unit, period, form, quantity = ids
    measured = deployment.catalogue.quantities.get(quantity)
    names = deployment.units.latest_names
    absence = ABSENCES[rest[1]]
    values = (
        unit,
        names[unit].name if unit in names else unit,
        period,
        form,
        quantity,
        measured.name_vi if measured else quantity,
        measured.unit_of_measure if measured else "",
        rest[0],
        None if absence is None else str(absence),
        *rest[2:],
    )
    return dict(zip(COLUMNS, values, strict=True))
