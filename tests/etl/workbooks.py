"""Workbooks opened back with another library than the one that wrote them."""

from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from etl.export.findings_sheet import ALWAYS, COLOURS
from etl.export.form_sheet import HEADING, VALUE
from etl.findings import Severity


def opened(content: bytes) -> Workbook:
    """The workbook of these bytes."""
    return load_workbook(BytesIO(content))


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def forms(book: Workbook) -> list[Worksheet]:
    """The sheets that are forms to fill in."""
    return [s for s in book.worksheets if s.cell(HEADING + 1, 1).value == "TT"]


def rows(sheet: Worksheet) -> list[int]:
    """The rows of a form, from 1 as the spreadsheet counts."""
    return [r for r in range(HEADING + 2, sheet.max_row + 1) if sheet.cell(r, 1).value]


def fill(book: Workbook, values: list[object]) -> bytes:
    """Every open cell of every form filled with the values in turn; None leaves it blank."""
    number = 0
    for sheet in forms(book):
        for row in rows(sheet):
            sheet.cell(row, VALUE + 1).value = values[number % len(values)]  # type: ignore[assignment]
            number += 1
    return saved(book)


def colours(sheet: Worksheet) -> dict[str, Severity]:
    """Cell to severity by the colour that the conditional formats of ours give it."""
    found = {}
    tints = {colour.fill: severity for severity, colour in COLOURS.items()}
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if rule.formula != [ALWAYS]:
                continue
            tint = tints[rule.dxf.fill.bgColor.rgb[-6:]]
            assert rule.dxf.border.left.style == COLOURS[tint].border
            for part in str(area.sqref).split():
                column, row, _, _ = range_boundaries(part)
                found[sheet.cell(row, column).coordinate] = tint
    return found


def comments(sheet: Worksheet) -> dict[str, str]:
    """Cell to the text of its comment."""
    return {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}
