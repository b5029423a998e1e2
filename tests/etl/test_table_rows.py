"""Rows, marks and sheets of printed tables, and the record of what was understood."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import xlwt
from openpyxl import Workbook

from etl.entries import Source
from etl.grid import Merge, Sheet
from etl.match_headings import Column
from etl.numbers import Absence
from etl.read import read
from etl.recognise import recognise
from indicators.wording import Marks, Wording
from tests.etl.tables import (
    CENTRE,
    DOCTORS,
    FOUR,
    HOSPITAL,
    OTHERS,
    PEOPLE,
    codes,
    deployment,
    facts,
    hints,
    recognised,
    sheet,
    worded,
)

# ---- Rows ----------------------------------------------------------------------------------------


def test_totals_are_kept_beside_the_entries() -> None:
    found = recognised(
        "2021-Q3\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 12\nTTYT Nga Sơn | 20\nCộng khối TTYT | 32\n"
        "BVĐK Như Thanh | 40\nTổng cộng (I+II) | 72"
    )
    assert facts(found) == {DOCTORS, OTHERS, (HOSPITAL, "2021-Q3", "doctors", "40")}
    assert [(t.label, str(t.figure.value), t.row) for t in found.totals] == [
        ("Cộng khối TTYT", "32", 5), ("Tổng cộng (I+II)", "72", 7),
    ]  # fmt: skip
    assert {t.quantity for t in found.totals} == {"doctors"}
    assert [(s.row, s.reason) for s in found.tables[0].skipped] == [
        (5, "row-total"), (7, "row-total"),
    ]  # fmt: skip


def test_an_area_above_its_own_units_is_their_total() -> None:
    table = "2021-Q3\nĐơn vị | Bác sĩ\n{}TTYT Như Thanh | 12\nBVĐK Như Thanh | 40"
    found = recognised(table.format("Huyện Như Thanh | 52\n"))
    assert codes(found) == ["row-total"] and len(found.entries) == 2
    assert found.totals[0].area == "th-nhu-thanh"
    alone = recognised("2021-Q3\nĐơn vị | Bác sĩ\nHuyện Như Thanh | 52\nTTYT Nga Sơn | 20")
    assert codes(alone) == ["unit-unknown"] and not alone.totals


def test_a_quantity_called_total_is_no_total_row() -> None:
    found = recognised("TTYT Như Thanh\nChỉ tiêu | Quý III/2021\nTổng số phù thủy | 3\nBác sĩ | 12")
    assert codes(found) == ["quantity-unknown"] and facts(found) == {DOCTORS}


def test_rows_that_the_deployment_sets_aside() -> None:
    rows = "2021-Q3\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 12\nBệnh viện tư | 7"
    found = worded(rows, Wording(rows_ignored=("Bệnh viện tư",)))
    assert facts(found) == {DOCTORS} and codes(found) == ["row-set-aside"]


def test_a_label_merged_over_several_rows() -> None:
    rows = [
        ["Đơn vị", "Chỉ tiêu", "Quý III/2021"],
        ["TTYT Như Thanh", "Bác sĩ", 12],
        [None, "Dân số", 95000],
    ]
    merged = Sheet(None, rows, range(1, 4), merged=(Merge(1, 0, 2, 0),))
    assert facts(recognised(merged)) == {DOCTORS, PEOPLE}
    assert codes(recognised(sheet(rows))) == ["unit-unknown"]


def test_a_blank_corner_is_told_by_the_labels_below_it() -> None:
    rows = " | Quý II/2021 | Quý III/2021\nBác sĩ | 11 | 12\nDân số | 94.000 | 95.000"
    found = recognised(f"TTYT Như Thanh\n{rows}")
    assert facts(found) == FOUR and codes(found) == ["column-by-content"]
    births = "births_male | 2015 | 1990\nbirths_female | 1 | 2"
    years = recognised(f"TTYT Như Thanh\n | 2019 | 2020\n{births}")
    assert len(years.entries) == 4 and set(years.entries.period) == {"2019", "2020"}


def test_a_year_in_which_a_unit_was_not_may_be_left_open() -> None:
    place = deployment()
    names = tuple(
        replace(row, valid_from=date(2021, 1, 1)) if row.unit == CENTRE else row
        for row in place.units.names
    )
    place = replace(place, units=replace(place.units, names=names, _trees={}))
    rows = "Đơn vị | births_male | \n | 2020 | 2021\nTTYT Như Thanh | {} | 5"
    for cell, code in (("…", "unit-not-in-period"), ("4", "unit-unknown")):
        found = recognise((sheet(rows.format(cell)),), "tep.csv", place, hints())
        assert facts(found) == {(CENTRE, "2021", "births_male", "5")} and codes(found) == [code]


# ---- Marks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["*", ":", "[x]"])
def test_marks_of_the_deployment_are_absences(mark: str) -> None:
    rows = f"2021-Q3\nĐơn vị | Bác sĩ\nTTYT Như Thanh | {mark}"
    assert codes(recognised(rows)) == ["number-unreadable"]
    found = worded(rows, Wording(marks=Marks(not_available=(mark,))))
    assert [f.absence for f in found.entries.figure] == [Absence.NOT_AVAILABLE]
    nil = worded(rows, Wording(marks=Marks(nil=(mark,))))
    assert [f.absence for f in nil.entries.figure] == [Absence.NIL]


@pytest.mark.parametrize(
    ("unit", "cell"),
    [("TTYT Như Thanh (1)", "12"), ("TTYT Như Thanh*", "12"), ("TTYT Như Thanh", "12¹")],
)
def test_footnote_marks_are_left_out_and_said(unit: str, cell: str) -> None:
    found = recognised(f"2021-Q3\nĐơn vị | Bác sĩ (1)\n{unit} | {cell}\n(1) Ước tính")
    assert facts(found) == {DOCTORS} and "footnote-mark" in codes(found)


def test_a_number_in_brackets_is_a_mark_only_where_a_remark_has_it() -> None:
    rows = "2021-Q3\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 12 (1)"
    assert "number-two-values" in codes(recognised(rows))
    assert facts(recognised(f"{rows}\n(1) Ước tính")) == {DOCTORS}
    two = recognised("2021-Q3\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 91.9 (92.0)\n(1) Ước tính")
    assert "number-two-values" in codes(two)


def test_a_computed_rate_is_rounded_and_a_written_one_refused() -> None:
    rows = [["Đơn vị", "Kỳ", "population_growth_rate"], [CENTRE, "2021", 1.0123456789]]
    found = recognised(sheet(rows))
    assert facts(found) == {(CENTRE, "2021", "population_growth_rate", "1.0123")}
    assert codes(found) == ["number-rounded"]
    written = [rows[0], [CENTRE, "2021", "1,0123456789"]]
    assert codes(recognised(sheet(written))) == ["number-too-precise"]


# ---- Sheets --------------------------------------------------------------------------------------


def workbook(*, hide_row: bool = False, hide_column: bool = False) -> bytes:
    book = Workbook()
    page = book.active
    page.title = "Quý III-2021"
    for row in (["Đơn vị", "Bác sĩ"], ["TTYT Như Thanh", 12], ["TTYT Nga Sơn", 20], ["Ghi chú"]):
        page.append(row)
    page.row_dimensions[4].hidden = True
    page.row_dimensions[3].hidden = hide_row
    page.column_dimensions["B"].hidden = hide_column
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_figures_in_hidden_rows_ask_for_a_reason() -> None:
    for content, code in (
        (workbook(), None),
        (workbook(hide_row=True), "rows-hidden"),
        (workbook(hide_column=True), "columns-hidden"),
    ):
        sheets = read("tep.xlsx", content).sheets
        found = recognise(sheets, "tep.xlsx", deployment(), hints())
        assert facts(found) == {DOCTORS, OTHERS}
        said = [f for f in found.findings if f.code.endswith("-hidden")]
        assert [f.code for f in said] == ([code] if code else [])
        assert all(f.facts["count"] == "1" for f in said)


def test_figures_in_hidden_rows_of_an_old_workbook_ask_for_a_reason_too() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Quý III-2021")
    for row, cells in enumerate(
        (("Đơn vị", "Bác sĩ"), ("TTYT Như Thanh", 12), ("TTYT Nga Sơn", 20))
    ):
        for column, value in enumerate(cells):
            page.write(row, column, value)
    page.row(2).hidden = True
    stream = BytesIO()
    book.save(stream)
    reading = read("tep.xls", stream.getvalue())
    found = recognise(reading.sheets, "tep.xls", deployment(), hints())
    assert facts(found) == {DOCTORS, OTHERS} and codes(found) == ["rows-hidden"]


def test_sheets_of_words_and_blank_sheets_stop_nothing() -> None:
    table = sheet("2021-Q3\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 12", "Biểu")
    found = recognised(table, sheet("Hướng dẫn\nGhi đủ các cột", "Đọc"), sheet([], "Sheet3"))
    assert facts(found) == {DOCTORS} and codes(found) == ["sheet-ignored"]
    assert "heading-not-found" in codes(recognised(table, sheet("a | 5", "Khác")))


def test_sheets_that_the_deployment_names_are_not_read() -> None:
    words = Wording(sheets_ignored=("Phụ lục",))
    found = worded(sheet("a | 5", "Phụ lục"), words)
    assert codes(found) == ["sheet-ignored"]


# ---- The record ----------------------------------------------------------------------------------


def test_the_record_says_what_was_understood_and_why() -> None:
    found = recognised(
        "TTYT huyện Như Thanh\nBÁO CÁO QUÝ III/2021\nSTT | Nội dung | Thực hiện\n"
        "I | Nhân lực |\n1 | Bác sĩ | 12\n2 | Số phù thủy | 3"
    )
    (table,) = found.tables
    assert table.heading_rows == (3,) and table.last_row == 6
    assert [c.role for c in table.columns] == [Column.IGNORED, Column.QUANTITY, Column.VALUE]
    figures = table.columns[2]
    assert (figures.quantity, figures.period, figures.unit) == (None, "2021-Q3", CENTRE)
    assert dict(figures.sources) == {
        "quantity": Source.ROW, "period": Source.TITLE, "unit": Source.TITLE,
    }  # fmt: skip
    assert table.labels == {("quantity", "Bác sĩ"): "doctors", ("quantity", "Số phù thủy"): None}
    assert [(s.row, s.reason) for s in table.skipped] == [(4, "row-ignored")]
    sent = recognised("Đơn vị | Bác sĩ\nTTYT Như Thanh | 12", given=hints("2021-Q3"))
    assert dict(sent.tables[0].columns[1].sources)["period"] is Source.SENDER
