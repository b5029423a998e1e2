"""An answer of the API as JSON, CSV or Parquet; every one says what it is of, and whether simulated."""

import csv
import json
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.parquet as pq

from etl.api.asked import Asked, Problem, asked_of, assess, kind_of
from etl.api.resources import RESOURCES, Field, Resource
from etl.api.rows import Answered, any_simulated
from etl.context import Context
from etl.export.table_csv import harmless
from etl.results import Picture
from indicators.text import say

TYPES = {
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
ARROW = {
    "string": pa.string(),
    "strings": pa.string(),
    "date": pa.string(),
    "datetime": pa.string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
}
# What names a person, and by resource what people wrote.
PEOPLE = {"by", "received_by", "approved_by", "decided_by", "moved_by", "taken_back_by"}
WORDS = {
    "tasks": {"evidence", "note"},
    "actions": {"owner", "reason"},
    "facts": {"file"},
    "explain": {"file"},
}
# Said in every row of a table, which may be read without its headers: of what, known when.
ABOUT = ("data_version", "as_known_on", "figures", "any_simulated")


@dataclass(frozen=True)
class Made:
    """The bytes of an answer, with what goes into its headers."""

    content: bytes
    type: str
    headers: Mapping[str, str] = field(default_factory=dict)


def make(
    name: str,
    query: Mapping[str, str],
    accept: str,
    opened: Context,
    assessed: Callable[[Asked], Picture] = assess,
    *,
    people: bool = True,
) -> Made:
    """The answer to one address; without ``people`` nobody is named or quoted in it. Raises Problem."""
    if name not in RESOURCES:
        raise Problem(404, "resource", got=name[:80], known=", ".join(RESOURCES))
    resource = RESOURCES[name]
    kind = kind_of(query.get("format"), accept)
    asked = asked_of(
        {k: v for k, v in query.items() if k != "format"}, resource.takes, opened, assessed
    )
    found = resource.make(asked)
    if not people:
        hidden = PEOPLE | WORDS.get(name, set())
        rows, around = unnamed(found.rows, hidden), unnamed(found.around, hidden)
        found = replace(found, rows=rows, around=around)
    about = about_of(resource, asked, found)
    content = _json(found, about) if kind == "json" else _table(kind, resource, found, about)
    return Made(content, TYPES[kind], _headers(about))


def unnamed(part: Any, hidden: Set[str]) -> Any:
    """The same without the names of those who sent, approved or recorded it, and their words."""
    if isinstance(part, list):
        return [unnamed(each, hidden) for each in part]
    if isinstance(part, dict):
        return {k: None if k in hidden else unnamed(v, hidden) for k, v in part.items()}
    return part


def about_of(resource: Resource, asked: Asked, found: Answered) -> dict[str, Any]:
    """What every answer says of itself."""
    simulated = any_simulated(asked)
    return {
        "resource": resource.name,
        "data_version": asked.version,
        "as_known_on": asked.known,
        "figures": asked.figures or "all",
        "on": asked.today.isoformat(),
        "any_simulated": simulated,
        "notice_vi": say("simulated.long") if simulated else None,
        "notice_en": say("simulated.long", "en") if simulated else None,
        "count": len(found.rows),
        "total": found.total,
        "next": next_page(resource, asked, found),
    }


def next_page(resource: Resource, asked: Asked, found: Answered) -> str | None:
    """The address of the page after this one; None where there is none."""
    if not resource.is_paged or asked.offset + len(found.rows) >= found.total or not found.rows:
        return None
    parts = {
        "plan": None if asked.plan is None else asked.plan.id,
        "period": None if asked.period is None else asked.period.code,
        "unit": asked.unit,
        "quantity": asked.quantity,
        "known": asked.known,
        "figures": asked.figures,
        "limit": asked.limit,
        "offset": asked.offset + len(found.rows),
    }
    return f"{resource.path}?{urlencode({k: v for k, v in parts.items() if v is not None})}"


def _headers(about: dict[str, Any]) -> dict[str, str]:
    headers = {
        "X-Data-Version": str(about["data_version"]),
        "X-As-Known-On": about["as_known_on"] or "now",
        "X-Figures": about["figures"],
        "X-Simulated": str(about["any_simulated"]).lower(),
        "X-Total-Count": str(about["total"]),
    }
    if about["next"]:
        headers["Link"] = f'<{about["next"]}>; rel="next"'
    return headers


def _json(found: Answered, about: dict[str, Any]) -> bytes:
    document = {**about, **({"of": found.around} if found.around else {}), "rows": found.rows}
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode("utf-8")


def _table(kind: str, resource: Resource, found: Answered, about: dict[str, Any]) -> bytes:
    columns = {f.column: [_cell(f, row) for row in found.rows] for f in resource.fields}
    said = {name: [about[name]] * len(found.rows) for name in ABOUT}
    write = _csv if kind == "csv" else _parquet
    return write(resource.fields, columns | said, about)


def _cell(which: Field, row: dict[str, Any]) -> Any:
    value = which.of(row)
    if value is None:
        return None
    if which.type == "strings":
        return ", ".join(value)
    return str(value) if which.type == "string" else value


def _csv(fields: tuple[Field, ...], columns: dict[str, list[Any]], about: dict[str, Any]) -> bytes:
    """For machines: commas, decimal points, true and false; texts that would run are neutralised."""
    kept = StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(
        [_written(cell) for cell in row] for row in zip(*columns.values(), strict=True)
    )
    return kept.getvalue().encode("utf-8-sig")


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return harmless(cell) if isinstance(cell, str) else repr(cell)


def _parquet(
    fields: tuple[Field, ...], columns: dict[str, list[Any]], about: dict[str, Any]
) -> bytes:
    """Typed columns, whatever the rows hold; what the answer is of also stands in the metadata."""
    types = {f.column: ARROW[f.type] for f in fields}
    types |= {
        "data_version": pa.int64(),
        "as_known_on": pa.string(),
        "figures": pa.string(),
        "any_simulated": pa.bool_(),
    }
    said = {k: "" if v is None else str(v) for k, v in about.items()}
    schema = pa.schema(list(types.items()), metadata=said)
    kept = BytesIO()
    pq.write_table(pa.table(columns, schema=schema), kept)
    return kept.getvalue()
