"""Mergers, splits and renamings in data/units/<province>/events.csv, against the dated rows beside them.

Ids of the areas: a commune of the time of districts is ``<province>-<district>-<commune>`` by the
first district and name held here (``th-nhu-thanh-yen-tho``); where a town and a commune of one
district share a name, the commune is ``…-xa-<commune>``. A commune, ward or special zone that
exists from 2025-07-01 is ``<province>-2025-<name>`` (``th-2025-nhu-thanh`` is Xã Như Thanh,
``th-nhu-thanh`` was huyện Như Thanh), even where it was carried over unchanged: its parent, its
level and its authority are new, and the link is a whole one. The province merged on that day is
``bac-ninh-2025`` and its communes are ``bn-2025-…``; ``bac-ninh`` is the old one.

A row of events.csv is one link from an old unit to a new one. ``unit`` and ``into`` are the same
where the unit goes on under another name, type or parent, and ``into`` is empty where nobody
takes the unit over or no source says who does (``dissolve``), or where the unit may go on and no
source says as what and under whom (``unknown``); such a link is never whole.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from tests.data.test_units_data import OLD_TONE, PROVINCES, UNITS, holds, read

HEADER = ["event", "kind", "day", "unit", "into", "whole", "resolution", "note"]
KEY = ("day", "event", "unit", "into", "kind")
KINDS = {"merge_whole", "merge_part", "split", "rename", "upgrade", "transfer"}
OPEN = {"dissolve", "unknown"}  # nobody took the unit over, or nobody knows
JULY = "2025-07-01"
OLD_AND_NEW = [("thanh-hoa", "thanh-hoa"), ("bac-giang", "bac-ninh"), ("quang-ninh", "quang-ninh")]
TYPE = re.compile(r"(Xã|Phường|Thị trấn|Đặc khu|Huyện|Thị xã|Thành phố|Tỉnh) ")


@cache
def events(province):
    with (UNITS / province / "events.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_events():
    return [row for province in PROVINCES for row in events(province)]


def all_rows(table):
    return [row for province in PROVINCES for row in read(province, table)]


def day_before(day):
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def bare(name):
    return TYPE.sub("", name, count=1)


def on(rows, day, value):
    """The unit's value in the rows that hold on the day."""
    return {row["unit"]: row[value] for row in rows if holds(row, day)}


def commune_links(province):
    """The links of 2025-07-01 from the old communes of a province."""
    old = on(all_rows("names"), day_before(JULY), "kind")
    rows = [row for row in events(province) if row["day"] == JULY]
    return [row for row in rows if old[row["unit"]] == "commune"]


@pytest.mark.parametrize("province", PROVINCES)
def test_file_form(province):
    raw = (UNITS / province / "events.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    lines = list(csv.reader(raw.decode("utf-8").splitlines()))
    assert lines[0] == HEADER
    assert {len(line) for line in lines} == {len(HEADER)}
    keys = [tuple(row[k] for k in KEY) for row in events(province)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("province", PROVINCES)
def test_every_row_is_written_cleanly(province):
    for row in events(province):
        assert re.fullmatch(r"[a-z0-9-]+-(20\d\d)", row["event"])[1] == row["day"][:4], row
        assert date.fromisoformat(row["day"]).isoformat() == row["day"], row
        assert row["resolution"], row
        for text in row.values():
            assert text == unicodedata.normalize("NFC", " ".join(text.split())), row
            assert not OLD_TONE.search(text), row


@pytest.mark.parametrize("province", PROVINCES)
def test_every_row_is_a_link_of_its_kind(province):
    for row in events(province):
        assert row["kind"] in KINDS | OPEN, row
        entire = row["kind"] in ("merge_whole", "rename", "upgrade", "transfer")
        assert row["whole"] == ("yes" if entire else "no"), row
        assert bool(row["into"]) == (row["kind"] not in OPEN), row
        if row["kind"] in ("rename", "upgrade"):
            assert row["unit"] == row["into"], row
        if row["kind"] in ("merge_whole", "merge_part"):
            assert row["unit"] != row["into"], row


def test_units_are_there_on_the_day():
    names = all_rows("names")
    for day, rows in _by("day", all_events()).items():
        before, after = on(names, day_before(day), "kind"), on(names, day, "kind")
        for row in rows:
            assert row["unit"] in before, row
            assert not row["into"] or row["into"] in after, row
            if row["kind"] == "unknown":
                continue
            stays = any(other["into"] == row["unit"] for other in rows)
            assert (row["unit"] in after) == stays or row["kind"] == "split", row
            if row["into"] and row["kind"] != "merge_part":
                assert before[row["unit"]] == after[row["into"]], row


def test_every_end_and_every_beginning_has_its_event():
    lives = defaultdict(list)
    for row in all_rows("names"):
        lives[row["unit"]].append((row["valid_from"], row["valid_to"] or "9999-12-31"))
    ends = {(u, max(e for _, e in spans)) for u, spans in lives.items()}
    starts = {(u, min(s for s, _ in spans)) for u, spans in lives.items()}
    left = {(row["unit"], row["day"]) for row in all_events()}
    made = {(row["into"], row["day"]) for row in all_events()}
    assert {u for u, e in ends if e != "9999-12-31" and (u, e) not in left} == set()
    fresh = {u for u, s in starts if s not in ("", "2019-12-01") and (u, s) not in made}
    # Those made of old Bắc Ninh, whose communes are outside this data.
    assert len(fresh) == 41
    assert {u[:8] for u in fresh} == {"bn-2025-"}


def test_every_new_name_and_every_new_district_has_its_event():
    told = {(row["unit"], row["day"], row["kind"]) for row in all_events()}
    names = sorted(all_rows("names"), key=lambda row: (row["unit"], row["valid_from"]))
    expected = set()
    for a, b in pairwise(names):
        if a["unit"] != b["unit"]:
            continue
        area = a["kind"] in ("district", "commune")
        if area and TYPE.match(a["name"])[1] != TYPE.match(b["name"])[1]:
            expected.add((b["unit"], b["valid_from"], "upgrade"))
        if (bare(a["name"]) != bare(b["name"])) if area else (a["name"] != b["name"]):
            expected.add((b["unit"], b["valid_from"], "rename"))
    assert expected == {row for row in told if row[2] in ("rename", "upgrade")}
    kinds = {row["unit"]: row["kind"] for row in names}
    parents = sorted(
        (row for row in all_rows("parents") if row["relation"] == "administrative"),
        key=lambda row: (row["unit"], row["valid_from"]),
    )
    moved = {
        (b["unit"], b["valid_from"], "transfer")
        for a, b in pairwise(parents)
        if a["unit"] == b["unit"] and kinds[b["unit"]] == "commune"
    }
    assert moved == {row for row in told if row[2] == "transfer" and row[1] != JULY}


@pytest.mark.parametrize(
    ("province", "communes", "links", "whole", "split", "unchanged"),
    [
        ("thanh-hoa", 547, 558, 537, 10, 21),
        ("bac-giang", 192, 192, 192, 0, 1),
        ("quang-ninh", 171, 184, 159, 12, 1),
    ],
)
def test_links_of_the_communes_in_july_2025(province, communes, links, whole, split, unchanged):
    # With the 121 whole links of old Bắc Ninh, 1,009 of 1,055.
    rows = commune_links(province)
    assert len(rows) == links
    assert sum(row["whole"] == "yes" for row in rows) == whole
    per_unit = _by("unit", rows)
    assert len(per_unit) == communes
    assert {len(found) > 1 for found in per_unit.values()} == ({True, False} if split else {False})
    assert sum(len(found) > 1 for found in per_unit.values()) == split
    for found in per_unit.values():
        assert {row["whole"] for row in found} == ({"yes"} if len(found) == 1 else {"no"})
        assert sum("đơn vị chính" in row["note"] for row in found) == (len(found) > 1)
    carried = [row for row in rows if row["kind"] == "transfer"]
    assert len(carried) == unchanged
    names = on(all_rows("names"), JULY, "name") | on(all_rows("names"), day_before(JULY), "name")
    made = Counter(row["into"] for row in rows)
    for row in carried:
        assert (names[row["unit"]], made[row["into"]]) == (names[row["into"]], 1)


@pytest.mark.parametrize(
    ("old", "new", "made", "reused", "renamed", "several_districts"),
    [
        ("thanh-hoa", "thanh-hoa", 166, 166, 84, 5),
        ("bac-giang", "bac-ninh", 58, 58, 32, 2),  # 51 of 99 with old Bắc Ninh
        ("quang-ninh", "quang-ninh", 54, 54, 21, 6),
    ],
)
def test_new_communes_and_the_codes_they_took_over(
    old, new, made, reused, renamed, several_districts
):
    eve = day_before(JULY)
    links = commune_links(old)
    into = {row["into"] for row in links}
    assert len(into) == made
    holder = {code: unit for unit, code in on(read(old, "codes"), eve, "code").items()}
    before, after = on(read(old, "names"), eve, "name"), on(read(new, "names"), JULY, "name")
    codes = on(read(new, "codes"), JULY, "code")
    taken = {unit: holder[codes[unit]] for unit in into if codes[unit] in holder}
    assert len(taken) == reused
    assert sum(bare(after[u]) != bare(before[o]) for u, o in taken.items()) == renamed
    administrative = [row for row in read(old, "parents") if row["relation"] == "administrative"]
    districts = on(administrative, eve, "parent")
    sources = defaultdict(set)
    for row in links:
        sources[row["into"]].add(districts[row["unit"]])
    assert sum(len(found) > 1 for found in sources.values()) == several_districts


@pytest.mark.parametrize(
    ("province", "prefix", "parent"),
    [
        ("thanh-hoa", "th", "thanh-hoa"),
        ("bac-ninh", "bn", "bac-ninh-2025"),
        ("quang-ninh", "qn", "quang-ninh"),
    ],
)
def test_new_communes_stand_directly_under_the_province(province, prefix, parent):
    rows = [row for row in read(province, "names") if row["valid_from"] == JULY]
    new = {row["unit"] for row in rows if row["kind"] == "commune"}
    assert all(unit.startswith(f"{prefix}-2025-") for unit in new)
    above = on(read(province, "parents"), JULY, "parent")
    assert {above[unit] for unit in new} == {parent}


@pytest.mark.parametrize(("old", "new", "count"), [(*OLD_AND_NEW[0], 21), (*OLD_AND_NEW[2], 11)])
def test_new_communes_named_like_districts(old, new, count):
    districts = {
        bare(row["name"])
        for row in read(old, "names")
        if row["kind"] == "district" and row["valid_to"] == JULY
    }
    found = [
        row
        for row in read(new, "names")
        if row["valid_from"] == JULY and row["kind"] == "commune" and bare(row["name"]) in districts
    ]
    assert len(found) == count


@pytest.mark.parametrize(("old", "new"), OLD_AND_NEW)
def test_a_new_commune_is_not_called_like_a_district(old, new):
    districts = {row["short_name"] for row in read(old, "names") if row["kind"] == "district"}
    communes = {
        row["short_name"]
        for row in read(new, "names")
        if row["valid_from"] == JULY and row["kind"] == "commune"
    }
    assert not districts & communes


def test_what_became_of_nhu_thanh():
    links = defaultdict(set)
    for row in commune_links("thanh-hoa"):
        if row["unit"].startswith("th-nhu-thanh-"):
            links[row["unit"].removeprefix("th-nhu-thanh-")].add(row["into"])
    assert len(links) == 14
    assert links["yen-tho"] == {"th-2025-nhu-thanh", "th-2025-yen-tho"}
    assert links["thanh-tan"] == {"th-2025-thanh-ky", "th-2025-cong-chinh"}
    assert links["ben-sung"] == links["xuan-khang"] == links["hai-long"] == {"th-2025-nhu-thanh"}
    assert set().union(*links.values()) == {
        f"th-2025-{name}"
        for name in ("nhu-thanh", "xuan-du", "xuan-thai", "mau-lam", "yen-tho", "thanh-ky", "cong-chinh")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "day", "unit", "name"),
    [
        ("24", "2025-06-30", "bac-giang", "Tỉnh Bắc Giang"),
        ("24", "2025-07-01", "bac-ninh-2025", "Tỉnh Bắc Ninh"),
        ("27", "2025-06-30", "bac-ninh", "Tỉnh Bắc Ninh"),
        ("06652", "2025-06-30", "qn-ha-long-ha-phong", "Phường Hà Phong"),
        ("06652", "2025-07-01", "qn-2025-ha-tu", "Phường Hà Tu"),
        ("16228", "2025-07-01", "th-2025-nhu-thanh", "Xã Như Thanh"),
        ("205", "2024-11-01", "qn-dong-trieu", "Thành phố Đông Triều"),
        ("07810", "2019-12-31", "bg-hiep-hoa-thang", "Thị trấn Thắng"),
        ("07840", "2019-12-31", "bg-hiep-hoa-duc-thang", "Xã Đức Thắng"),
        ("07840", "2020-01-01", "bg-hiep-hoa-thang", "Thị trấn Thắng"),
    ],
)
def test_a_code_means_what_it_meant_on_the_day(code, day, unit, name):
    holders = [row["unit"] for row in all_rows("codes") if row["code"] == code and holds(row, day)]
    assert holders == [unit]
    assert on(all_rows("names"), day, "name")[unit] == name


@pytest.mark.parametrize(
    ("unit", "into", "day"),
    [
        ("bac-giang", "bac-ninh-2025", JULY),
        ("bac-ninh", "bac-ninh-2025", JULY),
        ("qn-hoanh-bo", "qn-ha-long", "2020-01-01"),
        ("th-dong-son", "th-tp-thanh-hoa", "2025-01-01"),
        ("bg-yen-dung", "bg-tp-bac-giang", "2025-01-01"),
        ("th-thieu-hoa-thieu-phu", "th-thieu-hoa-thieu-hoa", "2024-02-01"),
        ("qn-ba-che-minh-cam", "qn-ba-che-luong-mong", "2024-11-01"),
        ("bg-tp-bac-giang-le-loi", "bg-tp-bac-giang-tran-phu", "2025-01-01"),
    ],
)
def test_whole_mergers(unit, into, day):
    rows = [row for row in all_events() if row["unit"] == unit]
    assert [(r["kind"], r["into"], r["day"]) for r in rows if r["kind"] == "merge_whole"] == [
        ("merge_whole", into, day)
    ]


def test_chu_was_cut_from_luc_ngan():
    rows = [row for row in events("bac-giang") if row["kind"] == "split"]
    assert {(row["unit"], row["into"]) for row in rows} == {
        ("bg-luc-ngan", "bg-chu"),
        ("bg-luc-ngan", "bg-luc-ngan"),
    }


def test_receivers_that_no_source_names_are_left_open():
    rows = [row for row in all_events() if row["note"] == "đơn vị nhận chưa có nguồn"]
    assert {(row["kind"], row["into"], row["whole"]) for row in rows} == {("dissolve", "", "no")}
    assert Counter(row["event"] for row in rows) == {
        "nq-837-2020": 4,
        "nq-1191-2025": 11,
        "nq-1238-2025": 1,
    }


def test_every_facility_of_the_end_of_june_2025_is_accounted_for():
    eve, now = day_before(JULY), "2026-11-25"
    areas = {"province", "district", "commune"}
    facilities = {u for u, kind in on(all_rows("names"), eve, "kind").items() if kind not in areas}
    standing = on(all_rows("names"), now, "name")
    placed = [row for row in all_rows("parents") if row["relation"] == "administrative"]
    above = on(placed, now, "parent")
    told = _by("unit", [row for row in all_events() if JULY <= row["day"] <= now])
    open_ends = Counter()
    for unit in facilities - (standing.keys() & above.keys()):
        rows = told[unit]  # KeyError: nothing says what became of it
        went = any(row["into"] not in ("", unit) or row["kind"] == "dissolve" for row in rows)
        if not went:
            assert {row["kind"] for row in rows} <= {"unknown", "rename"}, unit
            open_ends[unit[:2], on(all_rows("names"), eve, "kind")[unit]] += 1
    assert open_ends == {
        ("bg", "health_centre"): 10,
        ("bg", "provincial_hospital"): 5,
        ("bg", "provincial_centre"): 1,
        ("bg", "polyclinic"): 1,
        ("bg", "health_department"): 1,
        ("bg", "department_office"): 4,
        ("th", "health_centre"): 27,
        ("th", "commune_station"): 14,
    }


def test_the_two_parents_of_the_stations():
    stations = {u for u, k in on(read("thanh-hoa", "names"), JULY, "kind").items() if k == "commune_station"}  # fmt: skip
    rows = [row for row in read("thanh-hoa", "parents") if row["unit"] in stations]
    above = {
        relation: [row for row in rows if row["relation"] == relation]
        for relation in ("administrative", "professional")
    }
    eve, last = day_before(JULY), "2026-01-01"
    assert set(on(above["administrative"], eve, "parent").values()) == {
        row["unit"] for row in commune_links("thanh-hoa") if row["unit"].startswith("th-nhu-thanh-")
    }
    assert on(above["administrative"], JULY, "parent") == {}  # which new commune is not known
    assert set(on(above["professional"], day_before(last), "parent").values()) == {
        "th-ttyt-nhu-thanh"
    }
    assert set(on(above["professional"], last, "parent").values()) == {"th-so-y-te"}


def _by(column, rows):
    found = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found
