"""The five exports of the Statistics Office as they are: titles, "..", totals, "Prel. 2016"."""

import csv
from functools import cache

import pytest

from etl.entries import Source
from etl.match_headings import Column
from indicators.deployment import load_deployment
from tests.real.gso import TOTALS, VIET_NAM, YEAR, one_space, unit_ids
from tests.real.made import Read, cells, read_real
from tests.shared import shared

# File to the quantity that its title names and the number of its years.
FILES = {
    "Average population by province.csv": ("population_thousands", 22),
    "Infant mortality rate by province.csv": ("infant_mortality_published", 11),
    "Number of patient beds under provincial departments of health by province.csv": ("beds", 15),
    "Percentage of children under 1 year old immunized fully caccinations by province.csv": (
        "full_immunisation_published", 5,
    ),
    "Sex ratio at birth by region.csv": ("sex_ratio_published", 11),
}  # fmt: skip
BY_REGION = "Sex ratio at birth by region.csv"
BY_PROVINCE = [file for file in FILES if file != BY_REGION]
REGIONS = TOTALS | {"North Central and Central coastal areas"}


@cache
def deployment():
    return load_deployment(VIET_NAM)


@cache
def found(file: str) -> Read:
    return read_real(shared("data", "vn-gso", file), deployment())


def plain(file: str) -> dict[tuple[str, str], str]:
    """(label, year) to the figure as written, columns of the whole only."""
    with shared("data", "vn-gso", file).open(encoding="utf-8-sig", newline="") as stream:
        _, _, headings, *rows = csv.reader(stream, delimiter=";")
    years = {c: y for c, text in enumerate(headings) if (y := year_of(text))}
    return {(one_space(row[0]), year): row[c] for row in rows for c, year in years.items()}


def year_of(heading: str) -> str:
    """The year of a column of the whole: "2002 Total", "Total Prel. 2016", "Pre. 2016"."""
    match = YEAR.fullmatch(heading)
    bare = heading.removeprefix("Prel. ").removeprefix("Pre. ")
    return (match[1] or match[2]) if match else bare if bare.isdigit() else ""


@pytest.mark.parametrize("file", FILES)
def test_the_title_names_the_quantity_and_the_headings_the_years(file: str) -> None:
    quantity, years = FILES[file]
    (table,) = found(file).found.tables
    figures = [c for c in table.columns if c.role == Column.VALUE]
    assert {c.quantity for c in figures} == {quantity} and len(figures) == years
    assert figures[-1].period == "2016"
    assert "Pre" in figures[-1].path[0] or quantity == "beds"
    assert dict(figures[0].sources) == {
        "quantity": Source.TITLE, "period": Source.HEADING, "unit": Source.ROW,
    }  # fmt: skip


@pytest.mark.parametrize("file", BY_PROVINCE)
def test_every_province_is_read_and_no_total(file: str) -> None:
    ids, quantity = unit_ids(), FILES[file][0]
    read = cells(found(file).found.entries)
    for (label, year), figure in plain(file).items():
        if label in REGIONS:
            continue
        got = read.pop((ids[label], year, quantity), None)
        # ".." of a year in which the province did not exist is no statement about anything.
        wanted = {None, "not_available"} if figure == ".." else {number(figure)}
        assert got in wanted, (label, year)
    assert read == {}


def number(text: str) -> str:
    """Without the zeros that say nothing: 16.0 is 16."""
    return text.rstrip("0").rstrip(".") if "." in text else text


@pytest.mark.parametrize("file", FILES)
def test_the_country_and_the_regions_are_totals_with_their_figures(file: str) -> None:
    kept = {(t.label, t.period): t for t in found(file).found.totals}
    wanted = {key: figure for key, figure in plain(file).items() if key[0] in REGIONS}
    assert kept.keys() == wanted.keys() and len({label for label, _ in kept}) == 7
    for key, figure in wanted.items():
        assert str(kept[key].figure.value) == number(figure)
        assert kept[key].area is not None and kept[key].quantity == FILES[file][0]


@pytest.mark.parametrize("file", FILES)
def test_nothing_stops_the_file_but_having_no_unit(file: str) -> None:
    assert found(file).refusing == set()
    assert bool(len(found(file).found.entries)) is (file != BY_REGION)


def test_years_of_provinces_that_were_not_there_are_said() -> None:
    said = [f for f in found(BY_PROVINCE[0]).found.findings if f.code == "unit-not-in-period"]
    assert {"Ha Tay", "Hau Giang"} <= {f.got for f in said}
    assert {f.facts["day"] for f in said if f.got == "Hau Giang"} == {
        f"31/12/{year}" for year in range(1995, 2004)
    }
