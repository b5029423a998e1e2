"""Tables beside one another on a sheet: each is read as a sheet of its own, at its true place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from etl.cells import is_blank
from etl.find_heading import HeadingRows, find_heading
from etl.grid import Merge, Sheet, Value
from etl.headings import FIGURES
from etl.match_headings import Column, HeadingMatcher

LABELS = (Column.UNIT, Column.QUANTITY)


def tables_beside(sheet: Sheet, headings: HeadingMatcher) -> list[Sheet]:
    """The sheet, or its tables from left to right where a label column comes again with figures.

    Columns and rows keep their places. A title over all of them goes with each.
    """
    rows = find_heading(sheet, headings)
    starts = _starts(rows) if rows else []
    if rows is None or not starts:
        return [sheet]
    edges = [0, *starts, max(map(len, sheet.rows))]
    return [_part(sheet, start, stop, rows.first) for start, stop in pairwise(edges)]


def _starts(rows: HeadingRows) -> list[int]:
    """The first columns of the second and later tables."""
    labels: dict[Column, list[int]] = {}
    for column, heading in sorted(rows.columns.items()):
        if heading.role in LABELS:
            labels.setdefault(heading.role, []).append(column)
    figures = [c for c, h in rows.columns.items() if h.is_known and h.role in FIGURES]
    found = set()
    for columns in labels.values():
        ends = [*columns[1:], max(rows.columns) + 1]
        for before, column, end in zip(columns, columns[1:], ends[1:], strict=False):
            if _any_within(figures, before, column) and _any_within(figures, column, end):
                found.add(_left_edge(rows, column))
    return sorted(found)


def _any_within(columns: Iterable[int], after: int, before: int) -> bool:
    return any(after < column < before for column in columns)


def _left_edge(rows: HeadingRows, column: int) -> int:
    """Where a table begins: its order numbers or periods may stand left of its labels."""
    while column > 0:
        heading = rows.columns.get(column - 1)
        if heading is None or heading.role in (None, Column.VALUE, Column.NOTE):
            break
        column -= 1
    return column


def _part(sheet: Sheet, start: int, stop: int, first: int) -> Sheet:
    """The columns from ``start`` to before ``stop``; those before are blank."""
    merged = [m for m in sheet.merged if m.column < stop and m.last_column >= start]
    clipped = (_clip(m, start, stop) for m in merged)
    grid = [_cut(row, start, stop, at < first) for at, row in enumerate(sheet.rows)]
    for merge in merged:
        if merge.column < start and merge.row < len(grid):
            _put(grid[merge.row], start, _value(sheet.rows[merge.row], merge.column))
    return replace(sheet, rows=grid, merged=tuple(clipped))


def _clip(merge: Merge, start: int, stop: int) -> Merge:
    last = min(merge.last_column, stop - 1)
    return merge._replace(column=max(merge.column, start), last_column=last)


def _cut(row: list[Value], start: int, stop: int, is_title: bool) -> list[Value]:
    """Part of a row; of a title row all, where nothing of it stands over this table."""
    part: list[Value] = [*[None] * min(start, len(row)), *row[start:stop]]
    return row if is_title and all(map(is_blank, part)) else part


def _put(row: list[Value], column: int, value: Value) -> None:
    row.extend([None] * (column + 1 - len(row)))
    row[column] = value


def _value(row: list[Value], column: int) -> Value:
    return row[column] if column < len(row) else None
