"""A table as a workbook: numbers that are numbers, a heading that stays, ready for A4."""

from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from textwrap import wrap
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.export.findings_sheet import printable
from indicators.formats import format_number
from indicators.table import Caption, Cell, Column, Figure, Table

FONT = "Times New Roman"  # of administrative documents, and on every computer
SIZE, LARGE = 12, 14
BASE = {"font_name": FONT, "font_size": SIZE, "valign": "top"}
BOX = {"border": 1, "border_color": "#B8BEC8"}
HEADING = {**BOX, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
NARROW, WIDE, ROOM = 9, 44, 3  # characters
LINE = 17  # points a line of text
LANDSCAPE_FROM = 92  # characters of all columns: beyond it a page is laid on its side
A4 = 9
# Nothing that came from a person is ever a formula or a link.
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def table_xlsx(
    table: Table, caption: Caption, language: str = "vi", created: datetime | None = None
) -> bytes:
    """The bytes of a workbook with one sheet; the same bytes for the same moment (None: now)."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {**PLAIN, "in_memory": True}) as book:
        about = {"title": table.title, "author": "Vạn Dân"}
        book.set_properties({**about, **({"created": created} if created else {})})
        Sheet(book, table, caption, language).write()
    return kept.getvalue()


class Sheet:
    """One table being written."""

    def __init__(
        self, book: xlsxwriter.Workbook, table: Table, caption: Caption, language: str
    ) -> None:
        self.book, self.table, self.caption, self.language = book, table, caption, language
        self.page: Worksheet = book.add_worksheet("Bảng" if language == "vi" else "Table")
        self.formats: dict[str, Format] = {}

    def write(self) -> None:
        """Everything, from the title to the set-up of the printer."""
        self.above()
        self.page.set_row(self.heading, self.height([c.heading for c in self.table.columns]))
        for at, column in enumerate(self.table.columns):
            self.page.write_string(self.heading, at, printable(column.heading), self.style(HEADING))
            self.page.set_column(at, at, self.widths[at])
        for row, cells in enumerate(self.table.rows, start=self.heading + 1):
            self.page.set_row(row, self.height([self.shown(cell) for cell in cells]))
            for at, (column, cell) in enumerate(zip(self.table.columns, cells, strict=True)):
                self.cell(row, at, column, cell)
        for at, note in enumerate(self.table.notes, start=self.last + 2):
            self.page.write_string(at, 0, printable(note), self.style({"italic": True}))
        self.set_up()

    @cached_property
    def lines(self) -> list[tuple[str, dict[str, Any]]]:
        """What stands above the table, and how it looks."""
        mark = {"bold": True, "font_color": "#7A5A00", "bg_color": "#FFF6DF"}
        found: list[tuple[str, dict[str, Any]]] = [
            (self.table.title, {"bold": True, "font_size": LARGE})
        ]
        found += [(self.caption.simulated, mark)] if self.caption.simulated else []
        return [*found, *((line, {}) for line in self.caption.lines)]

    @property
    def heading(self) -> int:
        """The row of the headings, from 0."""
        return len(self.lines) + 1

    @property
    def last(self) -> int:
        """The last row of the table."""
        return self.heading + len(self.table.rows)

    @property
    def across(self) -> int:
        """How many columns the title goes over."""
        return len(self.widths)

    def above(self) -> None:
        """Title, mark and caption, over these columns and as high as their words need there."""
        last, room = self.across - 1, sum(self.widths[: self.across])
        for row, (text, look) in enumerate(self.lines):
            style = self.style({**look, "text_wrap": True, "align": "left"})
            size = look.get("font_size", SIZE)
            lines = -(-len(text) * size // (SIZE * room))
            self.page.set_row(row, LINE * size / SIZE * lines)
            if last:
                self.page.merge_range(row, 0, row, last, "", style)
            self.page.write_string(row, 0, printable(text), style)

    def cell(self, row: int, at: int, column: Column, cell: Cell) -> None:
        """One cell by what it is."""
        if isinstance(cell, Figure):
            shown = "#,##0" + (f".{'0' * cell.decimals}" if cell.decimals else "")
            look = {**BOX, "num_format": shown}
            self.page.write_number(row, at, float(cell.value), self.style(look))
        elif isinstance(cell, date):
            moment = datetime(cell.year, cell.month, cell.day)
            look = {**BOX, "num_format": "dd/mm/yyyy", "align": "center"}
            self.page.write_datetime(row, at, moment, self.style(look))
        else:
            look = {**BOX, "text_wrap": True, "indent": 1}
            look["align"] = "right" if column.is_number else "left"
            self.page.write_string(row, at, printable(cell or ""), self.style(look))

    def style(self, look: dict[str, Any]) -> Format:
        """A format, made once."""
        key = repr(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({**BASE, **look})
        return self.formats[key]

    @cached_property
    def widths(self) -> list[int]:
        """Characters a column: as wide as its longest cell, within reason; headings wrap."""
        found = []
        for at, column in enumerate(self.table.columns):
            words = max(map(len, column.heading.split()), default=0)
            cells = max((len(self.shown(row[at])) for row in self.table.rows), default=0)
            found.append(min(WIDE, max(NARROW, words, cells) + ROOM))
        return found

    def height(self, texts: list[str]) -> float:
        """Points of a row, for programs that do not work it out: as its longest cell wraps."""
        fitting = zip(texts, self.widths, strict=True)
        return LINE * max(len(wrap(text, width - ROOM)) or 1 for text, width in fitting)

    def shown(self, cell: Cell) -> str:
        """A cell as it will be read, to know how long it is."""
        if isinstance(cell, Figure):
            return format_number(cell.value, cell.decimals)
        return "00/00/0000" if isinstance(cell, date) else cell or ""

    def set_up(self) -> None:
        """The heading stays in sight and comes again on every page of A4."""
        last = len(self.table.columns) - 1
        self.page.freeze_panes(self.heading + 1, 1)
        if self.table.rows:
            self.page.autofilter(self.heading, 0, self.last, last)
        self.page.set_paper(A4)
        if sum(self.widths) > LANDSCAPE_FROM:
            self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(self.heading)
        mark = self.caption.simulated.replace("&", "&&")
        self.page.set_footer(f"&L&9{mark}&R&9&P/&N")
