"""Tables to take away, read back: numbers that are numbers, words that run nothing."""

import csv
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.export.table_csv import harmless, table_csv
from etl.export.table_xlsx import table_xlsx
from indicators.table import Caption, Column, Figure, Table, figure

CAPTION = Caption(("Kế hoạch: số 01", "Nguồn: báo cáo của các đơn vị"), "Số liệu mô phỏng")
COLUMNS = [Column("Đơn vị"), Column("Giá trị", "%", is_number=True), Column("Hạn nộp")]
EVIL = (
    '=HYPERLINK("http://x";"y")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "＝1+1",
)


def made(rows: list[list[object]]) -> Table:
    return Table("Bác sĩ trên một vạn dân", COLUMNS, rows, notes=("Chú ý: số ước",))  # type: ignore[arg-type]


TABLE = made(
    [
        ["Như Thanh", Figure(Fraction(200, 3), 1), date(2021, 10, 10)],
        ["Mường Lát", figure(None), None],
        ["Quan Sơn", Figure(Fraction(-12345, 10), 1), None],
    ]
)


def csv_rows(table: Table, language: str = "vi") -> list[list[str]]:
    content = table_csv(table, CAPTION, language)
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";" if language == "vi" else ","))


def sheet(table: Table) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(BytesIO(table_xlsx(table, CAPTION))).active


def heading(rows: list[tuple[object, ...]]) -> int:
    return next(n for n, row in enumerate(rows) if row[0] == "Đơn vị")


def test_a_csv_says_what_it_is_and_has_decimal_commas() -> None:
    rows = csv_rows(TABLE)
    assert rows[:4] == [
        ["Bác sĩ trên một vạn dân"],
        ["Số liệu mô phỏng"],
        *([x] for x in CAPTION.lines),
    ]
    assert rows[5] == ["Đơn vị", "Giá trị (%)", "Hạn nộp"]
    assert rows[6:9] == [
        ["Như Thanh", "66,7", "10/10/2021"],
        ["Mường Lát", "…", ""],
        ["Quan Sơn", "-1234,5", ""],
    ]
    assert rows[-1] == ["Chú ý: số ước"]


def test_in_english_a_csv_has_commas_between_and_points_inside() -> None:
    assert csv_rows(TABLE, "en")[8] == ["Quan Sơn", "-1234.5", ""]


def test_a_workbook_holds_numbers_in_full_and_shows_them_rounded() -> None:
    page = sheet(TABLE)
    rows = list(page.iter_rows())
    at = heading([tuple(c.value for c in row) for row in rows])
    value, due = rows[at + 1][1], rows[at + 1][2]
    assert value.value == pytest.approx(200 / 3, abs=1e-9) and value.number_format == "#,##0.0"
    assert due.value == datetime(2021, 10, 10) and due.number_format == "dd/mm/yyyy"
    assert rows[at + 2][1].value == "…" and rows[at + 3][1].value == -1234.5
    assert {cell.font.name for row in rows for cell in row if cell.value} == {"Times New Roman"}


def test_a_workbook_keeps_its_heading_in_sight_and_on_every_sheet_of_paper() -> None:
    page = sheet(TABLE)
    at = heading([tuple(c.value for c in row) for row in page.iter_rows()]) + 1
    assert page.freeze_panes == f"B{at + 1}" and page.print_title_rows == f"${at}:${at}"
    assert page.page_setup.paperSize == 9 and page.page_setup.fitToHeight == 0
    assert "Số liệu mô phỏng" in page.oddFooter.left.text
    first = [row[0].value for row in page.iter_rows(max_row=4)]
    assert first == ["Bác sĩ trên một vạn dân", "Số liệu mô phỏng", *CAPTION.lines]


def test_what_is_not_simulated_bears_no_mark() -> None:
    real = Caption(CAPTION.lines)
    assert "mô phỏng" not in table_csv(TABLE, real).decode("utf-8-sig")
    page = openpyxl.load_workbook(BytesIO(table_xlsx(TABLE, real))).active
    assert page["A2"].value == CAPTION.lines[0] and page["A2"].fill.fgColor.rgb != "FFFFF6DF"


@pytest.mark.parametrize("text", EVIL)
def test_no_text_of_a_person_becomes_a_formula(text: str) -> None:
    table = made([[text, Figure(-5), None]])
    cell = csv_rows(table)[6]
    # A program that cuts lines at other signs would begin a cell behind the tab.
    inner = text.replace("\t=", "\t'=")
    assert cell[0] == f"'{inner}" and cell[1] == "-5"
    found = next(c for row in sheet(table).iter_rows() for c in row if c.row > 6 and c.column == 1)
    assert found.data_type == "s" and found.value == text.replace("\t", "\t")


@pytest.mark.parametrize("text", ["-5", "-1.234,5", "+3", "-", "Xã A", "5 - 6", ""])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.text(max_size=8))
def test_a_csv_never_holds_a_cell_that_a_spreadsheet_would_run(text: str) -> None:
    written = harmless(text)
    runs = written.lstrip()[:1] in tuple("=+-@＝＋－＠")
    assert (
        not runs
        or written.lstrip("+-").replace(".", "").replace(",", "").isdigit()
        or written == "-"
    )


def test_a_ragged_row_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells under 3 columns"):
        made([["Như Thanh", None]])


def test_a_table_without_rows_still_says_what_it_is() -> None:
    assert [cell.value for cell in sheet(made([]))[6]] == ["Đơn vị", "Giá trị (%)", "Hạn nộp"]
