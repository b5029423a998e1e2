"""Kenya's monthly services: codes, an instruction and names in three heading rows."""

from datetime import date
from functools import cache

import pytest

from etl.find_heading import find_heading
from etl.grid import Sheet
from etl.match_headings import HeadingMatcher
from etl.read import read
from etl.validate import validate
from indicators.deployment import Deployment
from indicators.period import PeriodKind
from indicators.wording import HeadingWords, Wording
from tests.real.made import Read, cells, made, quantity, read_real
from tests.shared import shared

SHEET = "Service_data_2"
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
MONTHS += ["October", "November", "December"]
KEYS = 3


def sheets() -> dict[str, Sheet]:
    path = shared("data", "kenya", "kenya.xlsx")
    return {str(s.name): s for s in read(path.name, path.read_bytes()).sheets}


@cache
def services() -> Sheet:
    return sheets()[SHEET]


@cache
def deployment() -> Deployment:
    """The 47 counties and the services of one sheet; the other sheets are set aside."""
    codes, instruction, names, *rows = services().rows
    heads = zip(codes[KEYS:], names[KEYS:], strict=True)
    most = {"Penta3": "Penta1"}
    quantities = [quantity(str(c), str(n), at_most=most.get(str(c))) for c, n in heads]
    units = {f"c{i}": name for i, name in enumerate(dict.fromkeys(str(row[0]) for row in rows))}
    said = tuple(str(text) for text in instruction if text)
    words = Wording(
        HeadingWords(unit=("district", "Districtname"), neutral=said),
        sheets_ignored=tuple(name for name in sheets() if name != SHEET),
    )
    return made("Kenya", units, quantities, PeriodKind.MONTH, words)


@cache
def found() -> Read:
    return read_real(shared("data", "kenya", "kenya.xlsx"), deployment())


def test_three_heading_rows_are_one_heading() -> None:
    (table,) = found().found.tables
    assert table.heading_rows == (1, 2, 3)
    roles = {c.column: c.role for c in table.columns}
    assert [roles[c] for c in (1, 2, 3, 4)] == ["unit", "year", "month", "value"]
    penta = next(c for c in table.columns if c.quantity == "Penta1")
    assert penta.path[0] == "Penta1" and "Pentavalent" in penta.path[-1]


def test_every_figure_is_read() -> None:
    codes, _, _, *rows = services().rows
    units = {row.name: row.unit for row in deployment().units.names}
    plain = {
        (units[str(row[0])], f"{row[1]}-{MONTHS.index(str(row[2])) + 1:02}", str(code)): str(value)
        for row in rows
        for code, value in zip(codes[KEYS:], row[KEYS:], strict=True)
        if value is not None
    }
    assert cells(found().found.entries) == plain and len(plain) > 20_000
    assert found().refusing == set()


def test_the_third_dose_above_the_first_is_listed() -> None:
    """859 rows of 2,820, as counted in the file itself."""
    codes, _, _, *rows = services().rows
    first, third = codes.index("Penta1"), codes.index("Penta3")
    above = [row for row in rows if (row[third] or 0) > (row[first] or 0)]
    said = validate(found().found.entries, "kenya.xlsx", deployment(), date(2026, 1, 1))
    assert sum(f.code == "part-above-whole" for f in said) == len(above) == 859


@pytest.mark.parametrize("name", ["Reporting_completeness"])
def test_two_heading_rows_with_merged_groups_below_the_codes(name: str) -> None:
    sheet = sheets()[name]
    groups = ("ANC reporting", "Institutional delivery reporting", "Vaccinations reporting")
    measures = ("Expected number (#)", "Received number (#)", "Reporting completeness rate (%)")
    named = [
        quantity(f"{group}-{measure}", f"{group} / {measure}")
        for group in (*groups, "OPD visits reporting", "IPD admissions reporting")
        for measure in measures
    ]
    words = Wording(
        HeadingWords(
            unit=("district", "Districtname"),
            neutral=tuple(str(code) for code in sheet.rows[0][KEYS:]),
        )
    )
    place = made("Kenya", {"a": "A"}, named, PeriodKind.MONTH, words)
    rows = find_heading(sheet, HeadingMatcher(place.catalogue, words))
    assert rows is not None and (rows.first, rows.last) == (0, 2)
    assert [rows.columns[c].quantity for c in range(KEYS, 18)] == [q.id for q in named]
