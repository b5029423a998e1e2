"""What of the past makes up a unit of today: on the real register."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from indicators.boundaries import Footprint, breaks_between, footprint, heir
from indicators.boundary_text import change_text
from indicators.deployment import load_deployment
from indicators.turn import JOINED, Reason
from indicators.units import UnitRegistry

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
