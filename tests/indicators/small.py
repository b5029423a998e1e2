"""A small valid deployment: one province, three districts, two communes in the first.

Tests write it to a folder, change a file, and load it; nothing here is copied from ``data/``.
"""

from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from indicators.deployment import Deployment, load_deployment
from indicators.schema import DataError, DataErrors

Table = dict[str, Any]

AREAS = ("province", "district", "commune")
KINDS = (*AREAS, "office", "hospital", "centre", "station")


def kind(name: str, order: int) -> Table:
    """A kind of unit."""
    return {"name_vi": f"loại {name}", "name_en": name, "order": order, "area": name in AREAS}


def quantity(name: str, behaviour: str, reported_by: list[str], **more: Any) -> Table:
    """A quantity with headings of its own."""
    return {
        "name_vi": f"số {name}",
        "name_en": name,
        "unit_of_measure": "người",
        "unit_of_measure_en": "people",
        "behaviour": behaviour,
        "whole_number": True,
        "reported_by": reported_by,
        **more,
    }


def form(kinds: list[str], quantities: list[str], frequency: str = "quarter", **more: Any) -> Table:
    """A form that is due ten days after its period."""
    return {
        "name_vi": "biểu",
        "name_en": "form",
        "kinds": kinds,
        "frequency": frequency,
        "quantities": quantities,
        "due_months": 1,
        "due_day": 10,
        "due_source": "thử nghiệm",
        **more,
    }


def indicator(kind_of_it: str, **more: Any) -> Table:
    """An indicator in per cent with one decimal; higher is better."""
    return {
        "name_vi": "chỉ tiêu",
        "short_vi": "chỉ tiêu",
        "name_en": "indicator",
        "field": "care",
        "kind": kind_of_it,
        "unit_of_measure": "%",
        "unit_of_measure_en": "%",
        "decimals": 1,
        "polarity": "higher",
        "definition_vi": "định nghĩa",
        "definition_en": "definition",
        "legal_basis": "văn bản",
        "version": 1,
        "source_kind": "administrative",
        **more,
    }


def percentage(top: str, bottom: str, **more: Any) -> Table:
    """A ratio of two quantities, 0 to 100 %."""
    sides = {"numerator": [top], "denominator": [bottom], "factor": 100}
    return indicator("ratio", **sides, minimum=0, maximum=100, **more)


def target(target_id: str, indicator_id: str, comparator: str, value: Any, **more: Any) -> Table:
    """A target that is looked at as a level."""
    found = {
        "id": target_id,
        "name_vi": target_id,
        "section": "I",
        "as_written": f"{comparator} {value}",
        "indicator": indicator_id,
        "comparator": comparator,
        "unit_of_measure": "%",
        "path": "level",
        **more,
    }
    return found if value is None else {**found, "value": value}


UNITS = (
    ("p", "province", ""),
    ("d1", "district", "p"),
    ("d2", "district", "p"),
    ("d3", "district", "p"),
    ("c1", "commune", "d1"),
    ("c2", "commune", "d1"),
    ("o", "office", "p"),
    ("h0", "hospital", "p"),
    ("h1", "hospital", "d1"),
    ("h2", "hospital", "d2"),
    ("h3", "hospital", "d3"),
    ("t1", "centre", "d1"),
    ("t2", "centre", "d2"),
    ("t3", "centre", "d3"),
    ("s1", "station", "c1"),
    ("s2", "station", "c2"),
)

FILES: dict[str, Any] = {
    "deployment.toml": {
        "name_vi": "Tỉnh Thử",
        "name_en": "Try",
        "default_plan": "plan",
        "default_period": "2021-Q3",
        "exceeded_margin_percent": 5,
    },
    "catalogue/kinds.toml": {name: kind(name, order) for order, name in enumerate(KINDS)},
    "catalogue/fields.toml": {"care": {"name_vi": "khám", "name_en": "care", "order": 1}},
    "catalogue/quantities.toml": {
        "population": quantity(
            "population", "stock", ["centre"], total_by=["office"], detail_by=["station"]
        ),
        "insured": quantity(
            "insured", "stock", ["centre"], detail_by=["station"], at_most="population"
        ),
        "beds": quantity("beds", "stock", ["hospital"]),
        "children": quantity("children", "stock", ["centre"], detail_by=["station"]),
        "immunised": quantity("immunised", "flow", ["centre"], detail_by=["station"]),
        "visits": quantity("visits", "flow", ["centre", "hospital"]),
        "survey": quantity("survey", "stock", ["office"], whole_number=False),
    },
    "catalogue/forms.toml": {
        "centre_quarter": form(
            ["centre"], ["population", "insured", "children", "immunised", "visits"]
        ),
        "hospital_quarter": form(["hospital"], ["beds", "visits"]),
        "station_quarter": form(["station"], ["population", "insured", "children", "immunised"]),
        "office_quarter": form(["office"], ["population"]),
        "office_year": form(["office"], ["survey"], "year", due_months=2),
    },
    "catalogue/indicators.toml": {
        "insurance": percentage("insured", "population"),
        "beds_per_10k": indicator(
            "ratio",
            numerator=["beds"],
            denominator=["population"],
            factor=10000,
            matched_by="area",
            minimum=0,
            unit_of_measure="giường/vạn dân",
            unit_of_measure_en="beds per 10,000",
            gap_unit="giường",
            gap_unit_en=["bed", "beds"],
        ),
        "immunisation": percentage("immunised", "children", window="year_to_date"),
        "visits_so_far": indicator(
            "count", numerator=["visits"], window="year_to_date", unit_of_measure="lượt"
        ),
        "visits_now": indicator("count", numerator=["visits"], unit_of_measure="lượt"),
        "beds": indicator("count", numerator=["beds"], unit_of_measure="giường"),
        "survey": indicator("reported", numerator=["survey"], polarity="lower"),
        "good_communes": indicator(
            "share_of_units",
            factor=100,
            counted="commune",
            condition={"indicator": "insurance", "comparator": ">", "value": 90},
        ),
    },
    "plans/plan.toml": {
        "name_vi": "Kế hoạch",
        "short_vi": "KH",
        "document": "1/KH",
        "issuer": "UBND",
        "unit": "p",
        "first_year": 2021,
        "last_year": 2021,
        "targets": [
            target("insurance", "insurance", "bare", 91, path="linear"),
            target("beds", "beds_per_10k", ">=", 20),
            target("immunisation", "immunisation", ">=", 95, path="cumulative"),
            target("visits", "visits_so_far", ">=", 5000, path="cumulative"),
            target("survey", "survey", "<=", 14),
            target("communes", "good_communes", ">", 50),
            target("every-district", "insurance", ">=", 90, each=["district"]),
            target("both", "insurance", ">=", 90, also=[{"indicator": "immunisation"}]),
            target("keep", "beds", "maintain", None, read_as=">="),
        ],
    },
    "units/x/names.csv": [
        "unit,kind,name,short_name,source",
        *(f"{unit},{kind_of},Đơn vị {unit},{unit},thử" for unit, kind_of, _ in UNITS),
    ],
    "units/x/codes.csv": ["unit,system,code,source", "d1,gso,101,thử"],
    "units/x/parents.csv": [
        "unit,relation,parent,source",
        *(f"{unit},administrative,{parent},thử" for unit, _, parent in UNITS if parent),
        "s1,professional,t1,thử",
        "s2,professional,t1,thử",
    ],
    "units/x/aliases.csv": ["unit,alias,source", "d1,Huyện Một,thử"],
}


def files() -> dict[str, Any]:
    """The files of the deployment, to be changed by a test as it likes."""
    return deepcopy(FILES)


def write(folder: Path, contents: dict[str, Any]) -> Path:
    """Write the files; a text is written as it is."""
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(content), encoding="utf-8")
    return folder


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n".join(content) + "\n"
    return "\n".join(f'"{key}" = {_literal(value)}' for key, value in content.items()) + "\n"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{k}" = {_literal(v)}' for k, v in value.items()) + "}"
    return str(value)


@cache
def world() -> Deployment:
    """The deployment as it stands."""
    with TemporaryDirectory() as folder:
        return load_deployment(write(Path(folder), FILES))


def load(folder: Path, contents: dict[str, Any]) -> Deployment:
    """The deployment of changed files."""
    return load_deployment(write(folder, contents))


def faults(folder: Path, contents: dict[str, Any]) -> list[DataError]:
    """Every fault of changed files; none when they load."""
    try:
        load(folder, contents)
    except DataErrors as error:
        return error.errors
    return []
