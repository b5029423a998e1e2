"""Boundaries on registers made for the test: by hand, and whole mergers at random."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from indicators.boundaries import Footprint, breaks_between, footprint
from indicators.boundary_text import change_text
from indicators.period import Period, PeriodKind
from indicators.roster import Member, build_roster
from indicators.standing import Boundaries
from indicators.turn import Reason
from indicators.units import (
    EventKind,
    EventRow,
    NameRow,
    ParentRow,
    Relation,
    UnitRegistry,
    Whole,
)
from tests.indicators.small import world

A_DAY = timedelta(days=1)


def reasons(found: Footprint) -> list[Reason]:
    """Why, in order of days."""
    return [change.reason for change in found.changes]


# --- by hand -------------------------------------------------------------------------------------

ONE, TWO = date(2021, 1, 1), date(2022, 1, 1)
Move = tuple[date, str, str]


def name(unit: str, kind: str, start: date | None = None, end: date | None = None) -> NameRow:
    """A unit called like its id."""
    return NameRow(unit, kind, unit, unit, "nguồn", start, end)


def under(unit: str, parent: str, start: date | None = None, end: date | None = None) -> ParentRow:
    """Where a unit stands."""
    return ParentRow(unit, Relation.ADMINISTRATIVE, parent, "nguồn", start, end)


def link(day: date, kind: EventKind, unit: str, into: str | None) -> EventRow:
    """An event; whole where its kind is."""
    entire = kind in (EventKind.MERGE_WHOLE, EventKind.TRANSFER)
    return EventRow("e", kind, day, unit, Whole.YES if entire else Whole.NO, into, "NQ 1")


def registry(
    names: Iterable[NameRow], parents: Iterable[ParentRow], events: Iterable[EventRow]
) -> UnitRegistry:
    """A register with the areas of the small deployment."""
    areas = frozenset({"province", "district", "commune"})
    return UnitRegistry(tuple(names), (), tuple(parents), (), tuple(events), areas)


def test_a_commune_that_goes_to_another_district_breaks_both() -> None:
    units = registry(
        [name("p", "province"), name("a", "district"), name("b", "district"), name("c", "commune")],
        [under("a", "p"), under("b", "p"), under("c", "a", None, ONE), under("c", "b", ONE)],
        [link(ONE, EventKind.TRANSFER, "c", "c")],
    )
    assert reasons(footprint(units, "a", ONE - A_DAY, ONE)) == [Reason.AREA_OUT]
    assert reasons(footprint(units, "b", ONE - A_DAY, ONE)) == [Reason.AREA_IN]
    assert footprint(units, "c", ONE - A_DAY, ONE).is_whole
    assert footprint(units, "p", ONE - A_DAY, ONE).is_whole
    for unit, words in (("a", "c không còn thuộc a"), ("b", "c chuyển về b")):
        (change,) = breaks_between(units, unit, ONE - A_DAY, ONE)
        assert words in change_text(units, change)


def test_behind_a_break_an_earlier_merger_is_not_added() -> None:
    units = registry(
        [
            *(name("p", "province"), name("a", "district")),
            *(name("x", "district", None, ONE), name("n", "district", TWO)),
        ],
        [under("a", "p"), under("x", "p", None, ONE), under("n", "p", TWO)],
        [
            link(ONE, EventKind.MERGE_WHOLE, "x", "a"),
            *(link(TWO, EventKind.SPLIT, "a", into) for into in ("a", "n")),
        ],
    )
    assert footprint(units, "a", ONE - A_DAY, ONE).parts == ("a", "x")
    found = footprint(units, "a", ONE - A_DAY, TWO)
    assert (found.parts, reasons(found)) == ((), [Reason.ABSORBED, Reason.PART_OUT])


# --- at random -----------------------------------------------------------------------------------

DISTRICTS = [f"d{n}" for n in range(6)]
QUARTERS = [Period(year, PeriodKind.QUARTER, n) for year in (2020, 2021) for n in (1, 2, 3, 4)]


@st.composite
def mergers(draw: st.DrawFn) -> list[Move]:
    """Whole mergers at the beginnings of quarters, each of districts that are still there."""
    standing, found = list(DISTRICTS), []
    for period in QUARTERS[1:]:
        if len(standing) > 1 and draw(st.booleans()):
            gone, into = draw(st.permutations(standing))[:2]
            standing.remove(gone)
            found.append((period.start, gone, into))
    return found


def merged(moves: list[Move]) -> UnitRegistry:
    """Districts with a centre each; when a district ends its centre stands in the other."""
    ends = {gone: day for day, gone, _ in moves}
    names = [name("p", "province"), *(name(d, "district", None, ends.get(d)) for d in DISTRICTS)]
    parents = [under(d, "p", None, ends.get(d)) for d in DISTRICTS]
    for home in DISTRICTS:
        centre, at, since = f"t-{home}", home, None
        names.append(name(centre, "centre"))
        while at in ends:
            day = ends[at]
            if since is None or since < day:
                parents.append(under(centre, at, since, day))
            since, at = day, next(into for d, gone, into in moves if gone == at)
        parents.append(under(centre, at, since))
    events = [link(day, EventKind.MERGE_WHOLE, gone, into) for day, gone, into in moves]
    return registry(names, parents, events)


def members(units: UnitRegistry, scope: str, grouping: str, boundaries: Boundaries) -> list[Member]:
    """The centres of a scope in every quarter."""
    found = build_roster(
        scope,
        QUARTERS,
        grouping=grouping,
        catalogue=world().catalogue,
        units=units,
        boundaries=boundaries,
    )
    return [member for member in found.members if member.kind == "centre"]


@given(mergers())
def test_sums_over_what_was_put_together_are_sums_over_the_old_units(moves: list[Move]) -> None:
    units = merged(moves)
    now = QUARTERS[-1].end
    for district in (u for u in DISTRICTS if u in units.at(now).units):
        new = members(units, district, "unit", Boundaries.CURRENT)
        old = []
        for part in footprint(units, district, QUARTERS[0].start, now).parts:
            old += members(units, part, "unit", Boundaries.AS_REPORTED)
        first = QUARTERS[0].code
        assert {m.unit for m in new if m.period == first} == {
            m.unit for m in old if m.period == first
        }
        # The same centres in every quarter: whole mergers leave no step in the series.
        assert len({frozenset(m.unit for m in new if m.period == q.code) for q in QUARTERS}) == 1


@given(mergers())
def test_every_centre_is_in_one_district_of_today_in_every_quarter(moves: list[Move]) -> None:
    units = merged(moves)
    found = members(units, "p", "area", Boundaries.CURRENT)
    assert sorted((m.period, m.unit) for m in found) == sorted(
        (q.code, f"t-{d}") for q in QUARTERS for d in DISTRICTS
    )
    today = units.at(QUARTERS[-1].end).units
    assert {m.group for m in found} <= today.keys()
    assert len({(m.unit, m.group) for m in found}) == len(DISTRICTS)


@given(mergers(), st.sampled_from(QUARTERS), st.sampled_from(QUARTERS))
def test_footprints_go_together(moves: list[Move], one: Period, two: Period) -> None:
    """From today to a day between and on to the first day is the way from today to the first."""
    units, now = merged(moves), QUARTERS[-1].end
    then, between = sorted((one.end, two.end))
    for district in (u for u in DISTRICTS if u in units.at(now).units):
        steps = {
            part
            for middle in footprint(units, district, between, now).parts
            for part in footprint(units, middle, then, between).parts
        }
        assert set(footprint(units, district, then, now).parts) == steps
