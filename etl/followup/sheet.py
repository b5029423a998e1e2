"""Rows of a progress file: which sheet it is on, under which headings, what each row says."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from etl.cells import text_at
from etl.export.table_csv import as_typed
from etl.findings import Place
from etl.grid import Sheet, Value
from etl.normalise import key
from indicators.text import LANGUAGES, say

MARKS = (";", ",")  # between the cells of our CSV in Vietnamese and in English
ROWS_ABOVE = 30  # titles and captions before the headings
# What a heading may be called besides the words of our own form; by the part its column plays.
WORDS = {
    "task": ("task",),
    "action": ("số việc", "action"),
    "plan": ("kế hoạch", "plan"),
    "state": ("trạng thái", "status"),
    "done_on": ("hoàn thành ngày", "ngày xong", "done on"),
    "evidence": ("tài liệu minh chứng",),
    "title": ("việc cần làm", "nội dung việc", "what"),
    "due": ("thời hạn", "due day"),
    "target": ("tên chỉ tiêu",),
    "unit": ("tên đơn vị",),
    "owner": ("người phụ trách", "đơn vị phụ trách", "who"),
    "note": ("lý do, kết quả", "kết quả", "lý do", "reason", "result"),
}
PARTS = {
    key(word): part
    for part, words in WORDS.items()
    for word in (*words, *(say(f"progress.head.{part}", each) for each in LANGUAGES))
}


TEXTS = ("plan", "state", "evidence", "note", "target", "unit", "title", "owner")


class Kind(StrEnum):
    """What a row is about."""

    TASK = "task"
    ACTION = "action"


@dataclass(frozen=True)
class Row:
    """What one row says; "" where it says nothing. ``done_on`` is the cell as it is."""

    kind: Kind
    place: Place
    id: str
    plan: str = ""
    state: str = ""
    evidence: str = ""
    note: str = ""
    done_on: Value = None
    # Of an action that is new: a row without a number.
    target: str = ""
    unit: str = ""
    title: str = ""
    owner: str = ""
    due: Value = None
    cells: Mapping[str, Place] = field(default_factory=dict)  # part to where it stands

    def where(self, part: str) -> Place:
        """The cell of a part; the row where the sheet has no such column."""
        return self.cells.get(part, self.place)

    @property
    def named(self) -> str:
        """What a person knows the row by: its id, or what a new action is about."""
        return self.id or self.title[:40] or self.target

    @property
    def is_new(self) -> bool:
        """Whether it agrees an action that is not on record yet."""
        return self.kind is Kind.ACTION and not self.id

    @property
    def is_silent(self) -> bool:
        """Whether it only names the task: the rest of a template that nobody filled in."""
        said = (self.state, self.evidence, self.note, self.done_on)
        agreed = (self.target, self.title, self.owner, self.due) if self.is_new else ()
        return not any((*said, *agreed))


@dataclass(frozen=True)
class _Table:
    sheet: Sheet
    heading: int
    kind: Kind
    at: dict[str, int]  # part to column, from 0


def rows_of(file: str, sheets: Sequence[Sheet]) -> list[Row] | None:
    """Every row that says something; None where the file is no progress file."""
    tables = [table for sheet in sheets if (table := _found(sheet)) is not None]
    if not tables:
        return None
    return [row for table in tables for row in _rows(file, table) if row.id or not row.is_silent]


def _found(sheet: Sheet) -> _Table | None:
    """The table as the sheet was read, else as its text may be parted."""
    ways = (sheet, *(parted(sheet, mark) for mark in MARKS))
    return next((table for way in ways if (table := _table(way)) is not None), None)


def parted(sheet: Sheet, mark: str) -> Sheet:
    """The cells of a text of which another mark, or none, was taken for what parts them.

    A short list under long titles: too few of its lines have the mark for reading to see it.
    """
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in sheet.rows]
    rows: list[list[Value]] = [list(next(csv.reader([line], delimiter=mark), [])) for line in lines]
    return replace(sheet, rows=rows)


def _table(sheet: Sheet) -> _Table | None:
    """The first row with a heading for the state and one for tasks or actions."""
    for number, row in enumerate(sheet.rows[:ROWS_ABOVE]):
        parts = [PARTS.get(key(text_at(row, at)), "") for at in range(len(row))]
        found = {part: at for at, part in reversed(list(enumerate(parts))) if part}
        for kind in Kind:
            if kind in found and "state" in found:
                return _Table(sheet, number, kind, found)
    return None


def _rows(file: str, table: _Table) -> Iterator[Row]:
    for number in range(table.heading + 1, len(table.sheet.rows)):
        yield _row(file, table, number)


def _row(file: str, table: _Table, number: int) -> Row:
    cells = table.sheet.rows[number]

    def text(part: str) -> str:
        return as_typed(text_at(cells, table.at.get(part)))

    def value(part: str) -> Value:
        column = table.at.get(part)
        return (cells[column] or None) if column is not None and column < len(cells) else None

    place = Place(file, table.sheet.name, table.sheet.lines[number])
    texts = {part: text(part) for part in TEXTS}
    return Row(
        table.kind,
        place,
        text(table.kind),
        **texts,
        done_on=value("done_on"),
        due=value("due"),
        cells=_cells(table, place),
    )


def _cells(table: _Table, place: Place) -> dict[str, Place]:
    """Where each part of the row stands, and under which words."""
    heads = table.sheet.rows[table.heading]
    return {
        part: replace(place, column=at + 1, heading=text_at(heads, at))
        for part, at in table.at.items()
    }
