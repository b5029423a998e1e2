"""What calamine does not tell of an old XLS file: hidden rows and columns, and error cells."""

from __future__ import annotations

from io import StringIO

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.sheet import Sheet

from etl.scan_sheet import Area, Scan


def scan_xls(content: bytes) -> list[Scan] | None:
    """One scan for each worksheet in the order of the workbook; None where xlrd cannot read it.

    The values are not taken from here: calamine reads more of the files that other programs write.
    """
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=StringIO())
        return [_scan(sheet) for sheet in book.sheets()]
    except Exception:  # a damaged record ends in any of them (struct.error, AssertionError, …)
        return None


def _scan(sheet: Sheet) -> Scan:
    """The scan of one sheet; the hidden rows are those that a filter or a person hid."""
    scan = Scan(sheet.name, sheet.nrows, sheet.ncols)
    scan.hidden_rows = [range(n, n + 1) for n, row in sheet.rowinfo_map.items() if row.hidden]
    scan.hidden_columns = [range(n, n + 1) for n, col in sheet.colinfo_map.items() if col.hidden]
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                code = sheet.cell_value(row, column)
                scan.errors.append((Area(row, column), error_text_from_code[code]))
    return scan
