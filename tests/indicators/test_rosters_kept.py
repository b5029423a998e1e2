"""Rosters that a deployment keeps: the same for the same question, few, and its own."""

from dataclasses import replace
from datetime import date

from indicators.period import parse_period
from indicators.roster import KEPT, build_roster
from tests.etl.tables import deployment

QUARTERS = [parse_period(f"2021-Q{number}") for number in (1, 2, 3)]
DAY = date(2021, 9, 30)


def test_the_same_question_has_the_same_answer_as_if_made_anew() -> None:
    place = replace(deployment())
    kept = place.rosters.of("th-nhu-thanh", QUARTERS, grouping="unit", as_of=DAY)
    assert place.rosters.of("th-nhu-thanh", QUARTERS[::-1], grouping="unit", as_of=DAY) is kept
    assert kept == build_roster(
        "th-nhu-thanh",
        QUARTERS,
        grouping="unit",
        catalogue=place.catalogue,
        units=place.units,
        as_of=DAY,
    )
    for other in (
        place.rosters.of("th-nga-son", QUARTERS, grouping="unit", as_of=DAY),
        place.rosters.of("th-nhu-thanh", QUARTERS[1:], grouping="unit", as_of=DAY),
        place.rosters.of("th-nhu-thanh", QUARTERS, grouping="commune", as_of=DAY),
    ):
        assert other != kept


def test_another_deployment_has_rosters_of_its_own() -> None:
    place = replace(deployment())
    kept = place.rosters.of("th-nhu-thanh", QUARTERS, grouping="unit", as_of=DAY)
    none = replace(place, units=replace(place.units, names=(), parents=(), _trees={}))
    assert (
        kept.members
        and not none.rosters.of("th-nhu-thanh", QUARTERS, grouping="unit", as_of=DAY).members
    )


def test_only_the_newest_are_kept() -> None:
    place = replace(deployment())
    first = place.rosters.of("th-nhu-thanh", QUARTERS, grouping="unit", as_of=DAY)
    for number in range(KEPT):
        place.rosters.of(
            "th-nhu-thanh",
            QUARTERS,
            grouping="unit",
            as_of=date(2021, 1, 1 + number % 28).replace(year=2000 + number),
        )
    assert place.rosters.of("th-nhu-thanh", QUARTERS, grouping="unit", as_of=DAY) is not first
