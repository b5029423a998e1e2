"""The two small deployments: data files alone, valid, and true to the history of their units."""

from datetime import date
from pathlib import Path

import pytest

from indicators.deployment import load_deployment
from indicators.units import UnitTree
from tests.cli import DEPLOYMENTS, run

FOLDERS = ("england", "viet-nam")
COUNTS = [
    ("england", "local_authority", date(2018, 6, 30), 151),
    ("england", "local_authority", date(2019, 6, 30), 150),
    ("england", "local_authority", date(2021, 6, 30), 151),
    ("viet-nam", "province", date(2003, 12, 31), 61),
    ("viet-nam", "province", date(2004, 12, 31), 64),
    ("viet-nam", "province", date(2008, 7, 31), 64),
    ("viet-nam", "province", date(2008, 8, 1), 63),
    ("viet-nam", "province", date(2025, 6, 30), 63),
    ("viet-nam", "province", date(2025, 7, 1), 34),
]


def tree(folder: str, day: date) -> UnitTree:
    """The units of a deployment on one day."""
    return load_deployment(DEPLOYMENTS / folder).units.at(day)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_deployment_is_data_files_and_nothing_else(folder: str) -> None:
    files = [path for path in (DEPLOYMENTS / folder).rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".toml", ".csv"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_command_line_finds_no_fault_in_it(folder: str, tmp_path: Path) -> None:
    run("indicators", "check", data=DEPLOYMENTS / folder, db=tmp_path / "none.duckdb")


@pytest.mark.parametrize(("folder", "kind", "day", "count"), COUNTS)
def test_the_list_of_units_is_that_of_its_day(
    folder: str, kind: str, day: date, count: int
) -> None:
    assert sum(unit.kind == kind for unit in tree(folder, day).units.values()) == count


@pytest.mark.parametrize(("folder", "kind", "day", "count"), COUNTS)
def test_every_unit_hangs_under_the_country(folder: str, kind: str, day: date, count: int) -> None:
    units = tree(folder, day)
    assert units.roots == (folder,)
    assert len(list(units.within(folder))) == len(units.units)


def test_a_code_means_another_province_after_the_merger() -> None:
    holders = {
        day: [
            unit.id for unit in tree("viet-nam", day).units.values() if ("gso", "24") in unit.codes
        ]
        for day in (date(2025, 6, 30), date(2025, 7, 1))
    }
    assert list(holders.values()) == [["bac-giang"], ["bac-ninh-2025"]]


def test_an_authority_keeps_its_identity_under_a_new_code() -> None:
    codes = [
        tree("england", day).units["buckinghamshire"].codes
        for day in (date(2021, 3, 31), date(2021, 4, 1))
    ]
    assert codes == [(("ods", "612"),), (("ods", "916"),)]
