"""Questions about real figures: Kenya's third doses, India's second month, Viet Nam's beds."""

import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from math import log10
from pathlib import Path
from statistics import median

import pytest
from openpyxl import load_workbook

from etl.rules.history import against_history
from etl.rules.sides import sides
from indicators.catalogue import Behaviour
from indicators.rules import Rule, RuleKind
from indicators.statistics.outliers import SLIP_WIDTH
from tests.etl.cases import Row, codes, said, world_of
from tests.real.gso import BEDS, TOTALS, read_table
from tests.shared import shared

DOSES = world_of(
    {"penta1": Behaviour.FLOW, "penta3": Behaviour.FLOW},
    [Rule("third_dose", RuleKind.AT_MOST, ("penta3",), ("penta1",))],
)
HOSPITAL_BEDS = world_of({"beds": Behaviour.STOCK})


def grid(path: Path, sheet: str | None = None) -> list[tuple[object, ...]]:
    """The cells of a sheet as openpyxl reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # "no default style"
        book = load_workbook(path, data_only=True)
    return list((book[sheet] if sheet else book.active).iter_rows(values_only=True))


def number(cell: object) -> int | None:
    """A figure written as a number or as a text of digits; None for a blank."""
    text = str(cell or "").removesuffix(".0")
    return int(text) if text.isdigit() else None


# --- Kenya: 47 areas, 60 months


@pytest.fixture(scope="module")
def doses() -> list[Row]:
    rows = grid(shared("data", "kenya", "kenya.xlsx"), "Service_data_2")
    names = [str(cell) for cell in rows[0]]
    columns = {
        name: names.index(name) for name in ("district", "year", "month", "Penta1", "Penta3")
    }
    found: list[Row] = []
    for row in rows[3:]:
        area, year, month = (row[columns[name]] for name in ("district", "year", "month"))
        if area and year and month:
            period = f"{datetime.strptime(f'{month} {year}', '%B %Y'):%Y-%m}"
            for name in ("Penta1", "Penta3"):
                found.append((str(area), period, name.lower(), number(row[columns[name]])))
    return found


def test_the_third_dose_exceeds_the_first_in_859_rows(doses: list[Row]) -> None:
    assert len(doses) == 2 * 47 * 60
    found = said(sides, doses, deployment=DOSES)
    assert len(found) == 859
    assert {finding.code for finding in found} == {"part-above-whole"}
    values = {row[:3]: row[3] for row in doses}
    for finding in found:
        cell = finding.facts["unit"], finding.facts["period"]
        assert int(values[*cell, "penta3"] or 0) > int(values[*cell, "penta1"] or 0)


# --- India: April, and May with April in it


def months(name: str, month: str) -> Iterator[Row]:
    """Every figure of the totals of districts, one "quantity" for each line of the report."""
    rows = grid(shared("data", "india-hmis", name))
    districts = {c: str(cell) for c, cell in enumerate(rows[6]) if cell and c >= 4}
    for line, row in enumerate(rows[8:]):
        for column, district in districts.items():
            value = number(row[column])
            if value is not None:
                yield district, month, f"item{line}", value


@cache
def india() -> tuple[Row, ...]:
    return (
        *months("A_Apr_2020-2021.xlsx", "2020-04"),
        *months("B_May_2020-2021.xlsx", "2020-05"),
    )


def test_the_second_month_is_recognised_as_cumulative() -> None:
    rows = india()
    world = world_of(dict.fromkeys({row[2] for row in rows}, Behaviour.FLOW))
    (finding,) = (f for f in said(against_history, rows, deployment=world))
    assert (finding.code, finding.facts["period"]) == ("looks-cumulative", "2020-05")
    assert int(finding.facts["count"]) > 4500


def test_the_second_month_alone_is_not_cumulative() -> None:
    first = {row[:1] + row[2:3]: int(row[3] or 0) for row in india() if row[1] == "2020-04"}
    alone: list[Row] = []
    for unit, month, item, value in india():
        before = first.get((unit, item), 0) if month == "2020-05" else 0
        alone.append((unit, month, item, max(int(value or 0) - before, 0)))
    world = world_of(dict.fromkeys({row[2] for row in alone}, Behaviour.FLOW))
    found = Counter(codes(against_history, alone, deployment=world))
    assert "looks-single" not in found
    assert found["looks-cumulative"] < 20


# --- Viet Nam: beds of 63 provinces, 2002 to 2016


@pytest.fixture(scope="module")
def beds() -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for (place, year), value in sorted(read_table(BEDS).items(), key=lambda cell: cell[0][1]):
        if place.strip() not in TOTALS and value is not None:
            found.setdefault(place.strip(), []).append((year, int(value)))
    return found


def rows_of(beds: dict[str, list[tuple[int, int]]]) -> list[Row]:
    return [(place, str(y), "beds", n) for place, years in beds.items() for y, n in years]


def test_untouched_series_have_no_slip(beds: dict[str, list[tuple[int, int]]]) -> None:
    found = Counter(codes(against_history, rows_of(beds), deployment=HOSPITAL_BEDS))
    assert len(beds) >= 63 and found["digit-slip"] == found["measure-slip"] == 0
    # What is asked about is real: provinces were divided in 2003, Hà Nội took in Hà Tây in 2008.
    assert found["stock-jumps"] <= 0.02 * len(rows_of(beds))


@pytest.mark.parametrize("times", [10, 0.1])
def test_every_slip_of_a_digit_is_found(
    beds: dict[str, list[tuple[int, int]]], times: float
) -> None:
    spoilt, true_jumps = {}, set()
    for place, years in beds.items():
        for n in range(3, len(years)):
            year, count = years[n]
            spoilt[f"{place} {year}"] = [*years[:n], (year, round(count * times))]
            change = log10(count / median(earlier for _, earlier in years[n - 3 : n]))
            if abs(change) > SLIP_WIDTH - 0.001:
                true_jumps.add(f"{place} {year}")
    found = said(against_history, rows_of(spoilt), deployment=HOSPITAL_BEDS)
    last = {place: str(years[-1][0]) for place, years in spoilt.items()}
    by_place = {
        f.facts["unit"]: f.code for f in found if f.facts["period"] == last[f.facts["unit"]]
    }
    assert len(spoilt) == 753 and by_place.keys() == spoilt.keys()  # every one is asked about
    named = {place for place, code in by_place.items() if code == "digit-slip"}
    # Unnamed are only those where the true count itself rose or fell by 40 % (Hà Nội in 2008).
    assert spoilt.keys() - named <= true_jumps and len(true_jumps) == 13
