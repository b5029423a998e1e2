"""Units that reported last time and are missing now."""

import pytest

from etl.rules.coverage import previous, units_missing
from etl.store.connect import open_store
from etl.store.past import Past
from tests.etl.cases import Row, codes, said
from tests.etl.tables import deployment, send

CENTRES = ["th-ttyt-nhu-thanh", "th-ttyt-quang-xuong", "th-ttyt-nga-son", "th-ttyt-hau-loc"]


def of(units: list[str], period: str) -> list[Row]:
    return [(unit, period, "doctors", 12) for unit in units]


def past_of(units: list[str], period: str) -> Past:
    store = open_store(None)
    send(store, [f"{unit},{period},doctors,12" for unit in units])
    return Past(store.cursor())


def test_who_is_missing_is_named_once() -> None:
    past = past_of(CENTRES, "2021-Q2")
    (finding,) = said(units_missing, of(CENTRES[:3], "2021-Q3"), deployment=deployment(), past=past)
    assert finding.code == "units-missing" and finding.facts["count"] == "1"
    assert "Hậu Lộc" in finding.facts["names"] and finding.facts["before"] == "2021-Q2"


@pytest.mark.parametrize("sent", [CENTRES[:1], CENTRES])
def test_a_unit_of_its_own_and_a_complete_file_miss_nobody(sent: list[str]) -> None:
    past = past_of(CENTRES, "2021-Q2")
    assert codes(units_missing, of(sent, "2021-Q3"), deployment=deployment(), past=past) == []


def test_who_has_sent_already_is_not_missing() -> None:
    store = open_store(None)
    send(store, [f"{unit},2021-Q2,doctors,12" for unit in CENTRES])
    send(store, [f"{CENTRES[3]},2021-Q3,doctors,12"])
    past = Past(store.cursor())
    rows = of(CENTRES[:3], "2021-Q3")
    assert codes(units_missing, rows, deployment=deployment(), past=past) == []


def test_less_than_half_is_another_kind_of_file() -> None:
    past = past_of(CENTRES, "2021-Q2")
    rows = of(CENTRES[:2], "2021-Q3")
    assert codes(units_missing, rows, deployment=deployment(), past=past) == ["units-missing"]
    more = [*CENTRES, "th-ttyt-thach-thanh"]
    past = past_of(more, "2021-Q2")
    assert codes(units_missing, rows, deployment=deployment(), past=past) == []


def test_the_period_before_may_stand_in_the_same_file() -> None:
    rows = [*of(CENTRES, "2021-Q2"), *of(CENTRES[:3], "2021-Q3")]
    assert codes(units_missing, rows, deployment=deployment()) == ["units-missing"]


@pytest.mark.parametrize(
    ("code", "before"),
    [("2021-Q1", "2020-Q4"), ("2021-03", "2021-02"), ("2021-H1", "2020-H2"), ("2021", "2020")],
)
def test_the_period_before(code: str, before: str) -> None:
    assert previous(code) == before
