"""The read API without a server: its documentation is true, every answer says what it is, faults are one sentence."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import jsonschema
import pyarrow.parquet as pq
import pytest
from openapi_spec_validator import validate

from etl import context
from etl.api.answer import make
from etl.api.asked import KINDS, READERS, Problem
from etl.api.openapi import EXAMPLES, document
from etl.api.resources import RESOURCES, fields
from etl.commands import answer as command
from etl.context import Context
from etl.load import Sending, load
from indicators.text import say
from tests.etl.tables import CENTRE, DATA, HOSPITAL, TODAY, deployment, hints, long

NEEDED = {**EXAMPLES, "quantity": "doctors"}
ROWS = [
    f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q3,stations,-", f"{HOSPITAL},2021-Q3,beds,700",
]  # fmt: skip
OPENAPI = document({"vi": "Sở", "en": "Department"})


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    patch = pytest.MonkeyPatch()
    patch.setenv("VANDAN_DATA", str(DATA))
    patch.setenv("VANDAN_DB", str(tmp_path_factory.mktemp("api") / "a.duckdb"))
    found = context.opened()
    for at, rows in ((datetime(2021, 10, 5, 3), ROWS), (datetime(2021, 11, 5, 3), CHANGED)):
        how = Sending("thử", at, TODAY, "thử")
        assert load(
            found.store, deployment(), "=a.csv", long(rows), hints=hints(), how=how
        ).committed
    said = {"plan": "thanh-hoa-2021", "task": "talent-policy", "state": "doing", "by": "An"}
    assert command("task", {**said, "evidence": "=cmd"}, {})["exit_code"] == 0
    yield found
    context.close()
    patch.undo()


CHANGED = [f"{CENTRE},2021-Q3,doctors,15"]


def ask(opened: Context, name: str, kind: str = "json", **query: str) -> Any:
    """The document, or the rows of a table as dictionaries."""
    made = make(name, {"format": kind, **query}, "", opened)
    if kind == "json":
        return json.loads(made.content)
    if kind == "parquet":
        return pq.read_table(BytesIO(made.content)).to_pylist()
    return list(csv.DictReader(StringIO(made.content.decode("utf-8-sig"))))


def needed(name: str) -> dict[str, str]:
    """What a resource needs; of verdicts a page is enough."""
    query = {each: NEEDED[each] for each in RESOURCES[name].takes.needed}
    return {**query, "limit": "40"} if name == "verdicts" else query


def test_the_documentation_is_valid_openapi_and_names_every_address() -> None:
    validate(OPENAPI)
    assert set(OPENAPI["paths"]) == {f"/api/v1/{name}" for name in RESOURCES}
    assert fields().keys() == RESOURCES.keys()


@pytest.mark.parametrize("name", RESOURCES)
def test_every_answer_is_as_documented(opened: Context, name: str) -> None:
    good = OPENAPI["paths"][f"/api/v1/{name}"]["get"]["responses"]["200"]
    found = ask(opened, name, **needed(name))
    jsonschema.validate(found, good["content"]["application/json"]["schema"])
    assert found["any_simulated"] is False and found["as_known_on"] is None
    if name != "actions":
        assert found["rows"], "an answer without rows proves little"
    absent = [
        f.path
        for f in fields()[name]
        if found["rows"] and not any(_has(r, f.path) for r in found["rows"])
    ]
    assert absent == []


def _has(row: dict[str, Any], path: tuple[str, ...]) -> bool:
    """Whether the row has the field, were it null, or a null where it would stand."""
    for part in path:
        if row is None:
            return True
        if part not in row:
            return False
        row = row[part]
    return True


@pytest.mark.parametrize("name", RESOURCES)
def test_tables_have_the_same_rows_under_the_declared_columns(opened: Context, name: str) -> None:
    query = needed(name)
    rows = ask(opened, name, **query)["rows"]
    columns = [f.column for f in fields()[name]]
    for kind in ("csv", "parquet"):
        table = ask(opened, name, kind, **query)
        assert len(table) == len(rows)
        if table:
            assert list(table[0])[: len(columns)] == columns
            assert {"data_version", "as_known_on", "figures", "any_simulated"} < set(table[0])


def test_it_is_the_answer_of_the_command(opened: Context) -> None:
    query = {**needed("verdicts"), "unit": "th-nhu-thanh", "limit": "10000"}
    told = command("verdicts", dict(query), {})["document"]
    found = ask(opened, "verdicts", **query)["rows"]
    assert [{k: v for k, v in row.items() if k not in ("plan", "unit")} for row in found] == told
    explained = command("explain", needed("explain"), {})["document"]
    mine = ask(opened, "explain", **needed("explain"))
    assert {**mine["of"], "facts": mine["rows"]} == explained
    tasks = command("tasks", {"plan": NEEDED["plan"]}, {})["document"]["tasks"]
    found = ask(opened, "tasks", plan=NEEDED["plan"])["rows"]
    assert [{k: v for k, v in row.items() if k != "plan"} for row in found] == tasks


def test_pages_of_facts_make_the_whole_once(opened: Context) -> None:
    whole = ask(opened, "facts")
    assert whole["total"] == 4 - 1 and whole["next"] is None  # one figure has two revisions
    rows, address = [], "limit=2"
    while address:
        page = ask(opened, "facts", **dict(p.split("=") for p in address.split("&")))
        rows += page["rows"]
        address = (page["next"] or "").partition("?")[2]
    assert rows == whole["rows"]


def test_facts_are_asked_by_unit_period_and_quantity(opened: Context) -> None:
    assert [r["value"] for r in ask(opened, "facts", unit=CENTRE, quantity="doctors")["rows"]] == [
        15
    ]
    assert ask(opened, "facts", unit="thanh-hoa", period="2021-Q3")["total"] == 3
    assert ask(opened, "facts", period="2020")["rows"] == []
    (nil,) = ask(opened, "facts", quantity="stations")["rows"]
    assert (nil["value"], nil["absence"]) == (None, "nil")


def test_what_was_known_earlier_is_told_as_it_was(opened: Context) -> None:
    then = ask(opened, "facts", quantity="doctors", known="2021-10-10")
    assert then["as_known_on"] == "2021-10-10" and then["on"] == "2021-10-10"
    assert [r["value"] for r in then["rows"]] == [12]
    assert ask(opened, "facts", known="2021-01-01")["total"] == 0
    assert (
        ask(opened, "tasks", plan=NEEDED["plan"], known="2021-10-10")["rows"][0]["record"] is None
    )


def test_only_approved_figures_on_request(opened: Context) -> None:
    found = ask(opened, "facts", figures="approved")
    assert found["figures"] == "approved" and found["rows"] == []


def test_texts_that_would_run_are_harmless(opened: Context) -> None:
    rows = ask(opened, "facts", "csv")
    assert {row["file"] for row in rows} == {"'=a.csv"}
    evidence = [r["record_evidence"] for r in ask(opened, "tasks", "csv", plan=NEEDED["plan"])]
    assert "'=cmd" in evidence


@pytest.mark.parametrize(
    ("name", "query", "status", "key"),
    [
        ("nothing", {}, 404, "resource"),
        ("units", {"colour": "1"}, 400, "parameter"),
        ("targets", {}, 400, "missing"),
        ("targets", {"plan": "x"}, 404, "plan"),
        ("targets", {"plan": ""}, 400, "missing"),
        ("units", {"unit": "x"}, 404, "unit"),
        ("units", {"period": "2021Q3"}, 400, "period"),
        ("facts", {"quantity": "'; drop table fact; --"}, 404, "quantity"),
        ("facts", {"known": "gestern"}, 400, "known"),
        ("plans", {"known": "9999-12-31T23:00"}, 400, "known"),
        ("facts", {"known": "0001-01-02"}, 400, "known"),
        ("facts", {"figures": "all"}, 400, "figures"),
        ("facts", {"limit": "0"}, 400, "count"),
        ("facts", {"limit": "10001"}, 400, "count"),
        ("facts", {"limit": "²"}, 400, "count"),
        ("facts", {"offset": "-1"}, 400, "count"),
        ("facts", {"format": "xml"}, 400, "format"),
        ("facts", {"unit": "x" * 201}, 400, "long"),
        ("explain", {"indicator": "x", "unit": "thanh-hoa", "period": "2021"}, 404, "indicator"),
    ],
)
def test_a_fault_is_one_sentence_in_both_languages(
    opened: Context, name: str, query: dict[str, str], status: int, key: str
) -> None:
    with pytest.raises(Problem) as caught:
        make(name, query, "", opened)
    assert (caught.value.status, caught.value.key) == (status, key)
    found = caught.value.document()
    jsonschema.validate(found, OPENAPI["components"]["schemas"]["Problem"])
    assert found["detail"] != found["detail_en"] and found["detail"].endswith(".")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "json"), ("*/*", "json"), ("text/csv", "csv"), ("text/html,text/csv;q=0.9", "csv"),
        ("application/vnd.apache.parquet", "parquet"),
    ],
)  # fmt: skip
def test_the_kind_may_be_asked_for_by_what_is_accepted(
    opened: Context, accept: str, kind: str
) -> None:
    made = make("plans", {}, accept, opened)
    assert (
        "json" if b'"rows"' in made.content else "parquet" if made.content[:4] == b"PAR1" else "csv"
    ) == kind


def test_every_parameter_has_its_reader_and_words() -> None:
    used = {name for resource in RESOURCES.values() for name in resource.takes.all}
    assert used == READERS.keys() and all(say(f"api.parameter.{name}") for name in used)
    assert KINDS == ("json", "csv", "parquet")
