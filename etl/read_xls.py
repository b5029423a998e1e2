"""Old XLS workbooks to grids, by xlrd: it tells what is hidden, and damage ends in an exception.

Calamine, which reads the other formats, ends the whole process at some damaged XLS files: it asks
for as much memory as a broken number says.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import StringIO

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as OldSheet
from xlrd.xldate import xldate_as_datetime

from etl.cells import clock, whole
from etl.grid import ErrorCell, Merge, Sheet, Value

_ENCRYPTED = "encrypted"  # stands in the message of xlrd; no class of its own
_FIRST_DAY = 60  # before 1900-03-01 the calendar of spreadsheets has a day that never was


class Encrypted(Exception):
    """The workbook opens with a password only."""


def xls_sheets(content: bytes) -> list[Sheet] | None:
    """Every worksheet with true row numbers, or None if the file is damaged; raises Encrypted."""
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=StringIO()
        )
        return [_sheet(book, sheet) for sheet in book.sheets()]
    except Exception as problem:  # a damaged record ends in any of them (struct.error, …)
        if isinstance(problem, xlrd.XLRDError) and _ENCRYPTED in str(problem):
            raise Encrypted from problem
        return None


def _sheet(book: Book, sheet: OldSheet) -> Sheet:
    """Cells, merged cells, and what a filter or a person hid."""
    rows = [[_value(book, cell) for cell in sheet.row(n)] for n in range(sheet.nrows)]
    spans = ((top, left, low - 1, right - 1) for top, low, left, right in sheet.merged_cells)
    return Sheet(
        sheet.name,
        rows,
        range(1, len(rows) + 1),
        sheet.visibility != 0,
        tuple(Merge(*span) for span in spans),
        frozenset(n for n, row in sheet.rowinfo_map.items() if row.hidden and n < len(rows)),
        frozenset(n for n, column in sheet.colinfo_map.items() if column.hidden),
    )


def _value(book: Book, cell: Cell) -> Value:
    """A blank as None, errors and truths as such, a whole number as int."""
    kind, value = cell.ctype, cell.value
    if kind == xlrd.XL_CELL_ERROR:
        return ErrorCell(error_text_from_code.get(value, "#ERR"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_DATE:
        return _moment(book, cell)
    return whole(value) if kind == xlrd.XL_CELL_NUMBER else value or None


def _moment(book: Book, cell: Cell) -> Value:
    """A day, a moment, an hour of the day or a duration, as the format of the cell shows it."""
    number = cell.value
    style = book.format_map[book.xf_list[cell.xf_index].format_key]
    if "[h" in style.format_str.lower():
        return clock(timedelta(days=number))
    if 0 <= number < 1:
        return (datetime.min + timedelta(days=number)).time()
    if number < _FIRST_DAY and not book.datemode:
        return whole(number)
    moment: datetime = xldate_as_datetime(number, book.datemode)
    return moment.date() if moment.time() == time() else moment
