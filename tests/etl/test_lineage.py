"""Where a number comes from: formula, parts, and for each figure its file, row, column and sender."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.store.connect import Store, open_store
from etl.store.lineage import lineage
from indicators.period import parse_period
from tests.etl.tables import CENTRE, HOSPITAL, deployment, send

DISTRICT = "th-nhu-thanh"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two files sent; the test may send more."""
    return two_files(tmp_path / "a.duckdb")


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same for tests that only look: made once."""
    return two_files(tmp_path_factory.mktemp("lineage") / "a.duckdb")


def two_files(path: Path) -> Store:
    opened = open_store(path)
    send(
        opened, [f"{CENTRE},2021-Q3,population,95000", f"{CENTRE},2021-Q3,doctors,12"], name="a.csv"
    )
    send(opened, [f"{HOSPITAL},2021-Q3,beds,190", f"{HOSPITAL},2021-Q3,doctors,40"], name="b.csv")
    return opened


def explained(store: Store, indicator: str, scope: str = DISTRICT, **more: Any) -> dict[str, Any]:
    period = parse_period(more.pop("period", "2021-Q3"))
    return lineage(store.cursor(), deployment(), indicator, scope, period, **more)


def test_a_ratio_is_taken_apart_to_its_cells(looked_at: Store) -> None:
    found = explained(looked_at, "beds_per_10k")
    assert found["value"] == 20 and (found["numerator"], found["denominator"]) == (190, 95000)
    assert found["formula_vi"] == "Số giường bệnh ÷ Dân số × 10.000"
    beds, people = found["facts"]
    assert (beds["file"], beds["row"], beds["column"], beds["raw"]) == ("b.csv", 2, 4, "190")
    assert (people["unit"], people["file"], people["received_by"]) == (CENTRE, "a.csv", "thử")


def test_the_facts_add_up_to_numerator_and_denominator(looked_at: Store) -> None:
    found = explained(looked_at, "doctors_per_10k")
    sums: dict[str, Decimal] = {}
    for fact in found["facts"]:
        sums[fact["quantity"]] = sums.get(fact["quantity"], Decimal(0)) + Decimal(fact["value"])
    assert sums == {"doctors": found["numerator"], "population": found["denominator"]}


def test_a_number_of_an_earlier_day_names_the_files_of_that_day(store: Store) -> None:
    later = datetime(2022, 2, 1)
    send(store, [f"{HOSPITAL},2021-Q3,beds,380"], name="c.csv", at=later)
    assert explained(store, "beds_per_10k")["value"] == 40
    before = explained(store, "beds_per_10k", known_on=datetime(2022, 1, 31))
    assert before["value"] == 20 and before["facts"][0]["file"] == "b.csv"


def test_where_nothing_was_reported_there_is_no_number_and_no_fact(looked_at: Store) -> None:
    found = explained(looked_at, "beds_per_10k", period="2020-Q1")
    assert found["value"] is None and found["facts"] == []
    empty = lineage(
        open_store(None).cursor(), deployment(), "beds_per_10k", DISTRICT, parse_period("2021-Q3")
    )
    assert empty["value"] is None and empty["facts"] == []


@pytest.mark.parametrize("indicator", sorted(deployment().catalogue.indicators))
@pytest.mark.parametrize("scope", [DISTRICT, "thanh-hoa", CENTRE])
def test_every_indicator_can_be_explained(looked_at: Store, indicator: str, scope: str) -> None:
    found = explained(looked_at, indicator, scope)
    assert found["unit"] == scope and found["formula_vi"]


@pytest.mark.parametrize("scope", [DISTRICT, "thanh-hoa"])
def test_an_area_that_lacks_the_other_side_is_in_no_sum(store: Store, scope: str) -> None:
    other = "th-bvdk-nga-son"  # nobody has told how many people its district has
    send(store, [f"{other},2021-Q3,doctors,30"], name="c.csv")
    found = explained(store, "doctors_per_10k", scope)
    sums = {fact["unit"]: fact["in_sum"] for fact in found["facts"]}
    assert sums == {CENTRE: True, HOSPITAL: True, **({other: False} if scope != DISTRICT else {})}
    assert found["numerator"] == 52
