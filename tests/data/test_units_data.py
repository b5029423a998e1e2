"""The dated unit registry in data/units, read as plain CSV: counts, references, intervals, spelling."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

UNITS = Path(__file__).resolve().parents[2] / "data" / "units"
PROVINCES = ("bac-giang", "bac-ninh", "quang-ninh", "thanh-hoa")
# Old Bắc Ninh is here only as the partner of the merger of 2025-07-01, under an identity of its own.
ROOTS = {"bac-ninh": {"bac-ninh", "bac-ninh-2025"}}
HEADERS = {
    "names": ["unit", "kind", "name", "short_name", "valid_from", "valid_to", "source"],
    "codes": ["unit", "system", "code", "valid_from", "valid_to", "source"],
    "parents": ["unit", "relation", "parent", "valid_from", "valid_to", "source"],
    "aliases": ["unit", "alias", "source"],
}
KEYS = {
    "names": ("unit", "valid_from"),
    "codes": ("unit", "system", "valid_from"),
    "parents": ("unit", "relation", "valid_from"),
    "aliases": ("unit", "alias"),
}
KINDS = {
    "province", "district", "commune", "health_department", "department_office", "health_centre", "partner",
    "district_hospital", "provincial_hospital", "provincial_centre", "polyclinic", "commune_station",
}  # fmt: skip
ALL_FILES = [(province, table) for province in PROVINCES for table in HEADERS]
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OLD_TONE = re.compile(r"(o[àáảãạ]|o[èéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\w)")


def path_of(province, table):
    return UNITS / province / f"{table}.csv"


@cache
def read(province, table):
    with path_of(province, table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def holds(row, day):
    return (row["valid_from"] or "0001-01-01") <= day < (row["valid_to"] or "9999-12-31")


def units_on(province, kind, day):
    return {
        row["unit"] for row in read(province, "names") if row["kind"] == kind and holds(row, day)
    }


def children_on(province, parent, relation, day):
    rows = read(province, "parents")
    return {
        r["unit"]
        for r in rows
        if r["parent"] == parent and r["relation"] == relation and holds(r, day)
    }


def within(inner, outer):
    """The part of the day line covered by one interval lies inside the other."""
    starts = (inner["valid_from"] or "0001-01-01") >= (outer[0] or "0001-01-01")
    return starts and (inner["valid_to"] or "9999-12-31") <= (outer[1] or "9999-12-31")


def life_of(province):
    """First and last day bound of every unit, from its name rows (which the overlap and gap tests keep whole)."""
    spans = defaultdict(list)
    for row in read(province, "names"):
        spans[row["unit"]].append((row["valid_from"] or "", row["valid_to"] or ""))
    return {unit: (min(s[0] for s in rows), max(rows)[1]) for unit, rows in spans.items()}


@pytest.mark.parametrize(("province", "table"), ALL_FILES)
def test_file_form(province, table):
    raw = path_of(province, table).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    lines = list(csv.reader(raw.decode("utf-8").splitlines()))
    assert lines[0] == HEADERS[table]
    assert {len(line) for line in lines} == {len(HEADERS[table])}
    rows = read(province, table)
    keys = [tuple(row[k] for k in KEYS[table]) for row in rows]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("province", "table"), ALL_FILES)
def test_text_is_clean(province, table):
    for row in read(province, table):
        for column, value in row.items():
            assert value == unicodedata.normalize("NFC", value), row
            assert value == " ".join(value.split()), row
            assert "Ð" not in value, row  # the Icelandic letter, not Đ
            assert not re.search(r"(^|\s)(/|~/|[A-Za-z]:\\)\w|\.csv|\.txt", value), row
            if column in ("name", "short_name"):
                assert value, row
                assert not OLD_TONE.search(value), row
        assert row["source"], row


@pytest.mark.parametrize("province", PROVINCES)
def test_ids_and_vocabulary(province):
    for row in read(province, "names"):
        assert ID.fullmatch(row["unit"]), row
        assert row["kind"] in KINDS, row
    for row in read(province, "codes"):
        assert row["system"] == "gso", row
        assert re.fullmatch(r"\d{2}|\d{3}|\d{5}", row["code"]), row
    relations = {"administrative"} if province == "bac-ninh" else {"administrative", "professional"}
    assert {row["relation"] for row in read(province, "parents")} == relations


def test_no_unit_is_in_two_provinces():
    sets = [{row["unit"] for row in read(province, "names")} for province in PROVINCES]
    assert len(set().union(*sets)) == sum(map(len, sets))


@pytest.mark.parametrize("province", PROVINCES)
def test_a_unit_keeps_its_kind(province):
    kinds = defaultdict(set)
    for row in read(province, "names"):
        kinds[row["unit"]].add(row["kind"])
    assert all(len(found) == 1 for found in kinds.values())


@pytest.mark.parametrize("province", PROVINCES)
def test_every_reference_is_known(province):
    known = {row["unit"] for row in read(province, "names")}
    for table in ("codes", "parents", "aliases"):
        for row in read(province, table):
            assert row["unit"] in known, row
            assert row.get("parent", row["unit"]) in known, row
            assert row.get("parent") != row["unit"], row


@pytest.mark.parametrize(
    ("province", "table"), [pair for pair in ALL_FILES if pair[1] != "aliases"]
)
def test_intervals_are_real_and_do_not_overlap(province, table):
    groups = defaultdict(list)
    for row in read(province, table):
        for end in ("valid_from", "valid_to"):
            if row[end]:
                assert date.fromisoformat(row[end]).isoformat() == row[end], row
        start, stop = row["valid_from"] or "0001-01-01", row["valid_to"] or "9999-12-31"
        assert start < stop, row
        groups[tuple(row[k] for k in KEYS[table][:-1])].append((start, stop))
    for key, spans in groups.items():
        spans.sort()
        for (_, stop), (start, _) in pairwise(spans):
            assert stop == start, (
                key
            )  # neither overlap nor gap: a successor begins when the earlier row ends


@pytest.mark.parametrize("province", PROVINCES)
def test_links_and_codes_lie_inside_the_lives_of_their_units(province):
    lives = life_of(province)
    for table in ("codes", "parents"):
        for row in read(province, table):
            assert within(row, lives[row["unit"]]), row
            if table == "parents":
                assert within(row, lives[row["parent"]]), row


@pytest.mark.parametrize("province", PROVINCES)
def test_a_code_names_one_area_at_a_time(province):
    groups = defaultdict(list)
    for row in read(province, "codes"):
        groups[row["system"], row["code"]].append(
            (row["valid_from"] or "0001-01-01", row["valid_to"] or "9999-12-31")
        )
    for key, spans in groups.items():
        spans.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(spans)), key


@pytest.mark.parametrize("province", PROVINCES)
def test_only_provinces_have_no_administrative_parent(province):
    kinds = {row["unit"]: row["kind"] for row in read(province, "names")}
    placed = {
        row["unit"] for row in read(province, "parents") if row["relation"] == "administrative"
    }
    roots = ROOTS.get(province, {province})
    assert {unit for unit, kind in kinds.items() if unit not in placed} == roots
    assert {kinds[unit] for unit in roots} == {"province"}


@pytest.mark.parametrize("province", PROVINCES)
def test_areas_have_codes_and_facilities_have_directors(province):
    kinds = {row["unit"]: row["kind"] for row in read(province, "names")}
    coded = {row["unit"] for row in read(province, "codes")}
    assert coded == {
        unit for unit, kind in kinds.items() if kind in ("province", "district", "commune")
    }
    directed = {
        row["unit"] for row in read(province, "parents") if row["relation"] == "professional"
    }
    areas = {"province", "district", "commune", "health_department", "department_office", "partner"}
    assert directed == {unit for unit, kind in kinds.items() if kind not in areas}


@pytest.mark.parametrize("province", PROVINCES)
@pytest.mark.parametrize(
    "day",
    [
        "2019-12-15",
        "2020-12-31",
        "2021-06-30",
        "2023-06-30",
        "2024-03-31",
        "2024-12-31",
        "2025-02-01",
        "2025-07-01",
        "2026-01-01",
    ],
)
def test_short_names_can_be_told_apart(province, day):
    rows = [row for row in read(province, "names") if holds(row, day)]
    repeated = [name for name, n in Counter(row["short_name"] for row in rows).items() if n > 1]
    assert repeated == []


@pytest.mark.parametrize(
    ("province", "day", "count"),
    [
        ("thanh-hoa", "2020-05-31", 27),
        ("thanh-hoa", "2021-06-30", 27),
        ("thanh-hoa", "2024-12-31", 27),
        ("thanh-hoa", "2025-01-01", 26),
        ("thanh-hoa", "2025-02-01", 26),
        ("thanh-hoa", "2025-07-01", 0),
        ("bac-giang", "2019-06-30", 10),
        ("bac-giang", "2023-06-30", 10),
        ("bac-giang", "2025-02-01", 10),
        ("bac-giang", "2025-07-01", 0),
        ("quang-ninh", "2019-06-30", 14),
        ("quang-ninh", "2019-12-31", 14),
        ("quang-ninh", "2020-01-01", 13),
        ("quang-ninh", "2025-06-30", 13),
        ("quang-ninh", "2025-07-01", 0),
    ],
)
def test_district_counts(province, day, count):
    assert len(units_on(province, "district", day)) == count
    assert len({u for u in children_on(province, province, "administrative", day)}
               & units_on(province, "district", day)) == count  # fmt: skip


@pytest.mark.parametrize(
    ("province", "day", "count"),
    [
        ("thanh-hoa", "2019-12-01", 559),
        ("thanh-hoa", "2021-06-30", 559),
        ("thanh-hoa", "2024-01-31", 559),
        ("thanh-hoa", "2024-06-30", 558),
        ("thanh-hoa", "2024-12-31", 558),
        ("thanh-hoa", "2025-01-01", 547),
        ("thanh-hoa", "2025-06-30", 547),
        ("thanh-hoa", "2025-07-01", 166),
        ("bac-giang", "2019-12-31", 230),
        ("bac-giang", "2020-01-01", 209),
        ("bac-giang", "2024-12-31", 209),
        ("bac-giang", "2025-01-01", 192),
        ("bac-giang", "2025-06-30", 192),
        ("bac-giang", "2025-07-01", 0),
        ("bac-ninh", "2025-06-30", 0),
        ("bac-ninh", "2025-07-01", 99),
        ("quang-ninh", "2019-12-31", 186),
        ("quang-ninh", "2020-01-01", 177),
        ("quang-ninh", "2024-10-31", 177),
        ("quang-ninh", "2024-11-01", 171),
        ("quang-ninh", "2025-06-30", 171),
        ("quang-ninh", "2025-07-01", 54),
    ],
)
def test_commune_counts(province, day, count):
    communes = units_on(province, "commune", day)
    assert len(communes) == count
    above = units_on(province, "district", day) or units_on(province, "province", day)
    below = [children_on(province, unit, "administrative", day) & communes for unit in above]
    assert sum(map(len, below)) == count
    codes = [
        row["code"]
        for row in read(province, "codes")
        if row["unit"] in communes and holds(row, day)
    ]
    assert len(codes) == len(set(codes)) == count


@pytest.mark.parametrize(
    ("province", "day", "rural", "wards", "towns", "zones"),
    [
        ("thanh-hoa", "2019-12-15", 496, 34, 29, 0),  # after 786/NQ-UBTVQH14
        ("thanh-hoa", "2022-06-30", 469, 60, 30, 0),
        ("thanh-hoa", "2024-02-01", 467, 60, 31, 0),  # as 939/NQ-UBTVQH15 states
        ("thanh-hoa", "2025-01-01", 452, 63, 32, 0),  # after 1238/NQ-UBTVQH15
        ("thanh-hoa", "2025-07-01", 147, 19, 0, 0),  # as 1686/NQ-UBTVQH15 states
        ("bac-giang", "2024-02-01", 175, 19, 15, 0),  # as 938/NQ-UBTVQH15 states
        ("bac-giang", "2025-01-01", 143, 35, 14, 0),  # as 1191/NQ-UBTVQH15 states
        ("bac-ninh", "2025-07-01", 66, 33, 0, 0),  # as 1658/NQ-UBTVQH15 states
        ("quang-ninh", "2023-10-30", 98, 72, 7, 0),
        ("quang-ninh", "2024-11-01", 91, 73, 7, 0),  # as 1199/NQ-UBTVQH15 states
        ("quang-ninh", "2025-07-01", 22, 30, 0, 2),  # as 1679/NQ-UBTVQH15 states
    ],
)
def test_types_of_communes(province, day, rural, wards, towns, zones):
    rows = [row for row in read(province, "names") if row["kind"] == "commune" and holds(row, day)]
    found = Counter(re.match(r"Xã|Phường|Thị trấn|Đặc khu", row["name"]).group() for row in rows)
    assert found == Counter({"Xã": rural, "Phường": wards, "Thị trấn": towns, "Đặc khu": zones})


@pytest.mark.parametrize(
    ("province", "day", "district", "count"),
    [
        ("thanh-hoa", "2021-06-30", "th-tp-thanh-hoa", 34),
        ("thanh-hoa", "2025-02-01", "th-tp-thanh-hoa", 47),
        ("thanh-hoa", "2021-06-30", "th-dong-son", 14),
        ("thanh-hoa", "2025-02-01", "th-dong-son", 0),
        ("thanh-hoa", "2021-06-30", "th-nghi-son", 31),
        ("thanh-hoa", "2025-02-01", "th-nghi-son", 30),
        ("thanh-hoa", "2021-06-30", "th-nhu-thanh", 14),
        ("thanh-hoa", "2025-06-30", "th-nhu-thanh", 14),
        ("bac-giang", "2021-06-30", "bg-tp-bac-giang", 16),
        ("bac-giang", "2025-02-01", "bg-tp-bac-giang", 31),
        ("bac-giang", "2019-12-31", "bg-yen-dung", 21),
        ("bac-giang", "2024-12-31", "bg-yen-dung", 18),
        ("bac-giang", "2024-12-31", "bg-luc-ngan", 29),
        ("bac-giang", "2025-02-01", "bg-luc-ngan", 19),
        ("bac-giang", "2025-02-01", "bg-chu", 10),
        ("bac-giang", "2025-02-01", "bg-hiep-hoa", 19),
        ("quang-ninh", "2019-12-31", "qn-hoanh-bo", 13),
        ("quang-ninh", "2019-12-31", "qn-ha-long", 20),
        ("quang-ninh", "2020-01-01", "qn-ha-long", 33),
        ("quang-ninh", "2025-02-01", "qn-ha-long", 32),
        ("quang-ninh", "2019-12-31", "qn-hai-ha", 16),
        ("quang-ninh", "2020-01-01", "qn-hai-ha", 11),
        ("quang-ninh", "2025-02-01", "qn-dong-trieu", 19),
    ],
)
def test_communes_of_single_districts(province, day, district, count):
    communes = units_on(province, "commune", day)
    assert len(children_on(province, district, "administrative", day) & communes) == count


def test_facilities_of_thanh_hoa():
    day = "2021-06-30"
    assert len(units_on("thanh-hoa", "health_centre", day)) == 27
    assert len(units_on("thanh-hoa", "district_hospital", day)) == 27
    for district in units_on("thanh-hoa", "district", day):
        local = children_on("thanh-hoa", district, "administrative", day)
        assert len(local & units_on("thanh-hoa", "health_centre", day)) == 1
        assert len(local & units_on("thanh-hoa", "district_hospital", day)) == 1


def test_stations_of_nhu_thanh():
    day = "2021-06-30"
    stations = units_on("thanh-hoa", "commune_station", day)
    assert len(stations) == 14
    assert children_on("thanh-hoa", "th-ttyt-nhu-thanh", "professional", day) == stations
    communes = children_on("thanh-hoa", "th-nhu-thanh", "administrative", day) & units_on(
        "thanh-hoa", "commune", day
    )
    homes = {r["parent"] for r in read("thanh-hoa", "parents") if r["unit"] in stations and r["relation"] == "administrative"}  # fmt: skip
    assert homes == communes


@pytest.mark.parametrize("day", ["2023-06-30", "2024-12-31"])
def test_every_commune_of_bac_giang_has_its_station(day):
    stations = units_on("bac-giang", "commune_station", day)
    assert len(stations) == 209
    homes = [
        r["parent"]
        for r in read("bac-giang", "parents")
        if r["unit"] in stations and r["relation"] == "administrative" and holds(r, day)
    ]
    assert sorted(homes) == sorted(units_on("bac-giang", "commune", day))
    centres = units_on("bac-giang", "health_centre", day)
    directed = [children_on("bac-giang", c, "professional", day) for c in centres]
    assert set().union(*directed) == stations and sum(map(len, directed)) == 209


@pytest.mark.parametrize(
    ("province", "unit", "day", "name"),
    [
        ("thanh-hoa", "th-nghi-son", "2020-05-31", "Huyện Tĩnh Gia"),
        ("thanh-hoa", "th-nghi-son", "2020-06-01", "Thị xã Nghi Sơn"),
        ("thanh-hoa", "th-ttyt-nghi-son", "2020-05-31", "Trung tâm Y tế huyện Tĩnh Gia"),
        ("thanh-hoa", "th-ttyt-nghi-son", "2020-06-01", "Trung tâm Y tế thị xã Nghi Sơn"),
        ("thanh-hoa", "th-dong-son-rung-thong", "2024-12-31", "Thị trấn Rừng Thông"),
        ("thanh-hoa", "th-dong-son-rung-thong", "2025-01-01", "Phường Rừng Thông"),
        ("thanh-hoa", "th-yen-dinh-yen-lac", "2025-01-01", "Xã Yên Ninh"),
        ("thanh-hoa", "th-tyt-nhu-thanh-ben-sung", "2021-06-30", "Trạm Y tế thị trấn Bến Sung"),
        ("bac-giang", "bg-viet-yen", "2024-01-31", "Huyện Việt Yên"),
        ("bac-giang", "bg-viet-yen", "2024-02-01", "Thị xã Việt Yên"),
        ("bac-giang", "bg-ttyt-viet-yen", "2024-02-01", "Trung tâm Y tế thị xã Việt Yên"),
        ("bac-giang", "bg-luc-nam-phuong-son", "2022-09-30", "Xã Phương Sơn"),
        ("bac-giang", "bg-luc-nam-phuong-son", "2022-10-01", "Thị trấn Phương Sơn"),
        ("bac-giang", "bg-viet-yen-nenh", "2024-02-01", "Phường Nếnh"),
        ("bac-giang", "bg-tyt-viet-yen-nenh", "2024-01-31", "Trạm Y tế thị trấn Nếnh"),
        ("bac-giang", "bg-tyt-viet-yen-nenh", "2024-02-01", "Trạm Y tế phường Nếnh"),
        ("quang-ninh", "qn-dong-trieu", "2024-10-31", "Thị xã Đông Triều"),
        ("quang-ninh", "qn-dong-trieu", "2024-11-01", "Thành phố Đông Triều"),
        ("quang-ninh", "qn-hoanh-bo-troi", "2019-12-31", "Thị trấn Trới"),
        ("quang-ninh", "qn-hoanh-bo-troi", "2020-01-01", "Phường Hoành Bồ"),
        ("quang-ninh", "qn-ttyt-van-don", "2025-07-01", "Trung tâm Y tế Đặc khu Vân Đồn"),
    ],
)
def test_names_follow_the_date(province, unit, day, name):
    assert [
        row["name"] for row in read(province, "names") if row["unit"] == unit and holds(row, day)
    ] == [name]


def test_health_centres_of_bac_giang():
    day = "2023-06-30"
    centres = units_on("bac-giang", "health_centre", day)
    assert len(centres) == 10
    for district in units_on("bac-giang", "district", day):
        assert len(children_on("bac-giang", district, "administrative", day) & centres) == 1
    assert units_on("bac-giang", "district_hospital", day) == set()


@pytest.mark.parametrize(
    ("day", "centres", "hospitals"),
    [("2020-01-01", 13, 0), ("2025-10-31", 13, 0), ("2025-11-01", 0, 5)],
)
def test_health_network_of_quang_ninh(day, centres, hospitals):
    found = units_on("quang-ninh", "health_centre", day)
    assert len(found) == centres
    assert len(units_on("quang-ninh", "district_hospital", day)) == hospitals
    for district in units_on("quang-ninh", "district", day):
        assert len(children_on("quang-ninh", district, "administrative", day) & found) == 1
