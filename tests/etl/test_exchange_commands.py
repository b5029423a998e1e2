"""``export dhis2``, ``org-units`` and ``calendar`` as the command line runs them."""

import csv
import json
from base64 import b64decode
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from etl import context
from etl.commands import answer
from etl.console import lines_of
from tests.etl.tables import CENTRE, DATA, HOSPITAL, deployment, long

ROWS = [
    f"{CENTRE},2021-Q3,doctors,12",
    f"{HOSPITAL},2021-Q3,beds,150",
    f"{CENTRE},2021-Q3,stations,…",
]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("VANDAN_DATA", str(DATA))
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "a.duckdb"))
    done = answer("load", {"by": "An", "reason": "thử"}, {"a.csv": long(ROWS)})
    assert done["exit_code"] == 0, done
    yield
    context.close()


def export(kind: str, code: int = 0, **options: str) -> tuple[Any, bytes]:
    """The document and the file."""
    done = answer("export", {"kind": kind, "output": "tep", **options}, {})
    assert done["exit_code"] == code, done
    if code:
        return done["document"], b""
    assert lines_of("export", done["document"])
    return done["document"], b64decode(done["files"]["output"])


def test_a_period_is_written_and_what_is_left_out_is_told() -> None:
    document, content = export("dhis2", period="2021-Q3")
    assert document["rows"] == 2 and document["not_available"] == 1
    assert "không gửi: 1 ô" in " ".join(document["notes"])
    assert {v["orgUnit"] for v in json.loads(content)["dataValues"]} == {CENTRE, HOSPITAL}


def test_a_unit_and_the_kind_of_file_are_chosen() -> None:
    _, content = export("dhis2", period="2021-Q3", unit=CENTRE, format="csv")
    rows = list(csv.DictReader(StringIO(content.decode())))
    assert [(r["orgunit"], r["value"]) for r in rows] == [(CENTRE, "12")]
    assert json.loads(export("dhis2", period="2020-Q3")[1]) == {"dataValues": []}


@pytest.mark.parametrize(
    ("kind", "options", "word"),
    [
        ("dhis2", {}, "--period"), ("dhis2", {"period": "2021-9M"}, "9 tháng"),
        ("dhis2", {"period": "2021-Q3", "format": "xml"}, "xml"), ("calendar", {}, "--plan"),
        ("dhis2", {"period": "2021-Q3", "unit": "x"}, "đơn vị"), ("khong-co", {}, "org-units"),
    ],
)  # fmt: skip
def test_misuse_is_one_sentence(kind: str, options: dict[str, str], word: str) -> None:
    assert word in export(kind, 2, **options)[0]["error"]


def test_units_and_calendar_are_whole() -> None:
    document, content = export("org-units")
    assert (
        document["rows"]
        == len(json.loads(content)["organisationUnits"])
        == len(deployment().units.ids)
    )
    document, content = export("calendar", plan="thanh-hoa-2021")
    assert document["rows"] == len(Calendar.from_ical(content).walk("VEVENT")) > 50


def test_a_calendar_for_the_public_names_nobody() -> None:
    agreed = {"target": "doctors", "text": "Tuyển", "owner": "Chị Hằng", "due": "2026-12-15"}
    plan = "thanh-hoa-2021"
    assert answer("action", {"what": "add", "plan": plan, "by": "An", **agreed}, {})["document"][
        "ok"
    ]
    named = Calendar.from_ical(export("calendar", plan=plan)[1]).to_ical().decode()
    for_all = (
        Calendar.from_ical(export("calendar", plan=plan, without_names="1")[1]).to_ical().decode()
    )
    assert "Chị Hằng" in named and "Chị Hằng" not in for_all and "Cán bộ" in for_all
