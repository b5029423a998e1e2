"""Who is in a scope in earlier periods: put together to the boundaries of today, or as reported."""

from datetime import date
from pathlib import Path

import pytest

from indicators.deployment import Deployment
from indicators.period import parse_period
from indicators.roster import Role, Roster, build_roster
from indicators.standing import Boundaries
from tests.indicators.figures import assess_facts, facts
from tests.indicators.small import faults, files, load

Table = list[str]


def reorganised() -> dict[str, object]:
    """On 2021-07-01 d2 goes wholly into d3, and commune c2 of d1 in part into c1."""
    changed = files()
    ends = {"d2": "2021-07-01", "c2": "2021-07-01", "s2": "2021-07-01"}
    names: Table = changed["units/x/names.csv"]
    changed["units/x/names.csv"] = [
        f"{line},{'valid_to' if line.startswith('unit') else ends.get(line.split(',')[0], '')}"
        for line in names
    ]
    moved = {"h2": "d3", "t2": "d3"}
    rows = ["unit,relation,parent,source,valid_from,valid_to"]
    for line in changed["units/x/parents.csv"][1:]:
        unit = line.split(",")[0]
        end = "2021-07-01" if unit in {*ends, *moved} else ""
        rows.append(f"{line},,{end}")
    rows += [f"{u},administrative,{into},thử,2021-07-01," for u, into in moved.items()]
    changed["units/x/parents.csv"] = rows
    changed["units/x/events.csv"] = [
        "event,kind,day,unit,into,whole,resolution,note",
        "nq-1-2021,merge_whole,2021-07-01,d2,d3,yes,NQ 1,",
        "nq-1-2021,merge_part,2021-07-01,c2,c1,no,NQ 1,",
        "nq-1-2021,dissolve,2021-07-01,s2,,no,NQ 1,",
    ]
    return changed


@pytest.fixture
def small(tmp_path: Path) -> Deployment:
    """The small deployment with the reorganisation."""
    return load(tmp_path, reorganised())


def roster(
    small: Deployment,
    scope: str,
    grouping: str,
    *,
    as_of: date | None = None,
    boundaries: Boundaries = Boundaries.CURRENT,
) -> Roster:
    """Two quarters before the change and one after it."""
    return build_roster(
        scope,
        map(parse_period, ("2021-Q1", "2021-Q2", "2021-Q3")),
        grouping=grouping,
        catalogue=small.catalogue,
        units=small.units,
        as_of=as_of,
        boundaries=boundaries,
    )


def inside(found: Roster, period: str) -> dict[str, str]:
    """Unit to group in a period."""
    return {m.unit: m.group for m in found.members if m.period == period}


def test_the_past_of_a_district_has_the_facilities_of_those_it_took_in(small: Deployment) -> None:
    for period in ("2021-Q1", "2021-Q2", "2021-Q3"):
        found = roster(small, "d3", "unit")
        assert found.groups("population", period, Role.PARTS) == ("t2", "t3")
        assert found.groups("beds", period, Role.PARTS) == ("h2", "h3")


def test_as_reported_it_has_its_own(small: Deployment) -> None:
    found = roster(small, "d3", "unit", boundaries=Boundaries.AS_REPORTED)
    assert set(inside(found, "2021-Q2")) == {"d3", "h3", "t3"}
    assert set(inside(found, "2021-Q3")) == {"d3", "h2", "h3", "t2", "t3"}


def test_seen_from_before_the_change_nothing_is_put_together(small: Deployment) -> None:
    found = roster(small, "d3", "unit", as_of=date(2021, 6, 30))
    assert set(inside(found, "2021-Q2")) == {"d3", "h3", "t3"}
    assert set(inside(found, "2021-Q3")) == {"d3", "h2", "h3", "t2", "t3"}


def test_by_area_the_past_stands_in_the_district_of_today(small: Deployment) -> None:
    found = inside(roster(small, "p", "area"), "2021-Q1")
    assert {found[u] for u in ("t2", "h2", "t3", "h3", "d2", "d3")} == {"d3"}
    assert {found[u] for u in ("t1", "h1", "s1", "s2", "c2")} == {"d1"}
    assert (found["h0"], found["p"]) == ("h0", "p")
    then = inside(roster(small, "p", "area", boundaries=Boundaries.AS_REPORTED), "2021-Q1")
    assert (then["t2"], then["t3"]) == ("d2", "d3")


def test_by_kind_the_groups_are_the_units_of_that_day(small: Deployment) -> None:
    """A share counts the districts there were; a district of today finds those it was made of."""
    found = roster(small, "p", "district")
    assert found.units_in("2021-Q1") == ("d1", "d2", "d3")
    assert found.units_in("2021-Q3") == ("d1", "d3")
    assert found.groups_of("d3", "2021-Q1") == ("d2", "d3")
    assert found.groups_of("d3", "2021-Q3") == found.groups_of("d3", "2030-Q1") == ("d3",)
    assert found.of_the_day.groups_of("d3", "2021-Q1") == ("d3",)


def test_across_a_break_the_past_is_as_reported(small: Deployment) -> None:
    """c1 took in a part of c2: its past is its own station alone."""
    found = roster(small, "c1", "unit")
    assert set(inside(found, "2021-Q1")) == {"c1", "s1"}
    assert found.units_in("2021-Q2") == ("c1", "s1")


FIGURES = """
t2 2020-Q4 insured=50 population=100
t3 2020-Q4 insured=270 population=300
t3 2021-Q1 insured=270 population=300
t2 2021-Q2 insured=60 population=100
t3 2021-Q2 insured=280 population=300
t2 2021-Q3 insured=70 population=100
t3 2021-Q3 insured=290 population=300
"""


@pytest.mark.parametrize(
    ("period", "value"), [("2020-Q4", 80), ("2021-Q1", None), ("2021-Q2", 85), ("2021-Q3", 90)]
)
def test_a_series_runs_through_a_whole_merger(
    small: Deployment, period: str, value: int | None
) -> None:
    """320/400, then a quarter in which t2 did not report, 340/400, 360/400."""
    asked = assess_facts(small, facts(FIGURES), "2021-Q3", scope="d3")
    insurance = small.catalogue.indicators["insurance"]
    found = asked.measure(insurance, parse_period(period))
    assert found.coverage.missing == (() if value else ("t2",))
    assert found.value == (value or 90)  # of those who reported both sides, and said to be so
    whole = assess_facts(small, facts(FIGURES), "2021-Q3", scope="p")
    for grouping in ("area", "district"):
        found = whole.value_group(insurance, parse_period(period), grouping, "d3")
        assert found == value


def test_a_district_that_ended_has_its_series_until_then(small: Deployment) -> None:
    asked = assess_facts(small, facts(FIGURES), "2021-Q2", scope="d2")
    insurance = small.catalogue.indicators["insurance"]
    assert asked.value(insurance, parse_period("2021-Q2")) == 60
    assert asked.value(insurance, parse_period("2020-Q4")) == 50


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("nq-1-2021,unknown,2021-07-01,h1,d1,no,NQ 1,", "«unknown» không có đơn vị nhận"),
        ("nq-1-2021,merge_part,2021-07-01,h1,,no,NQ 1,", "«merge_part» cần đơn vị nhận"),
        ("nq-1-2021,merge_part,2021-07-01,d2,d1,no,NQ 1,", "đi toàn bộ vào một đơn vị"),
    ],
)
def test_links_that_contradict_themselves_are_refused(
    tmp_path: Path, row: str, message: str
) -> None:
    changed = reorganised()
    assert faults(tmp_path / "good", changed) == []
    events = changed["units/x/events.csv"]
    assert isinstance(events, list)
    changed["units/x/events.csv"] = [*events, row]
    assert any(message in str(error) for error in faults(tmp_path / "bad", changed))


def test_a_facility_that_stands_nowhere_must_be_said_to_be_not_known(tmp_path: Path) -> None:
    changed = reorganised()
    parents, events = changed["units/x/parents.csv"], changed["units/x/events.csv"]
    assert isinstance(parents, list) and isinstance(events, list)
    changed["units/x/parents.csv"] = [row for row in parents if row != parents[-1]]
    (fault,) = faults(tmp_path / "bad", changed)
    assert fault.key == "t2" and "unknown" in str(fault)
    changed["units/x/events.csv"] = [*events, "nq-1-2021,unknown,2021-07-01,t2,,no,NQ 1,"]
    assert faults(tmp_path / "good", changed) == []
