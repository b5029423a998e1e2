"""How units write their files: long or wide CSV, or a workbook; the same figures, other clothes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

from indicators.catalogue import Form, Quantity
from indicators.period import Period, period_label
from indicators.units import Unit

Cell = Decimal | str
BLANK = ""  # a form that is not of this unit
BOM = "\ufeff"
CREATED = datetime(2021, 1, 1)  # fixed, so that the same workbook has the same bytes


@dataclass(frozen=True)
class Sheet:
    """One form for one period and some units, before it is written in some style."""

    form: Form
    period: Period
    quantities: tuple[Quantity, ...]
    rows: tuple[tuple[Unit, tuple[Cell, ...]], ...]


def long_csv(sheet: Sheet) -> bytes:
    """One row per fact, ids and plain numbers: the simplest file there is."""
    lines = [["unit", "period", "quantity", "value"]]
    for unit, cells in sheet.rows:
        for quantity, cell in zip(sheet.quantities, cells, strict=True):
            if cell != BLANK:
                lines.append([unit.id, sheet.period.code, quantity.id, str(cell)])
    return _csv(lines, ",").encode()


def wide_csv(sheet: Sheet) -> bytes:
    """As Excel saves it in Vietnam: semicolons, decimal commas, byte order mark, full names."""
    lines = [["Đơn vị", "Kỳ báo cáo", *(q.name_vi for q in sheet.quantities)]]
    for unit, cells in sheet.rows:
        lines.append([unit.name, period_label(sheet.period), *map(vietnamese, cells)])
    return (BOM + _csv(lines, ";")).encode()


def short_csv(sheet: Sheet) -> bytes:
    """The same with the short names of units and the headings people really type."""
    headings = [q.headings[-1] if q.headings else q.name_vi for q in sheet.quantities]
    lines = [["Tên đơn vị", "Kỳ", *headings]]
    for unit, cells in sheet.rows:
        lines.append([unit.short_name, sheet.period.code, *map(vietnamese, cells)])
    return (BOM + _csv(lines, ";")).encode()


def workbook(sheet: Sheet) -> bytes:
    """A workbook with a title, the period in words, an ordinal column and one row per unit."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED})
    page = book.add_worksheet("Biểu")
    page.write(0, 0, sheet.form.name_vi)
    page.write(1, 0, f"Kỳ báo cáo: {period_label(sheet.period)}")
    page.write_row(3, 0, ["TT", "Đơn vị", *(q.name_vi for q in sheet.quantities)])
    for number, (unit, cells) in enumerate(sheet.rows, start=1):
        page.write_row(3 + number, 0, [number, unit.name])
        for column, cell in enumerate(cells, start=2):
            page.write(3 + number, column, cell if isinstance(cell, str) else float(cell))
    book.close()
    return buffer.getvalue()


def vietnamese(cell: Cell) -> str:
    """1234.5 as people write it here: 1.234,5; also behind the word for an estimate."""
    if isinstance(cell, Decimal):
        return f"{cell:,}".translate(str.maketrans(",.", ".,"))
    word, _, number = cell.partition(" ")
    return f"{word} {vietnamese(Decimal(number))}" if number else cell


def _csv(lines: list[list[str]], delimiter: str) -> str:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return text.getvalue()
