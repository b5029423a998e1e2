"""What of the past makes up a unit of today: on the real register, by hand, and at random."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.boundaries import Footprint, breaks_between, footprint, heir
from indicators.boundary_text import change_text
from indicators.deployment import load_deployment
from indicators.period import Period, PeriodKind
from indicators.roster import Member, build_roster
from indicators.standing import Boundaries
from indicators.turn import JOINED, Reason
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

DATA = Path(__file__).resolve().parents[2] / "data"
EVE, JULY, NOW = date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1)
NEW_YEAR = date(2025, 1, 1)
A_DAY = timedelta(days=1)
DAYS = [
    date(2019, 6, 30),
    date(2020, 3, 31),
    date(2022, 12, 31),
    date(2024, 12, 31),
    EVE,
    JULY,
    NOW,
]


@cache
def real() -> UnitRegistry:
    """The register as delivered."""
    return load_deployment(DATA).units


def reasons(found: Footprint) -> list[Reason]:
    """Why, in order of days."""
    return [change.reason for change in found.changes]


# --- the real register ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "then", "now", "parts"),
    [
        ("bg-tp-bac-giang", NEW_YEAR - A_DAY, NEW_YEAR, "bg-tp-bac-giang bg-yen-dung"),
        ("th-tp-thanh-hoa", date(2020, 1, 1), EVE, "th-dong-son th-tp-thanh-hoa"),
        ("th-nghi-son", date(2020, 5, 31), EVE, "th-nghi-son"),  # was huyện Tĩnh Gia
        ("qn-dong-trieu", date(2020, 1, 1), EVE, "qn-dong-trieu"),  # thị xã, then thành phố
        ("th-ttyt-nghi-son", date(2019, 1, 1), NOW, "th-ttyt-nghi-son"),
        (
            "th-2025-xuan-du",
            EVE,
            JULY,
            "th-nhu-thanh-can-khe th-nhu-thanh-phuong-nghi th-nhu-thanh-xuan-du",
        ),
        ("th-2025-mau-lam", EVE, JULY, "th-nhu-thanh-mau-lam th-nhu-thanh-phu-nhuan"),
        ("th-2025-xuan-thai", EVE, JULY, "th-nhu-thanh-xuan-thai"),
        ("quang-ninh", date(2019, 1, 1), NOW, "quang-ninh"),
    ],
)
def test_whole_mergers_are_put_together(unit: str, then: date, now: date, parts: str) -> None:
    found = footprint(real(), unit, then, now)
    assert (found.parts, found.breaks, found.is_whole) == (tuple(parts.split()), (), True)


def test_a_merger_is_followed_through_an_earlier_one() -> None:
    # Lương Mông took in Minh Cầm in 2024 and went as a whole into a commune of 2025.
    found = footprint(real(), "qn-2025-luong-minh", date(2024, 10, 31), NOW)
    assert {"qn-ba-che-luong-mong", "qn-ba-che-minh-cam"} <= set(found.parts)
    assert {change.day for change in found.changes} == {date(2024, 11, 1), JULY}
    assert set(reasons(found)) <= JOINED


@pytest.mark.parametrize(
    ("unit", "now", "parts"),
    [
        ("qn-ha-long", date(2020, 1, 1), ("qn-ha-long", "qn-hoanh-bo")),
        ("bac-ninh-2025", JULY, ("bac-giang", "bac-ninh")),
    ],
)
def test_the_ground_is_known_but_nobody_there_is_listed(
    unit: str, now: date, parts: tuple[str, ...]
) -> None:
    """The register has no facility of huyện Hoành Bồ and of old Bắc Ninh: a sum would be too small."""
    found = footprint(real(), unit, now - A_DAY, now)
    assert (found.parts, reasons(found), found.is_whole) == (parts, [Reason.UNLISTED], False)


@pytest.mark.parametrize(
    ("unit", "then", "now", "reason", "others"),
    [
        ("bg-luc-ngan", date(2024, 1, 1), EVE, Reason.PART_OUT, ("bg-chu",)),
        ("bg-chu", date(2024, 1, 1), EVE, Reason.SPLIT_OFF, ("bg-luc-ngan",)),
        ("th-2025-yen-tho", EVE, JULY, Reason.PART_IN, ("th-nhu-thanh-yen-tho",)),
        ("th-2025-nhu-thanh", EVE, JULY, Reason.PART_IN, ("th-nhu-thanh-yen-tho",)),
        ("th-2025-thanh-ky", EVE, JULY, Reason.PART_IN, ("th-nhu-thanh-thanh-tan",)),
        ("th-2025-cong-chinh", EVE, JULY, Reason.PART_IN, ("th-nhu-thanh-thanh-tan",)),
        ("th-nghi-son-tinh-hai", date(2024, 1, 1), EVE, Reason.PART_IN, ("th-nghi-son-hai-yen",)),
        ("qn-bv-phoi", date(2025, 1, 1), NOW, Reason.PART_IN, ("qn-ttyt-ha-long",)),
    ],
)
def test_parts_break_the_series(
    unit: str, then: date, now: date, reason: Reason, others: tuple[str, ...]
) -> None:
    found = footprint(real(), unit, then, now)
    assert (found.parts, found.is_whole) == ((), False)
    (broken,) = [c for c in found.breaks if c.reason is not Reason.ABSORBED]
    assert (broken.reason, broken.others, broken.unit) == (reason, others, unit)
    assert then < broken.day <= now and broken.resolution and broken.event


def test_the_whole_parts_of_a_broken_commune_are_not_said_to_be_added() -> None:
    found = footprint(real(), "th-2025-yen-tho", EVE, JULY)
    assert sorted(reasons(found)) == [Reason.ABSORBED, Reason.PART_IN]


def test_a_neighbour_that_ended_without_a_known_receiver_may_have_changed_the_boundary() -> None:
    found = footprint(real(), "qn-hai-ha-quang-long", date(2019, 12, 31), date(2020, 1, 1))
    (change,) = found.changes
    assert change.reason is Reason.RECEIVER_UNKNOWN
    assert change.others == ("qn-hai-ha-quang-thang", "qn-hai-ha-tien-toi")
    assert footprint(real(), "qn-hai-ha", date(2019, 12, 31), EVE).is_whole


def test_facilities_of_which_nobody_knows_what_became_break_the_series_of_their_province() -> None:
    found = footprint(real(), "thanh-hoa", EVE, JULY)
    assert (found.parts, reasons(found)) == (("thanh-hoa",), [Reason.UNTRACED])
    assert len(found.changes[0].others) == 27 + 14


def test_a_unit_whose_origin_is_not_in_the_register_begins() -> None:
    """The 41 communes made of old Bắc Ninh, and communes that the register has since 12/2019."""
    fresh = [
        unit.id
        for unit in real().at(JULY).units.values()
        if reasons(footprint(real(), unit.id, EVE, JULY)) == [Reason.NEW]
    ]
    assert len(fresh) == 41 and {unit[:8] for unit in fresh} == {"bn-2025-"}
    (change,) = footprint(real(), "th-ba-thuoc-ky-tan", date(2019, 6, 30), EVE).changes
    assert (change.reason, change.day) == (Reason.NEW, date(2019, 12, 1))


def test_a_code_that_is_used_again_links_nothing() -> None:
    codes = {
        day: {code: u.id for u in real().at(day).units.values() for _, code in u.codes}
        for day in (EVE, JULY)
    }
    assert (codes[EVE]["06652"], codes[JULY]["06652"]) == ("qn-ha-long-ha-phong", "qn-2025-ha-tu")
    assert (codes[EVE]["24"], codes[JULY]["24"]) == ("bac-giang", "bac-ninh-2025")
    assert heir(real(), "qn-ha-long-ha-phong", EVE, JULY) != "qn-ha-long-ha-phong"
    found = footprint(real(), "qn-2025-ha-tu", EVE, JULY)
    links = {e.unit for e in real().made_of("qn-2025-ha-tu")}
    assert set(found.parts) == links and all(
        codes[EVE][code] in links for _, code in real().at(JULY).units["qn-2025-ha-tu"].codes
    )


def test_what_became_of_the_fourteen_communes_of_nhu_thanh() -> None:
    heirs = {
        unit.id.removeprefix("th-nhu-thanh-"): heir(real(), unit.id, EVE, JULY)
        for unit in real().at(EVE).within("th-nhu-thanh")
        if unit.kind == "commune"
    }
    assert {old for old, new in heirs.items() if new} == {
        *("xuan-du", "can-khe", "phuong-nghi", "mau-lam", "phu-nhuan", "xuan-thai"),
    }
    assert len(heirs) == 14


@pytest.mark.parametrize("day", DAYS)
def test_on_the_same_day_everything_is_itself(day: date) -> None:
    for unit in real().at(day).units:
        assert footprint(real(), unit, day, day) == Footprint((unit,))
        assert heir(real(), unit, day, day) == unit


@pytest.mark.parametrize("then", DAYS)
def test_units_that_are_apart_were_made_of_units_that_were_apart(then: date) -> None:
    for now in (day for day in DAYS if day >= then):
        tree, past = real().at(now), real().at(then)
        taken: set[str] = set()
        for unit in tree.units.values():
            parts = footprint(real(), unit.id, then, now).parts
            assert set(parts) <= past.units.keys()
            assert not taken & set(parts)
            taken |= set(parts)


def test_a_later_day_cannot_lie_behind() -> None:
    with pytest.raises(ValueError, match="after"):
        footprint(real(), "thanh-hoa", JULY, EVE)
    assert footprint(real(), "th-nhu-thanh", EVE, JULY) == Footprint(())


# --- sentences -----------------------------------------------------------------------------------


def sentences(unit: str, first: date, last: date, language: str = "vi") -> list[str]:
    """The series of a unit in words."""
    return [
        change_text(real(), change, language)
        for change in breaks_between(real(), unit, first, last)
    ]


def test_sentences_name_the_day_the_resolution_and_what_it_means() -> None:
    assert sentences("bg-tp-bac-giang", date(2020, 6, 1), EVE) == [
        "Từ 01/01/2025 thành phố Bắc Giang gồm cả huyện Yên Dũng (NQ 1191/NQ-UBTVQH15); "
        "số liệu trước đó đã được cộng lại."
    ]
    assert sentences("bg-luc-ngan", date(2024, 1, 1), EVE, "en") == [
        "The boundary changed on 01/01/2025: a part of huyện Lục Ngạn went into thị xã Chũ "
        "(NQ 1191/NQ-UBTVQH15); not comparable with earlier figures."
    ]
    assert (
        "một phần xã Yên Thọ cũ chuyển về xã Yên Thọ" in sentences("th-2025-yen-tho", EVE, JULY)[1]
    )
    assert "tiếp nối toàn bộ xã Xuân Thái cũ" in sentences("th-2025-xuan-thai", EVE, JULY)[0]
    assert "và 37 đơn vị khác" in sentences("thanh-hoa", EVE, JULY)[0]
    assert sentences("qn-bv-phoi", EVE, NOW)[0].startswith("Tổ chức thay đổi từ 01/11/2025")
    assert sentences("thanh-hoa", date(2020, 1, 1), EVE) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_reason_has_a_sentence(language: str) -> None:
    told: set[Reason] = set()
    for now in (EVE, NOW):
        for unit in real().at(now).units:
            for change in breaks_between(real(), unit, date(2019, 6, 1), now):
                text = change_text(real(), change, language)
                assert f"{change.day:%d/%m/%Y}" in text and text.endswith(".")
                told.add(change.reason)
    # No area of the real register went from under one area to under another alone.
    assert set(Reason) - told == {Reason.AREA_IN, Reason.AREA_OUT}


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
