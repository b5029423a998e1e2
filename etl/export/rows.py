"""Rows for machines and analysts: the same columns as CSV, XLSX or Parquet."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from etl.export.findings_sheet import printable
from etl.export.table_csv import harmless
from etl.export.table_xlsx import FONT, PLAIN

Row = dict[str, Any]
ENDINGS = (".csv", ".xlsx", ".parquet")
MOST_ROWS = 1_048_575  # of a sheet, without its heading
NARROW, WIDE = 8, 40  # characters
LOOKED_AT = 200  # rows whose length decides how wide a column is
FIXED = datetime(2000, 1, 1)  # the same rows give the same bytes


class TooManyRows(Exception):
    """More rows than a sheet of a workbook holds."""


def write_rows(rows: Sequence[Row], columns: Sequence[str], ending: str, title: str) -> bytes:
    """The bytes of a file that ends so. TooManyRows for a workbook."""
    if ending == ".csv":
        return rows_csv(rows, columns)
    if ending == ".parquet":
        return rows_parquet(rows, columns)
    return rows_xlsx(rows, columns, title)


def rows_csv(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """Comma, decimal point, ISO dates: for programs. Text that a spreadsheet would run is marked."""
    kept = StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_written(row[c]) for c in columns] for row in rows)
    return kept.getvalue().encode("utf-8-sig")


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return harmless(value) if isinstance(value, str) else str(value)


def rows_parquet(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """Columns with their own types; a column of which nothing is known is text."""
    arrays = {c: _array([row[c] for row in rows]) for c in columns}
    kept = BytesIO()
    pq.write_table(pa.table(arrays), kept)
    return kept.getvalue()


def _array(values: list[Any]) -> pa.Array:
    numbers = [v for v in values if isinstance(v, (int, float, Decimal)) and v is not True]
    if any(isinstance(v, (float, Decimal)) for v in numbers):
        return pa.array([None if v is None else float(v) for v in values], pa.float64())
    found = pa.array(values)
    return found.cast(pa.string()) if pa.types.is_null(found.type) else found


def rows_xlsx(rows: Sequence[Row], columns: Sequence[str], title: str) -> bytes:
    """One sheet with a heading that stays; numbers are numbers, text is never a formula."""
    if len(rows) > MOST_ROWS:
        raise TooManyRows(str(len(rows)))
    kept = BytesIO()
    options = {**PLAIN, "in_memory": True, "constant_memory": len(rows) > LOOKED_AT * 100}
    with xlsxwriter.Workbook(kept, options) as book:
        book.set_properties({"title": title, "author": "Vạn Dân", "created": FIXED})
        write_sheet(book, rows, columns, "Số liệu")
    return kept.getvalue()


def write_sheet(
    book: xlsxwriter.Workbook, rows: Sequence[Row], columns: Sequence[str], name: str
) -> Any:
    """One more sheet of a workbook, filtered, headed and ready for A4; the sheet."""
    page = book.add_worksheet(name)
    plain = book.add_format({"font_name": FONT, "font_size": 11})
    day = book.add_format({"font_name": FONT, "font_size": 11, "num_format": "dd/mm/yyyy hh:mm"})
    bold = book.add_format({"font_name": FONT, "font_size": 11, "bold": True, "border": 1})
    for at, column in enumerate(columns):
        longest = max((len(str(row[column] or "")) for row in rows[:LOOKED_AT]), default=0)
        page.set_column(at, at, min(WIDE, max(NARROW, len(column), longest) + 2))
        page.write_string(0, at, column, bold)
    for number, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            _cell(page, number, at, row[column], plain, day)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    return page


def _cell(page: Any, row: int, at: int, value: Any, plain: Any, day: Any) -> None:
    if isinstance(value, bool):
        page.write_boolean(row, at, value, plain)
    elif isinstance(value, (int, float, Decimal)):
        page.write_number(row, at, float(value), plain)
    elif isinstance(value, datetime):
        page.write_datetime(row, at, value, day)
    elif value is not None:
        page.write_string(row, at, printable(str(value)), plain)
