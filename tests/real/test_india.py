"""India's monthly district report: units and breakdowns in three merged heading rows."""

from collections.abc import Iterator
from functools import cache

import pytest

from etl.entries import Source
from etl.grid import Value
from etl.read import read
from indicators.deployment import Deployment
from indicators.period import PeriodKind
from indicators.wording import HeadingWords, Wording
from tests.real.made import ROOT, Read, cells, made, quantity, read_real
from tests.shared import shared

STATE, FIRST, LABEL, KIND = "Andhra Pradesh", 4, 2, 3
WIDTH = 5  # columns of one district: total, public, private, urban, rural
MONTHS = {"A_Apr_2020-2021.xlsx": "2020-04", "B_May_2020-2021.xlsx": "2020-05"}
PARTS = ("Public [A]", "Private [B]", "Urban [C]", "Rural [D]")
NEUTRAL = ("Districts", "Total [(A+B) or (C+D)]")


@cache
def rows(file: str) -> list[list[Value]]:
    """The rows of the sheet."""
    path = shared("data", "india-hmis", file)
    return read(file, path.read_bytes()).sheets[0].rows


@cache
def deployment() -> Deployment:
    """Districts and data items as the file of April names them, stock ledgers left out."""
    sheet = rows("A_Apr_2020-2021.xlsx")
    names = [str(name) for name in sheet[6][FIRST:] if name and name != STATE]
    units = {f"d{number}": name for number, name in enumerate(names)}
    items = dict.fromkeys(str(row[LABEL]) for row in sheet[8:] if row[KIND] == "TOTAL")
    quantities = [quantity(f"q{number}", item) for number, item in enumerate(items)]
    words = Wording(HeadingWords(ignored=PARTS, neutral=NEUTRAL))
    return made(STATE, units, quantities, PeriodKind.MONTH, words)


@cache
def found(file: str) -> Read:
    return read_real(shared("data", "india-hmis", file), deployment())


def totals_of(file: str) -> Iterator[tuple[str, str, str]]:
    """District, item and figure, read plainly: every fifth column from the second block on."""
    sheet = rows(file)
    for row in sheet[8:]:
        for column in range(FIRST + WIDTH, len(sheet[6]), WIDTH):
            if row[KIND] == "TOTAL" and row[column] is not None:
                yield str(sheet[6][column]), str(row[LABEL]), str(row[column])


@pytest.mark.parametrize("file", MONTHS)
def test_three_heading_rows_are_one_heading(file: str) -> None:
    (table,) = found(file).found.tables
    assert table.heading_rows == (6, 7, 8)
    figures = [c for c in table.columns if c.unit and not c.is_total]
    assert len(figures) == 26 and {c.period for c in figures} == {MONTHS[file]}
    assert figures[0].path == ("Districts", "Alluri Sitharama Raju", "Total [(A+B) or (C+D)]")
    assert dict(figures[0].sources) == {
        "quantity": Source.ROW, "period": Source.TITLE, "unit": Source.HEADING,
    }  # fmt: skip


@pytest.mark.parametrize("file", MONTHS)
def test_every_figure_of_a_district_is_read(file: str) -> None:
    names = {row.name: row.unit for row in deployment().units.names}
    ids = {q.headings[0]: q.id for q in deployment().catalogue.quantities.values()}
    plain = {(names[d], MONTHS[file], ids[i]): figure for d, i, figure in totals_of(file)}
    assert cells(found(file).found.entries) == plain and len(plain) > 5000


@pytest.mark.parametrize("file", MONTHS)
def test_the_state_is_a_total_and_no_unit(file: str) -> None:
    totals = found(file).found.totals
    assert {t.area for t in totals} == {ROOT} and "column-total" in found(file).codes
    assert ROOT not in found(file).found.entries.unit
    first = totals[0]
    assert (first.row, first.column, first.quantity) == (9, 5, "q0")
    assert str(first.figure.value) == str(rows(file)[8][FIRST])


@pytest.mark.parametrize("file", MONTHS)
def test_a_blank_corner_is_told_by_what_stands_below_it(file: str) -> None:
    assert "column-by-content" in found(file).codes
    (label,) = (c for c in found(file).found.tables[0].columns if c.role == "quantity")
    assert label.column == LABEL + 1 and dict(label.sources) == {"role": Source.CONTENT}


@pytest.mark.parametrize("file", MONTHS)
def test_stock_ledgers_that_nobody_declared_are_spoken_of(file: str) -> None:
    unknown = {f.got for f in found(file).found.findings if f.code == "quantity-unknown"}
    ledgers = {
        str(row[LABEL])
        for row in rows(file)[8:]
        if row[KIND] != "TOTAL" and any(v is not None for v in row[FIRST + WIDTH :: WIDTH])
    }
    # Which line of its ledger a stock is, stands in a column without heading: that stops it too.
    assert unknown == ledgers
    assert found(file).refusing == {"quantity-unknown", "column-without-heading"}
