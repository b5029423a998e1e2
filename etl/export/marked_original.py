"""Marking the workbook itself with openpyxl: formats, merged cells and formulas stay."""

import warnings
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from etl.export.findings_sheet import (
    ALWAYS,
    AUTHOR,
    COLOURS,
    COMMENT_WIDTH,
    HEADING,
    LINK,
    WIDTHS,
    cells_of,
    comment_height,
    head_lines,
    headings,
    link_to,
    more_line,
    printable,
    row_height,
)
from etl.export.marks import Line, Mark, Marks, Position
from etl.findings import Severity
from etl.normalise import key
from etl.own_sheets import MARK
from etl.template import DANGEROUS
from indicators.text import say

THEIRS = "\n\n―― Ghi chú sẵn có ――\n"  # parts our comment from what the person had written
A4 = "9"


def mark_original(
    name: str, content: bytes, marks: Marks, lost: tuple[str, ...], language: str
) -> bytes:
    """The workbook with its cells marked and the list in front; raises what openpyxl raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not know: said in the list
        book = load_workbook(BytesIO(content))
        for sheet in list(book.worksheets):
            _clear(book, sheet)
        for title, found in marks.by_sheet.items():
            _mark(book[title or ""], found, language)
        _add_list(book, name, marks, lost, language)
        buffer = BytesIO()
        book.save(buffer)
    return buffer.getvalue()


def _clear(book: Workbook, sheet: Worksheet) -> None:
    """Take away the list, the colours and the comments of an earlier check."""
    if _is_list(sheet):
        book.remove(sheet)
        return
    kept = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if ALWAYS not in rule.formula:
                kept.add(str(area.sqref), rule)
    sheet.conditional_formatting = kept
    for cell in [c for row in sheet.iter_rows() for c in row if c.comment is not None]:
        cell.comment = _theirs(cell)


def _is_list(sheet: Worksheet) -> bool:
    """Whether the sheet is a list of findings; our instructions are none and stay."""
    own = key(str(sheet.cell(1, 1).value or "")) == key(MARK)
    return own and bool(sheet.cell(HEADING + 1, LINK + 1).value)


def _theirs(cell: Cell) -> Comment | None:
    """The comment of a cell without ours."""
    if cell.comment is None or cell.comment.author != AUTHOR:
        return cell.comment
    text = cell.comment.text.partition(THEIRS)[2]
    return Comment(text, "") if text else None


def _mark(sheet: Worksheet, found: Iterable[Mark], language: str) -> None:
    areas: dict[Severity, list[str]] = {}
    anchors = _anchors(sheet)
    for mark in found:
        row, column = anchors.get(mark.at, mark.at)
        cell = sheet.cell(row, column)
        areas.setdefault(mark.severity, []).append(cell.coordinate)
        if not isinstance(cell, MergedCell):
            cell.comment = _comment(mark.comment(language), cell.comment)
    for severity, cells in areas.items():
        sheet.conditional_formatting.add(" ".join(cells), _rule(severity))


def _anchors(sheet: Worksheet) -> dict[Position, Position]:
    """Merged cells to the one of them that can carry a comment."""
    return {
        at: (area.min_row, area.min_col) for area in sheet.merged_cells.ranges for at in area.cells
    }


def _comment(text: str, present: Comment | None) -> Comment:
    whole = printable(text if present is None else f"{text}{THEIRS}{present.text}")
    return Comment(whole, AUTHOR, width=COMMENT_WIDTH, height=comment_height(whole))


def _rule(severity: Severity) -> Any:
    colour = COLOURS[severity]
    side = Side(style=colour.border, color=colour.line)
    fill = PatternFill(bgColor=colour.fill, fill_type="solid")
    border = Border(left=side, right=side, top=side, bottom=side)
    return FormulaRule(formula=[ALWAYS], fill=fill, border=border)


def _add_list(
    book: Workbook, name: str, marks: Marks, lost: tuple[str, ...], language: str
) -> None:
    """The list as the first sheet, and the only one chosen: nothing is typed into two at once."""
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = False
    page = book.create_sheet(say("marked.sheet", language), 0)
    book.active = 0
    _write(page, 1, 1, MARK, _font(size=9, color="6B7280"))
    fonts = (_font(bold=True, size=14), _font(), _font())
    for row, text in enumerate(head_lines(name, marks, lost, language), start=2):
        _write(page, row, 1, text, fonts[row - 2])
    for column, text in enumerate(headings(language), start=1):
        cell = _write(page, HEADING + 1, column, text, _font(bold=True))
        cell.fill = PatternFill("solid", fgColor="E8EEF6")
    for number, line in enumerate(marks.lines, start=1):
        _write_line(page, number, line, language)
    _write(page, HEADING + 2 + len(marks.lines), 1, more_line(marks, language), _font())
    _set_up(page)


def _font(**look: Any) -> Font:
    """The typeface of new workbooks; without a name every program takes another."""
    return Font(**{"name": "Calibri", "size": 11, **look})


def _write(page: Worksheet, row: int, column: int, text: str, font: Font) -> Cell:
    """A text, and nothing but a text, whatever it begins with."""
    cell = page.cell(row, column)
    cell.value = printable(text)
    cell.data_type = "s"  # what begins with "=" was taken for a formula
    cell.font = font
    return cell


def _write_line(page: Worksheet, number: int, line: Line, language: str) -> None:
    row, colour = HEADING + 1 + number, COLOURS[line.severity]
    side = Side(style=colour.border, color=colour.line)
    for column, text in enumerate(cells_of(number, line, language), start=1):
        cell = _write(page, row, column, text, _font())
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.quotePrefix = text.startswith(DANGEROUS)
        cell.border = Border(bottom=Side(style="hair", color="B8BEC8"))
    level = page.cell(row, 2)
    level.fill = PatternFill("solid", fgColor=colour.fill)
    level.border = Border(left=side, right=side, top=side, bottom=side)
    page.row_dimensions[row].height = row_height(line)
    if line.sheet and line.at:
        link = page.cell(row, LINK + 1)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=link_to(line.sheet, line.cell))
        link.font = _font(color="0B57D0", underline="single")


def _set_up(page: Worksheet) -> None:
    for column, width in enumerate(WIDTHS):
        page.column_dimensions[page.cell(1, column + 1).column_letter].width = width
    page.freeze_panes = page.cell(HEADING + 2, 1)
    page.print_title_rows = f"{HEADING + 1}:{HEADING + 1}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
