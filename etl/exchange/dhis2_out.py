"""Figures of a period, and the units, as DHIS2 takes them in."""

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from duckdb import DuckDBPyConnection

from etl.exchange.dhis2_in import ESTIMATE, NIL, SIMULATED, is_code
from etl.export.table_csv import harmless
from etl.numbers import Absence
from etl.store.facts import Fact, Which, facts
from indicators.deployment import Deployment
from indicators.dhis2 import UID, period_to, uid_of
from indicators.period import Period
from indicators.units import NameRow, Relation

SENDER = "van-dan"
FIRST_DAY = date(1900, 1, 1)  # DHIS2 wants an opening day; ours may have been there always
SHORT = 50  # characters of a short name
HEADINGS = (
    *("dataelement", "period", "orgunit", "categoryoptioncombo", "attributeoptioncombo"),
    *("value", "storedby", "lastupdated", "comment", "followup", "deleted"),
)


@dataclass(frozen=True)
class DataValue:
    """One value under the names DHIS2 gives its properties, in the order of its CSV."""

    dataElement: str
    period: str
    orgUnit: str
    categoryOptionCombo: str
    attributeOptionCombo: str
    value: str
    storedBy: str
    lastUpdated: str
    comment: str
    followup: bool = False
    deleted: bool = False


@dataclass(frozen=True)
class ValueSet:
    """The values, and what could not be said in the codes of that DHIS2: ids, each once."""

    values: tuple[DataValue, ...]
    quantities_left: tuple[str, ...]
    units_left: tuple[str, ...]
    not_available: int  # "…": DHIS2 has no way to state it, so nothing is sent


class NoSuchPeriod(Exception):
    """DHIS2 has no period like this one."""


def value_set(
    cur: DuckDBPyConnection, deployment: Deployment, period: Period, which: Which
) -> ValueSet:
    """The figures of a period as values. Raises NoSuchPeriod for nine months."""
    code = period_to(period)
    if code is None:
        raise NoSuchPeriod(period.code)
    found = facts(cur, which)
    stated = [fact for fact in found if fact.absence is not Absence.NOT_AVAILABLE]
    codes = org_units(deployment, period.end)
    values = [_value(fact, code, codes, deployment) for fact in stated]
    quantities = {f.quantity for f in stated if deployment.dhis2.element(f.quantity) is None}
    units = {f.unit for f in stated if f.unit not in codes}
    return ValueSet(
        tuple(value for value in values if value is not None),
        tuple(sorted(quantities)),
        tuple(sorted(units)),
        len(found) - len(stated),
    )


def org_units(deployment: Deployment, day: date) -> dict[str, str]:
    """Unit to its code in DHIS2 on a day; without a coding system our ids."""
    system = deployment.dhis2.unit_system
    if system is None:
        return {unit: unit for unit in deployment.units.ids}
    return {row.unit: row.code for row in deployment.units.codes if is_code(row, system, day)}


def _value(
    fact: Fact, period: str, codes: dict[str, str], deployment: Deployment
) -> DataValue | None:
    element = deployment.dhis2.element(fact.quantity)
    if element is None or fact.unit not in codes:
        return None
    return DataValue(
        element.element,
        period,
        codes[fact.unit],
        element.combo,
        deployment.dhis2.attribute,
        written(fact.value or Decimal(0)),
        SENDER,
        f"{fact.received_at:%Y-%m-%dT%H:%M:%S}.000+0000",
        "; ".join(_marks(fact, deployment)),
    )


def written(value: Decimal) -> str:
    """A number as machines write it: decimal point, no zeros behind it."""
    return f"{value.normalize():f}" if value else "0"


def _marks(fact: Fact, deployment: Deployment) -> Iterable[str]:
    """What a bare number does not say: nothing happened, an estimate, a simulated figure."""
    if fact.absence is Absence.NIL:
        yield NIL
    if fact.estimate:
        yield ESTIMATE
    if fact.simulated or deployment.settings.simulated:
        yield SIMULATED


def as_json(found: ValueSet) -> bytes:
    """The dataValueSet as JSON; properties without content are left out."""
    values = [{k: v for k, v in asdict(value).items() if v != ""} for value in found.values]
    return _document({"dataValues": values})


def as_csv(found: ValueSet) -> bytes:
    """The dataValueSet as CSV in the order of columns that DHIS2 reads."""
    kept = StringIO()
    writer = csv.writer(kept, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(HEADINGS)
    for value in found.values:
        writer.writerow([_cell(part) for part in asdict(value).values()])
    return kept.getvalue().encode("utf-8")


def _cell(part: str | bool) -> str:
    return str(part).lower() if isinstance(part, bool) else harmless(part)


def units_json(deployment: Deployment) -> bytes:
    """Every unit that ever was as DHIS2 metadata: parents first, opening and closing days."""
    ids = {unit: _uid(unit, deployment) for unit in deployment.units.ids}
    parents = _parents(deployment)
    ordered = sorted(ids, key=lambda unit: (_depth(unit, parents), unit))
    return _document(
        {"organisationUnits": [_unit(u, ids, parents.get(u), deployment) for u in ordered]}
    )


def _uid(unit: str, deployment: Deployment) -> str:
    """The identifier DHIS2 knows the unit by where a code says it, else one made from our id."""
    system = deployment.dhis2.unit_system
    known = [r.code for r in deployment.units.codes if r.unit == unit and r.system == system]
    return next((code for code in known if UID.fullmatch(code)), uid_of(f"organisationUnit:{unit}"))


def _parents(deployment: Deployment) -> dict[str, str]:
    """Unit to the last it stood under; the area where it has one, else who directs its work."""
    rows = sorted(deployment.units.parents, key=lambda row: row.valid_from or date.min)
    directed = {r.unit: r.parent for r in rows if r.relation is Relation.PROFESSIONAL}
    return directed | {r.unit: r.parent for r in rows if r.relation is Relation.ADMINISTRATIVE}


def _depth(unit: str, parents: dict[str, str]) -> int:
    """How many stand above it; a circle, which data may not have, ends."""
    seen = {unit}
    while (unit := parents.get(unit, "")) and unit not in seen:
        seen.add(unit)
    return len(seen) - 1


def _unit(
    unit: str, ids: dict[str, str], parent: str | None, deployment: Deployment
) -> dict[str, Any]:
    rows = [row for row in deployment.units.names if row.unit == unit]
    last = deployment.units.latest_names[unit]
    found: dict[str, Any] = {
        "id": ids[unit],
        "code": unit,
        "name": last.name,
        "shortName": last.short_name[:SHORT],
        "openingDate": min(row.valid_from or FIRST_DAY for row in rows).isoformat(),
    }
    closed = _closed(rows)
    if closed is not None:
        found["closedDate"] = closed.isoformat()
    if parent is not None:
        found["parent"] = {"id": ids[parent]}
    return found


def _closed(rows: list[NameRow]) -> date | None:
    """The day from which on it is no more; None while it is there."""
    ends = [row.valid_to for row in rows]
    return None if None in ends else max(end for end in ends if end is not None)


def _document(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")
