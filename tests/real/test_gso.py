"""Beds per 10,000 people by province and year through the command line, against plain division."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.cli import row_of, rows_of, run
from tests.real.gso import (
    BEDS,
    COUNTRY,
    POPULATION,
    VIET_NAM,
    Table,
    beds_per_10k,
    by_province,
    one_space,
    provinces_with_any,
    read_table,
    unit_ids,
    write_long_files,
    years_of_both,
)

YEARS = tuple(range(2002, 2017))
TARGET = 25
EXACT = 1e-12


@pytest.fixture(scope="module")
def beds() -> Table:
    return read_table(BEDS)


@pytest.fixture(scope="module")
def population() -> Table:
    return read_table(POPULATION)


@pytest.fixture(scope="module")
def files(beds: Table, population: Table, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_long_files(beds, population, tmp_path_factory.mktemp("gso"))


@pytest.fixture(scope="module")
def db(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("viet-nam") / "viet-nam.duckdb"
    run("etl", "init", data=VIET_NAM, db=path)
    run("etl", "load", *files, "--reason", "chia, nhập tỉnh", data=VIET_NAM, db=path)
    return path


def verdicts(plan: str, year: int, db: Path, *more: str) -> Any:
    """The verdicts of a plan for one year."""
    asked = ("--plan", plan, "--period", str(year), *more)
    return run("indicators", "verdicts", *asked, data=VIET_NAM, db=db)


def country(beds: Table, population: Table, year: int) -> tuple[Decimal, Decimal]:
    """Beds and people of all provinces that have both."""
    top, bottom = by_province(beds, year), by_province(population, year)
    both = set(top) & set(bottom)
    return sum((top[p] for p in both), Decimal(0)), sum((bottom[p] for p in both), Decimal(0))


def test_both_exports_share_fifteen_years(beds: Table, population: Table) -> None:
    assert tuple(years_of_both(beds, population)) == YEARS


def test_no_total_is_written_as_a_unit(files: list[Path], beds: Table, population: Table) -> None:
    for path, year in zip(files, YEARS, strict=True):
        with path.open(encoding="utf-8", newline="") as file:
            units = [one_space(row["unit"]) for row in csv.DictReader(file)]
        assert sorted(set(units)) == provinces_with_any(year, beds, population)
        assert len(units) == 2 * len(set(units))


def test_every_spelling_of_the_exports_is_a_unit(beds: Table, population: Table) -> None:
    ids = unit_ids()
    found = {ids[p] for year in YEARS for p in provinces_with_any(year, beds, population)}
    assert len(found) == 64


def test_the_provinces_add_up_to_the_country(beds: Table, population: Table) -> None:
    published = {(one_space(label), year): value for (label, year), value in population.items()}
    for year in YEARS:
        _, people = country(beds, population, year)
        assert people == pytest.approx(published[COUNTRY, year], abs=Decimal(5))


@pytest.mark.parametrize("year", YEARS)
def test_every_province_is_its_own_beds_over_its_own_people(
    beds: Table, population: Table, db: Path, year: int
) -> None:
    ids, top, bottom = unit_ids(), by_province(beds, year), by_province(population, year)
    own = {ids[p]: beds_per_10k(top[p], bottom[p]) for p in set(top) & set(bottom)}
    rows = {r["scope"]: r for r in rows_of(verdicts("tung-tinh", year, db))}
    rows.pop("viet-nam", None)
    assert set(rows) == {ids[p] for p in provinces_with_any(year, beds, population)}
    for unit, row in rows.items():
        assert row["value"] == pytest.approx(float(own[unit]), rel=EXACT)
        assert (row["verdict"] in ("met", "exceeded")) is (own[unit] >= TARGET)


@pytest.mark.parametrize("year", YEARS)
def test_the_country_is_the_ratio_of_sums(
    beds: Table, population: Table, db: Path, year: int
) -> None:
    document = verdicts("bo-y-te-2020", year, db)
    row = row_of(document, indicator="beds_per_10k", scope="viet-nam")
    top, thousands = country(beds, population, year)
    ratio = beds_per_10k(top, thousands)
    assert (row["numerator"], row["denominator"]) == (top, thousands * 1000)
    assert row["value"] == pytest.approx(float(ratio), rel=EXACT)
    assert (row["verdict"] in ("met", "exceeded")) is (ratio >= TARGET)
    assert row["coverage"]["expected"] == row["coverage"]["reported"]
    assert row["coverage"]["missing"] == []


def test_a_quantity_nobody_reported_has_no_value(db: Path) -> None:
    document = verdicts("bo-y-te-2020", 2016, db)
    row = row_of(document, indicator="doctors_per_10k", scope="viet-nam")
    assert (row["value"], row["verdict"]) == (None, "no_data")


def test_a_province_is_expected_only_while_it_exists(db: Path) -> None:
    expected = {}
    for year in (2003, 2004, 2007, 2008):
        document = verdicts("bo-y-te-2020", year, db)
        row = row_of(document, indicator="beds_per_10k", scope="viet-nam")
        expected[year] = row["coverage"]["expected"]
    assert expected == {2003: 61, 2004: 64, 2007: 64, 2008: 63}


def test_a_region_is_the_ratio_of_sums_over_its_provinces(
    beds: Table, population: Table, db: Path
) -> None:
    provinces = ("Kon Tum", "Gia Lai", "Dak Lak", "Dak Nong", "Lam Dong")
    top, bottom = by_province(beds, 2016), by_province(population, 2016)
    ratio = (
        Fraction(sum(top[p] for p in provinces)) * 10 / Fraction(sum(bottom[p] for p in provinces))
    )
    document = verdicts("bo-y-te-2020", 2016, db, "--unit", "vung-tay-nguyen")
    row = row_of(document, indicator="beds_per_10k", scope="vung-tay-nguyen")
    assert row["value"] == pytest.approx(float(ratio), rel=EXACT)
