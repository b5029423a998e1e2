"""Where a number comes from: formula, numerator and denominator, units, file, sheet, row, column."""

from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from etl.numbers import Absence
from etl.store.current import moments, sql_for_current
from etl.store.dimensions import keys
from etl.store.rollup import roll_up
from etl.store.stage import ABSENCES
from indicators.catalogue import Indicator
from indicators.deployment import Deployment
from indicators.formula import formula
from indicators.matching import Matched
from indicators.measure import Measure, measure, needed_parts
from indicators.period import Period


def lineage(
    cur: DuckDBPyConnection,
    deployment: Deployment,
    indicator_id: str,
    scope: str,
    period: Period,
    *,
    known_on: datetime | None = None,
) -> dict[str, Any]:
    """One number taken apart, as a document; ``facts`` holds every figure it is made of."""
    indicator = deployment.catalogue.indicators[indicator_id]
    if indicator.condition is not None:
        indicator = deployment.catalogue.indicators[indicator.condition.indicator]
    needed = needed_parts(indicator, period, deployment.catalogue) or {}
    demands = {(quantity, part) for quantity, parts in needed.items() for part in parts}
    parts, grouping = {part for _, part in demands}, str(indicator.matched_by)
    roster = deployment.rosters.of(scope, parts, grouping=grouping, as_of=period.end)
    table = roll_up(cur, roster, demands, known_on=known_on)
    found = measure(
        indicator, period, roster=roster, cells=table.cells, catalogue=deployment.catalogue
    )
    wanted = _wanted(Matched(indicator, needed, roster, table.cells, None)) if needed else {}
    facts = _facts(cur, wanted, deployment, known_on)
    return _document(indicator, scope, period, found, facts, deployment)


def _wanted(keys: Matched) -> dict[tuple[str, str, str], bool]:
    """(unit, period, quantity) of every figure that is asked for, and whether the sums hold it.

    An area that lacks one side of a ratio enters with neither: its other figures are left out.
    """
    return {
        (unit, period, quantity): group not in keys.left_out
        for quantity, columns in keys.columns.items()
        for period, column in zip(keys.needed[quantity], columns, strict=False)
        for group, units in column.due.items()
        for unit in units
    }


def _facts(
    cur: DuckDBPyConnection,
    wanted: dict[tuple[str, str, str], bool],
    deployment: Deployment,
    known_on: datetime | None,
) -> list[dict[str, Any]]:
    units, periods, quantities = (keys(cur, kind) for kind in ("unit", "period", "quantity"))
    names = {name: quantities.key_of[name] for _, _, name in wanted if name in quantities.key_of}
    if not names:
        return []
    rows = cur.execute(
        f"""with {sql_for_current()},
        nod as (
            select submission, max_by(actor, id) as approved_by,
                max_by(occurred_at, id) as approved_at
            from submission_event where event = 'approved' and occurred_at <= ?
            group by submission)
        select s.unit, s.period, f.quantity, f.value, f.absence, f.estimate, s.id, s.revision,
            s.received_at, s.received_by, u.file_name, u.hash, o.sheet, o.row_number,
            o.column_number, o.raw, u.simulated, n.approved_by, n.approved_at
        from current_submission s
        join fact f on f.submission = s.id and f.quantity in (select unnest(?))
        join source_cell o on o.submission = s.id and o.quantity = f.quantity
        join upload u on u.id = o.upload
        left join nod n on n.submission = s.id and s.word = 'approved'""",
        [*moments(known_on), moments(known_on)[0], sorted(names.values())],
    ).fetchall()
    facts = [_fact(row, units.id_of, periods.id_of, quantities.id_of, deployment) for row in rows]
    kept = [
        {**f, "in_sum": wanted[key]}
        for f in facts
        if (key := (f["unit"], f["period"], f["quantity"])) in wanted
    ]
    return sorted(kept, key=lambda f: (f["quantity"], f["period"], f["unit"]))


def _fact(
    row: tuple[Any, ...],
    units: dict[int, str],
    periods: dict[int, str],
    quantities: dict[int, str],
    deployment: Deployment,
) -> dict[str, Any]:
    absence: Absence | None = ABSENCES[row[4]]
    unit = units[row[0]]
    return {
        "unit": unit,
        "unit_name": deployment.units.latest_names[unit].name,
        "period": periods[row[1]],
        "quantity": quantities[row[2]],
        "value": None if row[3] is None else float(row[3]),
        "absence": absence,
        "estimate": row[5],
        "submission": row[6],
        "revision": row[7],
        "received_at": row[8].isoformat(timespec="seconds"),
        "received_by": row[9],
        "file": row[10],
        "hash": row[11],
        "sheet": row[12],
        "row": row[13],
        "column": row[14],
        "raw": row[15],
        "simulated": row[16] or deployment.settings.simulated,
        "approved_by": row[17],
        "approved_at": row[18].isoformat(timespec="seconds") if row[18] else None,
    }


def _document(
    indicator: Indicator,
    scope: str,
    period: Period,
    found: Measure,
    facts: list[dict[str, Any]],
    deployment: Deployment,
) -> dict[str, Any]:
    return {
        "indicator": indicator.id,
        "name_vi": indicator.name_vi,
        "definition_vi": indicator.definition_vi,
        "definition_en": indicator.definition_en,
        "legal_basis": indicator.legal_basis,
        "version": indicator.version,
        "unit": scope,
        "unit_name": deployment.units.latest_names[scope].name,
        "period": period.code,
        "formula_vi": formula(indicator, deployment.catalogue),
        "numerator": None if found.numerator is None else float(found.numerator),
        "denominator": None if found.denominator is None else float(found.denominator),
        "factor": indicator.factor,
        "value": None if found.value is None else float(found.value),
        "status": str(found.status),
        "coverage": {
            "expected": len(found.coverage.expected),
            "reported": len(found.coverage.reported),
            "missing": list(found.coverage.missing),
        },
        "facts": facts,
    }
