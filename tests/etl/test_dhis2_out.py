"""Figures and units as DHIS2 takes them, and back again without a loss."""

import csv
import json
from dataclasses import replace
from datetime import datetime
from io import StringIO

import pytest

from etl.exchange.dhis2_out import NoSuchPeriod, as_csv, as_json, units_json, value_set
from etl.load import Sending, load
from etl.store.connect import Store, open_store
from etl.store.facts import Which
from indicators.dhis2 import Element, Mapping
from indicators.period import parse_period
from tests.etl.tables import CENTRE, HOSPITAL, TODAY, deployment, hints, long, send
from tests.etl.test_dhis2_in import MAPPED, ONE, sent

Q3 = parse_period("2021-Q3")
ROWS = [
    f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q3,stations,ước 14",
    f"{HOSPITAL},2021-Q3,beds,-", f"{HOSPITAL},2021-Q3,doctors,…",
]  # fmt: skip


@pytest.fixture
def store() -> Store:
    made = open_store(None)
    done = send(made, long(ROWS), reason="thử")
    assert done.committed, done.findings
    return made


def taken(store: Store, where: object = None):  # type: ignore[no-untyped-def]
    return value_set(store.cursor(), where or deployment(), Q3, Which(period="2021-Q3"))


def test_each_figure_is_a_value_and_what_is_not_known_is_left_out(store: Store) -> None:
    found = taken(store)
    said = {(v.dataElement, v.orgUnit): (v.value, v.comment, v.period) for v in found.values}
    assert said == {
        ("doctors", CENTRE): ("12", "", "2021Q3"),
        ("stations", CENTRE): ("14", "ước", "2021Q3"),
        ("beds", HOSPITAL): ("0", "-", "2021Q3"),
    }
    assert (found.not_available, found.quantities_left, found.units_left) == (1, (), ())


@pytest.mark.parametrize("write", [as_json, as_csv])
def test_what_went_out_comes_back_unchanged(store: Store, write) -> None:  # type: ignore[no-untyped-def]
    back = sent(store, write(taken(store)), deployment())
    assert not back.refused
    assert back.counts == {"added": 0, "changed": 0, "removed": 0, "unchanged": 3}


def test_simulated_figures_say_so_in_the_file_and_when_they_come_back() -> None:
    store = open_store(None)
    how = Sending("thử", datetime(2022, 1, 5, 8), TODAY, simulated=True)
    load(store, deployment(), "a.csv", long(ROWS[:1]), hints=hints(), how=how)
    found = taken(store)
    assert [v.comment for v in found.values] == ["mô phỏng"]
    back = sent(store, as_json(found), deployment())
    assert back.refused and "dhis2-simulated" in [f.code for f in back.findings]


def test_the_csv_has_the_columns_in_the_order_dhis2_reads(store: Store) -> None:
    rows = list(csv.reader(StringIO(as_csv(taken(store)).decode("utf-8"))))
    assert rows[0][:6] == [
        "dataelement", "period", "orgunit", "categoryoptioncombo", "attributeoptioncombo", "value"
    ]  # fmt: skip
    assert all(len(row) == len(rows[0]) for row in rows) and rows[1][9:] == ["false", "false"]


def test_with_a_mapping_its_codes_are_written_and_the_rest_is_named(store: Store) -> None:
    found = taken(store, MAPPED)
    assert {v.dataElement for v in found.values} == {ONE, "Ix2HsbDMLea"}
    assert found.quantities_left == ("stations",)
    bare = replace(MAPPED, dhis2=Mapping("nowhere", elements=(Element("doctors", ONE),)))
    assert taken(store, bare).units_left == (HOSPITAL, CENTRE) and taken(store, bare).values == ()


def test_nine_months_are_refused(store: Store) -> None:
    with pytest.raises(NoSuchPeriod):
        value_set(store.cursor(), deployment(), parse_period("2021-9M"), Which())


def test_nothing_at_all_is_an_empty_set() -> None:
    assert json.loads(as_json(taken(open_store(None)))) == {"dataValues": []}


def test_units_stand_after_their_parents_with_days_and_distinct_identifiers() -> None:
    units = json.loads(units_json(deployment()))["organisationUnits"]
    assert {u["code"] for u in units} == deployment().units.ids
    ids = [u["id"] for u in units]
    assert len(set(ids)) == len(ids)
    seen: set[str] = set()
    for unit in units:
        assert unit["openingDate"] and len(unit["shortName"]) <= 50
        assert "parent" not in unit or unit["parent"]["id"] in seen
        seen.add(unit["id"])


def test_a_unit_that_is_no_more_has_a_closing_day() -> None:
    by = {u["code"]: u for u in json.loads(units_json(deployment()))["organisationUnits"]}
    assert by["bac-giang"]["closedDate"] == "2025-07-01" and "closedDate" not in by["bac-ninh-2025"]
    assert by["th-nhu-thanh"]["parent"]["id"] == by["thanh-hoa"]["id"]


def test_a_code_of_dhis2_is_the_identifier_of_its_unit() -> None:
    by = {u["code"]: u for u in json.loads(units_json(MAPPED))["organisationUnits"]}
    assert by[CENTRE]["id"] == "DiszpKrYNg8" and by["thanh-hoa"]["id"] != "DiszpKrYNg8"
