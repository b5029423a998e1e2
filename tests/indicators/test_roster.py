"""Who is expected to report: by kind, by form, by day, in one group each."""

from datetime import date
from pathlib import Path

import pytest

from indicators.period import parse_period
from indicators.roster import Role, Roster, build_roster, parts_needed
from tests.indicators.small import UNITS, files, load, world


def roster(grouping: str, *, scope: str = "p", periods: str = "2021-Q3") -> Roster:
    """The roster of the small deployment."""
    found = map(parse_period, periods.split())
    return build_roster(
        scope, found, grouping=grouping, catalogue=world().catalogue, units=world().units
    )


def groups(grouping: str, scope: str = "p") -> dict[str, str]:
    """Unit to group."""
    return {m.unit: m.group for m in roster(grouping, scope=scope).members}


def test_by_unit_everybody_is_a_group() -> None:
    assert groups("unit") == {unit: unit for unit, _, _ in UNITS}


def test_by_area_a_unit_counts_for_the_child_of_the_scope_it_stands_under() -> None:
    found = groups("area")
    assert {found[u] for u in ("d1", "h1", "t1", "c1", "s1", "s2")} == {"d1"}
    assert (found["h0"], found["o"], found["p"]) == ("h0", "o", "p")
    assert groups("area", "d1")["s1"] == "c1"


def test_by_kind_units_outside_any_are_left_out() -> None:
    assert groups("commune") == {"c1": "c1", "s1": "c1", "c2": "c2", "s2": "c2"}


def test_each_period_has_the_units_of_its_last_day(tmp_path: Path) -> None:
    changed = files()
    changed["units/x/names.csv"] = [
        line
        + (
            ",valid_to"
            if line.startswith("unit")
            else ",2021-07-01"
            if line.startswith("h3,")
            else ","
        )
        for line in changed["units/x/names.csv"]
    ]
    small = load(tmp_path, changed)
    found = build_roster(
        "p",
        map(parse_period, ("2021-Q2", "2021-Q3")),
        grouping="unit",
        catalogue=small.catalogue,
        units=small.units,
    )
    expected = [found.groups("beds", p, Role.PARTS) for p in ("2021-Q2", "2021-Q3")]
    assert expected == [("h0", "h1", "h2", "h3"), ("h0", "h1", "h2")]


def test_units_are_expected_by_role() -> None:
    found = roster("unit")
    assert found.groups("population", "2021-Q3", Role.PARTS) == ("t1", "t2", "t3")
    assert found.groups("population", "2021-Q3", Role.TOTAL) == ("o",)
    assert found.groups("population", "2021-Q3", Role.DETAIL) == ("s1", "s2")
    assert found.expected("beds", "2021-Q3", Role.PARTS, "h1") == {"h1"}
    assert found.expected("beds", "2021-Q3", Role.PARTS, "t1") == frozenset()
    assert found.groups("beds", "2019", Role.PARTS) == ()


def test_a_total_speaks_only_for_the_area_it_stands_directly_in() -> None:
    assert roster("unit", scope="o").groups("population", "2021-Q3", Role.TOTAL) == ("o",)
    changed = files()
    changed["catalogue/quantities.toml"]["population"]["total_by"] = ["hospital"]
    assert roster("unit", scope="d1").groups("population", "2021-Q3", Role.TOTAL) == ()


def test_a_form_for_some_areas_is_not_expected_elsewhere(tmp_path: Path) -> None:
    changed = files()
    changed["catalogue/forms.toml"]["hospital_quarter"]["within"] = ["d1", "d2"]
    small = load(tmp_path, changed)
    found = build_roster(
        "p",
        [parse_period("2021-Q3")],
        grouping="unit",
        catalogue=small.catalogue,
        units=small.units,
    )
    assert found.groups("beds", "2021-Q3", Role.PARTS) == ("h1", "h2")


@pytest.mark.parametrize(
    ("indicator", "quantity", "period", "parts"),
    [
        ("immunisation", "immunised", "2021-Q3", "2021-Q1 2021-Q2 2021-Q3"),
        ("visits_now", "visits", "2021-Q3", "2021-Q3"),
        ("survey", "survey", "2021-Q3", ""),
        ("survey", "survey", "2021", "2021"),
    ],
)
def test_a_window_needs_its_reporting_periods(
    indicator: str, quantity: str, period: str, parts: str
) -> None:
    catalogue = world().catalogue
    found = parts_needed(catalogue.indicators[indicator], quantity, parse_period(period), catalogue)
    assert " ".join(map(str, found)) == parts


def test_the_small_deployment_is_valid_today_and_long_ago() -> None:
    assert len(world().units.at(date(1990, 1, 1)).units) == len(UNITS)
