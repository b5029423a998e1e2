"""The workbook, the list of who has not sent, the rows: numbers that are numbers, formulas that hold."""

import csv
import re
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from etl.export.rows import rows_csv, rows_parquet, rows_xlsx
from etl.papers_made import Papers
from indicators.catalogue import Window
from indicators.period import parse_period
from indicators.report.reminder import reminders
from indicators.report.times import overdue_text
from tests.etl.papers.conftest import PROVINCE, SILENT

# Where the columns of the third quarter stand (test_columns.py).
ALONE, ACTUAL, VERDICT = 6, 7, 11

EVIL = ('=HYPERLINK("http://x")', "+1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1")


@pytest.fixture(scope="module")
def content(full: Papers) -> bytes:
    return full.xlsx()


@pytest.fixture(scope="module")
def formulas(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def values(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content), data_only=True)


def worked_out(formula: str, page: Any) -> float:
    """A formula of products, quotients and differences of cells, worked out by Python."""
    names = re.sub(r"\b([A-Z])(\d+)\b", lambda m: f"page['{m[0]}'].value", formula.lstrip("="))
    return float(eval(names, {"page": page}))


def by_heading(page: Any) -> list[dict[str, Any]]:
    """The rows of the table of results, cells by the heading of their column."""
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    top = next(at for at, row in enumerate(rows) if row[0] == "TT")
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 2 :] if row[1]]


def test_sheets_are_there_and_each_says_it_is_simulated(formulas: Any) -> None:
    names = formulas.sheetnames
    assert names[:2] == ["Tổng hợp", "Kết quả"] and {"Đơn vị và kỳ", "Số liệu gốc"} <= set(names)
    for page in formulas:
        assert "Số liệu mô phỏng" in (page.oddFooter.left.text or ""), page.title
        assert (
            page.page_setup.orientation == "landscape" and page.freeze_panes
        ) or page.title == "Tổng hợp"


@pytest.mark.parametrize("sheet", ["Kết quả", "Đơn vị và kỳ"])
def test_formulas_give_what_is_kept_beside_them(formulas: Any, values: Any, sheet: str) -> None:
    counted = 0
    for row in formulas[sheet].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                kept = values[sheet][cell.coordinate].value
                assert worked_out(cell.value, values[sheet]) == pytest.approx(kept, abs=1e-6)
                counted += 1
    assert counted > 20


def test_verdicts_are_counted_from_the_table(formulas: Any, values: Any, full: Papers) -> None:
    page = values["Tổng hợp"]
    rows = {row[0].value: row[1].value for row in page.iter_rows() if row[0].value}
    assert rows["Cộng"] == len(full.material.judged)
    table = values["Kết quả"]
    for word in ("Đạt", "Vượt", "Nguy cơ không đạt"):
        counted = sum(
            row[VERDICT].value == word and row[0].value != "-" for row in table.iter_rows()
        )
        assert counted == rows[word]
    assert any(
        str(cell.value).startswith("=COUNTIFS(")
        for row in formulas["Tổng hợp"].iter_rows()
        for cell in row
    )


def test_numbers_are_those_of_the_assessments(values: Any, full: Papers) -> None:
    table = {row[1].value: row for row in values["Kết quả"].iter_rows() if row[1].value}
    for a in full.material.judged:
        row = table[a.target.name_vi]
        if a.measure.value is not None and not a.also and not a.units:
            assert Fraction(row[ACTUAL].value) == pytest.approx(a.measure.value)


def test_a_quarter_stands_beside_what_counts_from_january(values: Any, full: Papers) -> None:
    """The half-year and the third quarter make nine months, worked out from numerators."""
    table = {row[1].value: row for row in values["Kết quả"].iter_rows() if row[1].value}
    half, asking, seen = parse_period("2021-H1"), full.material.assessor, 0
    for a in full.material.judged:
        alone, value = table[a.target.name_vi][ALONE].value, a.measure.value
        if value is None or a.also or a.units or a.scope != PROVINCE:
            continue
        if a.indicator.window is Window.PERIOD:
            assert alone == table[a.target.name_vi][ACTUAL].value, a.target.id
        elif a.measure.is_whole and a.indicator.condition is None:
            first, both = asking.measure(a.indicator, half), a.measure
            parts = (m.numerator and Fraction(m.numerator) for m in (both, first))
            top = Fraction(next(parts) or 0) - Fraction(next(parts) or 0)
            if a.indicator.denominator:
                down = Fraction(both.denominator or 0) - Fraction(first.denominator or 0)
                top = top / down if down else top / Fraction(both.denominator or 1)
            assert Fraction(alone) == pytest.approx(top * a.indicator.factor), a.target.id
            seen += 1
    assert seen


def test_facts_name_their_cells(values: Any) -> None:
    page = values["Số liệu gốc"]
    heads = [cell.value for cell in page[1]]
    assert {"unit", "quantity", "value", "file", "row", "column", "received_by"} <= set(heads)
    assert page.max_row > 1000
    assert isinstance(page.cell(2, heads.index("row") + 1).value, int)


def test_the_same_bytes_for_the_same_moment(full: Papers, content: bytes) -> None:
    assert full.xlsx() == content
    assert full.late(".xlsx") == full.late(".xlsx")


def test_who_has_not_sent_is_listed_with_the_text(full: Papers) -> None:
    found = {r.unit: r for r in reminders(full.material)}
    assert SILENT in found
    said = found[SILENT]
    assert said.text.startswith("Kính gửi: Bệnh viện Nội tiết.")
    days = (full.asked.today - min(r.due for r in said.late)).days
    assert said.days == days and overdue_text(days) in said.text
    rows = list(csv.reader(StringIO(full.late(".csv").decode("utf-8-sig")), delimiter=";"))
    listed = next(row for row in rows if SILENT in row)
    assert listed[-1] == said.text and listed[2] == str(len(said.late))


def test_without_figures_everybody_is_reminded(empty: Papers) -> None:
    assert len(reminders(empty.material)) == empty.material.reporting.units_due == 84


def test_nothing_that_came_from_a_person_is_run() -> None:
    rows = [{"text": text, "number": -1.5} for text in EVIL]
    read = list(csv.reader(StringIO(rows_csv(rows, ["text", "number"]).decode("utf-8-sig"))))
    assert all(row[0].startswith("'") and row[1] == "-1.5" for row in read[1:])
    page = openpyxl.load_workbook(BytesIO(rows_xlsx(rows, ["text", "number"], "x"))).active
    assert page is not None
    for row in page.iter_rows(min_row=2):
        assert row[0].data_type == "s" and row[1].value == -1.5
    table = pq.read_table(BytesIO(rows_parquet(rows, ["text", "number"])))
    assert table["text"].to_pylist() == list(EVIL) and table["number"].to_pylist() == [-1.5] * 4
