"""Every current figure with its source cell, as rows: what leaves for analysts and programs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from etl.store.facts import Fact, Which, facts
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
    which = Which(
        units=None if units is None else list(units),
        periods=None if periods is None else list(periods),
        known_on=known_on,
    )
    return [_row(fact, deployment) for fact in facts(cur, which)]


def _row(fact: Fact, deployment: Deployment) -> dict[str, Any]:
    measured = deployment.catalogue.quantities.get(fact.quantity)
    names = deployment.units.latest_names
    said = {
        "unit_name": names[fact.unit].name if fact.unit in names else fact.unit,
        "quantity_name": measured.name_vi if measured else fact.quantity,
        "unit_of_measure": measured.unit_of_measure if measured else "",
        "simulated": fact.simulated or deployment.settings.simulated,
        "absence": None if fact.absence is None else str(fact.absence),
    }
    own = vars(fact) | said
    return {name: own[name] for name in COLUMNS}
