"""England's eight workbooks as published, against the long file that was read from them."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import pytest

from etl.entries import Hints
from etl.load import Loaded, examine
from etl.match_headings import Column
from indicators.deployment import load_deployment
from indicators.period import parse_period
from tests.real.cover import ENGLAND, Cover, quarter_of, read_cover
from tests.real.made import Read, cells, read_real
from tests.shared import shared

FILES = [f"2018_2019_Q{n}.xlsx" for n in range(1, 5)] + [f"2019_2020_Q{n}.ods" for n in range(1, 5)]
AGREES = Fraction(6, 100)  # half of the last printed digit, and what rounding twice can add
REGIONS = 9
SHEETS = ("12m_UTLA_GOR", "24m_UTLA_GOR", "5y_UTLA_GOR")
VACCINES = ("dtap_12m", "mmr1_24m", "mmr2_5y")


@cache
def deployment():
    return load_deployment(ENGLAND)


@cache
def found(file: str) -> Read:
    path = shared("data", "england-cover", file)
    return read_real(path, deployment(), quarter_of(file.partition(".")[0]))


@cache
def plain() -> list[Cover]:
    return read_cover()


def of(file: str) -> Iterator[Cover]:
    quarter = quarter_of(file.partition(".")[0])
    return (row for row in plain() if row.quarter == quarter)


@pytest.mark.parametrize("file", FILES)
def test_nothing_stops_the_workbook(file: str) -> None:
    loaded = Loaded(file, "")
    content = shared("data", "england-cover", file).read_bytes()
    period = parse_period(quarter_of(file.partition(".")[0]))
    examine(file, content, deployment(), Hints(parse_period("2024").end, period), loaded)
    assert found(file).refusing == set()
    assert {f.code for f in loaded.findings} <= {
        "duplicate-equal", "number-rounded", "part-above-whole", "row-ignored", "row-set-aside",
        "period-chosen", "row-total", "sheet-ignored",
    }  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_numerators_and_denominators_are_those_of_the_long_file(file: str) -> None:
    entries = cells(found(file).found.entries)
    parts = {key: value for key, value in entries.items() if not key[2].endswith("_published")}
    expected = {
        (row.unit, row.quarter, f"{row.vaccine}_{part}"): value
        for row in of(file)
        for part, value in (("vaccinated", row.vaccinated), ("eligible", row.eligible))
    }
    shown = {k: "not_available" if v is None else str(v) for k, v in expected.items()}
    # An area whose cells are blank has no entry; the long file has a row without figures for it.
    absent = {k for k, v in shown.items() if k not in parts and v == "not_available"}
    assert parts == {k: v for k, v in shown.items() if k not in absent}
    assert len(parts) > 850


@pytest.mark.parametrize("file", FILES)
def test_published_percentages_agree_with_their_parts(file: str) -> None:
    entries = cells(found(file).found.entries)
    compared = 0
    for row in of(file):
        published = entries.get((row.unit, row.quarter, f"{row.vaccine}_published"))
        if row.percent is None or published in (None, "not_available"):
            continue
        assert abs(Fraction(published) - row.percent) <= AGREES, row
        compared += 1
    assert compared > 400


@pytest.mark.parametrize("file", FILES)
def test_suppressed_cells_are_absent_and_never_zero(file: str) -> None:
    e = found(file).found.entries
    marked = [i for i, raw in enumerate(e.raw) if raw.strip("*") == "" and raw]
    assert all(e.figure[i].value is None and e.figure[i].absence for i in marked)


def test_there_are_suppressed_cells() -> None:
    marked = sum(raw.startswith("*") for file in FILES for raw in found(file).found.entries.raw)
    assert marked > 15


@pytest.mark.parametrize("file", FILES)
def test_regions_and_the_nation_are_totals(file: str) -> None:
    totals = found(file).found.totals
    for sheet in SHEETS:
        labels = {t.label for t in totals if t.sheet == sheet}
        regions = {label for label in labels if label.endswith(" Total")}
        assert len(regions) == REGIONS and "England" in labels
    assert "england" not in found(file).found.entries.unit
    assert {t.area for t in totals if t.label == "England"} == {"england"}


@pytest.mark.parametrize("file", FILES)
def test_the_record_says_what_each_column_is(file: str) -> None:
    tables = {t.sheet: t for t in found(file).found.tables}
    assert len(tables) == 4 and set(SHEETS) < set(tables)
    for sheet, vaccine in zip(SHEETS, VACCINES, strict=True):
        (figures,) = (c for c in tables[sheet].columns if c.role == Column.VALUE)
        assert figures.quantity == f"{vaccine}_published" and tables[sheet].heading_rows == (1,)
        units = {i for (role, _), i in tables[sheet].labels.items() if role == Column.UNIT and i}
        assert len(units) >= 149
        assert {row.reason for row in tables[sheet].skipped} >= {"row-total", "row-set-aside"}
