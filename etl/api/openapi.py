"""The API as an OpenAPI 3.1 document, written from the table that also answers."""

from typing import Any

from etl.api.asked import APPROVED, LIMIT, MOST
from etl.api.resources import RESOURCES, ROOT, Field, Resource
from indicators.text import say

JSON: dict[str, dict[str, Any]] = {
    "string": {"type": ["string", "null"]},
    "number": {"type": ["number", "null"]},
    "integer": {"type": ["integer", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "datetime": {"type": ["string", "null"], "format": "date-time"},
    "strings": {"type": "array", "items": {"type": "string"}},
}
PARAMETERS: dict[str, dict[str, Any]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
    "figures": {"type": "string", "enum": [APPROVED]},
    "offset": {"type": "integer", "minimum": 0, "default": 0},
}
EXAMPLES = {
    "plan": "thanh-hoa-2021",
    "period": "2021-Q3",
    "unit": "thanh-hoa",
    "indicator": "beds_per_10k",
    "known": "2021-10-10",
}


def document(owner: dict[str, str]) -> dict[str, Any]:
    """The whole document; ``owner``: name of the department by language."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Vạn Dân · {owner['vi']}",
            "version": "1",
            "description": both("api.lead"),
        },
        "servers": [{"url": "/"}],
        "paths": {resource.path: _path(resource) for resource in RESOURCES.values()},
        "components": {"schemas": {"Problem": _problem()}},
    }


def both(key: str, **facts: object) -> str:
    """A sentence in both languages."""
    return f"{say(key, 'vi', **facts)}\n\n{say(key, 'en', **facts)}"


def _path(resource: Resource) -> dict[str, Any]:
    named = [_parameter(name, needed=name in resource.takes.needed) for name in resource.takes.all]
    kinds = {"type": "string", "enum": ["json", "csv", "parquet"], "default": "json"}
    form = {"name": "format", "in": "query", "description": both("api.parameter.format")}
    table = {"schema": {"type": "string", "contentMediaType": "text/csv"}}
    content = {
        "application/json": {"schema": _schema(resource)},
        "text/csv": table,
        "application/vnd.apache.parquet": {},
    }
    good = {"description": both(f"api.resource.{resource.name}"), "content": content}
    return {
        "get": {
            "operationId": resource.name,
            "summary": say(f"api.resource.{resource.name}", "vi"),
            "description": say(f"api.resource.{resource.name}", "en"),
            "parameters": [*named, {**form, "schema": kinds}],
            "responses": {"200": good, "304": _empty(304), **_problems()},
        }
    }


def _parameter(name: str, *, needed: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "in": "query",
        "required": needed,
        "description": both(f"api.parameter.{name}"),
        "schema": PARAMETERS.get(name, {"type": "string", "maxLength": 200}),
    }
    return {**found, "example": EXAMPLES[name]} if name in EXAMPLES else found


def _empty(status: int) -> dict[str, Any]:
    return {"description": both(f"api.status.{status}")}


def _problems() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(s): {**_empty(s), "content": content} for s in (400, 401, 404, 405, 500)}


def _problem() -> dict[str, Any]:
    texts = {name: {"type": "string"} for name in ("type", "title", "detail", "detail_en")}
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail", "detail_en"],
        "properties": {**texts, "status": {"type": "integer"}},
    }


def _schema(resource: Resource) -> dict[str, Any]:
    """The document around the rows, and a row."""
    maybe = {"type": ["string", "null"]}
    return {
        "type": "object",
        "required": ["resource", "data_version", "as_known_on", "any_simulated", "total", "rows"],
        "properties": {
            "resource": {"const": resource.name},
            "data_version": {"type": "integer"},
            "as_known_on": maybe,
            "figures": {"enum": ["all", APPROVED]},
            "on": {"type": "string", "format": "date"},
            "any_simulated": {"type": "boolean"},
            "notice_vi": maybe,
            "notice_en": maybe,
            "count": {"type": "integer"},
            "total": {"type": "integer"},
            "next": maybe,
            "rows": {"type": "array", "items": _row(resource.fields)},
        },
    }


def _row(fields: tuple[Field, ...]) -> dict[str, Any]:
    """Parts of parts as objects that may be absent; what else JSON carries is allowed."""
    properties: dict[str, Any] = {}
    for each in fields:
        inside = properties
        for part in each.path[:-1]:
            outer = inside.setdefault(part, {"type": ["object", "null"], "properties": {}})
            inside = outer["properties"]
        inside[each.path[-1]] = {**JSON[each.type], "description": f"{each.vi} / {each.en}"}
    return {"type": "object", "properties": properties}


ADDRESS = f"{ROOT}/openapi.json"
