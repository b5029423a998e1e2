"""Units through time: names, codes and parents hold from a day until before another."""

from datetime import date
from pathlib import Path

import pytest

from indicators.deployment import load_deployment
from indicators.units import CodeRow, NameRow, ParentRow, Relation, UnitRegistry

DATA = Path(__file__).resolve().parents[2] / "data"
MERGER = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)


def registry() -> UnitRegistry:
    """A province whose district is renamed and whose code and parent move."""
    return UnitRegistry(
        names=(
            NameRow("p", "province", "Tỉnh P", "P", "nguồn"),
            NameRow("q", "province", "Tỉnh Q", "Q", "nguồn", MERGER),
            NameRow("d", "district", "Huyện D", "D", "nguồn", None, MERGER),
            NameRow("d", "town", "Thị xã D", "D", "nguồn", MERGER, date(2027, 1, 1)),
            NameRow("t", "centre", "TTYT D", "TTYT D", "nguồn"),
        ),
        codes=(
            CodeRow("d", "gso", "24", "nguồn", None, MERGER),
            CodeRow("q", "gso", "24", "nguồn", MERGER),
            CodeRow("d", "moh", "0024", "nguồn"),
        ),
        parents=(
            ParentRow("d", Relation.ADMINISTRATIVE, "p", "nguồn", None, MERGER),
            ParentRow("d", Relation.ADMINISTRATIVE, "q", "nguồn", MERGER),
            ParentRow("t", Relation.ADMINISTRATIVE, "d", "nguồn"),
            ParentRow("t", Relation.PROFESSIONAL, "p", "nguồn"),
        ),
    )


def test_a_name_holds_until_the_day_before_the_next() -> None:
    units = registry()
    names = [units.at(day).units["d"].name for day in (BEFORE, MERGER)]
    assert names == ["Huyện D", "Thị xã D"]
    assert [units.at(day).units["d"].kind for day in (BEFORE, MERGER)] == ["district", "town"]


def test_a_unit_is_gone_on_the_day_on_which_its_last_name_ends() -> None:
    units = registry()
    assert "d" in units.at(date(2026, 12, 31)).units
    assert "d" not in units.at(date(2027, 1, 1)).units


def test_a_code_is_reused_by_another_unit() -> None:
    units = registry()
    holders = [
        [u.id for u in units.at(day).units.values() if ("gso", "24") in u.codes]
        for day in (BEFORE, MERGER)
    ]
    assert holders == [["d"], ["q"]]
    assert units.at(BEFORE).units["d"].codes == (("gso", "24"), ("moh", "0024"))


def test_a_parent_changes_and_the_identity_stays() -> None:
    units = registry()
    assert [units.at(day).units["d"].parent for day in (BEFORE, MERGER)] == ["p", "q"]
    assert units.at(BEFORE).path("t") == ("p", "d", "t")
    assert units.at(MERGER).path("t") == ("q", "d", "t")


def test_a_unit_has_two_parents_of_different_hierarchies() -> None:
    tree = registry().at(BEFORE)
    assert (tree.units["t"].parent, tree.units["t"].professional_parent) == ("d", "p")
    assert tree.children == {"p": ("d",), "d": ("t",)}
    assert tree.directed == {"p": ("t",)}


def test_within_is_the_unit_and_all_below_it_administratively() -> None:
    tree = registry().at(BEFORE)
    assert [u.id for u in tree.within("p")] == ["p", "d", "t"]
    assert [u.id for u in tree.within("nowhere")] == []


def test_roots_have_no_administrative_parent() -> None:
    assert registry().at(BEFORE).roots == ("p",)
    assert registry().at(MERGER).roots == ("p", "q")


def test_the_path_of_nobody_is_empty() -> None:
    assert registry().at(BEFORE).path("nowhere") == ()


def test_the_newest_name_is_for_lists_that_are_not_about_a_day() -> None:
    assert registry().latest_names["d"].name == "Thị xã D"
    assert registry().ids == {"p", "q", "d", "t"}


def test_the_tree_of_a_day_is_built_once() -> None:
    units = registry()
    assert units.at(BEFORE) is units.at(BEFORE)


@pytest.mark.parametrize("day", [date(2020, 5, 31), date(2021, 12, 31)])
def test_nghi_son_is_tinh_gia_under_a_new_name(day: date) -> None:
    units = load_deployment(DATA).units
    named = {
        row.unit: row.name
        for row in units.names
        if "Nghi Sơn" in row.name and row.kind == "district"
    }
    (unit,) = named
    old = units.at(day).units[unit].name
    assert ("Tĩnh Gia" in old) == (day < date(2020, 6, 1))
