"""Tables as they are printed: stacked headings, tables below one another, totals, marks, pages."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from etl.entries import Hints, Recognised, Source
from etl.grid import Merge, Sheet
from etl.match_headings import Column
from etl.numbers import Absence
from etl.read import read
from etl.recognise import recognise
from indicators.deployment import Deployment
from indicators.wording import HeadingWords, Marks, PeriodWord, Wording
from tests.etl.tables import (
    CENTRE,
    HOSPITAL,
    TODAY,
    codes,
    deployment,
    facts,
    hints,
    recognised,
    sheet,
)

OTHER = "th-ttyt-nga-son"
DOCTORS = (CENTRE, "2021-Q3", "doctors", "12")
PEOPLE = (CENTRE, "2021-Q3", "population", "95000")
FOUR = {
    DOCTORS, PEOPLE, (CENTRE, "2021-Q2", "doctors", "11"),
    (CENTRE, "2021-Q2", "population", "94000"),
}  # fmt: skip
OTHERS = (OTHER, "2021-Q3", "doctors", "20")


def worded(text: str | Sheet, wording: Wording, period: str | None = None) -> Recognised:
    """A table recognised in a deployment with words of its own."""
    place: Deployment = replace(deployment(), wording=wording)
    table = sheet(text) if isinstance(text, str) else text
    return recognise((table,), "tep.csv", place, hints(period))


# ---- Headings over several rows ------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "STT | Đơn vị | Quý II/2021 | | Quý III/2021 |\n | | Bác sĩ | Dân số | Bác sĩ | Dân số",
        "STT | Đơn vị | Quý II/2021 | | Quý III/2021 |\n | | Bác sĩ | Dân số | Bác sĩ | Dân số"
        "\n(1) | (2) | (3) | (4) | (5) | (6)",
        "STT | Đơn vị | Quý II/2021 | Quý II/2021 | Quý III/2021 | Quý III/2021\n"
        "STT | Đơn vị | Bác sĩ | Dân số | Bác sĩ | Dân số",
        "STT | Đơn vị | Năm 2021 | | |\n | | Quý II | | Quý III |\n"
        " | | Bác sĩ | Dân số | Bác sĩ | Dân số",
        "STT | Đơn vị | Thực hiện Quý II/2021 | | Thực hiện Quý III/2021 |\n"
        " | | Bác sĩ | Dân số | Bác sĩ | Dân số",
    ],
)  # fmt: skip
def test_period_over_quantity(heading: str) -> None:
    found = recognised(f"{heading}\n1 | TTYT Như Thanh | 11 | 94.000 | 12 | 95.000")
    assert facts(found) == FOUR
    assert not set(codes(found)) - {"row-numbers"}


def test_quantity_over_period() -> None:
    found = recognised(
        "Đơn vị | Bác sĩ | | Dân số |\n | Quý II/2021 | Quý III/2021 | Quý II/2021 | Quý III/2021\n"
        "TTYT Như Thanh | 11 | 12 | 94.000 | 95.000"
    )
    assert facts(found) == FOUR and not found.findings


def test_a_merged_heading_stands_over_its_range() -> None:
    rows = [
        ["Đơn vị", "Quý II/2021", None, "Quý III/2021", None],
        [None, "Bác sĩ", "Dân số", "Bác sĩ", "Dân số"],
        ["TTYT Như Thanh", 11, 94000, 12, 95000],
    ]
    merged = (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2), Merge(0, 3, 0, 4))
    assert facts(recognised(Sheet(None, rows, range(1, 4), merged=merged))) == FOUR


def test_a_title_merged_over_the_table_is_no_heading() -> None:
    rows = [["Quý III/2021", None], ["Đơn vị", "Bác sĩ"], ["TTYT Như Thanh", 12]]
    found = recognised(Sheet(None, rows, range(1, 4), merged=(Merge(0, 0, 0, 1),)))
    assert facts(found) == {DOCTORS} and found.tables[0].heading_rows == (2,)


def test_a_qualifier_must_be_known() -> None:
    """Doctors of whom something is said are not doctors: the column stops the file."""
    found = recognised(
        "2021-Q3\nĐơn vị | Bác sĩ | Dân số\n | Nữ | Nam\nTTYT Như Thanh | 12 | 95.000"
    )
    assert not len(found.entries)
    over = recognised(
        "2021-Q3\nĐơn vị | Khối tư nhân | | Dân số\n | Bác sĩ | Điều dưỡng | \n"
        "TTYT Như Thanh | 12 | 20 | 95.000"
    )
    assert facts(over) == {PEOPLE}
    assert [f.got for f in over.findings if f.code == "column-unknown"] == [
        "Khối tư nhân / Bác sĩ", "Khối tư nhân / Điều dưỡng",
    ]  # fmt: skip


def test_a_neutral_word_over_a_heading_adds_nothing() -> None:
    table = (
        "2021-Q3\nĐơn vị | Khối tư nhân | | \n | Bác sĩ | Dân số |\nTTYT Như Thanh | 12 | 95.000 |"
    )
    words = Wording(HeadingWords(neutral=("Khối tư nhân",)))
    assert facts(worded(table, words)) == {DOCTORS, PEOPLE}


def test_the_path_of_a_heading_may_be_the_quantity() -> None:
    place = deployment()
    quantities = dict(place.catalogue.quantities)
    quantities["doctors"] = replace(quantities["doctors"], headings=("Nhân lực y / Trình độ cao",))
    place = replace(place, catalogue=replace(place.catalogue, quantities=quantities))
    table = sheet(
        "2021-Q3\nĐơn vị | Nhân lực y | | Dân số\n | Trình độ cao | Lạ |\n"
        "TTYT Như Thanh | 12 | | 95.000"
    )
    found = recognise((table,), "tep.csv", place, Hints(TODAY))
    assert facts(found) == {DOCTORS, PEOPLE}


def test_a_quantity_in_a_title_and_periods_in_the_headings() -> None:
    found = recognised(
        "Số bác sĩ phân theo đơn vị\n\nĐơn vị | Quý II/2021 | Sơ bộ Quý III/2021\n"
        "TTYT Như Thanh | 11 | 12"
    )
    assert facts(found) == {(CENTRE, "2021-Q2", "doctors", "11")}
    assert "column-unknown" in codes(found)
    plain = recognised("Số bác sĩ phân theo đơn vị\nĐơn vị | Quý III/2021\nTTYT Như Thanh | 12")
    assert facts(plain) == {DOCTORS} and not plain.findings
    assert dict(plain.tables[0].columns[1].sources)["quantity"] is Source.TITLE


def test_another_measure_in_a_heading_is_asked_about() -> None:
    rows = "2021-Q3\nĐơn vị | Dân số ({})\nTTYT Như Thanh | 95.000"
    assert codes(recognised(rows.format("nghìn người"))) == ["measure-differs"]
    assert codes(recognised(rows.format("người"))) == []
    assert facts(recognised(rows.format("người"))) == {PEOPLE}


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("Năm | Tháng", "2021 | 9"),
        ("Năm | Tháng", "2021 | Tháng 9"),
        ("year | month", "2021 | September"),
        ("Từ ngày | Đến ngày", "01/09/2021 | 30/9/2021"),
        ("Từ ngày | Đến ngày", "2021-09-01 | 2021-09-30"),
    ],
)
def test_a_period_in_two_columns(columns: str, cells: str) -> None:
    found = recognised(f"Đơn vị | {columns} | Bác sĩ\nTTYT Như Thanh | {cells} | 12")
    assert facts(found) == {(CENTRE, "2021-09", "doctors", "12")}


@pytest.mark.parametrize("cells", ["2021 | 13", "hôm qua | 9", "2021 | mai", "2021-Q3 | 9"])
def test_two_cells_that_are_no_period(cells: str) -> None:
    found = recognised(f"Đơn vị | Năm | Tháng | Bác sĩ\nTTYT Như Thanh | {cells} | 12")
    assert codes(found) == ["period-unknown"]


def test_units_may_be_headings() -> None:
    found = recognised(
        "Quý III/2021\nChỉ tiêu | TTYT Như Thanh | TTYT Nga Sơn | Tổng cộng\nBác sĩ | 12 | 20 | 32"
    )
    assert facts(found) == {DOCTORS, OTHERS} and codes(found) == ["column-total"]
    (total,) = found.totals
    assert (total.quantity, total.period, str(total.figure.value)) == ("doctors", "2021-Q3", "32")


def test_a_period_that_only_this_deployment_writes_so() -> None:
    words = Wording(periods=(PeriodWord("Đợt 3", "2021-Q3"),))
    found = worded("Đơn vị | Kỳ | Bác sĩ\nTTYT Như Thanh | Đợt 3 | 12", words)
    assert facts(found) == {DOCTORS}


# ---- Tables below one another --------------------------------------------------------------------


def test_the_heading_of_each_printed_page_is_passed_over() -> None:
    head = "Đơn vị | Bác sĩ\n(1) | (2) "
    found = recognised(
        f"Quý III/2021\n{head}\nTTYT Như Thanh | 12\nĐơn vị | Bác sĩ\nTTYT Nga Sơn | 20"
    )
    assert facts(found) == {DOCTORS, OTHERS} and "heading-repeated" in codes(found)
    assert len(found.tables) == 1


def test_another_heading_starts_another_table() -> None:
    found = recognised(
        "Quý III/2021\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 12\n\nĐơn vị | Dân số\n"
        "TTYT Như Thanh | 95.000"
    )
    assert facts(found) == {DOCTORS, PEOPLE} and not found.findings
    assert [t.heading_rows for t in found.tables] == [(2,), (5,)]


def test_a_block_for_each_unit_or_period() -> None:
    block = "Chỉ tiêu | Giá trị\nBác sĩ | "
    found = recognised(
        f"Quý III/2021\nTTYT huyện Như Thanh\n{block}12\nTTYT huyện Nga Sơn\n{block}20"
    )
    assert facts(found) == {DOCTORS, OTHERS}
    wide = "Đơn vị | Bác sĩ\nTTYT Như Thanh | "
    periods = recognised(f"Quý II/2021\n{wide}11\n\nQuý III/2021\n{wide}12")
    assert facts(periods) == {DOCTORS, (CENTRE, "2021-Q2", "doctors", "11")}


def test_a_block_of_a_unit_that_nobody_knows_is_not_given_to_the_one_above() -> None:
    block = "Chỉ tiêu | Giá trị\nBác sĩ | "
    found = recognised(f"Quý III/2021\nTTYT Như Thanh\n{block}12\nTTYT Atlantis\n{block}20")
    assert facts(found) == {DOCTORS} and "unit-missing" in codes(found)


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
    assert "number-unreadable" in codes(recognised(rows))
    assert facts(recognised(f"{rows}\n(1) Ước tính")) == {DOCTORS}
    two = recognised("2021-Q3\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 91.9 (92.0)\n(1) Ước tính")
    assert "number-unreadable" in codes(two)


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
