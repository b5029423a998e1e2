"""A DHIS2 dataValueSet in JSON as a grid: one row a value, under the headings of its CSV."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from typing import Any

from etl.findings import Finding, Place
from etl.grid import Reading, Sheet, Value

SHEET = "dataValues"
# In the order in which DHIS2 writes and reads them where a file has no headings.
HEADINGS = (
    *("dataElement", "period", "orgUnit", "categoryOptionCombo", "attributeOptionCombo"),
    *("value", "storedBy", "lastUpdated", "comment", "followup", "deleted"),
)
# What may be said once for all values.
SHARED = ("period", "orgUnit", "attributeOptionCombo")


def is_json(content: bytes) -> bool:
    """Whether a text begins as a JSON document does."""
    return content.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")


def read_json(name: str, content: bytes) -> Reading:
    """One sheet; its first row are the headings, so that value n stands in row n + 1."""
    try:
        # Numbers stay as written: no float may come between.
        document = json.loads(content.decode("utf-8-sig"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return _refused(name, "json-unreadable")
    values = document.get(SHEET) if isinstance(document, dict) else None
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        return _refused(name, "json-not-values")
    shared = {key: document[key] for key in SHARED if key in document}
    rows: list[list[Value]] = [list(HEADINGS), *(_row({**shared, **value}) for value in values)]
    sheet = Sheet(SHEET, rows, range(1, len(rows) + 1))
    return Reading((sheet,), kind="json", encoding="utf-8")


def _row(value: Mapping[str, Any]) -> list[Value]:
    return [_text(value.get(name)) for name in HEADINGS]


def _text(found: Any) -> str | None:
    """A value as text; true and false as JSON writes them."""
    if found is None or isinstance(found, str):
        return found
    return json.dumps(found, ensure_ascii=False)


def _refused(name: str, code: str) -> Reading:
    return Reading(findings=(Finding(code, Place(name)),), kind="json")
