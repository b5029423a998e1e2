"""Marking a copy with xlsxwriter: of text files, old formats, and workbooks too large to keep."""

from collections import deque
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from math import isfinite
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

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
from etl.export.form import TEXT_STAYS_TEXT, sheet_name
from etl.export.form_sheet import A4
from etl.export.marks import Mark, Marks
from etl.findings import Severity
from etl.grid import ErrorCell, Sheet, Value
from etl.own_sheets import MARK, data_sheets
from etl.template import DANGEROUS
from indicators.text import say

MAX_ROWS = 1_048_576
COLUMN_WIDTH = 16
FIRST_YEAR = 1900  # a spreadsheet knows no earlier day
DATE, MOMENT, CLOCK = "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "hh:mm:ss"


def copy_marked(
    name: str,
    sheets: Sequence[Sheet],
    marks: Marks,
    lost: tuple[str, ...],
    language: str,
) -> bytes:
    """A new workbook: the list, then every sheet with its cells as read, at the same addresses."""
    buffer = BytesIO()
    # Rows go to disk as they are written: 200 000 of them must not fill the memory.
    options = {"constant_memory": True, "in_memory": False, **TEXT_STAYS_TEXT}
    cut = any(sheet.rows and sheet.lines[-1] > MAX_ROWS for sheet in sheets)
    lacking = (*lost, *(("rows",) if cut else ()))
    with xlsxwriter.Workbook(buffer, options) as book:
        copy = Copy(book, name, language)
        names = copy.names_of(data_sheets(sheets))
        copy.write_list(marks, lacking, names)
        for sheet in data_sheets(sheets):
            copy.write_sheet(names[sheet.name], sheet, marks.by_sheet.get(sheet.name, []))
    return buffer.getvalue()


class Copy:
    """Writes one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, language: str) -> None:
        self.book, self.name, self.language = book, name, language
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **look: Any) -> Format:
        """A format, made once."""
        asked = tuple(sorted(look.items()))
        if asked not in self._formats:
            self._formats[asked] = self.book.add_format(look)
        return self._formats[asked]

    def names_of(self, sheets: Sequence[Sheet]) -> dict[str | None, str]:
        """How each sheet is called here; a text file has none and is called after itself, for its
        name may say the period."""
        taken = {say("marked.sheet", self.language).lower()}
        names: dict[str | None, str] = {}
        for sheet in sheets:
            text = sheet.name or self.name.rpartition(".")[0] or self.name
            names[sheet.name] = sheet_name(text, taken)
            taken.add(names[sheet.name].lower())
        return names

    def write_list(self, marks: Marks, lost: tuple[str, ...], names: dict[str | None, str]) -> None:
        """The findings as a table, each with a link to its cell."""
        page = self.book.add_worksheet(say("marked.sheet", self.language))
        for column, width in enumerate(WIDTHS):
            page.set_column(column, column, width)
        page.write_string(0, 0, MARK, self.style(font_size=9, font_color="#6B7280"))
        looks: list[dict[str, Any]] = [{"bold": True, "font_size": 14}, {}, {}]
        texts = head_lines(self.name, marks, lost, self.language)
        for row, (text, look) in enumerate(zip(texts, looks, strict=True), start=1):
            page.write_string(row, 0, printable(text), self.style(**look))
        heading = self.style(bold=True, bg_color="#E8EEF6")
        for column, text in enumerate(headings(self.language)):
            page.write_string(HEADING, column, text, heading)
        self._write_lines(page, marks, names)
        page.freeze_panes(HEADING + 1, 0)
        page.repeat_rows(HEADING)
        _on_a4(page)

    def _write_lines(self, page: Worksheet, marks: Marks, names: dict[str | None, str]) -> None:
        for number, line in enumerate(marks.lines, start=1):
            row = HEADING + number
            page.set_row(row, row_height(line))
            for column, text in enumerate(cells_of(number, line, self.language)):
                page.write_string(row, column, printable(text), self._cell(text))
            level = say(f"submit.severity.{line.severity}", self.language)
            page.write_string(row, 1, level, self.style(**_look(line.severity), valign="top"))
            if line.at and line.at[0] <= MAX_ROWS and line.sheet in names:
                target = f"internal:{link_to(names[line.sheet], line.cell)}"
                blue = self.style(font_color="#0B57D0", underline=1, valign="top")
                page.write_url(row, LINK, target, blue, string=line.cell)
        page.write_string(HEADING + 1 + len(marks.lines), 0, more_line(marks, self.language))

    def _cell(self, text: str) -> Format:
        look = {"text_wrap": True, "valign": "top", "bottom": 7, "bottom_color": "#B8BEC8"}
        return self.style(**look, quote_prefix=text.startswith(DANGEROUS))

    def write_sheet(self, title: str, sheet: Sheet, found: Sequence[Mark]) -> None:
        """Every cell where it was, then the marks."""
        page = self.book.add_worksheet(title)
        if sheet.hidden:
            page.hide()
        width = max(map(len, sheet.rows), default=0)
        page.set_column(0, max(width - 1, 0), COLUMN_WIDTH)
        _on_a4(page)
        kept = [mark for mark in found if mark.at[0] <= MAX_ROWS]
        self._colour(page, kept)
        # A row that was passed is on disk: its comments are written with it.
        waiting = deque(sorted(kept, key=lambda mark: mark.at))
        for line, values in zip(sheet.lines, sheet.rows, strict=True):
            if line > MAX_ROWS:
                break
            self._comment(page, waiting, line)
            for column, value in enumerate(values):
                if value is not None:
                    self._write(page, (line - 1, column), value)
        self._comment(page, waiting, MAX_ROWS + 1)

    def _write(self, page: Worksheet, at: tuple[int, int], value: Value) -> None:
        """What was a number stays one, what was text stays text whatever it looks like."""
        match value:
            case bool():
                page.write_boolean(*at, value)
            case int() | float() if isfinite(value):
                page.write_number(*at, value)
            case datetime() | date() | time() if getattr(value, "year", FIRST_YEAR) >= FIRST_YEAR:
                page.write_datetime(*at, value, self.style(num_format=_day_format(value)))
            case _:
                text = printable(value.text if isinstance(value, ErrorCell) else str(value))
                look = self.style(num_format="@", quote_prefix=text.startswith(DANGEROUS))
                page.write_string(*at, text, look)

    def _comment(self, page: Worksheet, waiting: deque[Mark], line: int) -> None:
        """The comments of all rows up to this line, and of this line itself."""
        while waiting and waiting[0].at[0] <= line:
            mark = waiting.popleft()
            row, column = mark.at
            text = printable(mark.comment(self.language))
            size = {"width": COMMENT_WIDTH, "height": comment_height(text)}
            # A row of comments alone cannot be written; a cell that holds something comes after.
            page.write_blank(row - 1, column - 1, None, self.style(num_format="@"))
            page.write_comment(row - 1, column - 1, text, {"author": AUTHOR, **size})

    def _colour(self, page: Worksheet, found: Sequence[Mark]) -> None:
        areas: dict[Severity, list[str]] = {}
        for mark in found:
            row, column = mark.at
            areas.setdefault(mark.severity, []).append(xl_rowcol_to_cell(row - 1, column - 1))
        for severity, cells in areas.items():
            look = self.style(**_look(severity))
            rule = {"type": "formula", "criteria": f"={ALWAYS}", "format": look}
            page.conditional_format(cells[0], {**rule, "multi_range": " ".join(cells)})


def _on_a4(page: Worksheet) -> None:
    """Landscape, as wide as the paper."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _look(severity: Severity) -> dict[str, Any]:
    """Fill and border of a severity."""
    colour = COLOURS[severity]
    border = {"border": colour.border_number, "border_color": f"#{colour.line}"}
    return {"bg_color": f"#{colour.fill}", **border}


def _day_format(value: datetime | date | time) -> str:
    if isinstance(value, time):
        return CLOCK
    return MOMENT if isinstance(value, datetime) and value.time() != time() else DATE
