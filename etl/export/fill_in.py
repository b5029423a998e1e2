"""A form of progress as a workbook: lists to choose from, days that are days, the rest locked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from etl.export.findings_sheet import printable
from etl.export.form_cells import BLUE, GREY, MESSAGE, ORANGE, PALE
from etl.export.table_xlsx import A4, BOX, HEADING, PLAIN, Sheet
from etl.tasks import LONGEST
from indicators.table import Caption, Cell, Column, Table
from indicators.text import say

FIRST_DAY = date(2000, 1, 1)
LIST_WIDTH = 60
IN_A_CELL = 255  # characters that a list may have in the rule of a cell; longer ones need a sheet
LOCKED_WIDTH, TEXT_WIDTH, DAY_WIDTH, MACHINE_WIDTH = 34, 28, 14, 16
OPEN = {**BOX, "locked": False, "bg_color": PALE, "text_wrap": True, "indent": 1, "align": "left"}
DAY = {**OPEN, "num_format": "dd/mm/yyyy", "align": "center", "indent": 0}
MACHINE = {**BOX, "font_size": 9, "font_color": GREY, "text_wrap": True}
MARGINS = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.7}
FREE = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "select_locked_cells": True,
}


@dataclass(frozen=True)
class Entry:
    """What a cell takes: one of ``choices``, a day, or a text.

    ``is_free``: other words are taken too, after a warning. ``has_come``: a day not after today.
    ``needed``: a column and its words with which the cell must not stay blank.
    """

    choices: tuple[str, ...] = ()
    is_free: bool = False
    is_day: bool = False
    has_come: bool = False
    needed: tuple[int, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Form:
    """A table to fill in: by column what may be entered into rows that are there, and new ones.

    ``fresh`` is what a new row holds already; the columns ``machine`` are not for people.
    """

    table: Table
    entries: Mapping[int, Entry]
    machine: frozenset[int]
    fresh: Sequence[Cell] = ()
    fresh_entries: Mapping[int, Entry] = field(default_factory=dict)
    fresh_count: int = 0


def form_xlsx(form: Form, caption: Caption, language: str = "vi") -> bytes:
    """The bytes of a workbook: the sheet to fill in, and one with the longer lists."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {**PLAIN, "in_memory": True}) as book:
        book.set_properties({"title": form.table.title, "author": "Vạn Dân"})
        FormSheet(book, form, caption, language).write()
    return kept.getvalue()


class FormSheet(Sheet):
    """The table of a form being written."""

    def __init__(
        self, book: xlsxwriter.Workbook, form: Form, caption: Caption, language: str
    ) -> None:
        new = [form.fresh] * form.fresh_count
        table = replace(form.table, rows=[*form.table.rows, *new], notes=())
        super().__init__(book, table, caption, language)
        self.form = form
        self.lists: Worksheet | None = None
        self.listed: dict[tuple[str, ...], str] = {}

    @cached_property
    def lines(self) -> list[tuple[str, dict[str, Any]]]:
        """Few lines, for they stay in sight: title, mark, how to fill in, whose it is."""
        how = " ".join([say("progress.how", self.language), *self.form.table.notes])
        mark = {"bold": True, "font_color": "#7A5A00", "bg_color": "#FFF6DF"}
        found: list[tuple[str, dict[str, Any]]] = [
            (self.table.title, {"bold": True, "font_size": 14})
        ]
        found += [(self.caption.simulated, mark)] if self.caption.simulated else []
        whose = " · ".join(dict.fromkeys((self.caption.lines[0], self.caption.lines[-1])))
        return [*found, (how, {"bg_color": BLUE}), (whose, {"font_size": 10, "font_color": GREY})]

    @property
    def across(self) -> int:
        """The columns for people, which stand before those for the machine."""
        return len(self.table.columns) - len(self.form.machine)

    @property
    def first_fresh(self) -> int:
        """The first row for something new."""
        return self.heading + 1 + len(self.form.table.rows)

    def entry(self, row: int, at: int) -> Entry | None:
        """What may be entered into a cell; None where it is locked."""
        entries = self.form.entries if row < self.first_fresh else self.form.fresh_entries
        return entries.get(at)

    def cell(self, row: int, at: int, column: Column, cell: Cell) -> None:
        """An open cell with what is on record, or a locked one."""
        entry = self.entry(row, at)
        if at in self.form.machine:
            self.page.write_string(row, at, printable(str(cell or "")), self.style(MACHINE))
        elif entry is None:
            super().cell(row, at, column, cell)
        else:
            self.fill(row, at, cell, self.style(DAY if entry.is_day else OPEN))

    def fill(self, row: int, at: int, cell: Cell, style: Any) -> None:
        """What is on record, where anything is."""
        if isinstance(cell, date):
            self.page.write_datetime(row, at, datetime(cell.year, cell.month, cell.day), style)
        elif cell:
            self.page.write_string(row, at, printable(str(cell)), style)
        else:
            self.page.write_blank(row, at, None, style)

    @cached_property
    def widths(self) -> list[int]:
        """As of any table, with room for what is to be entered."""
        found = [min(width, LOCKED_WIDTH) for width in super().widths]
        for at in range(len(found)):
            entry = self.form.entries.get(at) or self.form.fresh_entries.get(at)
            if at in self.form.machine:
                found[at] = MACHINE_WIDTH
            elif entry is not None:
                found[at] = DAY_WIDTH if entry.is_day else max(found[at], self.room(entry))
        return found

    def room(self, entry: Entry) -> int:
        """Characters of a column of words: of the longest that may be chosen, within reason."""
        longest = max(map(len, entry.choices), default=TEXT_WIDTH)
        return min(longest + 4, TEXT_WIDTH)

    def set_up(self) -> None:
        """Rules of the cells, protection, and A4 with the columns for people alone."""
        last = self.heading + len(self.form.table.rows)
        self.rules(self.heading + 1, last, self.form.entries)
        self.rules(last + 1, self.last, self.form.fresh_entries)
        super().set_up()
        self.page.set_landscape()
        self.page.set_paper(A4)
        self.page.set_margins(**MARGINS)
        self.page.print_area(0, 0, self.last, self.across - 1)
        self.page.ignore_errors({"number_stored_as_text": f"A1:Z{self.last + 1}"})
        self.page.protect("", FREE)

    def rules(self, first: int, last: int, entries: Mapping[int, Entry]) -> None:
        """What the cells of some rows take, and which of them stand out until they are filled."""
        if last < first:
            return
        for at, entry in entries.items():
            self.page.data_validation(first, at, last, at, self.rule(entry, at))
            if entry.needed:
                column, words = entry.needed
                state, own = xl_col_to_name(column), xl_col_to_name(at)
                tests = ",".join(f'${state}{first + 1}="{word}"' for word in words)
                formula = f'=AND(OR({tests}),${own}{first + 1}="")'
                stands_out = self.book.add_format({"bg_color": ORANGE})
                look = {"type": "formula", "criteria": formula, "format": stands_out}
                self.page.conditional_format(first, at, last, at, look)

    def rule(self, entry: Entry, at: int) -> dict[str, Any]:
        """The rule of a cell, with the words that say what it takes."""
        if entry.choices:
            what = "free" if entry.is_free else "state"
            return {**self.said(what), **self.choice(entry, at)}
        if entry.is_day:
            until: Any = "=TODAY()" if entry.has_come else date(2100, 12, 31)
            between = {"criteria": "between", "minimum": FIRST_DAY, "maximum": until}
            return {**self.said("past" if entry.has_come else "day"), "validate": "date", **between}
        short = {"validate": "length", "criteria": "<=", "value": LONGEST}
        return {**self.said("text"), **short, "show_input": False}

    def said(self, what: str) -> dict[str, str]:
        """What is shown at the cell and when something else was entered."""
        text = say(f"progress.takes.{what}", self.language)[:MESSAGE]
        title = say("form.allowed.title", self.language)
        return {"input_message": text, "error_title": title, "error_message": text}

    def choice(self, entry: Entry, at: int) -> dict[str, Any]:
        """A list to choose from; a long one stands on a sheet of its own."""
        kind = "warning" if entry.is_free else "stop"
        if len(",".join(entry.choices)) <= IN_A_CELL and not any("," in w for w in entry.choices):
            return {"validate": "list", "source": list(entry.choices), "error_type": kind}
        return {"validate": "list", "source": self.listing(entry.choices, at), "error_type": kind}

    def listing(self, words: tuple[str, ...], of: int) -> str:
        """Where the words for a column stand on the sheet of lists; written there once."""
        if words in self.listed:
            return self.listed[words]
        name, at = say("progress.lists", self.language), len(self.listed)
        page = self.list_page(name)
        page.set_column(at, at, min(max(map(len, words)) + 2, LIST_WIDTH))
        page.write_string(0, at, printable(self.table.columns[of].heading), self.style(HEADING))
        for row, word in enumerate(words, start=1):
            page.write_string(row, at, printable(word), self.style({}))
        column = xl_col_to_name(at)
        self.listed[words] = f"='{name}'!${column}$2:${column}${len(words) + 1}"
        return self.listed[words]

    def list_page(self, name: str) -> Worksheet:
        """The sheet of lists, added where it is first needed."""
        if self.lists is None:
            self.lists = self.book.add_worksheet(name)
            self.lists.protect()
            self.lists.freeze_panes(1, 0)
            self.lists.set_paper(A4)
            self.lists.fit_to_pages(1, 0)
            self.lists.repeat_rows(0)
        return self.lists
