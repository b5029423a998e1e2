"""Series across reorganisations, end to end: figures of old and new units through the warehouse."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

import pytest

from etl.store.connect import Store
from etl.store.lineage import lineage
from indicators.assess import Assessor
from indicators.boundaries import breaks_between
from indicators.period import parse_period
from indicators.turn import Reason
from tests.etl.tables import deployment
from tests.indicators.figures import START, ask, cells_of, facts, send, warehouse

PLAN = "thanh-hoa-2021"
INSURANCE = "health_insurance_coverage"
# Đông Sơn went wholly into the city of Thanh Hóa on 2025-01-01.
CENTRES = """
th-ttyt-tp-thanh-hoa 2024-Q3 insured=320 population=400
th-ttyt-dong-son 2024-Q3 insured=80 population=100
th-ttyt-tp-thanh-hoa 2024-Q4 insured=330 population=400
th-ttyt-tp-thanh-hoa 2025-Q1 insured=360 population=400
th-ttyt-dong-son 2025-Q1 insured=90 population=100
"""
# Xuân Du is made of three whole communes; Yên Thọ also of a part of the old Yên Thọ.
STATIONS = """
th-tyt-nhu-thanh-xuan-du 2025-Q2 insured=45 population=50
th-tyt-nhu-thanh-can-khe 2025-Q2 insured=35 population=50
th-tyt-nhu-thanh-phuong-nghi 2025-Q2 insured=40 population=50
th-tyt-nhu-thanh-xuan-phuc 2025-Q2 insured=45 population=50
th-tyt-nhu-thanh-yen-lac 2025-Q2 insured=45 population=50
th-tyt-nhu-thanh-yen-tho 2025-Q2 insured=45 population=50
"""


@pytest.fixture
def store() -> Iterator[Store]:
    """The figures above, in two files."""
    found = warehouse(deployment(), cells_of(facts(CENTRES)))
    send(found, deployment(), cells_of(facts(STATIONS)), START + timedelta(days=1))
    yield found


def looking(store: Store, period: str, scope: str) -> Assessor:
    """An assessor for a scope as it stands at the end of the period."""
    return ask(store, deployment(), period, scope=scope, plan=PLAN)


def values(asked: Assessor, *periods: str) -> list[Fraction | None]:
    """The coverage of insurance in each period."""
    indicator = deployment().catalogue.indicators[INSURANCE]
    return [asked.value(indicator, parse_period(period)) for period in periods]


def test_the_city_of_today_has_the_sums_of_both_before_the_merger(store: Store) -> None:
    asked = looking(store, "2025-Q1", "th-tp-thanh-hoa")
    assert values(asked, "2024-Q3", "2025-Q1") == [80, 90]  # 400/500 and 450/500
    indicator = deployment().catalogue.indicators[INSURANCE]
    hole = asked.measure(indicator, parse_period("2024-Q4"))
    assert hole.coverage.missing == ("th-ttyt-dong-son",)
    assert not hole.coverage.is_complete


def test_seen_from_before_the_merger_the_city_is_itself(store: Store) -> None:
    asked = looking(store, "2024-Q4", "th-tp-thanh-hoa")
    assert values(asked, "2024-Q3", "2024-Q4") == [80, Fraction(330, 4)]
    asked = looking(store, "2024-Q4", "th-dong-son")
    assert values(asked, "2024-Q3", "2024-Q4") == [80, None]


def test_a_new_commune_has_the_past_of_the_whole_communes_it_was_made_of(store: Store) -> None:
    assert values(looking(store, "2025-Q3", "th-2025-xuan-du"), "2025-Q2", "2025-Q3") == [80, None]


def test_a_commune_with_a_part_of_another_has_an_open_gap_and_a_reason(store: Store) -> None:
    assert values(looking(store, "2025-Q3", "th-2025-yen-tho"), "2025-Q2") == [None]
    assert values(looking(store, "2025-Q2", "th-nhu-thanh-yen-tho"), "2025-Q2") == [90]
    first, last = parse_period("2025-Q2").end, parse_period("2025-Q3").end
    found = breaks_between(deployment().units, "th-2025-yen-tho", first, last)
    assert {change.reason for change in found if change.is_break} == {
        Reason.PART_IN,
        Reason.ABSORBED,
    }


def test_the_sources_are_those_of_the_units_of_the_period(store: Store) -> None:
    found = lineage(
        store.cursor(), deployment(), INSURANCE, "th-tp-thanh-hoa", parse_period("2024-Q3")
    )
    assert {fact["unit"] for fact in found["facts"]} == {"th-ttyt-tp-thanh-hoa"}
    found = lineage(
        store.cursor(), deployment(), INSURANCE, "th-tp-thanh-hoa", parse_period("2025-Q1")
    )
    assert {fact["unit"] for fact in found["facts"]} == {"th-ttyt-tp-thanh-hoa", "th-ttyt-dong-son"}
